// Records in two groups over periods, as the difference-in-differences models read them.
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import type { CompleteRows } from '../design/complete';
import { gathered } from '../design/matrix';
import { InputRefused, columnOf, labelAt, numbersOf } from '../input';
import type { RowInput } from '../input';
import { positionsWhere } from '../order';
import { binaryOf } from '../regression/prepare';
import { refuseBroken } from '../segmented/breaks';
import { calendarOf } from '../segmented/time';
import { fieldsOfDifference } from './params';
import type { DifferenceParams } from './params';

const MOST_PERIODS = 60;

export interface Panel {
  readonly input: RowInput;
  readonly used: CompleteRows;
  readonly y: Float64Array;
  readonly group: Float64Array;
  /** Position in `periods` of each record. */
  readonly period: Int32Array;
  readonly periods: readonly string[];
  /** Periods before the change. */
  readonly before: number;
  readonly clusters: { readonly code: Int32Array; readonly count: number };
}

export function panelOf(input: RowInput, params: DifferenceParams): Panel {
  const used = completeRows(input, fieldsOfDifference(params));
  const calendar = calendarOf(input, params.time);
  const time = gathered(calendar.periods, used.rows);
  const times = [...new Set(time)].sort((a, b) => a - b);
  if (times.length > MOST_PERIODS) {
    throw new InputRefused(
      `"${params.time}" has more than ${MOST_PERIODS} periods. Use longer ones, or fewer.`,
    );
  }
  refuseBroken(calendar, [params.outcome, params.time], times, {
    told: params.breaks,
    decided: input.breaks,
  });
  const interruption = calendar.of(params.interruption, 'interruption');
  const before = times.filter((own) => own < interruption).length;
  if (before === 0 || before === times.length) {
    throw new InputRefused(
      `There are ${before} periods before the interruption and ${times.length - before} from it on, and one is needed on each side. Check "interruption".`,
    );
  }
  const position = new Map(times.map((own, at) => [own, at]));
  const period = Int32Array.from(time, (own) => position.get(own) ?? -1);
  const group = binaryOf(input, used.rows, params.group, { changed: params.changed });
  refuseEmpty(period, group, times.length, params);
  const label = columnOf(input, params.time);
  const periods = times.map((_own, at) => labelAt(label, used.rows[period.indexOf(at)] ?? -1) ?? '');
  const y = gathered(numbersOf(input, params.outcome), used.rows);
  return { input, used, y, group, period, periods, before, clusters: clustersOf(input, used, params) };
}

function refuseEmpty(
  period: Int32Array,
  group: Float64Array,
  periods: number,
  params: DifferenceParams,
): void {
  for (let at = 0; at < periods; at += 1)
    for (const own of [0, 1]) {
      if (period.some((one, row) => one === at && group[row] === own)) continue;
      throw new InputRefused(
        `In one period of "${params.time}" one group of "${params.group}" has no record. Use longer periods, or leave that one out.`,
      );
    }
}

function clustersOf(input: RowInput, used: CompleteRows, { cluster }: DifferenceParams): Panel['clusters'] {
  if (cluster === undefined || cluster === input.people) return { code: used.person, count: used.people };
  const { code, levels } = codesOf(input, cluster, used.rows, Infinity);
  if (levels.length < 2) {
    throw new InputRefused(
      `The field "${cluster}" makes one cluster, and at least two are needed. Choose another.`,
    );
  }
  return { code, count: levels.length };
}

/** Positions of the records of one group in one period. */
export function cellOf({ period, group }: Panel, at: number, own: number): Int32Array {
  return positionsWhere(period.length, (row) => period[row] === at && group[row] === own);
}
