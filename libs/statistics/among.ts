// The part of the data that a run says it is about: the records whose field holds one of some values.
import { columnOf, InputRefused, labelAt } from './input';
import type { Column, MethodInput } from './input';

export interface Among {
  readonly field: string;
  readonly values: readonly string[];
}

/** The same data with those records, or cells, alone. @throws InputRefused when there is no such field, or none of them */
export function among(input: MethodInput, { field, values }: Among): MethodInput {
  const column = columnOf(input, field);
  const wanted = new Set(values);
  const kept = Int32Array.from({ length: input.rows }, (_, row) => row).filter((row) =>
    wanted.has(labelAt(column, row) ?? ''),
  );
  if (kept.length === 0)
    throw new InputRefused(
      `Nobody’s "${field}" is ${values.join(' or ')}. Check the values against the data.`,
    );
  const columns = Object.fromEntries(
    Object.entries(input.columns).map(([name, each]) => [name, taken(each, kept)]),
  );
  if (input.shape === 'cells' || input.units === undefined) return { ...input, rows: kept.length, columns };
  const units = Uint32Array.from(kept, (row) => input.units?.[row] ?? row);
  return { ...input, rows: kept.length, columns, units };
}

const taken = (column: Column, rows: Int32Array): Column =>
  column.kind === 'number'
    ? { kind: 'number', values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) }
    : { kind: 'text', values: Array.from(rows, (row) => column.values[row] ?? null) };
