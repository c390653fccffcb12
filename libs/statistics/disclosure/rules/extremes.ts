// Extremes: a minimum, a maximum, a medoid or a quantile far out is the value of one person.
import type { RawMeasure } from '../../table';
import type { Based, Check, Judgement } from '../context';
import { eachBasis, isStructuralZero, placeOf, withPasses } from '../context';

export function extremes(check: Check): Judgement[] {
  const looked = new Set<number>();
  const found: Judgement[] = [];
  check.tables.forEach(({ measures }, table) => {
    for (const { name: measure, label, statistic } of measures) {
      if (statistic === 'extreme' || statistic === 'position') looked.add(table);
      if (statistic !== 'extreme') continue;
      const message = `${label} is one person's value and is never shown.`;
      found.push({ table, measure, verdict: 'fail', message });
    }
  });
  eachBasis(check, (based, table) => {
    if (isStructuralZero(based)) return;
    for (const measure of table.measures) {
      const judged = measure.statistic === 'position' ? judgePosition(based, measure, check) : null;
      if (judged) found.push({ ...placeOf(based), measure: measure.name, ...judged });
    }
  });
  return withPasses(looked, found, `Enough people are on each side of every quantile.`);
}

function judgePosition(
  { basis }: Based,
  { name, label }: RawMeasure,
  { thresholds: { frequency: least } }: Check,
): Pick<Judgement, 'verdict' | 'message'> | null {
  const sides = basis.sides?.[name];
  if (!sides) {
    const message = `How many people are on each side of ${label} is not known: a person decides.`;
    return { verdict: 'review', message };
  }
  if (sides.below >= least && sides.above >= least) return null;
  return { verdict: 'fail', message: `Fewer than ${least} people are on one side of ${label}.` };
}
