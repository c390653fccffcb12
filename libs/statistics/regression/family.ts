// The three families of outcome: how the mean follows from the linear predictor, and how far a fit is from the data.

/** A generalised linear model's family with its canonical link (McCullagh & Nelder 1989, table 2.1). */
export interface Family {
  readonly name: 'linear' | 'logistic' | 'poisson';
  mean(eta: number): number;
  link(mean: number): number;
  /** Variance of the outcome at this mean; with a canonical link also dμ/dη. */
  variance(mean: number): number;
  /** One observation's part of the deviance. */
  deviance(y: number, mean: number): number;
  /** Whether curvature does not change with the coefficients: one Newton step is then enough. */
  readonly isQuadratic: boolean;
}

/** y log(y / mean), 0 where y is. */
const entropy = (y: number, mean: number) => (y === 0 ? 0 : y * Math.log(y / mean));

export const gaussian: Family = {
  name: 'linear',
  mean: (eta) => eta,
  link: (mean) => mean,
  variance: () => 1,
  deviance: (y, mean) => (y - mean) ** 2,
  isQuadratic: true,
};

export const binomial: Family = {
  name: 'logistic',
  mean: (eta) => 1 / (1 + Math.exp(-eta)),
  link: (mean) => Math.log(mean / (1 - mean)),
  variance: (mean) => mean * (1 - mean),
  deviance: (y, mean) => 2 * (entropy(y, mean) + entropy(1 - y, 1 - mean)),
  isQuadratic: false,
};

export const poisson: Family = {
  name: 'poisson',
  mean: Math.exp,
  link: Math.log,
  variance: (mean) => mean,
  deviance: (y, mean) => 2 * (entropy(y, mean) - (y - mean)),
  isQuadratic: false,
};
