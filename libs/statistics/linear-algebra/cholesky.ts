// Cholesky factor of a symmetric matrix, and what is solved with it; tells which column is a combination of earlier ones.

/** A square matrix, row after row. */
export interface Square {
  readonly size: number;
  readonly values: Float64Array;
}

/** The share of a column's length left once earlier ones are taken out: below this it is a combination of them. */
const TOLERANCE = 1e-10;

export type Factorised =
  | { readonly factor: Square }
  /** `column` is a combination of the earlier columns in `of`. */
  | { readonly column: number; readonly of: readonly number[] };

/** The lower factor L of A = L Lᵀ, A being a cross product, or the first column that depends on earlier ones. */
export function factorise({ size, values }: Square): Factorised {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let rest = values[row * size + column]!;
      for (let k = 0; k < column; k += 1) rest -= lower[row * size + k]! * lower[column * size + k]!;
      if (row !== column) lower[row * size + column] = rest / lower[column * size + column]!;
      else if (rest > TOLERANCE * values[row * size + row]!) lower[row * size + row] = Math.sqrt(rest);
      else return { column: row, of: combinationOf({ size, values: lower }, row, values) };
    }
  }
  return { factor: { size, values: lower } };
}

/** Which earlier columns make up the dependent one: Lᵀ c = its row of L, solved backwards. */
function combinationOf({ size, values }: Square, row: number, product: Float64Array): number[] {
  const length = (at: number) => Math.sqrt(product[at * size + at]!);
  const share = new Float64Array(row);
  for (let i = row - 1; i >= 0; i -= 1) {
    let rest = values[row * size + i]!;
    for (let k = i + 1; k < row; k += 1) rest -= values[k * size + i]! * share[k]!;
    share[i] = rest / values[i * size + i]!;
  }
  return [...share.keys()].filter((i) => Math.abs(share[i]!) * length(i) > 1e-6 * length(row));
}

/** x of A x = b. */
export function solve({ size, values }: Square, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let row = 0; row < size; row += 1) {
    let rest = x[row]!;
    for (let k = 0; k < row; k += 1) rest -= values[row * size + k]! * x[k]!;
    x[row] = rest / values[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = x[row]!;
    for (let k = row + 1; k < size; k += 1) rest -= values[k * size + row]! * x[k]!;
    x[row] = rest / values[row * size + row]!;
  }
  return x;
}

/** The inverse of A, from its factor. */
export function inverse(factor: Square): Square {
  const { size } = factor;
  const values = new Float64Array(size * size);
  for (let column = 0; column < size; column += 1) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    solve(factor, unit).forEach((value, row) => (values[row * size + column] = value));
  }
  return { size, values };
}

/** A B A for symmetric A and B: the sandwich of a robust variance. */
export function sandwich(bread: Square, meat: Square): Square {
  return multiply(multiply(bread, meat), bread);
}

function multiply(a: Square, b: Square): Square {
  const { size } = a;
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let k = 0; k < size; k += 1) {
      const factor = a.values[row * size + k]!;
      for (let column = 0; column < size; column += 1)
        values[row * size + column]! += factor * b.values[k * size + column]!;
    }
  return { size, values };
}
