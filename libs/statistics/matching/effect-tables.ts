// Tables that every comparison of treated and untreated people has: how their scores overlap, and the effect.
import { basisOf } from '../design/basis';
import { criticalValue, twoSidedP } from '../distributions';
import type { CellTable, RawMeasure } from '../table';
import type { Estimate } from './effect';
import type { Asked, Scored, Weighed } from './scored';
import type { Effect } from './sensitivity';

export const groupName = (treated: number) => (treated === 1 ? 'treated' : 'control');

const BINS = 10;

/** How the scores of the two groups overlap, in bins of 0.1. */
export function overlapTable({ input, used, treated, score }: Scored): CellTable {
  const members = Array.from({ length: 2 * BINS }, (): number[] => []);
  score.forEach((own, at) => {
    const bin = Math.min(BINS - 1, Math.floor(own * BINS));
    members[bin * 2 + treated[at]!]!.push(used.rows[at]!);
  });
  return {
    kind: 'cells',
    name: 'overlap',
    title: 'People by propensity score, before matching',
    keys: ['group', 'score'],
    breakdown: { score: [] },
    population: 'complete',
    measures: [{ name: 'n', label: 'people', unit: 'people', statistic: 'frequency' }],
    cells: members.map((rows, at) => {
      const bin = at >> 1;
      const basis = basisOf(input, Int32Array.from(rows));
      const score = `${(bin / BINS).toFixed(1)} to ${((bin + 1) / BINS).toFixed(1)}`;
      return { ...basis, key: { group: groupName(at & 1), score }, values: { n: basis.people } };
    }),
  };
}

/** A number of a fitted model. */
export const modelMeasure = (
  name: string,
  label: string,
  unit: string,
  fields: readonly string[],
): RawMeasure => ({
  name,
  label,
  unit,
  statistic: 'model',
  fields,
});

export function effectTable(
  study: Weighed,
  params: Asked,
  { estimates, notes }: { estimates: readonly Estimate[]; notes: readonly string[] },
): CellTable {
  const { input, used, matched } = study;
  const { people: _all, ...basis } = basisOf(
    input,
    matched.members.map((at) => used.rows[at]!),
  );
  const fields = [params.outcome, params.treatment];
  const percent = `${Math.round(params.level * 1000) / 10} %`;
  return {
    kind: 'cells',
    name: 'effect',
    title: `Effect of ${params.treatment} on ${params.outcome} (${params.estimand})`,
    keys: ['model', 'errors'],
    breakdown: { model: [], errors: [] },
    characteristics: [],
    overlapping: true,
    measures: [
      modelMeasure('estimate', 'effect', params.outcome, fields),
      modelMeasure('standard_error', 'standard error', params.outcome, fields),
      modelMeasure('statistic', 'test statistic', '', fields),
      modelMeasure('p', 'p-value', '', fields),
      modelMeasure('lower', `lower end of the ${percent} interval`, params.outcome, fields),
      modelMeasure('upper', `upper end of the ${percent} interval`, params.outcome, fields),
    ],
    notes,
    cells: estimates.map((estimate) => ({
      ...basis,
      people: smallerGroup(study),
      dof: estimate.residualDf,
      key: { model: estimate.model, errors: estimate.errors },
      values: {
        ...inferred(estimate, params.level),
        p: twoSidedP(estimate.estimate / estimate.error, estimate.df),
      },
    })),
  };
}

export function inferred({ estimate, error, df }: Estimate, level: number): Effect & Record<string, number> {
  const reach = criticalValue(level, df) * error;
  return {
    estimate,
    standard_error: error,
    statistic: estimate / error,
    lower: estimate - reach,
    upper: estimate + reach,
  };
}

export function smallerGroup({ treated, matched }: Weighed): number {
  const inTreated = matched.members.reduce((count, at) => count + treated[at]!, 0);
  return Math.min(inTreated, matched.members.length - inTreated);
}
