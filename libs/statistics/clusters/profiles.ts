// What distinguishes each cluster: means and shares in it, in the rest, and how far they are apart. Never a record.
import { basisOf, contributionsOf, sumsByPerson } from '../design/basis';
import { codesOf } from '../design/codes';
import { columnOf, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { CellTable, DerivedCell, DerivedTable, MarginTable, RawCell, RawMeasure } from '../table';

/** The clustered rows, in all and by cluster, and what the tables of people in them are called. */
export interface Grouping {
  readonly input: RowInput;
  readonly rows: Int32Array;
  readonly byCluster: readonly Int32Array[];
  /** Whether somebody has records in several clusters. */
  readonly overlapping: boolean;
  readonly population: string;
  /** The fields the clusters are made of: a table by cluster is broken down by them. */
  readonly madeOf: readonly string[];
}

/** Numbers of one line of the profile: inside the cluster and among everybody. */
interface Compared {
  readonly cluster: number;
  readonly label: string;
  readonly inside: Moments;
  readonly outside: Moments;
  readonly from: DerivedCell['from'];
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

export const clusterLabel = (cluster: number): string => String(cluster + 1);

/**
 * The tables whose cells the clusters' sizes are totals of: one of means, and one for each field of codes, with the
 * totals of that field.
 */
export function fieldTables(grouping: Grouping, fields: readonly string[]): (CellTable | MarginTable)[] {
  const coded = fields.filter((field) => !isNumber(grouping, field));
  const numbers = fields.filter((field) => isNumber(grouping, field));
  return [
    ...(numbers.length === 0 ? [] : [meansTable(grouping, numbers)]),
    ...coded.flatMap((field) => shareTables(grouping, field)),
  ];
}

/** Whether a field is profiled by its mean: numbers, but for those that only say yes or no. */
function isNumber({ input, rows }: Grouping, field: string): boolean {
  const column = columnOf(input, field);
  if (column.kind === 'text') return false;
  return rows.some((row) => column.values[row] !== 0 && column.values[row] !== 1);
}

// A measure is called after its field: numbers of different fields do not add up to the same total.
const meanOf = (field: string) => `mean_${field}`;
const sdOf = (field: string) => `sd_${field}`;

/** Means and standard deviations of these fields, as measures of a table. */
export function numberMeasures(fields: readonly string[]): RawMeasure[] {
  return fields.flatMap((field): RawMeasure[] => [
    { name: meanOf(field), label: `mean ${field}`, unit: field, statistic: 'linear', fields: [field] },
    {
      ...{ name: sdOf(field), label: `standard deviation of ${field}`, unit: field },
      ...{ statistic: 'shape', fields: [field] },
    },
  ]);
}

/** What a cell of these rows rests on and its means and standard deviations. */
export function numbersIn(
  input: RowInput,
  rows: Int32Array,
  fields: readonly string[],
): Omit<RawCell, 'key'> {
  const columns = fields.map((field) => ({ field, column: numbersOf(input, field) }));
  const values = columns.flatMap(({ field, column }) => {
    const { mean, variance } = momentsOf(column, rows);
    return [
      [meanOf(field), mean],
      [sdOf(field), Math.sqrt(variance)],
    ];
  });
  const contributions = columns.map(({ field, column }) => [
    meanOf(field),
    contributionsOf(sumsByPerson(input, rows, column)),
  ]);
  return {
    ...basisOf(input, rows),
    contributions: Object.fromEntries(contributions) as NonNullable<RawCell['contributions']>,
    values: Object.fromEntries(values) as Record<string, number>,
  };
}

function meansTable(grouping: Grouping, fields: readonly string[]): CellTable {
  const { input, byCluster } = grouping;
  return {
    ...headOf(grouping, MEANS, 'Means by cluster'),
    keys: ['cluster'],
    characteristics: [],
    measures: numberMeasures(fields),
    cells: byCluster.map((of, cluster) => ({
      key: { cluster: clusterLabel(cluster) },
      ...numbersIn(input, of, fields),
    })),
  };
}

function shareTables(grouping: Grouping, field: string): [CellTable, MarginTable] {
  const { input, byCluster, rows, overlapping } = grouping;
  const { levels, withCode } = codedRows(grouping, field);
  const measures: RawMeasure[] = [
    { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
    { name: 'share', label: 'share of records', unit: 'share', statistic: 'frequency' },
  ];
  const cellOf = (of: Int32Array, level: number, key: Record<string, string>) => {
    const own = withCode(of, level);
    const rests = basisOf(input, own);
    const values = { n: rests.people, share: own.length / of.length };
    return { key: { ...key, [field]: levels[level]! }, ...rests, values };
  };
  const cells: CellTable = {
    ...headOf(grouping, shareOf(field), `${field} by cluster`),
    keys: ['cluster', field],
    characteristics: [field],
    measures,
    cells: byCluster.flatMap((of, cluster) =>
      levels.map((_, level) => cellOf(of, level, { cluster: clusterLabel(cluster) })),
    ),
  };
  const overall: MarginTable = {
    ...{ kind: 'margin', name: overallOf(field), title: `${field}, all clusters together` },
    ...{ keys: [field], measures, over: cells.name, overlapping },
    cells: levels.map((_, level) => cellOf(rows, level, {})),
  };
  return [cells, overall];
}

/** The codes of a field, and which of some rows have one of them. */
function codedRows({ input, rows }: Grouping, field: string) {
  const { levels, code } = codesOf(input, field, rows);
  const codeAt = new Int32Array(input.rows).fill(-1);
  rows.forEach((row, at) => (codeAt[row] = code[at]!));
  return { levels, withCode: (of: Int32Array, level: number) => of.filter((row) => codeAt[row] === level) };
}

const MEANS = 'means';
const shareOf = (field: string) => `share_${field}`;
const overallOf = (field: string) => `share_${field}_overall`;

function headOf({ overlapping, population, madeOf }: Grouping, name: string, title: string) {
  return { kind: 'cells' as const, name, title, overlapping, population, breakdown: { cluster: madeOf } };
}

/** Each cluster compared with all other records, field by field; needs the tables of fields, `sizes` and `fit`. */
export function profileTable(grouping: Grouping, fields: readonly string[]): DerivedTable {
  return profile(
    fields.flatMap((field) =>
      isNumber(grouping, field) ? numberLines(grouping, field) : codeLines(grouping, field),
    ),
    fields,
  );
}

/** Inside, outside and both together tell a cluster's share of all: so sizes must be shown too. */
function fromSizes(cluster: number): DerivedCell['from'] {
  return [
    { table: 'sizes', key: { cluster: clusterLabel(cluster) }, measures: ['n'] },
    { table: 'fit', key: {}, measures: ['n'] },
  ];
}

function numberLines({ input, byCluster, rows }: Grouping, field: string): Compared[] {
  const values = numbersOf(input, field);
  const measures = [meanOf(field)];
  return byCluster.map((of, cluster) => ({
    ...{
      cluster,
      label: field,
      inside: momentsOf(values, of),
      outside: momentsOf(values, without(rows, of)),
    },
    from: [
      ...fromSizes(cluster),
      { table: MEANS, key: { cluster: clusterLabel(cluster) }, measures },
      { table: 'fit', key: {}, measures },
    ],
  }));
}

function codeLines(grouping: Grouping, field: string): Compared[] {
  const { byCluster, rows } = grouping;
  const { levels, withCode } = codedRows(grouping, field);
  const share = (of: Int32Array, level: number) => ofShare(withCode(of, level).length / of.length);
  return byCluster.flatMap((of, cluster) =>
    levels.map((label, level) => ({
      ...{ cluster, label: `${field}: ${label}` },
      ...{ inside: share(of, level), outside: share(without(rows, of), level) },
      from: [
        ...fromSizes(cluster),
        { table: shareOf(field), key: { cluster: clusterLabel(cluster), [field]: label } },
        { table: overallOf(field), key: { [field]: label } },
      ],
    })),
  );
}

/**
 * Inside and outside of every cluster, and the standardised difference: the difference divided by the root of the mean
 * of both variances (Austin 2009); left out where nobody differs on either side.
 */
function profile(compared: readonly Compared[], fields: readonly string[]): DerivedTable {
  const cells = compared.map(({ cluster, label, inside, outside, from }): DerivedCell => {
    const spread = Math.sqrt((inside.variance + outside.variance) / 2);
    const difference = inside.mean - outside.mean;
    const standardised = difference === 0 ? 0 : difference / spread;
    return {
      key: { cluster: clusterLabel(cluster), field: label },
      values: {
        inside: inside.mean,
        outside: outside.mean,
        ...(Number.isFinite(standardised) ? { difference: standardised } : {}),
      },
      from,
    };
  });
  return {
    kind: 'derived',
    name: 'profile',
    title: 'Each cluster compared with all other records',
    keys: ['cluster', 'field'],
    measures: [
      {
        name: 'inside',
        label: 'mean or share in the cluster',
        unit: 'the field’s own',
        statistic: 'linear',
        fields,
      },
      {
        name: 'outside',
        label: 'mean or share in the rest',
        unit: 'the field’s own',
        statistic: 'linear',
        fields,
      },
      { name: 'difference', label: 'difference', unit: 'standard deviations', statistic: 'linear', fields },
    ],
    cells,
    notes: ['Clusters differ in the fields they are made of by construction: that is no finding.'],
  };
}

function momentsOf(values: Float64Array, rows: Int32Array): Moments {
  let mean = 0;
  for (const row of rows) mean += values[row]! / rows.length;
  let squares = 0;
  for (const row of rows) squares += (values[row]! - mean) ** 2;
  return { mean, variance: rows.length < 2 ? 0 : squares / (rows.length - 1) };
}

function ofShare(share: number): Moments {
  return { mean: share, variance: share * (1 - share) };
}

/** The rows, in ascending order, that are not among those taken, also ascending. */
function without(rows: Int32Array, taken: Int32Array): Int32Array {
  let next = 0;
  return rows.filter((row) => {
    if (taken[next] !== row) return true;
    next += 1;
    return false;
  });
}
