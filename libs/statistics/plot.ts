// What a plot may draw: numbers taken from a checked table, and nothing else.
import { z } from 'zod';
import type { CheckedTable, Measure } from './table';

export const BarPlot = z.strictObject({
  kind: z.literal('bars'),
  name: z.string(),
  title: z.string(),
  valueLabel: z.string(),
  /** Where the numbers stand: the table and measure a reader can look them up in. */
  source: z.strictObject({ table: z.string(), measure: z.string() }),
  /** One bar per shown cell; `facet` groups bars (a stratum), `label` is the group. */
  bars: z.array(z.strictObject({ facet: z.string(), label: z.string(), value: z.number() })),
  /** How many cells of the table are suppressed and therefore not drawn. */
  notDrawn: z.number().int().nonnegative(),
});
export type BarPlot = z.infer<typeof BarPlot>;

/** One number per covariate before and after, as dots: a love plot. */
export const LovePlot = z.strictObject({
  kind: z.literal('love'),
  name: z.string(),
  title: z.string(),
  valueLabel: z.string(),
  source: z.strictObject({ table: z.string(), measure: z.string() }),
  /** A side that is not shown in the table is not given. */
  rows: z.array(
    z.strictObject({ label: z.string(), before: z.number().optional(), after: z.number().optional() }),
  ),
  notDrawn: z.number().int().nonnegative(),
});
export type LovePlot = z.infer<typeof LovePlot>;

/** A series with a break: what was observed, what the model fits, and what it expects had nothing changed. */
export const SeriesPlot = z.strictObject({
  kind: z.literal('series'),
  name: z.string(),
  title: z.string(),
  valueLabel: z.string(),
  timeLabel: z.string(),
  source: z.strictObject({ table: z.string(), measures: z.array(z.string()) }),
  /** In order of time; `at` counts periods from 0, so that a gap where one is not shown stays a gap. */
  points: z.array(
    z.strictObject({
      at: z.number().int().nonnegative(),
      label: z.string(),
      observed: z.number().optional(),
      fitted: z.number(),
      expected: z.number(),
    }),
  ),
  /** The position of the first period after the change. */
  breakAt: z.number().int().nonnegative(),
  notDrawn: z.number().int().nonnegative(),
});
export type SeriesPlot = z.infer<typeof SeriesPlot>;

/** How far groups lie from zero in each of several fields: cluster profiles, standardised differences. */
export const ProfilePlot = z.strictObject({
  kind: z.literal('profile'),
  name: z.string(),
  title: z.string(),
  valueLabel: z.string(),
  source: z.strictObject({ table: z.string(), measure: z.string() }),
  points: z.array(z.strictObject({ group: z.string(), label: z.string(), value: z.number() })),
  notDrawn: z.number().int().nonnegative(),
});
export type ProfilePlot = z.infer<typeof ProfilePlot>;

/** Lines over a number or a sequence: series over time, calibration, ROC at chosen thresholds, survival. */
export const LinePlot = z.strictObject({
  kind: z.literal('lines'),
  name: z.string(),
  title: z.string(),
  xLabel: z.string(),
  yLabel: z.string(),
  source: z.strictObject({ table: z.string(), measure: z.string() }),
  shape: z.enum(['line', 'steps', 'points']),
  /** What the positions 0, 1, 2 … of the x axis are called; without it x is a number. */
  ticks: z.array(z.string()).optional(),
  /** Whether to draw the diagonal on which y equals x. */
  diagonal: z.boolean(),
  /** Whether to draw the line at zero: where nothing differs. */
  zero: z.boolean().optional(),
  /** `low` and `high` bound an interval; `count` is printed below the point. A point that is missing breaks the line. */
  points: z.array(
    z.strictObject({
      series: z.string(),
      x: z.number(),
      y: z.number(),
      low: z.number().optional(),
      high: z.number().optional(),
      count: z.number().optional(),
    }),
  ),
  notDrawn: z.number().int().nonnegative(),
});
export type LinePlot = z.infer<typeof LinePlot>;

export const ResultPlot = z.discriminatedUnion('kind', [
  BarPlot,
  LovePlot,
  SeriesPlot,
  ProfilePlot,
  LinePlot,
]);
export type ResultPlot = z.infer<typeof ResultPlot>;

/** One measure of a checked table whose keys are a label and which of two samples (`before`, `after`) it is of. */
export function loveOf(
  table: CheckedTable,
  measure: string,
  keys: { label: string; sample: string; before: string; after: string },
): LovePlot {
  const valueAt = (label: string, sample: string) => {
    const row = table.rows.find(({ key }) => key[keys.label] === label && key[keys.sample] === sample);
    return row?.cell.status === 'shown' ? row.cell.values[measure] : undefined;
  };
  const labels = [...new Set(table.rows.map(({ key }) => key[keys.label] ?? ''))];
  const rows = labels.map((label) => {
    const [before, after] = [valueAt(label, keys.before), valueAt(label, keys.after)];
    return { label, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  });
  return {
    kind: 'love',
    name: table.name,
    title: table.title,
    valueLabel: table.measures.find(({ name }) => name === measure)?.label ?? measure,
    source: { table: table.name, measure },
    rows,
    notDrawn: table.rows.filter(({ cell }) => cell.status === 'suppressed').length,
  };
}

/** The measures `observed`, `fitted` and `expected` of a checked table of periods; `periods` are all of them, in order. */
export function seriesPlotOf(
  table: CheckedTable,
  timeKey: string,
  { periods, breakAt }: { periods: readonly string[]; breakAt: number },
): SeriesPlot {
  const position = new Map(periods.map((label, at) => [label, at]));
  const points = table.rows.flatMap(({ key, cell }) => {
    const at = position.get(key[timeKey] ?? '');
    if (at === undefined || cell.status !== 'shown') return [];
    const { observed, fitted, expected } = cell.values;
    if (fitted === undefined || expected === undefined) return [];
    return [
      { at, label: key[timeKey] ?? '', ...(observed === undefined ? {} : { observed }), fitted, expected },
    ];
  });
  const declared = table.measures.find(({ name }) => name === 'observed');
  return {
    kind: 'series',
    name: table.name,
    title: table.title,
    valueLabel: declared ? labelled(declared) : '',
    timeLabel: timeKey,
    source: { table: table.name, measures: ['observed', 'fitted', 'expected'] },
    points,
    breakAt,
    notDrawn: periods.length - points.length,
  };
}

/** Bars of one measure of a checked table; suppressed cells are counted, not drawn. */
export function barsOf(table: CheckedTable, measure: string, labelKey: string): BarPlot {
  const facets = table.keys.filter((key) => key !== labelKey);
  const bars = table.rows.flatMap(({ key, cell }) => {
    const value = cell.status === 'shown' ? cell.values[measure] : undefined;
    if (value === undefined) return [];
    const facet = facets.map((name) => `${name}: ${key[name] ?? ''}`).join(', ');
    return [{ facet, label: `${labelKey} ${key[labelKey] ?? ''}`, value }];
  });
  return { kind: 'bars', ...headOf(table, measure), valueLabel: labelOf(table, measure), bars };
}

/** A measure of a checked table, one point per group and label; what is suppressed is counted, not drawn. */
export function profileOf(
  table: CheckedTable,
  { measure, group, label }: { measure: string; group: string; label: string },
): ProfilePlot {
  const points = table.rows.flatMap(({ key, cell }) => {
    const value = cell.status === 'shown' ? cell.values[measure] : undefined;
    if (value === undefined) return [];
    return [{ group: `${group} ${key[group] ?? ''}`, label: key[label] ?? '', value }];
  });
  return { kind: 'profile', ...headOf(table, measure), valueLabel: labelOf(table, measure), points };
}

/** What a line plot reads from each row of a table: the x as a measure, or as the key whose labels are in sequence. */
export interface LineOf {
  readonly y: string;
  /** `order` is the whole sequence, such as a calendar's months, so that what is not in the table stays a gap. */
  readonly x: { readonly measure: string } | { readonly key: string; readonly order?: readonly string[] };
  /** The keys that tell one line from another. */
  readonly series?: readonly string[];
  readonly low?: string;
  readonly high?: string;
  readonly count?: string;
  readonly shape?: LinePlot['shape'];
  readonly diagonal?: boolean;
  readonly zero?: boolean;
}

/** Lines of a checked table; a suppressed cell is counted, and its line is broken there. */
export function linesOf(table: CheckedTable, of: LineOf): LinePlot {
  const { x, y, series = [], shape = 'line', diagonal = false, zero = false } = of;
  const ticks = 'key' in x ? sequenceOf(table, x.key, x.order) : null;
  const points = table.rows.flatMap(({ key, cell }) => {
    if (cell.status !== 'shown') return [];
    const at = 'key' in x ? (ticks ?? []).indexOf(key[x.key] ?? '') : cell.values[x.measure];
    const value = cell.values[y];
    if (at === undefined || value === undefined) return [];
    const name = series.map((part) => `${part} ${key[part] ?? ''}`).join(', ');
    const more = (['low', 'high', 'count'] as const).flatMap((part) => {
      const measured = cell.values[of[part] ?? ''];
      return measured === undefined ? [] : [[part, measured] as const];
    });
    return [{ series: name, x: at, y: value, ...Object.fromEntries(more) }];
  });
  return {
    ...{ kind: 'lines', ...headOf(table, y), yLabel: labelOf(table, y), shape, diagonal },
    xLabel: 'key' in x ? x.key : labelOf(table, x.measure),
    ...(ticks === null ? {} : { ticks }),
    ...(zero ? { zero } : {}),
    points,
  };
}

/** The labels of a key as they come in the table, with those of `order` that lie between the first and the last. */
function sequenceOf({ rows }: CheckedTable, key: string, order?: readonly string[]): string[] {
  const labels = new Set(rows.map((row) => row.key[key] ?? ''));
  if (order === undefined) return [...labels];
  const isIn = (label: string) => labels.has(label);
  return order.slice(order.findIndex(isIn), order.findLastIndex(isIn) + 1);
}

function headOf(table: CheckedTable, measure: string) {
  return {
    ...{ name: table.name, title: table.title, source: { table: table.name, measure } },
    notDrawn: table.rows.filter(
      ({ cell }) => cell.status === 'suppressed' || cell.withheld?.[measure] !== undefined,
    ).length,
  };
}

function labelOf({ measures }: CheckedTable, measure: string): string {
  const declared = measures.find(({ name }) => name === measure);
  return declared ? labelled(declared) : measure;
}

/** The label with its unit, unless it is the unit. */
function labelled({ label, unit }: Measure): string {
  return unit === '' || unit === label ? label : `${label} (${unit})`;
}
