// Performance, calibration, cut-offs and importance as tables that the output check can judge.
import { basisOf } from '../design/basis';
import type { RowInput } from '../input';
import type { CellTable, DerivedCell, DerivedTable, ModelTable, RawMeasure } from '../table';
import { binsOf } from './bins';
import type { Importance } from './evaluate';
import type { PredictionParams } from './params';
import { aucWithInterval, brierOf, meanOf, wilson } from './performance';

/** The people who were predicted unseen: their rows in the data, outcomes and risks. */
export interface Predicted {
  readonly input: RowInput;
  readonly rows: Int32Array;
  readonly person: Int32Array;
  readonly y: Float64Array;
  readonly risk: Float64Array;
  readonly params: PredictionParams;
  /** Coefficients of the model, the intercept among them. */
  readonly size: number;
}

export const PEOPLE: RawMeasure = { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' };
const model = (name: string, label: string, unit: string): RawMeasure => ({
  ...{ name, label, unit, statistic: 'model' },
});

export const AUC_MEASURES: readonly RawMeasure[] = [
  model('auc', 'area under the ROC curve (0.5: no better than chance)', 'probability'),
  model('auc_low', 'its interval from', 'probability'),
  model('auc_high', 'to', 'probability'),
  model('brier', 'Brier score (0: no error)', 'squared probability'),
];

/** Discrimination and error of some rows. */
export function performanceOf(y: Float64Array, risk: Float64Array, level: number): Record<string, number> {
  const { auc, low, high } = aucWithInterval(y, risk, level);
  return { auc, auc_low: low, auc_high: high, brier: brierOf(y, risk) };
}

export function performanceTable({ input, rows, y, risk, params, size }: Predicted): ModelTable {
  const share = meanOf(y);
  const rests = basisOf(input, rows);
  return {
    kind: 'model',
    name: 'performance',
    title: `How well ${params.outcome} is predicted in people the model has not seen`,
    keys: [],
    basis: { ...rests, dof: rests.people - size },
    measures: [
      ...AUC_MEASURES,
      model('brier_of_share', 'Brier score of giving everybody the same risk', 'squared probability'),
      model('slope', 'mean risk of those with the event less that of the others', 'probability'),
    ],
    cells: [
      {
        key: {},
        values: {
          ...performanceOf(y, risk, params.level),
          brier_of_share: share * (1 - share),
          slope: meanOf(risk.filter((_, at) => y[at] === 1)) - meanOf(risk.filter((_, at) => y[at] !== 1)),
        },
      },
    ],
    notes: [unseenNote(params)],
  };
}

function unseenNote({ folds, testShare }: PredictionParams): string {
  return testShare === undefined
    ? `By ${folds}-fold cross-validation; all records of a person are in the same fold.`
    : `On ${Math.round(testShare * 100)} % of the people, held back; all records of a person are on the same side.`;
}

export const YES = 'yes';
export const NO = 'no';
const BINS = 'bins';

/** People by bin of predicted risk and outcome, and calibration and cut-offs computed from them. */
export function binTables(predicted: Predicted): [CellTable, DerivedTable, DerivedTable] {
  const { input, rows, y, params } = predicted;
  const { bin, count } = binsOf(predicted, { most: params.bins, least: params.binPeople });
  const keyOf = (at: number, value: number) => ({
    bin: String(at + 1),
    [params.outcome]: value === 1 ? YES : NO,
  });
  const cells = Array.from({ length: count }, (_, at) =>
    [1, 0].map((value) => {
      const rests = basisOf(
        input,
        rows.filter((_row, row) => bin[row] === at && y[row] === value),
      );
      return { key: keyOf(at, value), ...rests, values: { n: rests.people } };
    }),
  ).flat();
  const table: CellTable = {
    kind: 'cells',
    name: BINS,
    title: `People by predicted risk of ${params.outcome}, from the lowest, and what came`,
    keys: ['bin', params.outcome],
    characteristics: [params.outcome],
    overlapping: cells.reduce((sum, { people }) => sum + people, 0) > basisOf(input, rows).people,
    breakdown: { bin: [] },
    measures: [PEOPLE],
    cells,
  };
  const from = (bins: readonly number[]): DerivedCell['from'] =>
    bins.flatMap((at) => [1, 0].map((value) => ({ table: BINS, key: keyOf(at, value) })));
  return [
    table,
    calibrationTable(predicted, { bin, count, from }),
    cutTable(predicted, { bin, count, from }),
  ];
}

interface Binned {
  readonly bin: Int32Array;
  readonly count: number;
  readonly from: (bins: readonly number[]) => DerivedCell['from'];
}

function calibrationTable({ y, risk, params }: Predicted, { bin, count, from }: Binned): DerivedTable {
  return {
    kind: 'derived',
    name: 'calibration',
    title: `Predicted risk of ${params.outcome} and the share it came true for`,
    keys: ['bin'],
    measures: [
      { name: 'n', label: 'records', unit: 'records', statistic: 'frequency' },
      { name: 'predicted', label: 'mean predicted risk', unit: 'probability', statistic: 'frequency' },
      { name: 'observed', label: 'share with the event', unit: 'share', statistic: 'frequency' },
      { name: 'low', label: 'its interval from', unit: 'share', statistic: 'frequency' },
      { name: 'high', label: 'to', unit: 'share', statistic: 'frequency' },
    ],
    cells: Array.from({ length: count }, (_, at) => {
      const own = [...bin.keys()].filter((row) => bin[row] === at);
      const events = own.reduce((sum, row) => sum + y[row]!, 0);
      return {
        key: { bin: String(at + 1) },
        values: {
          n: own.length,
          predicted: own.reduce((sum, row) => sum + risk[row]!, 0) / own.length,
          observed: events / own.length,
          ...wilson(events, own.length, params.level),
        },
        from: from([at]),
      };
    }),
  };
}

/** ROC and lift at the edges of the bins: each step rests on all the people of a bin. */
function cutTable({ y, params }: Predicted, { bin, count, from }: Binned): DerivedTable {
  const all = Array.from({ length: count }, (_, at) => at);
  const events = y.reduce((sum, value) => sum + value, 0);
  const cells = all.slice(1).map((cut): DerivedCell => {
    const [flagged, hits] = y.reduce<[number, number]>(
      ([rows, hit], value, row) => (bin[row]! >= cut ? [rows + 1, hit + value] : [rows, hit]),
      [0, 0],
    );
    return {
      key: { flagged: `bins ${cut + 1} to ${count}` },
      values: {
        share: flagged / y.length,
        false_positives: (flagged - hits) / (y.length - events),
        sensitivity: hits / events,
        precision: hits / flagged,
        lift: hits / flagged / (events / y.length),
      },
      from: from(all),
    };
  });
  return {
    kind: 'derived',
    name: 'cut_offs',
    title: `If the highest bins of predicted risk of ${params.outcome} were flagged`,
    keys: ['flagged'],
    measures: [
      { name: 'share', label: 'share flagged', unit: 'share', statistic: 'frequency' },
      {
        name: 'false_positives',
        label: 'flagged among those without the event',
        unit: 'share',
        statistic: 'frequency',
      },
      {
        name: 'sensitivity',
        label: 'flagged among those with the event',
        unit: 'share',
        statistic: 'frequency',
      },
      {
        name: 'precision',
        label: 'with the event among those flagged',
        unit: 'share',
        statistic: 'frequency',
      },
      {
        name: 'lift',
        label: 'times the event is as frequent among those flagged as among all',
        unit: 'times',
        statistic: 'frequency',
      },
    ],
    cells,
  };
}

export function importanceTable(
  { input, rows, size, params }: Predicted,
  found: readonly Importance[],
): ModelTable[] {
  if (found.length === 0) return [];
  const rests = basisOf(input, rows);
  return [
    {
      kind: 'model',
      name: 'importance',
      title: `How much worse ${params.outcome} is predicted when a field is shuffled`,
      keys: ['field'],
      basis: { ...rests, dof: rests.people - size },
      measures: [
        model('drop', 'mean fall of the area under the ROC curve', 'probability'),
        model('spread', 'its standard deviation over shuffles', 'probability'),
      ],
      cells: found.map(({ field, drops }) => {
        const mean = meanOf(drops);
        const squares = drops.reduce((sum, drop) => sum + (drop - mean) ** 2, 0);
        const spread = Math.sqrt(squares / Math.max(1, drops.length - 1));
        return { key: { field }, values: { drop: mean, spread } };
      }),
      notes: [
        'Fields that go together share their importance: little for each does not mean little for both.',
      ],
    },
  ];
}
