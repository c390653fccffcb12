// The gap statistic against scipy and numpy, and on data with and without clusters.
import { runMethod } from '../catalogue';
import { SeededRandom } from '../random';
import { cellOf, expectClose, reference, rowsFrom } from '../testing/data';
import { gapsFrom, gapsOf, takenBy } from './gap';
import { wardDispersion } from './partition';
import { pointsOf } from './points';
import { irisPoints, irisRows } from './testing/references';

const expected = reference<{
  ks: number[];
  iris_ward_within: number[];
  samples_ward_within: number[][];
  gap: number[];
  spread: number[];
}>('gap.json');
const sample = (b: number) =>
  pointsOf(
    [0, 1, 2, 3].map((j) =>
      Float64Array.from({ length: 150 }, (_, i) => ((i + 1) * (i + 1) * Math.sqrt(j + 2 + 5 * b)) % 1),
    ),
  );

it('B16: dispersions of Ward’s clusters equal scipy’s, and gaps and spreads numpy’s', () => {
  const own = wardDispersion(irisPoints, expected.ks);
  const samples = [0, 1, 2].map((b) => wardDispersion(sample(b), expected.ks));
  own.forEach((value, at) => expectClose(value, expected.iris_ward_within[at]!, 1e-10));
  samples.forEach((found, b) =>
    found.forEach((value, at) => expectClose(value, expected.samples_ward_within[b]![at]!, 1e-10)),
  );
  gapsFrom(expected.ks, own, samples).forEach(({ gap, spread }, at) => {
    expectClose(gap, expected.gap[at]!, 1e-10);
    expectClose(spread, expected.spread[at]!, 1e-8);
  });
});

it('takes the first gap within one spread of the next, and the last if there is none', () => {
  const at = (...gaps: [number, number][]) =>
    takenBy(gaps.map(([gap, spread], k) => ({ k: k + 1, gap, spread })));
  expect(at([0.5, 0], [0.4, 0.01], [0.3, 0.01])).toBe(1);
  expect(at([0.1, 0], [0.4, 0.01], [0.405, 0.01])).toBe(2);
  expect(at([0.1, 0], [0.2, 0.01], [0.3, 0.01])).toBe(3);
});

/** Records around so many corners of a square, or evenly where there is none. */
function records(centres: number, n = 150) {
  const random = new SeededRandom(5);
  const columns = { a: [] as number[], b: [] as number[] };
  for (let at = 0; at < n; at += 1) {
    const corner = centres === 0 ? 0 : at % centres;
    columns.a.push(10 * (corner % 2) + random.uniform());
    columns.b.push(10 * Math.floor(corner / 2) + random.uniform());
  }
  return columns;
}

it.each([0, 3, 4])('finds %d centres again, and no clusters where there are none', (centres) => {
  const { a, b } = records(centres);
  const points = pointsOf([Float64Array.from(a), Float64Array.from(b)]);
  const gaps = gapsOf(
    points,
    wardDispersion,
    { ks: [1, 2, 3, 4, 5, 6], samples: 10, seed: 1 },
    () => undefined,
  );
  expect(takenBy(gaps)).toBe(Math.max(1, centres));
});

it('B16: the method shows gaps from one cluster on, draws them, says what they take, and refuses where they have no meaning', () => {
  const input = rowsFrom(records(3));
  const params = { fields: ['a', 'b'], gap: 5, kMost: 5, stability: 0 };
  const { result } = runMethod('clusters', input, params);
  expect(cellOf(result, 'gap', { k: '1' })['gap']).toBeLessThan(
    cellOf(result, 'gap', { k: '3' })['gap'] ?? NaN,
  );
  expect(result.tables.find(({ name }) => name === 'gap')?.notes[0]).toContain('takes 3');
  expect(result.plots.map(({ source }) => source.table)).toContain('gap');
  expect(runMethod('clusters', input, params).result).toEqual(result);
  for (const more of [{ k: 3 }, { algorithm: 'pam' }])
    expect(() => runMethod('clusters', input, { ...params, ...more })).toThrow(/gap/);
});

it('B16: the elbow is drawn through the dispersions that scipy’s Ward gives, and the largest silhouette is taken', () => {
  const fields = ['sl', 'sw', 'pl', 'pw'];
  const params = { fields, algorithm: 'ward', standardise: false, kMost: 6, stability: 0 };
  const { result } = runMethod('clusters', irisRows, params);
  const judged = [2, 3, 4, 5, 6].map((k) => cellOf(result, 'choosing', { k: String(k) }));
  // The chosen number's cost stands with all clusters together.
  const costs = judged.map(({ within }, at) => (at === 0 ? cellOf(result, 'fit')['within'] : within));
  costs.forEach((cost, at) => expectClose(cost, expected.iris_ward_within[at + 1]!));
  expect(Math.max(...judged.map(({ silhouette }) => silhouette!))).toBe(judged[0]!['silhouette']);
});
