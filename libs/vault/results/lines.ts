// Draws lines over a number or a sequence, with intervals and counts; lines differ by dashes and marks, not by colour alone.
import * as Plot from '@observablehq/plot';
import { figureOf, shownNumber } from './figure';

/** What a line plot needs; `LinePlot` of libs/statistics fits. */
export interface Lines {
  readonly kind: 'lines';
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly shape: 'line' | 'steps' | 'points';
  readonly ticks?: readonly string[] | undefined;
  readonly diagonal: boolean;
  readonly zero?: boolean | undefined;
  readonly points: readonly LinePoint[];
  readonly notDrawn: number;
}

export interface LinePoint {
  readonly series: string;
  readonly x: number;
  readonly y: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly count?: number | undefined;
}

const COLOURS = ['#1d70b8', '#00703c', '#912b88', '#b58840', '#0b0c0c', '#505a5f'];
const DASHES = ['0', '6 3', '2 3', '8 3 2 3', '12 4', '1 4'];
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star'] as const;
const PANEL = 300;
const COUNT_LINE = 14;
/** Names of positions that fit beside each other without running together. */
const MOST_TICKS = 12;

export function drawLines(plot: Lines): string {
  const names = [...new Set(plot.points.map(({ series }) => series))];
  const counted = plot.points.filter(({ count }) => count !== undefined);
  const below = counted.length === 0 ? 0 : 16 + COUNT_LINE * names.length;
  const longest = Math.max(0, ...names.map(({ length }) => length));
  const ordered = [...plot.points].sort((a, b) => a.x - b.x);
  return figureOf(
    {
      height: PANEL + below,
      marginLeft: 60,
      marginRight: 30 + 6.2 * longest,
      marginBottom: 44 + below,
      x: xAxis(plot),
      y: { label: plot.yLabel, grid: true, nice: true },
      marks: [
        ...(plot.diagonal
          ? [Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: '#505a5f', strokeDasharray: '3 3' })]
          : []),
        ...(plot.zero === true ? [Plot.ruleY([0], { stroke: '#505a5f', strokeDasharray: '4 3' })] : []),
        ...names.flatMap((name, at) =>
          oneLine(
            plot,
            ordered.filter(({ series }) => series === name),
            at,
          ),
        ),
        Plot.text(lastOf(ordered, names), { x: 'x', y: 'y', text: 'series', textAnchor: 'start', dx: 8 }),
        ...names.map((name, at) =>
          Plot.text(
            counted.filter(({ series }) => series === name),
            {
              ...{ x: 'x', text: ({ count }: LinePoint) => shownNumber(count ?? 0), frameAnchor: 'bottom' },
              ...{ dy: 46 + COUNT_LINE * at, fontSize: 9 },
            },
          ),
        ),
        ...(counted.length === 0
          ? []
          : [
              Plot.text(['people'], {
                frameAnchor: 'bottom-left',
                dx: -54,
                dy: 46,
                textAnchor: 'start',
                fontSize: 9,
              }),
            ]),
      ],
    },
    { ...plot, description: describe(plot, names) },
  );
}

function xAxis({ ticks, xLabel, points }: Lines): Plot.ScaleOptions {
  if (ticks === undefined) return { label: xLabel, nice: true };
  const every = Math.ceil(ticks.length / MOST_TICKS);
  const named = [...ticks.keys()].filter((at) => at % every === 0);
  const last = Math.max(1, ticks.length - 1, ...points.map(({ x }) => x));
  return { label: xLabel, domain: [0, last], ticks: named, tickFormat: (at: number) => ticks[at] ?? '' };
}

function oneLine(plot: Lines, points: readonly LinePoint[], at: number): Plot.Markish[] {
  const stroke = COLOURS[at % COLOURS.length] ?? '#0b0c0c';
  const line = plot.ticks === undefined ? points : broken(points);
  const bounded = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  const curve = plot.shape === 'steps' ? 'step-after' : 'linear';
  return [
    Plot.ruleX(bounded, { x: 'x', y1: 'low', y2: 'high', stroke, strokeOpacity: 0.7 }),
    ...(plot.shape === 'points'
      ? []
      : [
          Plot.line(line, {
            x: 'x',
            y: 'y',
            stroke,
            curve,
            strokeDasharray: DASHES[at % DASHES.length] ?? '0',
          }),
        ]),
    ...(plot.shape === 'steps'
      ? []
      : [
          Plot.dot(points, {
            x: 'x',
            y: 'y',
            stroke,
            fill: stroke,
            r: 3,
            symbol: SYMBOLS[at % SYMBOLS.length] ?? 'circle',
          }),
        ]),
  ];
}

/** In a sequence a position without a number breaks the line: nothing is drawn where something is hidden. */
function broken(points: readonly LinePoint[]): LinePoint[] {
  return points.flatMap((point, at) => {
    const before = points[at - 1];
    if (before === undefined || point.x - before.x <= 1) return [point];
    return [{ series: point.series, x: before.x + 1, y: Number.NaN }, point];
  });
}

function lastOf(points: readonly LinePoint[], names: readonly string[]): LinePoint[] {
  return names.flatMap((name) => points.findLast(({ series }) => series === name) ?? []);
}

function describe({ ticks, points, xLabel, yLabel }: Lines, names: readonly string[]): string {
  const at = (x: number) => ticks?.[x] ?? shownNumber(x);
  const said = names.map((name) => {
    const own = points.filter(({ series }) => series === name);
    return `${name === '' ? '' : `${name}: `}${own.map(({ x, y }) => `${at(x)}: ${shownNumber(y)}`).join(', ')}.`;
  });
  return `${yLabel} by ${xLabel}. ${said.join(' ')}`;
}
