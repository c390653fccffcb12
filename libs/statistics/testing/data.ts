// Builders for tests of methods: a file or columns as input, and the numbers of a result.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRows, columnOf, labelAt, textColumn } from '../input';
import type { Column, RowInput } from '../input';
import type { MethodResult } from '../method';

/** The 614 people of the demonstration (Dehejia & Wahba 1999), which the references were computed on. */
export function lalonde(): RowInput {
  return { ...fromCsv(join(__dirname, '../../../infra/demo/data/lalonde.csv')), people: 'id' };
}

/** A reference result made with R; see the README beside it. */
export function reference<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, 'reference', name), 'utf8')) as T;
}

/** A reference's data. */
export function referenceData(name: string): RowInput {
  return fromCsv(join(__dirname, 'reference', name));
}

/** Columns of numbers, or of text where something is text, as rows. */
export function rowsFrom(columns: Record<string, readonly (number | string | null)[]>): RowInput {
  const entries = Object.entries(columns);
  return {
    shape: 'rows',
    rows: entries[0]?.[1].length ?? 0,
    columns: Object.fromEntries(entries.map(([name, values]) => [name, columnFrom(values)])),
  };
}

function columnFrom(values: readonly (number | string | null)[]): Column {
  if (values.some((value) => typeof value === 'string')) {
    return textColumn(values.map((value) => (value === null ? null : String(value))));
  }
  return {
    kind: 'number',
    values: Float64Array.from(values, (value) => (value === null ? NaN : Number(value))),
  };
}

function fromCsv(file: string): RowInput {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const records = lines.map((line) => line.split(',').map((field) => field.replaceAll('"', '')));
  const columns = head.split(',').map((name, at) => {
    const values = records.map((record) => record[at] ?? '');
    const areNumbers = values.every((value) => value !== '' && Number.isFinite(Number(value)));
    return [name.replaceAll('"', ''), areNumbers ? values.map(Number) : values] as const;
  });
  return rowsFrom(Object.fromEntries(columns));
}

/** The values of a field as they would be written. */
export function labelsIn(input: RowInput, field: string): (string | null)[] {
  return Array.from(allRows(input), (row) => labelAt(columnOf(input, field), row));
}

/** The values of a field, as `rowsFrom` takes them. */
export function valuesIn(input: RowInput, field: string): (number | string | null)[] {
  const column = columnOf(input, field);
  return column.kind === 'text' ? labelsIn(input, field) : [...column.values];
}

/** The numbers of one cell of a result; throws where it is not shown. */
export function cellOf(
  result: MethodResult,
  table: string,
  key: Record<string, string> = {},
): Record<string, number> {
  const row = result.tables
    .find(({ name }) => name === table)
    ?.rows.find((candidate) => Object.entries(key).every(([name, value]) => candidate.key[name] === value));
  if (row?.cell.status !== 'shown') throw new Error(`${table} ${JSON.stringify(key)} is not shown`);
  return row.cell.values;
}

/** Asserts agreement to a relative error, 1e-8 unless said otherwise. */
export function expectClose(actual: number | undefined, expected: number, relative = 1e-8): void {
  const error = Math.abs((actual ?? Number.NaN) - expected) / Math.max(Math.abs(expected), 1e-300);
  if (!(error <= relative)) throw new Error(`${actual} is not ${expected} (relative error ${error})`);
}
