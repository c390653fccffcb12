// Matching against MatchIt, and what it refuses.
import { runMethod } from '../catalogue';
import { twoSidedP } from '../distributions';
import { InputRefused, numbersOf, textColumn } from '../input';
import type { RowInput } from '../input';
import { cellOf, expectClose, labelsIn, lalonde, reference, rowsFrom } from '../testing/data';
import { SeededRandom } from '../random';
import { nearest } from './nearest';
import type { MatchingProblem } from './nearest';
import { MatchingParams } from './params';
import { criticalGamma, eValue, rosenbaumBound, signedRanks } from './sensitivity';
import { studyOf } from './study';

interface Summary {
  'Means Treated': number;
  'Means Control': number;
  'Std. Mean Diff.': number;
  'Var. Ratio': number | null;
  'eCDF Mean': number;
  'eCDF Max': number;
}
interface Reference {
  pairs: { treated: string; controls: (string | null)[] }[];
  balance_all: Record<string, Summary>;
  balance_matched: Record<string, Summary>;
  att: Record<string, number>;
  nn: { Control: number; Treated: number; _row: string }[];
}

const people = lalonde();
const base = {
  treatment: 'treat',
  outcome: 're78',
  covariates: ['age', 'educ', 'race', 'married', 'nodegree', 're74', 're75'],
};
const run = (params: object, input: RowInput = people) =>
  runMethod('matching', input, { ...base, ...params }).result;

it('takes codes that are 1 and 0 for what they say', () => {
  const coded = { ...people.columns, treat: textColumn(labelsIn(people, 'treat')) };
  const { tables } = run({}, { ...people, columns: coded });
  expect(tables).toEqual(run({}).tables);
});

describe.each([
  ['without a caliper', 'psm_nn_largest.json', {}],
  ['with a caliper of 0.2 SD', 'psm_nn_cal02.json', { caliper: { width: 0.2 } }],
])('nearest 1:1 matching %s', (_name, file, params) => {
  const expected = reference<Reference>(file);
  const result = run(params);

  it('B16: makes the pairs of MatchIt 4.7.2', () => {
    const ids = labelsIn(people, 'id');
    const { matched } = studyOf(people, MatchingParams.parse({ ...base, ...params }), () => undefined);
    const made: Record<string, string | undefined> = Object.fromEntries(
      matched.couples.map(({ treated, control }) => [ids[treated] ?? '', ids[control] ?? '']),
    );
    for (const { treated, controls } of expected.pairs) expect(made[treated] ?? null).toBe(controls[0]);
  });

  it('B16: balance before and after equals MatchIt’s summary', () => {
    for (const [sample, summaries] of [
      ['all', expected.balance_all],
      ['matched', expected.balance_matched],
    ] as const)
      for (const [name, summary] of Object.entries(summaries)) {
        const covariate = name === 'distance' ? 'propensity score' : name.replace(/^race/, 'race: ');
        const found = cellOf(result, 'balance', { covariate, sample });
        expectClose(found['difference'], summary['Std. Mean Diff.']);
        if (summary['Var. Ratio'] === null) expect(found).not.toHaveProperty('variance_ratio');
        else expectClose(found['variance_ratio'], summary['Var. Ratio']);
        expectClose(found['ecdf_mean'], summary['eCDF Mean']);
        expectClose(found['ecdf_max'], summary['eCDF Max']);
        for (const group of ['treated', 'control'] as const) {
          const isShare = summary['Var. Ratio'] === null;
          const { mean, share } = cellOf(result, isShare ? 'shares' : 'means', { covariate, sample, group });
          expectClose(mean ?? share, summary[group === 'treated' ? 'Means Treated' : 'Means Control']);
        }
      }
  });

  it('B16: the effect and its errors equal lm, sandwich and vcovCL', () => {
    const effect = (model: string, errors: string) => cellOf(result, 'effect', { model, errors });
    const { att } = expected;
    for (const [model, name] of [
      ['difference of means', 'lm_simple'],
      ['adjusted for the covariates', 'lm_covadj'],
    ] as const) {
      const robust = effect(model, 'robust (HC1)');
      const clustered = effect(model, 'clustered by pair');
      expectClose(robust['estimate'], att[name] ?? NaN);
      expectClose(robust['standard_error'], att[`${name}_se_hc1`] ?? NaN);
      expectClose(clustered['estimate'], att[name] ?? NaN);
      expectClose(clustered['standard_error'], att[`${name}_se_cr1`] ?? NaN);
    }
  });

  it('B16: says how many people it rests on, and what the caliper changed', () => {
    const count = (row: string) => expected.nn.find(({ _row }) => _row === row);
    const matched = (group: string) => cellOf(result, 'matched_groups', { group, match: 'matched' })['n'];
    expect(matched('treated')).toBe(count('Matched')?.Treated);
    expect(matched('control')).toBe(count('Matched')?.Control);
    const [note] = result.tables.find(({ name }) => name === 'effect')?.notes ?? [];
    expect(note).toMatch(
      'caliper' in params ? /^Because of the caliper, some of the treated/ : /all of them/,
    );
  });

  it('draws the balance and the overlap that stand in its tables', () => {
    expect(result.plots.map(({ kind, name }) => [kind, name])).toEqual([
      ['bars', 'overlap'],
      ['love', 'balance'],
    ]);
    const love = result.plots.find((plot) => plot.kind === 'love');
    const age = love?.rows.find(({ label }) => label === 'age');
    expectClose(age?.after, expected.balance_matched['age']?.['Std. Mean Diff.'] ?? NaN);
    expectClose(age?.before, expected.balance_all['age']?.['Std. Mean Diff.'] ?? NaN);
  });

  it('DOMAIN § 5 extremes: no person and no pair is in the result', () => {
    expect(JSON.stringify(result)).not.toMatch(/NSW|PSID/);
  });
});

describe('nearest neighbours', () => {
  it('a random order depends on the seed and on nothing else', () => {
    const problem = (seed: number): MatchingProblem => ({
      score: Float64Array.from({ length: 200 }, (_, at) => ((at * 37) % 101) / 101),
      focal: Uint8Array.from({ length: 200 }, (_, at) => (at % 3 === 0 ? 1 : 0)),
      ratio: 1,
      replacement: false,
      order: 'random',
      seed,
      caliper: Infinity,
      strata: { code: new Int32Array(200), count: 1 },
    });
    expect(nearest(problem(1)).match).toEqual(nearest(problem(1)).match);
    expect(nearest(problem(1)).match).not.toEqual(nearest(problem(2)).match);
  });
});

describe('sensitivity', () => {
  it('without hidden bias the bound is Wilcoxon’s own p-value, and it grows with gamma', () => {
    const differences = Float64Array.from({ length: 40 }, (_, at) => ((at * 17) % 41) - 12);
    // Without ties: W has mean n (n + 1) / 4 and variance n (n + 1) (2 n + 1) / 24.
    const apart = Float64Array.from({ length: 20 }, (_, at) => (at + 1) * (at % 4 === 0 ? -1 : 1));
    const w = apart.reduce((sum, value) => sum + Math.max(0, value), 0);
    const z = (w - (20 * 21) / 4) / Math.sqrt((20 * 21 * 41) / 24);
    expectClose(rosenbaumBound(signedRanks(apart), 1) * 2, twoSidedP(z, Infinity));
    const bounds = [1, 1.5, 2, 4].map((gamma) => rosenbaumBound(signedRanks(differences), gamma));
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    const gamma = criticalGamma(signedRanks(differences), 0.05);
    expect(rosenbaumBound(signedRanks(differences), gamma - 1e-6)).toBeLessThan(0.05);
    expect(rosenbaumBound(signedRanks(differences), gamma + 1e-6)).toBeGreaterThan(0.05);
  });

  it('gives the E-values of the paper: 3.9 has 7.26 (VanderWeele & Ding 2017)', () => {
    expect(eValue(3.9)).toBeCloseTo(7.26, 2);
    expect(eValue(1 / 3.9)).toBeCloseTo(7.26, 2);
    expect(eValue(1)).toBe(1);
  });
});

describe('matching by other designs', () => {
  it('on the controls it is the effect on the treated with the groups exchanged', () => {
    const random = new SeededRandom(7);
    const all = Array.from({ length: 200 }, () => ({
      x: random.uniform(),
      t: random.uniform(),
      y: random.uniform(),
    }));
    const study = (isExchanged: boolean) =>
      rowsFrom({
        x: all.map(({ x }) => x),
        t: all.map(({ x, t }) => (t < 0.2 + x / 2 === isExchanged ? 0 : 1)),
        y: all.map(({ y }) => y),
      });
    const effect = (isExchanged: boolean, params: object) =>
      cellOf(
        run(
          { treatment: 't', covariates: ['x'], outcome: 'y', caliper: { width: 0.2 }, ...params },
          study(isExchanged),
        ),
        'effect',
        { model: 'difference of means', errors: 'robust (HC1)' },
      )['estimate'] ?? NaN;
    expectClose(
      effect(false, { estimand: 'ATC', order: 'smallest' }),
      -effect(true, { estimand: 'ATT', order: 'largest' }),
    );
  });

  it('exact fields are balanced exactly', () => {
    const result = run({ exact: ['married', 'nodegree'] });
    for (const covariate of ['married', 'nodegree'])
      expect(
        Math.abs(cellOf(result, 'balance', { covariate, sample: 'matched' })['difference'] ?? NaN),
      ).toBeLessThan(1e-12);
  });

  it.each([
    [3, 0],
    [12, 4],
  ])(
    'DOMAIN § 5 differencing: with %i treated people unmatched, %i numbers of everybody are shown',
    (far, shown) => {
      const random = new SeededRandom(11);
      const near = Array.from({ length: 200 }, (_, at) => ({ x: random.uniform(), t: at % 4 === 0 ? 1 : 0 }));
      const outliers = Array.from({ length: far }, (_, at) => ({ x: 8 + at / 10, t: 1 }));
      const all = [...near, ...outliers];
      const study = rowsFrom({
        x: all.map(({ x }) => x),
        t: all.map(({ t }) => t),
        y: all.map((_own, at) => (at * 7) % 23),
      });
      const params = {
        treatment: 't',
        covariates: ['x'],
        outcome: 'y',
        caliper: { width: 0.05, unit: 'score' },
      };
      const { tables } = run(params, study);
      const matched = tables.find(({ name }) => name === 'matched_groups')?.rows ?? [];
      expect(matched.map(({ key }) => `${key['group']} ${key['match']}`)).toContain('treated not matched');
      const balance = tables.find(({ name }) => name === 'balance')?.rows ?? [];
      const everybody = balance.filter(({ key, cell }) => key['sample'] === 'all' && cell.status === 'shown');
      expect(
        everybody.flatMap(({ cell }) => (cell.status === 'shown' ? Object.keys(cell.values) : [])),
      ).toHaveLength(2 * shown);
      expect(balance.some(({ key, cell }) => key['sample'] === 'matched' && cell.status === 'shown')).toBe(
        true,
      );
    },
  );

  it.each([{ ratio: 3, replacement: true }, { ratio: 2 }])(
    'the effect is the mean over sets of the difference from the mean of the matches: %j',
    (design) => {
      const params = MatchingParams.parse({ ...base, ...design });
      const { score, treated, y } = studyOf(people, params, () => undefined);
      const strata = { code: new Int32Array(score.length), count: 1 };
      const { focal, match } = nearest({ ...params, score, focal: treated, caliper: Infinity, strata });
      const differences = Array.from(focal, (person, at) => {
        const own = match.subarray(at * params.ratio, (at + 1) * params.ratio);
        return (y[person] ?? NaN) - own.reduce((sum, other) => sum + (y[other] ?? NaN), 0) / params.ratio;
      });
      const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length;
      const found = cellOf(run(design), 'effect', { model: 'difference of means', errors: 'robust (HC1)' });
      expectClose(found['estimate'], mean);
    },
  );

  it('with replacement errors are robust, and there is no bound by pairs', () => {
    const result = run({ replacement: true, ratio: 3 });
    const errors = result.tables.find(({ name }) => name === 'effect')?.rows.map(({ key }) => key['errors']);
    expect(new Set(errors)).toEqual(new Set(['robust (HC1)']));
    expect(result.tables.map(({ name }) => name)).not.toContain('rosenbaum_bounds');
    expect(
      cellOf(result, 'matched_groups', { group: 'control', match: 'matched' })['effective'],
    ).toBeLessThan(cellOf(result, 'matched_groups', { group: 'control', match: 'matched' })['n'] ?? 0);
  });

  it('does not depend on the names of fields or on units', () => {
    const scaled: RowInput = {
      ...people,
      columns: {
        ...people.columns,
        re74: {
          kind: 'number',
          values: numbersOf(people, 're74').map((v) => v / 1000),
        },
      },
    };
    const key = { model: 'adjusted for the covariates', errors: 'clustered by pair' };
    const [a, b] = [run({}), run({}, scaled)].map((result) => cellOf(result, 'effect', key));
    expectClose(a?.['estimate'], b?.['estimate'] ?? NaN);
    expectClose(a?.['standard_error'], b?.['standard_error'] ?? NaN);
  });
});

/** 80 people, half of them treated, each with records before and after an index date in June 2020. */
function dated(more: Partial<Record<'index' | 'date', (person: number, record: number) => string>> = {}) {
  const records = Array.from({ length: 80 * 4 }, (_, at) => ({ person: at >> 2, record: at % 4 }));
  // Records: long before, just before, just after, long after the index date.
  const dates = ['2018-01-01', '2020-05-01', '2020-07-01', '2022-01-01'];
  const of = (at: (person: number, record: number) => number | string) =>
    records.map(({ person, record }) => at(person, record));
  return {
    ...rowsFrom({
      id: of((person) => `p${person}`),
      attended: of((person) => (person % 2 === 0 ? 1 : 0)),
      index: of(more.index ?? (() => '2020-06-01')),
      date: of(more.date ?? ((_person, record) => dates[record] ?? '')),
      severity: of((person, record) => ((person * 7) % 13) + 100 * record),
      outcome: of((person, record) => person + 1000 * record),
    }),
    people: 'id',
  };
}

describe('matching on dated records', () => {
  const params = { treatment: 'attended', covariates: ['severity'], outcome: 'outcome' };
  const timing = { index: 'index', date: 'date', covariateDays: 365, outcomeDays: 365 };

  it.each([
    ['several records per person', dated(), /people have several records/],
    [
      'a field of dates',
      {
        ...rowsFrom({
          ...Object.fromEntries(
            ['attended', 'severity', 'outcome'].map((name) => [
              name,
              Array.from({ length: 40 }, (_, at) => (at * 7) % (name === 'attended' ? 2 : 11)),
            ]),
          ),
          seen: Array.from({ length: 40 }, () => '2020-01-01'),
        }),
      },
      /"seen" holds dates/,
    ],
  ])('B16: are refused without an index date and windows: %s', (_name, input, message) => {
    expect(() => run(params, input)).toThrow(message);
    expect(() => run(params, input)).toThrow(/Give "timing"/);
  });

  it('B16: takes covariates from before the index date and the outcome from after it, within the windows', () => {
    const study = studyOf(dated(), MatchingParams.parse({ ...params, timing }), () => undefined);
    expect(study.used.rows.length).toBe(80);
    expect([...study.y]).toEqual(Array.from({ length: 80 }, (_, person) => person + 2000));
    const severity = numbersOf(study.input, 'severity');
    expect([...severity]).toEqual(Array.from({ length: 80 }, (_, person) => ((person * 7) % 13) + 100));
  });

  it.each([
    [{ outcomeDays: 1000, outcome: 'sum' }, (person: number) => 2 * person + 5000],
    [{ outcomeDays: 1000, outcome: 'mean' }, (person: number) => person + 2500],
    [{ outcomeDays: 1000, outcome: 'last' }, (person: number) => person + 3000],
  ])('B16: summarises the outcome window as asked: %j', (more, of) => {
    const study = studyOf(
      dated(),
      MatchingParams.parse({ ...params, timing: { ...timing, ...more } }),
      () => undefined,
    );
    expect([...study.y]).toEqual(Array.from({ length: 80 }, (_, person) => of(person)));
  });

  it('B16: a record of the index date itself is neither before nor after', () => {
    const dates = ['2020-05-01', '2020-06-01', '2020-06-01', '2020-06-02'];
    const study = studyOf(
      dated({ date: (_person, record) => dates[record] ?? '' }),
      MatchingParams.parse({ ...params, timing }),
      () => undefined,
    );
    expect([...study.y]).toEqual(Array.from({ length: 80 }, (_, person) => person + 3000));
    const severity = numbersOf(study.input, 'severity');
    expect([...severity]).toEqual(Array.from({ length: 80 }, (_, person) => (person * 7) % 13));
  });

  it('counts people without a record in a window as left out', () => {
    const late = dated({
      date: (person, record) =>
        person < 12
          ? `2010-01-0${record + 1}`
          : (['2018-01-01', '2020-05-01', '2020-07-01', '2022-01-01'][record] ?? ''),
    });
    expect(cellOf(run({ ...params, timing }, late), 'left_out')['n']).toBe(12);
  });

  it.each([
    [
      'an index date that changes',
      dated({ index: (_person, record) => `2020-06-0${record + 1}` }),
      {},
      /"index" gives some people more than one index date/,
    ],
    ['what is no date', dated({ date: () => '1 June' }), {}, /"date" must hold dates/],
    ['a number as a date', dated(), { date: 'severity' }, /"severity" must hold dates/],
    ['a window of 0 days', dated(), { outcomeDays: 0 }, /outcomeDays/],
    ['no window', dated(), { outcomeDays: undefined }, /outcomeDays/],
  ])('refuses %s', (_name, input, more, message) => {
    expect(() => run({ ...params, timing: { ...timing, ...more } }, input)).toThrow(message);
  });
});

describe('matching refuses, and says by name what is wrong', () => {
  const series = (at: (row: number) => number | string | null, n = 60) =>
    Array.from({ length: n }, (_, row) => at(row));
  const columns = {
    t: series((row) => ((row * 7) % 5 > 2 ? 1 : 0)),
    x: series((row) => (row * 5) % 13),
    y: series((row) => (row * 3) % 17),
  };
  const small = { treatment: 't', covariates: ['x'], outcome: 'y' };
  const withColumn = (more: Record<string, (number | string | null)[]>) => rowsFrom({ ...columns, ...more });

  it.each<[string, object, RowInput, RegExp]>([
    ['an unknown field', { covariates: ['nope'] }, withColumn({}), /no field "nope"; it has t, x, y/],
    ['text as an outcome', {}, withColumn({ y: series(() => 'text') }), /"y" holds text/],
    ['a field named twice', { covariates: ['t'] }, withColumn({}), /must be different fields/],
    [
      'more matches than people',
      { ratio: 20 },
      withColumn({ t: series((row) => (row < 45 ? 1 : 0)) }),
      /"ratio" asks for 20 matches/,
    ],
    ['all treated', {}, withColumn({ t: series(() => 1) }), /"t" has the same value in every record used/],
    ['none treated', {}, withColumn({ t: series(() => 0) }), /"t" has the same value/],
    [
      'a treatment of three codes',
      {},
      withColumn({ t: series((row) => row % 3) }),
      /"t" has more than two values/,
    ],
    [
      'a treatment of text without its code',
      {},
      withColumn({ t: series((row) => (row % 2 ? 'a' : 'b')) }),
      /Say in "treated" which code of "t"/,
    ],
    [
      'a caliper nobody is within',
      { caliper: { width: 1e-9, unit: 'score' } },
      withColumn({ x: series((row) => row) }),
      /Widen "caliper"/,
    ],
    ['a caliper of 0', { caliper: { width: 0 } }, withColumn({}), /caliper/],
    ['a ratio of 0', { ratio: 0 }, withColumn({}), /ratio/],
    ['text as a ratio', { ratio: 'two' }, withColumn({}), /ratio/],
    ['an unknown order', { order: 'best' }, withColumn({}), /order/],
    [
      'a covariate that separates',
      {},
      withColumn({ x: series((row) => ((row * 7) % 5 > 2 ? 100 : 0) + row) }),
      /"x" alone predicts the treatment perfectly/,
    ],
    ['a constant covariate', {}, withColumn({ x: series(() => 1) }), /"x" is the same/],
    [
      '10,000 codes',
      {},
      rowsFrom({
        t: series((row) => row % 2, 10_000),
        y: series((row) => row, 10_000),
        x: series((row) => `c${row}`, 10_000),
      }),
      /"x" has more than 100/,
    ],
    [
      'infinite values',
      {},
      withColumn({ y: series((row) => (row === 3 ? -Infinity : row)) }),
      /"y" holds an infinite value/,
    ],
    ['missing values only', {}, withColumn({ y: series(() => null) }), /No row has a value/],
    ['0 rows', {}, rowsFrom({ t: [], x: [], y: [] }), /no rows/],
    ['1 row', {}, rowsFrom({ t: [1], x: [2], y: [3] }), /"t" has the same value/],
    [
      'everybody twice',
      {},
      { ...withColumn({ id: series((row) => `i${row >> 1}`) }), people: 'id' },
      /people have several records/,
    ],
  ])('%s', (_name, params, input, message) => {
    const attempt = () => runMethod('matching', input, { ...small, ...params });
    expect(attempt).toThrow(InputRefused);
    expect(attempt).toThrow(message);
  });

  it('refuses cell tables', () => {
    const cells = { ...withColumn({}), shape: 'cells' as const, dimensions: ['t'], sums: [] };
    expect(() => runMethod('matching', cells, small)).toThrow(/does not work on cells; it takes rows/);
  });
});
