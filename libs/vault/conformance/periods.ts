// The granted period of every field: where a value lies outside, and what the grant says becomes of it.
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import type { FieldSpec } from '../grant/fields';
import type { DataSpec } from '../grant/spec';
import { outsideSql } from '../grant/times';
import type { DepositFinding, FindingCode } from './report';

/** A field that has a period, the column of the file it stands in, and the condition under which a value is outside. */
export interface Bounded {
  readonly field: FieldSpec;
  readonly column: FileColumn;
  readonly at: string;
  readonly isOutside: string;
}

/** The fields with a period; conditions hold for rows whose values are written as they must be. */
export function boundedFields(spec: DataSpec, columns: readonly FileColumn[]): Bounded[] {
  return spec.fields.flatMap((field) => {
    const { period, datedBy } = field;
    const index = columns.findIndex(({ source }) => source === field.name);
    const column = columns[index];
    const dating = spec.fields.find(({ name }) => name === (datedBy ?? field.name));
    if (!period || !column || !dating) return [];
    const time = columnAt(columns.findIndex(({ source }) => source === dating.name));
    const isOutside = outsideSql(dating, dating.timeCode ? `cast(${time} as varchar)` : time, period);
    const at = columnAt(index);
    // A value without its time is not known to be of the granted period.
    const isUndated = `${at} is not null and (${time} is null or ${isOutside})`;
    return [{ field, column, at, isOutside: datedBy === undefined ? isOutside : isUndated }];
  });
}

type Period = NonNullable<FieldSpec['period']>;

export const periodOf = ({ from, to }: Period): string => `${from} to ${to}`;

/** How a value outside its period is noted: refused, or removed where the grant says so. */
export function asGranted(
  { outsidePeriod }: DataSpec,
  code: FindingCode,
): { code: FindingCode; severity?: DepositFinding['severity'] } {
  if (code !== 'OUT_OF_PERIOD' || outsidePeriod !== 'REMOVE') return { code };
  return { code: 'REMOVED_BY_PERIOD', severity: 'note' };
}

/** Takes out of the loaded file what lies outside: the row of a time, a required value or a dimension; else the value alone. */
export async function removeOutside(
  engine: Engine,
  spec: DataSpec,
  columns: readonly FileColumn[],
): Promise<void> {
  if (spec.outsidePeriod !== 'REMOVE') return;
  const bounded = boundedFields(spec, columns);
  const isOfRow = ({ field, column }: Bounded) =>
    field.datedBy === undefined || column.field.required === true || spec.level === 'CELLS';
  // Values first: the times that date them go with their rows.
  for (const each of bounded.filter((found) => !isOfRow(found)))
    await engine.run(`update file_rows set ${each.at} = null where ${each.isOutside}`);
  const rows = bounded.filter(isOfRow).map(({ isOutside }) => `(${isOutside})`);
  if (rows.length > 0) await engine.run(`delete from file_rows where ${rows.join(' or ')}`);
}
