// Cells from rows or from finer cells: people, organisations, sums, and for each sum whether few people dominate it.
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import type { DataSpec } from '../grant/spec';
import { verdictsOf } from './verdicts';

type Value = (name: string) => string;

/**
 * Cells of the table `deposit` of rows, one row a person and cell; `person` is its pseudonym, null where each row is a
 * person. Whoever lacks a dimension or a summed value is in no cell, since a mean is sum over n.
 */
export function cellsOfRows(
  spec: DataSpec,
  columns: readonly FileColumn[],
  value: Value,
  person: string | null,
): string {
  const values = columns.map((column, index) => `${cellValue(column, value, person)} as ${columnAt(index)}`);
  return grouped(values, columns, [...spec.dimensions, ...spec.sums].map(value), spec.dimensions.map(value));
}

/** The same cells, coarser. Verdicts of one cell stand; those of merged ones pass if all pass (DOMAIN § 4). */
export function mergedCells(columns: readonly FileColumn[], value: Value): string {
  const values = columns.map((column, index) => `${mergedValue(column, value)} as ${columnAt(index)}`);
  const dimensions = columns.filter(({ part }) => part === 'dimension').map(({ name }) => value(name));
  return grouped(values, columns, dimensions, dimensions);
}

function grouped(
  values: readonly string[],
  columns: readonly FileColumn[],
  needed: readonly string[],
  dimensions: readonly string[],
): string {
  const order = columns.flatMap(({ part }, index) => (part === 'dimension' ? [columnAt(index)] : []));
  // One thread and an ordered input make floating-point sums come out the same every time.
  return `select ${values.join(', ')} from (select * from deposit order by r)
    where ${needed.map((each) => `${each} is not null`).join(' and ')}
    group by ${dimensions.join(', ')} order by ${order.join(', ')}`;
}

function cellValue({ name, part, source }: FileColumn, value: Value, person: string | null): string {
  const number = () => `cast(${value(source)} as double)`;
  switch (part) {
    case 'field':
    case 'dimension':
      return value(name);
    case 'n':
      return person ? `count(distinct ${person})` : 'count(*)';
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
