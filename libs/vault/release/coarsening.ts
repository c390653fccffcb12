// The statements that make a release's table from a deposit: chosen fields, or cells; never finer than what came in.
import { columnAt, typed } from '../engine/tables';
import { fileColumns } from '../grant/spec';
import type { DataSpec, FileColumn, GrantSpec } from '../grant/spec';

export interface ReleaseTable {
  /** Makes the table `release` with the columns c1…cn of the release, in its final order. */
  readonly create: string;
  readonly columns: readonly FileColumn[];
  /** Counts cells in which a person has several records: their sums would not be one value a person. */
  readonly repeated: string | null;
}

/** How the release comes out of the deposit's table. */
export function releaseTable(grant: GrantSpec): ReleaseTable {
  const columns = fileColumns(grant.releaseAs);
  const given = fileColumns(grant.depositAs);
  const select =
    grant.releaseAs.level === 'ROWS'
      ? rowsOf(grant.releaseAs, columns, given)
      : cellsOf(grant.depositAs, columns, given);
  const repeated = grant.depositAs.level === 'ROWS' ? repeatedPeople(grant.releaseAs, given) : null;
  return { create: `create table release as ${select}`, columns, repeated };
}

function rowsOf(spec: DataSpec, columns: readonly FileColumn[], given: readonly FileColumn[]): string {
  const values = columns.map((column, index) => `${valueOf(column.name, given)} as ${columnAt(index)}`);
  const pseudonym = columns.findIndex(({ field }) => field.type === 'pseudonym');
  const all = columns.map((_column, index) => columnAt(index));
  // Sorted by everything, the order of rows says nothing that the rows do not say.
  const order = spec.rowOrder === 'KEEP' ? ['r'] : pseudonym === -1 ? all : [columnAt(pseudonym), ...all];
  const kept = spec.rowOrder === 'KEEP' ? ', r' : '';
  return `select ${all.join(', ')} from (select ${values.join(', ')}${kept} from deposit) order by ${order.join(', ')}`;
}

function repeatedPeople(releaseAs: DataSpec, given: readonly FileColumn[]): string | null {
  const pseudonym = given.find(({ field }) => field.type === 'pseudonym');
  if (releaseAs.level === 'ROWS' || !pseudonym) return null;
  const person = valueOf(pseudonym.name, given);
  const dimensions = releaseAs.dimensions.map((name) => valueOf(name, given));
  return `select count(*) as cells from (select 1 from deposit group by ${dimensions.join(', ')}
    having count(*) > count(distinct ${person}))`;
}

function cellsOf(depositAs: DataSpec, columns: readonly FileColumn[], given: readonly FileColumn[]): string {
  const dimensions = columns
    .filter(({ part }) => part === 'dimension')
    .map(({ name }) => valueOf(name, given));
  const values = columns.map(
    (column, index) => `${cellValue(column, depositAs, given)} as ${columnAt(index)}`,
  );
  const isOfCells = depositAs.level === 'CELLS';
  // A mean is sum over n: whoever lacks a dimension or a summed value is in no cell.
  const complete = columns
    .filter(({ part }) => part === 'dimension' || part === 'sum')
    .map((column) => `${valueOf(isOfCells ? column.name : column.source, given)} is not null`);
  const order = dimensions.map((_dimension, index) => columnAt(index));
  // One thread and an ordered input make floating-point sums come out the same every time.
  return `select ${values.join(', ')} from (select * from deposit order by r) where ${complete.join(' and ')}
    group by ${dimensions.join(', ')} order by ${order.join(', ')}`;
}

function cellValue(
  { name, part, source }: FileColumn,
  depositAs: DataSpec,
  given: readonly FileColumn[],
): string {
  if (part === 'dimension') return valueOf(name, given);
  if (depositAs.level === 'CELLS') {
    // Bigints are summed as hugeint; the file says how large a count may be, so the cast holds.
    return part === 'n' ? `cast(sum(${valueOf('n', given)}) as bigint)` : `sum(${valueOf(name, given)})`;
  }
  const pseudonym = given.find(({ field }) => field.type === 'pseudonym');
  if (part === 'n') return pseudonym ? `count(distinct ${valueOf(pseudonym.name, given)})` : 'count(*)';
  const field = `cast(${valueOf(source, given)} as double)`;
  return part === 'sum' ? `sum(${field})` : `sum(${field} * ${field})`;
}

function valueOf(name: string, given: readonly FileColumn[]): string {
  const index = given.findIndex((column) => column.name === name);
  const column = given[index];
  if (!column)
    throw new Error(`The deposit has no column "${name}"; the grant's schema should have refused this.`);
  return typed(column, index);
}
