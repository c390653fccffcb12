// What the database takes into a stream: only what continues it, in its own canonical form, at its own time.
import { aDatabase, appendMany, aSetting } from '#libs/testing';
import type { Setting, TestRole } from '#libs/testing';
import type { DomainEvent } from '#libs/domain';
import { commitText, entryTexts, follow, openLedger, sha256, START } from './index';
import type { Ledger } from './index';

// A loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

let setting: Setting;
beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withAgreement();
});
afterAll(() => setting.close());

const EVENT = { type: 'DeputyNamed', data: { person: 'per_lead', deputy: 'per_researcher' } } as DomainEvent;
const LEAD = { person: 'per_lead' };

async function place() {
  const [row] = await setting.db.query<{ version: number; head: string; at: string }>(
    'select version, head, parley.instant(last_at) as at from parley.streams where id = $1',
    [setting.programme],
  );
  if (!row) throw new Error('the programme has no stream');
  return row;
}

const append = (texts: string[], role: TestRole = 'API') =>
  setting.db.query('select * from parley.append_events($1, $2)', [setting.programme, texts], role);

const soon = () => new Date().toISOString();

it('I9: entries are gapless and each carries the hash of the one before it', async () => {
  const rows = await setting.db.query<{ text: string; hash: string }>(
    'select text, hash from parley.events where stream = $1 order by version',
    [setting.programme],
  );
  const end = follow(
    setting.programme,
    START,
    rows.map(({ text }) => text),
  );
  expect(end).toEqual({ version: rows.length, head: rows.at(-1)?.hash });
  expect(rows.every(({ text, hash }) => sha256(text) === hash)).toBe(true);
});

it.each([
  ['a version is left out', (at: { version: number; head: string }) => ({ ...at, version: at.version + 1 })],
  [
    'a version is taken again',
    (at: { version: number; head: string }) => ({ ...at, version: at.version - 1 }),
  ],
  ['it follows another entry', (at: { version: number; head: string }) => ({ ...at, head: 'a'.repeat(64) })],
])('I9: an entry is refused when %s', async (_name, change) => {
  const now = await place();
  const texts = entryTexts(setting.programme, change(now), [EVENT], LEAD, soon());
  await expect(append(texts)).rejects.toThrow('OUT_OF_SEQUENCE');
  expect(await place()).toEqual(now);
});

it.each([
  ['a blank', (text: string) => text.replace('{"actor"', '{ "actor"')],
  ['a repeated key', (text: string) => text.replace('"data":{', '"data":{"person":"per_lay",')],
  ['a key of its own', (text: string) => text.replace('"format":1', '"extra":1,"format":1')],
  ['another order', (text: string) => text.replace(/"format":1,(.*)\}$/, '$1,"format":1}')],
  ['another format', (text: string) => text.replace('"format":1', '"format":2')],
  ['an unknown time', (text: string) => text.replace(/"at":"[^"]*"/, '"at":"yesterday"')],
  ['no JSON', () => 'hello'],
])('an entry with %s is refused', async (_name, change) => {
  const now = await place();
  const [text = ''] = entryTexts(setting.programme, now, [EVENT], LEAD, soon());
  await expect(append([change(text)])).rejects.toThrow(/ENTRY_|FOREIGN_|invalid/);
  expect(await place()).toEqual(now);
});

it.each([
  ['before the last entry', -400_000],
  ['ahead of the clock', 60_000],
])('an entry %s is refused', async (_name, ms) => {
  const now = await place();
  const at = new Date(Date.parse(ms < 0 ? now.at : soon()) + ms).toISOString();
  await expect(append(entryTexts(setting.programme, now, [EVENT], LEAD, at))).rejects.toThrow(/TIME_/);
});

it('with the clock set backwards, time in the ledger stands still instead of going back', async () => {
  const before = await place();
  await setting.db.shiftClock('-2 hours');
  try {
    const receipt = await setting.onProgramme('lead', {
      command: { type: 'NameDeputy', deputy: 'per_researcher' },
    });
    expect(receipt.entries[0]?.at).toBe(before.at);
  } finally {
    await setting.db.shiftClock('0');
  }
});

it('I4: what was recorded is changed or removed by nobody, not even by the owner', async () => {
  for (const statement of [
    `update parley.events set text = text || ' '`,
    `delete from parley.events where version > 3`,
    'truncate parley.events cascade',
  ])
    await expect(setting.db.query(statement, [])).rejects.toThrow('IMMUTABLE');
});

it('I4: a receipt names the entry as it stands in the ledger', async () => {
  const receipt = await setting.onProgramme('lead', {
    command: { type: 'NameDeputy', deputy: 'per_researcher' },
  });
  const [entry] = receipt.entries;
  const rows = await setting.db.query<{ hash: string }>(
    'select hash from parley.events where stream = $1 and version = $2',
    [setting.programme, entry?.version],
  );
  expect(rows[0]?.hash).toBe(entry?.hash);
  expect(receipt.head).toBe(entry?.hash);
});

it('a stream begins only with the entry that starts it', async () => {
  const texts = entryTexts('pgm_aaaaaaaaaaaaaaaa', START, [EVENT], LEAD, soon());
  const sql = 'select * from parley.append_events($1, $2)';
  await expect(setting.db.query(sql, ['pgm_aaaaaaaaaaaaaaaa', texts], 'API')).rejects.toThrow(
    'NO_SUCH_STREAM',
  );
});

it.each(['\u0000', 'a\ud800'])(
  'a text that no database keeps (%j) is refused with a reason, and nothing is half done',
  async (bad) => {
    const before = await place();
    const actor = { administrator: setting.administrator.id };
    const command = {
      type: 'AddOrganisation' as const,
      organisation: `org_${bad}`,
      name: 'n',
      commissionedBy: [],
    };
    const attempt = setting.ledger.onProgramme(setting.programme, actor, () => ({ command }));
    await expect(attempt).rejects.toMatchObject({ refusal: { rule: 'NOT_WRITABLE' } });
    expect(await place()).toEqual(before);
  },
);

it('a free text loses only what no database keeps', () => {
  const { commitment, salt, text } = commitText('a\u0000b\ud800c');
  expect(text).toBe('ab\ufffdc');
  expect(sha256(`${salt}\u0000${text}`)).toBe(commitment);
});

it('I10: a stream longer than a page is folded whole by a process new to it, read or under lock, and a page at a time', async () => {
  await appendMany(setting, 4_500);
  const { version, head } = await place();
  const [page] = await setting.db.query<{ entries: number }>(
    'select cardinality(programme_entries) as entries from parley.read_stream($1, 0, 0)',
    [setting.programme],
  );
  expect(page?.entries).toBe(2_000);
  const opened = await Promise.all([1, 2].map(() => openLedger({ url: setting.db.urls.API })));
  const [reading, locking] = opened.map(({ ledger }) => ledger) as [Ledger, Ledger];
  expect((await reading.programme(setting.programme)).state.version).toBe(version);
  const command = { type: 'NameDeputy', deputy: 'per_official' } as const;
  const receipt = await locking.onProgramme(setting.programme, LEAD, ({ version: at }) => {
    expect(at).toBe(version);
    return { command };
  });
  expect(receipt.version).toBe(version + 1);
  expect(receipt.entries[0]?.hash).toBe((await place()).head);
  expect(head).not.toBe((await place()).head);
  await Promise.all(opened.map((each) => each.close()));
});
