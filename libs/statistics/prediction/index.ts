// `prediction`: how well an outcome can be foretold, in people the model has not seen, and for whom it errs.
import { completeRows } from '../design/complete';
import { designOf } from '../design/matrix';
import { InputRefused } from '../input';
import type { RowInput } from '../input';
import type { Method, MethodOutput, Progress } from '../method';
import { barsOf, linesOf } from '../plot';
import type { ResultPlot } from '../plot';
import { binaryOf } from '../regression/prepare';
import type { CheckedTable } from '../table';
import { evaluate, importanceOf, train } from './evaluate';
import { fairnessTables } from './fairness';
import { fieldsOfPrediction, PredictionParams } from './params';
import { trialsOf } from './split';
import { binTables, importanceTable, performanceTable } from './tables';
import type { Predicted } from './tables';

export { PredictionParams } from './params';

export const prediction: Method<PredictionParams> = {
  name: 'prediction',
  version: '1.1.0',
  title: 'Prediction and its errors',
  description:
    'Logistic regression with a ridge penalty (le Cessie and van Houwelingen 1992), or lasso or elastic net (Tibshirani 1996; Zou and Hastie 2005), tried out on people it has not seen: area under the ROC curve (DeLong, DeLong and Clarke-Pearson 1988), Brier score, calibration, lift, permutation importance (Breiman 2001), and errors by group (Hardt, Price and Srebro 2016). Assumes that those to be predicted are like those in the data; foretelling is not explaining, and a predictor is no cause. Rows with a missing value are left out and counted.',
  reports:
    'Area under the curve with its interval, Brier score, ROC and calibration in bins, lift, importance, and error rates by group with their differences.',
  reference: 'scikit-learn 1.9.1, statsmodels 0.15.0.',
  accepts: ['rows'],
  weights: {
    refuses:
      'its intervals and error rates (DeLong, Wilson) count people once each, and have no such form with weights. Leave them out, or use "logistic" with weights for the model alone.',
  },
  rules: [
    'frequency',
    'degrees_of_freedom',
    'full_or_empty',
    'complementary',
    'differencing',
    'derived',
    'condition',
  ],
  params: PredictionParams,
  fieldsOf: fieldsOfPrediction,
  run(input, params, progress) {
    if (input.shape !== 'rows') throw new InputRefused('Prediction needs rows, one per record.');
    return run(input, params, progress);
  },
};

function run(input: RowInput, params: PredictionParams, progress: Progress): MethodOutput {
  progress(0, 'reading the records');
  const used = completeRows(input, fieldsOfPrediction(params));
  const y = binaryOf(input, used.rows, params.outcome, { event: params.event });
  const design = designOf(input, used, params.terms);
  const trials = trialsOf(y, used, params);
  progress(0.1, 'fitting');
  const trained = train(design, y, trials, params);
  const { at, ...found } = evaluate(design, y, trained);
  const importance = importanceOf({ input, used, y }, params, trained, (share) =>
    progress(0.3 + 0.6 * share, 'shuffling fields'),
  );
  progress(0.9, 'making tables');
  const predicted: Predicted = {
    ...{ input, params, size: design.size, ...found },
    rows: at.map((row) => used.rows[row]!),
    person: at.map((row) => used.person[row]!),
  };
  const tables = [
    performanceTable(predicted),
    ...binTables(predicted),
    ...importanceTable(predicted, importance),
    ...params.groups.flatMap((field) => fairnessTables(predicted, field)),
    ...used.leftOut,
  ];
  progress(1, 'tables made');
  return {
    tables,
    plots: (checked) => checked.flatMap((table) => plotsOf(table, params)),
    diagnostics: { columns: design.size, trials: trials.length },
  };
}

function plotsOf(table: CheckedTable, { groups }: PredictionParams): ResultPlot[] {
  if (table.name === 'calibration') {
    const bounds = { low: 'low', high: 'high', count: 'n' };
    return [linesOf(table, { x: { measure: 'predicted' }, y: 'observed', diagonal: true, ...bounds })];
  }
  if (table.name === 'cut_offs')
    return [linesOf(table, { x: { measure: 'false_positives' }, y: 'sensitivity', diagonal: true })];
  if (table.name === 'importance') return [barsOf(table, 'drop', 'field')];
  const group = groups.find((field) => table.name === `errors_${field}`);
  return group === undefined
    ? []
    : [barsOf(table, 'false_positives', group), barsOf(table, 'false_negatives', group)];
}
