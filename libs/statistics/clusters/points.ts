// The records to cluster as one block of numbers, row by row, and what is done to every column of it.

/** `rows` × `width` numbers, row by row; none missing, none infinite. */
export interface Points {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Points from columns of equal length. */
export function pointsOf(columns: readonly Float64Array[]): Points {
  const width = columns.length;
  const rows = columns[0]?.length ?? 0;
  const values = new Float64Array(rows * width);
  columns.forEach((column, at) => {
    for (let row = 0; row < rows; row += 1) values[row * width + at] = column[row]!;
  });
  return { rows, width, values };
}

/** The points of some rows, in the order given; a row may be given twice. */
export function rowsOf({ width, values }: Points, rows: Int32Array): Points {
  const taken = new Float64Array(rows.length * width);
  rows.forEach((row, at) => taken.set(values.subarray(row * width, (row + 1) * width), at * width));
  return { rows: rows.length, width, values: taken };
}

/** The mean of every column; an empty block has none, and gives zeros. */
export function meansOf({ rows, width, values }: Points): Float64Array {
  const means = new Float64Array(width);
  for (let row = 0, at = 0; row < rows; row += 1)
    for (let column = 0; column < width; column += 1, at += 1) means[column]! += values[at]!;
  return means.map((sum) => (rows === 0 ? 0 : sum / rows));
}

/** The standard deviation of every column, divided by n − 1; zero where there is one row. */
export function deviationsOf(points: Points, means: Float64Array): Float64Array {
  const { rows, width, values } = points;
  const squares = new Float64Array(width);
  for (let row = 0, at = 0; row < rows; row += 1)
    for (let column = 0; column < width; column += 1, at += 1)
      squares[column]! += (values[at]! - means[column]!) ** 2;
  return squares.map((sum) => Math.sqrt(sum / Math.max(1, rows - 1)));
}

/** Every column less its mean, divided by its standard deviation, which must not be zero. */
export function standardised(points: Points): Points {
  const means = meansOf(points);
  const sds = deviationsOf(points, means);
  const values = points.values.map((value, at) => {
    const column = at % points.width;
    return (value - means[column]!) / sds[column]!;
  });
  return { ...points, values };
}

/** Squared Euclidean distance between row `a` of one block and row `b` of another of the same width. */
export function squaredDistance(
  width: number,
  values: Float64Array,
  a: number,
  others: Float64Array,
  b: number,
): number {
  let sum = 0;
  for (let at = a * width, to = b * width, end = at + width; at < end; at += 1, to += 1) {
    const difference = values[at]! - others[to]!;
    sum += difference * difference;
  }
  return sum;
}
