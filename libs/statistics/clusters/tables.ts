// How many people are in each cluster, how well clusters are told apart, and how k was chosen, as tables.
import { basisOf } from '../design/basis';
import { peopleOf } from '../design/people';
import type { RowInput } from '../input';
import type { CellTable, DerivedTable, MarginTable, ModelTable, RawMeasure } from '../table';
import type { Judged } from './choosing';
import { EXACT_SILHOUETTES } from './choosing';
import { takenBy } from './gap';
import type { Gap } from './gap';
import { total } from './kmeans';
import type { ClustersParams } from './params';
import { clusterLabel, numberMeasures, numbersIn } from './profiles';
import type { Grouping } from './profiles';

/** The clustered rows by cluster. */
export function groupingOf(
  input: RowInput,
  rows: Int32Array,
  { clusters, k }: Judged,
  madeOf: readonly string[],
): Grouping {
  const byCluster = Array.from({ length: k }, (_, cluster) =>
    rows.filter((_row, at) => clusters[at] === cluster),
  );
  const inClusters = byCluster.reduce((sum, of) => sum + peopleOf(input, of).people, 0);
  const overlapping = inClusters > peopleOf(input, rows).people;
  return { input, rows, byCluster, overlapping, population: 'clustered', madeOf };
}

const PEOPLE: RawMeasure = { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' };

const silhouetteMeasure = (fields: readonly string[]): RawMeasure => ({
  ...{ name: 'silhouette', label: 'mean silhouette (1: far from the next cluster, 0: between two)' },
  ...{ unit: '', statistic: 'shape', fields },
});

const costMeasure = ({ algorithm, standardise, fields }: ClustersParams): RawMeasure => ({
  ...(algorithm === 'pam'
    ? { name: 'distance', label: 'sum of distances to the medoids', unit: 'Gower distance' }
    : {
        ...{ name: 'within', label: 'sum of squares within clusters' },
        unit: standardise ? 'standard deviations squared' : 'units squared',
      }),
  ...{ statistic: 'shape', fields },
});

/**
 * People of each cluster: totals of the tables of fields. Nothing else is said of single clusters that an overall number
 * could be taken apart by.
 */
export function sizesTable(
  { input, byCluster, overlapping }: Grouping,
  judged: Judged,
  { params, over }: { params: ClustersParams; over: readonly (CellTable | MarginTable)[] },
): MarginTable {
  return {
    kind: 'margin',
    name: 'sizes',
    title: `Clusters of ${params.fields.join(', ')}`,
    keys: ['cluster'],
    breakdown: { cluster: params.fields },
    over: cellTablesOf(over),
    overlapping,
    measures: [PEOPLE],
    cells: byCluster.map((of, cluster) => {
      const rests = basisOf(input, of);
      return { key: { cluster: clusterLabel(cluster) }, ...rests, values: { n: rests.people } };
    }),
    notes: [
      params.startRows === undefined
        ? 'Clusters are numbered from the largest.'
        : 'Clusters are numbered in the order of the starting rows.',
      ...(judged.converged ? [] : ['The last iteration still moved somebody: the clusters are not final.']),
    ],
  };
}

/** The clustering as a whole, with the means of everybody in it. */
export function fitTable(
  { input, rows, overlapping }: Grouping,
  judged: Judged,
  { params, over }: { params: ClustersParams; over: readonly (CellTable | MarginTable)[] },
): MarginTable {
  const means = over.find(({ name }) => name === 'means')?.measures ?? [];
  const numbers = means.flatMap(({ statistic, fields = [] }) => (statistic === 'linear' ? fields : []));
  const rests = numbersIn(input, rows, numbers);
  const cost = costMeasure(params);
  const own = { n: rests.people, silhouette: judged.silhouette, [cost.name]: judged.cost };
  return {
    kind: 'margin',
    name: 'fit',
    title: 'All clusters together',
    keys: [],
    over: cellTablesOf(over),
    overlapping,
    measures: [PEOPLE, silhouetteMeasure(params.fields), cost, ...numberMeasures(numbers)],
    cells: [{ key: {}, ...rests, values: { ...own, ...rests.values } }],
    ...(judged.silhouettes === null ? { notes: [sampledNote] } : {}),
  };
}

function cellTablesOf(tables: readonly (CellTable | MarginTable)[]): string[] {
  return tables.flatMap(({ kind, name }) => (kind === 'cells' ? [name] : []));
}

const sampledNote = `Silhouettes are of a random sample of ${EXACT_SILHOUETTES} records.`;

/**
 * What each number of clusters gives, for choosing one: the silhouette, and the cost whose bend is the elbow. The chosen
 * number's cost stands in `fit` alone: beside the spread of the clusters shown it could tell that of a hidden one.
 */
export function choosingTable(
  { input, rows }: Grouping,
  judged: readonly Judged[],
  chosen: Judged,
  params: ClustersParams,
): ModelTable {
  const cost: RawMeasure = { ...costMeasure(params), statistic: 'model' };
  const rests = basisOf(input, rows);
  return {
    kind: 'model',
    name: 'choosing',
    title: 'How many clusters: the largest mean silhouette is taken',
    keys: ['k'],
    basis: { ...rests, dof: rests.people - Math.max(...judged.map(({ k }) => k)) },
    measures: [{ ...silhouetteMeasure(params.fields), statistic: 'model' }, cost],
    cells: judged.map((each) => ({
      key: { k: String(each.k) },
      values: {
        silhouette: each.silhouette,
        ...(each.k === chosen.k ? {} : { [cost.name]: each.cost }),
      },
    })),
    notes: [
      `For ${chosen.k} clusters, which were chosen, the ${cost.label} stands with all clusters together.`,
      ...(chosen.silhouettes === null ? [sampledNote] : []),
    ],
  };
}

/** Computed from the spread of the clusters, and hidden where that is. */
export function gapTable(gaps: readonly Gap[], params: ClustersParams): DerivedTable {
  const taken = takenBy(gaps);
  return {
    kind: 'derived',
    name: 'gap',
    title: 'Whether clusters are tighter than in records that lie evenly',
    keys: ['k'],
    measures: [
      { ...{ name: 'gap', label: 'gap (larger: more clearly clustered)' }, unit: '', statistic: 'model' },
      { ...{ name: 'spread', label: 'its spread over the samples' }, unit: '', statistic: 'model' },
      { ...{ name: 'low', label: 'gap less one spread' }, unit: '', statistic: 'model' },
      { ...{ name: 'high', label: 'gap and one spread' }, unit: '', statistic: 'model' },
    ],
    cells: gaps.map(({ k, gap, spread }) => ({
      key: { k: String(k) },
      values: { gap, spread, low: gap - spread, high: gap + spread },
      from: [{ table: 'fit', key: {}, measures: [costMeasure(params).name] }],
    })),
    notes: [
      taken === 1
        ? 'The gap statistic takes 1: by it there are no clusters here, whatever an algorithm finds.'
        : `The gap statistic takes ${taken}: the smallest number whose gap is within one spread of the next.`,
    ],
  };
}

/** Whether bootstrap samples give the same clusters: mean and spread of the adjusted Rand index over samples. */
export function stabilityTable({ input, rows }: Grouping, { k }: Judged, found: Float64Array): ModelTable {
  const mean = total(found) / found.length;
  const spread = Math.sqrt(total(found.map((index) => (index - mean) ** 2)) / Math.max(1, found.length - 1));
  const rests = basisOf(input, rows);
  return {
    kind: 'model',
    name: 'stability',
    title: `Whether ${found.length} bootstrap samples give the same clusters`,
    keys: [],
    basis: { ...rests, dof: rests.people - k },
    measures: [
      {
        ...{ name: 'agreement', label: 'mean adjusted Rand index (1: the same clusters, 0: chance)' },
        ...{ unit: 'index', statistic: 'model' },
      },
      {
        ...{ name: 'spread', label: 'its standard deviation over the samples' },
        ...{ unit: 'index', statistic: 'model' },
      },
    ],
    cells: [{ key: {}, values: { agreement: mean, spread } }],
  };
}
