// Multiple imputation against scikit-learn, statsmodels and Rubin's rules, and what it refuses.
import { runMethod } from '../catalogue';
import { InputRefused, numbersOf, textColumn } from '../input';
import type { NumberColumn, RowInput } from '../input';
import { solve } from '../linear-algebra/cholesky';
import { times } from '../linear-algebra/cross-product';
import { SeededRandom } from '../random';
import { cellOf, expectClose, labelsIn, lalonde, reference, rowsFrom } from '../testing/data';
import { goThrough, imputed } from './chain';
import type { Draws } from './chain';
import { drawCodes, multinomial } from './codes';
import { linearFit } from './numbers';
import { panelOf } from './panel';
import { Imputation } from './params';
import { pool } from './pool';

interface PooledReference {
  estimates: number[];
  errors: number[];
  df: number[];
  missing: number[];
  between: number[];
}
interface Reference {
  chain: { data: (number | null)[][]; after: Record<string, number[][]> };
  codes: { x: number[][]; y: number[]; coefficients: number[][]; errors: number[][] };
  pool: {
    singles: { estimates: number[]; variances: number[] }[];
    complete_df: number;
    pooled: PooledReference;
  };
  mice: { missing: Record<string, number[]>; names: string[]; imputations: number; pooled: PooledReference };
}
const made = reference<Reference>('imputation.json');

describe('Rubin’s rules', () => {
  const { singles, complete_df: completeDf, pooled } = made.pool;
  const typed = singles.map(({ estimates, variances }) => ({
    ...{ estimates: Float64Array.from(estimates), variances: Float64Array.from(variances) },
  }));

  it('pool estimates and errors as statsmodels does, with the degrees of freedom of Barnard and Rubin', () => {
    pool(typed, completeDf).forEach(({ estimate, error, df, missing }, at) => {
      expectClose(estimate, pooled.estimates[at]!);
      expectClose(error, pooled.errors[at]!);
      expectClose(df, pooled.df[at]!);
      expectClose(missing, pooled.missing[at]!);
    });
  });

  it('leave an estimate as it is where all data sets agree, and say that no information is missing', () => {
    const [found] = pool([typed[0]!, typed[0]!, typed[0]!], Infinity);
    expectClose(found?.estimate, typed[0]!.estimates[0]!);
    expectClose(found?.error, Math.sqrt(typed[0]!.variances[0]!));
    expect([found?.df, found?.missing]).toEqual([Infinity, 0]);
  });
});

it('goes through the fields as scikit-learn does: with conditional means for draws, the same values', () => {
  const { data, after } = made.chain;
  const names = ['a', 'b', 'c', 'd'];
  const input = rowsFrom(Object.fromEntries(names.map((name, at) => [name, data.map((row) => row[at]!)])));
  const rows = Int32Array.from(data.keys());
  const means: Draws = {
    numbers: ({ observed, missing }, y) => times(missing, linearFit(observed, y, 0).coefficients),
    codes: drawCodes,
    start: (observed) => observed.reduce((sum, own) => sum + own, 0) / observed.length,
  };
  for (const [iterations, expected] of Object.entries(after)) {
    const panel = panelOf(input, rows, names, new Set());
    goThrough(panel, Number(iterations), new SeededRandom(1), means);
    panel.forEach((field, column) => {
      if (field.kind !== 'number') throw new Error('a number became a code');
      for (const at of field.missing) expectClose(field.values[at], expected[at]![column]!);
    });
  }
});

it('estimates a multinomial model as statsmodels does, where no prior holds it back', () => {
  const { x, y, coefficients, errors } = made.codes;
  const values = [x.map(() => 1), x.map(([a]) => a!), x.map(([, b]) => b!)].flat();
  const design = { rows: x.length, size: 3, values: Float64Array.from(values) };
  const { beta, factor } = multinomial(design, Int32Array.from(y), 3, 0);
  coefficients.flat().forEach((own, at) => expectClose(beta[at], own));
  // The factor's inverse has the variances on its diagonal.
  const unit = (at: number) => Float64Array.from({ length: 6 }, (_, other) => (other === at ? 1 : 0));
  errors.flat().forEach((own, at) => expectClose(Math.sqrt(solve(factor, unit(at))[at]!), own, 1e-8));
});

describe('a regression of people of whom some values are missing', () => {
  const { missing, names, imputations, pooled } = made.mice;
  const params = {
    outcome: 're78',
    terms: ['treat', 'age', 'educ', 'married', 're74'],
    errors: 'classical',
  };
  const people = amputed(lalonde(), missing);
  const datasets = 60;
  const run = (more: object) =>
    runMethod('linear', people, { ...params, imputation: { datasets, seed: 4, ...more } });
  const { result } = run({});
  const term = (name: string) =>
    cellOf(result, 'coefficients', { term: name === 'Intercept' ? 'intercept' : name });

  it('agrees with statsmodels’ MICE within four times the error of a finite number of data sets', () => {
    names.forEach((name, at) => {
      const own = term(name);
      const noise = Math.sqrt(pooled.between[at]! * (1 / datasets + 1 / imputations));
      expect(Math.abs(own['estimate']! - pooled.estimates[at]!)).toBeLessThan(4 * noise);
      expect(own['standard_error']! / pooled.errors[at]!).toBeCloseTo(1, 1);
      expect(Math.abs(own['missing']! - pooled.missing[at]!)).toBeLessThan(0.15);
    });
  });

  it('says how many people each field was imputed for, how, and what that assumes', () => {
    for (const [field, rows] of Object.entries(missing))
      expect(cellOf(result, 'imputed', { field })).toEqual({ n: rows.length });
    expect(cellOf(result, 'fit')).toMatchObject({ people: 614, residual_df: 608 });
    const notes = result.tables.find(({ name }) => name === 'coefficients')?.notes.join('\n');
    expect(notes).toMatch(/Missing values of educ, married, re74 were imputed 60 times/);
    expect(notes).toMatch(/missing at random/);
  });

  it('gives the same bytes with the same seed, and others with another', () => {
    const [a, b, c] = [3, 3, 5].map((seed) => JSON.stringify(run({ seed, datasets: 3 }).result.tables));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it('without anything missing gives what complete records give', () => {
    const whole = runMethod('linear', lalonde(), { ...params, imputation: { datasets: 3 } }).result;
    const plain = runMethod('linear', lalonde(), params).result;
    for (const name of ['intercept', 'treat', 're74']) {
      const [own, expected] = [whole, plain].map((each) => cellOf(each, 'coefficients', { term: name }));
      expectClose(own!['estimate'], expected!['estimate']!);
      expectClose(own!['standard_error'], expected!['standard_error']!);
      expect(own!['missing']).toBe(0);
    }
  });

  it('imputes values that somebody has and codes that there are, and leaves alone what was recorded', () => {
    const race = labelsIn(lalonde(), 'race').map((code, row) => (row % 7 === 0 ? null : code));
    const before = { ...people, columns: { ...people.columns, race: textColumn(race) } };
    const fields = { fields: ['re78', 'educ', 'race'], coded: [], needed: [] };
    const { rows, datasets: made } = imputed(
      before,
      fields,
      Imputation.parse({ datasets: 2 }),
      () => undefined,
    );
    expect(rows).toHaveLength(614);
    for (const dataset of made)
      for (const field of ['educ', 'race']) {
        const [was, is] = [labelsIn(before, field), labelsIn(dataset, field)];
        const known = new Set(was.filter((value) => value !== null));
        expect(is.filter((value) => !known.has(value ?? ''))).toEqual([]);
        expect(is.filter((value, row) => was[row] !== null && was[row] !== value)).toEqual([]);
      }
  });
});

describe('matching of people of whom some values are missing', () => {
  const study = { treatment: 'treat', outcome: 're78', covariates: ['age', 'educ', 'married', 're74'] };
  const { educ = [], married = [] } = made.mice.missing;
  const people = amputed(lalonde(), { educ, married });
  const key = { model: 'difference of means', errors: 'clustered by pair' };

  it('matches in each completed data set and pools what these give', () => {
    const asked = { datasets: 4, seed: 6 };
    const { result } = runMethod('matching', people, { ...study, imputation: asked });
    const fields = ['treat', 're78', 'age', 'educ', 'married', 're74'];
    const imputable = { fields, coded: ['treat'], needed: ['treat'] };
    const { datasets } = imputed(people, imputable, Imputation.parse(asked), () => undefined);
    const each = Array.from(datasets, (dataset) =>
      cellOf(runMethod('matching', dataset, study).result, 'effect', key),
    );
    const singles = each.map((own) => ({
      estimates: Float64Array.of(own['estimate']!),
      variances: Float64Array.of(own['standard_error']! ** 2),
    }));
    const [pooled] = pool(singles, 184);
    const effect = cellOf(result, 'effect', key);
    expectClose(effect['estimate'], pooled!.estimate);
    expectClose(effect['standard_error'], pooled!.error);
    expectClose(effect['df'], pooled!.df);
    expect(new Set(singles.map(({ estimates }) => estimates[0])).size).toBe(4);
    expect(cellOf(result, 'imputed', { field: 'educ' })).toEqual({ n: educ.length });
    const after = cellOf(result, 'balance', { covariate: 're74', sample: 'matched' })['difference'];
    expect(Math.abs(after!)).toBeLessThan(0.2);
    expect(result.plots.map(({ name }) => name)).toEqual(['balance']);
  });

  it('without anything missing gives what matching gives, and never imputes the treatment', () => {
    const plain = runMethod('matching', lalonde(), study).result;
    const pooled = runMethod('matching', lalonde(), { ...study, imputation: { datasets: 2 } }).result;
    for (const measure of ['estimate', 'standard_error'])
      expectClose(cellOf(pooled, 'effect', key)[measure], cellOf(plain, 'effect', key)[measure]!);
    const untold = amputed(lalonde(), { treat: Array.from({ length: 40 }, (_, at) => at * 15), educ });
    const { result } = runMethod('matching', untold, { ...study, imputation: { datasets: 2 } });
    expect(cellOf(result, 'left_out')).toEqual({ n: 40 });
  });
});

describe('DOMAIN § 5: imputed values make nobody less visible', () => {
  // Nine people have the rare code; it is imputed for many more.
  const codes = Array.from({ length: 200 }, (_, row) => (row < 9 ? 'rare' : row < 120 ? 'often' : null));
  const data = rowsFrom({
    code: codes,
    x: codes.map((_, row) => (row * 7) % 13),
    y: codes.map((_, row) => ((row * 31) % 17) + (row < 9 ? 3 : 0)),
  });
  it('a code that fewer people than the threshold are recorded with is not shown, however many it is imputed for', () => {
    const { result } = runMethod('linear', data, {
      ...{ outcome: 'y', terms: ['code', 'x'], imputation: { datasets: 5, with: [] } },
    });
    expect(JSON.stringify(result.tables)).not.toContain('rare');
    expect(cellOf(result, 'coefficients', { term: 'x' })).toHaveProperty('estimate');
  });
});

describe('refuses', () => {
  const data = rowsFrom({
    y: [1, 2, null, 4, 5, 3, 2, 8],
    x: [1, null, 3, 5, 4, 2, 7, 7],
    nobody: Array.from({ length: 8 }, () => null),
    far: [1, 2, 3, Infinity, 5, 6, 7, 8],
  });
  it.each([
    ['a field nobody has a value of', { terms: ['x', 'nobody'] }, /No record used has a value of "nobody"/],
    ['an infinite value', { terms: ['x', 'far'] }, /"far" holds an infinite value/],
    ['one data set', { terms: ['x'], imputation: { datasets: 1 } }, /imputation\.datasets/],
    ['a field there is not', { terms: ['x'], imputation: { with: ['z'] } }, /The data has no field "z"/],
    ['a misspelt parameter', { terms: ['x'], imputation: { sets: 5 } }, /imputation/],
  ])('%s', (_what, params, message) => {
    const all = { outcome: 'y', imputation: {}, ...params };
    expect(() => runMethod('linear', data, all)).toThrow(InputRefused);
    expect(() => runMethod('linear', data, all)).toThrow(message);
  });
});

function amputed(input: RowInput, missing: Record<string, number[]>): RowInput {
  const changed = Object.entries(missing).map(([field, rows]): [string, NumberColumn] => {
    const values = Float64Array.from(numbersOf(input, field));
    for (const row of rows) values[row] = Number.NaN;
    return [field, { kind: 'number', values }];
  });
  return { ...input, columns: { ...input.columns, ...Object.fromEntries(changed) } };
}
