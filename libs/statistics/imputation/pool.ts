// Rubin's rules: one estimate and its error from those of several completed data sets.

/** What one completed data set gives: an estimate and its squared standard error for each coefficient. */
export interface Single {
  readonly estimates: Float64Array;
  readonly variances: Float64Array;
}

export interface Pooled {
  readonly estimate: number;
  readonly error: number;
  /** Of tests and intervals; `Infinity` for the normal distribution. */
  readonly df: number;
  /** Fraction of the information about this coefficient that is lost by what is missing, 0 to 1. */
  readonly missing: number;
}

/**
 * Pools by Rubin (1987, § 3.1): the mean of the estimates; its variance is the mean variance within the data sets and
 * (1 + 1/m) times that between them. Degrees of freedom by Barnard and Rubin (1999), which never exceed those that complete data
 * would have; `completeDf` may be `Infinity`.
 */
export function pool(singles: readonly Single[], completeDf: number): Pooled[] {
  const size = singles[0]?.estimates.length ?? 0;
  return Array.from({ length: size }, (_, at) =>
    pooled(
      singles.map(({ estimates }) => estimates[at]!),
      singles.map(({ variances }) => variances[at]!),
      completeDf,
    ),
  );
}

function pooled(estimates: readonly number[], variances: readonly number[], completeDf: number): Pooled {
  const m = estimates.length;
  const estimate = estimates.reduce((sum, own) => sum + own, 0) / m;
  const within = variances.reduce((sum, own) => sum + own, 0) / m;
  const between = estimates.reduce((sum, own) => sum + (own - estimate) ** 2, 0) / (m - 1);
  const added = (1 + 1 / m) * between;
  const total = within + added;
  const share = total === 0 ? 0 : added / total;
  const df = degreesOf(share, m, completeDf);
  const increase = within === 0 ? Infinity : added / within;
  // Rubin (1987, eq. 3.1.10); as the increase grows without end, all information is lost.
  const missing = Number.isFinite(increase) ? (increase + 2 / (df + 3)) / (increase + 1) : 1;
  return { estimate, error: Math.sqrt(total), df, missing: share === 0 ? 0 : missing };
}

/** `share` is the part of the variance that lies between the data sets. */
function degreesOf(share: number, m: number, completeDf: number): number {
  const rubin = share === 0 ? Infinity : (m - 1) / share ** 2;
  if (!Number.isFinite(completeDf)) return rubin;
  const observed = ((completeDf + 1) / (completeDf + 3)) * completeDf * (1 - share);
  if (!Number.isFinite(rubin)) return observed;
  return (rubin * observed) / (rubin + observed);
}
