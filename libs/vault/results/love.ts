// Draws a love plot: how far apart two groups are in each covariate, before and after.
import * as Plot from '@observablehq/plot';
import { figureOf } from './figure';

/** What it needs; `LovePlot` of libs/statistics fits. */
export interface Love {
  readonly kind: 'love';
  readonly title: string;
  readonly valueLabel: string;
  readonly rows: readonly {
    readonly label: string;
    readonly before?: number | undefined;
    readonly after?: number | undefined;
  }[];
  readonly notDrawn: number;
}

const ROW = 24;
/** Beyond this the groups are commonly held to differ (Austin 2009). */
const LIMIT = 0.1;
const BEFORE = { name: 'before', symbol: 'circle', color: '#0b0c0c' };
const AFTER = { name: 'after', symbol: 'diamond', color: '#1d70b8' };

/** Open circles before and full diamonds after, so that they are told apart without colour too. */
export function drawLove(plot: Love): string {
  const dots = (sample: 'before' | 'after') =>
    plot.rows.flatMap(({ label, [sample]: value }) =>
      value === undefined ? [] : [{ label, value, sample: sample === 'before' ? BEFORE.name : AFTER.name }],
    );
  const [before, after] = [dots('before'), dots('after')];
  const longest = Math.max(8, ...plot.rows.map(({ label }) => label.length));
  const far = after.filter(({ value }) => Math.abs(value) > LIMIT).map(({ label }) => label);
  return figureOf(
    {
      height: 90 + ROW * Math.max(1, plot.rows.length),
      marginLeft: Math.min(320, 20 + 6.2 * longest),
      marginTop: 50,
      x: { label: plot.valueLabel, grid: true, nice: true },
      y: { label: null, domain: plot.rows.map(({ label }) => label) },
      marks: [
        Plot.ruleX([0]),
        Plot.ruleX([-LIMIT, LIMIT], { strokeDasharray: '4 3', stroke: '#505a5f' }),
        Plot.dot(before, {
          x: 'value',
          y: 'label',
          r: 5,
          symbol: 'circle',
          stroke: BEFORE.color,
          strokeWidth: 1.5,
        }),
        Plot.dot(after, { x: 'value', y: 'label', r: 5, symbol: 'diamond', fill: AFTER.color }),
        Plot.text([`○ ${BEFORE.name}    ◆ ${AFTER.name}    ┆ ±${LIMIT}`], { frameAnchor: 'top', dy: -36 }),
      ],
    },
    { ...plot, description: described(plot, far) },
  );
}

function described({ rows, valueLabel }: Love, far: readonly string[]): string {
  const rest = far.length === 0 ? 'none is' : `${far.join(', ')} ${far.length === 1 ? 'is' : 'are'}`;
  return `${valueLabel} of ${rows.length} covariates before and after; after ${rest} more than ${LIMIT} apart.`;
}
