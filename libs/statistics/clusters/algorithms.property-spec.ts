// The clustering algorithms against R, SciPy, scikit-learn and kmedoids, and against what must hold of any of them.
import * as fc from 'fast-check';
import { SeededRandom } from '../random';
import { gowerDistances } from './gower';
import type { MixedField } from './gower';
import { kMeans, kMeansRestarted, plusPlusStarts, total } from './kmeans';
import { pam } from './pam';
import { deviationsOf, meansOf, pointsOf, rowsOf, squaredDistance, standardised } from './points';
import type { Points } from './points';
import { adjustedRandIndex } from './rand-index';
import { silhouettes } from './silhouette';
import { iris, irisPoints, lalonde, numbers, python, r } from './testing/references';
import { cutTree, wardMerges } from './ward';

const euclid =
  ({ width, values }: Points) =>
  (a: number, b: number) =>
    Math.sqrt(squaredDistance(width, values, a, values, b));
const mean = (values: Float64Array) => total(values) / values.length;
/** Numbers clusters by their first rows, as other software's labels are. */
const renumbered = (clusters: Int32Array) => {
  const numbersOf = new Map<number, number>();
  return Array.from(clusters, (cluster) => {
    if (!numbersOf.has(cluster)) numbersOf.set(cluster, numbersOf.size);
    return numbersOf.get(cluster);
  });
};

/** Lloyd's algorithm word for word: what Hamerly's must equal. */
function lloyd({ rows, width, values }: Points, starts: Int32Array): number[] {
  let centres = Array.from(starts, (row) => [...values.subarray(row * width, (row + 1) * width)]);
  let clusters: number[] = [];
  for (let round = 0; round < 300; round += 1) {
    const next = Array.from({ length: rows }, (_, row) => {
      const to = centres.map((centre) => squaredDistance(width, values, row, Float64Array.from(centre), 0));
      return to.indexOf(Math.min(...to));
    });
    if (next.every((cluster, row) => cluster === clusters[row])) break;
    clusters = next;
    centres = centres.map((old, cluster) => {
      const members = clusters.flatMap((own, row) => (own === cluster ? [row] : []));
      if (members.length === 0) return old;
      return old.map(
        (_, column) => members.reduce((sum, row) => sum + values[row * width + column]!, 0) / members.length,
      );
    });
  }
  return clusters;
}

const somePoints = fc
  .record({
    seed: fc.nat(2 ** 31),
    rows: fc.integer({ min: 12, max: 80 }),
    width: fc.integer({ min: 1, max: 4 }),
    blobs: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ seed, rows, width, blobs }) => {
    const random = new SeededRandom(seed);
    const columns = Array.from({ length: width }, () =>
      Float64Array.from({ length: rows }, (_, row) => (row % blobs) * 3 + random.uniform() * 2),
    );
    return pointsOf(columns);
  });

describe('k-means', () => {
  const lloyds = Object.entries(r.iris).filter(([name]) => name.startsWith('lloyd'));

  it.each(lloyds)('B16: equals R (Lloyd) from the given starts: %s', (_name, expected) => {
    const found = kMeans(
      irisPoints,
      Int32Array.from(expected.start_rows_1based, (row) => row - 1),
    );
    expect(Array.from(found.clusters, (cluster) => cluster + 1)).toEqual(expected.cluster);
    expect(found.converged).toBe(true);
    expected.centers.flat().forEach((value, at) => expect(found.centres[at]).toBeCloseTo(value, 12));
    expected.withinss.forEach((value, at) => expect(found.within[at]).toBeCloseTo(value, 11));
    expect(total(found.within)).toBeCloseTo(expected.tot_withinss, 10);
    const each = silhouettes(found.clusters, expected.size.length, euclid(irisPoints));
    expect(mean(each)).toBeCloseTo(expected.silhouette_mean, 12);
    expected.silhouette?.forEach((value, at) => expect(each[at]).toBeCloseTo(value, 11));
  });

  it.each(['hw', 'macqueen'])('B16: ends where R’s other algorithms end: %s', (name) => {
    const expected = r.iris[name]!;
    const found = kMeans(
      irisPoints,
      Int32Array.from(expected.start_rows_1based, (row) => row - 1),
    );
    expect(Array.from(found.clusters, (cluster) => cluster + 1)).toEqual(expected.cluster);
    expect(total(found.within)).toBeCloseTo(expected.tot_withinss, 10);
  });

  it('B16: restarts find the optimum that Hartigan and Wong’s algorithm finds from bad starts', () => {
    const found = kMeansRestarted(irisPoints, { k: 3, restarts: 10, random: new SeededRandom(1) });
    expect(total(found!.within)).toBeCloseTo(r.iris['hw_bad_start']!.tot_withinss, 10);
  });

  it('leaves out distances, never results: Hamerly’s bounds give what Lloyd’s algorithm gives', () => {
    fc.assert(
      fc.property(somePoints, fc.integer({ min: 2, max: 6 }), fc.nat(1000), (points, k, seed) => {
        const starts = plusPlusStarts(points, k, new SeededRandom(seed))!;
        const found = kMeans(points, starts);
        fc.pre(new Set(lloyd(points, starts)).size === k);
        expect(Array.from(found.clusters)).toEqual(lloyd(points, starts));
      }),
      { numRuns: 200 },
    );
  });

  it('puts centres at the means of their rows, and never has an empty cluster where rows differ', () => {
    fc.assert(
      fc.property(somePoints, fc.integer({ min: 2, max: 6 }), fc.nat(1000), (points, k, seed) => {
        const starts = new SeededRandom(seed).sample(points.rows, k);
        const { clusters, centres } = kMeans(points, starts);
        for (let cluster = 0; cluster < k; cluster += 1) {
          const members = Int32Array.from([...clusters.keys()].filter((row) => clusters[row] === cluster));
          expect(members.length).toBeGreaterThan(0);
          meansOf(rowsOf(points, members)).forEach((value, column) =>
            expect(centres[cluster * points.width + column]).toBeCloseTo(value, 10),
          );
        }
      }),
    );
  });

  it('does not mind the order of the rows, given the same starts', () => {
    fc.assert(
      fc.property(somePoints, fc.nat(1000), (points, seed) => {
        const order = new SeededRandom(seed).sample(points.rows, points.rows);
        const starts = Int32Array.from([0, 1, 2]);
        const there = Int32Array.from(starts, (row) => order.indexOf(row));
        const [here, moved] = [kMeans(points, starts), kMeans(rowsOf(points, order), there)];
        expect(Array.from(moved.clusters)).toEqual(Array.from(order, (row) => here.clusters[row]!));
      }),
    );
  });

  it('gives no starts where fewer records differ than clusters are asked for', () => {
    const two = pointsOf([Float64Array.from([1, 1, 2, 2, 2])]);
    expect(plusPlusStarts(two, 2, new SeededRandom(1))).not.toBeNull();
    expect(plusPlusStarts(two, 3, new SeededRandom(1))).toBeNull();
    expect(kMeansRestarted(two, { k: 3, restarts: 2, random: new SeededRandom(1) })).toBeNull();
  });

  it('finds the same groups when every record is there twice', () => {
    const starts = Int32Array.from([0, 50, 100]);
    const twice = Int32Array.from({ length: 300 }, (_, row) => row % 150);
    const once = kMeans(irisPoints, starts);
    const doubled = kMeans(rowsOf(irisPoints, twice), starts);
    expect(Array.from(doubled.clusters)).toEqual(Array.from(twice, (row) => once.clusters[row]!));
    doubled.within.forEach((value, at) => expect(value).toBeCloseTo(2 * once.within[at]!, 9));
  });
});

describe('Ward', () => {
  const standard = standardised(
    pointsOf(['age', 'educ', 're74', 're75', 're78'].map((name) => numbers(lalonde(name)))),
  );

  it.each([
    ['iris', irisPoints, python.ward_iris],
    ['the demonstration’s people', standard, python.ward_lalonde_standardised],
  ])('B16: equals SciPy on %s: heights and cuts', (_name, points, expected) => {
    const merges = wardMerges(points);
    const heights = Float64Array.from(merges, ({ height }) => height);
    expect(merges).toHaveLength(points.rows - 1);
    expect(total(heights)).toBeCloseTo(expected.sum_of_heights, 8);
    expected.heights.forEach((value, at) =>
      expect(heights[heights.length - expected.heights.length + at]).toBeCloseTo(value, 9),
    );
    for (const [k, clusters] of Object.entries(expected.cut))
      expect(Array.from(cutTree(points.rows, merges, Number(k)))).toEqual(clusters);
  });

  it('B16: its silhouette equals scikit-learn’s', () => {
    const clusters = cutTree(standard.rows, wardMerges(standard), 6);
    const { silhouette_k6 } = python.ward_lalonde_standardised;
    expect(mean(silhouettes(clusters, 6, euclid(standard)))).toBeCloseTo(silhouette_k6, 11);
  });

  it('scales its heights with the data, and cuts the same', () => {
    const scaled = { ...irisPoints, values: irisPoints.values.map((value) => value * 8) };
    const [one, eight] = [wardMerges(irisPoints), wardMerges(scaled)];
    one.forEach(({ height }, at) => expect(eight[at]!.height).toBeCloseTo(8 * height, 8));
    expect(cutTree(150, eight, 4)).toEqual(cutTree(150, one, 4));
  });

  it('joins records that are the same before any others', () => {
    const twice = rowsOf(
      irisPoints,
      Int32Array.from({ length: 300 }, (_, row) => row % 150),
    );
    const clusters = cutTree(300, wardMerges(twice), 3);
    for (let row = 0; row < 150; row += 1) expect(clusters[row + 150]).toBe(clusters[row]);
  });
});

describe('PAM on Gower’s distance', () => {
  const expected = python.pam_gower_lalonde;
  const fields = [
    ...expected.numbers.map((name): MixedField => ({ kind: 'number', values: numbers(lalonde(name)) })),
    ...expected.codes.map((name): MixedField => {
      const labels = [...new Set(lalonde(name))];
      return { kind: 'code', values: Int32Array.from(lalonde(name), (label) => labels.indexOf(label)) };
    }),
  ];
  const distances = gowerDistances(fields, 614);
  const everyone = Int32Array.from({ length: 614 }, (_, row) => row);

  it('B16: measures distances as the definition does', () => {
    expect(total(distances) / 2).toBeCloseTo(expected.sum_of_distances, 7);
    expected.first_row.forEach((value, row) => expect(distances[row]).toBeCloseTo(value, 13));
  });

  it.each(['2', '3', '5'] as const)(
    'B16: equals the package kmedoids (FastPAM1 after BUILD) for k = %s',
    (k) => {
      const found = pam(distances, 614, everyone, Number(k));
      expect(found.cost).toBeCloseTo(expected[k].cost, 10);
      // Of records that are the same in every field any may be the medoid.
      for (const row of found.medoids)
        expect(expected[k].medoids_1based.some((other) => distances[row * 614 + other - 1] === 0)).toBe(true);
      expect(renumbered(found.clusters)).toEqual(expected[k].clusters);
      const each = silhouettes(found.clusters, Number(k), (a, b) => distances[a * 614 + b]!);
      expect(mean(each)).toBeCloseTo(expected[k].silhouette, 11);
    },
  );

  it('ends where no single swap lowers the cost', () => {
    fc.assert(
      fc.property(somePoints, fc.integer({ min: 2, max: 4 }), (points, k) => {
        const { rows, width, values } = points;
        const columns = Array.from({ length: width }, (_, column) =>
          Float64Array.from({ length: rows }, (_row, row) => values[row * width + column]!),
        );
        const all = gowerDistances(
          columns.map((column) => ({ kind: 'number', values: column })),
          rows,
        );
        const { medoids, cost } = pam(
          all,
          rows,
          Int32Array.from({ length: rows }, (_, row) => row),
          k,
        );
        const costOf = (chosen: number[]) =>
          Array.from({ length: rows }, (_, row) =>
            Math.min(...chosen.map((medoid) => all[medoid * rows + row]!)),
          ).reduce((sum, distance) => sum + distance, 0);
        expect(costOf([...medoids])).toBeCloseTo(cost, 10);
        for (let at = 0; at < k; at += 1)
          for (let row = 0; row < rows; row += 1)
            expect(costOf([...medoids].with(at, row))).toBeGreaterThan(cost - 1e-9);
      }),
      { numRuns: 20 },
    );
  });
});

describe('adjusted Rand index', () => {
  const species = Int32Array.from(iris('species'), (name) =>
    ['setosa', 'versicolor', 'virginica'].indexOf(name),
  );
  const ward = (k: string) => Int32Array.from(python.ward_iris.cut[k] ?? []);

  it('B16: equals scikit-learn’s', () => {
    expect(adjustedRandIndex(species, ward('3'))).toBeCloseTo(python.ari_iris_species_ward3, 13);
    expect(adjustedRandIndex(ward('2'), ward('5'))).toBeCloseTo(python.ari_iris_ward2_ward5, 13);
  });

  it('does not mind which clustering comes first or what clusters are called, and is 1 only for the same', () => {
    const clustering = fc.array(fc.nat(4), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(clustering, fc.nat(1000), (drawn, seed) => {
        const random = new SeededRandom(seed);
        const a = Int32Array.from(drawn);
        const b = Int32Array.from(drawn, () => random.below(3));
        const names = random.sample(5, 5);
        const renamed = a.map((cluster) => names[cluster]!);
        expect(adjustedRandIndex(a, renamed)).toBe(1);
        expect(adjustedRandIndex(renamed, b)).toBeCloseTo(adjustedRandIndex(a, b), 12);
        expect(adjustedRandIndex(b, a)).toBeCloseTo(adjustedRandIndex(a, b), 12);
        const isSame = renumbered(a).join() === renumbered(b).join();
        expect(adjustedRandIndex(a, b) > 1 - 1e-12).toBe(isSame);
      }),
    );
  });
});

describe('standardising', () => {
  it('gives every column mean 0 and standard deviation 1', () => {
    const points = standardised(irisPoints);
    const means = meansOf(points);
    means.forEach((value) => expect(value).toBeCloseTo(0, 12));
    deviationsOf(points, means).forEach((value) => expect(value).toBeCloseTo(1, 12));
  });
});
