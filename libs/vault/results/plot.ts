// Draws a result's plots as SVG on the server: only the numbers they are given, which are those of a checked table.
import * as Plot from '@observablehq/plot';
import { figureOf, shownNumber } from './figure';
import { drawLines } from './lines';
import type { Lines } from './lines';
import { drawLove } from './love';
import type { Love } from './love';
import { drawProfile } from './profile';
import type { Profile } from './profile';
import { drawSeries } from './series';
import type { Series } from './series';

/** What a bar plot needs; `BarPlot` of libs/statistics fits. */
export interface Bars {
  readonly kind: 'bars';
  readonly title: string;
  readonly valueLabel: string;
  readonly bars: readonly { readonly facet: string; readonly label: string; readonly value: number }[];
  readonly notDrawn: number;
}

const ROW = 26;

/** An SVG document of the plot; needs no script and no style sheet. */
export function drawPlot(plot: Bars | Love | Series | Profile | Lines): string {
  switch (plot.kind) {
    case 'bars':
      return drawBars(plot);
    case 'love':
      return drawLove(plot);
    case 'series':
      return drawSeries(plot);
    case 'profile':
      return drawProfile(plot);
    case 'lines':
      return drawLines(plot);
  }
}

/** Horizontal bars, grouped by facet, each with its number. */
function drawBars(plot: Bars): string {
  const name = (bar: Bars['bars'][number]) => (bar.facet === '' ? bar.label : `${bar.facet} · ${bar.label}`);
  const bars = plot.bars.map((bar) => ({ name: name(bar), label: bar.label, value: bar.value }));
  const longest = Math.max(8, ...bars.map((bar) => bar.name.length));
  return figureOf(
    {
      height: 70 + ROW * Math.max(1, bars.length),
      marginLeft: Math.min(320, 20 + 6.2 * longest),
      marginRight: 70,
      x: { label: plot.valueLabel, grid: true, nice: true },
      y: { label: null, domain: bars.map((bar) => bar.name) },
      color: {
        domain: [...new Set(bars.map((bar) => bar.label))],
        // Told apart on grey paper too; each bar also carries its name.
        range: ['#1d70b8', '#b58840', '#0b0c0c', '#912b88'],
      },
      marks: [
        Plot.barX(bars, { x: 'value', y: 'name', fill: 'label', insetTop: 2, insetBottom: 2 }),
        Plot.text(bars, {
          x: 'value',
          y: 'name',
          text: ({ value }: { value: number }) => shownNumber(value),
          textAnchor: 'start',
          dx: 4,
        }),
        Plot.ruleX([0]),
      ],
    },
    { ...plot, description: inWords(plot.valueLabel, bars) },
  );
}

/** As many as somebody listens to; the table beside the plot has all. */
const MOST_SAID = 40;

function inWords(valueLabel: string, bars: readonly { name: string; value: number }[]): string {
  const said = bars.slice(0, MOST_SAID).map(({ name, value }) => `${name}: ${shownNumber(value)}`);
  const more = bars.length > MOST_SAID ? `, and ${bars.length - MOST_SAID} more` : '';
  return `Bars of ${valueLabel}. ${said.join(', ')}${more}.`;
}
