// From a verified address to a session: whose it is, once, and out of every process's reach.
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Setting, TestRole } from '#libs/testing';

let setting: Setting;

beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withQuestion();
});
afterAll(() => setting?.close());

const credentials = () => setting.processes.api.credentials;
const asked = (sql: string, role: TestRole = 'API') => setting.db.query(sql, [], role);

it('a verified address becomes a session of its person, which is a credential like any other', async () => {
  const { secret, people } = await credentials().beginSignIn('LEAD@example.org');
  expect(people.map(({ person }) => person)).toEqual([personId('lead')]);
  const session = await credentials().beginSession(secret, personId('lead'));
  expect(await credentials().check(session.secret)).toMatchObject({
    person: personId('lead'),
    scopes: ['*'],
  });
  await credentials().revoke(session.secret);
  expect(await credentials().check(session.secret)).toBeNull();
});

it('a sign-in serves once, and nobody else', async () => {
  const { secret } = await credentials().beginSignIn('lead@example.org');
  const other = credentials().beginSession(secret, personId('holder'));
  await expect(other).rejects.toMatchObject({ refusal: { rule: 'NOT_YOUR_ADDRESS' } });
  await credentials().beginSession(secret, personId('lead'));
  const again = credentials().beginSession(secret, personId('lead'));
  await expect(again).rejects.toMatchObject({ refusal: { rule: 'SIGN_IN_OVER' } });
  const guessed = credentials().beginSession('guessed', personId('lead'));
  await expect(guessed).rejects.toMatchObject({ refusal: { rule: 'SIGN_IN_OVER' } });
});

it('an address that no registrar entered is nobody’s', async () => {
  const { secret, people } = await credentials().beginSignIn('stranger@example.org');
  expect(people).toEqual([]);
  await expect(credentials().beginSession(secret, personId('lead'))).rejects.toMatchObject({
    refusal: { rule: 'NOT_YOUR_ADDRESS' },
  });
});

it('no process reads who is signing in, and only the API begins a session', async () => {
  for (const role of ['API', 'PORTAL', 'COURIER', 'WORKER'] as const)
    await expect(asked('select * from parley.sign_ins', role)).rejects.toThrow(/permission denied/);
  await expect(asked(`select * from parley.people_at('lead@example.org')`)).rejects.toThrow(
    /permission denied/,
  );
  for (const role of ['PORTAL', 'COURIER', 'WORKER'] as const) {
    const begun = asked(`select parley.begin_sign_in(sha256('x'), 'lead@example.org')`, role);
    await expect(begun).rejects.toThrow(/permission denied/);
  }
});
