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

export const ResultPlot = z.discriminatedUnion('kind', [BarPlot, LovePlot, SeriesPlot]);
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
  const declared = table.measures.find(({ name }) => name === measure);
  return {
    kind: 'bars',
    name: table.name,
    title: table.title,
    valueLabel: declared ? labelled(declared) : measure,
    source: { table: table.name, measure },
    bars,
    notDrawn: table.rows.filter(({ cell }) => cell.status === 'suppressed').length,
  };
}

/** The label with its unit, unless it is the unit. */
function labelled({ label, unit }: Measure): string {
  return unit === '' || unit === label ? label : `${label} (${unit})`;
}
