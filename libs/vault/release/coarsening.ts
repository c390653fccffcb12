// A deposited value as a release tells it: in its type, and no finer than granted.
import { literal, typed } from '../engine/tables';
import { bandLabels } from '../grant/bands';
import type { FileColumn } from '../grant/columns';
import type { FieldSpec } from '../grant/fields';
import type { DataSpec } from '../grant/spec';

/** SQL for a column of the table `deposit`, by the name the deposit has for it. */
export function valueOf(name: string, given: readonly FileColumn[], releaseAs: DataSpec): string {
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
