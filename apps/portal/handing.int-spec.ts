// What may happen while a file comes in by the page behind a mail link: the disk fills up, or the grant is taken back.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { form } from './testing/asking';
import { depositCode, depositLink, grantedRows, theVault } from './testing/deposits';
import type { TheVault } from './testing/deposits';
import { aPortalProcess } from './testing/process';
import type { PortalProcess } from './testing/process';
import { Visitor } from './testing/visitor';
import type { Page } from './testing/visitor';

jest.setTimeout(90_000);

const rows = Array.from({ length: 8_000 }, (_, n) => `person-${String(n).padStart(12, '0')},${n % 2},${n}.5`);
const FILE = Buffer.from(['id,treat,re78', ...rows, ''].join('\n'));
const directory = mkdtempSync(path.join(tmpdir(), 'parley-full-'));
const vaultDir = path.join(directory, 'vault');

let start: Setting;
let vault: TheVault;
let portal: PortalProcess;
let setting: Setting;
let visitor: Visitor;
let page: Page & { address: string };

beforeAll(async () => {
  start = await (await aSetting(await aDatabase())).withAgreement();
  vault = await theVault(start, vaultDir);
  portal = await aPortalProcess(start.db.urls.PORTAL, vaultDir);
});
/** A file may be handed over on `page`: the code was given. */
beforeEach(async () => {
  setting = start.withAnotherProject();
  await grantedRows(setting);
  await vault.invite(setting.project);
  visitor = new Visitor(portal.url);
  page = await visitor.arrive(await depositLink(setting));
  await visitor.post(`${page.address}/code`, { ...form(page), name: 'Person holder' });
  const code = await depositCode(setting.processes.courier.links, setting.project);
  await visitor.post(`${page.address}/code`, { ...form(page), code });
  page = { ...(await visitor.get(page.address)), address: page.address };
});
afterEach(() => vault.clear());
afterAll(async () => {
  await portal.close();
  await start.close();
  rmSync(directory, { recursive: true, force: true });
});

const files = () =>
  existsSync(vaultDir)
    ? readdirSync(vaultDir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
    : [];
const received = async () => (await setting.world()).project.deposits['d1']?.received;
const fields = () => ({ ...form(page), name: 'Person holder' });

it('I11: a disk that fills up while a file comes in: the page says so, nothing is kept, and with room again it takes the same file', async () => {
  const hand = () => visitor.send(`${page.address}/file`, fields(), FILE);
  portal.leaveRoom(FILE.length / 2);
  const full = await hand();
  for (const said of ['There is no room for the file', 'Nothing was kept. Try again later.', 'type="file"'])
    expect(full.html).toContain(said);
  expect([full.status, await received(), files()]).toEqual([503, null, []]);
  portal.leaveRoom(null);
  expect((await hand()).status).toBe(303);
  const sha256 = createHash('sha256').update(FILE).digest('hex');
  expect([(await received())?.digest, files().length]).toEqual([sha256, 1]);
});

it('T10, I3: a grant taken back while the file comes in: what came is judged by it, refused with the reason, and discarded', async () => {
  let goOn: () => void = () => undefined;
  const takenBack = new Promise<void>((resolve) => (goOn = resolve));
  const form = Object.entries(fields()).map(
    ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  async function* body(): AsyncGenerator<Buffer> {
    yield Buffer.from(
      `${form.join('')}--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`,
    );
    yield FILE.subarray(0, FILE.length / 2);
    await takenBack;
    yield FILE.subarray(FILE.length / 2);
    yield Buffer.from('\r\n--b--\r\n');
  }
  const answer = visitor.ask(`${page.address}/file`, {
    ...{ method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b' } },
    ...{ body: ReadableStream.from(body()), duplex: 'half' },
  });
  while (files().length === 0) await new Promise((soon) => setImmediate(soon));
  const terms = { request: 'r1', mode: 'STOP', atOnce: false, reason: null, assurance: 'ACCOUNT' } as const;
  await setting.byAccount('holder', setting.project, { command: { type: 'WithdrawGrant', ...terms } });
  goOn();
  const refused = await answer;
  expect([refused.status, await received(), files()]).toEqual([409, null, []]);
  expect(refused.html).toContain(
    'The grant no longer stands, so no file is taken. Nothing of the file was kept.',
  );
});
