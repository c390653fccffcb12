// Each raw row as the grant wants it: filtered, its fields made, people under pseudonyms that only the holder can undo.
import { isOutside } from '#libs/vault';
import type { DataSpec, RowText } from '#libs/vault';
import { fieldMaker } from './fields';
import { filterOf } from './filters';
import type { Plan } from './plan';
import type { Problems } from './problems';
import type { Pseudonyms } from './pseudonyms';
import { columnOf } from './source';
import type { Source } from './source';

/** Why rows were left out, and how many; values that no table of the holder knew, by field. */
export interface Counts {
  readonly removed: Map<string, number>;
  readonly unmatched: Map<string, number>;
  /** Values outside their field's period in rows that stay, by field. */
  readonly outside: Map<string, number>;
}

export const MISSING = 'a needed value is missing';
const UNLINKED = 'not in your file of row keys';
const OUTSIDE = 'outside the granted period';

/** The values of a row: the granted fields in their order, then whoever is counted. Null leaves it out. */
export type RowMaker = (values: readonly string[], row: number) => string[] | null;

export async function rowMaker(
  spec: DataSpec,
  plan: Plan,
  source: Source,
  work: { pseudonymOf: Pseudonyms; directory: string; counts: Counts; problems: Problems },
): Promise<RowMaker> {
  const { counts, problems, pseudonymOf } = work;
  const filters = plan.rows.map((filter) => ({
    ...{ at: source.at(filter.column), why: filter.why, isTaken: filterOf(filter) },
  }));
  const at = (column: string | null) => (column === null ? -1 : source.at(column));
  const fields = await Promise.all(
    spec.fields.map(async (field) => ({
      name: field.name,
      isPseudonym: field.type === 'pseudonym',
      at: at(columnOf(plan, field.name)),
      make: await fieldMaker(field, plan.fields[field.name] ?? {}, work.directory),
    })),
  );
  const [unit, ...counted] = [source.unit, ...source.counts].map(at);
  const undated = datedFields(spec);
  const needed = [unit ?? -1, ...counted].filter((position) => position >= 0);
  return (values, row) => {
    const filter = filters.find(({ at, isTaken }) => !isTaken(values[at] ?? ''));
    if (filter) return leaveOut(counts, filter.why);
    if (needed.some((position) => (values[position] ?? '') === '')) return leaveOut(counts, MISSING);
    const made: string[] = [];
    for (const { name, isPseudonym, at, make } of fields) {
      if (isPseudonym) {
        const pseudonym = pseudonymOf(values[unit ?? -1] ?? '');
        if (pseudonym === null) return leaveOut(counts, UNLINKED);
        made.push(pseudonym);
        continue;
      }
      const result = make(values[at] ?? '');
      if ('outside' in result) return leaveOut(counts, OUTSIDE);
      if ('wrong' in result) problems.note(name, row, result.wrong);
      else {
        if (result.isUnmatched) add(counts.unmatched, name);
        made.push(result.value);
      }
    }
    for (const { name, at, isOutside, isRow } of undated) {
      if (!isOutside(made)) continue;
      if (isRow) return leaveOut(counts, OUTSIDE);
      made[at] = '';
      add(counts.outside, name);
    }
    // A mean is sum over n: whoever lacks a dimension or a summed value is in no cell.
    if (spec.level === 'CELLS' && made.includes('')) return leaveOut(counts, MISSING);
    for (const position of counted) made.push(values[position] ?? '');
    return made;
  };
}

interface Dated {
  readonly name: string;
  /** Where its value stands in a made row. */
  readonly at: number;
  readonly isOutside: (made: readonly string[]) => boolean;
  /** Whether the row goes with the value. */
  readonly isRow: boolean;
}

/** B27: fields whose period another field's time decides; a value without its time is not known to be of the period. */
function datedFields({ level, fields }: DataSpec): Dated[] {
  return fields.flatMap(({ name, period, datedBy, required }, at) => {
    const time = fields.findIndex((field) => field.name === datedBy);
    const dating = fields[time];
    if (!period || !dating) return [];
    const isWithout = (made: readonly string[]) =>
      made[at] !== '' && (made[time] === '' || isOutside(dating, made[time] ?? '', period));
    return [{ name, at, isOutside: isWithout, isRow: required === true || level === 'CELLS' }];
  });
}

function leaveOut({ removed }: Counts, why: string): null {
  add(removed, why);
  return null;
}

export function add(counts: Map<string, number>, name: string, times = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + times);
}

/** Rows that go out as they are made. */
export function rowLines(
  make: RowMaker,
  lineOf: (values: readonly string[], row: number) => string,
): RowText {
  return (values, row) => {
    const made = make(values, row);
    return made === null ? null : lineOf(made, row);
  };
}
