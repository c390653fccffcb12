// Reads a CSV file as a method's input: columns of numbers or of codes, empty fields being missing.
import { readFile } from 'node:fs/promises';
import { CsvRows } from '#libs/vault/conformance';
import { textColumn } from '#libs/statistics';
import type { CellInput, Column, RowInput } from '#libs/statistics';

/** The person's own mistake in calling the command: shown as it is, without a stack trace. */
export class AnalyseRefused extends Error {
  override readonly name = 'AnalyseRefused';
}

/** How the file is to be read: whose record a row is, or, for a cell table, which columns are its dimensions. */
export interface Reading {
  readonly people?: string | undefined;
  readonly dimensions?: readonly string[] | undefined;
}

export async function readInput(
  file: string,
  { people, dimensions }: Reading,
): Promise<RowInput | CellInput> {
  const columns = await readColumns(file);
  const [first] = Object.values(columns);
  const rows = (first?.kind === 'text' ? first.codes : first?.values)?.length ?? 0;
  for (const name of [...(people === undefined ? [] : [people]), ...(dimensions ?? [])]) {
    if (!Object.hasOwn(columns, name))
      throw new AnalyseRefused(
        `"${file}" has no column "${name}"; it has ${Object.keys(columns).join(', ')}. Name one of these.`,
      );
  }
  if (dimensions === undefined) {
    return { shape: 'rows', rows, columns, ...(people === undefined ? {} : { people }) };
  }
  if (columns['n']?.kind !== 'number') {
    throw new AnalyseRefused(
      `A cell table has its number of people in a column "n", and "${file}" has none.`,
    );
  }
  const sums = Object.keys(columns).flatMap((name) => (name.startsWith('sum_') ? [name.slice(4)] : []));
  return { shape: 'cells', rows, columns, dimensions, sums };
}

async function readColumns(file: string): Promise<Record<string, Column>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AnalyseRefused(`--data: "${file}" cannot be read. Name a CSV file with a header row.`);
  });
  const rows: string[][] = [];
  const reader = new CsvRows({
    row: (fields) => rows.push(fields),
    problem: (problem, row) => {
      throw new AnalyseRefused(`--data: row ${row} of "${file}" is not CSV (${problem}).`);
    },
  });
  reader.write(text.replace(/^\ufeff/, ''));
  reader.end();
  const [header = [], ...body] = rows;
  const twice = header.find((name, at) => header.indexOf(name) !== at);
  if (twice !== undefined)
    throw new AnalyseRefused(`--data: the column "${twice}" stands twice in "${file}".`);
  const bad = body.findIndex((fields) => fields.length !== header.length);
  if (bad >= 0) throw new AnalyseRefused(`--data: row ${bad + 2} does not have ${header.length} fields.`);
  return Object.fromEntries(
    header.map((name, at) => [name, columnOf(body.map((fields) => fields[at] ?? ''))]),
  );
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Numbers where every value that is there is one, codes otherwise. */
function columnOf(values: readonly string[]): Column {
  if (values.every((value) => value === '' || NUMBER.test(value))) {
    return {
      kind: 'number',
      values: Float64Array.from(values, (value) => (value === '' ? NaN : Number(value))),
    };
  }
  return textColumn(values.map((value) => (value === '' ? null : value)));
}
