// What a plot may draw: numbers taken from a checked table, and nothing else.
import { z } from 'zod';
import type { CheckedTable } from './table';

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
  shape: z.enum(['line', 'steps']),
  /** What the positions 0, 1, 2 … of the x axis are called; without it x is a number. */
  ticks: z.array(z.string()).optional(),
  /** Whether to draw the diagonal on which y equals x. */
  diagonal: z.boolean(),
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

export const Plot = z.discriminatedUnion('kind', [BarPlot, ProfilePlot, LinePlot]);
export type Plot = z.infer<typeof Plot>;

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
  readonly x: { readonly measure: string } | { readonly key: string };
  /** The keys that tell one line from another. */
  readonly series?: readonly string[];
  readonly low?: string;
  readonly high?: string;
  readonly count?: string;
  readonly shape?: LinePlot['shape'];
  readonly diagonal?: boolean;
}

/** Lines of a checked table; a suppressed cell is counted, and its line is broken there. */
export function linesOf(table: CheckedTable, of: LineOf): LinePlot {
  const { x, y, series = [], shape = 'line', diagonal = false } = of;
  const ticks = 'key' in x ? [...new Set(table.rows.map(({ key }) => key[x.key] ?? ''))] : null;
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
    points,
  };
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
  if (!declared) return measure;
  return declared.label === declared.unit ? declared.label : `${declared.label} (${declared.unit})`;
}
