// Weighting and subclassification against statsmodels and numpy, and what they refuse.
import { textColumn } from '../input';
import { runMethod } from '../catalogue';
import { InputRefused } from '../input';
import type { RowInput } from '../input';
import { cellOf, expectClose, lalonde, reference, rowsFrom } from '../testing/data';
import { inverseProbability, subclassesOf, subclassWeights } from './weights';

type Expected = { estimate: number; standard_error: number; ess_treated: number; ess_control: number };
const expected = reference<Record<string, Expected>>('weighting.json');
const base = {
  treatment: 'treat',
  outcome: 're78',
  covariates: ['age', 'educ', 'race', 'married', 'nodegree', 're74', 're75'],
};
const run = (params: object, input: RowInput = lalonde()) =>
  runMethod('weighting', input, { ...base, ...params }).result;

describe('weighting', () => {
  it.each([
    ['ATE', {}],
    ['ATT', { estimand: 'ATT' }],
    ['ATC', { estimand: 'ATC' }],
    ['ATE_trim', { trim: { from: 0.1, to: 0.9 } }],
    ['subclass_ATT', { scheme: 'subclasses', estimand: 'ATT' }],
  ])('B16: %s equals weighted least squares with HC1', (name, params) => {
    const result = run(params);
    const effect = cellOf(result, 'effect', { model: 'difference of means' });
    const { estimate, standard_error, ess_treated, ess_control } = expected[name]!;
    expectClose(effect['estimate'], estimate);
    expectClose(effect['standard_error'], standard_error);
    expectClose(cellOf(result, 'weighted_groups', { group: 'treated' })['effective'], ess_treated);
    expectClose(cellOf(result, 'weighted_groups', { group: 'control' })['effective'], ess_control);
  });

  it('brings the covariates closer, and draws that', () => {
    const result = run({ estimand: 'ATT' });
    const love = result.plots.find((plot) => plot.kind === 'love');
    const sum = (side: 'before' | 'after') =>
      love?.rows.reduce((total, row) => total + Math.abs(row[side] ?? 0), 0) ?? NaN;
    expect(sum('after')).toBeLessThan(sum('before') / 4);
  });

  it('a class weighs a group as whom the effect is on: means of classes, weighted by their people', () => {
    const classes = Int32Array.of(0, 0, 0, 1, 1, 1, 1);
    const treated = Uint8Array.of(1, 0, 0, 1, 1, 1, 0);
    for (const estimand of ['ATE', 'ATT', 'ATC'] as const) {
      const weights = subclassWeights(classes, treated, { estimand, count: 2 });
      const total = (group: number) =>
        weights.reduce((sum, own, at) => sum + (treated[at] === group ? own : 0), 0);
      expect(total(1)).toBeCloseTo(4, 12);
      expect(total(0)).toBeCloseTo(3, 12);
      const share = (group: number) =>
        weights.reduce((sum, own, at) => sum + (treated[at] === group && classes[at] === 0 ? own : 0), 0) /
        total(group);
      expect(share(0)).toBeCloseTo(share(1), 12);
    }
  });

  it('with an equal chance for all, everybody weighs the same in a group', () => {
    const score = new Float64Array(6).fill(0.5);
    const treated = Uint8Array.of(1, 1, 1, 0, 0, 0);
    expect([...inverseProbability(score, treated, 'ATE')]).toEqual([2, 2, 2, 2, 2, 2]);
    expect([...inverseProbability(score, treated, 'ATT')]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([
      ...subclassesOf(Float64Array.of(0.1, 0.2, 0.3, 0.4), Uint8Array.of(1, 0, 1, 0), {
        estimand: 'ATE',
        count: 2,
      }),
    ]).toEqual([0, 0, 1, 1]);
  });

  it('DOMAIN § 5 frequency: a class of fewer than 10 people of a group is not shown', () => {
    const { tables } = run({ scheme: 'subclasses', subclasses: 8, estimand: 'ATT' });
    const rows = tables.find(({ name }) => name === 'subclasses')?.rows ?? [];
    const shown = rows.flatMap(({ cell }) => (cell.status === 'shown' ? [cell.values['n'] ?? 0] : []));
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(10);
    expect(shown.length).toBeLessThan(16);
  });

  it.each<[string, object, RowInput, RegExp]>([
    [
      'classes without one of the groups',
      { scheme: 'subclasses', subclasses: 20 },
      lalonde(),
      /Lower "subclasses"/,
    ],
    ['a trim that leaves nobody', { trim: { from: 0.999, to: 1 } }, lalonde(), /"trim" leaves nobody/],
    ['a trim out of range', { trim: { from: -1, to: 2 } }, lalonde(), /trim/],
    [
      'dates without windows',
      {},
      {
        ...lalonde(),
        columns: {
          ...lalonde().columns,
          seen: textColumn(Array.from({ length: 614 }, () => '2020-01-01')),
        },
      },
      /Give "timing"/,
    ],
    [
      'all treated',
      { treatment: 't', covariates: ['x'], outcome: 'y' },
      rowsFrom({ t: [1, 1, 1], x: [1, 2, 3], y: [1, 2, 3] }),
      /"t" has the same value/,
    ],
    ['a field named twice', { covariates: ['re78'] }, lalonde(), /must be different fields/],
    ['an unknown field', { outcome: 'nope' }, lalonde(), /no field "nope"/],
  ])('refuses %s', (_name, params, input, message) => {
    expect(() => run(params, input)).toThrow(message);
    expect(() => run(params, input)).toThrow(InputRefused);
  });
});
