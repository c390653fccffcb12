// Segmented regression against R and sandwich, from records and cells, and what it refuses.
import { numbersOf, textColumn } from '../input';
import { runMethod } from '../catalogue';
import { InputRefused } from '../input';
import type { CellInput, MethodInput } from '../input';
import { neweyWest, robust, standardErrors } from '../regression/covariance';
import { cellOf, expectClose, reference, referenceData, rowsFrom } from '../testing/data';
import { segmentedModel } from './model';

interface Model {
  coef: Record<string, number>;
  sigma: number;
  r2: number;
  adj_r2: number;
  df: number;
  durbin_watson: number;
  acf1_5: number[];
  ljung_box_10: { statistic: number; 'p.value': number };
  nw_lag4_adj: { se: Record<string, number>; p: Record<string, number> };
  nw_lag4_noadj: { se: Record<string, number> };
  nw_lag0_noadj_equals_HC0: { se: Record<string, number> };
  hc3_se: Record<string, number>;
}
interface Reference {
  segmented_seasonal: Model & { counterfactual: Record<string, number> };
  segmented_plain: Model;
}

const expected = reference<Reference>('its_reference.json');
const data = referenceData('its_demand.csv');
const contacts = numbersOf(data, 'contacts');
const week = numbersOf(data, 'week');

/** The series as a published table: one cell of 200 people per week. */
const cells: CellInput = {
  shape: 'cells',
  rows: week.length,
  dimensions: ['week'],
  sums: ['contacts'],
  columns: {
    week: { kind: 'number', values: week },
    n: { kind: 'number', values: week.map(() => 200) },
    sum_contacts: { kind: 'number', values: contacts },
    dominance_contacts: textColumn(Array.from(week, () => 'pass')),
  },
};
const base = { outcome: 'contacts', time: 'week', measure: 'sum', interruption: 97 };
const season = { period: 52 };
const run = (params: object = {}, input: MethodInput = cells) =>
  runMethod('segmented', input, { ...base, ...params }).result;

const NAMES = {
  intercept: '(Intercept)',
  'trend per period before': 'week',
  'change of level': 'post',
  'change of trend per period': 'since',
  'season, sine 1': 's1',
  'season, cosine 1': 'c1',
};

describe.each([
  ['with a season', expected.segmented_seasonal, { season }],
  ['without one', expected.segmented_plain, {}],
])('segmented %s', (_name, model, params) => {
  it('B16: coefficients, Newey–West errors and p-values equal R and sandwich', () => {
    const result = run({ ...params, lag: 4 });
    for (const [term, name] of Object.entries(NAMES)) {
      const estimate = model.coef[name];
      if (estimate === undefined) continue;
      const found = cellOf(result, 'coefficients', { term });
      expectClose(found['estimate'], estimate);
      expectClose(found['standard_error'], model.nw_lag4_adj.se[name] ?? NaN);
      // A tail's relative error is about t² times that of t.
      expectClose(
        found['p'],
        model.nw_lag4_adj.p[name] ?? NaN,
        1e-12 * (1 + (found['statistic'] ?? NaN) ** 2),
      );
    }
  });

  it('B16: fit and residuals equal R', () => {
    const found = cellOf(run(params), 'fit');
    expectClose(found['sigma'], model.sigma);
    expectClose(found['r_squared'], model.r2);
    expectClose(found['adjusted_r_squared'], model.adj_r2);
    expect(found['residual_df']).toBe(model.df);
    expectClose(found['durbin_watson'], model.durbin_watson);
    expectClose(found['autocorrelation'], model.acf1_5[0] ?? NaN);
    expectClose(found['ljung_box'], model.ljung_box_10.statistic);
    expect(found['ljung_box_p']).toBeCloseTo(model.ljung_box_10['p.value'], 10);
  });

  it('B16: other errors equal sandwich too', () => {
    const { fit } = segmentedModel(contacts, 96, {
      adjust: true,
      ...('season' in params ? { season: { period: 52, harmonics: 1 } } : {}),
    });
    const names = Object.values(NAMES);
    const compare = (errors: Float64Array, se: Record<string, number>) =>
      errors.forEach((error, at) => expectClose(error, se[names[at] ?? ''] ?? NaN));
    compare(standardErrors(neweyWest(fit, 4, false)), model.nw_lag4_noadj.se);
    compare(standardErrors(neweyWest(fit, 0, false)), model.nw_lag0_noadj_equals_HC0.se);
    compare(standardErrors(robust(fit, 'HC3')), model.hc3_se);
  });
});

describe('segmented', () => {
  it('B16: the difference from what would have been equals the reference', () => {
    const { counterfactual } = expected.segmented_seasonal;
    const result = run({ season, lag: 4 });
    const last = cellOf(result, 'effect', { when: 'in the last period' });
    expectClose(last['estimate'], counterfactual['effect_at_last'] ?? NaN);
    expectClose(last['standard_error'], counterfactual['se_nw4_effect_at_last'] ?? NaN);
    const sum = cellOf(result, 'effect', { when: 'all periods after, added up' });
    expectClose(sum['estimate'], counterfactual['sum_fitted_effect'] ?? NaN);
    expectClose(
      cellOf(result, 'series', { week: '97' })['expected'],
      counterfactual['first_post_counterfactual'] ?? NaN,
    );
    expectClose(
      cellOf(result, 'series', { week: '156' })['expected'],
      counterfactual['last_counterfactual'] ?? NaN,
    );
  });

  it('takes a lag by Newey and West’s rule where none is given', () => {
    expect(runMethod('segmented', cells, base).diagnostics).toEqual({ lag: 4 });
  });

  it('gives from records what it gives from cells', () => {
    const records = Array.from(week, (own, at) =>
      Array.from({ length: 12 }, (_, k) => ({ own, value: (contacts[at] ?? 0) / 12 + k - 5.5, id: `p${k}` })),
    ).flat();
    const rows = {
      ...rowsFrom({
        week: records.map(({ own }) => own),
        contacts: records.map(({ value }) => value),
        id: records.map(({ id }) => id),
      }),
      people: 'id',
    };
    const [a, b] = [run({}, rows), run()].map((result) =>
      cellOf(result, 'coefficients', { term: 'change of level' }),
    );
    expectClose(a?.['estimate'], b?.['estimate'] ?? NaN);
    expectClose(a?.['standard_error'], b?.['standard_error'] ?? NaN);
  });

  it('reads months, also from a shorter window', () => {
    const months = Array.from(
      { length: 48 },
      (_, at) => `${2012 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
    );
    const monthly: CellInput = {
      ...cells,
      rows: 48,
      dimensions: ['month'],
      columns: {
        month: textColumn(months),
        n: { kind: 'number', values: new Float64Array(48).fill(50) },
        sum_contacts: {
          kind: 'number',
          values: Float64Array.from({ length: 48 }, (_, at) => 10 + at + (at >= 20 ? 5 : 0) + ((at * 7) % 5)),
        },
      },
    };
    const params = { time: 'month', interruption: '2013-09', window: { from: '2012-07', to: '2015-06' } };
    const result = run(params, monthly);
    expect(cellOf(result, 'fit')['periods']).toBe(36);
    expect(cellOf(result, 'coefficients', { term: 'change of level' })['estimate']).toBeCloseTo(5, 0);
  });

  it('DOMAIN § 5 frequency: a period of fewer than 10 people is not shown', () => {
    const small: CellInput = {
      ...cells,
      columns: { ...cells.columns, n: { kind: 'number', values: week.map((own) => (own < 20 ? 9 : 200)) } },
    };
    const shown = run({}, small).tables.find(({ name }) => name === 'series')?.rows ?? [];
    expect(shown.filter(({ cell }) => cell.status === 'shown').length).toBe(156 - 19);
    const [plot] = run({}, small).plots;
    expect(plot).toMatchObject({ kind: 'series', breakAt: 96, notDrawn: 19 });
    expect(plot?.kind === 'series' && plot.points[0]).toMatchObject({ at: 19, label: '20' });
  });
});

describe('B38: a series that policy broke is refused', () => {
  const broken = (more: object) => ({
    breaks: [{ field: 'contacts', from: 60, to: 62, reason: 'all infants became eligible', ...more }],
  });
  it.each([
    [
      'inside the window',
      broken({}),
      /"contacts" was judged inadmissible .* from 60 to 62: all infants became eligible/,
    ],
    ['at the edge of it', broken({ from: 156, to: 400 }), /inadmissible/],
    ['in the field of time', broken({ field: 'week' }), /"week" was judged inadmissible/],
  ])('%s', (_name, params, message) => {
    expect(() => run(params)).toThrow(message);
    expect(() => run(params)).toThrow(InputRefused);
  });

  it.each([
    ['outside the window', { ...broken({}), window: { from: 63 } }],
    ['after the series', broken({ from: 200, to: 210 })],
    ['in a field that is not read', broken({ field: 'other' })],
  ])('but not %s', (_name, params) => {
    expect(run(params).tables.length).toBeGreaterThan(0);
  });
});

describe('segmented refuses, and says by name what is wrong', () => {
  const withColumn = (name: string, values: (number | string | null)[]) =>
    rowsFrom({ week: Array.from(week), contacts: Array.from(contacts), [name]: values });
  const all = (at: (row: number) => number | string | null) => Array.from(week, (_own, row) => at(row));
  it.each<[string, object, MethodInput, RegExp]>([
    [
      'an unknown field',
      { outcome: 'nope' },
      withColumn(
        'x',
        all(() => 1),
      ),
      /no field "nope"/,
    ],
    [
      'an unknown sum of a cell table',
      { outcome: 'nope' },
      cells,
      /"nope" is not summed in this cell table; it sums contacts/,
    ],
    ['an unknown dimension', { time: 'month' }, cells, /no field "month"/],
    ['time that is the outcome', { time: 'contacts' }, cells, /different fields/],
    [
      'text as an outcome',
      {},
      withColumn(
        'contacts',
        all(() => 'many'),
      ),
      /"contacts" holds text/,
    ],
    [
      'text that is no time',
      {},
      withColumn(
        'week',
        all(() => 'soon'),
      ),
      /"week" must hold periods/,
    ],
    ['an interruption written otherwise', { interruption: '2014-09' }, cells, /"interruption" is 2014-09/],
    ['an interruption before the series', { interruption: 1 }, cells, /0 periods before the interruption/],
    ['an interruption after it', { interruption: 1000 }, cells, /0 from it on/],
    ['a window with nothing in it', { window: { from: 500 } }, cells, /No record in the window/],
    [
      'a gap',
      {},
      withColumn(
        'week',
        all((row) => (row < 50 ? row : row + 1)),
      ),
      /not equally spaced/,
    ],
    [
      'infinite values',
      {},
      withColumn(
        'contacts',
        all((row) => (row === 3 ? Infinity : row)),
      ),
      /"contacts" holds an infinite/,
    ],
    [
      'missing values only',
      {},
      withColumn(
        'contacts',
        all(() => null),
      ),
      /No record in the window has a value/,
    ],
    ['0 rows', {}, rowsFrom({ week: [], contacts: [] }), /no rows/],
    ['1 row', {}, rowsFrom({ week: [1], contacts: [1] }), /1 periods before/],
    ['a lag of text', { lag: 'four' }, cells, /lag/],
    ['a season of one period', { season: { period: 1 } }, cells, /period/],
    ['a break without a reason', { breaks: [{ field: 'contacts', from: 1, to: 2 }] }, cells, /reason/],
  ])('%s', (_name, params, input, message) => {
    expect(() => run(params, input)).toThrow(message);
    expect(() => run(params, input)).toThrow(InputRefused);
  });
});
