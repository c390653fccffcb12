// How identifiable a release is, in figures for those who sign it: smallest groups, how many are small, what they have in common.
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import type { DataSpec } from '../grant/spec';
import type { ReleaseAssessment } from './manifest';

/** Groups below this many people are counted as small: the floor of the frequency rule (DOMAIN § 5). */
const SMALL = 10;
const SMALLEST_LISTED = 10;

/** Assesses the table `release`. */
export async function assess(
  engine: Engine,
  spec: DataSpec,
  columns: readonly FileColumn[],
): Promise<ReleaseAssessment> {
  const quasi = quasiIdentifiers(columns);
  const people = await peopleOf(engine, spec, columns);
  const groups = quasi.length === 0 ? '' : `group by ${quasi.map(({ at }) => at).join(', ')}`;
  const sizes = `(select ${people} as n from release ${groups})`;
  const { smallest, unique, small, total } = await engine.figures(
    `select coalesce(min(n), 0) as smallest, count(*) filter (where n = 1) as unique,
      count(*) filter (where n < ${SMALL}) as small, (select ${people} from release) as total from ${sizes}`,
  );
  const [list] = await engine.columns(`select min(n, ${SMALLEST_LISTED}) as least from ${sizes}`);
  return {
    people: total ?? 0,
    smallestGroup: smallest ?? 0,
    quasiIdentifiers: quasi.map(({ column }) => column.name),
    uniqueGroups: unique ?? 0,
    smallGroups: small ?? 0,
    smallestGroups: list?.kind === 'list' ? [...(list.values[0] ?? [])] : [],
    diversity: await diversity(engine, columns, groups),
  };
}

/** Columns that others may know of a person, with where they stand. */
export function quasiIdentifiers(columns: readonly FileColumn[]): { column: FileColumn; at: string }[] {
  return columns.flatMap((column, index) =>
    isQuasiIdentifier(column) ? [{ column, at: columnAt(index) }] : [],
  );
}

function isQuasiIdentifier({ field, part }: FileColumn): boolean {
  if (part === 'dimension') return true;
  return part === 'field' && (field.quasiIdentifier ?? (field.type === 'category' || field.type === 'date'));
}

/**
 * l-diversity (Machanavajjhala et al. 2007): per sensitive field the fewest distinct values in any group, and the groups in
 * which all share one, so that knowing the group is knowing the value.
 */
async function diversity(
  engine: Engine,
  columns: readonly FileColumn[],
  groups: string,
): Promise<ReleaseAssessment['diversity']> {
  const found: ReleaseAssessment['diversity'] = [];
  for (const [index, { field, part }] of columns.entries()) {
    if (part !== 'field' || field.sensitive !== true) continue;
    const { least = 0, alike = 0 } = await engine.figures(
      `select coalesce(min(l), 0) as least, count(*) filter (where l < 2) as alike
        from (select count(distinct ${columnAt(index)}) as l from release ${groups})`,
    );
    found.push({ field: field.name, fewestValues: least, groupsAlike: alike });
  }
  return found;
}

/** Distinct people of a group of rows. Where nobody has two, rows are people, and telling a million apart again is spared. */
async function peopleOf(engine: Engine, spec: DataSpec, columns: readonly FileColumn[]): Promise<string> {
  const at = (found: (column: FileColumn) => boolean) => columnAt(columns.findIndex(found));
  if (spec.level === 'CELLS') return `cast(coalesce(sum(${at(({ part }) => part === 'n')}), 0) as bigint)`;
  const isPseudonym = ({ field }: FileColumn) => field.type === 'pseudonym';
  if (!columns.some(isPseudonym)) return 'count(*)';
  const people = `count(distinct ${at(isPseudonym)})`;
  const { repeated = 1 } = await engine.figures(`select count(*) - ${people} as repeated from release`);
  return repeated === 0 ? 'count(*)' : people;
}
