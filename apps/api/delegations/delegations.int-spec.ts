// Handing on with an account, over the API: to whom, once, within the rule's limits, and back; and how requests reach a person by mail.
import { expectProblem } from '../testing/problem';
import type { AtWork } from '../testing/setting-up';
import { aProjectAtWork } from '../testing/setting-up';
import { asked } from '../testing/signing';
import type { PersonKey } from '../testing/installation';

jest.setTimeout(120_000);

let work: AtWork;
/** A second policy official of the council. */
let deputy: string;
let path: string;
let round: number;
const client = (key: PersonKey) => work.team.people[key].client;

beforeAll(async () => {
  work = await aProjectAtWork();
  ({ id: deputy } = await client('checker').make(`/programmes/${work.team.programme}/people`, {
    ...{ organisation: work.team.organisations['council'], roles: ['policyOfficial'] },
    ...{ name: 'Dee Deputy', address: 'deputy@council.example' },
  }));
  await propose();
});
afterAll(() => work?.installation.stop());

async function propose(from = 'q1'): Promise<void> {
  await client('lead').make(`${work.at}/questions`, {
    ...{ question: 'For whom did earnings rise?', framing: 'Tight.', sufficient: true, summary: 'Anew.' },
    change: { from, kind: 'NARROWS', what: 'whom', because: 'it was asked' },
  });
  const { id, current } = await asked(work.team, work.project, 'QUESTION');
  [path, round] = [`${work.at}/checkpoints/${id}`, current.round];
}
const mailsTo = (purpose: string, person: string) =>
  work.installation.db.query<{ held: boolean }>(
    `select digest_at is not null as held from parley.outbox
       where mail ->> 'purpose' = $1 and mail ->> 'person' = $2 order by id`,
    [purpose, person],
  );

it('lists to whom one’s own sign-off could go, and for nobody else’s', async () => {
  const delegates = (key: PersonKey) => client(key).see<{ items: { id: string }[] }>(`${path}/delegates`);
  expect((await delegates('official')).items.map(({ id }) => id)).toContain(deputy);
  for (const key of ['lead', 'holder'] as const) expect((await delegates(key)).items).toEqual([]);
});

it('hands it on once, to a colleague who is mailed, and takes it back while they have not answered', async () => {
  const body = { round, to: deputy, signedAs: 'O. Fficial' };
  expectProblem(await client('holder').post(`${path}/delegations`, body), 403);
  const foreign = { ...body, to: work.team.people.researcher.id };
  expectProblem(await client('official').post(`${path}/delegations`, foreign), 422, 'DELEGATE');
  const long = { ...body, until: new Date(Date.now() + 90 * 86_400_000).toISOString() };
  expectProblem(await client('official').post(`${path}/delegations`, long), 422, 'UNTIL');
  await client('official').make(`${path}/delegations`, body);
  expect(await mailsTo('DELEGATED', deputy)).toHaveLength(1);
  expect(await mailsTo('DELEGATION_RECEIPT', work.team.people.official.id)).toHaveLength(1);
  expectProblem(await client('official').post(`${path}/delegations`, body), 409, 'DELEGATED');
  const back = { round, signedAs: 'O. Fficial' };
  await client('official').make(`${path}/delegations/return`, back);
  expectProblem(await client('official').post(`${path}/delegations/return`, back), 409, 'NOTHING_DELEGATED');
  expectProblem(
    await client('official').post(`${path}/delegations`, { ...body, signedAs: '' }),
    422,
    'SHAPE',
  );
});

it('a person says with their account that requests come in one mail a day, and takes it back', async () => {
  const official = client('official');
  expect(await official.see('/accounts/me/mail')).toEqual({ daily: null, isOwn: false });
  const daily = { at: '08:00', timeZone: 'Europe/London' };
  const put = (body: object) => official.send('PUT', '/accounts/me/mail', JSON.stringify(body), JSON_BODY);
  expect((await put({ daily })).status).toBe(204);
  expect(await official.see('/accounts/me/mail')).toEqual({ daily, isOwn: true });
  await propose('q2');
  const held = async (key: PersonKey) =>
    (await mailsTo('SIGN_REQUEST', work.team.people[key].id)).at(-1)?.held;
  expect([await held('official'), await held('researcher')]).toEqual([true, false]);
  expect((await put({ daily: null })).status).toBe(204);
  await propose('q3');
  expect(await held('official')).toBe(false);
  for (const bad of [
    { daily: { at: '25:00', timeZone: 'Europe/London' } },
    { daily: { at: '08:00', timeZone: 'Mars' } },
    {},
  ])
    expectProblem(await put(bad), 422, 'SHAPE');
});

const JSON_BODY = { 'content-type': 'application/json' };
