// Survey weights: numbers of the people that records stand for, equal to statsmodels'; disclosure rules of the people who are there.
import { catalogue, MethodName, runMethod } from './catalogue';
import { InputRefused, numbersOf } from './input';
import type { CellInput, RowInput } from './input';
import { cellOf, expectClose, lalonde, reference, rowsFrom } from './testing/data';
import { people } from './testing/people';

type Numbers = Record<'n' | 'weighted' | 'mean' | 'sd', number>;
const expected = reference<{
  re78_by_treat: Record<string, Numbers>;
  re78_by_race: Record<string, Numbers>;
  people_by_treat_and_race: Record<string, number>;
  share_within_treat: Record<string, number>;
}>('weighted.json');

const withWeights = (input: RowInput, values: Float64Array): RowInput => ({
  ...input,
  columns: { ...input.columns, weight: { kind: 'number', values } },
});
const everybody = lalonde();
const data = withWeights(
  everybody,
  numbersOf(everybody, 'age').map((age) => 1 + age / 50),
);
const weights = 'weight';

describe('descriptive', () => {
  it.each([
    ['treat', expected.re78_by_treat],
    ['race', expected.re78_by_race],
  ])('B16: means, deviations and counts by %s equal statsmodels’', (groups, found) => {
    const { result } = runMethod('descriptive', data, { outcome: 're78', groups, sd: true, weights });
    for (const [group, numbers] of Object.entries(found)) {
      const own = cellOf(result, 'by_group', { [groups]: group });
      for (const [name, value] of Object.entries(numbers)) expectClose(own[name], value);
    }
  });

  it('weighs the strata of a standardised difference by the people they stand for', () => {
    const run = (params: object, input = data) =>
      runMethod('descriptive', input, { outcome: 're78', groups: 'married', strata: ['nodegree'], ...params })
        .result;
    const cell = (result: ReturnType<typeof run>, married: string, nodegree: string) =>
      cellOf(result, 'by_group_and_stratum', { married, nodegree });
    const result = run({ weights });
    const [none, some] = ['0', '1'].map((nodegree) => {
      const [from, to] = [cell(result, '0', nodegree), cell(result, '1', nodegree)];
      return { by: to['weighted']!, difference: to['mean']! - from['mean']! };
    });
    const { difference } = cellOf(result, 'difference_standardised');
    const weighed = none!.by * none!.difference + some!.by * some!.difference;
    expectClose(difference, weighed / (none!.by + some!.by));
    expect(difference).not.toBeCloseTo(cellOf(run({}), 'difference_standardised')['difference']!, 2);
  });

  it('of equal weights gives what it gives without any', () => {
    const equal = withWeights(everybody, new Float64Array(everybody.rows).fill(7));
    const params = { outcome: 're78', groups: 'treat', sd: true };
    const [one, other] = [
      runMethod('descriptive', equal, { ...params, weights }),
      runMethod('descriptive', equal, params),
    ];
    for (const treat of ['0', '1']) {
      const [own, usual] = [one, other].map(({ result }) => cellOf(result, 'by_group', { treat }));
      for (const name of ['n', 'mean', 'sd']) expectClose(own![name], usual![name]!, 1e-12);
      expectClose(own!['weighted'], 7 * usual!['n']!, 1e-12);
    }
  });
});

it('B16: cross-tables and their shares equal pandas’, and people are counted beside them', () => {
  const { result } = runMethod('crosstab', data, { fields: ['treat', 'race'], within: 'treat', weights });
  for (const [name, value] of Object.entries(expected.people_by_treat_and_race)) {
    const [treat = '', race = ''] = name.split(' ');
    expectClose(cellOf(result, 'counts', { treat, race })['weighted'], value);
    expectClose(cellOf(result, 'shares', { treat, race })['share'], expected.share_within_treat[name]!);
  }
  expect(cellOf(result, 'total')['n']).toBe(614);
});

it('B16: a series gives the same weighted means', () => {
  const { result } = runMethod('series', data, { time: 'treat', outcome: 're78', per: 10, weights });
  for (const [period, numbers] of Object.entries(expected.re78_by_treat)) {
    const own = cellOf(result, 'series', { period });
    expectClose(own['mean'], 10 * numbers.mean);
    expectClose(own['weighted'], numbers.weighted);
    expect(own['n']).toBe(numbers.n);
  }
});

describe('DOMAIN § 5: the check', () => {
  const group = (name: string, size: number) => Array.from({ length: size }, () => name);
  const g = [...group('few', 4), ...group('many', 60)];
  const of = (weight: (row: number) => number, y: (row: number) => number): RowInput =>
    rowsFrom({ g, y: g.map((_, row) => y(row)), weight: g.map((_, row) => weight(row)) });
  const statuses = (input: RowInput) =>
    runMethod('descriptive', input, { outcome: 'y', groups: 'g', weights }).result.tables[0]?.rows.map(
      ({ key, cell }) => [key['g'], cell.status],
    );

  it.each(['descriptive', 'crosstab', 'series'] as const)(
    'counts people and not weights: four of a thousand each are few (%s)',
    (method) => {
      const params = {
        descriptive: { outcome: 'y', groups: 'g' },
        crosstab: { fields: ['g'] },
        series: { time: 'g', outcome: 'y' },
      }[method];
      const { tables } = runMethod(
        method,
        of(
          () => 1000,
          (row) => 1 + (row % 5),
        ),
        { ...params, weights },
      ).result;
      expect(JSON.stringify(tables)).not.toMatch(/\b4000\b/);
      expect(tables[0]?.rows.filter(({ cell }) => cell.status === 'shown').length).toBeLessThan(2);
    },
  );

  it('dominance is of what people add to the weighted total', () => {
    const own = (weight: (row: number) => number) => statuses(of(weight, () => 1))?.at(-1)?.[1];
    expect(own((row) => 1 + (row % 3))).toBe('shown');
    expect(own((row) => (row === 9 || row === 10 ? 10_000 : 1))).toBe('suppressed');
  });
});

describe('people with several records', () => {
  const rows = Array.from({ length: 120 }, (_, row) => row);
  const twice = (weight: (row: number) => number): RowInput => ({
    ...rowsFrom({
      id: rows.map((row) => `p${row % 60}`),
      g: rows.map((row) => 'ab'[row % 2]!),
      y: rows.map((row) => row % 7),
      weight: rows.map(weight),
    }),
    people: 'id',
  });
  const asked = [
    ['descriptive', 'by_group', { g: 'a' }, { outcome: 'y', groups: 'g', weights }],
    ['crosstab', 'counts', { g: 'a' }, { fields: ['g'], weights }],
    ['series', 'series', { period: 'a' }, { time: 'g', outcome: 'y', weights }],
  ] as const;

  it.each(asked)('%s counts what each stands for once', (method, table, key, params) => {
    const { result } = runMethod(
      method,
      twice((row) => 1 + (row % 60)),
      params,
    );
    expect(cellOf(result, table, key)).toMatchObject({ n: 30, weighted: 30 * 30 });
  });

  it.each(asked)('%s refuses two weights of one person', (method, _table, _key, params) => {
    expect(() =>
      runMethod(
        method,
        twice((row) => 1 + row),
        params,
      ),
    ).toThrow(/"weight" differs between records of one person.*\. Give each person one weight/);
  });
});

describe('what cannot be weighed', () => {
  const bad = (value: number) => {
    const values = numbersOf(data, 'weight').slice();
    values[3] = value;
    return withWeights(everybody, values);
  };
  const asked = [
    ['descriptive', { outcome: 're78', groups: 'treat', weights }],
    ['crosstab', { fields: ['treat'], weights }],
    ['series', { time: 'treat', outcome: 're78', weights }],
    ['linear', { outcome: 're78', terms: ['age'], weights }],
  ] as const;

  it.each(asked)('%s names the weight that is zero, negative or infinite', (method, params) => {
    for (const value of [0, -1, Infinity])
      expect(() => runMethod(method, bad(value), params)).toThrow(
        /"weight".*(above 0|infinite).*\. Have it corrected/,
      );
  });

  it.each(asked)('%s leaves out and counts who has no weight', (method, params) => {
    const values = numbersOf(data, 'weight').map((weight, row) => (row < 20 ? Number.NaN : weight));
    const { result } = runMethod(method, withWeights(everybody, values), params);
    expect(cellOf(result, 'left_out')['n']).toBe(20);
  });

  it.each(['descriptive', 'crosstab'] as const)('%s refuses weights of a table of cells', (method) => {
    const cells: CellInput = {
      ...{ shape: 'cells', rows: 2, dimensions: ['g'], sums: ['y'] },
      columns: rowsFrom({ g: ['a', 'b'], n: [40, 50], sum_y: [1, 2], sumsq_y: [1, 2], weight: [1, 2] })
        .columns,
    };
    const params = {
      descriptive: { outcome: 'y', groups: 'g', weights },
      crosstab: { fields: ['g'], weights },
    }[method];
    expect(() => runMethod(method, cells, params)).toThrow(/"weights" belong to records.*Leave them out/);
  });

  const refusing = MethodName.options.filter((method) => 'refuses' in catalogue[method].weights);
  it.each(refusing)('%s says by name why it takes none, and what would work', (method) => {
    const run = () => runMethod(method, people(), { weights: 'x' });
    expect(run).toThrow(InputRefused);
    expect(run).toThrow(new RegExp(`^"${method}" takes no "weights": .*\\. Leave them out`));
  });

  it('and every other method has the parameter', () => {
    const taking = MethodName.options.filter((method) => !refusing.includes(method));
    expect(taking).toEqual(['descriptive', 'linear', 'logistic', 'poisson', 'crosstab', 'series']);
    for (const method of taking)
      expect(() => runMethod(method, people(), { weights: 5 })).toThrow(
        /Invalid input: expected string, received number\s+→ at weights/,
      );
  });
});
