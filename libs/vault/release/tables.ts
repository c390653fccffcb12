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

/** How the release comes out of the table `deposit`; `isOneRowEach` where nobody has two rows in it. */
export function releaseTable(grant: GrantSpec, rekey: Rekey, isOneRowEach: boolean): ReleaseTable {
  const { depositAs, releaseAs } = grant;
  const given = fileColumns(depositAs);
  const value = (name: string) => valueOf(name, given, releaseAs);
  const pseudonym = given.find(({ field }) => field.type === 'pseudonym');
  const person = pseudonym ? value(pseudonym.name) : null;
  if (releaseAs.level === 'ROWS') {
    const columns = fileColumns(releaseAs);
    const values = columns.map(({ name }, index) => `${value(name)} as ${columnAt(index)}`);
    return rowsTable(
      releaseAs,
      `select ${person ?? 'null'} as p, r, ${values.join(', ')} from deposit`,
      rekey,
      isOneRowEach,
    );
  }
  return cellsTable(grant, value, person);
}

/** How a linked release comes out of the table `basis` (p, c1…cn). */
export function linkedTable(spec: DataSpec, rekey: Rekey, isOneRowEach: boolean): ReleaseTable {
  return rowsTable(spec, 'select *, 0 as r from basis', rekey, isOneRowEach);
}

function rowsTable(spec: DataSpec, basis: string, rekey: Rekey, isOneRowEach: boolean): ReleaseTable {
  const columns = fileColumns(spec);
  const pseudonym = columns.findIndex(({ field }) => field.type === 'pseudonym');
  const all = columns.map((_column, index) => columnAt(index));
  const values = all.map((at, index) => (index === pseudonym ? `${rekey(at)} as ${at}` : at));
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
