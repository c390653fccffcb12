// `npm start` as a newcomer has it, in a checkout of its own: its flags, its exit codes, Ctrl-C, and `kill -9` of anything.
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Api } from '../demo/api';
import { Browser } from '../demo/browser';
import { Inbox } from '../demo/inbox';
import { choosePorts, portsFrom } from '../dev/ports';
import { ROLES } from '../dev/roles';
import { until } from '../dev/waiting';
import { OwnServers } from './own-servers';
import { Checkout, Terminal } from './terminal';
import type { Kept } from './terminal';

jest.setTimeout(240_000);

const PROCESSES = ['api', 'portal', 'worker', 'analysis', 'courier'] as const;
const CHILDREN = ['postgres', 'temporal', 'inbox', 'sign-in', ...PROCESSES];

let checkout: Checkout;
const theirs = new OwnServers();
let base: number;
let kept: Kept[] = [];
const data = () => path.join(checkout.root, 'infra', 'demo', 'data', 'lalonde.csv');

beforeAll(async () => {
  checkout = new Checkout();
  base = (await choosePorts(undefined, 24_000 + 500 * Number(process.env.JEST_WORKER_ID ?? 0))).api;
});
afterAll(async () => {
  await checkout.remove();
  await theirs.stop();
});

/** What was in the ledger is there still, and more may be. */
async function expectNothingLost(): Promise<void> {
  const now = await checkout.ledger();
  expect(kept.filter((entry) => !now.includes(entry))).toEqual([]);
  kept = now;
}

const lastOf = (log: string): string => log.trimEnd().split('\n').at(-1) ?? '';

/** Nobody was cut off, or left working for someone who was gone: it is the last each says, and Postgres had nobody to send away. */
function expectStoppedInOrder(): void {
  for (const name of PROCESSES) {
    const { msg } = JSON.parse(lastOf(checkout.log(name))) as { msg: string };
    expect([name, msg]).toEqual([name, expect.stringMatching(/^the \w+ stopped$/)]);
  }
  const [, down = ''] = /.*received fast shutdown request(.*)$/s.exec(checkout.log('postgres')) ?? [];
  expect(down).toContain('database system is shut down');
  expect(down).not.toContain('terminating connection');
}

/** Every `curl` on the screen, as it stands there, and the README's. */
async function runCommands(screen: string): Promise<void> {
  const readme = readFileSync(path.join(checkout.root, 'README.md'), 'utf8');
  const example = /```sh\n(.*?curl.*?)```/s.exec(readme)?.[1] ?? '';
  const shown = [...screen.matchAll(/curl .*/g)].map(([command]) => command);
  expect(shown).toHaveLength(1);
  for (const command of [example, ...shown]) {
    const failing = command.replace('curl', 'curl --silent --show-error --fail');
    const { stdout } = await promisify(execFile)('sh', ['-c', failing], { cwd: checkout.root });
    expect(JSON.parse(stdout)).toMatchObject({
      items: [expect.objectContaining({ name: expect.any(String) as string })],
    });
  }
}

it('a port that is taken is named, with what it is for and what to do; nothing is left running', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(base + 8, '127.0.0.1', resolve));
  const start = new Terminal(checkout, ['--once', '--ports', String(base)]);
  await start.endsWith(1);
  expect(start.screen).toContain(`Busy: ${base + 8} (for temporal).`);
  expect(start.screen).toContain('choose another base');
  expect(checkout.running()).toEqual([]);
  await new Promise((resolve) => other.close(resolve));
});

it('--once: a step that does not do what it should ends it, said and marked, with another exit code than 0', async () => {
  const whole = readFileSync(data(), 'utf8');
  writeFileSync(data(), whole.replace('"re74","re75","re78"', '"re74","re75","pay78"'));
  const start = new Terminal(checkout, ['--once', '--ports', String(base)]);
  await start.ended;
  writeFileSync(data(), whole);
  await start.endsWith(1);
  expect(start.screen).toMatch(/\n +\d+ {2}✗ `parley prepare` makes the cell table/);
  expect(start.screen).toContain('The demonstration stopped: `parley prepare` refused:');
  expect(start.screen).toMatch(
    /Column "re78": asked for by your plan, --pseudonym or the grant, and not in the file/,
  );
  expect(start.screen).toContain('Everything is stopped.');
  expect(checkout.running()).toEqual([]);
});

it('I14: goes on where it was, on the same ports; `kill -9` of every child at once is survived', async () => {
  const start = new Terminal(checkout, []);
  await start.says('Ctrl-C stops everything in order');
  expect(start.screen).toContain('Going on where the demonstration was interrupted.');
  expect(start.screen).toMatch(/· .*deposits the raw file by mistake; it is refused +before/);
  expect(checkout.settings).toMatchObject({ API_URL: `http://127.0.0.1:${base}` });
  for (const [name, role] of Object.entries(ROLES))
    expect(checkout.settings[`${name}_DATABASE_URL`]).toMatch(
      new RegExp(`^postgres\\w*://${role}:.+:${base + 7}/`),
    );
  for (const where of ['INBOX_URL', 'PORTAL_URL', 'TEMPORAL_UI_URL'])
    expect(start.screen).toContain(`  ${checkout.settings[where]}  `);
  kept = await checkout.ledger();
  const before = checkout.children();
  expect(Object.keys(before)).toEqual(expect.arrayContaining([...CHILDREN, 'demonstration']));
  await runCommands(start.screen);
  for (const name of CHILDREN) process.kill(before[name] ?? 0, 'SIGKILL');
  for (const name of CHILDREN) await start.says(`✓ ${name} is running again`);
  const after = checkout.children();
  expect(CHILDREN.filter((name) => after[name] === before[name])).toEqual([]);
  await expectNothingLost();
  // The launcher and its database at once, which leaves the other children to themselves: they say what they miss.
  start.send('SIGKILL');
  process.kill(after.postgres ?? 0, 'SIGKILL');
  await start.ended;
  for (const name of PROCESSES) {
    const ready = await fetch(`http://127.0.0.1:${portsFrom(base)[name]}/readyz`);
    expect([name, ready.status, await ready.json()]).toEqual([
      name,
      503,
      expect.objectContaining({ missing: expect.arrayContaining(['database']) as string[] }),
    ]);
  }
});

it('I14: --once after `kill -9` of the launcher ends what is left, loses nothing, gives the last sign-off, and exits with 0', async () => {
  const left = checkout.running().length;
  expect(left).toBeGreaterThan(5);
  const start = new Terminal(checkout, ['--once']);
  await start.says('Ready in');
  expect(start.screen).toMatch(/Ending what an earlier launch left running: .*api/);
  expect(checkout.settings).toMatchObject({ PORTAL_URL: `http://127.0.0.1:${base + 1}` });
  await expectNothingLost();
  await start.endsWith(0);
  expect(start.screen).toMatch(/✓ .*matches each person who took part/);
  expect(start.screen).not.toContain('✗');
  expect(start.screen).toContain('Three cycles are complete');
  expect(checkout.running()).toEqual([]);
  expectStoppedInOrder();
});

/** Each of the README's variables for a server of one's own, as its section says to set it. */
async function ownServers(): Promise<Record<string, string>> {
  const readme = readFileSync(path.join(checkout.root, 'README.md'), 'utf8');
  const [, section = ''] = /## On your own servers\n(.*?)\n## /s.exec(readme) ?? [];
  expect(section).toContain('`DATABASE_URL` (a role that may create a database and roles)');
  expect(section).toContain('`<API_URL>/app/sign-in/callback`');
  const { TEMPORAL_ADDRESS = '', SMTP_URL = '', INBOX_URL = '' } = process.env;
  const [server, provider] = await Promise.all([
    theirs.postgres('createdb createrole'),
    theirs.provider(`http://127.0.0.1:${base}`, SMTP_URL),
  ]);
  const own = {
    ...{ DATABASE_URL: `${server}/projects`, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE: 'default' },
    ...{ SMTP_URL, INBOX_URL, ...provider },
  };
  for (const name of Object.keys(own)) expect(section).toContain(`\`${name}\``);
  return own;
}

/** The first person of a programme signs in where their own organisation has everybody sign in. */
async function signInAtTheirs(address: string): Promise<void> {
  const { API_URL = '', INBOX_URL = '' } = checkout.settings;
  const api = new Api(API_URL, readFileSync(checkout.inState('admin-token'), 'utf8').trim());
  const { id: programme } = await api.post('/programmes', { name: 'On servers of our own' });
  const at = `/programmes/${programme}`;
  const { id: organisation } = await api.post(`${at}/organisations`, { name: 'The county council' });
  const registrar = { organisation, roles: ['registrar'], name: 'Ana Reyes', address };
  await api.post(`${at}/people`, registrar);
  const [browser, mails] = [new Browser(), new Inbox(INBOX_URL)];
  const desk = await browser.open(`${API_URL}/app/sign-in/start`);
  const proof = await browser.submit(desk.formWith('address'), { address });
  const wanted = { what: 'the code of the provider', to: address, subject: ['sign-in code'] };
  const code = /\d{8}/.exec((await mails.waitFor(wanted)).Subject)?.[0] ?? '';
  const page = await browser.submit(proof.formWith('code'), { code });
  expect([page.status, page.url.pathname]).toEqual([200, '/app']);
  expect(page.text).toContain('On servers of our own');
}

it('--reset --no-demo begins anew without the demonstration, here on servers of somebody’s own; Ctrl-C stops everything', async () => {
  const own = await ownServers();
  const flags = ['--reset', '--no-demo', '--ports', String(base)];
  const start = new Terminal(checkout, flags, own);
  await start.says('Ctrl-C stops everything in order');
  expect(start.screen).toContain('Forgetting everything kept in .parley');
  expect(start.screen).not.toContain('Cycle 1');
  expect(await checkout.ledger()).toEqual([]);
  const { DATABASE_URL = '', ...others } = own;
  expect(checkout.settings).toMatchObject(others);
  for (const [name, role] of Object.entries(ROLES)) {
    const { host, username, pathname } = new URL(checkout.settings[`${name}_DATABASE_URL`] ?? '');
    expect([host, username, pathname]).toEqual([new URL(DATABASE_URL).host, role, '/projects']);
  }
  expect(Object.keys(checkout.children()).sort()).toEqual([...PROCESSES].sort());
  await signInAtTheirs('ana@council.example');
  start.send('SIGINT');
  // The launcher ends with 0; npm, which the terminal interrupts too, then ends as interrupted or with that, by its version.
  await start.endsWith(0, 130, 'SIGINT');
  expect(start.screen.trimEnd()).toMatch(/Stopping …\n +Everything is stopped\.$/);
  await until(() => Promise.resolve(expect(checkout.running()).toEqual([])), {
    what: 'nothing to be left',
    deadlineMs: 1_000,
  });
  // What is in a database of one's own is not forgotten with its keys: that is said before any process works on it.
  const again = new Terminal(checkout, flags, own);
  await again.endsWith(1);
  expect(again.screen).toMatch(/holds what a Parley recorded whose keys are not in .*\.parley/);
  expect(again.screen).toContain('name an empty database in DATABASE_URL');
  expect(checkout.running()).toEqual([]);
});
