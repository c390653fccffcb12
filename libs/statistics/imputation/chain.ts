// Multiple imputation by chained equations: each field with missing values is predicted from all others, again and again.
import type { RowInput } from '../input';
import type { Columns } from '../linear-algebra/cross-product';
import type { Progress } from '../method';
import { SeededRandom } from '../random';
import { drawCodes } from './codes';
import { drawMatching, drawNormal } from './numbers';
import type { Asked } from './numbers';
import { completed, imputableRows, panelOf, refresh } from './panel';
import type { PanelField } from './panel';
import type { Imputation } from './params';

/** How a field's missing values are made from those of others. */
export interface Draws {
  numbers(asked: Asked, y: Float64Array, random: SeededRandom): Float64Array;
  codes: typeof drawCodes;
  /** The first value in the place of a missing one: somebody else's. */
  start(observed: Float64Array, random: SeededRandom): number;
}

const DRAWS: Omit<Draws, 'numbers'> = {
  codes: drawCodes,
  start: (observed, random) => observed[random.below(observed.length)]!,
};
const NUMBERS = { matching: drawMatching, normal: drawNormal };

export interface Imputed {
  /** Row numbers of the input, in order. */
  readonly rows: Int32Array;
  /** Row numbers in which each field's value is imputed; fields without any are not listed. */
  readonly missing: ReadonlyMap<string, Int32Array>;
  /** The completed data sets, made as they are asked for. */
  readonly datasets: Iterable<RowInput>;
}

export interface Imputable {
  /** Fields whose missing values are imputed, and which predict each other. */
  readonly fields: readonly string[];
  /** Of these, those that hold codes although they look like numbers. */
  readonly coded: readonly string[];
  /** Fields without which a record cannot be used: weights, clusters, exposures. */
  readonly needed: readonly string[];
}

/**
 * van Buuren and Groothuis-Oudshoorn (2011, J. Stat. Softw. 45). Numbers by predictive mean matching, codes by (multinomial) logistic
 * regression. Each data set has a chain of its own, in the order of the fields.
 */
export function imputed(
  input: RowInput,
  { fields, coded, needed }: Imputable,
  params: Imputation,
  progress: Progress,
): Imputed {
  const rows = imputableRows(input, fields, needed);
  const panel = panelOf(input, rows, fields, new Set(coded));
  const missing = new Map(
    panel.flatMap(({ name, missing: places }) =>
      places.length === 0 ? [] : [[name, places.map((at) => rows[at]!)] as const],
    ),
  );
  function* datasets(): Generator<RowInput> {
    for (let set = 0; set < params.datasets; set += 1) {
      progress(set / params.datasets, `completing data set ${set + 1} of ${params.datasets}`);
      // A seed of its own: what one chain draws does not depend on how long another one is.
      const random = new SeededRandom(params.seed * 128 + set);
      goThrough(panel, params.iterations, random, { ...DRAWS, numbers: NUMBERS[params.numbers] });
      yield completed(input, rows, panel);
    }
  }
  return { rows, missing, datasets: { [Symbol.iterator]: datasets } };
}

/** Starts from observed values and goes through all fields with missing ones, `iterations` times. Writes into the panel. */
export function goThrough(
  panel: readonly PanelField[],
  iterations: number,
  random: SeededRandom,
  draws: Draws,
): void {
  for (const field of panel) {
    if (field.kind === 'number') {
      const observed = field.observed.length === 0 ? field.values : gatheredAt(field.values, field.observed);
      for (const at of field.missing) field.values[at] = draws.start(observed, random);
    } else
      for (const at of field.missing)
        field.codes[at] = field.codes[field.observed[random.below(field.observed.length)]!]!;
    refresh(field);
  }
  for (let iteration = 0; iteration < iterations; iteration += 1)
    for (const field of panel) {
      if (field.missing.length === 0) continue;
      impute(panel, field, random, draws);
      refresh(field);
    }
}

function impute(panel: readonly PanelField[], field: PanelField, random: SeededRandom, draws: Draws): void {
  const asked = {
    observed: predictors(panel, field, field.observed),
    missing: predictors(panel, field, field.missing),
  };
  if (field.kind === 'number') {
    const drawn = draws.numbers(asked, gatheredAt(field.values, field.observed), random);
    field.missing.forEach((at, index) => (field.values[at] = drawn[index]!));
    return;
  }
  const y = field.observed.map((at) => field.codes[at]!);
  const drawn = draws.codes(asked, y, { count: field.levels.length, field: field.name, random });
  field.missing.forEach((at, index) => (field.codes[at] = drawn[index]!));
}

/** An intercept and the columns of all other fields, at these positions. */
function predictors(panel: readonly PanelField[], field: PanelField, positions: Int32Array): Columns {
  const others = panel.filter((each) => each !== field);
  const all = panel[0]!.kind === 'number' ? panel[0]!.values.length : panel[0]!.codes.length;
  const size = 1 + others.reduce((sum, { columns }) => sum + columns.length / all, 0);
  const rows = positions.length;
  const values = new Float64Array(rows * size).fill(1, 0, rows);
  let into = rows;
  for (const { columns } of others)
    for (let from = 0; from < columns.length; from += all)
      for (const at of positions) values[into++] = columns[from + at]!;
  return { rows, size, values };
}

const gatheredAt = (values: Float64Array, positions: Int32Array): Float64Array =>
  Float64Array.from(positions, (at) => values[at]!);
