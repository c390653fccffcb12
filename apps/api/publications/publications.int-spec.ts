// From an insight to the public register over the API, on a real Postgres: actions, summaries, comments, who may see what.
import { ApiClient } from '../testing/client';
import { gather, install } from '../testing/installation';
import type { Installation, PersonKey, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { walkDescription } from '../testing/described';
import { atDataRequest, withAgreement } from '../testing/setting-up';
import { asked, sign } from '../testing/signing';
import { checked, released, runAnalysis } from '../testing/working';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;
let at: string;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  await withAgreement(installation, team);
});
afterAll(() => installation?.stop());

const as = (key: PersonKey) => team.people[key].client;
const anyone = () => new ApiClient(installation.url, null);
const words = (count: number) => Array.from({ length: count }, (_, i) => `word${i}`).join(' ');
const HOW = { access: 'Slow.', cost: 'Three weeks.', trust: 'Grew.', notHeard: '<b>Participants</b>.' };

const interpret = async () => {
  const word = { text: 'Groups differ.', misreading: 'As a cause.' };
  await as('researcher').make(`${at}/interpretations`, { as: 'RESEARCHER', ...word });
  await as('official').make(`${at}/interpretations`, { as: 'PRACTITIONER', ...word });
};
const reflect = { issue: 'So far.', working: HOW, summary: 'So far.' };

describe('insight, action and publication over the API', () => {
  it('B56: before the first sign-off the register knows nothing; from then on it shows the question, without an account', async () => {
    const started = await as('lead').make('/projects', { programme: team.programme, title: 'Not yet' });
    expectProblem(await anyone().get(`/register/${started.id}`), 404, 'NOT_FOUND');
    expectProblem(await anyone().get('/register/prj_aaaaaaaaaaaaaaaa'), 404, 'NOT_FOUND');
    expectProblem(await anyone().get("/register/prj_'or"), 404, 'NOT_FOUND');
    project = await atDataRequest(installation, team);
    at = `/projects/${project}`;
    await as('lead').make(`${at}/contact`, { contact: 'The research office' });
    const shown = await anyone().see(`/register/${project}`);
    expect(shown).toMatchObject({
      ...{ title: 'Did the programme raise earnings?', question: 'Did earnings rise?', status: 'ACTIVE' },
      ...{ partners: ['university', 'council', 'holder', 'panel'], contact: 'The research office' },
      ...{ sources: [], outputs: [], unpublished: [] },
    });
    // Of the legal file only the basis: what the partners agreed among themselves is theirs.
    expect(shown['legalBasis']).toEqual({
      ...{ legalPower: 'Statute.', lawfulBasis: 'Public task.', specialCategory: 'Not applicable' },
    });
    const { items } = await anyone().see<{ items: { id: string }[] }>('/register');
    expect(items.map(({ id }) => id)).toEqual([project]);
    await released(installation, team, project);
    expect(await anyone().see(`/register/${project}`)).toMatchObject({
      sources: [{ source: 'register', holder: 'holder', tier: 'DEIDENTIFIED' }],
    });
  });

  it('B45: what somebody asked to have confirmed is visible, and so is a deviation after the result', async () => {
    await as('official').make(`${at}/demands`, { text: 'That it worked.', hope: 'CONFIRMATION' });
    const run = await as('researcher').post(`${at}/analyses`, {
      ...{ release: 'rel1', method: 'descriptive', params: { outcome: 're78', groups: 'treat' } },
      ...{ hypothesis: 'Earnings rose.', support: 'A difference.' },
    });
    expect(run.status).toBe(201);
    await as('researcher').make(`${at}/demands/fd1/answers`, { analysis: 'a1' });
    await runAnalysis(installation, project);
    await checked(team, project, 'a1');
    await as('researcher').make(`${at}/analyses/a1/deviations`, { part: 'SUPPORT', reason: 'Too strict.' });
    expect(await as('layMember').see(`${at}/analyses/a1`)).toMatchObject({
      deviations: [{ part: 'SUPPORT', recorded: 'AFTER_RESULT', reason: 'Too strict.' }],
    });
    await as('lead').make(`${at}/stages/analysis/close`, {});
    await interpret();
    await as('lead').make(`${at}/reflections`, reflect);
    await sign(installation, team, project, 'REFLECTION', ['official', 'researcher']);
    const { items } = await as('lead').see<{ items: unknown[] }>(`${at}/demands`);
    expect(items).toMatchObject([
      { hope: 'CONFIRMATION', status: 'UNUSED', organisation: { name: 'council' } },
    ]);
    expect(await as('lead').see(`${at}/unused-findings`)).toMatchObject({
      items: [{ id: 'a1', demands: ['fd1'] }],
    });
  });

  it('B43: an insight outside the local remit names its owner; a summary has 150 words and another’s approval', async () => {
    const insight = { text: 'It is the tax.', authors: [team.people.official.id, team.people.researcher.id] };
    const record = (over: object) =>
      as('researcher').post(`${at}/insights`, { ...insight, analyses: ['a1'], ...over });
    expectProblem(await record({ status: 'OUTSIDE_LOCAL_REMIT' }), 422, 'OWNER');
    expect((await record({ status: 'OUTSIDE_LOCAL_REMIT', owner: 'The department' })).status).toBe(201);
    expectProblem(
      await as('lead').post(`${at}/insights/i1/summaries`, { text: words(151) }),
      422,
      'SUMMARY_LENGTH',
    );
    await as('lead').make(`${at}/insights/i1/summaries`, { text: words(150) });
    expectProblem(
      await as('lead').post(`${at}/insights/i1/summaries/approval`, { version: 1 }),
      403,
      'WRONG_ROLE',
    );
    await as('official').make(`${at}/insights/i1/summaries/approval`, { version: 1 });
    expect(await as('lead').see(`${at}/insights/i1`)).toMatchObject({
      ...{ owner: 'The department', published: null, unpublishedBecause: { why: 'NOT_PROPOSED' } },
      summaries: [{ words: 150, approved: { person: { name: 'The official' } } }],
    });
    expect(await anyone().see(`/register/${project}`)).toMatchObject({
      unpublished: [{ insight: 'i1', why: 'NOT_PROPOSED' }],
    });
  });

  it('B50: an action is signed with the refinement, shown to the public, and accounted for before the next reflection', async () => {
    const refinement = { next: 'ACTION', reasons: 'Evident.', proposal: 'Act.', summary: 'Act.' };
    expectProblem(await as('lead').post(`${at}/refinements`, refinement), 409, 'NO_ACTION');
    const action = { what: 'Write to <the> department', owner: team.people.official.id, due: '2099-01-31' };
    await as('lead').make(`${at}/actions`, { ...action, effect: 'A reply.', insights: ['i1'] });
    await as('lead').make(`${at}/refinements`, refinement);
    const { id } = await asked(team, project, 'REFINEMENT');
    const signed = await as('lead').see<{ content: { core: { actions: object[] } } }>(
      `${at}/checkpoints/${id}`,
    );
    expect(signed.content.core.actions).toMatchObject([{ what: action.what, insights: ['i1'] }]);
    await sign(installation, team, project, 'REFINEMENT', ['official', 'researcher']);
    expect(await anyone().see(`/register/${project}`)).toMatchObject({
      actions: [{ what: action.what, organisation: 'council', due: '2099-01-31', status: 'PLANNED' }],
    });
    await as('lead').make(`${at}/cycles`, { descendsFrom: 'c1' });
    const question = {
      question: 'What then?',
      framing: 'Tight.',
      sufficient: true,
      summary: 'As discussed.',
      change: { from: 'q1', kind: 'NARROWS', what: 'One group.', because: 'Groups differ.', cites: ['i1'] },
    };
    await as('lead').make(`${at}/questions`, question);
    await sign(installation, team, project, 'QUESTION', ['official', 'researcher']);
    for (const stage of ['dataRequest', 'analysis'])
      await as('lead').make(`${at}/stages/${stage}/settle-empty`, { reason: 'Nothing new.' });
    await interpret();
    expectProblem(await as('lead').post(`${at}/reflections`, reflect), 409, 'ACTIONS_UNREPORTED');
    await as('official').make(`${at}/actions/ac1/reports`, { status: 'DONE', text: 'Sent.' });
    await as('lead').make(`${at}/reflections`, reflect);
  });

  it('B51: how we worked is collected across the programme, in its four parts', async () => {
    const view = await as('official').see<{ items: object[] }>(`/programmes/${team.programme}/working`);
    expect(view.items).toMatchObject([{ project, cycle: 'c1', reflection: 'f1', working: HOW }]);
  });

  it('B56: partners comment and dissent; nothing is published before the period is over, and withholding says why', async () => {
    await as('lead').make(`${at}/publications`, { insight: 'i1' });
    const comment = { about: 'FACTS', text: 'The year is wrong.\u202e' };
    expect(await as('holder').make(`${at}/publications/pb1/comments`, comment)).toMatchObject({ id: 'pc1' });
    await as('layMember').make(`${at}/publications/pb1/dissents`, { text: 'We would not say so.' });
    await as('researcher').make(`${at}/publications/pb1/comments/pc1/answer`, { text: 'Corrected.' });
    expectProblem(
      await as('lead').post(`${at}/publications/pb1/publication`, {}),
      409,
      'PUBLICATION_COMMENTING',
    );
    expect((await as('official').post(`${at}/publications/pb1/publication`, {})).status).toBe(403);
    expect(await as('lead').see(`${at}/publications`)).toMatchObject({
      items: [
        {
          ...{ status: 'COMMENTING', text: words(150), dissents: [{ organisation: { name: 'panel' } }] },
          comments: [{ about: 'FACTS', text: comment.text, answer: { text: 'Corrected.' } }],
        },
      ],
    });
    await as('lead').make(`${at}/insights/i1/withholding`, { reason: 'The holder asks for a context note.' });
    expect(await anyone().see(`/register/${project}`)).toMatchObject({
      outputs: [],
      unpublished: [{ insight: 'i1', why: 'WITHHELD', reason: 'The holder asks for a context note.' }],
    });
  });

  it('every page is as the description says, and the register names no person', async () => {
    const walked = await walkDescription(as('holder'), {
      project,
      programme: team.programme,
      file: 'result.json',
    });
    expect(Object.fromEntries([...walked].filter(([, misfits]) => misfits.length > 0))).toEqual({});
    expect(
      [...walked.keys()].filter((path) => /working|publications|demands|actions|insights/.test(path)),
    ).toHaveLength(7);
    const shown = JSON.stringify(await anyone().see(`/register/${project}`));
    for (const { id } of Object.values(team.people)) expect(shown).not.toContain(id);
  });
});
