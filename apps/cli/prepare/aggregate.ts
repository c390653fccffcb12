// Households and cells, made from the prepared rows by DuckDB, which spills to disk what does not fit in memory.
import path from 'node:path';
import {
  columnAt,
  fileColumns,
  literal,
  loadNumbered,
  withEngine,
  cellsOfRows,
  rowBasis,
} from '#libs/vault/conformance';
import type { CellBasis, Engine } from '#libs/vault/conformance';
import type { DataSpec, EngineLimits, FileColumn } from '#libs/vault';
import type { Combination, Plan } from './plan';
import { PrepareRefused } from './refused';

export interface Aggregated {
  /** The rows of the prepared file, without a header. */
  readonly file: string;
  /** Cells of fewer people than the small-number rule takes, and the people in them: left out. */
  readonly leftOut: { readonly cells: number; readonly people: number };
  /** Cells that the grant's rule merged because they were small, and the people in them. */
  readonly merged: { readonly cells: number; readonly people: number };
  /** Cells of fewer than 10 people that stay; null where there are no cells. */
  readonly smallCells: number | null;
  /** Per sum, how many cells pass, fail or need a person. */
  readonly verdicts: Readonly<Record<string, Readonly<Record<'pass' | 'fail' | 'review', number>>>>;
}

interface Aggregating {
  readonly spec: DataSpec;
  readonly plan: Plan;
  /** Canonical rows after their numbers in the raw file: the granted fields, then of the person and the organisation that are counted. */
  readonly rows: string;
  readonly directory: string;
  readonly limits: EngineLimits;
}

const SMALL = 10;
const NONE = { cells: 0, people: 0 };

export async function aggregate(work: Aggregating): Promise<Aggregated> {
  const { spec, plan, rows, directory, limits } = work;
  const columns = preparedColumns(spec, plan);
  const file = path.join(directory, 'aggregated.csv');
  return withEngine({ directory, limits }, async (engine) => {
    await loadNumbered(engine, rows, columns);
    if (spec.level === 'CELLS') return cells(engine, spec, plan, columns, file);
    await engine.run(`create table prepared as ${households(spec, plan, columns)}`);
    await writeOut(engine, fileColumns(spec), file);
    return { file, leftOut: NONE, merged: NONE, smallCells: null, verdicts: {} };
  });
}

/** The columns of the canonical rows: what was granted, then what is only counted. */
function preparedColumns(spec: DataSpec, plan: Plan): FileColumn[] {
  const counted = [
    ...(plan.person === undefined ? [] : ['\u0000person']),
    ...(spec.level === 'CELLS' && spec.organisations !== undefined ? ['\u0000organisation'] : []),
  ];
  const field = (name: string): FileColumn => ({
    ...{ name, part: 'field', source: name, field: { name, type: 'text' } },
  });
  return [
    ...spec.fields.map((each): FileColumn => ({
      name: each.name,
      part: 'field',
      source: each.name,
      field: each,
    })),
    ...counted.map(field),
  ];
}

const valueIn = (columns: readonly FileColumn[], name: string): string =>
  columnAt(columns.findIndex((column) => column.name === name));

async function cells(
  engine: Engine,
  spec: DataSpec,
  plan: Plan,
  columns: readonly FileColumn[],
  file: string,
): Promise<Aggregated> {
  const person = plan.person === undefined ? null : valueIn(columns, '\u0000person');
  const out = fileColumns(spec);
  const value = (name: string) => valueIn(columns, name === spec.organisations ? '\u0000organisation' : name);
  const basis = rowBasis(spec, value, person);
  if (person !== null) await refuseRepeated(engine, basis, person);
  await engine.run(`create table cells as ${cellsOfRows(spec, out, value, person)}`);
  const n = valueIn(out, 'n');
  const fewest = spec.fewest ?? 0;
  const figures = await engine.figures(
    `select count(*) filter (where ${n} < ${fewest}) as cells, coalesce(sum(${n}) filter (where ${n} < ${fewest}), 0) as people,
      count(*) filter (where ${n} >= ${fewest} and ${n} < ${SMALL}) as small from cells`,
  );
  await engine.run(`create table prepared as select * from cells where ${n} >= ${fewest}`);
  await writeOut(engine, out, file);
  return {
    file,
    leftOut: { cells: figures['cells'] ?? 0, people: figures['people'] ?? 0 },
    merged: await mergedIn(engine, spec, value, person),
    smallCells: figures['small'] ?? 0,
    verdicts: await verdictsIn(engine, out),
  };
}

/** How many cells there would have been of too few people, before those were put together. */
async function mergedIn(
  engine: Engine,
  { merge, ...spec }: DataSpec,
  value: (name: string) => string,
  person: string | null,
): Promise<Aggregated['merged']> {
  if (!merge || spec.fewest === undefined) return NONE;
  const { from, dimensions } = rowBasis(spec, value, person);
  const people = person === null ? 'count(*)' : `count(distinct ${person})`;
  const figures = await engine.figures(
    `select count(*) as cells, coalesce(sum(n), 0) as people from
      (select ${people} as n from ${from} group by ${dimensions.join(', ')} having n < ${spec.fewest})`,
  );
  return { cells: figures['cells'] ?? 0, people: figures['people'] ?? 0 };
}

/** A cell's sums belong to its people, one value each: with several rows a person they would mean something else. */
async function refuseRepeated(
  engine: Engine,
  { from, dimensions }: CellBasis,
  person: string,
): Promise<void> {
  const key = [...dimensions, person].join(', ');
  const { n = 0 } = await engine.figures(
    `select count(*) as n from (select 1 from ${from} group by ${key} having count(*) > 1)`,
  );
  if (n === 0) return;
  const { row = 0 } = await engine.figures(
    `select min(r) as row from (select r, row_number() over (partition by ${key} order by r) as nth from ${from}) where nth > 1`,
  );
  throw new PrepareRefused(
    `Row ${row}: this person has another row in the same cell. Bring the raw file to one row a person first.`,
  );
}

async function verdictsIn(engine: Engine, columns: readonly FileColumn[]): Promise<Aggregated['verdicts']> {
  const found: Record<string, Record<'pass' | 'fail' | 'review', number>> = {};
  for (const [index, { name, part }] of columns.entries()) {
    if (part !== 'dominance' && part !== 'p_ratio') continue;
    const times = (verdict: string) =>
      `count(*) filter (where ${columnAt(index)} = '${verdict}') as ${verdict}`;
    const figures = await engine.figures(
      `select ${['pass', 'fail', 'review'].map(times).join(', ')} from prepared`,
    );
    const { pass = 0, fail = 0, review = 0 } = figures;
    found[name] = { pass, fail, review };
  }
  return found;
}

/** One row a household: how its members make each value is the holder's to say. */
function households(spec: DataSpec, plan: Plan, columns: readonly FileColumn[]): string {
  const household = spec.fields.findIndex(({ type }) => type === 'pseudonym');
  const person = plan.person === undefined ? null : valueIn(columns, '\u0000person');
  const values = spec.fields.map(({ name, type }, index) => {
    const value = columnAt(index);
    if (type === 'pseudonym') return `${value} as ${value}`;
    const combine = plan.fields[name]?.combine;
    if (!combine)
      throw new PrepareRefused(
        `The grant is for households: say in the plan how their members make "${name}", for example "combine": "SUM".`,
      );
    return `${combined(combine, value, person)} as ${value}`;
  });
  return `select ${values.join(', ')} from deposit group by ${columnAt(household)} order by min(r)`;
}

function combined(combine: Combination, value: string, person: string | null): string {
  const number = `try_cast(${value} as double)`;
  switch (combine) {
    case 'COUNT':
      return person ? `count(distinct ${person})` : 'count(*)';
    case 'SUM':
      return `sum(${number})`;
    case 'MEAN':
      return `avg(${number})`;
    case 'MIN':
      return `min(${number})`;
    case 'MAX':
      return `max(${number})`;
    case 'ANY':
      return `max(${value})`;
    case 'SAME':
      return `case when count(distinct ${value}) = 1 and count(${value}) = count(*) then min(${value}) end`;
  }
}

/** Whole numbers without a point, everything else as the shortest text that reads back the same. */
async function writeOut(engine: Engine, columns: readonly FileColumn[], file: string): Promise<void> {
  const values = columns.map((_column, index) => {
    const text = `cast(${columnAt(index)} as varchar)`;
    return `regexp_replace(${text}, '^(-?[0-9]+)\\.0$', '\\1')`;
  });
  await engine.run(
    `copy (select ${values.join(', ')} from prepared) to ${literal(file)} (format csv, header false, delimiter ',', quote '"', escape '"')`,
  );
}
