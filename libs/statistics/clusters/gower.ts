// Gower's distance between records of numbers and codes together.
import type { Distance } from './silhouette';

/** A field of the records: numbers, or codes numbered from 0. */
export type MixedField =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'code'; readonly values: Int32Array };

/**
 * Every distance (Gower 1971): the mean over the fields of |difference| ÷ range for a number and 0 or 1 for a code, each
 * field counting the same. Square, row by row: rows² numbers, so a few thousand rows at most. No value may be missing.
 */
export function gowerDistances(fields: readonly MixedField[], rows: number): Float64Array {
  const distances = new Float64Array(rows * rows);
  for (const field of fields) {
    const apart = apartIn(field);
    for (let a = 0; a < rows; a += 1) for (let b = 0; b < a; b += 1) distances[a * rows + b]! += apart(a, b);
  }
  for (let a = 0; a < rows; a += 1)
    for (let b = 0; b < a; b += 1)
      distances[a * rows + b] = distances[b * rows + a] = distances[a * rows + b]! / fields.length;
  return distances;
}

function apartIn(field: MixedField): Distance {
  const { values } = field;
  if (field.kind === 'code') return (a, b) => (values[a] === values[b] ? 0 : 1);
  let [least, most] = [Infinity, -Infinity];
  for (const value of field.values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const range = most - least;
  return range === 0 ? () => 0 : (a, b) => Math.abs(values[a]! - values[b]!) / range;
}
