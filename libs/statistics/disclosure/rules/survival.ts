// Survival: a step must cover enough exits, and leave enough people at risk or nobody.
import type { Check, Judgement } from '../context';
import { eachBasis, placeOf, withPasses } from '../context';

export function survival(check: Check): Judgement[] {
  const found: Judgement[] = [];
  const looked = new Set<number>();
  const least = check.thresholds.survival;
  eachBasis(check, (based, table) => {
    if (!table.measures.some(({ statistic }) => statistic === 'survival')) return;
    looked.add(based.table);
    const { step } = based.basis;
    const say = (verdict: Judgement['verdict'], message: string) =>
      found.push({ ...placeOf(based), verdict, message });
    if (!step) say('review', 'Exits and people at risk of this step are not known: a person decides.');
    else if (step.exits < least) say('fail', `The step covers fewer than ${least} exits: take longer steps.`);
    else if (step.atRisk > 0 && step.atRisk < least)
      say('fail', `The step leaves fewer than ${least} people at risk: end the curve earlier.`);
  });
  return withPasses(
    looked,
    found,
    `Every step covers at least ${least} exits and leaves nobody or as many at risk.`,
  );
}
