// The output check over the API, on a real Postgres: findings decided with reasons, exceptions by two checkers, a holder's review.
import type { OutputFinding } from '#libs/domain';
import { walkDescription } from '../testing/described';
import type { Installation, PersonKey, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { aProjectAtWork } from '../testing/setting-up';
import { released, runAnalysis } from '../testing/working';

jest.setTimeout(120_000);

const FINDINGS: OutputFinding[] = [
  { id: 'f1', rule: 'differencing', table: 'by_group', verdict: 'review' },
  { id: 'f2', rule: 'frequency', table: 'by_group', verdict: 'fail' },
];
const HTML = 'Nobody stands out. <script>alert(1)</script> \u202Eabc';

let installation: Installation;
let team: Team;
let project: string;
let at: string;

beforeAll(async () => {
  ({ installation, team, project, at } = await aProjectAtWork());
  await released(installation, team, project, [{ kind: 'REVIEW_BEFORE_SHARING', value: '10' }]);
  const second = { roles: ['policyOfficial', 'outputChecker'] };
  await as('checker').make(`/programmes/${team.programme}/people/${team.people.official.id}/roles`, second);
  await as('researcher').make(`${at}/analyses`, RUN);
  await runAnalysis(installation, project, 'a1', FINDINGS);
});
afterAll(() => installation?.stop());

const as = (key: PersonKey) => team.people[key].client;
const RUN = {
  ...{ release: 'rel1', method: 'descriptive', params: { outcome: 're78', groups: 'treat' } },
  ...{ hypothesis: 'Earnings rose.', support: 'A difference of 500 or more.' },
};
const CONDITION = { kind: 'NO_USE_FOR', value: HTML };
interface Shown {
  core: string;
  cover: string;
  result: string;
  findings: { id: string; decided: { person: { name: string }; reason: string }[] }[] | null;
  exceptions: { id: string; granted: object | null }[];
  review: { awaited: { name: string }[]; comments: { text: string }[] } | null;
}
const output = (key: PersonKey) => as(key).see<Shown>(`${at}/outputs/a1`);
const decide = async (findings?: object[], more: object = {}) => {
  const { core, cover } = await output('checker');
  const decision = { choice: 'APPROVED', core, cover, signedAs: 'The checker' };
  return as('checker').post(`${at}/outputs/a1/decision`, {
    ...{ ...decision, ...(findings ? { findings } : {}), ...more },
  });
};

describe('the output check over the API', () => {
  it('T4: what was found is seen by checkers, and by nobody else before the check', async () => {
    expect((await output('checker')).findings?.map(({ id }) => id)).toEqual(['f1', 'f2']);
    for (const key of ['researcher', 'lead', 'holder'] as const)
      expect((await output(key)).findings).toBeNull();
  });

  it('DOMAIN § 5: a finding for a person has to be decided, with a reason, before the result can be approved', async () => {
    const refused = await decide();
    expectProblem(refused, 409, 'FINDINGS_UNDECIDED');
    expect(refused.body).toMatchObject({ missing: [{ reason: 'f1 goes to a person' }] });
    expectProblem(await decide([{ finding: 'f2', reason: 'r' }]), 422, 'FINDINGS');
    expect((await decide([{ finding: 'f1' }])).status).toBe(422);
    expect((await decide([{ finding: 'f1', reason: ' ' }])).status).toBe(422);
  });

  it('DOMAIN § 5: an exception takes a reason and a second checker, never the author', async () => {
    const path = `${at}/outputs/a1/exceptions`;
    const body = { finding: 'f2', reason: 'These nine are public figures.' };
    expectProblem(await as('researcher').post(path, body), 403);
    expectProblem(await as('checker').post(path, { ...body, finding: 'f1' }), 422, 'NOT_A_FAIL');
    expect(await as('checker').make(path, body)).toMatchObject({ id: 'ex1' });
    expectProblem(await as('checker').post(`${path}/ex1/grant`, { reason: 'r' }), 403, 'SECOND_CHECKER');
    await as('official').make(`${path}/ex1/grant`, { reason: 'I looked, and agree.' });
    const { exceptions } = await output('checker');
    expect(exceptions).toMatchObject([
      {
        ...{ id: 'ex1', finding: 'f2', reason: body.reason, person: { name: 'The checker' } },
        granted: { person: { name: 'The official' }, reason: 'I looked, and agree.' },
      },
    ]);
    expect((await output('researcher')).exceptions).toEqual([]);
  });

  it('DOMAIN § 5: conditions of an approval are those that readers keep, and go with no other answer', async () => {
    const findings = [{ finding: 'f1', reason: 'r' }];
    expectProblem(await decide(findings, { conditions: [CONDITION] }), 422, 'CONDITIONS');
    expectProblem(await decide(findings, { choice: 'APPROVED_WITH_CONDITIONS' }), 422, 'CONDITIONS');
    const machine = { kind: 'MIN_ORGANISATIONS', value: '3' };
    expect(
      (await decide(findings, { choice: 'APPROVED_WITH_CONDITIONS', conditions: [machine] })).status,
    ).toBe(422);
  });

  it('B27: the holder comments on the checked result within its ten working days, and its word travels with it', async () => {
    const path = `${at}/outputs/a1/comments`;
    expectProblem(await as('holder').post(path, { text: HTML }), 403, 'NOT_REVIEWING');
    const conditional = { choice: 'APPROVED_WITH_CONDITIONS', conditions: [CONDITION] };
    expect((await decide([{ finding: 'f1', reason: HTML }], conditional)).status).toBe(201);
    const { findings, result, review } = await output('researcher');
    expect([result, findings?.[0]?.decided]).toEqual([
      'CHECKED',
      [
        expect.objectContaining({
          reason: HTML,
          person: expect.objectContaining({ name: 'The checker' }) as object,
        }),
      ],
    ]);
    expect(review).toMatchObject({ awaited: [{ name: 'holder' }], comments: [] });
    await as('holder').make(path, { text: HTML });
    const shown = await as('researcher').see(`${at}/analyses/a1/result`);
    expect(shown).toMatchObject({ review: { awaited: [], comments: [{ text: HTML }] } });
    const condition = { ...CONDITION, person: { name: 'The checker' } };
    expect(shown).toMatchObject({ conditions: [condition] });
    expect(await output('lead')).toMatchObject({ conditions: [condition] });
  });

  it('B30: every answer is as it is described', async () => {
    const ids = { programme: team.programme, project, analysis: 'a1' };
    const walked = await walkDescription(as('holder'), ids);
    expect(Object.fromEntries([...walked].filter(([, misfits]) => misfits.length > 0))).toEqual({});
    expect([...walked.keys()].filter((path) => /outputs/.test(path))).toHaveLength(2);
  });
});
