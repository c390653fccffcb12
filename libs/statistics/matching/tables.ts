// A matching study as tables: who was matched, overlap, balance, means, the effect and how sensitive it is.
import { basisOf } from '../design/basis';
import { positionsWhere } from '../order';
import type { CellTable, ModelTable, RawTable } from '../table';
import { balanceTables } from './balance-tables';
import { effectsOf } from './effect';
import { effectTable, groupName, inferred, modelMeasure, overlapTable } from './effect-tables';
import type { Estimate } from './effect';
import type { MatchingParams } from './params';
import { criticalGamma, eValuesOf, riskRatioOfDifference, rosenbaumBound, signedRanks } from './sensitivity';
import type { Study } from './study';

export function tablesOf(study: Study, params: MatchingParams): RawTable[] {
  const { used, y } = study;
  const estimates = effectsOf(study, { y, covariates: params.covariates });
  return [
    groupTable(study),
    overlapTable(study),
    ...balanceTables(study, params),
    effectTable(study, params, { estimates, notes: estimandNotes(study, params, estimates) }),
    ...sensitivityTables(study, params, estimates),
    ...used.leftOut,
  ];
}

/** People with and without a match; a cell that nobody is in is not listed. */
function groupTable({ input, used, treated, matched }: Study): CellTable {
  const cells = [1, 0].flatMap((group) =>
    [true, false].flatMap((isMatched) => {
      const own = positionsWhere(
        treated.length,
        (at) => treated[at] === group && matched.weights[at]! > 0 === isMatched,
      );
      if (own.length === 0) return [];
      const weights = own.reduce((sum, at) => sum + matched.weights[at]!, 0);
      const squares = own.reduce((sum, at) => sum + matched.weights[at]! ** 2, 0);
      const basis = basisOf(
        input,
        own.map((at) => used.rows[at]!),
      );
      return [
        {
          ...basis,
          key: { group: groupName(group), match: isMatched ? 'matched' : 'not matched' },
          values: { n: basis.people, ...(isMatched ? { effective: weights ** 2 / squares } : {}) },
        },
      ];
    }),
  );
  return {
    kind: 'cells',
    name: 'matched_groups',
    title: 'People with and without a match',
    keys: ['group', 'match'],
    breakdown: { match: [] },
    characteristics: ['group'],
    population: 'complete',
    measures: [
      { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
      { name: 'effective', label: 'effective sample size', unit: 'people', statistic: 'frequency' },
    ],
    cells,
  };
}

/** What the estimate is an estimate of, in words; what a caliper changed about that. */
function estimandNotes(
  study: Study,
  { estimand, exact, caliper }: MatchingParams,
  estimates: readonly Estimate[],
): string[] {
  const who = estimand === 'ATT' ? 'the treated' : 'the controls';
  const limits = [...(caliper ? ['the caliper'] : []), ...(exact.length > 0 ? ['exact matching'] : [])];
  const cause =
    limits.length === 0 ? 'There are too few possible matches' : `Because of ${limits.join(' and ')}`;
  const isAdjusted = estimates.some(({ model: name }) => name !== 'difference of means');
  return [
    study.isPartial
      ? `${cause}, some of ${who} have no match: this is the effect on those of ${who} who have a comparable person in the other group, not on all of ${who} (${estimand}). How many they are stands in matched_groups.`
      : `This is the average effect on ${who} (${estimand}): all of them have a match.`,
    'It is an effect only if everything that decides treatment and also changes the outcome is among the covariates; see sensitivity.',
    ...(isAdjusted
      ? []
      : [
          'There is no adjusted estimate: in the matched sample a covariate is constant, or can be computed from the others.',
        ]),
  ];
}

function sensitivityTables(
  study: Study,
  params: MatchingParams,
  estimates: readonly Estimate[],
): ModelTable[] {
  const { input, used, matched, y } = study;
  const basis = {
    ...basisOf(
      input,
      matched.members.map((at) => used.rows[at]!),
    ),
    dof: estimates[0]!.residualDf,
  };
  const fields = [params.outcome, params.treatment];
  const head = { kind: 'model' as const, basis };
  const eValues = eValuesOf(inferred(estimates[0]!, params.level), riskRatios(study));
  const strength = {
    ...head,
    name: 'sensitivity',
    title: 'How strong an unmeasured cause would have to be to explain the effect away',
    keys: [],
    notes: [
      'E-value: the risk ratio that an unmeasured cause would need with both treatment and outcome, beyond the covariates.',
    ],
    measures: [
      modelMeasure('e_value', 'E-value of the estimate', '', fields),
      modelMeasure('e_value_limit', 'E-value of the interval’s end nearer to no effect', '', fields),
    ],
    cells: eValues ? [{ key: {}, values: { e_value: eValues.point, e_value_limit: eValues.limit } }] : [],
  };
  if (params.replacement || params.ratio > 1) return [strength];
  const differences = Float64Array.from(matched.couples, ({ treated, control }) => y[treated]! - y[control]!);
  const ranks = signedRanks(differences);
  const bounds = {
    ...head,
    name: 'rosenbaum_bounds',
    title: 'Greatest p-value if one of a pair could be gamma times likelier to be treated',
    keys: ['gamma'],
    breakdown: { gamma: [] },
    notes: ['Wilcoxon’s signed rank test over pairs, one-sided in the direction of the estimate.'],
    measures: [modelMeasure('p', 'greatest p-value', '', fields)],
    cells: params.gammas.map((gamma) => ({
      key: { gamma: String(gamma) },
      values: { p: rosenbaumBound(ranks, gamma) },
    })),
  };
  const critical = criticalGamma(ranks, 1 - params.level);
  return [
    {
      ...strength,
      measures: [
        ...strength.measures,
        modelMeasure('critical_gamma', 'gamma at which significance is lost', '', fields),
      ],
      cells: [{ key: {}, values: { ...strength.cells[0]?.values, critical_gamma: critical } }],
    },
    bounds,
  ];
}

/** A difference as a risk ratio: of risks where the outcome is 0 or 1, by its standard deviation otherwise. */
function riskRatios({ y, treated, matched }: Study): (difference: number) => number {
  const members = matched.members;
  const meanOf = (group: number, at: (position: number) => number) => {
    let [sum, total] = [0, 0];
    for (const position of members) {
      if (treated[position] !== group) continue;
      sum += matched.weights[position]! * at(position);
      total += matched.weights[position]!;
    }
    return sum / total;
  };
  const risk = meanOf(0, (position) => y[position]!);
  if (y.every((value) => value === 0 || value === 1)) {
    return (difference) => (risk > 0 && risk + difference > 0 ? (risk + difference) / risk : Number.NaN);
  }
  const [control = 0, treatedVariance = 0] = [0, 1].map((group) => {
    const mean = meanOf(group, (position) => y[position]!);
    return meanOf(group, (position) => (y[position]! - mean) ** 2);
  });
  const sd = Math.sqrt((control + treatedVariance) / 2);
  return (difference) => riskRatioOfDifference(difference, sd);
}
