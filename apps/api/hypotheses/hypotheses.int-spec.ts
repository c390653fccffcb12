// Hypotheses over the API, on a real Postgres: from a proposal to a run that names it, and what bars closing.
import type { Installation, PersonKey, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { aProjectAtWork } from '../testing/setting-up';
import { sign } from '../testing/signing';
import { checked, released, runAnalysis } from '../testing/working';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;
let at: string;

beforeAll(async () => {
  ({ installation, team, project, at } = await aProjectAtWork());
  await released(installation, team, project);
});
afterAll(() => installation?.stop());

const as = (key: PersonKey) => team.people[key].client;
const closing = { next: 'CLOSE', reasons: 'Decided.', proposal: 'Close.', summary: 'Closing.' };

describe('hypotheses over the API', () => {
  it('B15: a hypothesis and its rival, each with its holder; a run names the version it tests', async () => {
    const first = { statement: 'Training raised earnings.', reason: 'As managers expect.' };
    expect(await as('official').make(`${at}/hypotheses`, first)).toMatchObject({ id: 'hy1' });
    const rival = { statement: '<i>The groups differed before.</i>', reason: 'Who was chosen.' };
    await as('holder').make(`${at}/hypotheses`, { ...rival, rivals: ['hy1'] });
    const run = await as('researcher').post(`${at}/analyses`, {
      ...{ release: 'rel1', method: 'descriptive', params: { outcome: 're78', groups: 'treat' } },
      ...{ hypothesis: 'Earnings rose.', support: 'A difference.', use: 'COMPARISON', tests: 'hy1' },
    });
    expect(run).toMatchObject({ status: 201, body: { id: 'a1' } });
    await runAnalysis(installation, project);
    await checked(team, project, 'a1');
    expect(await as('lead').see(`${at}/hypotheses/hy1`)).toMatchObject({
      ...{ status: 'TESTED', holder: { name: 'The official' }, barsClosing: false },
      versions: [
        { statement: first.statement, tests: [{ analysis: 'a1', status: 'CHECKED' }], afterSeeing: [] },
      ],
      rivals: [{ id: 'hy2', status: 'PROPOSED' }],
    });
    expect(await as('lead').see(`${at}/hypotheses/hy2`)).toMatchObject({
      ...{ barsClosing: true, versions: [{ statement: rival.statement }] },
    });
  });

  it('B45: the cycle cannot close over an untried rival; its holder’s dissent stands in the record', async () => {
    await as('lead').make(`${at}/stages/analysis/close`, {});
    const word = { text: 'Groups differ.', misreading: 'As a cause.' };
    await as('researcher').make(`${at}/interpretations`, { as: 'RESEARCHER', ...word });
    await as('official').make(`${at}/interpretations`, { as: 'PRACTITIONER', ...word });
    await as('lead').make(`${at}/reflections`, { issue: 'So far.', working: 'Well.', summary: 'So far.' });
    await sign(installation, team, project, 'REFLECTION', ['official', 'researcher']);
    const refused = await as('lead').post<{ missing: { waitingFor: string[] }[] }>(
      `${at}/refinements`,
      closing,
    );
    expectProblem(refused, 409, 'RIVALS_UNTRIED');
    expect(refused.body.missing[0]?.waitingFor).toEqual([team.people.holder.id]);
    await as('researcher').make(`${at}/hypotheses/hy2/untestable`, { reason: 'No earlier earnings.' });
    expectProblem(await as('lead').post(`${at}/refinements`, closing), 409, 'RIVALS_UNTRIED');
    const dissent = { stance: 'DISSENTS', text: 'We could have asked.' };
    const foreign = await as('researcher').post(`${at}/hypotheses/hy2/untestable/answer`, dissent);
    expectProblem(foreign, 403, 'NOT_THE_HOLDER');
    await as('holder').make(`${at}/hypotheses/hy2/untestable/answer`, dissent);
    await as('lead').make(`${at}/refinements`, closing);
    const { items } = await as('lead').see<{ items: { untestable: unknown[] }[] }>(`${at}/hypotheses`);
    expect(items[1]?.untestable).toMatchObject([{ reason: 'No earlier earnings.', answer: dissent }]);
  });

  it('bad input: unknown ids and fields, a missing reason', async () => {
    expectProblem(await as('lead').get(`${at}/hypotheses/hy9`), 404, 'NOT_FOUND');
    const propose = (body: object) => as('lead').post(`${at}/hypotheses`, body);
    expect((await propose({ statement: 's' })).status).toBe(422);
    expect((await propose({ statement: 's', reason: 'r', rivals: [], truth: 1 })).status).toBe(422);
    expectProblem(await propose({ statement: 's', reason: 'r', rivals: ['hy9'] }), 422, 'UNKNOWN_HYPOTHESIS');
    expectProblem(
      await as('lead').post(`${at}/hypotheses/hy1/versions`, { statement: 's', reason: 'r' }),
      403,
      'NOT_THE_HOLDER',
    );
  });
});
