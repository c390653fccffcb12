// The records to cluster: complete rows of the chosen fields, refused with a reason where clustering has no meaning.
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import type { CompleteRows } from '../design/complete';
import { columnOf, InputRefused } from '../input';
import type { NumberColumn, RowInput } from '../input';
import type { MixedField } from './gower';
import type { ClustersParams } from './params';
import { kMeansClusterer, kMeansDispersion, pamClusterer, wardClusterer, wardDispersion } from './partition';
import type { Clusterer, Dispersion } from './partition';
import { pointsOf, standardised } from './points';
import type { Points } from './points';

const MOST_RECORDS: Record<ClustersParams['algorithm'], number> = {
  kmeans: Infinity,
  ward: 10_000,
  pam: 4_000,
};

/** The rows that can be clustered; refuses too few for k clusters and too many for the algorithm. */
export function recordsOf(input: RowInput, params: ClustersParams): CompleteRows {
  const used = completeRows(input, [...params.fields, ...params.describeBy]);
  const least = params.k ?? 2;
  if (used.rows.length <= least) {
    throw new InputRefused(
      `"k" is ${least}, and there are no more than ${least} rows with a value in each of ${[...params.fields, ...params.describeBy].join(', ')}. Choose fewer clusters, or fields that are more often complete.`,
    );
  }
  const most = MOST_RECORDS[params.algorithm];
  if (used.rows.length > most) {
    throw new InputRefused(
      `The algorithm "${params.algorithm}" compares every record with every other and takes up to ${most} records; there are more. Choose the algorithm "kmeans", which takes as many as there are.`,
    );
  }
  return used;
}

/** The chosen algorithm over these rows. */
export function clustererOf(input: RowInput, params: ClustersParams, { rows }: CompleteRows): Clusterer {
  switch (params.algorithm) {
    case 'kmeans': {
      const { restarts, seed } = params;
      return kMeansClusterer(numericPoints(input, params, rows), {
        ...{ restarts, seed },
        starts: startsOf(params, rows),
      });
    }
    case 'ward':
      return wardClusterer(numericPoints(input, params, rows));
    case 'pam':
      return pamClusterer(
        params.fields.map((field) => mixedField(input, field, rows)),
        rows.length,
      );
  }
}

/** How far a number of clusters leaves records from their centres, as the chosen algorithm finds them. */
export function dispersionOf({ algorithm, restarts, seed }: ClustersParams): Dispersion {
  return algorithm === 'ward' ? wardDispersion : kMeansDispersion({ restarts, seed });
}

export function numericPoints(
  input: RowInput,
  { fields, algorithm, standardise }: ClustersParams,
  rows: Int32Array,
): Points {
  const columns = fields.map((field) => {
    const column = columnOf(input, field);
    if (column.kind === 'text') {
      throw new InputRefused(
        `The field "${field}" holds text, and "${algorithm}" needs numbers. Choose a numeric field, or the algorithm "pam", which takes both.`,
      );
    }
    return varying(field, valuesAt(column, rows));
  });
  const points = pointsOf(columns);
  return standardise ? standardised(points) : points;
}

function mixedField(input: RowInput, field: string, rows: Int32Array): MixedField {
  const column = columnOf(input, field);
  if (column.kind === 'number') return { kind: 'number', values: varying(field, valuesAt(column, rows)) };
  return { kind: 'code', values: varying(field, codesOf(input, field, rows).code) };
}

function valuesAt({ values }: NumberColumn, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

function varying<T extends Float64Array | Int32Array>(field: string, values: T): T {
  if (values.some((value) => value !== values[0])) return values;
  throw new InputRefused(
    `The field "${field}" has the same value in every complete row, so nobody is told apart by it. Leave it out.`,
  );
}

/** Where the starting rows stand among the complete ones. */
function startsOf({ startRows }: ClustersParams, rows: Int32Array): Int32Array | null {
  if (startRows === undefined) return null;
  return Int32Array.from(startRows, (row) => {
    const at = rows.indexOf(row - 1);
    if (at >= 0) return at;
    throw new InputRefused(
      `"startRows" names row ${row}, which is not a row of the data with a value in each field. Choose another row, or leave startRows out.`,
    );
  });
}
