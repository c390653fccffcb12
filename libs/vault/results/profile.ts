// Draws how far groups lie from zero in several fields, one panel per group: told apart by place, not by colour.
import * as Plot from '@observablehq/plot';
import { figureOf, shownNumber } from './figure';

/** What a profile needs; `ProfilePlot` of libs/statistics fits. */
export interface Profile {
  readonly kind: 'profile';
  readonly title: string;
  readonly valueLabel: string;
  readonly points: readonly { readonly group: string; readonly label: string; readonly value: number }[];
  readonly notDrawn: number;
}

const ROW = 22;
const MOST_LABEL = 36;
/** Panels side by side before another row of panels begins. */
const ACROSS = 4;
const LETTER = 6.2;

export function drawProfile(plot: Profile): string {
  const labels = [...new Set(plot.points.map(({ label }) => label))];
  const groups = [...new Set(plot.points.map(({ group }) => group))];
  const across = Math.min(ACROSS, Math.max(1, groups.length));
  const down = Math.ceil(Math.max(1, groups.length) / across);
  const points = plot.points.map((point) => {
    const at = groups.indexOf(point.group);
    return { ...point, column: at % across, line: Math.floor(at / across) };
  });
  const heads = groups.map((group, at) => ({ group, column: at % across, line: Math.floor(at / across) }));
  const most = Math.max(0.1, ...plot.points.map(({ value }) => Math.abs(value)));
  const longest = Math.min(MOST_LABEL, Math.max(8, ...labels.map(({ length }) => length)));
  const place = { fx: 'column', fy: 'line', x: 'value', y: 'label' } as const;
  const number = ({ value }: { value: number }) => shownNumber(value);
  return figureOf(
    {
      height: 50 + down * (34 + ROW * Math.max(1, labels.length)),
      marginLeft: 20 + LETTER * longest,
      marginTop: 30,
      marginBottom: 40,
      // Room on both sides for the numbers, which stand outside the bars.
      x: { label: plot.valueLabel, domain: [-1.7 * most, 1.7 * most], ticks: 3, grid: true },
      y: { label: null, domain: labels, tickFormat: (label: string) => cut(label) },
      fx: { axis: null, padding: 0.08 },
      fy: { axis: null, padding: 0.12 },
      marks: [
        Plot.text(heads, {
          fx: 'column',
          fy: 'line',
          text: 'group',
          frameAnchor: 'top',
          dy: -14,
          fontWeight: 'bold',
        }),
        Plot.ruleX([0]),
        Plot.barX(points, { ...place, fill: '#1d70b8', insetTop: 3, insetBottom: 3 }),
        Plot.text(
          points.filter(({ value }) => value >= 0),
          { ...place, text: number, textAnchor: 'start', dx: 3 },
        ),
        Plot.text(
          points.filter(({ value }) => value < 0),
          { ...place, text: number, textAnchor: 'end', dx: -3 },
        ),
      ],
    },
    { ...plot, description: `${plot.valueLabel}. ${groups.map((group) => inWords(plot, group)).join(' ')}` },
  );
}

function cut(label: string): string {
  return label.length <= MOST_LABEL ? label : `${label.slice(0, MOST_LABEL - 1)}…`;
}

function inWords({ points }: Profile, group: string): string {
  const own = points.filter((point) => point.group === group);
  return `${group}: ${own.map(({ label, value }) => `${label} ${shownNumber(value)}`).join(', ')}.`;
}
