// Regressions against R and statsmodels, and what they refuse.
import * as fc from 'fast-check';
import { runMethod } from '../catalogue';
import type { MethodName } from '../catalogue';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import { cellOf, expectClose, labelsIn, lalonde, reference, rowsFrom, valuesIn } from '../testing/data';

type Pack = Record<string, { estimate: number; standard_error: number }>;
interface Reference {
  linear: Record<'classical' | 'HC1' | 'HC3' | 'cluster' | 'weighted_HC1' | 'weighted_classical', Pack> & {
    r2: number;
    adj: number;
    pvalues_classical: Record<string, number>;
    ci_classical: Record<string, [number, number]>;
  };
  logistic: GlmReference;
  poisson: GlmReference;
  poisson_exposure_age: Pack;
}
interface GlmReference {
  classical: Pack;
  cluster: Pack;
  HC1_by_definition: Record<string, number>;
  HC3_by_definition: Record<string, number>;
  llf: number;
  deviance: number;
  aic: number;
}

const expected = reference<Reference & { large_counts: { llf: number } }>('regression.json');
const people = lalonde();
const column = (name: string) => numbersOf(people, name);
const data: RowInput = {
  ...people,
  columns: {
    ...people.columns,
    employed: { kind: 'number', values: column('re78').map((value) => (value > 0 ? 1 : 0)) },
    thousands: { kind: 'number', values: column('re78').map((value) => Math.floor(value / 1000)) },
    weight: { kind: 'number', values: column('age').map((age) => 1 + age / 50) },
    school: { kind: 'number', values: column('educ') },
  },
};
const terms = ['treat', 'age', 'educ', { field: 'race', reference: 'black' }, 'married', 're74'];

function expectPack(result: ReturnType<typeof runMethod>['result'], pack: Pack, relative = 1e-8) {
  for (const [term, { estimate, standard_error }] of Object.entries(pack)) {
    const found = cellOf(result, 'coefficients', { term });
    expectClose(found['estimate'], estimate, relative);
    expectClose(found['standard_error'], standard_error, relative);
  }
}

const run = (method: MethodName, params: object, input: RowInput = data) =>
  runMethod(method, input, params).result;

describe('linear', () => {
  const base = { outcome: 're78', terms };
  it.each([
    ['classical', { errors: 'classical' }, expected.linear.classical],
    ['HC1', {}, expected.linear.HC1],
    ['HC3', { errors: 'HC3' }, expected.linear.HC3],
    ['cluster', { errors: 'cluster', cluster: 'school' }, expected.linear.cluster],
    ['weighted HC1', { weights: 'weight' }, expected.linear.weighted_HC1],
    ['weighted classical', { weights: 'weight', errors: 'classical' }, expected.linear.weighted_classical],
  ])('B16: coefficients and %s errors equal statsmodels', (_name, params, pack) => {
    expectPack(run('linear', { ...base, ...params }), pack);
  });

  it('B16: p-values, intervals and R² equal statsmodels', () => {
    const result = run('linear', { ...base, errors: 'classical' });
    for (const [term, p] of Object.entries(expected.linear.pvalues_classical)) {
      const found = cellOf(result, 'coefficients', { term });
      expectClose(found['p'], p);
      expectClose(found['lower'], expected.linear.ci_classical[term]?.[0] ?? NaN);
      expectClose(found['upper'], expected.linear.ci_classical[term]?.[1] ?? NaN);
    }
    expectClose(cellOf(result, 'fit')['r_squared'], expected.linear.r2);
    expectClose(cellOf(result, 'fit')['adjusted_r_squared'], expected.linear.adj);
  });

  it('gives the mean of each group for a single factor', () => {
    const result = run('linear', { outcome: 're78', terms: ['race'] });
    const codes = labelsIn(data, 'race');
    const mean = (code: string) => {
      const own = Array.from(column('re78')).filter((_value, row) => codes[row] === code);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    expectClose(cellOf(result, 'coefficients', { term: 'intercept' })['estimate'], mean('black'));
    expectClose(
      cellOf(result, 'coefficients', { term: 'race: white' })['estimate'],
      mean('white') - mean('black'),
    );
  });

  it('multiplies the columns of an interaction, and powers of a polynomial', () => {
    const crossed = run('linear', {
      outcome: 're78',
      terms: ['race', { field: 'married', as: 'factor' }, { interaction: ['race', 'married'] }],
    });
    const names = crossed.tables[0]?.rows.map(({ key }) => key['term']);
    expect(names).toEqual([
      'intercept',
      'race: hispan',
      'race: white',
      'married: 1',
      'race: hispan × married: 1',
      'race: white × married: 1',
    ]);
    const squares = rowsFrom({
      x: Array.from({ length: 30 }, (_, x) => x),
      y: Array.from({ length: 30 }, (_, x) => 3 - 2 * x + 0.5 * x * x + (x % 2)),
      z: Array.from({ length: 30 }, (_, x) => x % 2),
    });
    const bent = run('linear', { outcome: 'y', terms: [{ field: 'x', degree: 2 }, 'z'] }, squares);
    expectClose(cellOf(bent, 'coefficients', { term: 'x^2' })['estimate'], 0.5);
  });

  it('is not disturbed by a column far from 0', () => {
    const shifted: RowInput = {
      ...data,
      columns: { ...data.columns, age: { kind: 'number', values: column('age').map((age) => age + 1e7) } },
    };
    const far = cellOf(run('linear', base, shifted), 'coefficients', { term: 'age' });
    const near = cellOf(run('linear', base), 'coefficients', { term: 'age' });
    expectClose(far['estimate'], near['estimate'] ?? NaN);
    expectClose(far['standard_error'], near['standard_error'] ?? NaN);
  });

  it('does not depend on the order of rows, and follows a change of units', () => {
    const { rows } = data;
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: rows }, (_, row) => row),
          { minLength: rows },
        ),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (order, unit) => {
          const moved = rowsFrom(
            Object.fromEntries(
              ['re78', 'treat', 'age', 'educ', 'race', 'married', 're74'].map((name) => [
                name,
                order.map((row) => valuesIn(data, name)[row] ?? null),
              ]),
            ),
          );
          const scaled: RowInput = {
            ...moved,
            columns: {
              ...moved.columns,
              age: {
                kind: 'number',
                values: numbersOf(moved, 'age').map((v) => v * unit),
              },
            },
          };
          const own = cellOf(run('linear', base, scaled), 'coefficients', { term: 'age' });
          const first = cellOf(run('linear', base), 'coefficients', { term: 'age' });
          expectClose((own['estimate'] ?? NaN) * unit, first['estimate'] ?? NaN);
          expectClose(own['p'], first['p'] ?? NaN);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('gives the same coefficients, and the same clustered errors, when everybody is there twice', () => {
    const twice = rowsFrom(
      Object.fromEntries(
        ['id', 're78', 'treat', 'age'].map((name) => {
          const values = valuesIn(data, name);
          return [name, [...values, ...values]];
        }),
      ),
    );
    const params = { outcome: 're78', terms: ['treat', 'age'], errors: 'cluster' };
    const doubled = run('linear', params, { ...twice, people: 'id' });
    const once = run('linear', params);
    for (const term of ['intercept', 'treat', 'age']) {
      const [a, b] = [doubled, once].map((result) => cellOf(result, 'coefficients', { term }));
      expectClose(a?.['estimate'], b?.['estimate'] ?? NaN);
      // The factor (n − 1) / (n − k) is all that differs.
      const factor = Math.sqrt(1227 / 1225 / (613 / 611));
      expectClose(a?.['standard_error'], (b?.['standard_error'] ?? NaN) * factor);
    }
    expect(cellOf(doubled, 'fit')).toMatchObject({ people: 614, records: 1228 });
  });
});

describe.each([
  ['logistic' as const, 'employed', expected.logistic],
  ['poisson' as const, 'thousands', expected.poisson],
])('%s', (method, outcome, pack) => {
  it('B16: coefficients, errors and likelihood equal statsmodels', () => {
    const classical = run(method, { outcome, terms, errors: 'classical' });
    expectPack(classical, pack.classical);
    expectPack(run(method, { outcome, terms, errors: 'cluster', cluster: 'school' }), pack.cluster);
    expectClose(cellOf(classical, 'fit')['deviance'], pack.deviance);
    expectClose(cellOf(classical, 'fit')['log_likelihood'], pack.llf);
    expectClose(cellOf(classical, 'fit')['aic'], pack.aic);
  });

  it('B16: robust errors equal their definition in sandwich', () => {
    for (const errors of ['HC1', 'HC3'] as const) {
      const result = run(method, { outcome, terms, errors });
      for (const [term, error] of Object.entries(pack[`${errors}_by_definition`]))
        expectClose(cellOf(result, 'coefficients', { term })['standard_error'], error);
    }
  });
});

describe('logistic on the propensity score of the demonstration', () => {
  const expectedScore = reference<{
    coefficients: Record<string, number>;
    se: Record<string, number>;
    p: Record<string, number>;
    aic: number;
  }>('psm_ps_model.json');
  const result = run('logistic', {
    outcome: 'treat',
    terms: ['age', 'educ', 'race', 'married', 'nodegree', 're74', 're75'],
    errors: 'classical',
  });

  it('B16: equals R’s glm', () => {
    for (const [name, estimate] of Object.entries(expectedScore.coefficients)) {
      const term = name.replace('(Intercept)', 'intercept').replace(/^race/, 'race: ');
      const found = cellOf(result, 'coefficients', { term });
      expectClose(found['estimate'], estimate);
      expectClose(found['standard_error'], expectedScore.se[name] ?? NaN);
      // A tail's relative error is about z² times that of z.
      expectClose(found['p'], expectedScore.p[name] ?? NaN, 1e-8 * (1 + (found['statistic'] ?? NaN) ** 2));
      expectClose(found['ratio'], Math.exp(estimate));
    }
    expectClose(cellOf(result, 'fit')['aic'], expectedScore.aic);
  });
});

it('poisson: the logarithm of an exposure is an offset, as in statsmodels', () => {
  expectPack(
    run('poisson', { outcome: 'thousands', terms, exposure: 'age', errors: 'classical' }),
    expected.poisson_exposure_age,
  );
});

describe('what a regression tells about few people', () => {
  it('DOMAIN § 5 frequency: the coefficient of a code of fewer than 10 people is not shown, nor is the code named', () => {
    const few = rowsFrom({
      y: Array.from({ length: 60 }, (_, row) => row % 7),
      group: Array.from({ length: 60 }, (_, row) => (row < 4 ? 'rare' : row % 2 ? 'a' : 'b')),
    });
    const { tables } = run('linear', { outcome: 'y', terms: ['group'] }, few);
    expect(tables[0]?.rows.map(({ key }) => key['term'])).toEqual(['intercept', 'group: b']);
    expect(JSON.stringify(tables)).not.toContain('rare');
  });

  it('DOMAIN § 5 frequency: nor is that of a number in which fewer than 10 people differ from the rest', () => {
    const few = rowsFrom({
      y: Array.from({ length: 60 }, (_, row) => row % 7),
      x: Array.from({ length: 60 }, (_, row) => (row < 4 ? row + 1 : 0)),
    });
    const { tables } = run('linear', { outcome: 'y', terms: ['x'] }, few);
    expect(tables[0]?.rows.map(({ key }) => key['term'])).toEqual(['intercept']);
  });
});

describe('a regression refuses, and says by name what is wrong', () => {
  const n = 60;
  const series = (at: (row: number) => number | string | null) =>
    Array.from({ length: n }, (_, row) => at(row));
  const good = {
    y: series((row) => (row * 7) % 11),
    x: series((row) => (row * 5) % 13),
    z: series((row) => (row * 3) % 17),
    b: series((row) => ((row * 7) % 5 > 2 ? 1 : 0)),
    t: series((row) => ['p', 'q'][row % 2] ?? null),
    id: series((row) => `i${row}`),
  };
  const withColumn = (name: string, values: (number | string | null)[]) => ({
    ...rowsFrom({ ...good, [name]: values }),
    people: 'id',
  });
  const linearOf =
    (more: object, input: RowInput = withColumn('x', good.x)) =>
    () =>
      run('linear', { outcome: 'y', terms: ['x'], ...more }, input);

  it.each<[string, () => unknown, RegExp]>([
    ['an unknown field', linearOf({ terms: ['nope'] }), /no field "nope"; it has y, x/],
    ['text as an outcome', linearOf({ outcome: 't' }), /"t" holds text/],
    ['the person as a term', linearOf({ terms: ['id'] }), /"id" says whose record/],
    ['a term twice', linearOf({ terms: ['x', 'x'] }), /"x" is a term twice/],
    ['the outcome as a term', linearOf({ terms: ['x', 'y'] }), /cannot explain itself/],
    [
      'an interaction of what is no term',
      linearOf({ terms: ['x', { interaction: ['x', 'z'] }] }),
      /"z" is in an interaction/,
    ],
    ['terms of a wrong type', linearOf({ terms: 'x' }), /terms/],
    ['an unknown parameter', linearOf({ colour: 'red' }), /colour/],
    ['a level out of range', linearOf({ level: 2 }), /level/],
    [
      'an unknown reference',
      linearOf({ terms: [{ field: 't', reference: 'r' }] }),
      /"r" is not a code of "t"/,
    ],
    ['a cluster without need', linearOf({ cluster: 't' }), /used with "errors": "cluster" only/],
    [
      'a constant column',
      linearOf(
        {},
        withColumn(
          'x',
          series(() => 3),
        ),
      ),
      /"x" is the same in every record/,
    ],
    [
      'a constant outcome',
      linearOf(
        {},
        withColumn(
          'y',
          series(() => 3),
        ),
      ),
      /outcome "y" is the same/,
    ],
    [
      'one cluster',
      linearOf(
        { errors: 'cluster', cluster: 'c' },
        withColumn(
          'c',
          series(() => 'c'),
        ),
      ),
      /"c" makes one cluster/,
    ],
    [
      'a weight of 0',
      linearOf(
        { weights: 'w' },
        withColumn(
          'w',
          series((row) => row),
        ),
      ),
      /weight "w" must be above 0/,
    ],
    [
      'an infinite value',
      linearOf(
        {},
        withColumn(
          'x',
          series((row) => (row === 3 ? Infinity : row)),
        ),
      ),
      /"x" holds an infinite value/,
    ],
    [
      'nothing but missing values',
      linearOf(
        {},
        withColumn(
          'x',
          series(() => null),
        ),
      ),
      /No row has a value in each of y, x/,
    ],
    ['0 rows', linearOf({}, rowsFrom({ y: [], x: [] })), /no rows/],
    ['1 row', linearOf({}, rowsFrom({ y: [1], x: [2] })), /the same in every record/],
    [
      'fewer rows than coefficients',
      linearOf({ terms: ['x', 'z'] }, rowsFrom({ y: [1, 2, 4], x: [1, 2, 3], z: [1, 5, 3] })),
      /3 coefficients and only 3/,
    ],
    [
      '10,000 codes',
      linearOf(
        { terms: ['f'] },
        rowsFrom({
          y: Array.from({ length: 10_000 }, (_, r) => r),
          f: Array.from({ length: 10_000 }, (_, r) => `f${r}`),
        }),
      ),
      /"f" has more than 100 different codes/,
    ],
    [
      'a column that is a sum of others',
      linearOf(
        { terms: ['x', 'z', 's'] },
        withColumn(
          's',
          series((row) => ((row * 5) % 13) + ((row * 3) % 17)),
        ),
      ),
      /"s" can be computed from "x", "z"/,
    ],
    [
      'a logistic outcome of three values',
      () =>
        run(
          'logistic',
          { outcome: 'o', terms: ['x'] },
          withColumn(
            'o',
            series((row) => row % 3),
          ),
        ),
      /"o" has more than two values/,
    ],
    [
      'a logistic outcome of one class',
      () =>
        run(
          'logistic',
          { outcome: 'o', terms: ['x'] },
          withColumn(
            'o',
            series(() => 1),
          ),
        ),
      /"o" has the same value/,
    ],
    [
      'a text outcome without an event',
      () => run('logistic', { outcome: 't', terms: ['x'] }, withColumn('x', good.x)),
      /Say in "event"/,
    ],
    [
      'an unknown event',
      () => run('logistic', { outcome: 't', event: 'u', terms: ['x'] }, withColumn('x', good.x)),
      /"u" is not a code of "t"/,
    ],
    [
      'perfect separation by one column',
      () =>
        run(
          'logistic',
          { outcome: 'b', terms: ['x', 's'] },
          withColumn(
            's',
            series((row) => ((row * 7) % 5 > 2 ? 5 + row : -row)),
          ),
        ),
      /"s" alone predicts the outcome perfectly/,
    ],
    [
      'separation by a code',
      () =>
        run(
          'logistic',
          { outcome: 'b', terms: ['s', 'x'] },
          withColumn(
            's',
            series((row) => ((row * 7) % 5 > 2 && row < 30 ? 'yes' : 'no')),
          ),
        ),
      /"s: yes" alone predicts/,
    ],
    [
      'separation by two columns together',
      () =>
        run(
          'logistic',
          { outcome: 'o', terms: ['x', 'z'] },
          withColumn(
            'o',
            series((row) => ((row * 5) % 13 > (row * 3) % 17 ? 1 : 0)),
          ),
        ),
      /together predict the outcome perfectly.*"[xz]" grew most/,
    ],
    [
      'counts that are 0 for one code',
      () =>
        run(
          'poisson',
          { outcome: 'o', terms: ['t', 'x'] },
          withColumn(
            'o',
            series((row) => (row % 2) * ((row % 5) + 1)),
          ),
        ),
      /"t: q" alone predicts that the count is 0/,
    ],
    [
      'a negative count',
      () =>
        run(
          'poisson',
          { outcome: 'o', terms: ['x'] },
          withColumn(
            'o',
            series((row) => row - 1),
          ),
        ),
      /"o" must be a count/,
    ],
    [
      'an exposure of 0',
      () =>
        run(
          'poisson',
          { outcome: 'y', terms: ['x'], exposure: 'e' },
          withColumn(
            'e',
            series(() => 0),
          ),
        ),
      /exposure "e" must be above 0/,
    ],
  ])('%s', (_name, attempt, message) => {
    expect(attempt).toThrow(InputRefused);
    expect(attempt).toThrow(message);
  });

  it('counts those it leaves out for a missing value', () => {
    const input = withColumn(
      'x',
      series((row) => (row < 12 ? null : row % 9)),
    );
    expect(cellOf(run('linear', { outcome: 'y', terms: ['x'] }, input), 'left_out')['n']).toBe(12);
  });
});

it('B16: the likelihood of counts in the millions equals SciPy’s, in which it is a small difference of large numbers', () => {
  const rows = Array.from({ length: 60 }, (_, i) => i);
  const counts = rowsFrom({
    x: rows.map((i) => i / 10),
    y: rows.map((i) => ((i * 7919) % 40) + (i % 3 === 0 ? 1_000_000 : 0)),
  });
  const { result } = runMethod('poisson', counts, { outcome: 'y', terms: ['x'] });
  expectClose(cellOf(result, 'fit')['log_likelihood'], expected.large_counts.llf);
});
