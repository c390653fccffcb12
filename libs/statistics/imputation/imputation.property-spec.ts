// Data with a known truth of which values are taken away: what multiple imputation recovers, and leaving records out does not.
import { runMethod } from '../catalogue';
import { SeededRandom } from '../random';
import { cellOf, rowsFrom } from '../testing/data';
import { chiSquaredDraw, normalDraw } from './normal';

const SLOPE = 0.5;
const [INTERCEPT, PEOPLE] = [1, 200];
const REPLICATES = 150;

/** y = 1 + 0.5 x + 0.8 z + e, x and z related; x is missing more often the larger y is, so complete records are no fair sample. */
function study(seed: number) {
  const random = new SeededRandom(seed);
  const rows = Array.from({ length: PEOPLE }, () => {
    const z = normalDraw(random);
    const x = 0.5 * z + normalDraw(random);
    const y = INTERCEPT + SLOPE * x + 0.8 * z + normalDraw(random);
    return { z, x: random.uniform() < (y > 1 ? 0.6 : 0.1) ? null : x, y };
  });
  return rowsFrom({
    x: rows.map(({ x }) => x),
    y: rows.map(({ y }) => y),
    z: rows.map(({ z }) => z),
  });
}

interface Coefficients {
  readonly slope: Record<string, number>;
  readonly intercept: Record<string, number>;
}

function regressed(seed: number, more: object): Coefficients {
  const params = { outcome: 'y', terms: ['x', 'z'], errors: 'classical', ...more };
  const { result } = runMethod('linear', study(seed), params);
  const of = (term: string) => cellOf(result, 'coefficients', { term });
  return { slope: of('x'), intercept: of('intercept') };
}

const mean = (values: number[]) => values.reduce((sum, own) => sum + own, 0) / values.length;
/** How far the mean of many estimates is from the truth. */
const off = (all: readonly Coefficients[], of: keyof Coefficients, truth: number) =>
  Math.abs(mean(all.map((each) => each[of]['estimate']!)) - truth);

describe.each(['matching', 'normal'])('values of a number missing at random, imputed by %s', (numbers) => {
  const seeds = Array.from({ length: REPLICATES }, (_, at) => at + 1);
  const imputation = (seed: number) => ({ datasets: 10, iterations: 5, seed, numbers });
  const imputed = seeds.map((seed) => regressed(seed, { imputation: imputation(seed) }));
  const complete = seeds.map((seed) => regressed(seed, {}));

  it('B16: estimates are right on average, and those of complete records alone are not', () => {
    expect(off(imputed, 'slope', SLOPE)).toBeLessThan(0.02);
    expect(off(imputed, 'intercept', INTERCEPT)).toBeLessThan(0.03);
    expect(off(complete, 'intercept', INTERCEPT)).toBeGreaterThan(0.15);
  });

  it('B16: intervals of 95 % hold the truth about 95 times in a hundred', () => {
    const held = imputed.filter(({ slope }) => slope['lower']! <= SLOPE && SLOPE <= slope['upper']!).length;
    // Fewer than 137 or more than 149 of 150 happen once in a hundred times by chance.
    expect(held).toBeGreaterThanOrEqual(137);
    expect(held).toBeLessThanOrEqual(149);
  });
});

describe('codes missing at random', () => {
  it('B16: the difference between groups comes back though their code is missing for those with high values', () => {
    const slopes = Array.from({ length: 60 }, (_, at) => {
      const random = new SeededRandom(at + 1);
      const rows = Array.from({ length: 300 }, () => {
        const group = ['a', 'b', 'c'][random.below(3)]!;
        const y = { a: 0, b: 1, c: 2 }[group]! + normalDraw(random);
        return { y, group: random.uniform() < (y > 1.5 ? 0.5 : 0.1) ? null : group };
      });
      const data = rowsFrom({ y: rows.map(({ y }) => y), group: rows.map(({ group }) => group) });
      const params = { outcome: 'y', terms: ['group'], imputation: { datasets: 8, iterations: 5, seed: at } };
      return cellOf(runMethod('linear', data, params).result, 'coefficients', { term: 'group: c' })[
        'estimate'
      ]!;
    });
    expect(Math.abs(slopes.reduce((sum, own) => sum + own, 0) / slopes.length - 2)).toBeLessThan(0.06);
  });
});

describe('draws', () => {
  it('of the normal and the chi-squared distribution have their means and variances', () => {
    const random = new SeededRandom(9);
    const moments = (draw: () => number) => {
      const drawn = Array.from({ length: 40_000 }, draw);
      const mean = drawn.reduce((sum, own) => sum + own, 0) / drawn.length;
      return [mean, drawn.reduce((sum, own) => sum + (own - mean) ** 2, 0) / drawn.length];
    };
    const [normal, squared] = [moments(() => normalDraw(random)), moments(() => chiSquaredDraw(random, 7))];
    expect(Math.abs(normal[0]!)).toBeLessThan(0.02);
    expect(Math.abs(normal[1]! - 1)).toBeLessThan(0.03);
    expect(Math.abs(squared[0]! - 7)).toBeLessThan(0.08);
    expect(Math.abs(squared[1]! - 14)).toBeLessThan(0.6);
  });
});
