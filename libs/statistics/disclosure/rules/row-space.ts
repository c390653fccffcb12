// What can be computed from published sums: the vectors that sums and differences of rows of zeros and ones can give.

/**
 * Arithmetic modulo the largest prime below 2^26, so that products are exact in doubles. What rational multiples of rows give, they
 * give modulo a prime too, unless it divides a denominator; the reverse could say of a safe row that it is not, never the other way.
 */
export const PRIME = 67_108_859;

export type Row = Float64Array;

const modulo = (value: number) => ((value % PRIME) + PRIME) % PRIME;

function inverseOf(value: number): number {
  let [a, b, x, y] = [modulo(value), PRIME, 1, 0];
  while (a > 1) {
    const share = Math.floor(b / a);
    [a, b, x, y] = [b - share * a, a, y - share * x, x];
  }
  return modulo(x);
}

/** row − factor × other, from a column on. */
function subtract(row: Row, other: Row, factor: number, from: number): void {
  for (let at = from; at < row.length; at += 1)
    if (other[at] !== 0) row[at] = modulo(row[at]! - ((factor * other[at]!) % PRIME));
}

export interface Basis {
  readonly row: Row;
  /** The column in which this row has a one and all others have a zero. */
  readonly pivot: number;
}

/**
 * A basis of what the rows give, pivots looked for in the order of the first `columns`. What stands beyond these is carried along:
 * with a one per row there, it says of each result from which rows it was made. Rows are overwritten.
 */
export function reduced(rows: readonly Row[], columns: number): Basis[] {
  const basis: Basis[] = [];
  const left = [...rows];
  for (let column = 0; column < columns && left.length > 0; column += 1) {
    const at = left.findIndex((row) => row[column] !== 0);
    if (at < 0) continue;
    const [pivot] = left.splice(at, 1) as [Row];
    const scale = inverseOf(pivot[column]!);
    for (let to = column; to < pivot.length; to += 1) pivot[to] = (pivot[to]! * scale) % PRIME;
    for (const row of left) if (row[column] !== 0) subtract(row, pivot, row[column]!, column);
    for (const { row } of basis) if (row[column] !== 0) subtract(row, pivot, row[column]!, column);
    basis.push({ row: pivot, pivot: column });
  }
  return basis;
}

/** What is left of the vector once what the rows give of it is taken away: nothing in the first `columns` if they give all of it. */
export function remainder(basis: readonly Basis[], vector: Row): Row {
  const rest = Float64Array.from(vector);
  for (const { row, pivot } of basis) if (rest[pivot] !== 0) subtract(rest, row, rest[pivot]!, pivot);
  return rest;
}
