// Cells from rows or from finer cells: people, organisations, sums, and for each sum whether few people dominate it.
import { columnAt, literal } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import type { DataSpec } from '../grant/spec';
import { verdictsOf } from './verdicts';

type Value = (name: string) => string;

/** The rows or cells that others are made from. */
export interface CellBasis {
  /** SQL of what is grouped: in order, without whoever is in no cell. */
  readonly from: string;
  readonly value: Value;
  readonly dimensions: readonly string[];
}

/**
 * The rows of the table `deposit`, one row a person and cell; `person` is its pseudonym, null where each row is a person.
 * Whoever lacks a dimension or a summed value is in no cell, since a mean is sum over n.
 */
export function rowBasis(spec: DataSpec, value: Value, person: string | null): CellBasis {
  return basisOf(spec, value, [...spec.dimensions, ...spec.sums], peopleIn(person));
}

function cellBasis(spec: DataSpec, value: Value): CellBasis {
  return basisOf(spec, value, spec.dimensions, `sum(${value('n')})`);
}

const peopleIn = (person: string | null): string => (person ? `count(distinct ${person})` : 'count(*)');

/** Cells of fewer people than the small-number rule takes get the code that stands for several, before they are made. */
function basisOf(spec: DataSpec, value: Value, needed: readonly string[], people: string): CellBasis {
  const { dimensions, fewest, merge } = spec;
  const isComplete = needed.map((name) => `${value(name)} is not null`).join(' and ');
  const rows = `from deposit where ${isComplete} order by r`;
  if (!merge || fewest === undefined)
    return { from: `(select * ${rows})`, value, dimensions: dimensions.map(value) };
  const size = `${people} over (partition by ${dimensions.map(value).join(', ')})`;
  const merged = `case when ${size} < ${fewest} then ${literal(merge.into)} else ${value(merge.dimension)} end`;
  const valueIn: Value = (name) => (name === merge.dimension ? 'merged' : value(name));
  return {
    from: `(select *, ${merged} as merged ${rows})`,
    value: valueIn,
    dimensions: dimensions.map(valueIn),
  };
}

/** Cells of rows. Those of fewer than `fewest` people are left out, where it is given. */
export function cellsOfRows(
  spec: DataSpec,
  columns: readonly FileColumn[],
  value: Value,
  person: string | null,
  fewest?: number,
): string {
  const basis = rowBasis(spec, value, person);
  const values = columns.map(
    (column, index) => `${cellValue(column, basis.value, person)} as ${columnAt(index)}`,
  );
  return grouped(values, columns, basis, peopleIn(person), fewest);
}

/** The same cells, coarser. Verdicts of one cell stand; those of merged ones pass if all pass (DOMAIN § 4). */
export function mergedCells(spec: DataSpec, columns: readonly FileColumn[], value: Value): string {
  const basis = cellBasis(spec, value);
  const values = columns.map((column, index) => `${mergedValue(column, basis.value)} as ${columnAt(index)}`);
  return grouped(values, columns, basis, `sum(${value('n')})`, spec.fewest);
}

function grouped(
  values: readonly string[],
  columns: readonly FileColumn[],
  { from, dimensions }: CellBasis,
  people: string,
  fewest: number | undefined,
): string {
  const order = columns.flatMap(({ part }, index) => (part === 'dimension' ? [columnAt(index)] : []));
  // One thread and an ordered input make floating-point sums come out the same every time.
  return `select ${values.join(', ')} from ${from} group by ${dimensions.join(', ')}
    ${fewest === undefined ? '' : `having ${people} >= ${fewest}`} order by ${order.join(', ')}`;
}

function cellValue({ name, part, source }: FileColumn, value: Value, person: string | null): string {
  const number = () => `cast(${value(source)} as double)`;
  switch (part) {
    case 'field':
    case 'dimension':
      return value(name);
    case 'n':
      return peopleIn(person);
    case 'organisations':
      return `count(distinct ${value(source)})`;
    case 'sum':
      return `sum(${number()})`;
    case 'sumsq':
      return `sum(${number()} * ${number()})`;
    case 'dominance':
    case 'p_ratio':
      return verdictsOf(number())[part];
  }
}

function mergedValue({ name, part }: FileColumn, value: Value): string {
  switch (part) {
    case 'field':
    case 'dimension':
      return value(name);
    // Bigints are summed as hugeint; the file says how large a count may be, so the cast holds.
    case 'n':
      return `cast(sum(${value(name)}) as bigint)`;
    // Cells may share organisations: no fewer than the most of any is certain.
    case 'organisations':
      return `max(${value(name)})`;
    case 'sum':
    case 'sumsq':
      return `sum(${value(name)})`;
    case 'dominance':
    case 'p_ratio': {
      const verdict = `coalesce(${value(name)}, 'review')`;
      return `case when count(*) = 1 then min(${verdict}) when bool_and(${verdict} = 'pass') then 'pass' else 'review' end`;
    }
  }
}
