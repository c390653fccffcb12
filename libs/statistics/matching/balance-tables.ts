// Balance before and after matching as tables, each number judged by the fewest people it could tell of.
import { basisOf, contributionsOf } from '../design/basis';
import { designOf, fewestApart, gathered } from '../design/matrix';
import { ascending, positionsWhere } from '../order';
import type { Basis, CellTable, RawCell } from '../table';
import { balanceOf, scaleOf } from './balance';
import type { Balance } from './balance';
import type { Asked, Scored, Weighed } from './scored';

const SCORE = 'propensity score';
const SCALES = {
  ATT: 'the standard deviation of the treated',
  ATC: 'the standard deviation of the controls',
  ATE: 'the root of the mean of both groups’ variances',
};

interface Covariate {
  readonly name: string;
  readonly values: Float64Array;
}

interface Sample {
  readonly name: 'all' | 'matched' | 'weighted';
  readonly weights: Float64Array;
  /** Positions of the treated and of the controls in the sample. */
  readonly groups: readonly { readonly name: string; readonly own: Int32Array; readonly basis: Basis }[];
  /** People without a match, by group: what the difference between the two samples would tell of. */
  readonly between: number;
}

export function balanceTables(
  study: Scored & Weighed,
  params: Asked,
  after: 'matched' | 'weighted' = 'matched',
): CellTable[] {
  const { input, used, treated, score, y, matched } = study;
  const design = designOf(input, used, params.covariates, { constant: false, everyCode: true });
  const covariates: Covariate[] = [
    { name: SCORE, values: score },
    ...design.columns.map(({ name }, at) => ({
      name,
      values: design.values.subarray(at * design.rows, (at + 1) * design.rows),
    })),
  ];
  const everybody = new Float64Array(treated.length).fill(1);
  const samples = [sampleOf(study, 'all', everybody), sampleOf(study, after, matched.weights)];
  const fields = [...new Set(design.columns.flatMap((column) => column.fields)), params.treatment];
  const breakdown = { covariate: design.factors, sample: [] };
  return [
    balanceTable(study, covariates, samples, { fields, breakdown, estimand: params.estimand }),
    ...meansTables([...covariates, { name: params.outcome, values: y }], samples, {
      fields: [...fields, params.outcome],
      breakdown: { ...breakdown, group: [params.treatment] },
    }),
  ];
}

function sampleOf(
  { input, used, treated, matched }: Weighed,
  name: Sample['name'],
  weights: Float64Array,
): Sample {
  const groups = [1, 0].map((group) => {
    const own = positionsWhere(treated.length, (at) => treated[at] === group && weights[at]! > 0);
    return {
      name: group === 1 ? 'treated' : 'control',
      own,
      basis: basisOf(
        input,
        own.map((at) => used.rows[at]!),
      ),
    };
  });
  const without = [1, 0].map((group) => {
    const own = treated.filter((is, at) => is === group && matched.weights[at] === 0);
    return own.length === 0 ? Infinity : own.length;
  });
  return { name, weights, groups, between: Math.min(...without) };
}

/** Fewest people of one group on one side of the covariate's majority value, or between the two samples. */
function fewest({ values }: Covariate, own: Int32Array, { name, between }: Sample): number {
  const apart = fewestApart(gathered(values, own));
  return Math.min(apart, name === 'all' ? between : Infinity);
}

interface Heads {
  readonly fields: readonly string[];
  readonly breakdown: Readonly<Record<string, readonly string[]>>;
}

function balanceTable(
  { treated, used, input }: Weighed,
  covariates: readonly Covariate[],
  samples: readonly Sample[],
  { fields, breakdown, estimand }: Heads & Pick<Asked, 'estimand'>,
): CellTable {
  const model = (name: string, label: string) => ({
    name,
    label,
    unit: '',
    statistic: 'model' as const,
    fields,
  });
  const bases = samples.map(({ groups }) => {
    const both = Int32Array.from(groups.flatMap(({ own }) => [...own])).sort();
    return basisOf(
      input,
      both.map((at) => used.rows[at]!),
    );
  });
  const cells = covariates.flatMap((covariate) => {
    const order = ascending(covariate.values);
    const scale = scaleOf(covariate.values, treated, estimand);
    return samples.map((sample, at): RawCell => {
      const found = balanceOf(
        { values: covariate.values, order },
        { treated, weights: sample.weights },
        scale,
      );
      const { people, ...basis } = bases[at]!;
      return {
        ...basis,
        key: { covariate: covariate.name, sample: sample.name },
        people: Math.min(...sample.groups.map(({ own }) => fewest(covariate, own, sample))),
        dof: people - 2,
        values: shownBalance(found),
      };
    });
  });
  return {
    kind: 'cells',
    name: 'balance',
    title: 'Balance of the covariates before and after',
    keys: ['covariate', 'sample'],
    breakdown,
    characteristics: [],
    overlapping: true,
    measures: [
      model('difference', 'standardised difference of means'),
      model('variance_ratio', 'ratio of variances'),
      model('ecdf_mean', 'mean distance of distributions'),
      model('ecdf_max', 'greatest distance of distributions'),
    ],
    notes: [`Differences are treated − control, divided by ${SCALES[estimand]} before.`],
    cells,
  };
}

/** Numbers that exist: a variance ratio needs variance, a standardised difference a scale. */
function shownBalance({ difference, varianceRatio, ecdfMean, ecdfMax }: Balance): Record<string, number> {
  const all = { difference, variance_ratio: varianceRatio, ecdf_mean: ecdfMean, ecdf_max: ecdfMax };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}

/** Means of numbers, and shares of people with a code: the rules of the check differ. */
function meansTables(
  covariates: readonly Covariate[],
  samples: readonly Sample[],
  heads: Heads,
): CellTable[] {
  const isShare = ({ values }: Covariate) => values.every((value) => value === 0 || value === 1);
  const numbers = covariates.filter((covariate) => !isShare(covariate));
  const mean = { name: 'mean', label: 'mean', unit: '', statistic: 'linear', fields: heads.fields } as const;
  const share = {
    name: 'share',
    label: 'share of people',
    unit: '',
    statistic: 'frequency',
    fields: heads.fields,
  } as const;
  const head = {
    kind: 'cells' as const,
    keys: ['covariate', 'sample', 'group'],
    breakdown: heads.breakdown,
    characteristics: ['group'],
    overlapping: true,
  };
  return [
    {
      ...head,
      name: 'means',
      title: 'Means before and after',
      measures: [mean],
      cells: meanCells(numbers, samples, 'mean'),
    },
    {
      ...head,
      name: 'shares',
      title: 'Shares of people before and after',
      measures: [share],
      cells: meanCells(covariates.filter(isShare), samples, 'share'),
    },
  ].filter(({ cells }) => cells.length > 0);
}

function meanCells(
  covariates: readonly Covariate[],
  samples: readonly Sample[],
  measure: 'mean' | 'share',
): RawCell[] {
  return covariates.flatMap((covariate) =>
    samples.flatMap((sample) =>
      sample.groups.map(({ name, own, basis }): RawCell => {
        const weights = gathered(sample.weights, own);
        const parts = gathered(covariate.values, own);
        let weight = 0;
        for (let at = 0; at < parts.length; at += 1) {
          parts[at]! *= weights[at]!;
          weight += weights[at]!;
        }
        return {
          ...basis,
          key: { covariate: covariate.name, sample: sample.name, group: name },
          people: fewest(covariate, own, sample),
          ...(measure === 'mean' ? { contributions: { mean: contributionsOf(parts) } } : {}),
          values: { [measure]: parts.reduce((sum, part) => sum + part, 0) / weight },
        };
      }),
    ),
  );
}
