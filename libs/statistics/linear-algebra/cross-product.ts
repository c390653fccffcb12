// Weighted cross products of the columns of a matrix: the loop in which a fit spends its time.
import type { Square } from './cholesky';

/** `size` columns of `rows` numbers, one column after the other. */
export interface Columns {
  readonly rows: number;
  readonly size: number;
  readonly values: Float64Array;
}

/** Rows taken at a time, so that a block of all columns stays in the processor's cache. */
const BLOCK = 512;

/** Xᵀ W X, `weights` being the diagonal of W. */
export function crossProduct({ rows, size, values }: Columns, weights: Float64Array): Square {
  const sums = new Float64Array(size * size);
  const weighted = new Float64Array(BLOCK);
  for (let start = 0; start < rows; start += BLOCK) {
    const length = Math.min(BLOCK, rows - start);
    for (let i = 0; i < size; i += 1) {
      const from = i * rows + start;
      for (let row = 0; row < length; row += 1) weighted[row] = values[from + row]! * weights[start + row]!;
      addRow(sums.subarray(i * size, (i + 1) * size), i, weighted, { values, rows, start, length });
    }
  }
  for (let i = 0; i < size; i += 1) for (let j = 0; j < i; j += 1) sums[i * size + j] = sums[j * size + i]!;
  return { size, values: sums };
}

interface Block {
  readonly values: Float64Array;
  readonly rows: number;
  readonly start: number;
  readonly length: number;
}

/** Adds the products of one weighted column with itself and the later ones, two at a time. */
function addRow(sums: Float64Array, i: number, weighted: Float64Array, block: Block): void {
  const { values, rows, start, length } = block;
  const size = sums.length;
  let j = i;
  for (; j + 1 < size; j += 2) {
    const first = j * rows + start;
    const second = first + rows;
    let a = 0;
    let b = 0;
    for (let row = 0; row < length; row += 1) {
      const value = weighted[row]!;
      a += value * values[first + row]!;
      b += value * values[second + row]!;
    }
    sums[j]! += a;
    sums[j + 1]! += b;
  }
  if (j < size) {
    const first = j * rows + start;
    let a = 0;
    for (let row = 0; row < length; row += 1) a += weighted[row]! * values[first + row]!;
    sums[j]! += a;
  }
}

/** Xᵀ v. */
export function transposeTimes({ rows, size, values }: Columns, vector: Float64Array): Float64Array {
  const sums = new Float64Array(size);
  for (let j = 0; j < size; j += 1) {
    let sum = 0;
    for (let row = 0; row < rows; row += 1) sum += values[j * rows + row]! * vector[row]!;
    sums[j] = sum;
  }
  return sums;
}

/** X b. */
export function times({ rows, size, values }: Columns, coefficients: Float64Array): Float64Array {
  const product = new Float64Array(rows);
  for (let j = 0; j < size; j += 1) {
    const factor = coefficients[j]!;
    for (let row = 0; row < rows; row += 1) product[row]! += factor * values[j * rows + row]!;
  }
  return product;
}

/** xᵢᵀ A xᵢ of every row, A symmetric: with A = (XᵀWX)⁻¹ and times the weights, the leverages. */
export function quadraticForms({ rows, size, values }: Columns, { values: a }: Square): Float64Array {
  const forms = new Float64Array(rows);
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) {
      const factor = (i === j ? 1 : 2) * a[i * size + j]!;
      for (let row = 0; row < rows; row += 1)
        forms[row]! += factor * values[i * rows + row]! * values[j * rows + row]!;
    }
  return forms;
}
