// Starting a project from a template over the API: one call, refused with every reason, and safe to repeat.
import { randomUUID } from 'node:crypto';
import { Commands } from '../ledger/commands';
import { gather, install } from '../testing/installation';
import type { Installation, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { agreementOf } from '../testing/setting-up';
import { walkDescription } from '../testing/described';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
});
afterAll(() => installation?.stop());
afterEach(() => jest.restoreAllMocks());

const parts = () => ({
  ...{ university: team.organisations['university'], council: team.organisations['council'] },
  ...{ academies: team.organisations['holder'], neighbour: team.organisations['holder'] },
  panel: team.organisations['panel'],
});
const from = (over: object = {}) => ({
  ...{ programme: team.programme, template: 'education', organisations: parts() },
  ...over,
});
const begin = (body: object, headers: Record<string, string> = {}) =>
  team.people.lead.client.post<{ id: string; warnings: string[] }>('/projects/from-template', body, headers);
const sourcesOf = async (project: string) =>
  (
    await team.people.lead.client.see<{ items: { name: string; holder: unknown }[] }>(
      `/projects/${project}/sources`,
    )
  ).items;

it('B52 B44: one call registers the sources and records how the issue is seen; what is lacking is said', async () => {
  const { status, body } = await begin(from());
  expect(status).toBe(201);
  expect(await sourcesOf(body.id)).toMatchObject([
    { name: 'school census', holder: { name: 'council' }, measure: 'FLOW', existence: 'UNKNOWN' },
    { name: 'place planning forecasts', measure: 'STOCK' },
    { name: 'pupil statistics', holder: null, access: { kind: 'PUBLISHED' } },
  ]);
  const { lead } = team.people;
  expect(await lead.client.see(`/projects/${body.id}/issue-profiles`)).toMatchObject({
    items: [{ contested: { degree: 'YES' } }],
  });
  expect(body.warnings).toContainEqual(expect.stringMatching(/The council \(council\) has nobody who is/));
  const walked = await walkDescription(lead.client, { template: 'education', project: body.id });
  expect(walked.get('/templates/{template}')).toEqual([]);
  expect(walked.get('/templates')).toEqual([]);
});

it('B5: a template’s rules can be those of an agreement', async () => {
  const { lead } = team.people;
  const { signOff } = await lead.client.see<{ signOff: object }>('/templates/education');
  const path = `/programmes/${team.programme}/agreements`;
  const { id } = await lead.client.make(path, { ...agreementOf(team), rules: signOff });
  expect(await lead.client.see(`${path}/${id}`)).toMatchObject({ rules: { reasking: { cap: 2 } } });
});

it('a call that broke off is taken up again under its Idempotency-Key: one project, each source once', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const carryOut: Commands['onProject'] = Reflect.get(Commands.prototype, 'onProject');
  let calls = 0;
  jest.spyOn(Commands.prototype, 'onProject').mockImplementation(function (this: Commands, ...given) {
    calls += 1;
    return calls === 2 ? Promise.reject(new Error('the connection broke')) : carryOut.apply(this, given);
  });
  expect((await begin(from(), key)).status).toBe(500);
  const { status, body } = await begin(from(), key);
  expect(status).toBe(201);
  expect((await sourcesOf(body.id)).map(({ name }) => name)).toEqual([
    ...['school census', 'place planning forecasts', 'pupil statistics'],
  ]);
  expect(calls).toBe(2 + 3);
  expect((await begin(from(), key)).body).toEqual(body);
  expect(calls).toBe(2 + 3);
});

it('what does not fit is refused before anything is recorded, all of it at once', async () => {
  expectProblem(await begin(from({ template: 'castle' })), 422, 'UNKNOWN_TEMPLATE');
  const wrong = await begin(from({ organisations: { university: parts().panel, moon: parts().panel } }));
  expectProblem(wrong, 422, 'ORGANISATIONS');
  expect((wrong.body as unknown as { errors: unknown[] }).errors).toHaveLength(5);
  const broken = await begin(from({ template: undefined, definition: 'name: X\naim: WIDE\n' }));
  expectProblem(broken, 422, 'TEMPLATE');
  expect((broken.body as unknown as { errors: { path: string }[] }).errors).toEqual(
    expect.arrayContaining([expect.objectContaining({ path: 'definition, line 2: aim' })]),
  );
  expectProblem(await begin(from({ definition: 'name: x' })), 422);
  expectProblem(await team.people.official.client.post('/projects/from-template', from()), 403);
});
