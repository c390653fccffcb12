// `crosstab`, `quantiles` and `series`: counts that add up, numbers equal to numpy's, and what is refused.
import { textColumn } from '../input';
import { runMethod } from '../catalogue';
import type { CellInput, MethodInput, RowInput } from '../input';
import { within } from '../subpopulation';
import { cellOf, expectClose, lalonde, reference, rowsFrom } from '../testing/data';

describe('crosstab', () => {
  const { result } = runMethod('crosstab', lalonde(), { fields: ['treat', 'nodegree'], within: 'treat' });

  it('B16: counts people by combination of codes, with totals and shares within a field', () => {
    const n = (treat: string, nodegree: string) => cellOf(result, 'counts', { treat, nodegree })['n']!;
    expect([n('0', '0'), n('0', '1'), n('1', '0'), n('1', '1')]).toEqual([173, 256, 54, 131]);
    expect(cellOf(result, 'by_treat', { treat: '1' })['n']).toBe(185);
    expect(cellOf(result, 'total')['n']).toBe(614);
    expectClose(cellOf(result, 'shares', { treat: '1', nodegree: '1' })['share'], 131 / 185, 1e-14);
  });

  it('gives from a cell table what it gives from rows', () => {
    const cells: CellInput = {
      ...{ shape: 'cells', rows: 5, dimensions: ['treat', 'nodegree'], sums: [] },
      columns: {
        treat: textColumn(['0', '0', '1', '1', '0']),
        nodegree: textColumn(['0', '1', '0', '1', '1']),
        n: { kind: 'number', values: Float64Array.from([173, 200, 54, 131, 56]) },
      },
    };
    const other = runMethod('crosstab', cells, { fields: ['treat', 'nodegree'], within: 'treat' }).result;
    expect(other.tables).toEqual(result.tables);
    expect(() => runMethod('crosstab', cells, { fields: ['race'] })).toThrow(
      '"race" is not a dimension of this cell table; it has treat, nodegree.',
    );
  });

  it('counts people once in a cell, and frequencies of one field', () => {
    const visits: RowInput = {
      ...rowsFrom({
        id: Array.from({ length: 80 }, (_, row) => `p${row % 40}`),
        site: Array.from({ length: 80 }, (_, row) => (row % 40 < 15 ? 'north' : 'south')),
      }),
      people: 'id',
    };
    const once = runMethod('crosstab', visits, { fields: ['site'] }).result;
    expect(cellOf(once, 'counts', { site: 'north' })['n']).toBe(15);
    expect(cellOf(once, 'total')['n']).toBe(40);
  });

  it('DOMAIN § 5 complementary: a small cell cannot be worked out from totals', () => {
    const town = ['north', 'south'].flatMap((name) => Array<string>(40).fill(name));
    const small = rowsFrom({ town, ill: town.map((_, row) => (row < 4 || (row >= 40 && row < 60) ? 1 : 0)) });
    const hidden = runMethod('crosstab', small, { fields: ['town', 'ill'] }).result;
    expect(() => cellOf(hidden, 'counts', { town: 'north', ill: '1' })).toThrow('not shown');
    const isShown = (table: string, key: Record<string, string>) =>
      hidden.tables
        .find(({ name }) => name === table)
        ?.rows.some(
          (row) =>
            row.cell.status === 'shown' &&
            Object.entries(key).every(([name, code]) => row.key[name] === code),
        );
    expect(isShown('counts', { town: 'north', ill: '0' }) && isShown('by_town', { town: 'north' })).toBe(
      false,
    );
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'too many cells',
      { fields: ['age', 'educ', 'race', 'married'] },
      /make \d+ cells, and 2000 is the most/,
    ],
    ['a field twice', { fields: ['race', 'race'] }, /Each field may be named once/],
    [
      'shares within a field that is not crossed',
      { fields: ['race'], within: 'treat' },
      /Shares are within one of several fields/,
    ],
    ['10,000 codes', { fields: ['id'] }, /"id" says whose record a row is/],
    ['the wrong type', { fields: 'race' }, /The parameters of "crosstab" do not fit/],
  ])('names what is wrong: %s', (_name, params, message) => {
    expect(() => runMethod('crosstab', lalonde(), params)).toThrow(message);
  });
});

describe('quantiles', () => {
  const { numbers, quantiles: expected } = reference<{ numbers: number[]; quantiles: number[] }>(
    'survival.json',
  );
  const shares = [0.1, 0.25, 0.5, 0.75, 0.9];

  it('B16: equal numpy’s, and those with too few people on a side are withheld', () => {
    const { result } = runMethod('quantiles', rowsFrom({ x: [...numbers, ...numbers] }), {
      outcome: 'x',
      quantiles: shares,
    });
    const once = runMethod('quantiles', rowsFrom({ x: numbers }), { outcome: 'x', quantiles: shares }).result;
    const cell = cellOf(once, 'quantiles');
    [0.1, 0.25, 0.5, 0.75, 0.9].forEach((share, at) =>
      expectClose(cell[`q${share * 100}`], expected[at]!, 1e-13),
    );
    expect(cellOf(result, 'quantiles')['q50']).toBeCloseTo(expected[2]!, 12);
    const far = runMethod('quantiles', rowsFrom({ x: numbers }), {
      outcome: 'x',
      quantiles: [0.05, 0.5, 0.95],
    }).result;
    expect(Object.keys(cellOf(far, 'quantiles'))).toEqual(['n', 'q50']);
    expectClose(cellOf(far, 'quantiles')['q50'], expected[2]!, 1e-13);
  });

  it('are given by group, and refuse text and extremes', () => {
    const { result } = runMethod('quantiles', lalonde(), { outcome: 'age', groups: 'treat' });
    expect(cellOf(result, 'quantiles', { treat: '1' })).toMatchObject({ n: 185, q50: 25 });
    expect(() => runMethod('quantiles', lalonde(), { outcome: 'race' })).toThrow(
      /holds text, and a number is needed/,
    );
    expect(() => runMethod('quantiles', lalonde(), { outcome: 'age', quantiles: [0] })).toThrow(/do not fit/);
  });
});

describe('series', () => {
  const dates = Array.from(
    { length: 200 },
    (_, row) => `2023-${String(1 + (row % 10)).padStart(2, '0')}-1${row % 9}`,
  );
  const input = rowsFrom({
    seen: dates,
    area: dates.map((_, row) => (row % 20 < 10 ? 'a' : 'b')),
    claim: dates.map((_, row) => (row % 3 === 0 ? 1 : 0)),
  });

  it('B16: counts people at risk by period, with the rate among them', () => {
    const { result } = runMethod('series', input, { time: 'seen', by: 'month', outcome: 'claim', per: 1000 });
    expect(cellOf(result, 'series', { period: '2023-01' })['n']).toBe(20);
    const rows = Array.from({ length: 20 }, (_, at) => at * 10);
    expectClose(
      cellOf(result, 'series', { period: '2023-01' })['mean'],
      (1000 * rows.filter((row) => row % 3 === 0).length) / 20,
      1e-12,
    );
    const [plot] = result.plots;
    expect(plot?.kind === 'lines' && plot.ticks).toHaveLength(10);
    expect(plot?.kind === 'lines' && plot.points[0]?.count).toBe(20);
  });

  it('puts dates together, shows no period of too few people, and breaks the line there', () => {
    const gaps = rowsFrom({
      seen: dates.map((date, row) => (row < 150 ? date : date.replace('2023', '2025'))),
    });
    const { result } = runMethod('series', gaps, { time: 'seen', by: 'quarter' });
    const [plot] = result.plots;
    // Nothing of 2024 is in the table; in the plot its quarters are a gap, not left out.
    const ticks = plot?.kind === 'lines' ? plot.ticks : [];
    expect(ticks).toEqual(expect.arrayContaining(['2023 Q1', '2024 Q1', '2024 Q4', '2025 Q3']));
    expect(ticks).not.toContain('2025 Q4');
    expect(plot?.kind === 'lines' && plot.points.some(({ y }) => y < 10)).toBe(false);
  });

  it.each([
    ['claim', '2023-04-01', {}],
    ['area', '2023-04-01', { groups: 'area' }],
    ['seen', '2023-04-01', { outcome: undefined }],
    ['claim', '2023-04-12', { by: 'given' }],
  ])(
    'B38: is refused across a break of %s decided for %s, and says what would work: %j',
    (field, at, over) => {
      const broken = { ...input, breaks: [{ field, at, reason: 'counted otherwise' }] };
      const params = { time: 'seen', by: 'month', outcome: 'claim', ...over };
      expect(() => runMethod('series', broken, params)).toThrow(
        `"${field}" was judged inadmissible for comparison over time across ${at}: counted otherwise. Use only periods before it or after it, or another outcome.`,
      );
      for (const window of [
        { from: at, to: null },
        { from: null, to: '2023-03-31' },
      ]) {
        const { result } = runMethod('series', within(broken, { by: 'seen', ...window }), params);
        expect(result.tables.length).toBeGreaterThan(0);
      }
    },
  );

  it.each([
    ['before the periods', { field: 'claim', at: '2023-01-01' }],
    ['after them', { field: 'claim', at: '2023-11-01' }],
    ['of a field that is not read', { field: 'area', at: '2023-04-01' }],
  ])('B38: is not refused for a break %s', (_name, own) => {
    const broken = { ...input, breaks: [{ ...own, reason: 'counted otherwise' }] };
    const { result } = runMethod('series', broken, { time: 'seen', by: 'month', outcome: 'claim' });
    expect(result.tables[0]?.rows.length).toBeGreaterThan(0);
  });

  it('B38: is refused where the periods cannot tell on which side of the break they are', () => {
    const breaks = [{ field: 'claim', at: '2023-04-01', reason: 'counted otherwise' }];
    const terms = dates.map((_, row) => (row % 2 ? 'spring' : 'autumn'));
    const times = dates.map((date) => `${date}T10:00:00`);
    const told = rowsFrom({ terms, times, claim: dates.map((_, row) => row % 3) });
    const run = (time: string, own: MethodInput) => runMethod('series', own, { time, outcome: 'claim' });
    expect(() => run('terms', { ...told, breaks })).toThrow(/"claim" was judged inadmissible/);
    expect(run('terms', told).result.tables.length).toBeGreaterThan(0);
    expect(() => run('times', { ...told, breaks })).toThrow(/"claim" was judged inadmissible/);
    const earlier = [{ ...breaks[0]!, at: '2022-04-01' }];
    expect(run('times', { ...told, breaks: earlier }).result.tables.length).toBeGreaterThan(0);
  });

  it('refuses what are no dates, and says what would do', () => {
    expect(() => runMethod('series', input, { time: 'area', by: 'month' })).toThrow(
      'The field "area" does not hold dates such as 2024-05-31 in every row. Choose a field of dates, or "by": "given".',
    );
    expect(() => runMethod('series', input, { time: 'seen', outcome: 'seen' })).toThrow(
      /must be different fields/,
    );
  });
});
