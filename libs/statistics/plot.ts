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
    valueLabel: declared ? `${declared.label} (${declared.unit})` : measure,
    source: { table: table.name, measure },
    bars,
    notDrawn: table.rows.filter(({ cell }) => cell.status === 'suppressed').length,
  };
}
