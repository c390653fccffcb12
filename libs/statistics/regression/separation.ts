// Tells which column predicts an outcome perfectly, when a model has no estimate because one does.
import type { Design } from '../design/matrix';
import { InputRefused } from '../input';
import type { Family } from './family';

interface Separated {
  readonly design: Design;
  readonly y: Float64Array;
  readonly family: Family;
  readonly predicted: string;
}

/** A refusal that names the column which alone separates the outcome, or else the one that grew furthest. */
export function separation(
  { design, y, family, predicted }: Separated,
  coefficients: Float64Array,
): InputRefused {
  const alone = design.columns.find((column, index) => {
    if (column.fields.length === 0) return false;
    const values = design.values.subarray(index * design.rows, (index + 1) * design.rows);
    return family.name === 'logistic' ? separates(values, y) : zeroesOut(values, y);
  });
  const outcome = family.name === 'logistic' ? predicted : 'that the count is 0';
  if (alone) {
    return new InputRefused(
      `"${alone.name}" alone predicts ${outcome} perfectly for some records (separation), so its coefficient is infinite. Leave it out, or merge its codes with others.`,
    );
  }
  const sizes = design.columns.map(({ fields }, index) =>
    fields.length === 0 ? 0 : Math.abs(coefficients[index]!),
  );
  const name = design.columns[sizes.indexOf(Math.max(...sizes))]?.name ?? '';
  return new InputRefused(
    `The terms together predict ${outcome} perfectly for some records (separation), so there is no finite estimate; "${name}" grew most. Leave it out, or use fewer terms.`,
  );
}

/** Whether one side of a threshold holds one outcome only. */
function separates(values: Float64Array, y: Float64Array): boolean {
  const lowest = [Infinity, Infinity] as [number, number];
  const highest = [-Infinity, -Infinity] as [number, number];
  values.forEach((value, row) => {
    const side = y[row]! > 0 ? 1 : 0;
    if (value < lowest[side]) lowest[side] = value;
    if (value > highest[side]) highest[side] = value;
  });
  return highest[0] <= lowest[1] || highest[1] <= lowest[0];
}

/** Whether every count above 0 has one value of the column, at the edge of its range. */
function zeroesOut(values: Float64Array, y: Float64Array): boolean {
  const at = values[y.findIndex((count) => count > 0)];
  if (at === undefined || values.some((value, row) => y[row]! > 0 && value !== at)) return false;
  return values.every((value) => value >= at) || values.every((value) => value <= at);
}
