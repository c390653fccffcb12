// Reads what a regression needs from the data, and refuses what it cannot use, by field.
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import type { CompleteRows } from '../design/complete';
import { designOf, gathered } from '../design/matrix';
import type { Design } from '../design/matrix';
import { positiveIn } from '../design/weights';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { Family } from './family';
import type { FitOptions } from './fit';
import { fieldsOfRegression } from './params';
import type { RegressionParams } from './params';

export interface Prepared {
  readonly used: CompleteRows;
  readonly design: Design;
  readonly y: Float64Array;
  readonly options: FitOptions;
  readonly clusters?: { readonly code: Int32Array; readonly count: number; readonly field: string };
}

export function prepare(input: RowInput, params: RegressionParams, family: Family): Prepared {
  const used = completeRows(input, fieldsOfRegression(params));
  const y = outcomeOf(input, used, params, family);
  const design = designOf(input, used, params.terms);
  const { weights, exposure } = params;
  const options = {
    ...(weights === undefined ? {} : { weights: positiveIn(input, used.rows, weights, 'weight') }),
    ...(exposure === undefined
      ? {}
      : { offset: positiveIn(input, used.rows, exposure, 'exposure').map(Math.log) }),
  };
  return { used, design, y, options, ...clustersOf(input, used, params) };
}

/** The outcome as numbers: as they are, 0 and 1, or counts. */
function outcomeOf(
  input: RowInput,
  used: CompleteRows,
  { outcome, event }: RegressionParams,
  family: Family,
): Float64Array {
  if (family.name === 'logistic') return binaryOf(input, used.rows, outcome, { event });
  const y = gathered(numbersOf(input, outcome), used.rows);
  if (y.every((value) => value === y[0])) {
    throw new InputRefused(
      `The outcome "${outcome}" is the same in every record used, so nothing can explain it. Choose another outcome.`,
    );
  }
  if (family.name === 'poisson' && y.some((value) => value < 0 || !Number.isInteger(value))) {
    throw new InputRefused(
      `The outcome "${outcome}" must be a count (0, 1, 2, …) for a Poisson model, and is not in every record. Use "linear", or choose a count.`,
    );
  }
  return y;
}

/** A field of two values as 0 and 1; the one parameter given says which code is 1. */
export function binaryOf(
  input: RowInput,
  rows: Int32Array,
  field: string,
  named: Readonly<Record<string, string | undefined>>,
): Float64Array {
  const [parameter = '', event] = Object.entries(named)[0] ?? [];
  const { levels, code } = codesOf(input, field, rows);
  if (levels.length !== 2) {
    throw new InputRefused(
      levels.length < 2
        ? `"${field}" has the same value in every record used, and two are needed: both groups must occur. Choose another field, or records of both groups.`
        : `"${field}" has more than two values, and exactly two are needed. Choose a field of two codes.`,
    );
  }
  const isZeroOne = levels[0] === '0' && levels[1] === '1';
  if (event === undefined && !isZeroOne) {
    throw new InputRefused(
      `Say in "${parameter}" which code of "${field}" counts as 1; it does not hold 0 and 1.`,
    );
  }
  const one = event === undefined ? 1 : levels.indexOf(event);
  if (one < 0) {
    throw new InputRefused(`"${event}" is not a code of "${field}" in this data. Choose one that is.`);
  }
  return Float64Array.from(code, (own) => (own === one ? 1 : 0));
}

function clustersOf(
  input: RowInput,
  used: CompleteRows,
  { errors, cluster }: RegressionParams,
): Pick<Prepared, 'clusters'> {
  if (errors !== 'cluster') return {};
  const field = cluster ?? input.people;
  if (field === undefined) {
    throw new InputRefused('The data does not say whose record a row is. Name the clusters in "cluster".');
  }
  const found =
    field === input.people
      ? { code: used.person, count: used.people }
      : counted(codesOf(input, field, used.rows, Infinity));
  if (found.count < 2) {
    throw new InputRefused(
      `The field "${field}" makes one cluster, and at least two are needed. Choose another.`,
    );
  }
  return { clusters: { ...found, field } };
}

function counted({ levels, code }: ReturnType<typeof codesOf>): { code: Int32Array; count: number } {
  return { code, count: levels.length };
}
