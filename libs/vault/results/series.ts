// Draws a series with a break: points observed, the fitted line, and the line expected had nothing changed.
import * as Plot from '@observablehq/plot';
import { figureOf, shownNumber } from './figure';

/** What it needs; `SeriesPlot` of libs/statistics fits. */
export interface Series {
  readonly kind: 'series';
  readonly title: string;
  readonly valueLabel: string;
  readonly timeLabel: string;
  readonly points: readonly {
    readonly at: number;
    readonly label: string;
    readonly observed?: number | undefined;
    readonly fitted: number;
    readonly expected: number;
  }[];
  readonly breakAt: number;
  readonly notDrawn: number;
}

const TICKS = 8;

/** A full line for the fit and a dashed one for what was expected; a gap stays where a period is not shown. */
export function drawSeries(plot: Series): string {
  const { points, breakAt } = plot;
  const after = points.filter(({ at }) => at >= breakAt);
  const observed = points.filter((point) => point.observed !== undefined);
  const label = new Map(points.map((point) => [point.at, point.label]));
  return figureOf(
    {
      height: 360,
      marginLeft: 60,
      marginTop: 40,
      marginBottom: 45,
      x: {
        label: plot.timeLabel,
        ticks: ticksOf(points.map(({ at }) => at)),
        tickFormat: (at: number) => label.get(at) ?? '',
      },
      y: { label: plot.valueLabel, grid: true, nice: true },
      marks: [
        Plot.ruleX([breakAt - 0.5], { strokeDasharray: '2 3', stroke: '#505a5f' }),
        Plot.dot(observed, { x: 'at', y: 'observed', r: 2.2, fill: '#505a5f' }),
        ...lines(points.filter(({ at }) => at < breakAt)).map((part) =>
          Plot.line(part, { x: 'at', y: 'fitted', stroke: '#1d70b8', strokeWidth: 2 }),
        ),
        ...lines(after).flatMap((part) => [
          Plot.line(part, { x: 'at', y: 'fitted', stroke: '#1d70b8', strokeWidth: 2 }),
          Plot.line(part, { x: 'at', y: 'expected', stroke: '#0b0c0c', strokeDasharray: '6 4' }),
        ]),
        Plot.text(['● observed    ━ fitted    ╌ expected had nothing changed    ┊ change'], {
          frameAnchor: 'top',
          dy: -26,
        }),
      ],
    },
    { ...plot, description: described(plot) },
  );
}

/** Runs of periods that follow each other. */
function lines<T extends { readonly at: number }>(points: readonly T[]): T[][] {
  const runs: T[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.at === point.at - 1) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

function ticksOf(at: readonly number[]): number[] {
  const every = Math.max(1, Math.ceil(at.length / TICKS));
  return at.filter((_at, index) => index % every === 0);
}

function described({ points, breakAt, valueLabel, timeLabel }: Series): string {
  const first = points.find(({ at }) => at >= breakAt);
  const last = points.at(-1);
  if (!first || !last) return `${valueLabel} by ${timeLabel}; no period after the change is shown.`;
  return `${valueLabel} by ${timeLabel}, ${points.length} periods, with a change at ${first.label}. In ${last.label} the model fits ${shownNumber(last.fitted)}, and expects ${shownNumber(last.expected)} had nothing changed.`;
}
