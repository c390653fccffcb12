// DuckDB reads canonical rows as they were meant, whatever the values hold: the two readers never differ.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { canonicalRow } from '../conformance/canonical';
import { fileColumns } from '../grant/columns';
import { DataSpec } from '../grant/spec';
import { DEFAULT_LIMITS, Engine } from './engine';
import { FileRows } from './tables';

const names = ['a', 'b', 'c'];
const spec = DataSpec.parse({ level: 'ROWS', fields: names.map((name) => ({ name, type: 'text' })) });
const hostile = fc.constantFrom(
  '"',
  '""',
  ',',
  '\n',
  '\r',
  '\r\n',
  '\\',
  '\\N',
  'NULL',
  "'",
  ';',
  '\t',
  ' ',
  '\ufeff',
  '#',
  'é',
  '😀',
  '\u2028',
  '\x01',
  'x',
);
const value = fc.oneof(
  fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const layout = fc.record({
  delimiter: fc.constantFrom(',' as const, '\t' as const),
  columns: fc.constantFrom([0, 1, 2], [2, 1, 0], [1, 2, 0]),
});
const rows = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 12 });

it('reads back every value, and nothing as missing that was not', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'parley-tables-'));
  const file = path.join(directory, 'canonical.csv');
  const engine = new Engine({ directory, limits: DEFAULT_LIMITS });
  await engine.open();
  // A byte order mark is refused in any value: DuckDB's client drops one at the beginning of a text.
  await fc.assert(
    fc.asyncProperty(rows, layout, async (given, { delimiter, columns }) => {
      const clean = given.map((row) => row.map((text) => text.replace(/\0|\ufeff/g, '')));
      // Rows without a special character may stand as they came, without quotes.
      const isPlain = (row: string[]) => !/[",\t\r\n]/.test(row.join(''));
      const inFile = (row: string[]) => columns.map((index) => row[index] ?? '');
      const line = (row: string[]) =>
        isPlain(row) ? inFile(row).join(delimiter) : canonicalRow(inFile(row), delimiter);
      writeFileSync(file, clean.map((row) => `${line(row)}\n`).join(''));
      const loaded = await FileRows.create(engine, fileColumns(spec));
      await loaded.load([file], { delimiter, columns });
      const values = await engine.columns('select c1, c2, c3 from deposit order by r');
      await loaded.drop();
      const read = clean.map((_row, n) =>
        values.map((column) =>
          column.kind === 'text' ? (column.dictionary[column.codes[n] ?? -1] ?? '') : '',
        ),
      );
      expect(read).toEqual(clean);
    }),
    { numRuns: 150 },
  );
  await engine.kill();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);
