// The pages of account holders: nothing reserved for gov.uk, whatever people wrote shown as text, errors told.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Languages } from '#libs/language';
import { latinIn, pseudoLanguage, saidBy } from '#libs/language/testing';
import { ACCOUNT_STYLESHEET, renderAccountPage, wordsOf } from '.';

const english = new Languages().first;
const HTML = '"><script>x</script><b>b</b>';
const at = '2027-01-31T12:00:00.000Z';
const named = { id: 'per_a', name: HTML };

it('the style sheet names neither GDS Transport nor the crest, and fetches nothing', () => {
  expect(ACCOUNT_STYLESHEET.css).not.toMatch(/GDS Transport|crest|@font-face|url\(/);
  expect(ACCOUNT_STYLESHEET.css).toContain('.govuk-button');
});

it('constants are read as words', () => {
  expect([wordsOf('NOT_OBTAINED'), wordsOf('dataRequest')]).toEqual(['Not obtained', 'Data request']);
});

const projects = {
  ...{
    programme: HTML,
    statuses: ['ACTIVE'],
    filters: {},
    isFirst: false,
    first: '/app?',
    next: '/app?cursor=x',
  },
  moves: [{ stream: 'prj_a', title: HTML, what: 'answer TRUST', about: 'k1', since: at, due: null }],
  ...{ own: 'pgm_a', moreMoves: '/app?asked=x' },
  items: [{ id: 'prj_a', title: HTML, lead: named, startedAt: at, suspendedSince: null, closedAt: null }],
};
const missing = {
  rule: 'TRUST',
  reason: 'answers are awaited',
  waitingFor: ['per_a'],
  names: [HTML],
  since: at,
};
const project = {
  ...{ status: 'ACTIVE', tempo: 'ROUTINE', lead: named, base: '/app/projects/prj_a', done: null },
  moves: [{ what: 'sign', about: 'k1', who: [named], since: at, due: null }],
  commands: [{ name: 'suspend', title: 'Suspend the project' }],
  closures: [{ what: HTML, since: at }],
  cycles: [{ number: 1, startedAt: at, stages: [{ stage: 'dataRequest', status: 'OPEN' }] }],
  graph: [
    {
      ...{
        number: 1,
        isCurrent: false,
        reflection: null,
        questions: [{ id: 'q1', text: HTML, status: 'SETTLED' }],
      },
      children: [
        { number: 2, isCurrent: true, reflection: { cycle: 1, id: 'f1' }, questions: [], children: [] },
      ],
    },
  ],
  releases: [
    {
      ...{ id: 'rel1', wave: 1, status: 'PROPOSED', tier: 'AGGREGATE', purpose: HTML },
      ...{ rationale: { text: HTML, cites: ['i1'] }, gate: { open: false, missing: [missing] } },
    },
  ],
  analyses: [{ id: 'a1', method: 'descriptive', release: 'rel1', status: 'RUNNING' }],
};
const form = {
  ...{ about: 'About', action: '/app/x', csrf: 'proof', version: 3, project: HTML },
  fields: [
    { name: 'reason', label: 'Your reason', hint: 'Why', kind: 'text', options: [], error: HTML },
    { name: 'who', label: 'Who', hint: '', kind: 'select', options: [{ value: 'a', text: HTML }], error: '' },
    {
      name: 'boxes',
      label: 'Boxes',
      hint: '',
      kind: 'boxes',
      options: [{ value: 'a', text: HTML }],
      error: '',
    },
  ],
  ...{ values: { reason: HTML, who: 'a' }, errors: [{ text: HTML, href: '#reason' }] },
};

const frame = { project: HTML, base: '/app/projects/prj_a', next: null };
const seen = { degree: 'YES', because: HTML };
const issue = {
  ...frame,
  profiles: [
    { ...{ at, person: named, cycle: 'c1', contested: seen, urgent: seen, open: seen, risky: seen } },
  ],
  narratives: [{ heldAs: 'civilSociety', isOwn: false, isNamed: false, holder: named, text: HTML, at }],
};
const sources = {
  ...frame,
  items: [
    {
      ...{ id: 'src1', name: 'areas', existence: 'EXISTS', holder: null, heldBy: HTML, collectedFor: HTML },
      ...{ missing: HTML, measure: 'STOCK', provenance: 'PUBLISHED', relevance: [] },
      access: { kind: 'PUBLISHED', address: HTML, licence: HTML, version: HTML, disclosureControl: HTML },
      conversation: [{ claim: 'EXISTS', question: null, text: HTML, person: named, at }],
      earlier: [{ until: at, name: HTML, access: { kind: 'REQUESTED' }, because: HTML }],
    },
  ],
  imports: {
    src1: [
      {
        ...{ id: 'imp1', status: 'UNCHECKED', person: named, at, waitingFor: [named] },
        checks: [{ person: named, outcome: 'PERMITTED', text: HTML }],
      },
    ],
  },
};
const change = { kind: 'WIDENS', from: 'q1', what: HTML, because: HTML, cites: ['ev1'] };
const sufficiency = {
  ...frame,
  sufficiency: {
    ...{ status: 'REVOKED', since: at, by: 'rv1' },
    revocations: [{ at, person: named, question: 'q1', because: HTML, cites: [] }],
  },
  questions: [
    {
      ...{ id: 'q2', status: 'SETTLED', text: HTML, at, cycle: 'c1', aim: 'BROAD', sufficient: false },
      ...{ change, options: [HTML] },
    },
  ],
};
const entry = { version: 3, at, what: 'Question proposed', about: 'q1', isHidden: false, by: '' };
const timeline = { ...frame, entries: [{ ...entry, who: named }], earlier: '/x', later: null };
const hypotheses = {
  ...frame,
  items: [
    {
      ...{ id: 'hy1', status: 'PROPOSED', holder: named, organisation: named, barsClosing: true },
      versions: [{ version: 1, person: named, at, statement: HTML, reason: HTML, afterSeeing: [] }],
      rivals: [{ id: 'hy2', status: 'PROPOSED', statement: HTML }],
      ...{ discussion: [{ person: named, text: HTML }], decisions: [], untestable: [] },
    },
  ],
};

describe('HTML in every free text is shown as text', () => {
  it.each([
    ['projects', projects],
    ['project', project],
    ['form', form],
    ['issue', issue],
    ['sources', sources],
    ['sufficiency', sufficiency],
    ['hypotheses', hypotheses],
    ['timeline', timeline],
    ['problem', { lines: [HTML] }],
    ['choose', { people: [{ person: named, programme: named }], csrf: 'p', errors: [] }],
  ] as const)('%s', (name, context) => {
    const page = renderAccountPage(name, english, { title: HTML, ...context });
    expect(page).not.toMatch(/<script|<b>/);
    expect(page).toContain('&lt;script&gt;');
  });
});

it('I13: a project’s page says that its gates are closed, since when, and what that means', () => {
  const page = renderAccountPage('project', english, { title: 'P', ...project });
  expect(page).toMatch(/The gates are closed: what is recorded does not agree/);
  expect(page).toMatch(/Closed since 31 Jan 2027/);
  expect(page).toMatch(/Nothing that people decided is lost/);
  expect(renderAccountPage('project', english, { title: 'P', ...project, closures: [] })).not.toMatch(
    /gates are closed/,
  );
});

it('B22: a closed gate lists each rule with its reason and whose move it is', () => {
  const page = renderAccountPage('project', english, { title: 'P', ...project });
  expect(page).toContain('<strong>TRUST</strong>: answers are awaited. It is the move of ');
});

it('B11: each cycle stands under the one whose reflection it descends from', () => {
  const page = renderAccountPage('project', english, { title: 'P', ...project });
  expect(page).toMatch(
    /Cycle 1<\/strong>[\s\S]*<ul><li>[\s\S]*Cycle 2<\/strong>[\s\S]*from reflection f1 of cycle 1/,
  );
});

it('a form with an error says so in its title, beside the field and above, and keeps what was typed', () => {
  const page = renderAccountPage('form', english, { title: 'T', ...form });
  expect(page).toContain('<title>Error: T – Parley</title>');
  expect(page).toContain('aria-describedby="reason-hint reason-error"');
  expect(page).toContain('<option value="a" selected>');
});

it('B45: a rival stands beside the hypothesis with its own words', () => {
  const page = renderAccountPage('hypotheses', english, { title: 'H', ...hypotheses });
  expect(page).toMatch(/Its rival <a[^>]*href="#hy2"[\s\S]*&lt;script&gt;/);
});

it.each([
  [{ done: 0.254, step: HTML, secondsLeft: 20 }, '25 % is done, and less than a minute left.'],
  [{ done: 0.25, step: HTML, secondsLeft: 64 }, '25 % is done, and about a minute left.'],
  [{ done: 0.5, step: HTML, secondsLeft: 750 }, '50 % is done, and about 13 minutes left.'],
  [{ done: 0.5, step: HTML, secondsLeft: 9_000 }, '50 % is done, and about 3 hours left.'],
  [{ done: 0.01, step: HTML, secondsLeft: null }, '1 % is done.'],
])('a run that has not ended shows its stage, how much is done, and what is left: %j', (progress, told) => {
  const page = renderAccountPage('result', english, { ...running, progress });
  expect(page).toContain('It is at: &quot;&gt;&lt;script&gt;');
  expect(page).toContain(told);
  expect(page).toContain('<a class="govuk-link" href="/app/results/a1">Look again</a>');
});

it('a run of which nothing is known says so, and one that has ended says nothing of it', () => {
  expect(renderAccountPage('result', english, { ...running, progress: null })).toContain(
    'cannot be told just now',
  );
  const ended = { ...running, analysis: { ...running.analysis, status: 'CHECKED' }, progress: null };
  expect(renderAccountPage('result', english, ended)).not.toContain('Look again');
});

const running = {
  ...{ title: 'Result a1', project: HTML, standing: 'The run has not ended.', again: '/app/results/a1' },
  ...{ method: { title: 'T', description: 'D' }, params: '{}', diagnostics: [], commands: [] },
  analysis: {
    ...{ id: 'a1', status: 'RUNNING', hypothesis: HTML, support: HTML, author: named, registeredAt: at },
    ...{ release: 'rel1', afterSeeing: [], deviations: [], ended: null, tests: null },
  },
};

describe('in a language nobody speaks, no word is from outside the catalogue', () => {
  const pseudo = pseudoLanguage();
  const person = { id: '1', name: '2' };
  const viewer = { ...person, signOut: 'p' };
  const one = { ...person, roles: '3', bouncedSince: null, hasAddress: false, changesAt: null, forms: [] };
  const people = {
    ...{ organisation: person, attest: '/a', done: '4', back: { href: '/app', text: '5' } },
    people: [
      one,
      { ...one, bouncedSince: at, changesAt: at, forms: [{ href: '/b', title: '6' }] },
      { ...one, hasAddress: true },
    ],
  };
  it.each([
    ['people', people],
    ['sign-in', { start: '/app/sign-in/start' }],
    ['sign-in', { start: null }],
    ['choose', { people: [{ person, programme: person }], csrf: 'p', errors: [{ text: '7' }] }],
    ['problem', { lines: ['8'], inOwnWords: true, link: { href: '/app', text: '9' } }],
  ] as const)('the page %s', (name, context) => {
    const page = renderAccountPage(name, pseudo, { title: '10', viewer, ...context });
    expect(latinIn(saidBy(page), ['Parley'])).toEqual([]);
    expect(page).toContain('lang="en-XA"');
    expect(page).not.toMatch(/<main[^>]* lang=|<p[^>]* lang=/);
  });

  it('around the reason of a rule in the words of the API, which are English and say so', () => {
    const page = renderAccountPage('problem', pseudo, { title: '10', viewer, lines: ['8'] });
    expect(page).toContain('<p class="govuk-body parley-said" lang="en">8</p>');
  });

  it('around a page that is English alone, which says so', () => {
    const page = renderAccountPage('timeline', pseudo, { title: '10', viewer, ...timeline });
    expect(page).toMatch(/<html[^>]* lang="en-XA"[\s\S]*<main[^>]* lang="en">/);
    const frame = page.replace(/<main[\s\S]*<\/main>/, '');
    expect(latinIn(saidBy(frame), ['Parley'])).toEqual([]);
  });
});

it('no template takes anything for markup but constants of its own, the style sheet and plots made here', () => {
  const folders = ['account', 'templates'].map((name) => join(__dirname, name));
  const uses = folders.flatMap((folder) =>
    readdirSync(folder).flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      expect([file, text.includes('autoescape')]).toEqual([file, false]);
      return [...text.matchAll(/(\S+|'[^']*') *\| *safe\b/g)].map(([, what = '']) => what);
    }),
  );
  const others = uses.filter((what) => !/^'[^']*'$|'$|^css$|^plot\.svg$/.test(what));
  expect(uses.length).toBeGreaterThan(3);
  expect(others).toEqual([]);
});
