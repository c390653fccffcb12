// Draws from the normal and the chi-squared distribution, and from a normal one around an estimate, seeded.
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Square } from '../linear-algebra/cholesky';
import type { SeededRandom } from '../random';

/** A standard normal number, by the inverse of its distribution: one draw, one number. */
export function normalDraw(random: SeededRandom): number {
  // The middle of each of the 2^53 steps: never 0, never 1.
  return normalQuantile(random.uniform() + 2 ** -54, 0, 1);
}

/** A chi-squared number, by Marsaglia and Tsang's gamma draw (2000, ACM TOMS 26); `df` at least 2. */
export function chiSquaredDraw(random: SeededRandom, df: number): number {
  const d = df / 2 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = random.uniform() + 2 ** -54;
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return 2 * d * v;
  }
}

/** b + s·z where z has the covariance (L Lᵀ)⁻¹, L being the factor of a precision: Lᵀ z = a standard normal vector. */
export function drawAround(
  random: SeededRandom,
  estimate: Float64Array,
  { size, values }: Square,
  scale = 1,
): Float64Array {
  const z = Float64Array.from({ length: size }, () => normalDraw(random));
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = z[row]!;
    for (let k = row + 1; k < size; k += 1) rest -= values[k * size + row]! * z[k]!;
    z[row] = rest / values[row * size + row]!;
  }
  return estimate.map((own, at) => own + scale * z[at]!);
}
