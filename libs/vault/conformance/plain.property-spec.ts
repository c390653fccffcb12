// Plain rows: the automaton takes exactly what its shapes say, and never a row that the careful reader would read otherwise.
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { fileColumns } from '../grant/columns';
import { DataSpec } from '../grant/spec';
import { wholeOf } from '../objects/files';
import { canonicalRow } from './canonical';
import type { Delimiter } from './canonical';
import { CsvRows } from './csv-rows';
import { valueAutomaton } from './plain-automaton';
import { PlainRows } from './plain-rows';
import { plainShapes } from './plain-values';
import { StructurePass } from './structure';
import type { RowText } from './structure';

const columnOf = (field: object) =>
  fileColumns(DataSpec.parse({ level: 'ROWS', fields: [{ name: 'a', ...field }] }))[0]!;
const automatonOf = (field: object) => valueAutomaton(plainShapes(columnOf(field))!);

function isDay(text: string): boolean {
  const match = /^([12]\d{3})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || (text.endsWith('-02-29') && match[1]?.endsWith('00') === true)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const digits = (most: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: most });
const near = (...parts: fc.Arbitrary<string>[]) =>
  fc.oneof(
    fc.tuple(...parts).map((found) => found.join('')),
    fc.string({ maxLength: 12 }),
  );
const optional = (text: string) => fc.constantFrom('', text);
const two = fc.integer({ min: 0, max: 40 }).map((n) => String(n).padStart(2, '0'));

describe('plain values', () => {
  it.each([
    ['integer', near(optional('-'), digits(11)), (text: string) => /^-?\d{1,9}$/.test(text)],
    [
      'number',
      near(optional('-'), digits(10), optional('.'), digits(10)),
      (text: string) => /^-?\d{1,9}(\.\d{1,9})?$/.test(text),
    ],
    [
      'date',
      near(fc.constantFrom('1', '2', '3'), digits(3), fc.constant('-'), two, fc.constant('-'), two),
      isDay,
    ],
    [
      'pseudonym',
      fc.string({ unit: fc.constantFrom(...'0af'), minLength: 30, maxLength: 66 }).map((text) => `p${text}`),
      (text: string) => /^[a-z][0-9a-f]{32,63}$/.test(text),
    ],
  ])('of the type %s are those of its pattern', (type, values, isPlain) => {
    const automaton = automatonOf({ type, required: true });
    fc.assert(
      fc.property(values, (text) => {
        expect(automaton.isMatch(text)).toBe(isPlain(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('knows every day of the years 1999, 2000 and 2024', () => {
    const automaton = automatonOf({ type: 'date' });
    for (const year of ['1999', '2000', '2024'])
      for (let month = 0; month < 14; month += 1)
        for (let day = 0; day < 33; day += 1) {
          const text = [year, ...[month, day].map((n) => String(n).padStart(2, '0'))].join('-');
          expect([text, automaton.isMatch(text)]).toEqual([text, isDay(text)]);
        }
  });

  it('are the codes of a list, and no part of one', () => {
    const automaton = automatonOf({ type: 'category', codes: ['1', '12', 'a,b', 'Ünn', '0-15'] });
    const found = ['1', '12', '0-15', '', '2', '121', 'a,b', 'Ünn', '0-1'].filter((text) =>
      automaton.isMatch(text),
    );
    expect(found).toEqual(['1', '12', '0-15', '']);
  });
});

const spec = DataSpec.parse({
  level: 'ROWS',
  fields: [
    { name: 'n', type: 'integer' },
    { name: 't', type: 'text' },
    { name: 'g', type: 'category', codes: ['a', 'bb'] },
  ],
});
const pieces = [
  '1',
  '-20',
  'a',
  'bb',
  ',',
  ',',
  ',',
  '"',
  '""',
  '\n',
  '\n',
  '\r',
  '\r\n',
  'é',
  '\0',
  ' ',
  'x',
];

/** The rows that the careful reader finds, or null where it finds something wrong. */
function carefully(text: string, delimiter: Delimiter = ','): string[][] | null {
  const [found, problems]: [string[][], string[]] = [[], []];
  const events = {
    row: (fields: string[]) => found.push(fields),
    problem: (problem: string) => problems.push(problem),
  };
  const csv = new CsvRows(events, delimiter);
  csv.write(text);
  csv.end();
  return problems.length > 0 ? null : found;
}

describe('plain rows', () => {
  it('are taken only where the careful reader reads the same rows, and their values are plain', () => {
    const values = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
    const lines = fc.array(fc.constantFrom('1,x,a\n', '2,"x,y",bb\r\n', '"3",,\n', ',é,"a"\n'), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(lines, values, (good, rest) => {
        const bytes = Buffer.from(good.join('') + rest);
        const plain = new PlainRows(fileColumns(spec));
        const taken = plain.take(bytes, 0, Infinity);
        expect(taken.rows).toBeGreaterThanOrEqual(good.length);
        const rows = carefully(bytes.subarray(0, taken.to).toString('utf8'));
        expect(carefully(taken.bytes.toString('utf8'))).toEqual(rows);
        expect(rows).toHaveLength(taken.rows);
        for (const [n, , g] of rows ?? []) expect(`${n},${g}`).toMatch(/^(-?\d{1,9})?,(a|bb)?$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('lose a column where a value of it is not plain, and stop at a limit', () => {
    const plain = new PlainRows(fileColumns(spec));
    expect(plain.take(Buffer.from('1,x,a\n2,y,c\n'), 0, Infinity)).toMatchObject({ rows: 1, to: 6 });
    plain.note(['2', 'y', 'c']);
    expect(plain.columns).toEqual([true, false, false]);
    expect(plain.take(Buffer.from('2,y,c\n3,z,d\n4,z,d\n'), 0, 2)).toMatchObject({ rows: 2, to: 12 });
  });
});

const many = fc.array(
  fc.record({
    n: fc.integer({ min: -99, max: 999_999 }).map(String),
    t: fc.constantFrom('', 'x', 'two words', '"a, b"', '"a\tb"', 'é'),
    g: fc.constantFrom('a', 'bb', ''),
  }),
  { minLength: 1, maxLength: 40 },
);
const special = fc.constantFrom(0x00, 0x09, 0x0a, 0x0d, 0x22, 0x2c, 0x2d, 0x30, 0x61, 0x80, 0xc3, 0xef, 0xff);
/** Where a change is, in thousandths of the length; how many bytes go, and which come instead. */
const changes = fc.array(
  fc.tuple(fc.nat({ max: 999 }), fc.integer({ min: 0, max: 6 }), fc.array(special, { maxLength: 4 })),
  { maxLength: 4 },
);
const changedFile = fc
  .record({
    rows: many,
    names: fc.constantFrom(['n', 't', 'g'] as const, ['g', 'n', 't'] as const, ['t', 'g', 'n'] as const),
    delimiter: fc.constantFrom(',', '\t'),
    end: fc.constantFrom('\n', '\r\n'),
    changes,
  })
  .map(({ rows, names, delimiter, end, changes: faults }) => {
    const lines = rows.map((row) => names.map((name) => row[name]).join(delimiter));
    let bytes = Buffer.from([names.join(delimiter), ...lines].join(end) + end);
    for (const [thousandths, length, instead] of faults) {
      const at = Math.floor((thousandths * bytes.length) / 1000);
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(instead), bytes.subarray(at + length)]);
    }
    return bytes;
  });

/** What a file comes to: its values by the grant, what is wrong with it, and what is told of it. */
async function readIn(bytes: Buffer, size: number, rowText?: RowText) {
  const pass = new StructurePass(spec, rowText ? { rowText } : {});
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
  const out = (await wholeOf(pass.read(Readable.from(pieces)))).toString('utf8');
  const { delimiter, columns } = rowText ? { delimiter: ',' as const, columns: [0, 1, 2] } : pass.layout;
  const byGrant = (row: string[]) => spec.fields.map((_field, index) => row[columns.indexOf(index)]);
  const { rows, sha256 } = pass;
  const values = carefully(out, delimiter)?.map(byGrant);
  return { values, findings: pass.findings.list(), rows, sha256, length: pass.bytes };
}

it('a file comes to the same with plain rows taken as they stand and with every row taken apart, whatever was changed in it', async () => {
  await fc.assert(
    fc.asyncProperty(changedFile, fc.integer({ min: 1, max: 400 }), async (bytes, size) => {
      // Rows are only taken as they stand where nothing else is made of them.
      const apart = await readIn(bytes, bytes.length || 1, (values) => canonicalRow(values));
      expect(await readIn(bytes, size)).toEqual(apart);
      expect(await readIn(bytes, bytes.length || 1)).toEqual(apart);
    }),
    { numRuns: 2000 },
  );
});
