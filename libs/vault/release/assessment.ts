// How identifiable a release is, in figures for those who sign it: smallest groups, how many are small, what they have in common.
import type { Engine } from '../engine/engine';
import type { EngineColumn } from '../engine/protocol';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import type { DataSpec } from '../grant/spec';
import type { ReleaseAssessment } from './manifest';

/** Groups below this many people are counted as small: the floor of the frequency rule (DOMAIN § 5). */
const SMALL = 10;
const SMALLEST_LISTED = 10;

/** Assesses the rows of `release`; `isOneRowEach` where nobody has two of them. */
export async function assess(
  engine: Engine,
  spec: DataSpec,
  columns: readonly FileColumn[],
  isOneRowEach: boolean,
): Promise<ReleaseAssessment> {
  const quasi = quasiIdentifiers(columns);
  const people = peopleOf(spec, columns, isOneRowEach);
  const groups = quasi.length === 0 ? '' : `group by ${quasi.map(({ at }) => at).join(', ')}`;
  const [smallest, unique, small, total, least] = await engine.columns(
    `select coalesce(min(n), 0) as smallest, count(*) filter (where n = 1) as unique, count(*) filter (where n < ${SMALL}) as small,
      (select ${people} from release) as total, min(n, ${SMALLEST_LISTED}) as least
      from (select ${people} as n from release ${groups})`,
  );
  return {
    people: figureOf(total),
    smallestGroup: figureOf(smallest),
    quasiIdentifiers: quasi.map(({ column }) => column.name),
    uniqueGroups: figureOf(unique),
    smallGroups: figureOf(small),
    smallestGroups: least?.kind === 'list' ? [...(least.values[0] ?? [])] : [],
    diversity: await diversity(engine, columns, groups),
  };
}

const figureOf = (column: EngineColumn | undefined): number =>
  column?.kind === 'number' ? (column.values[0] ?? 0) : 0;

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

/** Distinct people of a group of rows; telling a million apart is spared where rows are people. */
function peopleOf(spec: DataSpec, columns: readonly FileColumn[], isOneRowEach: boolean): string {
  const at = (found: (column: FileColumn) => boolean) => columnAt(columns.findIndex(found));
  if (spec.level === 'CELLS') return `cast(coalesce(sum(${at(({ part }) => part === 'n')}), 0) as bigint)`;
  const isPseudonym = ({ field }: FileColumn) => field.type === 'pseudonym';
  const isByName = columns.some(isPseudonym) && !isOneRowEach;
  return isByName ? `count(distinct ${at(isPseudonym)})` : 'count(*)';
}
