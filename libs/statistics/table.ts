// Tables as methods make them and as the disclosure check leaves them: every number of a result is in one.
import { z } from 'zod';

const Key = z.record(z.string(), z.string());

/** A measure of a table: its code name, what it is called beside the number, and its unit (`people`, or the field's own). */
export const Measure = z.strictObject({ name: z.string(), label: z.string(), unit: z.string() });
export type Measure = z.infer<typeof Measure>;

/** Why a cell is not shown: too few people in it, hidden cells under it, or computed from a cell that is not shown. */
export const SuppressionReason = z.enum(['frequency', 'margin', 'derived']);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

export const CheckedCell = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('shown'), values: z.record(z.string(), z.number()) }),
  z.strictObject({ status: z.literal('suppressed'), reason: SuppressionReason }),
]);
export type CheckedCell = z.infer<typeof CheckedCell>;

/** A table after the disclosure check: a suppressed cell carries no value at all. */
export const CheckedTable = z.strictObject({
  name: z.string(),
  title: z.string(),
  keys: z.array(z.string()),
  measures: z.array(Measure),
  rows: z.array(z.strictObject({ key: Key, cell: CheckedCell })),
  notes: z.array(z.string()),
});
export type CheckedTable = z.infer<typeof CheckedTable>;

/** One cell before the check: the people it rests on, and its numbers. Never leaves the reading process unchecked. */
export interface RawCell {
  readonly key: Readonly<Record<string, string>>;
  readonly people: number;
  readonly values: Readonly<Record<string, number>>;
}

/** What a row of a derived table is computed from: if any of these cells is not shown, neither is it. */
export interface DerivedCell {
  readonly key: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number>>;
  readonly from: readonly { readonly table: string; readonly key: Readonly<Record<string, string>> }[];
}

interface TableHead {
  readonly name: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly measures: readonly Measure[];
  readonly notes?: readonly string[];
}

/** Cells that share nobody: the frequency rule applies to each. */
export interface CellTable extends TableHead {
  readonly kind: 'cells';
  /** Whether somebody is in more than one of the cells; assumed not. */
  readonly overlapping?: boolean;
  readonly cells: readonly RawCell[];
}

/** Totals over the cells of another table: each total covers the cells whose key contains its own. */
export interface MarginTable extends TableHead {
  readonly kind: 'margin';
  readonly over: string;
  /** Whether somebody is in more than one of the cells: their numbers of people then do not add up. */
  readonly overlapping: boolean;
  readonly cells: readonly RawCell[];
}

/** Numbers computed from other tables' cells. */
export interface DerivedTable extends TableHead {
  readonly kind: 'derived';
  readonly cells: readonly DerivedCell[];
}

export type RawTable = CellTable | MarginTable | DerivedTable;

/** A text that names a cell the same way everywhere, whatever the order of its keys. */
export function keyText(key: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
