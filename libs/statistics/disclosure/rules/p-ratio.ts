// The p-ratio: the second largest contributor must not be able to estimate the largest too closely.
import type { HolderVerdict } from '../../table';
import type { Check, Judgement } from '../context';
import { withPasses } from '../context';
import { isKnown, linearNumbers } from './contributions';

export function pRatio(check: Check): Judgement[] {
  const found: Judgement[] = [];
  const looked = new Set<number>();
  const least = check.thresholds.pRatio;
  for (const { place, measure, contributions } of linearNumbers(check)) {
    if (contributions === undefined) continue;
    if (!isKnown(contributions)) {
      const said = holderSaid(contributions.pRatio, measure);
      if (contributions.pRatio !== undefined) looked.add(place.table);
      if (said) found.push({ ...place, ...said });
      continue;
    }
    if (contributions.anyNegative) continue;
    looked.add(place.table);
    const { total, largest, second } = contributions;
    // Where nobody contributes anything everything is known of everybody: 0 counts as too little, as in ACRO 1.0.
    const ratio = largest === 0 ? 0 : (total - largest - second) / largest;
    if (ratio >= least) continue;
    const message = `All but the two largest contributors to ${measure} make up less than ${least} of the largest.`;
    found.push({ ...place, verdict: 'fail', message });
  }
  return withPasses(looked, found, `No contributor's value can be estimated to within ${least} of it.`);
}

/** What the holder of a cell table says; silence on the p-ratio leaves it to the verdict on dominance. */
function holderSaid(
  verdict: HolderVerdict | undefined,
  measure: string,
): Pick<Judgement, 'verdict' | 'message' | 'measure'> | null {
  if (verdict === 'fail')
    return {
      verdict,
      message: `The holder found that a contributor to ${measure} can be estimated closely.`,
    };
  if (verdict === 'review')
    return { verdict, measure, message: `The holder asks a person to review ${measure}.` };
  return null;
}
