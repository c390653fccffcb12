// DOMAIN § 5: what a method declares of the output check's rules is what the check applies to it, no more and no less.
import { catalogue, MethodName, runMethod } from './catalogue';
import type { RunOptions } from './catalogue';
import type { Condition } from './disclosure/condition';
import type { Finding } from './disclosure/findings';
import type { ShownUnits } from './disclosure/shown-units';
import { Thresholds } from './disclosure/thresholds';
import { InputRefused } from './input';
import type { Column, RowInput } from './input';
import { people } from './testing/people';

/** Parameters under which a method makes every kind of table that it has. */
const ASKED: Record<MethodName, Record<string, unknown>> = {
  descriptive: { outcome: 'y', groups: 'g', strata: ['t'], sd: true },
  linear: { outcome: 'y', terms: ['x', 'g'] },
  logistic: { outcome: 'event', terms: ['x', 'g'] },
  poisson: { outcome: 'n', terms: ['x', 'g'] },
  matching: { treatment: 't', outcome: 'y', covariates: ['x', 'g'], caliper: { width: 0.2, unit: 'SD' } },
  weighting: { treatment: 't', outcome: 'y', covariates: ['x', 'g'], scheme: 'subclasses', subclasses: 3 },
  segmented: { outcome: 'y', time: 'period', interruption: 12 },
  difference: { outcome: 'y', group: 't', time: 'year', interruption: 2007 },
  clusters: { fields: ['x', 'y'], k: 3, stability: 2, describeBy: ['g', 'n'] },
  prediction: { outcome: 'event', terms: ['x', 'g'], importance: 1, groups: ['g'], bins: 4 },
  crosstab: { fields: ['g', 't'] },
  quantiles: { outcome: 'y', groups: 'g', quantiles: [0.01, 0.5] },
  series: { time: 'year', outcome: 'y', groups: 't' },
  survival: { time: 'days', ended: 'event', groups: 'g', width: 50 },
  rates: { events: 'n', groups: 't', strata: ['g'], byStratum: true },
};
const METHODS = MethodName.options;
const declared = (method: MethodName): string[] => [...catalogue[method].rules].sort();

/** Under which threshold some cells of a table with totals are hidden and others are not. */
const HIDES_SOME: Partial<Record<MethodName, number>> = {
  ...{ descriptive: 40, crosstab: 40, matching: 40, clusters: 20, prediction: 20 },
};

const COUNT = 240;
const data: RowInput = {
  ...people(COUNT),
  ...{ units: Uint32Array.from({ length: COUNT }, (_, row) => row), organisations: 'g' },
  columns: {
    ...people(COUNT).columns,
    period: { kind: 'number', values: Float64Array.from({ length: COUNT }, (_, row) => row % 24) },
  },
};

/** One person has nearly everything, another less than nothing, and a third of people all the same. */
const ODD = changed(['y', 'n'], (value, row) =>
  row === 7 ? 1e7 : row === 8 ? -value : row % 3 === 0 ? 3 : value,
);
/** Everybody has the same, and a whole group shares a code. */
const FLAT = changed(['y', 'n', 't', 'event'], (value, row, field) =>
  field === 'y' || field === 'n' ? 3 : row % 3 === 0 ? 1 : value,
);

function changed(
  fields: readonly string[],
  change: (value: number, row: number, field: string) => number,
): RowInput {
  const columns = Object.entries(data.columns).map(([field, column]): [string, Column] => [
    field,
    column.kind === 'number' && fields.includes(field)
      ? { kind: 'number', values: column.values.map((value, row) => change(value, row, field)) }
      : column,
  ]);
  return { ...data, columns: Object.fromEntries(columns) };
}

/** Shown elsewhere: everybody but one, and each third but one of it. */
const ALL_BUT_ONE: ShownUnits[] = [
  Array.from({ length: COUNT }, (_, row) => row),
  ...[0, 1, 2].map((third) => Array.from({ length: COUNT / 3 }, (_, row) => 3 * row + third)),
].map(([_left, ...others], at) => ({ name: `elsewhere ${at}`, cells: [Uint32Array.from(others)] }));
const STRICT = Thresholds.parse({
  frequency: 1000,
  survival: 1000,
  degreesOfFreedom: 10_000,
  dominanceK: 1e-6,
});
const MANY: Condition = { kind: 'MIN_ORGANISATIONS', value: '99' };

describe.each(METHODS)('DOMAIN § 5: of %s', (method) => {
  const found: Finding[] = [];
  const run = (input: RowInput, options: RunOptions = {}): void => {
    try {
      const { findings } = runMethod(method, input, ASKED[method], {
        ...options,
        against: { earlier: [], ...options.against },
      });
      found.push(...findings);
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
    }
  };
  const rulesIn = (among: readonly Finding[]) => [...new Set(among.map(({ rule }) => rule))].sort();

  beforeAll(() => {
    run(data, { against: { earlier: ALL_BUT_ONE } });
    const { units: _kept, ...unnamed } = data;
    run(unnamed, { thresholds: STRICT, against: { conditions: [MANY] } });
    const frequency = HIDES_SOME[method];
    if (frequency !== undefined) run(unnamed, { thresholds: Thresholds.parse({ frequency }) });
    [ODD, FLAT].forEach(({ units: _none, ...input }) => run(input));
  });

  it('no rule is applied that it does not declare', () => {
    expect(rulesIn(found).filter((rule) => !declared(method).includes(rule))).toEqual([]);
  });

  it('every rule that it declares can keep something back', () => {
    expect(rulesIn(found.filter(({ verdict }) => verdict !== 'pass'))).toEqual(declared(method));
  });
});
