// Centres and scales a design's columns, so that a column of years or of dollars costs no digits, and turns results back.
import type { Design } from '../design/matrix';
import { InputRefused } from '../input';
import type { Square } from '../linear-algebra/cholesky';

export interface Standardised {
  /** The design with each column but the intercept at mean 0 (where there is an intercept) and mean square 1. */
  readonly design: Design;
  /** The square T for which the coefficients of the raw columns are T times those of the standardised ones. */
  readonly back: Square;
}

/** Refuses a column that is the same for everyone, by its name. */
export function standardise(design: Design): Standardised {
  const { rows, size, columns } = design;
  const values = Float64Array.from(design.values);
  const back = new Float64Array(size * size);
  const hasIntercept = columns[0]?.fields.length === 0;
  columns.forEach(({ name }, index) => {
    const column = values.subarray(index * rows, (index + 1) * rows);
    const isIntercept = hasIntercept && index === 0;
    if (!isIntercept && isConstant(column)) throw constantColumn(name);
    const mean = hasIntercept && !isIntercept ? average(column) : 0;
    for (let row = 0; row < rows; row += 1) column[row]! -= mean;
    let squares = 0;
    for (let row = 0; row < rows; row += 1) squares += column[row]! * column[row]!;
    const scale = Math.sqrt(squares / rows);
    for (let row = 0; row < rows; row += 1) column[row]! /= scale;
    back[index * size + index] = 1 / scale;
    if (mean !== 0) back[index] = -mean / scale;
  });
  return { design: { ...design, values }, back: { size, values: back } };
}

function average(values: Float64Array): number {
  const { length } = values;
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += values[at]!;
  const rough = sum / length;
  let rest = 0;
  for (let at = 0; at < length; at += 1) rest += values[at]! - rough;
  return rough + rest / length;
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

function constantColumn(name: string): InputRefused {
  return new InputRefused(
    `"${name}" is the same in every record used, so nothing can be said about it. Leave it out of the terms.`,
  );
}
