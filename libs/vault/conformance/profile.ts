// What a deposit looks like, column by column, told under the disclosure rules: no count of few people, no extremes.
import { z } from 'zod';
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import type { DataSpec } from '../grant/spec';

/** The frequency rule: fewer people are not counted out (DOMAIN § 5). */
const FEWEST = 10;
/** A column with more codes than this is described by their number alone. */
const MOST_CODES = 100;
const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9];

export const ColumnProfile = z.strictObject({
  name: z.string(),
  /** People with each code; null where they are few, or where few could be worked out. '' is a missing value. */
  codes: z.array(z.strictObject({ code: z.string(), people: z.int().nullable() })).optional(),
  /** Distinct codes, where they are too many to be listed. */
  distinct: z.int().optional(),
  /** Of numbers: quantiles with ten people on either side. */
  quantiles: z.array(z.strictObject({ at: z.number(), value: z.number() })).optional(),
  missing: z.int().nullable(),
});
export type ColumnProfile = z.infer<typeof ColumnProfile>;

/** Profiles the checked table `deposit`; pseudonyms and the parts of sums tell nothing and are left out. */
export async function profile(
  engine: Engine,
  spec: DataSpec,
  columns: readonly FileColumn[],
): Promise<ColumnProfile[]> {
  const people = await peopleOf(engine, spec, columns);
  const found: ColumnProfile[] = [];
  for (const [index, column] of columns.entries()) {
    if (column.part !== 'field' && column.part !== 'dimension') continue;
    if (column.field.type === 'pseudonym') continue;
    const isNumber = column.field.type === 'integer' || column.field.type === 'number';
    const at = columnAt(index);
    found.push({
      name: column.name,
      ...(isNumber ? await numbersOf(engine, at, people) : await codesOf(engine, at, people)),
    });
  }
  return found;
}

/** Distinct people of a group of rows; in a cell table the sum of its counts. */
async function peopleOf(engine: Engine, spec: DataSpec, columns: readonly FileColumn[]): Promise<string> {
  const at = (found: (column: FileColumn) => boolean) => columnAt(columns.findIndex(found));
  if (spec.level === 'CELLS') return `sum(cast(${at(({ part }) => part === 'n')} as bigint))`;
  const isPseudonym = ({ field }: FileColumn) => field.type === 'pseudonym';
  if (!columns.some(isPseudonym)) return 'count(*)';
  const person = at(isPseudonym);
  // Where nobody has two rows, rows are people, and telling a million apart for each column is spared.
  const { repeated = 1 } = await engine.figures(
    `select count(*) - count(distinct ${person}) as repeated from deposit`,
  );
  return repeated === 0 ? 'count(*)' : `count(distinct ${person})`;
}

/** The same count, of some of the rows. */
const where = (people: string, condition: string): string =>
  `coalesce(${people} filter (where ${condition}), 0)`;

async function codesOf(engine: Engine, at: string, people: string): Promise<Omit<ColumnProfile, 'name'>> {
  const { distinct = 0, missing = 0 } = await engine.figures(
    `select count(distinct ${at}) as distinct, ${where(people, `${at} is null`)} as missing from deposit`,
  );
  if (distinct > MOST_CODES) return { distinct, missing: missing > 0 && missing < FEWEST ? null : missing };
  const [code, counted] = await engine.columns(
    `select coalesce(${at}, '') as code, cast(${people} as double) as people from deposit group by 1 order by 1`,
  );
  const labels = code?.kind === 'text' ? Array.from(code.codes, (each) => code.dictionary[each] ?? '') : [];
  const counts = counted?.kind === 'number' ? Array.from(counted.values) : [];
  const shown = suppressed(counts);
  const empty = labels.indexOf('');
  return {
    codes: labels.map((label, index) => ({ code: label, people: shown[index] ?? null })),
    missing: empty === -1 ? 0 : (shown[empty] ?? null),
  };
}

/** Hides small counts, and the next smallest too while what is hidden could be told from the total. */
function suppressed(counts: readonly number[]): (number | null)[] {
  const order = counts.map((_count, index) => index).sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0));
  const hidden = new Set(order.filter((index) => (counts[index] ?? 0) < FEWEST));
  const sum = () => [...hidden].reduce((total, index) => total + (counts[index] ?? 0), 0);
  for (const index of order) {
    if (hidden.size === 0 || (hidden.size > 1 && sum() >= FEWEST)) break;
    hidden.add(index);
  }
  return counts.map((count, index) => (hidden.has(index) ? null : count));
}

async function numbersOf(engine: Engine, at: string, people: string): Promise<Omit<ColumnProfile, 'name'>> {
  const value = `try_cast(${at} as double)`;
  const [found, counted] = await engine.columns(
    `select quantile_disc(${value}, [${QUANTILES.join(', ')}]) as q, ${where(people, `${at} is null`)} as missing from deposit`,
  );
  const values = found?.kind === 'list' ? (found.values[0] ?? []) : [];
  const missing = counted?.kind === 'number' ? (counted.values[0] ?? 0) : 0;
  return {
    quantiles: await withTen(engine, value, people, values),
    missing: missing > 0 && missing < FEWEST ? null : missing,
  };
}

/** Those of the quantiles that have ten people on either side. */
async function withTen(
  engine: Engine,
  value: string,
  people: string,
  values: readonly number[],
): Promise<{ at: number; value: number }[]> {
  if (!values.every(Number.isFinite) || values.length === 0) return [];
  const sides = values.flatMap((each, index) => [
    `${where(people, `v < ${each}`)} as b${index}`,
    `${where(people, `v > ${each}`)} as a${index}`,
  ]);
  const counts = await engine.figures(
    `select ${sides.join(', ')} from (select *, ${value} as v from deposit)`,
  );
  return values.flatMap((each, index) => {
    const isCovered = Math.min(counts[`b${index}`] ?? 0, counts[`a${index}`] ?? 0) >= FEWEST;
    return isCovered ? [{ at: QUANTILES[index] ?? 0, value: each }] : [];
  });
}
