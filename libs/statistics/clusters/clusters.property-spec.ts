// `clusters` as people use it: what a result says, what it hides, and what is refused in which words.
import { numbersOf, textColumn } from '../input';
import { runMethod } from '../catalogue';
import type { RowInput } from '../input';
import { SeededRandom } from '../random';
import { cellOf, expectClose, lalonde, rowsFrom } from '../testing/data';
import { irisRows, r } from './testing/references';

const fields = ['sl', 'sw', 'pl', 'pw'];
const run = (input: RowInput, params: Record<string, unknown>) =>
  runMethod('clusters', input, { stability: 3, ...params });

/** Two clear groups of the given sizes on x, with a yes-no and a code that go with them. */
function groups(...sizes: number[]): RowInput {
  const random = new SeededRandom(5);
  const of = sizes.flatMap((size, group) => Array<number>(size).fill(group));
  return rowsFrom({
    x: of.map((group) => 20 * group + random.uniform()),
    y: of.map((group) => 5 * group + random.uniform()),
    yes: of.map(() => (random.uniform() < 0.5 ? 1 : 0)),
    town: of.map(() => ['north', 'south'][random.below(2)]!),
  });
}

describe('clusters of iris', () => {
  const starts = { fields, k: 3, standardise: false, startRows: [1, 51, 101] };
  const { result, diagnostics } = run(irisRows, starts);

  it('B16: gives R’s sizes, sum of squares and silhouette from given starts', () => {
    const expected = r.iris['lloyd']!;
    expect([1, 2, 3].map((cluster) => cellOf(result, 'sizes', { cluster: String(cluster) })['n'])).toEqual(
      expected.size,
    );
    expectClose(cellOf(result, 'fit')['within'], expected.tot_withinss, 1e-12);
    expectClose(cellOf(result, 'fit')['silhouette'], expected.silhouette_mean, 1e-12);
    expected.centers.forEach((centre, cluster) =>
      fields.forEach((field, at) =>
        expectClose(
          cellOf(result, 'means', { cluster: String(cluster + 1) })[`mean_${field}`],
          centre[at]!,
          1e-12,
        ),
      ),
    );
    expect(diagnostics).toEqual({ k: 3, converged: true, exactSilhouettes: true });
  });

  it('describes clusters against the rest, and shows nobody’s record', () => {
    const profile = cellOf(result, 'profile', { cluster: '1', field: 'pl' });
    expectClose(profile['inside'], 1.462, 1e-12);
    expectClose(profile['outside'], 4.906, 1e-12);
    expect(result.tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['sizes', 'fit', 'stability', 'means', 'profile']),
    );
    expect(JSON.stringify(result)).not.toMatch(/medoid/i);
  });

  it('chooses k by the mean silhouette where none is given, and shows what each would give', () => {
    const chosen = run(irisRows, { fields, standardise: false, kMost: 5 }).result;
    expectClose(
      cellOf(chosen, 'choosing', { k: '2' })['silhouette'],
      r.iris['lloyd_k2']!.silhouette_mean,
      1e-12,
    );
    // R began from four given rows and stayed in the optimum near them; restarts must do as well, and may do better.
    expect(cellOf(chosen, 'choosing', { k: '4' })['within']).toBeLessThanOrEqual(
      r.iris['lloyd_k4']!.tot_withinss,
    );
    expect(cellOf(chosen, 'sizes', { cluster: '1' })['n']).toBe(97);
    expect(chosen.plots.map(({ name }) => name)).toEqual(['sizes', 'choosing', 'profile']);
  });

  it('gives the same bytes for the same seed', () => {
    const params = { fields, k: 3, seed: 9 };
    expect(JSON.stringify(run(irisRows, params))).toBe(JSON.stringify(run(irisRows, params)));
  });
});

describe('clusters of any data', () => {
  it.each(['kmeans', 'ward', 'pam'])(
    'finds clear groups, the same in every bootstrap sample: %s',
    (algorithm) => {
      const { result } = run(groups(40, 30, 20), {
        fields: ['x', 'y'],
        algorithm,
        describeBy: ['yes', 'town'],
      });
      expect(['1', '2', '3'].map((cluster) => cellOf(result, 'sizes', { cluster })['n'])).toEqual([
        40, 30, 20,
      ]);
      expect(cellOf(result, 'stability')).toEqual({ agreement: 1, spread: 0 });
    },
  );

  it('DOMAIN § 5 frequency: a cluster of too few people is not shown, nor a total that gives it away', () => {
    const { result, findings } = run(groups(40, 30, 4), { fields: ['x', 'y'], k: 3, describeBy: ['town'] });
    const isShown = (table: string, key = {}) => {
      try {
        return cellOf(result, table, key) !== undefined;
      } catch {
        return false;
      }
    };
    const sizes = ['1', '2', '3'].filter((cluster) => isShown('sizes', { cluster }));
    expect(sizes).not.toContain('3');
    expect(isShown('fit') && sizes.length === 2).toBe(false);
    expect(findings.some(({ rule, people }) => rule === 'frequency' && people === 4)).toBe(true);
  });

  it('DOMAIN § 5: counts people, not their records', () => {
    const input = groups(40, 40);
    const id = Array.from({ length: 80 }, (_, row) => `p${row % 40}`);
    const visits: RowInput = {
      ...input,
      people: 'id',
      columns: { ...input.columns, id: textColumn(id) },
    };
    const { result } = run(visits, { fields: ['x'], k: 2 });
    expect(cellOf(result, 'sizes', { cluster: '1' })['n']).toBe(40);
    expect(cellOf(result, 'fit')['n']).toBe(40);
  });

  it('leaves out rows with a missing value, and counts the people', () => {
    const input = groups(40, 30);
    const x = numbersOf(input, 'x').slice().fill(Number.NaN, 0, 12);
    const { result } = run(
      { ...input, columns: { ...input.columns, x: { kind: 'number', values: x } } },
      { fields: ['x', 'y'], k: 2 },
    );
    expect(cellOf(result, 'left_out')).toEqual({ n: 12 });
    expect(cellOf(result, 'sizes', { cluster: '1' })['n']).toBe(30);
  });

  it('takes numbers and codes together with pam', () => {
    const { result } = run(lalonde(), {
      ...{ fields: ['age', 'race', 'married'], algorithm: 'pam', k: 3 },
      ...{ describeBy: ['re74'], stability: 1 },
    });
    expect(cellOf(result, 'fit')['n']).toBe(614);
    expect(result.tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['means', 'share_race', 'share_married']),
    );
  });

  it('samples silhouettes of many records, and says so', () => {
    const { result, diagnostics } = run(groups(3000, 2500), { fields: ['x', 'y'], k: 2, stability: 0 });
    expect(diagnostics['exactSilhouettes']).toBe(false);
    expect(result.tables.find(({ name }) => name === 'fit')?.notes).toEqual([
      'Silhouettes are of a random sample of 4000 records.',
    ]);
    expect(cellOf(result, 'fit')['silhouette']).toBeGreaterThan(0.9);
  });

  it('does not stumble over records that are all there twice', () => {
    const twice = rowsFrom({ x: Array.from({ length: 80 }, (_, row) => Math.floor(row / 20)) });
    for (const algorithm of ['kmeans', 'ward', 'pam']) {
      const { diagnostics } = run(twice, { fields: ['x'], algorithm, k: 4 });
      expect(diagnostics).toMatchObject({ k: 4, converged: true });
      expect(() => run(twice, { fields: ['x'], algorithm, k: 5 })).toThrow(
        'Fewer than 5 records differ in x, so there cannot be as many clusters. Choose a smaller k, or more fields.',
      );
    }
  });
});

describe('clusters refused', () => {
  const few = rowsFrom({ x: [1, 2, 3], same: [1, 1, 1] });
  const many = (rows: number) => rowsFrom({ x: Array.from({ length: rows }, (_, row) => row) });
  const codes = rowsFrom({ code: Array.from({ length: 300 }, (_, row) => `c${row}`) });
  const infinite = rowsFrom({ x: [1, 2, Infinity, 4], y: [1, 2, 3, 4] });

  it.each<[string, RowInput, Record<string, unknown>, string | RegExp]>([
    [
      'an unknown field',
      few,
      { fields: ['z'], k: 2 },
      'The data has no field "z"; it has x, same. Choose one of these.',
    ],
    [
      'text for k-means',
      irisRows,
      { fields: ['species'], k: 2 },
      'The field "species" holds text, and "kmeans" needs numbers. Choose a numeric field, or the algorithm "pam", which takes both.',
    ],
    [
      'k larger than n',
      few,
      { fields: ['x'], k: 3 },
      '"k" is 3, and there are no more than 3 rows with a value in each of x. Choose fewer clusters, or fields that are more often complete.',
    ],
    [
      'no rows',
      many(0),
      { fields: ['x'], k: 2 },
      'The data has no rows. Choose a release that holds records.',
    ],
    ['one row', many(1), { fields: ['x'], k: 2 }, /no more than 2 rows/],
    [
      'a field without difference',
      few,
      { fields: ['same'], k: 2 },
      'The field "same" has the same value in every complete row, so nobody is told apart by it. Leave it out.',
    ],
    [
      'infinite values',
      infinite,
      { fields: ['x'], k: 2 },
      'The field "x" holds an infinite value, with which nothing can be computed. Have it corrected, or recorded as missing.',
    ],
    [
      'too many codes',
      codes,
      { fields: ['code'], k: 2, algorithm: 'pam' },
      /The field "code" has more than 100 different codes/,
    ],
    [
      'too many records for pam',
      many(4001),
      { fields: ['x'], k: 2, algorithm: 'pam' },
      'The algorithm "pam" compares every record with every other and takes up to 4000 records; there are more. Choose the algorithm "kmeans", which takes as many as there are.',
    ],
    [
      'a start that is no complete row',
      irisRows,
      { fields, k: 2, startRows: [1, 151] },
      '"startRows" names row 151, which is not a row of the data with a value in each field. Choose another row, or leave startRows out.',
    ],
    [
      'as many starts as clusters',
      irisRows,
      { fields, k: 3, startRows: [1, 2] },
      /Name as many different rows as there are clusters/,
    ],
    [
      'starts for ward',
      irisRows,
      { fields, k: 2, algorithm: 'ward', startRows: [1, 2] },
      /Only kmeans begins from rows/,
    ],
    ['a field named twice', irisRows, { fields, describeBy: ['sl'] }, /Each field may be named once/],
    [
      'parameters of the wrong type',
      irisRows,
      { fields: 'sl', k: 'three' },
      /The parameters of "clusters" do not fit:[\s\S]*fields[\s\S]*k/,
    ],
    [
      'whose record a row is',
      lalonde(),
      { fields: ['id'], k: 2 },
      '"id" says whose record a row is, and measures nothing. Choose another field.',
    ],
  ])('names what is wrong and what would work: %s', (_name, input, params, message) => {
    expect(() => run(input, params)).toThrow(message);
  });

  it('ends where progress throws, so that a lost lease stops a run', () => {
    const progress = (done: number) => {
      if (done > 0.5) throw new Error('lease lost');
    };
    expect(() => runMethod('clusters', irisRows, { fields }, { progress })).toThrow('lease lost');
  });
});
