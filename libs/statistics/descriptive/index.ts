// `descriptive`: counts, means and differences of means by group and stratum, on rows or on cell tables.
import { STANDS_FOR, SURVEY_WEIGHTS } from '../design/weights';
import { InputRefused } from '../input';
import type { Method, MethodOutput } from '../method';
import { barsOf } from '../plot';
import type {
  Basis,
  CellTable,
  DerivedCell,
  DerivedTable,
  MarginTable,
  RawCell,
  RawMeasure,
  RawTable,
} from '../table';
import { DescriptiveParams, fieldOf, fieldsOfParams } from './params';
import { summarise } from './summaries';
import type { Summaries } from './summaries';
import { empty } from './summary';
import type { Summary } from './summary';

export { DescriptiveParams } from './params';

export const descriptive: Method<DescriptiveParams> = {
  name: 'descriptive',
  version: '1.1.0',
  title: 'Counts, means and differences',
  description:
    'People, mean and difference of means by group, overall and within strata. Describes; it does not establish causes.',
  reports: 'People, means, differences of means, and standard deviations on request.',
  reference: 'Closed forms; rows and cells give the same; weighted, statsmodels 0.15.0.',
  accepts: ['rows', 'cells'],
  weights: SURVEY_WEIGHTS,
  rules: [
    'frequency',
    'degrees_of_freedom',
    'dominance',
    'p_ratio',
    'negatives',
    'full_or_empty',
    'differencing',
    'complementary',
    'derived',
    'condition',
  ],
  params: DescriptiveParams,
  fieldsOf: fieldsOfParams,
  run(input, params, progress): MethodOutput {
    const summaries = summarise(input, params, progress);
    if ((summaries.levels[0] ?? []).length === 0) {
      throw new InputRefused(
        `The field "${params.groups}" has no values, so there are no groups to compare. Choose another field.`,
      );
    }
    const tables = tablesOf(params, summaries);
    progress(1, 'tables made');
    return {
      tables,
      plots: (checked) =>
        checked
          .filter(({ name }) => name === 'by_group' || name === 'by_group_and_stratum')
          .map((table) => barsOf(table, 'mean', params.groups)),
      diagnostics: {
        groups: (summaries.levels[0] ?? []).length,
        cells: summaries.levels.reduce((product, axis) => product * axis.length, 1),
      },
    };
  },
};

function tablesOf(params: DescriptiveParams, summaries: Summaries): RawTable[] {
  const byGroup = groupTable(params, summaries);
  const leftOut = leftOutTable(params, summaries);
  if (params.strata.length === 0) {
    return [byGroup, differenceTable(params, summaries, byGroup, []), ...leftOut];
  }
  const byStratum = stratumTable(params, summaries);
  const strata = params.strata.map(fieldOf);
  return [
    byStratum,
    byGroup,
    differenceTable(params, summaries, byGroup, []),
    differenceTable(params, summaries, byStratum, strata),
    standardisedTable(params, summaries, byStratum),
    ...leftOut,
  ];
}

const RECORDS: RawMeasure = { name: 'records', label: 'records', unit: 'records', statistic: 'frequency' };

function measuresOf(params: DescriptiveParams, summaries: Summaries): RawMeasure[] {
  const isRepeated = [...summaries.cells.values()].some(({ people, records }) => people !== records);
  const fields = [params.outcome];
  const sd: RawMeasure = {
    name: 'sd',
    label: `standard deviation of ${params.outcome}`,
    unit: params.outcome,
    statistic: 'shape',
    fields,
  };
  return [
    { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
    ...(isRepeated ? [RECORDS] : []),
    ...(params.weights === undefined ? [] : [STANDS_FOR]),
    { name: 'mean', label: `mean ${params.outcome}`, unit: params.outcome, statistic: 'linear', fields },
    ...(params.sd ? [sd] : []),
  ];
}

function rawCell(key: Record<string, string>, summary: Summary, measures: readonly RawMeasure[]): RawCell {
  const all: Record<string, number> = {
    n: summary.people,
    records: summary.records,
    weighted: summary.weighted ?? 0,
    mean: summary.mean,
    sd: Math.sqrt(summary.m2 / (summary.records - 1)),
  };
  const values = measures.map(({ name }) => [name, all[name] ?? Number.NaN] as const);
  return { key, values: Object.fromEntries(values), ...basisOf(summary) };
}

function basisOf({ people, records, basis: { contributions, ...rest } }: Summary): Basis {
  return {
    people,
    ...(records === people ? {} : { records }),
    ...rest,
    ...(contributions === undefined ? {} : { contributions: { mean: contributions } }),
  };
}

function groupTable(params: DescriptiveParams, summaries: Summaries): CellTable | MarginTable {
  const measures = measuresOf(params, summaries);
  const cells = (summaries.levels[0] ?? []).map((group, index) =>
    rawCell({ [params.groups]: group }, summaries.groups.get(String(index)) ?? empty(), measures),
  );
  const head = {
    name: 'by_group',
    title: `${params.outcome} by ${params.groups}`,
    keys: [params.groups],
    measures,
    cells,
  };
  const { overlapping } = summaries;
  if (params.strata.length === 0) return { ...head, kind: 'cells', overlapping };
  return { ...head, kind: 'margin', over: 'by_group_and_stratum', overlapping };
}

function stratumTable(params: DescriptiveParams, summaries: Summaries): CellTable {
  const measures = measuresOf(params, summaries);
  const keys = [params.groups, ...params.strata.map(fieldOf)];
  const cells = positionsOf(summaries.levels).map((at) => {
    const key = Object.fromEntries(
      keys.map((name, axis) => [name, summaries.levels[axis]?.[at[axis] ?? 0] ?? '']),
    );
    return rawCell(key, summaries.cells.get(at.join(',')) ?? empty(), measures);
  });
  const title = `${params.outcome} by ${params.groups} within ${params.strata.map(fieldOf).join(' and ')}`;
  const { overlapping } = summaries;
  return { kind: 'cells', name: 'by_group_and_stratum', title, keys, measures, overlapping, cells };
}

/** Every combination of levels, in order, so that a cell nobody is in is judged like any other. */
function positionsOf(levels: readonly (readonly string[])[]): number[][] {
  return levels.reduce<number[][]>(
    (all, axis) => all.flatMap((at) => axis.map((_level, index) => [...at, index])),
    [[]],
  );
}

function contrastsOf(
  params: DescriptiveParams,
  summaries: Summaries,
): { reference: string; others: string[] } {
  const groups = [...(summaries.levels[0] ?? [])];
  const reference = params.reference ?? groups[0] ?? '';
  if (!groups.includes(reference)) {
    // The groups are not listed: their labels come from data that nobody has checked yet.
    throw new InputRefused(
      `"${reference}" is not a group of "${params.groups}" in this data. Choose one of its codes, or leave the reference out.`,
    );
  }
  return { reference, others: groups.filter((group) => group !== reference) };
}

function differenceOf({ outcome }: DescriptiveParams): RawMeasure {
  const label = `difference of mean ${outcome}`;
  return { name: 'difference', label, unit: outcome, statistic: 'linear', fields: [outcome] };
}

function differenceTable(
  params: DescriptiveParams,
  summaries: Summaries,
  source: CellTable | MarginTable,
  strata: readonly string[],
): DerivedTable {
  const { reference, others } = contrastsOf(params, summaries);
  const base = source.cells.filter(({ key }) => key[params.groups] === reference);
  const cells = others.flatMap((other) =>
    base.map((from): DerivedCell => {
      const key = { ...from.key, [params.groups]: other };
      const to = source.cells.find((cell) =>
        Object.entries(key).every(([name, value]) => cell.key[name] === value),
      );
      const stratum = Object.fromEntries(strata.map((name) => [name, from.key[name] ?? '']));
      return {
        key: { ...stratum, contrast: `${params.groups} ${other} - ${reference}` },
        values: { difference: (to?.values['mean'] ?? Number.NaN) - (from.values['mean'] ?? Number.NaN) },
        from: [
          { table: source.name, key: from.key },
          { table: source.name, key },
        ],
      };
    }),
  );
  return {
    kind: 'derived',
    name: strata.length === 0 ? 'difference' : 'difference_by_stratum',
    title:
      strata.length === 0
        ? `Difference of mean ${params.outcome}, all strata together`
        : `Difference of mean ${params.outcome} within ${strata.join(' and ')}`,
    keys: [...strata, 'contrast'],
    breakdown: { contrast: [params.groups] },
    measures: [differenceOf(params)],
    cells,
  };
}

/** Differences within strata, weighted by how many people of the compared group each stratum holds. */
function standardisedTable(params: DescriptiveParams, summaries: Summaries, source: CellTable): DerivedTable {
  const { reference, others } = contrastsOf(params, summaries);
  const sizeOf = ({ people, values }: RawCell) => values['weighted'] ?? people;
  const cells = others.map((other): DerivedCell => {
    const pairs = source.cells
      .filter(({ key, people }) => key[params.groups] === other && people > 0)
      .map((to) => {
        const key = { ...to.key, [params.groups]: reference };
        const from = source.cells.find((cell) =>
          Object.entries(key).every(([name, value]) => cell.key[name] === value),
        );
        return { to, from, key };
      });
    const total = pairs.reduce((sum, { to }) => sum + sizeOf(to), 0);
    const weighted = pairs.map(
      ({ to, from }) =>
        (sizeOf(to) / total) * ((to.values['mean'] ?? Number.NaN) - (from?.values['mean'] ?? Number.NaN)),
    );
    return {
      key: { contrast: `${params.groups} ${other} - ${reference}` },
      values: { difference: weighted.reduce((sum, value) => sum + value, 0) },
      from: pairs.flatMap(({ to, key }) => [
        { table: source.name, key: to.key },
        { table: source.name, key },
      ]),
    };
  });
  return {
    kind: 'derived',
    name: 'difference_standardised',
    title: `Difference of mean ${params.outcome}, strata weighted by the compared group's people`,
    keys: ['contrast'],
    breakdown: {
      contrast: fieldsOfParams(params).filter((name) => ![params.outcome, params.weights].includes(name)),
    },
    measures: [differenceOf(params)],
    cells,
  };
}

function leftOutTable(params: DescriptiveParams, { leftOut }: Summaries): CellTable[] {
  if (leftOut.people === 0) return [];
  const fields = fieldsOfParams(params).join(', ');
  return [
    {
      kind: 'cells',
      name: 'left_out',
      title: `People with a record left out because ${fields} is not complete`,
      keys: [],
      measures: [{ name: 'n', label: 'people', unit: 'people', statistic: 'frequency' }],
      cells: [{ key: {}, values: { n: leftOut.people }, ...basisOf(leftOut) }],
    },
  ];
}
