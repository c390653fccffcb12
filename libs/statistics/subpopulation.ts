// Restricts an input to a declared subpopulation, so that a run reads exactly the people its author said it would.
import { columnOf, InputRefused, labelAt, pickRows } from './input';
import type { MethodInput, RowInput } from './input';

/** The rows, or cells, whose `field` holds one of `values`, as text. */
export interface Subpopulation {
  readonly field: string;
  readonly values: readonly string[];
}

/**
 * The input without the rows of anybody else; order and units stay as they are. Rows whose value is missing belong to
 * nobody's subpopulation. Of a cell table the field has to be a dimension: a sum says nothing about whose it is.
 * Throws `InputRefused` with the code `SUBPOPULATION` where the data cannot tell who belongs to it, or nobody does.
 */
export function restrictedTo(input: MethodInput, { field, values }: Subpopulation): MethodInput {
  const wanted = new Set(values);
  return kept(input, field, (label) => wanted.has(label));
}

function kept(input: MethodInput, field: string, isMeant: (label: string) => boolean): MethodInput {
  if (input.shape === 'cells' && !input.dimensions.includes(field))
    throw refused(`"${field}" is no dimension of the cell table, so its cells cannot be told apart by it.`);
  if (!Object.hasOwn(input.columns, field)) throw refused(`The data has no field "${field}".`);
  const by = columnOf(input, field);
  const rows: number[] = [];
  for (let row = 0; row < input.rows; row += 1) {
    const label = labelAt(by, row);
    if (label !== null && isMeant(label)) rows.push(row);
  }
  if (rows.length === 0) throw refused(`No row has such a value in "${field}".`);
  const columns = Object.fromEntries(
    Object.entries(input.columns).map(([name, column]) => [name, pickRows(column, rows)]),
  );
  return { ...input, rows: rows.length, columns, ...unitsOf(input, rows) };
}

/** The first and the last day, each included; null is open. `by`: a field of years, months or days, written as ISO 8601. */
export interface Window {
  readonly by: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** The input without the rows outside the window, as `restrictedTo` does it for people. */
export function within(input: MethodInput, { by, from, to }: Window): MethodInput {
  return kept(input, by, (label) => {
    if (!/^\d{4}(-\d\d(-\d\d)?)?$/.test(label)) return false;
    // A month or a year counts as inside when any of its days is.
    return (
      (from === null || label >= from.slice(0, label.length)) &&
      (to === null || label <= to.slice(0, label.length))
    );
  });
}

const refused = (why: string): InputRefused =>
  new InputRefused(`${why} Declare a subpopulation that the release can tell apart.`, 'SUBPOPULATION');

/** Positions in the release do not move: results on a part of it are compared with results on the whole. */
function unitsOf(input: MethodInput, rows: readonly number[]): Pick<RowInput, 'units'> {
  if (input.shape === 'cells' || input.units === undefined) return {};
  const { units } = input;
  return { units: Uint32Array.from(rows, (row) => units[row] ?? row) };
}
