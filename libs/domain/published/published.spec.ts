// Published data told as stories: its own way through the gate, who checks it, and what it never becomes.
import type { ProjectCommand, Refusal } from '../index';
import {
  caveatsFor,
  depositDestructionDue,
  importStatus,
  moves,
  readGate,
  registerEntry,
  releaseGate,
  releaseStatus,
  suppliesOf,
} from '../index';
import type { Name, Story } from '../../testing/story';
import {
  aCycle,
  analysis,
  atDataRequest,
  DAY,
  deposited,
  GATE,
  personId,
  settleQuestion,
  WORKER,
} from '../../testing/story';
import {
  anImport,
  check,
  imported,
  publishedRelease,
  receivePublished,
  registered,
  sealedPublished,
} from '../../testing/published-story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const gate = (story: Story, id = 'rel1'): string[] => {
  const release = story.project.releases[id];
  if (!release) throw new Error(`no release ${id}`);
  const answer = releaseGate(story.world, release, story.now);
  return answer.open ? [] : answer.missing.map(({ rule }) => rule);
};
const permit = (story: Story, release = 'rel1'): Story =>
  story.onProject(GATE, { type: 'GivePermit', release });
const permitted = (): Story => {
  const story = sealedPublished();
  return permit(story.onProject(story.as('riskOwner'), check(story)));
};
const live = (story: Story): boolean => {
  const release = story.project.releases['rel1'];
  return release !== undefined && readGate(story.world, release, story.now).open;
};

describe('published data alone', () => {
  it('B23: needs agreement, question and legal check, and no grant, boundary, TRUST, BENEFIT or wave', () => {
    const story = sealedPublished();
    expect(gate(story)).toEqual(['LEGAL_CHECK']);
    expect(Object.values(story.project.checkpoints).some(({ kind }) => kind === 'TRUST')).toBe(false);
    expect(story.project.releases['rel1']).toMatchObject({ wave: 0, boundary: '', requests: [] });
    story.onProject(story.as('riskOwner'), check(story));
    expect(gate(story)).toEqual([]);
    expect(live(permit(story))).toBe(true);
  });

  it('B23: the gate closes on an amended question, a lost agreement and an expired copy', () => {
    const amended = sealedPublished();
    amended.onProject(amended.as('riskOwner'), check(amended));
    settleQuestion(amended);
    expect(gate(amended)).toEqual(['QUESTION']);
    const late = permitted().wait(301 * DAY);
    expect(live(late)).toBe(false);
    const left = permitted();
    left.onProgramme(left.as('checker'), { ...left.withdrawal('checker', 'agreement'), checkpoint: 'k1' });
    expect(live(left)).toBe(false);
  });

  it('B22, B24: it makes no wave of what comes later, and nothing later may cite it', () => {
    const story = permitted();
    story.onProject(story.as('lead'), { type: 'SettleEmpty', stage: 'dataRequest', reason: 'r' });
    story.onProject(story.as('lead'), { type: 'ReopenStage', stage: 'dataRequest', reason: 'r' });
    say(story, 'programme');
    deposited(story);
    story.onProject(story.as('lead'), {
      ...{ type: 'ProposeRelease', requests: ['r1'], tier: 'AGGREGATE', purpose: 'earnings' },
      ...{
        methods: ['descriptive'],
        readers: [personId('researcher')],
        expires: story.project.imports['imp1']?.expires ?? '',
      },
      rationale: { text: 'w', cites: [] },
    });
    expect(story.project.releases['rel2']?.wave).toBe(1);
  });

  it('B52, B21: is imported only once it is registered as published, exists and the question needs it', () => {
    const story = atDataRequest();
    const attempt = (command: ProjectCommand): string =>
      ruleOf(story.tryProject(story.as('holder'), command));
    expect(attempt(anImport(story, { source: 'src1' }))).toBe('UNKNOWN_SOURCE');
    registered(story);
    story.onProject(story.as('official'), {
      ...{ type: 'RecordDiscovery', source: 'src1', question: 'q1', claim: 'UNSURE', text: 't' },
    });
    expect(attempt(anImport(story))).toBe('NOT_RELEVANT');
    expect(attempt(anImport(story, { version: '2028' }))).toBe('OTHER_VERSION');
    expect(attempt(anImport(story, { licence: 'none' }))).toBe('OTHER_VERSION');
  });

  it.each<[string, string, (story: Story) => Partial<Extract<ProjectCommand, { type: 'ProposeImport' }>>]>([
    ['no digest', 'DIGEST', () => ({ digest: 'abc' })],
    ['a copy that has expired', 'EXPIRED', (story) => ({ expires: story.now })],
    [
      'records of people',
      'NOT_PUBLISHED',
      () => ({
        depositAs: { level: 'ROWS', fields: [{ name: 'id', type: 'pseudonym' }], dimensions: [], sums: [] },
      }),
    ],
  ])('refuses an import of %s (%s)', (_what, rule, over) => {
    const story = registered(atDataRequest());
    expect(ruleOf(story.tryProject(story.as('holder'), anImport(story, over(story))))).toBe(rule);
  });

  it('T3: an import that nobody could check is refused, naming who is missing', () => {
    const story = registered(atDataRequest());
    const tried = story.tryProject(story.as('lead'), anImport(story));
    expect(ruleOf(tried)).toBe('NO_RISK_OWNER');
    expect(tried.ok ? '' : tried.refusal.reason).toContain('org_university');
  });

  it('the file is the publisher’s to the last byte, handed over by those who import it', () => {
    const story = registered(atDataRequest());
    story.onProject(story.as('holder'), anImport(story));
    story.onProject(WORKER, { type: 'InviteDeposit', request: 'imp1', publicKey: 'k' });
    expect(moves(story.world, story.now).map(({ what }) => what)).toEqual(
      expect.arrayContaining(['hand over the published file', 'record the legal check']),
    );
    const hand = (name: Name, digest?: string) =>
      ruleOf(story.tryProject(story.as(name), receivePublished(story, digest)));
    expect(hand('lead')).toBe('NOT_THEIR_IMPORT');
    expect(hand('official')).toBe('WRONG_ROLE');
    expect(hand('holder', 'b'.repeat(64))).toBe('OTHER_FILE');
    expect(hand('holder')).toBe('ACCEPTED');
    expect(hand('holder')).toBe('ALREADY_RECEIVED');
  });
});

describe('the legal check', () => {
  it('B23: is the importing body’s risk owner’s, once, and never the importer’s own', () => {
    const story = imported();
    expect(ruleOf(story.tryProject(story.as('lead'), check(story)))).toBe('WRONG_ROLE');
    expect(
      ruleOf(story.tryProject(story.as('riskOwner'), { ...check(story), import: 'imp9' } as ProjectCommand)),
    ).toBe('UNKNOWN_IMPORT');
    story.onProject(story.as('riskOwner'), check(story));
    expect(ruleOf(story.tryProject(story.as('riskOwner'), check(story)))).toBe('ALREADY_CHECKED');
  });

  it('T10: saying no closes every release with it for good, also while suspended, and the copy is destroyed', () => {
    const story = permitted();
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    story.onProject(story.as('riskOwner'), check(story, 'NOT_PERMITTED'));
    story.onProject(story.as('lead'), { type: 'ResumeProject' });
    expect(live(story)).toBe(false);
    const { imports, releases, deposits } = story.project;
    expect(importStatus(imports['imp1'] as never, story.now)).toBe('NOT_PERMITTED');
    expect(releaseStatus(story.world, releases['rel1'] as never, story.now)).toBe('CLOSED');
    const due = depositDestructionDue(story.world, deposits['d1'] as never);
    expect(due !== null && due < (imports['imp1']?.expires ?? '')).toBe(true);
    expect(ruleOf(story.tryProject(story.as('riskOwner'), check(story)))).toBe('ALREADY_CHECKED');
    expect(ruleOf(story.tryProject(story.as('lead'), publishedRelease(story)))).toBe('LEGAL_CHECK');
  });
});

describe('what is made of it', () => {
  it('an analysis reads it, its caveats travel, and an inadmissible field is refused', () => {
    const story = permitted();
    story.onProject(story.as('lead'), { type: 'SettleEmpty', stage: 'dataRequest', reason: 'r' });
    const place = {
      source: 'areas',
      field: 're78',
      uses: ['DESCRIPTION' as const],
      period: { from: null, to: null },
      subpopulation: null,
    };
    story.onProject(story.as('official'), { type: 'OpenAdmissibility', ...place });
    const release = story.project.releases['rel1'];
    expect(release && suppliesOf(story.project, release)).toMatchObject([
      { source: 'areas', delivered: ['treat', 're78'] },
    ]);
    expect(release && caveatsFor(story.project, release, {})).toMatchObject([
      { source: 'areas', field: 're78', status: 'PENDING' },
    ]);
    expect(ruleOf(story.tryProject(story.as('researcher'), analysis(story)))).toBe('ACCEPTED');
  });

  it('B23: beside a holder’s data it is a linked release, and needs everything', () => {
    const story = imported();
    say(story, 'programme');
    deposited(story);
    const both = { requests: ['r1'] };
    expect(ruleOf(story.tryProject(story.as('lead'), publishedRelease(story, both)))).toBe('LINKED');
    const linked = { ...both, tier: 'LINKED_DEIDENTIFIED' as const };
    expect(ruleOf(story.tryProject(story.as('lead'), publishedRelease(story, linked)))).toBe(
      'OUTSIDE_BOUNDARY',
    );
  });

  it('B23: beside a holder’s data only as rows that share a field with it: otherwise nothing says what belongs to what', () => {
    const tried = (spec: object, story = imported()) => {
      say(story, 'programme');
      deposited(story);
      Object.assign(story.project.imports['imp1']!, { releaseAs: spec });
      const both = { requests: ['r1'], tier: 'LINKED_DEIDENTIFIED' as const };
      return ruleOf(story.tryProject(story.as('lead'), publishedRelease(story, both)));
    };
    const rows = (...names: string[]) => ({
      ...{ level: 'ROWS', dimensions: [], sums: [] },
      fields: names.map((name) => ({ name, type: 'category' })),
    });
    expect(tried(rows('treat', 'rate'))).toBe('OUTSIDE_BOUNDARY');
    expect(tried(rows('town', 'rate'))).toBe('NO_KEY');
    expect(tried({ ...rows('treat', 'rate'), level: 'CELLS' })).toBe('NO_KEY');
  });

  it('B56: the public register names it by its address once it is released, and not before', () => {
    const story = sealedPublished();
    expect(registerEntry(story.world, story.now)?.published).toEqual([]);
    permit(story.onProject(story.as('riskOwner'), check(story)));
    expect(registerEntry(story.world, story.now)).toMatchObject({
      sources: [],
      published: [
        { source: 'areas', address: 'https://data.example/areas', licence: 'OGL 3', version: '2027' },
      ],
    });
  });

  it('is released as it was published, to people of the programme', () => {
    const story = imported();
    const attempt = (over: Parameters<typeof publishedRelease>[1]) =>
      ruleOf(story.tryProject(story.as('lead'), publishedRelease(story, over)));
    expect(attempt({ tier: 'AGGREGATE' })).toBe('TIER');
    expect(attempt({ readers: ['per_stranger'] })).toBe('UNKNOWN_READER');
    expect(attempt({ imports: ['imp9'] })).toBe('UNKNOWN_IMPORT');
    expect(attempt({ expires: story.now })).toBe('EXPIRED');
    expect(attempt({})).toBe('ACCEPTED');
  });

  it('is needed by no earlier cycle: only the question of its own is waited for', () => {
    const story = aCycle();
    story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' });
    settleQuestion(story);
    sealedPublished(imported(registered(story)));
    expect(gate(story, 'rel2')).toEqual(['LEGAL_CHECK']);
  });
});

/** What a holder is asked for stands in the register, too. */
function say(story: Story, name: string): void {
  story.onProject(story.as('holder'), {
    ...{ type: 'RegisterSource', name, holder: 'org_holder', heldBy: null, collectedFor: 'c', missing: 'm' },
    ...{ measure: 'FLOW', provenance: 'ADMINISTRATIVE', access: { kind: 'REQUESTED' } },
  });
  const source = Object.keys(story.project.sources).at(-1) ?? '';
  const question = story.project.questions.at(-1)?.id ?? '';
  const entry = { type: 'RecordDiscovery', source, text: 't' } as const;
  story.onProject(story.as('holder'), { ...entry, question: null, claim: 'EXISTS' });
  story.onProject(story.as('holder'), { ...entry, question, claim: 'RELEVANT' });
}

describe('what everybody may read', () => {
  it('DOMAIN § 5 differencing: is opened to compare results with it; what a holder deposited is not', () => {
    const compare = (deposit: string) => ({ type: 'OpenDeposit', deposit, purpose: 'compare' }) as const;
    expect(ruleOf(imported().tryProject(GATE, compare('d1')))).toBe('ACCEPTED');
    expect(ruleOf(deposited(atDataRequest()).tryProject(GATE, compare('d1')))).toBe('NOT_PUBLISHED');
  });
});
