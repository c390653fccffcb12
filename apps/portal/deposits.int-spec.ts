// A file handed over by link and code: read on the page, sealed while it arrives, checked by the real vault, answered once.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { permitted, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { closePortal, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { depositCode, depositLink, endRelease, grantedRows, theVault } from './testing/deposits';
import type { TheVault } from './testing/deposits';
import { MOST_BYTES, Visitor } from './testing/visitor';
import type { Page } from './testing/visitor';

jest.setTimeout(60_000);

let opened: Opened;
let vault: TheVault;
let setting: Setting;
let visitor: Visitor;
let page: Page & { address: string };

beforeAll(async () => {
  opened = await openPortal();
  vault = await theVault(opened.start, opened.portal.vaultDir);
});
beforeEach(async () => {
  setting = opened.start.withAnotherProject();
  await grantedRows(setting);
  await vault.invite(setting.project);
  await setting.db.query('delete from parley.asks');
  visitor = new Visitor(opened.portal.url);
  page = await visitor.arrive(await depositLink(setting));
});
afterEach(() => vault.clear());
afterAll(() => closePortal(opened));

const person = (number: number) => `person-${String(number).padStart(12, '0')}`;
const GOOD = Buffer.from(
  ['id,treat,re78', ...Array.from({ length: 40 }, (_, n) => `${person(n)},${n % 2},${n}.5`), ''].join('\n'),
);
const WRONG_VALUES = Buffer.from(
  `id,treat,re78\n${person(1)},0,1\n${person(2)},7,ada@example.org\n${person(3)},1,SW1A 1AA\n`,
);
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const deposit = async () => (await setting.world()).project.deposits['d1'];
const mails = (purpose: string) =>
  setting.db.query<{ person: string }>(
    `select mail ->> 'person' as person from parley.outbox where stream = $1 and mail ->> 'purpose' = $2`,
    [setting.project, purpose],
  );
/** Every file there is, sealed or unfinished. */
const files = () =>
  existsSync(opened.portal.vaultDir)
    ? readdirSync(opened.portal.vaultDir, { recursive: true, withFileTypes: true }).filter((each) =>
        each.isFile(),
      )
    : [];

const askCode = (name = 'Person holder') => visitor.post(`${page.address}/code`, { ...form(page), name });
/** Asks for the code and gives it; the page then takes a file. */
async function confirmed(): Promise<Page> {
  await askCode();
  const code = await depositCode(setting.processes.courier.links, setting.project);
  const done = await visitor.post(`${page.address}/code`, { ...form(page), code });
  expect([done.status, done.location]).toEqual([303, page.address]);
  return visitor.get(page.address);
}
const hand = async (file: Buffer | null, fields: Record<string, string> = {}, on?: Page) => {
  const open = on ?? (await visitor.get(page.address));
  return await visitor.send(
    `${page.address}/file`,
    { ...form(open), name: 'Person holder', ...fields },
    file,
  );
};

const takesBack = () => {
  const terms = { request: 'r1', mode: 'STOP', atOnce: false, reason: null, assurance: 'ACCOUNT' } as const;
  return setting.byAccount('holder', setting.project, { command: { type: 'WithdrawGrant', ...terms } });
};

it('B27: the page shows what was granted and signed, how it is checked, and what becomes of the file', () => {
  expect(page.status).toBe(200);
  for (const said of ['Hand over a file', 'treat', 'one of 0, 1', 'from 0 to 100000', 'At most 50,000 rows'])
    expect(page.html).toContain(said);
  for (const said of [
    'Not to be used for this purpose: 4',
    'at least this many organisations: 5',
    'parley prepare',
  ])
    expect(page.html).toContain(said);
  expect(page.html).toMatch(/Granted for your organisation by Person holder on/);
  expect(page.html).not.toContain('<script');
  expect(page.html).not.toContain('type="file"');
  expect(page.headers.get('cache-control')).toBe('no-store');
});

it('B27: with the code one file is taken, sealed, recorded under the person, and its receipt is mailed', async () => {
  const open = await confirmed();
  expect(open.html).toContain('type="file"');
  const done = await hand(GOOD, { sha256: digest(GOOD).toUpperCase() });
  expect([done.status, done.location]).toEqual([303, page.address]);
  expect((await deposit())?.received).toMatchObject({
    person: personId('holder'),
    digest: digest(GOOD),
    bytes: GOOD.length,
  });
  const [entry] = await setting.db.query<{ assurance: string }>(
    `select data ->> 'assurance' as assurance from parley.events where stream = $1 and type = 'DepositReceived'`,
    [setting.project],
  );
  expect(entry?.assurance).toBe('LINK_CODE');
  expect(files()).toHaveLength(1);
  for (const { parentPath, name } of files())
    expect(readFileSync(path.join(parentPath, name)).includes('person-')).toBe(false);
  expect(await mails('DEPOSIT_RECEIPT')).toEqual([{ person: personId('holder') }]);
  const received = await visitor.get(page.address);
  for (const said of [
    'The file has been received',
    digest(GOOD),
    `${GOOD.length.toLocaleString('en-GB')} bytes`,
  ])
    expect(received.html).toContain(said);
  await vault.check(setting.project);
  const accepted = await visitor.get(page.address);
  for (const said of [
    'The file fits what was granted',
    '40 rows were read.',
    'Nothing was found that does not fit.',
  ])
    expect(accepted.html).toContain(said);
});

it('a file that does not fit is reported by column and row, never by value, and discarded; the next one is invited', async () => {
  const open = await confirmed();
  await hand(WRONG_VALUES);
  await vault.check(setting.project);
  await vault.destroy(setting.project);
  expect(files()).toEqual([]);
  const { html } = await visitor.get(page.address);
  expect(html).toContain('The file does not fit what was granted');
  expect(html).toMatch(/<code>treat<\/code>.*?none of the granted codes.*?row 3.*?one of 0, 1/s);
  expect(html).toMatch(/<code>re78<\/code>.*?not of the granted kind.*?rows 3, 4/s);
  for (const value of ['SW1A', 'ada@', person(2)]) expect(html).not.toContain(value);
  expect(await mails('DEPOSIT_REFUSED')).toHaveLength(1);
  await vault.invite(setting.project);
  expect((await setting.world()).project.deposits['d2']).toBeDefined();
  // The way to d1 leads nowhere else.
  const late = await hand(GOOD, {}, open);
  expect([late.status, (await setting.world()).project.deposits['d2']?.received]).toEqual([409, null]);
});

it('I5: the same file sent again, also twenty times at once, is one deposit and equal answers; another file is refused', async () => {
  await confirmed();
  const open = await visitor.get(page.address);
  const all = await Promise.all(Array.from({ length: 20 }, () => hand(GOOD, {}, open)));
  expect(all.map(({ status }) => status)).toEqual(Array(20).fill(303));
  expect((await hand(GOOD, {}, open)).status).toBe(303);
  const other = await hand(Buffer.from('id,treat,re78\n'), {}, open);
  expect(other.status).toBe(409);
  const entries = await setting.db.query(
    `select 1 from parley.events where stream = $1 and type = 'DepositReceived'`,
    [setting.project],
  );
  expect([entries.length, files().length]).toEqual([1, 1]);
});

describe('T2, and forwarded mails', () => {
  it('every button pressed again and again mails no code, and its custodian gets in afterwards', async () => {
    for (let time = 0; time < 5; time += 1)
      for (const { action, fields } of page.forms)
        for (const typed of [{}, { name: '' }, { code: '' }, { name: '', code: '' }])
          expect((await visitor.post(action, { ...fields, ...typed })).status).toBe(422);
    expect(await mails('DEPOSIT_CODE')).toEqual([]);
    expect((await deposit())?.received).toBeNull();
    expect((await confirmed()).html).toContain('type="file"');
    expect(await mails('DEPOSIT_CODE')).toEqual([{ person: personId('holder') }]);
  });

  it('a code of the mail is taken by whoever comes back to the page', async () => {
    await askCode();
    const back = new Visitor(opened.portal.url);
    const again = await back.arrive(await depositLink(setting));
    expect(again.html).toContain('The 8 digits from the mail');
    const code = await depositCode(setting.processes.courier.links, setting.project);
    const done = await back.post(`${again.address}/code`, { ...form(again), code });
    expect([done.status, done.location]).toEqual([303, again.address]);
  });

  it.each([
    ['no name', { name: '' }, 'Type your full name'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, 'Shorten'],
    ['an unshowable name', { name: '\0' }, 'Remove the characters'],
  ])('%s: said, and no code is mailed', async (_what, typed, said) => {
    const answered = await visitor.post(`${page.address}/code`, { ...form(page), ...typed });
    expect([answered.status, answered.html.includes(said)]).toEqual([422, true]);
    expect(await mails('DEPOSIT_CODE')).toEqual([]);
  });

  it('the link of the mail takes no file, whatever else its bearer knows', async () => {
    const sent = await hand(GOOD);
    expect([sent.status, files().length]).toEqual([403, 0]);
    const another = new Visitor(opened.portal.url);
    await another.arrive(await depositLink(setting));
    await confirmed();
    expect((await another.send(`${page.address}/file`, form(page), GOOD)).status).toBe(403);
    expect((await another.get(page.address)).html).not.toContain('type="file"');
  });

  it('a wrong code five times, and then the right one; a code of another deposit', async () => {
    const other = opened.start.withAnotherProject();
    await grantedRows(other);
    await vault.invite(other.project);
    await other.processes.portal.links.askCode(await depositLink(other));
    const foreign = await depositCode(setting.processes.courier.links, other.project);
    await askCode();
    const right = await depositCode(setting.processes.courier.links, setting.project);
    const wrong = foreign === right ? '00000001' : foreign;
    const give = (code: string) => visitor.post(`${page.address}/code`, { ...form(page), code });
    for (let time = 0; time < 5; time += 1) expect((await give(wrong)).html).toContain('not the code');
    const dead = await give(right);
    expect([dead.status, dead.html.includes('no longer works')]).toEqual([422, true]);
    expect((await give('12')).status).toBe(422);
  });

  it('three codes an hour, and nobody but the holder’s custodians has a link at all', async () => {
    for (let time = 0; time < 3; time += 1) expect((await askCode()).status).toBe(200);
    expect((await askCode()).status).toBe(429);
    // A code mailed before may still be typed.
    const code = await depositCode(setting.processes.courier.links, setting.project);
    expect((await visitor.post(`${page.address}/code`, { ...form(page), code })).status).toBe(303);
    await expect(depositLink(setting, 'd1', personId('riskOwner'))).rejects.toThrow('NOT_ASKED');
    expect((await new Visitor(opened.portal.url).get(page.address)).status).toBe(404);
    const unknown = {
      stream: setting.project,
      checkpoint: 'd1',
      round: 0,
      core: 'x',
      person: personId('holder'),
    };
    const { links } = setting.processes.courier;
    await expect(links.mint({ ...unknown, purpose: 'DEPOSIT' })).rejects.toThrow('STALE_CONTENT');
    await expect(links.mint({ ...unknown, purpose: 'DEPOSIT_FILE' })).rejects.toThrow('NOT_ASKED');
  });
});

describe('where the data went', () => {
  const went = (html: string) => html.slice(html.indexOf('Where the data went'));

  it('B25, T11: each release made of it, who read it, how it ended, and what its certificate says', async () => {
    setting = opened.start.withAnotherProject();
    await permitted(setting);
    await setting.processes.worker.ledger.openRead(setting.project, 'a1');
    page = await visitor.arrive(await depositLink(setting));
    for (const said of [
      ...['Counts and sums only', 'Permitted: it can be read for what was signed'],
      'a1, descriptive, by Person researcher: opened once, still going. There is no result yet.',
    ])
      expect(went(page.html)).toContain(said);
    const digest = await endRelease(setting);
    const ended = went((await visitor.get(page.address)).html);
    for (const said of [
      ...['Destroyed, with its keys', digest, '4,321 bytes removed', 'destroyed on Tuesday 5 January 2027'],
      ...['neither the key nor the bytes were there', 'Deposits it was made of: d1.'],
      'Backups are kept for 14 days: until Tuesday 19 January 2027',
    ])
      expect(ended).toContain(said);
    expect(ended).not.toContain('<script');
    // Whoever answers for the holder reads the same on the page of what they granted.
    const { requests } = (await setting.world()).project;
    const about = { stream: setting.project, checkpoint: 'r1', round: 0, core: requests['r1']!.content.core };
    const link = { ...about, person: personId('holder'), purpose: 'ANSWER' as const };
    const { token } = await setting.processes.courier.links.mint(link);
    const granted = await new Visitor(opened.portal.url).arrive(token);
    expect(went(granted.html)).toContain('4,321 bytes removed');
  });

  it('T11: a deposit that nobody filled is closed with its grant, and its page says so and takes nothing', async () => {
    const open = await confirmed();
    await takesBack();
    for (const closing of ['withdrawn', 'destroyed'] as const) {
      if (closing === 'destroyed') await vault.destroy(setting.project);
      const closed = await visitor.get(page.address);
      expect(closed.html).toContain('The grant was withdrawn or has expired, so no file is taken.');
      for (const offered of ['type="file"', 'Mail me a code', 'Where the data went', 'Certificate'])
        expect(closed.html).not.toContain(offered);
      expect((await hand(GOOD, {}, open)).status).toBe(409);
    }
    expect([(await deposit())?.received, files()]).toEqual([null, []]);
  });
});

describe('bad input', () => {
  it.each([
    ['no file chosen', null, {}, 422, 'Choose the file'],
    ['no name', GOOD, { name: '' }, 422, 'Type your full name'],
    ['a name of 201 characters', GOOD, { name: 'x'.repeat(201) }, 422, 'Shorten'],
    ['a digest that is none', GOOD, { sha256: 'abc' }, 422, 'Type the SHA-256'],
    ['the digest of another file', GOOD, { sha256: 'a'.repeat(64) }, 422, 'not the file with this SHA-256'],
    ['more than is taken', Buffer.alloc(MOST_BYTES + 1, 'x'), {}, 422, 'larger than 3 megabytes'],
    ['a form of elsewhere', GOOD, { csrf: 'x' }, 403, 'did not come from our page'],
  ])('%s: said, the page usable, nothing kept', async (_what, file, fields, status, said) => {
    await confirmed();
    const answered = await hand(file, fields);
    expect([answered.status, answered.html.includes(said)]).toEqual([status, true]);
    expect([(await deposit())?.received, files()]).toEqual([null, []]);
    expect((await hand(GOOD)).status).toBe(303);
  });

  it('an empty file is taken, and its check says that it is empty', async () => {
    await confirmed();
    expect((await hand(Buffer.alloc(0))).status).toBe(303);
    await vault.check(setting.project);
    expect((await visitor.get(page.address)).html).toContain('The file is empty');
  });

  it('proof after the file, a form that ends in the middle, and a body that is none: refused, nothing kept', async () => {
    const open = await confirmed();
    const { csrf = '' } = form(open);
    const part = (name: string, value: string, more = '') =>
      `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const file = part('file', 'id,treat', '; filename="a.csv"');
    const send = (body: string, type = 'multipart/form-data; boundary=b') =>
      visitor.ask(`${page.address}/file`, { method: 'POST', body, headers: { 'content-type': type } });
    const named = part('csrf', csrf) + part('name', 'A');
    expect((await send(`${file}${named}--b--\r\n`)).status).toBe(403);
    expect(
      (await send(`${named}--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nid`))
        .status,
    ).toBe(400);
    expect((await send('x', 'multipart/form-data')).status).toBe(400);
    expect((await send('{}', 'application/json')).status).toBe(415);
    expect([(await deposit())?.received, files()]).toEqual([null, []]);
  });

  it('a path as the name of a file names nothing here', async () => {
    const { csrf = '' } = form(await confirmed());
    const part = (name: string, value: string, more = '') =>
      `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const file = part('file', String(GOOD), '; filename="../../../escape.csv"');
    const body = `${part('csrf', csrf)}${part('name', 'A')}${file}--b--\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const { status } = await visitor.ask(`${page.address}/file`, { method: 'POST', body, headers });
    expect(status).toBe(303);
    expect((await deposit())?.received).not.toBeNull();
    expect(files().filter(({ name }) => name.includes('escape'))).toEqual([]);
    expect(files()).toHaveLength(1);
  });

  it('I11: a connection that breaks leaves nothing', async () => {
    const open = await confirmed();
    const cut = visitor.beginSending(
      `${page.address}/file`,
      { ...form(open), name: 'A' },
      'x'.repeat(300_000),
    );
    const until = async (isThere: boolean): Promise<void> => {
      while (files().length > 0 !== isThere) await new Promise((soon) => setImmediate(soon));
    };
    await until(true);
    cut();
    await until(false);
    expect([(await deposit())?.received, files()]).toEqual([null, []]);
  });

  it('the grant withdrawn, or the role lost, while the page is open: refused, nothing kept', async () => {
    await confirmed();
    const open = await visitor.get(page.address);
    await takesBack();
    const late = await hand(GOOD, {}, open);
    expect([late.status, late.html.includes('no file is taken')]).toEqual([409, true]);
    expect(files()).toEqual([]);
    expect((await visitor.post(`${page.address}/code`, form(open))).status).toBe(303);
  });
});
