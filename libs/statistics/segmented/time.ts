// Periods as whole numbers: 2014, 2014-09, 2014-09-01 and a plain number each count in their own unit.
import { InputRefused, allRows, columnOf, distinctIn, labelAt } from '../input';
import type { MethodInput } from '../input';
import type { Point } from './params';

type Unit = 'number' | 'year' | 'month' | 'day';

export interface Calendar {
  readonly unit: Unit;
  /** A period as a number of units; NaN where it is missing. */
  readonly periods: Float64Array;
  /** The same for a point of the parameters, or a refusal that names the parameter. */
  of(point: Point, parameter: string): number;
  /** The period that holds a day (YYYY-MM-DD), and whether it begins with it; NaN where periods are numbers that are no years. */
  periodOf(day: string): { period: number; isItsFirstDay: boolean };
}

export function calendarOf(input: MethodInput, field: string): Calendar {
  const column = columnOf(input, field);
  if (column.kind === 'number') {
    return {
      unit: 'number',
      periods: column.values,
      of: (point, parameter) => numbered('number', point, parameter, field),
      periodOf: (day) => ({
        period: areYears(column.values) ? Number(day.slice(0, 4)) : Number.NaN,
        isItsFirstDay: day.endsWith('-01-01'),
      }),
    };
  }
  const [first = ''] = distinctIn(column, allRows(input)).first.map((row) => labelAt(column, row));
  const unit = unitOf(first ?? '');
  const periods = Float64Array.from(allRows(input), (row) => {
    const label = labelAt(column, row);
    if (label === null) return Number.NaN;
    if (unit === undefined || unitOf(label) !== unit) throw noPeriods(field);
    return unitsOf(unit, label);
  });
  return {
    unit: unit ?? 'day',
    periods,
    of: (point, parameter) => numbered(unit ?? 'day', point, parameter, field),
    periodOf: (day) => placeOf(unit, day),
  };
}

function numbered(unit: Unit, point: Point, parameter: string, field: string): number {
  if (unit === 'number' && typeof point === 'number') return point;
  // A year is the same, written as a number or as text.
  if (unit === 'number' && unitOf(String(point)) === 'year') return Number(point);
  if (unitOf(String(point)) === unit) return unitsOf(unit, String(point));
  throw new InputRefused(
    `"${parameter}" is ${point}, which is not written as the periods of "${field}" are. Write it as they are.`,
  );
}

const areYears = (values: Float64Array): boolean =>
  values.every((value) => Number.isNaN(value) || (Number.isInteger(value) && value >= 1000 && value <= 9999));

function placeOf(unit: Unit | undefined, day: string) {
  const length = { number: 4, year: 4, month: 7, day: 10 }[unit ?? 'day'];
  return {
    period: unitsOf(unit ?? 'day', day.slice(0, length)),
    isItsFirstDay: `${day.slice(0, length)}-01-01`.startsWith(day),
  };
}

function unitOf(text: string): Unit | undefined {
  if (/^\d{4}$/.test(text)) return 'year';
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return 'month';
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))) return 'day';
  return undefined;
}

function unitsOf(unit: Unit, text: string): number {
  if (unit === 'month') return Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;
  return unit === 'day' ? Date.parse(`${text}T00:00:00Z`) / 86_400_000 : Number(text);
}

function noPeriods(field: string): InputRefused {
  return new InputRefused(
    `The field "${field}" must hold periods written alike (a number, YYYY, YYYY-MM or YYYY-MM-DD), and does not in every record. Choose a field of periods.`,
  );
}
