// Files that people and machines really send: each with the exact words the custodian reads, and never an outage.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { DEFAULT_LIMITS } from '../engine/engine';
import { DataSpec } from '../grant/spec';
import { aVault } from '../testing/places';
import type { TestVault } from '../testing/places';
import type { DepositReport } from './report';

const rows = (...fields: object[]) => DataSpec.parse({ level: 'ROWS', fields });
const simple = rows({ name: 'a', type: 'category' }, { name: 'b', type: 'number' });

let test: TestVault;
beforeAll(async () => {
  test = await aVault();
});
afterAll(() => test.remove());

const check = async (bytes: Buffer | string, spec: DataSpec = simple): Promise<DepositReport> =>
  test.vault.checkDeposit(await test.deposit(bytes), spec);
const messages = (report: DepositReport): string[] => report.findings.map(({ message }) => message);

async function parquet(select: string): Promise<Buffer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'parley-parquet-'));
  const file = path.join(directory, 'x.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`copy (${select}) to '${file}' (format parquet, compression zstd)`);
  connection.closeSync();
  const bytes = readFileSync(file);
  rmSync(directory, { recursive: true });
  return bytes;
}

const utf16be = Buffer.from('\ufeffa,b\n1,2\n', 'utf16le').swap16();
const mixed = Buffer.concat([Buffer.from('a,b\né,1\n'), Buffer.from([0xe9]), Buffer.from(',2\n')]);
const day = { name: 'd', type: 'date', period: { from: '2014-01-01', to: '2014-12-31' } };
const ward = { name: 'area', type: 'category' };
const small = { level: 'SMALL_AREA', vintage: '2021' };
const episodes = {
  level: 'ROWS',
  fields: [
    { name: 'p', type: 'pseudonym' },
    { name: 'start', type: 'date' },
    { name: 'end', type: 'date' },
    { name: 'left', type: 'category', codes: ['0', '1'] },
  ],
};
const person = (n: number) => `pseudonym0000000${n}`;

const NOTHING_GUESSED = 'Write all dates so; days and months are never guessed.';
const CASES: readonly (readonly [string, Buffer | string, readonly string[], DataSpec?])[] = [
  [
    'semicolons between the columns',
    'a;b\nx;1\n',
    [
      'Row 1: The columns are separated by semicolons. Save it with commas (CSV) or tabs (TSV) and deposit it again.',
    ],
  ],
  [
    'two encodings in one file',
    mixed,
    [
      'Row 3: The file is not UTF-8: the byte at position 9 fits no character. Save it as "CSV UTF-8" and deposit it again.',
    ],
  ],
  ['UTF-16, big end first', utf16be, ['The file is in UTF-16. Save it as "CSV UTF-8" and deposit it again.']],
  [
    'a byte order mark before the first value',
    'a,b\n\ufeffx,1\n',
    ['Column "a", row 2: an invisible character (zero width, text direction or byte order mark). Remove it.'],
  ],
  [
    'a value over several lines',
    'a,b\n"x\ny",1\n',
    [
      'Column "a", row 2: longer than 100 characters or over several lines. Free text never leaves the holder: deposit codes instead.',
    ],
  ],
  [
    'a sentence',
    'a,b\nshe came in on a monday and was very upset about the letter,1\n',
    [
      'Column "a", row 2: longer than 100 characters or over several lines. Free text never leaves the holder: deposit codes instead.',
    ],
  ],
  [
    'a column that would drop a table',
    'a,b,"""; drop table deposit"\nx,1,2\n',
    [
      'Column ""; drop table deposit": not in the grant. Leave it out (parley prepare does) and deposit the file again.',
    ],
  ],
  [
    'empty names in the header',
    'a,b,,\nx,1,2,3\n',
    ['Row 1: The header has 2 columns without a name. Name them, or remove them.'],
  ],
  [
    'numbers with thousands separators',
    'a,b\nx,"1,234.50"\n',
    ['Column "b", row 2: a number with thousands separators. Write it without: 1234.5.'],
  ],
  [
    'dates of three formats',
    'd\n2014-09-01\n01/09/2014\n1 Sep 2014\n',
    [`Column "d", rows 3, 4: not a date written like 2014-09-01. ${NOTHING_GUESSED}`],
    rows(day),
  ],
  [
    'a day that never was',
    'd\n2014-02-30\n',
    [`Column "d", row 2: not a date written like 2014-09-01. ${NOTHING_GUESSED}`],
    rows(day),
  ],
  [
    'day numbers of a spreadsheet',
    'd\n41883\n',
    [
      'Column "d", row 2: a spreadsheet\'s day number instead of a date. Export it as a date written like 2014-09-01.',
    ],
    rows(day),
  ],
  [
    'days outside the granted period',
    'd\n2014-12-31\n2015-01-01\n',
    [
      'Column "d", row 3: outside the granted period 2014-01-01 to 2014-12-31. Leave such rows out; parley prepare does.',
    ],
    rows(day),
  ],
  [
    'days where months were granted',
    'd\n2014-09\n2014-09-01\n',
    ['Column "d", row 3: a finer date than was granted. Write it like 2014-09; parley prepare does.'],
    rows({ ...day, precision: 'MONTH' }),
  ],
  [
    'codes that lost their zeros',
    'a\n01\n1\n7\n',
    [
      'Column "a", row 3: a code that lost its leading zeros, as spreadsheets do. Export again with the column as text; nothing is guessed.',
      'Column "a", row 4: not one of the granted codes. Recode the values, or have the grant amended.',
    ],
    rows({ name: 'a', type: 'category', codes: ['01', '02'] }),
  ],
  [
    'names of people',
    'a\nMrs Jones\nJohn Smith\n"Smith, Alice"\nVictoria Road\nWhite British\n',
    [
      'Column "a", rows 2, 3, 4: looks like the name of a person. Remove direct identifiers before depositing.',
    ],
    rows({ name: 'a', type: 'category' }),
  ],
  [
    'days of birth, by name and within a text',
    'dob,a\n1980-01-01,born 01/02/1980\n',
    [
      'Column "dob": holds days of birth. Deposit an age band, or the year as granted.',
      'Column "a", row 2: holds a full date. Where one is meant the grant says so; otherwise remove it.',
    ],
    rows({ name: 'dob', type: 'date' }, { name: 'a', type: 'text' }),
  ],
  [
    'a column called like an identifier',
    'surname\nx\n',
    [
      'Column "surname": named like a direct identifier. Remove it, or have the grant name it for what it holds.',
    ],
    rows({ name: 'surname', type: 'text' }),
  ],
  [
    'B26: output areas where small areas were granted, and what is no area',
    'area\nE01000001\nE00000001\nCentral\n',
    [
      'Column "area", row 3: a finer place than was granted. Deposit the larger area; parley prepare does.',
      'Column "area", row 4: not the code of a small area, such as E01000001. Correct the codes, or have the grant list them.',
    ],
    rows({ ...ward, place: small }),
  ],
  [
    'B26: small areas where local authorities were granted',
    'area\nE08000021\nE01000001\n',
    ['Column "area", row 3: a finer place than was granted. Deposit the larger area; parley prepare does.'],
    rows({ ...ward, place: { level: 'LOCAL_AUTHORITY' } }),
  ],
  [
    'B26: small areas where organisations were granted',
    'area\nA81001\nE01000001\n',
    ['Column "area", row 3: a finer place than was granted. Deposit the larger area; parley prepare does.'],
    rows({ ...ward, place: { level: 'ORGANISATION' } }),
  ],
  [
    'B26: members of a household where households were granted',
    `p,start,end,left\n${person(1)},2014-01-01,,0\n${person(1)},2014-01-01,,0\n`,
    [
      'Column "p", rows 2, 3: the same pseudonym stands in another row too, and the grant allows one row a household. Bring the rows to households: parley prepare does.',
    ],
    DataSpec.parse({ ...episodes, granularity: 'HOUSEHOLD' }),
  ],
  [
    'B26: cells below the small-number rule',
    'a,n\nx,10\ny,9\n',
    [
      'Row 3: fewer than 10 people, and the grant lets no such cell out. Leave them out; parley prepare does.',
    ],
    DataSpec.parse({
      level: 'CELLS',
      fields: [ward, { name: 'a', type: 'category' }].slice(1),
      dimensions: ['a'],
      fewest: 10,
    }),
  ],
  [
    'rows twice under the key, and against the rules across fields',
    `p,start,end,left\n${person(1)},2014-02-01,2014-01-01,0\n${person(1)},2014-02-01,,1\n${person(2)},2014-02-01,,0\n`,
    [
      'Column "p", rows 2, 3: a person has several rows; people are counted once, rows as records.',
      'Rows 2, 3: the same p, start as in another row, and the grant takes each once. Remove the duplicates.',
      'Column "end", row 2: before "start". Correct the rows.',
      'Column "end", row 3: empty, where "left" says that there is a value. Correct the rows.',
    ],
    DataSpec.parse({
      ...episodes,
      key: ['p', 'start'],
      rules: [
        { field: 'end', notBefore: 'start' },
        { field: 'end', requiredWhere: { field: 'left', in: ['1'] } },
      ],
    }),
  ],
  [
    'B39: people who were not there on the day of a stock',
    `p,start,end,left\n${person(1)},2014-01-01,,0\n${person(2)},2015-01-01,,0\n${person(3)},2013-01-01,2013-12-31,1\n`,
    ['Rows 3, 4: not there on 2014-06-30, the day of this stock. Leave such rows out.'],
    DataSpec.parse({
      ...episodes,
      collected: { kind: 'STOCK', start: 'start', end: 'end', asAt: '2014-06-30' },
    }),
  ],
  [
    'B39: a flow in which nobody ever left',
    `p,start,end,left\n${person(1)},2014-01-01,,0\n${person(2)},2015-01-01,,0\n`,
    [
      'Column "end": empty in every row, so nobody ever left: that is a stock, not a flow. Add those who left, or have the source declared STOCK.',
    ],
    DataSpec.parse({ ...episodes, collected: { kind: 'FLOW', end: 'end' } }),
  ],
  [
    'a gzip bomb, which is not unpacked',
    gzipSync(Buffer.alloc(50_000_000)),
    ['The file is compressed (gzip). Save it as "CSV UTF-8" and deposit it again.'],
  ],
];

describe('a bad file', () => {
  for (const [what, bytes, expected, spec] of CASES) {
    it(`is refused with its reasons: ${what}`, async () => {
      const report = await check(bytes, spec);
      expect(messages(report)).toEqual(expected);
      expect(report.accepted).toBe(false);
    });
  }

  it('may have 100,000 columns', async () => {
    const header = Array.from({ length: 100_000 }, (_, n) => `c${n}`).join(',');
    const report = await check(`a,b,${header}\n${'x,'.repeat(100_001)}x\n`);
    expect(report.accepted).toBe(false);
    expect(report.findings.at(-1)?.message).toMatch(/^Column "… and \d+ more": not in the grant\./);
  });

  it('may not be one only for its names: reserved words and SQL are columns like others', async () => {
    const names = ['select', 'group', 'r', 'v', 'n', 'codes', "x'); drop table deposit; --"];
    const spec = rows(...names.map((name) => ({ name, type: 'integer' })));
    const report = await check(`${names.join(',')}\n1,2,3,4,5,6,7\n`, spec);
    expect(report).toMatchObject({ accepted: true, findings: [] });
  });

  it('gets the same answer each time', async () => {
    const bytes = 'a,b\nMr X,nought\n"1,2",3\n';
    expect(await check(bytes)).toEqual(await check(bytes));
  });
});

describe('a Parquet deposit', () => {
  it('is checked value by value like any other, and keeps its own digest', async () => {
    const bytes = await parquet("select 'x' as a, 1.5 as b union all select 'john smith', null");
    const report = await check(bytes);
    expect(messages(report)).toEqual([
      'Column "a", row 3: looks like the name of a person. Remove direct identifiers before depositing.',
    ]);
    expect(report).toMatchObject({ bytes: bytes.length, rows: 2 });
    const good = await check(await parquet("select 7 as b, 'x' as a, ".replace(/, $/, '')));
    expect(good).toMatchObject({ accepted: true, findings: [], rows: 1 });
  });

  it('is refused for columns that nobody granted, without unpacking them', async () => {
    const report = await check(await parquet('select \'x\' as a, 1 as b, \'secret\' as "q"" from x"'));
    expect(messages(report)).toEqual([
      'Column "q" from x": not in the grant. Leave it out (parley prepare does) and deposit the file again.',
    ]);
  });

  it('is a refusal and not an outage with a hostile footer', async () => {
    const bytes = await parquet("select 'x' as a, 1 as b");
    const length = bytes.readUInt32LE(bytes.length - 8);
    const hostile = Buffer.concat([
      bytes.subarray(0, bytes.length - 8 - length),
      randomBytes(length),
      bytes.subarray(bytes.length - 8),
    ]);
    const endless = Buffer.from(bytes);
    endless.writeUInt32LE(0x7fff_ffff, bytes.length - 8);
    for (const file of [hostile, endless, bytes.subarray(0, bytes.length - 20), Buffer.from('PAR1')]) {
      const report = await check(file);
      expect(messages(report)).toEqual([
        expect.stringMatching(
          /^The file could not be checked: The data process (refused|ended).*Parquet, whole as it was exported/,
        ),
      ]);
      expect(report).toMatchObject({ accepted: false, bytes: file.length });
    }
  });

  it('is a refusal and not an outage when it unpacks to more than there is room for', async () => {
    const bomb = await parquet("select repeat('x', 4000) as a, 1 as b from range(20000)");
    expect(bomb.length).toBeLessThan(200_000);
    const narrow = await aVault({ limits: { ...DEFAULT_LIMITS, unpackedMb: 1 } });
    const report = await narrow.vault.checkDeposit(await narrow.deposit(bomb), simple);
    expect(messages(report)).toEqual([
      'The file could not be checked: The data process was ended: the file unpacks to more than 1 MB. Check that it is plain CSV or Parquet, whole as it was exported, or deposit less at once.',
    ]);
    expect(readdirSync(narrow.places.scratchDir)).toEqual([]);
    narrow.remove();
  });
});
