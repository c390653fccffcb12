// `prediction` against scikit-learn, statsmodels and definitions; what it hides, and what it refuses.
import { numbersOf, textColumn } from '../input';
import * as fc from 'fast-check';
import { runMethod } from '../catalogue';
import { completeRows } from '../design/complete';
import { designOf } from '../design/matrix';
import type { RowInput } from '../input';
import type { MethodResult } from '../method';
import { SeededRandom } from '../random';
import { binaryOf } from '../regression/prepare';
import { cellOf, expectClose, labelsIn, lalonde, reference, rowsFrom } from '../testing/data';
import { binsOf } from './bins';
import { PredictionParams } from './params';
import { aucOf, aucWithInterval, brierOf, wilson } from './performance';
import { fitPenalised, predict } from './penalised';
import { trialsOf } from './split';

const expected = reference<{
  terms: string[];
  ridge: Record<string, number[]>;
  auc_re74: { delong: [number, number, number]; sklearn: number };
  insample: { delong: [number, number, number]; brier: number; auc: number };
  wilson: [number, number, number, number][];
}>('prediction.json');

const people = lalonde();
const used = completeRows(people, ['treat', ...expected.terms]);
const treat = binaryOf(people, used.rows, 'treat', { event: undefined });
const design = designOf(people, used, expected.terms);

const ridge = (penalty: number) => ({ penalty, mixing: 0 });

/** People whose risk rises with x, in two towns of which one is predicted worse. */
function cohort(n: number, seed = 3): RowInput {
  const random = new SeededRandom(seed);
  const x = Array.from({ length: n }, () => random.uniform() * 4 - 2);
  const town = x.map(() => (random.uniform() < 0.6 ? 'north' : 'south'));
  const came = x.map((value, row) => {
    const slope = town[row] === 'north' ? 2.5 : 0.6;
    return random.uniform() < 1 / (1 + Math.exp(-slope * value)) ? 1 : 0;
  });
  return rowsFrom({ x, noise: x.map(() => random.uniform()), town, came });
}

const run = (input: RowInput, params: Record<string, unknown>) => runMethod('prediction', input, params);
const names = (result: MethodResult) => result.tables.map(({ name }) => name);

describe('the model', () => {
  it.each(Object.entries(expected.ridge))(
    'B16: equals scikit-learn and statsmodels with penalty %s',
    (penalty, values) => {
      const { coefficients } = fitPenalised(
        design,
        treat,
        Int32Array.from(treat.keys()),
        ridge(Number(penalty)),
      );
      values.forEach((value, at) => expectClose(coefficients[at], value, 1e-8));
    },
  );

  it('does not mind the units of its columns', () => {
    const rows = Int32Array.from(treat.keys());
    const scaled = {
      ...design,
      values: design.values.map((value, at) => (at < design.rows ? value : value * 64)),
    };
    const risks = predict(design, fitPenalised(design, treat, rows, ridge(1)));
    predict(scaled, fitPenalised(scaled, treat, rows, ridge(1))).forEach((risk, row) =>
      expectClose(risk, risks[row]!, 1e-10),
    );
  });
});

describe('measures of performance', () => {
  const re74 = numbersOf(people, 're74');
  const risks = predict(design, fitPenalised(design, treat, Int32Array.from(treat.keys()), ridge(0)));

  it('B16: the area equals scikit-learn’s, and its interval DeLong’s definition', () => {
    for (const [scores, { delong }] of [
      [re74, expected.auc_re74],
      [risks, expected.insample],
    ] as const) {
      const { auc, low, high } = aucWithInterval(treat, scores, 0.95);
      [auc, low, high].forEach((value, at) => expectClose(value, delong[at]!, 1e-9));
    }
    expectClose(aucOf(treat, re74), expected.auc_re74.sklearn, 1e-12);
    expectClose(brierOf(treat, risks), expected.insample.brier, 1e-8);
  });

  it('B16: Wilson’s interval equals statsmodels’', () => {
    for (const [events, n, low, high] of expected.wilson) {
      expect(wilson(events, n, 0.95).low).toBeCloseTo(low, 12);
      expect(wilson(events, n, 0.95).high).toBeCloseTo(high, 12);
    }
  });
});

describe('splits and bins', () => {
  const params = (more: object) => PredictionParams.parse({ outcome: 'y', terms: ['x'], ...more });

  it('keep all records of a person on one side, and test everybody once', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 2, max: 6 }), (seed, folds) => {
        const person = Int32Array.from({ length: 120 }, (_, row) => row % 40);
        const y = Float64Array.from(person, (who) => (who % 3 === 0 ? 1 : 0));
        const trials = trialsOf(y, { person, people: 40 }, params({ folds, seed }));
        const tested = trials.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
        expect(tested).toEqual(Array.from(person.keys()));
        for (const { train, test } of trials) {
          const seen = new Set(Array.from(train, (row) => person[row]));
          expect(test.some((row) => seen.has(person[row]))).toBe(false);
          expect(train.length + test.length).toBe(120);
          // 14 people have the event: their three records each are dealt out evenly.
          expect(Math.abs(test.filter((row) => y[row] === 1).length / 3 - 14 / folds)).toBeLessThan(1);
        }
      }),
    );
  });

  it('DOMAIN § 5 frequency: every bin holds enough people of either outcome, and parts no equal risks', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 40, max: 300 }), (seed, n) => {
        const random = new SeededRandom(seed);
        const risk = Float64Array.from({ length: n }, () => random.below(50) / 50);
        const y = risk.map((value) => (random.uniform() < value ? 1 : 0));
        const person = Int32Array.from(y.keys());
        const { bin, count } = binsOf({ y, risk, person }, { most: 10, least: 10 });
        for (let at = 0; count > 1 && at < count; at += 1)
          for (const value of [0, 1])
            expect(bin.filter((own, row) => own === at && y[row] === value).length).toBeGreaterThanOrEqual(
              10,
            );
        const isInOrder = (row: number, other: number) =>
          risk[row] === risk[other]
            ? bin[row] === bin[other]
            : risk[row]! > risk[other]! || bin[row]! <= bin[other]!;
        const rows = [...bin.keys()];
        expect(rows.every((row) => rows.every((other) => isInOrder(row, other)))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a prediction', () => {
  const params = { outcome: 'came', terms: ['x', 'noise'], groups: ['town'], importance: 5 };
  const { result, diagnostics } = run(cohort(1500), params);

  it('tells what it can foretell, and that noise helps little', () => {
    const {
      auc,
      auc_low: low,
      auc_high: high,
      brier,
      brier_of_share: chance,
    } = cellOf(result, 'performance');
    expect(low).toBeLessThan(auc!);
    expect(auc).toBeLessThan(high!);
    expect(auc).toBeGreaterThan(0.75);
    expect(brier).toBeLessThan(chance!);
    const drop = (field: string) => cellOf(result, 'importance', { field })['drop']!;
    expect(drop('x')).toBeGreaterThan(0.2);
    expect(Math.abs(drop('noise'))).toBeLessThan(0.02);
    expect(diagnostics).toEqual({ columns: 3, trials: 5 });
  });

  it('shows calibration and ROC by bins, never by single people', () => {
    const bins = result.tables.find(({ name }) => name === 'bins')!;
    const calibration = result.plots.find(({ name }) => name === 'calibration')!;
    expect(bins.rows.length).toBeGreaterThan(10);
    expect(calibration.kind === 'lines' && calibration.points.length).toBe(bins.rows.length / 2);
    for (const { key } of bins.rows) {
      const { predicted, observed } = cellOf(result, 'calibration', { bin: key['bin']! });
      expect(predicted).toBeGreaterThan(0);
      expect(observed).toBeGreaterThan(0);
    }
    const steps = result.tables.find(({ name }) => name === 'cut_offs')!.rows;
    const sensitivity = steps.map(({ cell }) =>
      cell.status === 'shown' ? cell.values['sensitivity']! : NaN,
    );
    expect(sensitivity).toEqual([...sensitivity].sort((a, b) => b - a));
  });

  it('lift is how much more frequent the event is among those flagged than among all, as the bins beside it say', () => {
    const bins = result.tables
      .find(({ name }) => name === 'bins')!
      .rows.map(({ key, cell }) => ({
        bin: Number(key['bin']),
        came: key['came'] === 'yes',
        n: cell.status === 'shown' ? cell.values['n']! : NaN,
      }));
    const shareIn = (from: number) => {
      const own = bins.filter(({ bin }) => bin >= from);
      const sum = (of: typeof own) => of.reduce((total, { n }) => total + n, 0);
      return sum(own.filter(({ came }) => came)) / sum(own);
    };
    const last = Math.max(...bins.map(({ bin }) => bin));
    for (let cut = 2; cut <= last; cut += 1) {
      const found = cellOf(result, 'cut_offs', { flagged: `bins ${cut} to ${last}` });
      expectClose(found['lift'], shareIn(cut) / shareIn(1), 1e-12);
      expectClose(found['precision'], shareIn(cut), 1e-12);
    }
    expect(last).toBeGreaterThan(4);
  });

  it('names the group it errs more for', () => {
    expect(cellOf(result, 'performance_town', { town: 'south' })['auc']).toBeLessThan(
      cellOf(result, 'performance_town', { town: 'north' })['auc']!,
    );
    const difference = cellOf(result, 'differences_town', { contrast: 'town south - north' });
    const errors = (town: string) => cellOf(result, 'errors_town', { town });
    for (const rate of ['flagged', 'false_positives', 'false_negatives', 'precision'])
      expect(difference[rate]).toBeCloseTo(errors('south')[rate]! - errors('north')[rate]!, 12);
    expect(names(result)).toEqual(expect.arrayContaining(['flags_town', 'outcomes_town']));
  });

  it('gives the same bytes for the same split, and others for another', () => {
    const again = (seed: number) => JSON.stringify(run(cohort(300), { ...params, seed }).result.tables);
    expect(again(4)).toBe(again(4));
    expect(again(4)).not.toBe(again(5));
  });

  it('can hold people back once instead', () => {
    const once = run(cohort(800), { ...params, testShare: 0.25, importance: 0 });
    expect(once.diagnostics['trials']).toBe(1);
    const bins = once.result.tables.find(({ name }) => name === 'bins')!.rows;
    const n = bins.reduce((sum, { cell }) => sum + (cell.status === 'shown' ? cell.values['n']! : 0), 0);
    expect(n).toBe(200);
    expect(names(once.result)).not.toContain('importance');
  });

  it('DOMAIN § 5 frequency: errors that rest on few people of a group are not shown', () => {
    const input = cohort(400);
    const rare = labelsIn(input, 'town').map((town, row) => (row < 15 ? 'island' : town));
    const { result: hidden } = run(
      { ...input, columns: { ...input.columns, town: textColumn(rare) } },
      { ...params, importance: 0 },
    );
    expect(() => cellOf(hidden, 'errors_town', { town: 'island' })).toThrow('not shown');
    expect(JSON.stringify(hidden.plots)).not.toContain('island');
  });
});

describe('a prediction refused', () => {
  const small = cohort(60);
  const one = rowsFrom({ x: [1, 2, 3, 4], came: [1, 1, 1, 1] });
  const apart = rowsFrom({
    x: Array.from({ length: 40 }, (_, row) => row),
    came: Array.from({ length: 40 }, (_, row) => (row < 20 ? 0 : 1)),
  });
  const levels = rowsFrom({
    code: Array.from({ length: 10_000 }, (_, row) => `c${row}`),
    came: Array.from({ length: 10_000 }, (_, row) => row % 2),
  });
  const p = { outcome: 'came', terms: ['x'] };

  it.each<[string, RowInput, Record<string, unknown>, string | RegExp]>([
    ['an unknown field', small, { ...p, terms: ['z'] }, /The data has no field "z"/],
    ['one class only', one, p, /"came" has the same value in every record used, and two are needed/],
    ['more than two classes', small, { ...p, outcome: 'x', terms: ['noise'] }, /"x" has more than/],
    [
      'codes without an event',
      small,
      { ...p, outcome: 'town' },
      /Say in "event" which code of "town" counts as 1/,
    ],
    [
      'no rows',
      rowsFrom({ x: [], came: [] }),
      p,
      'The data has no rows. Choose a release that holds records.',
    ],
    [
      'too few for the folds',
      rowsFrom({ x: [1, 2, 3, 4], came: [1, 0, 0, 0] }),
      p,
      /Too few people have the event, or do not have it, for every part of the split to hold some. Choose fewer "folds"/,
    ],
    [
      'perfect separation without a penalty',
      apart,
      { ...p, penalty: 0 },
      /With "penalty" 0 the model has no finite fit/,
    ],
    [
      '10,000 levels',
      levels,
      { ...p, terms: ['code'] },
      /The field "code" has more than 100 different codes/,
    ],
    [
      'infinite values',
      rowsFrom({ x: [Infinity, 2], came: [1, 0] }),
      p,
      /The field "x" holds an infinite value/,
    ],
    ['the outcome among the terms', small, { ...p, terms: ['came'] }, /The outcome cannot predict itself/],
    [
      'parameters of the wrong type',
      small,
      { ...p, penalty: 'high', folds: 1 },
      /The parameters of "prediction" do not fit:[\s\S]*penalty[\s\S]*folds/,
    ],
    [
      'whose record a row is',
      lalonde(),
      { outcome: 'treat', terms: ['id'] },
      /"id" says whose record a row is/,
    ],
  ])('names what is wrong and what would work: %s', (_name, input, params, message) => {
    expect(() => run(input, params)).toThrow(message);
  });

  it('fits separated groups with a penalty', () => {
    expect(() => run(apart, p)).not.toThrow();
  });
});
