// Draws a bar plot as SVG on the server: only the numbers it is given, which are those of a checked table.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** What a bar plot needs; `BarPlot` of libs/statistics fits. */
export interface Bars {
  readonly title: string;
  readonly valueLabel: string;
  readonly bars: readonly { readonly facet: string; readonly label: string; readonly value: number }[];
  readonly notDrawn: number;
}

/** The part of an SVG element used here; the engine has no browser whose types it could use. */
interface SvgElement {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  prepend(child: unknown): void;
}

interface SvgDocument {
  createElementNS(namespace: string, name: string): { textContent: string };
}

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 640;
const ROW = 26;

/** An SVG document of horizontal bars, grouped by facet, each with its number; needs no script and no style sheet. */
export function drawBars(plot: Bars): string {
  const { document } = parseHTML('<html><body></body></html>') as unknown as { document: SvgDocument };
  const name = (bar: Bars['bars'][number]) => (bar.facet === '' ? bar.label : `${bar.facet} · ${bar.label}`);
  const bars = plot.bars.map((bar) => ({ name: name(bar), label: bar.label, value: bar.value }));
  const longest = Math.max(8, ...bars.map((bar) => bar.name.length));
  const drawn: unknown = Plot.plot({
    document: document as never,
    width: WIDTH,
    height: 70 + ROW * Math.max(1, bars.length),
    marginLeft: Math.min(320, 20 + 6.2 * longest),
    marginRight: 70,
    x: { label: plot.valueLabel, grid: true, nice: true },
    y: { label: null, domain: bars.map((bar) => bar.name) },
    color: {
      domain: [...new Set(bars.map((bar) => bar.label))],
      range: ['#1d70b8', '#00703c', '#912b88', '#b58840'],
    },
    marks: [
      Plot.barX(bars, { x: 'value', y: 'name', fill: 'label', insetTop: 2, insetBottom: 2 }),
      Plot.text(bars, { x: 'value', y: 'name', text: shownNumber, textAnchor: 'start', dx: 4 }),
      Plot.ruleX([0]),
    ],
  });
  const figure = drawn as SvgElement;
  figure.setAttribute('xmlns', SVG);
  figure.setAttribute('role', 'img');
  // In the SVG namespace: an HTML title would be written without escaping its text.
  const title = document.createElementNS(SVG, 'title');
  title.textContent =
    plot.notDrawn === 0 ? plot.title : `${plot.title} (${plot.notDrawn} suppressed, not drawn)`;
  figure.prepend(title);
  return `${figure.outerHTML}\n`;
}

function shownNumber({ value }: { value: number }): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}
