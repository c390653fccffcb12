// The statements that make a release's table from a deposit: chosen fields, or cells; never finer than what came in.
import { columnAt, literal, typed } from '../engine/tables';
import { bandLabels } from '../grant/bands';
import { fileColumns } from '../grant/columns';
import type { FileColumn } from '../grant/columns';
import type { FieldSpec } from '../grant/fields';
import type { DataSpec, GrantSpec } from '../grant/spec';
import { cellsOfRows, mergedCells } from './cells';

export interface ReleaseTable {
  /** Makes the table `release` with the columns c1…cn of the release, in its final order. */
  readonly create: string;
  readonly columns: readonly FileColumn[];
  /** Counts cells in which a person has several records: their sums would not be one value a person. */
  readonly repeated: string | null;
}

/** How the release comes out of the deposit's table. */
export function releaseTable(grant: GrantSpec): ReleaseTable {
  const { depositAs, releaseAs } = grant;
  const columns = fileColumns(releaseAs);
  const given = fileColumns(depositAs);
  const repeated = depositAs.level === 'ROWS' ? repeatedPeople(releaseAs, given) : null;
  return { create: `create table release as ${selectOf(grant, columns, given)}`, columns, repeated };
}

function selectOf(
  { depositAs, releaseAs }: GrantSpec,
  columns: readonly FileColumn[],
  given: readonly FileColumn[],
) {
  if (releaseAs.level === 'ROWS') return rowsOf(releaseAs, columns, given);
  const value = (name: string) => valueOf(name, given, releaseAs);
  if (depositAs.level === 'CELLS') return mergedCells(columns, value);
  const person = given.find(({ field }) => field.type === 'pseudonym');
  return cellsOfRows(releaseAs, columns, value, person ? value(person.name) : null);
}

function rowsOf(spec: DataSpec, columns: readonly FileColumn[], given: readonly FileColumn[]): string {
  const values = columns.map((column, index) => `${valueOf(column.name, given, spec)} as ${columnAt(index)}`);
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
  const person = valueOf(pseudonym.name, given, releaseAs);
  const dimensions = releaseAs.dimensions.map((name) => valueOf(name, given, releaseAs));
  return `select count(*) as cells from (select 1 from deposit group by ${dimensions.join(', ')}
    having count(*) > count(distinct ${person}))`;
}

/** A deposited value as the release tells it: in its type, and no finer than granted. */
function valueOf(name: string, given: readonly FileColumn[], releaseAs: DataSpec): string {
  const index = given.findIndex((column) => column.name === name);
  const column = given[index];
  if (!column)
    throw new Error(`The deposit has no column "${name}"; the grant's schema should have refused this.`);
  const field = releaseAs.fields.find((each) => each.name === name);
  return field ? coarsened(typed(column, index), column.field, field) : typed(column, index);
}

function coarsened(value: string, source: FieldSpec, field: FieldSpec): string {
  if (field.type === 'date' && (field.precision ?? 'DAY') !== (source.precision ?? 'DAY'))
    return dateAs(value, source, field);
  const [from, to] = [source.bands, field.bands];
  if (!from || !to || from.length === to.length) return value;
  const labels = bandLabels(to);
  const cases = bandLabels(from).map((label, at) => {
    const wider = to.findLastIndex((bound) => bound <= (from[at] ?? bound));
    return `when ${literal(label)} then ${literal(labels[wider] ?? '')}`;
  });
  return `case ${value} ${cases.join(' ')} end`;
}

function dateAs(value: string, source: FieldSpec, { precision }: FieldSpec): string {
  if (precision === 'YEAR') return `left(${value}, 4)`;
  if (precision === 'MONTH') return `left(${value}, 7)`;
  return source.precision === 'QUARTER'
    ? value
    : `left(${value}, 4) || '-Q' || cast((cast(substr(${value}, 6, 2) as integer) + 2) // 3 as varchar)`;
}
