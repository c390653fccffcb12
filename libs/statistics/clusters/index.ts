// `clusters`: people grouped by how alike their records are, and what distinguishes each group. Never shows a record.
import { InputRefused } from '../input';
import type { RowInput } from '../input';
import type { Method, MethodOutput, Progress } from '../method';
import { barsOf, linesOf, profileOf } from '../plot';
import type { ResultPlot } from '../plot';
import type { RawTable } from '../table';
import { bestOf, judgeEach, stabilityOf } from './choosing';
import type { Judged } from './choosing';
import { ClustersParams } from './params';
import { fieldTables, profileTable } from './profiles';
import { gapsOf } from './gap';
import { clustererOf, dispersionOf, numericPoints, recordsOf } from './records';
import { choosingTable, fitTable, gapTable, groupingOf, sizesTable, stabilityTable } from './tables';

export { ClustersParams } from './params';

export const clusters: Method<ClustersParams> = {
  name: 'clusters',
  version: '1.1.0',
  title: 'Cluster analysis',
  description:
    'Groups people whose records are alike, and describes each group against the rest. Assumes that the chosen fields are those in which likeness matters, and that groups exist: an algorithm finds k clusters in any data, so look at silhouettes (Rousseeuw 1987) and at stability in bootstrap samples (adjusted Rand index, Hubert and Arabie 1985) first, or at the gap statistic (Tibshirani, Walther and Hastie 2001). k-means (Lloyd 1982; Hamerly 2010; k-means++, Arthur and Vassilvitskii 2007), Ward (1963; Müllner 2011), PAM (Kaufman and Rousseeuw 1990; Schubert and Rousseeuw 2019) on Gower’s (1971) distance. Rows with a missing value are left out and counted.',
  reports: 'How k was chosen, sizes, profiles against the rest, and stability in bootstrap samples.',
  reference: 'R 4.2.2, SciPy 1.17.1, scikit-learn 1.9.1, kmedoids.',
  accepts: ['rows'],
  weights: {
    refuses:
      'clusters describe the records that are there; how many people they stand for does not make records more alike. Leave them out, and describe the clusters’ people by "crosstab" with weights.',
  },
  rules: [
    'frequency',
    'degrees_of_freedom',
    'dominance',
    'p_ratio',
    'negatives',
    'full_or_empty',
    'complementary',
    'differencing',
    'derived',
    'condition',
  ],
  params: ClustersParams,
  fieldsOf: ({ fields, describeBy }) => [...fields, ...describeBy],
  run(input, params, progress) {
    if (input.shape !== 'rows') throw new InputRefused('Cluster analysis needs rows, one per record.');
    return run(input, params, progress);
  },
};

function run(input: RowInput, params: ClustersParams, progress: Progress): MethodOutput {
  progress(0, 'reading the records');
  const fields = [...params.fields, ...params.describeBy];
  const used = recordsOf(input, params);
  const clusterer = clustererOf(input, params, used);
  const judged = judgeEach(
    clusterer,
    { ks: ksOf(params), rows: used.rows.length, seed: params.seed },
    (share) => progress(0.1 + 0.4 * share, 'clustering'),
  );
  const chosen = numbered(bestOf(judged) ?? refuseAlike(params), params);
  const { stability: samples, seed } = params;
  const stability = stabilityOf(clusterer, chosen, { samples, seed }, (share) =>
    progress(0.5 + 0.4 * share, 'clustering bootstrap samples'),
  );
  progress(0.9, 'describing the clusters');
  const grouping = groupingOf(input, used.rows, chosen, params.fields);
  const described = fieldTables(grouping, fields);
  const tables: RawTable[] = [
    ...described,
    sizesTable(grouping, chosen, { params, over: described }),
    fitTable(grouping, chosen, { params, over: described }),
    ...(judged.length > 1 ? [choosingTable(grouping, judged, chosen, params)] : []),
    ...gapTables(input, used.rows, params, progress),
    ...(stability.length > 0 ? [stabilityTable(grouping, chosen, stability)] : []),
    profileTable(grouping, fields),
    ...used.leftOut,
  ];
  progress(1, 'tables made');
  return {
    tables,
    plots: (checked) =>
      checked.flatMap((table): ResultPlot[] => {
        if (table.name === 'profile')
          return [profileOf(table, { measure: 'difference', group: 'cluster', label: 'field' })];
        if (table.name === 'gap')
          return [linesOf(table, { x: { key: 'k' }, y: 'gap', low: 'low', high: 'high' })];
        if (table.name === 'choosing') return [barsOf(table, 'silhouette', 'k')];
        return table.name === 'sizes' ? [barsOf(table, 'n', 'cluster')] : [];
      }),
    diagnostics: { k: chosen.k, converged: chosen.converged, exactSilhouettes: chosen.silhouettes !== null },
  };
}

function gapTables(
  input: RowInput,
  rows: Int32Array,
  params: ClustersParams,
  progress: Progress,
): RawTable[] {
  const { gap: samples, seed, kMost } = params;
  if (samples === 0) return [];
  const ks = Array.from({ length: kMost }, (_, at) => at + 1);
  const points = numericPoints(input, params, rows);
  const gaps = gapsOf(points, dispersionOf(params), { ks, samples, seed }, (share) =>
    progress(0.9 + 0.1 * share, 'clustering samples without clusters'),
  );
  return [gapTable(gaps, params)];
}

function ksOf({ k, kMost }: ClustersParams): number[] {
  return k === undefined ? Array.from({ length: kMost - 1 }, (_, at) => at + 2) : [k];
}

function refuseAlike({ k, fields }: ClustersParams): never {
  throw new InputRefused(
    `Fewer than ${k ?? 2} records differ in ${fields.join(', ')}, so there cannot be as many clusters. Choose a smaller k, or more fields.`,
  );
}

/** Numbers clusters from the largest, which no run of chance changes; given starts keep their order. */
function numbered(judged: Judged, { startRows }: ClustersParams): Judged {
  if (startRows !== undefined) return judged;
  const sizes = new Int32Array(judged.k);
  const first = new Int32Array(judged.k).fill(-1);
  judged.clusters.forEach((cluster, at) => {
    sizes[cluster]! += 1;
    if (first[cluster]! < 0) first[cluster] = at;
  });
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || first[a]! - first[b]!);
  const number = Int32Array.from(sizes, (_, cluster) => order.indexOf(cluster));
  return { ...judged, clusters: judged.clusters.map((cluster) => number[cluster]!) };
}
