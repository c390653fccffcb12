// What a deposit looks like, column by column, told under the disclosure rules: no count of few people, no extremes.
import { z } from 'zod';
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import type { Checking } from './value-check';

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
export async function profile(checking: Profiling): Promise<ColumnProfile[]> {
  const { columns, engine } = checking;
  const people = peopleOf(checking);
  const found: ColumnProfile[] = [];
  for (const [index, { name, part, field }] of columns.entries()) {
    if ((part !== 'field' && part !== 'dimension') || field.type === 'pseudonym') continue;
    const isNumber = field.type === 'integer' || field.type === 'number';
    const described = isNumber ? numbersOf : codesOf;
    found.push(await described(engine, { name, at: columnAt(index) }, people));
  }
  return found;
}

type Profiling = Pick<Checking, 'engine' | 'spec' | 'columns' | 'findings'>;

/** A column that is described, and where it stands. */
interface Told {
  readonly name: string;
  readonly at: string;
}

/** Distinct people of a group of rows; in a cell table the sum of its counts. */
function peopleOf({ spec, columns, findings }: Profiling): string {
  const at = (found: (column: FileColumn) => boolean) => columnAt(columns.findIndex(found));
  if (spec.level === 'CELLS') return `sum(cast(${at(({ part }) => part === 'n')} as bigint))`;
  const isPseudonym = ({ field }: FileColumn) => field.type === 'pseudonym';
  if (!columns.some(isPseudonym)) return 'count(*)';
  // Where nobody has two rows, rows are people, and telling a million apart for each column is spared.
  return findings.has('REPEATED_PSEUDONYM') ? `count(distinct ${at(isPseudonym)})` : 'count(*)';
}

const isDistinct = (people: string): boolean => people.startsWith('count(distinct');

/** The same count, of some of the rows. */
const where = (people: string, condition: string): string =>
  `coalesce(${people} filter (where ${condition}), 0)`;

const shownMissing = (missing: number): number | null => (missing > 0 && missing < FEWEST ? null : missing);

/** A missing value has the code '', which no other value has, and comes first. */
async function codesOf(engine: Engine, { name, at }: Told, people: string): Promise<ColumnProfile> {
  const [code, counted, all] = await engine.columns(
    `with counted as materialized (select coalesce(${at}, '') as code, cast(${people} as double) as people from deposit group by 1)
      select code, people, (select count(*) from counted) as every from counted order by code limit ${MOST_CODES + 1}`,
  );
  const labels = code?.kind === 'text' ? Array.from(code.codes, (each) => code.dictionary[each] ?? '') : [];
  const counts = counted?.kind === 'number' ? Array.from(counted.values) : [];
  const every = all?.kind === 'number' ? (all.values[0] ?? 0) : 0;
  const hasMissing = labels[0] === '';
  const distinct = every - (hasMissing ? 1 : 0);
  if (distinct > MOST_CODES)
    return { name, distinct, missing: hasMissing ? shownMissing(counts[0] ?? 0) : 0 };
  const shown = suppressed(counts);
  return {
    name,
    codes: labels.map((label, index) => ({ code: label, people: shown[index] ?? null })),
    missing: hasMissing ? (shown[0] ?? null) : 0,
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

/** Quantiles of a column, of rows, with the people on either side of each. */
async function numbersOf(engine: Engine, { name, at }: Told, people: string): Promise<ColumnProfile> {
  const missing = where(people, `${at} is null`);
  const wanted = QUANTILES.flatMap((share, index) => {
    const isReached = `filter (where upto >= ${share} * (select sum(rows) from values_of))`;
    return [
      `cast(min(v) ${isReached} as double) as q${index}`,
      `cast(min(until - people) ${isReached} as double) as b${index}`,
      `cast(max(until) - min(until) ${isReached} as double) as a${index}`,
    ];
  });
  // Values repeat, and a million rows are soon added up by value: as they lie there, where people can be added up, then as numbers.
  const isAddedUp = !isDistinct(people);
  const values = isAddedUp
    ? `select ${valueAt('v')} as v, cast(sum(rows) as bigint) as rows, cast(sum(people) as bigint) as people from (
        select ${at} as v, count(*) as rows, ${people} as people from deposit where ${at} is not null group by 1) group by 1`
    : `select ${valueAt(at)} as v, count(*) as rows, ${people} as people from deposit where ${at} is not null group by 1`;
  const figures = await engine.figures(
    `with values_of as materialized (${values})
      select ${wanted.join(', ')}, (select ${missing} from deposit) as missing from (
        select v, people, sum(rows) over by_value as upto, sum(people) over by_value as until
        from values_of window by_value as (order by v rows unbounded preceding))`,
  );
  const quantiles = await withTen(engine, at, people, figures);
  return { name, quantiles, missing: shownMissing(figures['missing'] ?? 0) };
}

/** Those of the quantiles that have ten people on either side. */
async function withTen(
  engine: Engine,
  at: string,
  people: string,
  figures: Record<string, number>,
): Promise<{ at: number; value: number }[]> {
  const found = QUANTILES.map((share, index) => ({ share, index, value: figures[`q${index}`] ?? NaN }));
  const known = found.filter(({ value }) => Number.isFinite(value));
  const sides = known.flatMap(({ value, index }) => [
    `${where(people, `${valueAt(at)} < ${value}`)} as b${index}`,
    `${where(people, `${valueAt(at)} > ${value}`)} as a${index}`,
  ]);
  // A person with several values is one person on each side: there the counts of values do not add up.
  const isCountedAgain = isDistinct(people) && sides.length > 0;
  const counts = isCountedAgain ? await engine.figures(`select ${sides.join(', ')} from deposit`) : figures;
  return known.flatMap(({ share, index, value }) => {
    const isCovered = Math.min(counts[`b${index}`] ?? 0, counts[`a${index}`] ?? 0) >= FEWEST;
    return isCovered ? [{ at: share, value }] : [];
  });
}

const valueAt = (at: string): string => `cast(${at} as double)`;
