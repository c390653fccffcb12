// The fields of an imputation side by side: values, which are missing, and the columns by which each field predicts the others.
import { codesOf } from '../design/codes';
import { infinite } from '../design/complete';
import { InputRefused, columnOf, isMissing } from '../input';
import type { Column, RowInput } from '../input';

interface Shared {
  readonly name: string;
  /** Positions (in the rows used) with a value, and without. */
  readonly observed: Int32Array;
  readonly missing: Int32Array;
  /** Columns of mean 0 and mean square 1 that stand for it, one after the other. */
  readonly columns: Float64Array;
}

export interface NumberField extends Shared {
  readonly kind: 'number';
  /** By position; what is missing is filled in as the chain goes on. */
  readonly values: Float64Array;
}

export interface CodeField extends Shared {
  readonly kind: 'code';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type PanelField = NumberField | CodeField;

/** Which records are imputed: those that have all of `needed`, and something of `fields`. */
export function imputableRows(
  input: RowInput,
  fields: readonly string[],
  needed: readonly string[],
): Int32Array {
  const columns = (names: readonly string[]) => names.map((name) => columnOf(input, name));
  const [own, others] = [columns(fields), columns(needed)];
  const rows: number[] = [];
  for (let row = 0; row < input.rows; row += 1) {
    own.forEach((column, at) => refuseInfinite(column, row, fields[at] ?? ''));
    const isUsable = others.every((column) => !isMissing(column, row));
    if (isUsable && own.some((column) => !isMissing(column, row))) rows.push(row);
  }
  if (rows.length === 0) throw new InputRefused('No record holds anything that could be imputed from.');
  return Int32Array.from(rows);
}

function refuseInfinite(column: Column, row: number, field: string): void {
  if (column.kind === 'number' && Math.abs(column.values[row] ?? 0) === Infinity) throw infinite(field);
}

/** `coded` are the fields that are codes, whatever they look like. */
export function panelOf(
  input: RowInput,
  rows: Int32Array,
  fields: readonly string[],
  coded: ReadonlySet<string>,
): PanelField[] {
  return fields.map((name) => {
    const column = columnOf(input, name);
    const isThere = (at: number) => !isMissing(column, rows[at]!);
    const all = Int32Array.from(rows.keys());
    const [observed, missing] = [all.filter(isThere), all.filter((at) => !isThere(at))];
    if (observed.length === 0)
      throw new InputRefused(
        `No record used has a value of "${name}", so nothing tells what is missing. Leave it out.`,
      );
    const shared = { name, observed, missing };
    if (column.kind === 'number' && !coded.has(name))
      return {
        ...{ ...shared, kind: 'number', columns: new Float64Array(rows.length) },
        values: Float64Array.from(rows, (row) => column.values[row]!),
      };
    const { levels, code } = codesOf(input, name, rows);
    return {
      ...{ ...shared, kind: 'code', levels, codes: code },
      columns: new Float64Array(rows.length * Math.max(0, levels.length - 1)),
    };
  });
}

/** Writes a field's columns anew from its values; one that does not vary stands for nothing. */
export function refresh(field: PanelField): void {
  if (field.kind === 'number') return standardised(field.values, field.columns);
  const { length } = field.codes;
  for (let code = 1; code < field.levels.length; code += 1)
    standardised(
      Float64Array.from(field.codes, (own) => (own === code ? 1 : 0)),
      field.columns.subarray((code - 1) * length, code * length),
    );
}

function standardised(values: Float64Array, into: Float64Array): void {
  const mean = values.reduce((sum, own) => sum + own, 0) / values.length;
  const square = values.reduce((sum, own) => sum + (own - mean) ** 2, 0) / values.length;
  const scale = Math.sqrt(square);
  const isConstant = scale <= 1e-12 * Math.abs(mean);
  values.forEach((own, at) => (into[at] = isConstant ? 0 : (own - mean) / scale));
}

/** The data with the panel's values in the place of what is missing. */
export function completed(input: RowInput, rows: Int32Array, panel: readonly PanelField[]): RowInput {
  const changed = panel.filter(({ missing }) => missing.length > 0);
  const columns = changed.map(
    (field) => [field.name, filled(columnOf(input, field.name), rows, field)] as const,
  );
  return { ...input, columns: { ...input.columns, ...Object.fromEntries(columns) } };
}

function filled(column: Column, rows: Int32Array, field: PanelField): Column {
  if (column.kind === 'number') {
    const values = Float64Array.from(column.values);
    for (const at of field.missing)
      values[rows[at]!] =
        field.kind === 'number' ? field.values[at]! : Number(field.levels[field.codes[at]!]);
    return { kind: 'number', values };
  }
  if (field.kind === 'number') throw new Error(`The text of "${field.name}" was imputed as a number.`);
  const codes = Int32Array.from(column.codes);
  const places = field.levels.map((level) => column.labels.indexOf(level));
  for (const at of field.missing) codes[rows[at]!] = places[field.codes[at]!]!;
  return { ...column, codes };
}
