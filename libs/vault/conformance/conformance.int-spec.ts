// What a deposit's report says about bad input: each case with the exact words a custodian reads.
import { DataSpec } from '../grant/spec';
import type { TestVault } from '../testing/places';
import { aVault } from '../testing/places';
import type { DepositReport } from './report';

const rows = DataSpec.parse({
  level: 'ROWS',
  fields: [
    { name: 'treat', type: 'category', codes: ['0', '1'], required: true },
    { name: 'race', type: 'category' },
    { name: 're78', type: 'number', min: 0, max: 100_000 },
  ],
});
const cells = DataSpec.parse({
  level: 'CELLS',
  fields: [
    { name: 'treat', type: 'category', codes: ['0', '1'] },
    { name: 're78', type: 'number' },
  ],
  dimensions: ['treat'],
  sums: ['re78'],
});
const people = DataSpec.parse({
  level: 'ROWS',
  fields: [
    { name: 'person', type: 'pseudonym' },
    { name: 'visits', type: 'integer' },
  ],
});

let test: TestVault;
beforeAll(async () => {
  test = await aVault();
});
afterAll(() => test.remove());

async function check(bytes: Buffer | string, spec: DataSpec = rows): Promise<DepositReport> {
  return test.vault.checkDeposit(await test.deposit(bytes), spec);
}

function messages(report: DepositReport): string[] {
  return report.findings.map(({ message }) => message);
}

const NO_VERDICTS = ['dominance_re78', 'p_ratio_re78'].map(
  (name) =>
    `Column "${name}": not in the file: whether the sums are dominated by few people is left to a person.`,
);

describe('a deposit that meets its grant', () => {
  it('is accepted, with any order of columns, CRLF, quotes, blank lines at the end and missing values', async () => {
    const report = await check(
      'race,re78,treat\r\n"black",100.5,1\r\nwhite,,0\r\n"a ""b"", c",1e3,0\r\n\r\n\r\n',
    );
    expect(report).toMatchObject({ accepted: true, rows: 3, findings: [], level: 'ROWS', bytes: 68 });
    expect(report.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('may begin with a byte order mark, which is noted', async () => {
    const report = await check('\ufefftreat,race,re78\n1,a,2\n');
    expect(report.accepted).toBe(true);
    expect(messages(report)).toEqual(['The file begins with a byte order mark; it was skipped.']);
  });

  it('may be a cell table', async () => {
    const report = await check('treat,n,sum_re78,sumsq_re78\n0,12,120,1300\n1,3,30,400\n', cells);
    expect(report).toMatchObject({ accepted: true, rows: 2 });
    expect(messages(report)).toEqual(NO_VERDICTS);
  });

  it('may hold names and values that look like SQL', async () => {
    const spec = DataSpec.parse({
      level: 'ROWS',
      fields: [{ name: "x'); drop table deposit; --", type: 'category', codes: ["'); select 1 --"] }],
    });
    const report = await check("x'); drop table deposit; --\n'); select 1 --\n", spec);
    expect(report).toMatchObject({ accepted: true, rows: 1 });
  });

  it('counts people once where they have several rows, and says so', async () => {
    const report = await check(
      'person,visits\nabcdefghijklmnop,1\nabcdefghijklmnop,2\nqrstuvwxyz012345,3\n',
      people,
    );
    expect(report.accepted).toBe(true);
    expect(messages(report)).toEqual([
      'Column "person", rows 2, 3: a person has several rows; people are counted once, rows as records.',
    ]);
  });
});

const HEADER = 'treat,race,re78\n';
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${HEADER}1,a,2\n`, 'utf16le')]);
const latin1 = Buffer.concat([
  Buffer.from(`${HEADER}1,a,2\n1,Andr`),
  Buffer.from([0xe9]),
  Buffer.from(',3\n'),
]);

const CASES: readonly (readonly [string, Buffer | string, readonly string[], DataSpec?])[] = [
  ['an empty file', '', ['The file is empty. Deposit a CSV file with a header row.']],
  ['a header alone', HEADER, ['The file has a header and no rows. Deposit the data with it.']],
  [
    'wrong columns',
    'id,treat,Race,re78\nNSW1,1,a,2\n',
    [
      'Column "race": granted and not in the file. Add it; names must match exactly, also in upper and lower case.',
      'Column "id": not in the grant. Leave it out (parley prepare does) and deposit the file again.',
      'Column "Race": not in the grant. Leave it out (parley prepare does) and deposit the file again.',
    ],
  ],
  [
    'a column twice',
    'treat,race,re78,race\n1,a,2,b\n',
    ['Column "race", row 1: stands more than once in the header. Keep one.'],
  ],
  [
    'no header, whose values are not repeated',
    'NSW1,1,37\nNSW2,1,22\n',
    [
      'The first row names none of the granted columns. The file needs a header row, separated by commas: treat,race,re78.',
    ],
  ],
  [
    'ragged rows',
    `${HEADER}1,a,2\n1,a\n0,b,3,4\n\n1,c,5\n`,
    ['Rows 3, 4, 5: not 3 fields, as the header has. Check for missing commas or quotes.'],
  ],
  ['UTF-16', utf16, ['The file is in UTF-16. Save it as "CSV UTF-8" and deposit it again.']],
  [
    'Latin-1',
    latin1,
    [
      'Row 3: The file is not UTF-8: the byte at position 28 fits no character. Save it as "CSV UTF-8" and deposit it again.',
    ],
  ],
  [
    'a spreadsheet',
    Buffer.from('PK\u0003\u0004rest of it'),
    ['The file is a spreadsheet or zip archive, not CSV. Save it as "CSV UTF-8" and deposit it again.'],
  ],
  [
    'a NUL byte',
    `${HEADER}1,a,2\n1,\0b,3\n`,
    ['Row 3: a NUL byte at position 24 of the file: this is not plain CSV text. Save it as "CSV UTF-8".'],
  ],
  [
    '10 MB in one field',
    `${HEADER}1,${'x'.repeat(10_000_000)},2\n`,
    [
      'Column "race", row 2: a field longer than 4,096 characters. Check for a missing closing quote; free text has no place here.',
    ],
  ],
  [
    'a quote that never closes',
    `${HEADER}1,"a,2\n0,b,3\n`,
    [
      'Column "race", row 2: a quote opens here and is never closed. Close it, or double quotes inside a field.',
      'Row 2: not 3 fields, as the header has. Check for missing commas or quotes.',
    ],
  ],
  [
    'quotes inside a field',
    `${HEADER}1,a"b,2\n0,"c"d,3\n`,
    [
      'Column "race", rows 2, 3: a quote inside a field. Put the whole field in quotes and double those inside it.',
    ],
  ],
  [
    'a formula cell',
    `${HEADER}1,=cmd|' /C calc'!A0,2\n0,@sum,3\n0,-5,3\n`,
    ['Column "race", rows 2, 3: begins like a spreadsheet formula (=, +, -, @). Deposit the plain value.'],
  ],
  [
    'characters that nobody sees',
    `${HEADER}1,\u202egnp.exe,2\n0,a\ufeff,3\n1,\u00e9t\u00e9,4\n`,
    [
      'Column "race", rows 2, 3: an invisible character (zero width, text direction or byte order mark). Remove it.',
    ],
  ],
  [
    'wrong types, ranges, codes and missing values',
    `${HEADER}2,a,12\n,b,x\n1,c,-4\n1,d,1e999\n`,
    [
      'Column "treat", row 3: no value, and one is required. Leave such rows out, or have the grant allow empty values.',
      'Column "treat", row 2: not one of the granted codes. Recode the values, or have the grant amended.',
      'Column "re78", rows 3, 5: not a number written like -12.5. Correct the values, or leave them empty where none is known.',
      'Column "re78", rows 4, 5: outside 0 to 100000. Correct the values, or have the grant amended.',
    ],
  ],
  [
    'direct identifiers',
    `${HEADER}1,jane@example.org,1\n1,020 7946 0123,1\n1,943 476 5919,1\n1,QQ 12 34 56 C,1\n1,AB123456C,1\n1,SW1A 1AA,1\n1,${'long '.repeat(30)},1\n`,
    [
      'Column "race", row 8: longer than 100 characters or over several lines. Free text never leaves the holder: deposit codes instead.',
      'Column "race", row 2: looks like an e-mail address. Remove direct identifiers before depositing.',
      'Column "race", row 3: looks like a telephone number. Remove direct identifiers before depositing.',
      'Column "race", row 6: looks like a National Insurance number. Remove direct identifiers before depositing.',
      'Column "race", row 7: looks like a full postcode. Deposit a larger area, as the grant says.',
      'Column "race", row 4: looks like an NHS number (its check digit fits). Remove direct identifiers before depositing.',
    ],
  ],
  [
    'identifiers in place of pseudonyms',
    'person,visits\nNSW1,1\n9434765919,2\nabcdefghijklmnop,9434765919\n',
    [
      'Column "person", rows 2, 3: not a pseudonym (16 to 64 letters, digits, - or _, not starting with a sign). Replace identifiers with parley prepare.',
      'Column "visits", row 4: looks like an NHS number (its check digit fits). Remove direct identifiers before depositing.',
    ],
    people,
  ],
  [
    'cells twice and sums that cannot be',
    'treat,n,sum_re78,sumsq_re78\n0,12,120,1300\n0,3,30,400\n1,10,100,5\n',
    [
      ...NO_VERDICTS,
      'Rows 2, 3: the same cell stands in another row too. Merge them, as parley prepare does.',
      'Column "sum_re78", row 4: n, sum and sum of squares cannot belong together. Prepare the cell table again from the rows.',
    ],
    cells,
  ],
  [
    'a cell of nobody',
    'treat,n,sum_re78,sumsq_re78\n0,0,0,0\n',
    [...NO_VERDICTS, 'Column "n", row 2: outside 1 to any. Correct the values, or have the grant amended.'],
    cells,
  ],
  [
    'more rows than the grant takes',
    `${HEADER}1,a,2\n1,a,2\n1,a,2\n`,
    ['The file has more than 2 rows, the most this grant takes. Deposit a shorter period.'],
    { ...rows, maxRows: 2 },
  ],
];

describe('a deposit that does not', () => {
  for (const [what, bytes, expected, spec] of CASES) {
    it(`is refused with its reasons: ${what}`, async () => {
      const report = await check(bytes, spec);
      expect(messages(report)).toEqual(expected);
      expect(report.accepted).toBe(false);
    });
  }

  it('is told how often and where, ten rows at most, and never a value', async () => {
    const lines = Array.from({ length: 50 }, () => '7,secret@example.org,-1');
    const report = await check(`${HEADER}${lines.join('\n')}\n`);
    expect(report.findings[0]).toMatchObject({
      code: 'UNKNOWN_CODE',
      count: 50,
      rows: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    });
    expect(messages(report)[0]).toContain('rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 40 more:');
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it('cannot fill the memory with columns, nor the report with their names', async () => {
    const report = await check(`treat,race,re78,${'x,'.repeat(5_000_000)}\n1,a,2\n`);
    expect(report.accepted).toBe(false);
    const wide = Array.from({ length: 3000 }, (_, n) => `extra${n}`).join(',');
    const named = await check(`treat,race,re78,${wide}\n`);
    expect(named.findings).toHaveLength(51);
    expect(named.findings.at(-1)).toMatchObject({ column: '… and 2950 more', count: 2950 });
  });

  it('is a refusal and not an outage when it ends the data process', async () => {
    const small = await aVault({ limits: { memoryMb: 1024, threads: 1, wallClockMs: 30 } });
    const report = await small.vault.checkDeposit(await small.deposit(`${HEADER}1,a,2\n`), rows);
    expect(messages(report)).toEqual([
      'The file could not be checked: The data process took longer than its limit of 0 s and was ended. Check that it is plain CSV or Parquet, whole as it was exported, or deposit less at once.',
    ]);
    small.remove();
  });
});
