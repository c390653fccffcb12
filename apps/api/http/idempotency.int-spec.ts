// The answer under an Idempotency-Key commits with its command: a crash before the response loses both or neither.
import { openLedger } from '#libs/ledger';
import type { OpenedLedger } from '#libs/ledger';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { gather, install } from '../testing/installation';
import type { Installation, Team } from '../testing/installation';
import { withAgreement } from '../testing/setting-up';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let api: OpenedLedger;
let project: string;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  await withAgreement(installation, team);
  project = (await team.people.lead.client.make('/projects', { programme: team.programme, title: 'T' })).id;
  api = await openLedger({ url: installation.db.urls.API });
});
afterAll(async () => {
  await api?.close();
  await installation?.stop();
});

const actor = () => ({ person: team.people.lead.id });
const commands = () =>
  new Commands(new LedgerHandle(api.ledger, api.credentials, api.outbox, api.links, api.dataSource));
const suspend = { command: { type: 'SuspendProject', reason: 'a'.repeat(64) } } as const;

/** A call as it stands when the process dies before it can answer: only the command itself keeps anything. */
function callWith(key: string): Call {
  const account = {
    person: team.people.lead.id,
    administrator: null,
    programme: team.programme,
    scopes: ['*'],
    expires: '',
  };
  const once = { actor: JSON.stringify(actor()), key };
  return { account, secret: '', actor: actor(), programme: null, world: null, now: '', expected: null, once };
}

const begin = (key: string, status: number | null) =>
  api.dataSource.query(
    'insert into parley.idempotency (actor, key, fingerprint, status) values ($1, $2, $3, $4)',
    [...[JSON.stringify(actor()), key], ...['f', status]],
  );
const rowOf = async (key: string) => {
  const rows: { status: number; body: { id: string } }[] = await api.dataSource.query(
    'select status, body from parley.idempotency where key = $1',
    [key],
  );
  return rows[0];
};
const version = async () => (await api.ledger.world(project)).world.project.version;

it('I4: what was committed is known under its key, though nobody was told', async () => {
  await begin('suspend-0001', null);
  const done = await commands().onProject(callWith('suspend-0001'), project, () => suspend);
  expect(await rowOf('suspend-0001')).toEqual({ status: 201, body: done });
});

it('a request held up until another took it over records nothing', async () => {
  await begin('resume-00001', 201);
  const before = await version();
  const late = commands().onProject(callWith('resume-00001'), project, () => ({
    command: { type: 'ResumeProject' },
  }));
  await expect(late).rejects.toThrow('This request was repeated meanwhile.');
  expect(await version()).toBe(before);
});
