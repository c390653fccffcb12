// Reads a table of cells from CSV as raw tables to check; every refusal names the column and what would work.
import { readFile } from 'node:fs/promises';
import { CsvRows } from '#libs/vault/conformance';
import type { CellTable, Contributions, RawCell, RawMeasure, RawTable } from '#libs/statistics';
import { CheckRefused } from './rules';
import type { CheckRules, MeasureRule } from './rules';

/** One line of the file, read by column name. */
class Line {
  constructor(
    private readonly columns: ReadonlyMap<string, number>,
    private readonly fields: readonly string[],
    private readonly row: number,
  ) {}

  text(column: string): string {
    return this.fields[this.columns.get(column) ?? -1] ?? '';
  }

  number(column: string): number {
    const text = this.text(column);
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    throw new CheckRefused(`Row ${this.row}, column "${column}": ${JSON.stringify(text)} is no number.`);
  }

  count(column: string): number {
    const value = this.number(column);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new CheckRefused(
      `Row ${this.row}, column "${column}": ${value} is no count. It takes a whole number of at least 0.`,
    );
  }
}

export async function readCells(file: string, rules: CheckRules): Promise<RawTable[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CheckRefused(`--data: "${file}" cannot be read. Name a CSV file of cells.`);
  });
  const lines = linesOf(text.replace(/^\ufeff/, ''), file, rules);
  const seen = new Map<string, number>();
  const cells = lines.map((line, index) => {
    const cell = cellOf(line, rules);
    const key = rules.keys.map((column) => line.text(column)).join(', ');
    const earlier = seen.get(key);
    if (earlier !== undefined)
      throw new CheckRefused(`Rows ${earlier} and ${index + 2} are the same cell (${key}). Add the two up.`);
    seen.set(key, index + 2);
    return cell;
  });
  const measures = [
    { name: rules.people, label: 'people', unit: 'people', statistic: 'frequency' as const },
    ...rules.measures.map(measureOf),
  ];
  const base: CellTable = {
    kind: 'cells',
    name: 'cells',
    title: rules.title,
    keys: rules.keys,
    measures,
    cells,
  };
  return [base, ...rules.totals.map((keys) => totalsOf(base, keys, rules))];
}

function linesOf(text: string, file: string, rules: CheckRules): Line[] {
  const rows: string[][] = [];
  const reader = new CsvRows({
    row: (fields) => rows.push(fields),
    problem: (problem, row) => {
      throw new CheckRefused(`--data: row ${row} of "${file}" is not CSV (${problem}).`);
    },
  });
  reader.write(text);
  reader.end();
  const [header = [], ...body] = rows;
  const columns = new Map(header.map((name, index) => [name, index]));
  for (const column of columnsNamed(rules)) {
    if (columns.has(column)) continue;
    throw new CheckRefused(
      `--rules: the table has no column "${column}"; it has ${header.join(', ') || 'none'}. Name one of these.`,
    );
  }
  const bad = body.findIndex((fields) => fields.length !== header.length);
  if (bad >= 0) throw new CheckRefused(`--data: row ${bad + 2} does not have ${header.length} fields.`);
  return body.map((fields, index) => new Line(columns, fields, index + 2));
}

function columnsNamed({ keys, people, organisations, dof, step, measures, totals }: CheckRules): string[] {
  const optional = [organisations, dof, step?.exits, step?.atRisk].flatMap((column) => column ?? []);
  const ofMeasures = measures.flatMap(({ column, contributions = {}, sides = {} }) => [
    column,
    ...Object.values(contributions),
    ...Object.values(sides),
  ]);
  for (const key of totals.flat()) {
    if (!keys.includes(key))
      throw new CheckRefused(`--rules: totals by "${key}": it is no key. Keys are ${keys.join(', ')}.`);
  }
  return [...keys, people, ...optional, ...ofMeasures];
}

function cellOf(line: Line, rules: CheckRules): RawCell {
  const { keys, people, organisations, dof, step, measures, structuralZeros } = rules;
  const key = Object.fromEntries(keys.map((column) => [column, line.text(column)]));
  const isImpossible = structuralZeros.some((zero) => keys.every((column) => zero[column] === key[column]));
  const count = line.count(people);
  // A cell nobody is in has no mean: its numbers may be left blank.
  const present = measures.filter(({ column }) => count > 0 || line.text(column) !== '');
  const values = present.map(({ column }) => [column, line.number(column)] as const);
  const contributions = present.flatMap((rule) => {
    const read = contributionsOf(line, rule);
    return read ? [[rule.column, read] as const] : [];
  });
  const sides = present.flatMap(({ column, sides: at }) =>
    at ? [[column, { below: line.count(at.below), above: line.count(at.above) }] as const] : [],
  );
  return {
    key,
    people: count,
    values: Object.fromEntries([[people, count], ...values]),
    contributions: Object.fromEntries(contributions),
    sides: Object.fromEntries(sides),
    ...(organisations === undefined ? {} : { organisations: line.count(organisations) }),
    ...(dof === undefined ? {} : { dof: line.number(dof) }),
    ...(step === undefined
      ? {}
      : { step: { exits: line.count(step.exits), atRisk: line.count(step.atRisk) } }),
    ...(isImpossible ? { structuralZero: true as const } : {}),
  };
}

function contributionsOf(line: Line, { contributions }: MeasureRule): Contributions | undefined {
  if (!contributions) return undefined;
  if ('holder' in contributions) {
    const holder = line.text(contributions.holder);
    if (holder === 'pass' || holder === 'fail' || holder === 'review') return { holder };
    throw new CheckRefused(
      `Column "${contributions.holder}": ${JSON.stringify(holder)} is none of pass, fail, review.`,
    );
  }
  const [total, largest, second] = [contributions.total, contributions.largest, contributions.second].map(
    (column) => line.number(column),
  ) as [number, number, number];
  // The two largest cannot add up to more than the total unless something negative is in it.
  return { total, largest, second, anyNegative: second < 0 || largest + second > total };
}

function measureOf({ column, statistic, fields }: MeasureRule): RawMeasure {
  return { name: column, label: column, unit: column, statistic, fields };
}

function totalsOf(base: CellTable, keys: readonly string[], { people, title }: CheckRules): RawTable {
  const sums = new Map<string, RawCell>();
  for (const cell of base.cells) {
    const key = Object.fromEntries(keys.map((column) => [column, cell.key[column] ?? '']));
    const text = JSON.stringify(key);
    const sum = (sums.get(text)?.people ?? 0) + cell.people;
    sums.set(text, { key, people: sum, values: { [people]: sum } });
  }
  const name = keys.length === 0 ? 'all' : `by ${keys.join(' and ')}`;
  const [measure] = base.measures;
  const measures = measure ? [measure] : [];
  const cells = [...sums.values()];
  return {
    kind: 'margin',
    name,
    title: `${title}, ${name}`,
    keys,
    measures,
    over: base.name,
    overlapping: false,
    cells,
  };
}
