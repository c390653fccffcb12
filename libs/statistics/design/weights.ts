// Survey weights: how many people each record stands for. Numbers are computed for those; the check counts who is really there.
import { z } from 'zod';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { RawMeasure } from '../table';
import { gathered } from './matrix';

/** What a method makes of weights: what they are to it, or why it takes none. */
export type WeightsUse = { readonly takes: string } | { readonly refuses: string };

export const SURVEY_WEIGHTS: WeightsUse = {
  takes:
    'survey weights, in a field with the number of people that each record stands for: means and shares are of those; people are counted, shown and checked as they are in the data',
};

/** The parameter of those that take survey weights. */
export const Weights = z
  .string()
  .min(1)
  .optional()
  .describe(
    'field with the number of people that each record stands for; rows only, and each counts as one if not given',
  );

/** A field above 0 in each of these rows (which all have a value of it), or a refusal that names it. */
export function positiveIn(input: RowInput, rows: Int32Array, field: string, what: string): Float64Array {
  const values = gathered(numbersOf(input, field), rows);
  if (values.every((value) => value > 0)) return values;
  throw new InputRefused(
    `The ${what} "${field}" must be above 0, and is not in every record. Have it corrected, or recorded as missing.`,
  );
}

export const noWeights = (): InputRefused =>
  new InputRefused(
    '"weights" belong to records, and this is a table of cells. Leave them out, or ask for records.',
  );

/** The same by row of the input; 0 in the rows that are not among these. */
export function positiveByRow(input: RowInput, rows: Int32Array, field: string): Float64Array {
  const own = positiveIn(input, rows, field, 'weight');
  const weights = new Float64Array(input.rows);
  rows.forEach((row, at) => (weights[row] = own[at]!));
  return weights;
}

/** The sum of people's weights, everybody counted once; whoever has several records has one weight, or it is refused. */
export function stoodForBy(person: ArrayLike<number>, weights: Float64Array, field: string): number {
  const known = new Map<number, number>();
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) {
    const [who, weight] = [person[at]!, weights[at]!];
    const own = known.get(who);
    if (own === undefined) {
      known.set(who, weight);
      sum += weight;
    } else if (own !== weight)
      throw new InputRefused(
        `The weight "${field}" differs between records of one person, so it is not known how many people they stand for. Give each person one weight, or use data of one record a person.`,
      );
  }
  return sum;
}

/** How many people those of a cell stand for: an estimate of a count, not a sum of what people have. */
export const STANDS_FOR: RawMeasure = {
  ...{ name: 'weighted', label: 'people they stand for', unit: 'people', statistic: 'frequency' },
};

/** The mean of the people these values stand for, and the variance among them (n / (n − 1), as svyvar of R's survey). */
export function weightedMoments(
  values: Float64Array,
  weights: Float64Array,
): { mean: number; variance: number } {
  let [weight, mean] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    weight += weights[at]!;
    mean += ((values[at]! - mean) * weights[at]!) / weight;
  }
  const squares = values.reduce((sum, value, at) => sum + weights[at]! * (value - mean) ** 2, 0);
  return { mean, variance: (squares / weight) * (values.length / (values.length - 1)) };
}
