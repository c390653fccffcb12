// What a measurement says: medians and percentiles, one JSON line per figure, and the table people read.

export interface Figure {
  id: string;
  what: string;
  value: number;
  unit: string;
  /** The same measured of the peer in the same run; null where there is none. */
  peer: number | null;
  /** value / peer, or for rates value per peer. */
  ratio: number | null;
  goal: string;
  met: boolean;
}

/** The p-th percentile (0–100) by the nearest-rank method. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(0, Math.ceil((p / 100) * sorted.length) - 1);
  return sorted[rank] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** A time that should be at most `most` times the peer's. */
export function atMost(
  figure: Omit<Figure, 'ratio' | 'goal' | 'met'> & { peer: number },
  most: number,
): Figure {
  const ratio = figure.value / figure.peer;
  return { ...figure, ratio, goal: `≤ ${most}× peer`, met: ratio <= most };
}

/** A rate that should be at least `least` times the peer's. */
export function atLeast(
  figure: Omit<Figure, 'ratio' | 'goal' | 'met'> & { peer: number },
  least: number,
): Figure {
  const ratio = figure.value / figure.peer;
  return { ...figure, ratio, goal: `≥ ${least}× peer`, met: ratio >= least };
}

/** A duration with a goal of its own. */
export function within(figure: Omit<Figure, 'ratio' | 'goal' | 'met' | 'peer'>, most: number): Figure {
  return { ...figure, peer: null, ratio: null, goal: `≤ ${most} ${figure.unit}`, met: figure.value <= most };
}

const rounded = (value: number | null): string =>
  value === null ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(2);

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((f) => [
    f.id,
    f.what,
    `${rounded(f.value)} ${f.unit}`,
    rounded(f.peer),
    rounded(f.ratio),
    f.goal,
    f.met ? 'met' : 'missed',
  ]);
  const all = [['figure', 'what', 'value', 'peer', 'ratio', 'goal', ''], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

export const jsonLine = ({ id, value, unit, peer, ratio, goal, met }: Figure): string =>
  JSON.stringify({ id, value, unit, peer, ratio, goal, met });
