// The statements that make a release's table from a deposit: chosen fields, or cells; never finer than what came in.
import { columnAt } from '../engine/tables';
import { fileColumns } from '../grant/columns';
import type { FileColumn } from '../grant/columns';
import type { DataSpec, GrantSpec } from '../grant/spec';
import { quasiIdentifiers } from './assessment';
import { cellsOfRows, mergedCells, rowBasis } from './cells';
import { valueOf } from './coarsening';

export interface ReleaseTable {
  /** Gives the rows of the release with its columns c1…cn, in their final order. */
  readonly query: string;
  readonly columns: readonly FileColumn[];
  /** Counts cells in which a person has several records: their sums would not be one value a person. */
  readonly repeated: string | null;
  /** A query of (person, g): whose rows these are and the group each row is in; null where nobody knows. */
  readonly people: string | null;
  /** The column of people's names in this release, where it has rows of people. */
  readonly pseudonym: string | null;
}

/** Gives a person the name of this release; an SQL expression of an SQL expression. */
export type Rekey = (person: string) => string;

/** SQL for people's names in this release, which come with the rows of the deposit as their column `named`; null where it names nobody. */
export function namedIn({ depositAs, releaseAs }: GrantSpec, rekey: Rekey): string | null {
  const isPseudonym = ({ field }: FileColumn) => field.type === 'pseudonym';
  const at = fileColumns(depositAs).findIndex(isPseudonym);
  return releaseAs.level === 'ROWS' && at !== -1 ? rekey(columnAt(at)) : null;
}

/** How the release comes out of the view `deposit`; `isOneRowEach` where nobody has two rows in it. */
export function releaseTable(grant: GrantSpec, isOneRowEach: boolean): ReleaseTable {
  const { depositAs, releaseAs } = grant;
  const given = fileColumns(depositAs);
  const value = (name: string) => valueOf(name, given, releaseAs);
  const pseudonym = given.find(({ field }) => field.type === 'pseudonym');
  const person = pseudonym ? value(pseudonym.name) : null;
  if (releaseAs.level === 'CELLS') return cellsTable(grant, value, person);
  const values = fileColumns(releaseAs).map(({ name }, index) => `${value(name)} as ${columnAt(index)}`);
  const people = person === null ? 'null as p, null as named' : `${person} as p, named`;
  return rowsTable(releaseAs, `select ${people}, r, ${values.join(', ')} from deposit`, isOneRowEach);
}

/** How a linked release comes out of the table `basis` (p, c1…cn). */
export function linkedTable(spec: DataSpec, rekey: Rekey, isOneRowEach: boolean): ReleaseTable {
  return rowsTable(spec, `select *, ${rekey('p')} as named, 0 as r from basis`, isOneRowEach);
}

/** Rows with the person `p`, their name in this release, and the row number `r`. */
function rowsTable(spec: DataSpec, basis: string, isOneRowEach: boolean): ReleaseTable {
  const columns = fileColumns(spec);
  const pseudonym = columns.findIndex(({ field }) => field.type === 'pseudonym');
  const all = columns.map((_column, index) => columnAt(index));
  const values = all.map((at, index) => (index === pseudonym ? `named as ${at}` : at));
  // Sorted by everything, the order of rows says nothing that the rows do not say; where no name comes twice, names suffice.
  const byName = isOneRowEach ? [columnAt(pseudonym)] : [columnAt(pseudonym), ...all];
  const order = spec.rowOrder === 'KEEP' ? ['r'] : pseudonym === -1 ? all : byName;
  const groups = quasiIdentifiers(columns).map(({ at }) => at);
  return {
    query: `select ${all.join(', ')} from (select r, ${values.join(', ')} from (${basis})) order by ${order.join(', ')}`,
    columns,
    repeated: null,
    people: pseudonym === -1 ? null : `select p as person, ${groupOf(groups)} as g from (${basis})`,
    pseudonym: pseudonym === -1 ? null : columnAt(pseudonym),
  };
}

function cellsTable(
  { depositAs, releaseAs }: GrantSpec,
  value: (name: string) => string,
  person: string | null,
): ReleaseTable {
  const columns = fileColumns(releaseAs);
  if (depositAs.level === 'CELLS')
    return {
      query: mergedCells(releaseAs, columns, value),
      columns,
      ...{ repeated: null, people: null, pseudonym: null },
    };
  const { from, dimensions } = rowBasis(releaseAs, value, person);
  const cell = dimensions.join(', ');
  const { fewest } = releaseAs;
  return {
    query: cellsOfRows(releaseAs, columns, value, person, fewest),
    columns,
    pseudonym: null,
    repeated:
      person &&
      `select count(*) as cells from (select 1 from ${from} group by ${cell}
        having count(*) > count(distinct ${person}))`,
    // Whoever is in a cell that is left out is not in the release.
    people:
      person &&
      `select ${person} as person, ${groupOf(dimensions)} as g from ${from}
        ${fewest === undefined ? '' : `qualify count(distinct ${person}) over (partition by ${cell}) >= ${fewest}`}`,
  };
}

/** Everybody is in one group where nothing is known of anybody. */
const groupOf = (values: readonly string[]): string =>
  values.length === 0 ? '0' : `hash(${values.join(', ')})`;
