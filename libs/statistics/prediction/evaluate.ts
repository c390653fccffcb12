// Predictions of people that the model has not seen, and how much they lose when a field is shuffled.
import { designOf } from '../design/matrix';
import type { Design } from '../design/matrix';
import type { CompleteRows } from '../design/complete';
import { fieldsOfTerms } from '../design/terms';
import { allRows, columnOf, pickRows } from '../input';
import type { RowInput } from '../input';
import { SeededRandom } from '../random';
import type { PredictionParams } from './params';
import { aucOf } from './performance';
import type { Net } from './elastic-net';
import { fitPenalised, predict } from './penalised';
import type { PenalisedModel } from './penalised';
import type { Trial } from './split';

/** Everybody who was predicted unseen: positions among the used rows, in order. */
export interface Evaluated {
  readonly at: Int32Array;
  readonly y: Float64Array;
  readonly risk: Float64Array;
}

export interface Trained {
  readonly trial: Trial;
  readonly model: PenalisedModel;
}

export function train(design: Design, y: Float64Array, trials: readonly Trial[], net: Net): Trained[] {
  return trials.map((trial) => ({ trial, model: fitPenalised(design, y, trial.train, net) }));
}

/** The unseen rows' risks, each from the model that has not seen it. */
export function evaluate(design: Design, y: Float64Array, trained: readonly Trained[]): Evaluated {
  const risk = new Float64Array(y.length).fill(Number.NaN);
  for (const { trial, model } of trained) {
    const all = predict(design, model);
    for (const row of trial.test) risk[row] = all[row]!;
  }
  const at = Int32Array.from(risk.keys()).filter((row) => !Number.isNaN(risk[row]!));
  const taken = (values: Float64Array) => Float64Array.from(at, (row) => values[row]!);
  return { at, y: taken(y), risk: taken(risk) };
}

export interface Importance {
  readonly field: string;
  /** By how much the area under the curve falls, each time the field is shuffled. */
  readonly drops: Float64Array;
}

/** Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019) of every field, on unseen rows. */
export function importanceOf(
  data: { input: RowInput; used: CompleteRows; y: Float64Array },
  { terms, importance, seed }: PredictionParams,
  trained: readonly Trained[],
  done: (share: number) => void,
): Importance[] {
  const { input, used, y } = data;
  const random = new SeededRandom(seed);
  const auc = (of: RowInput) => {
    const found = evaluate(designOf(of, used, terms), y, trained);
    return aucOf(found.y, found.risk);
  };
  const unshuffled = auc(input);
  const fields = importance === 0 ? [] : fieldsOfTerms(terms);
  return fields.map((field, at) => {
    const drops = Float64Array.from({ length: importance }, (_, repeat) => {
      done((at + repeat / importance) / fields.length);
      return unshuffled - auc(shuffled(input, field, used.rows, random));
    });
    return { field, drops };
  });
}

/** The data with one field's values dealt out anew among the used rows. */
function shuffled(input: RowInput, field: string, rows: Int32Array, random: SeededRandom): RowInput {
  const column = columnOf(input, field);
  const from = random.shuffle(rows.slice());
  const order = allRows(input);
  rows.forEach((row, at) => (order[row] = from[at]!));
  return { ...input, columns: { ...input.columns, [field]: pickRows(column, order) } };
}
