// Negatives: shares of a total mean nothing where contributions can cancel, so a person reviews.
import type { Check, Judgement } from '../context';
import { isKnown, linearNumbers } from './contributions';

export function negatives(check: Check): Judgement[] {
  return linearNumbers(check).flatMap(({ place, measure, contributions }): Judgement[] => {
    if (!isKnown(contributions) || !contributions.anyNegative) return [];
    const message = `Some contributions to ${measure} are negative, so dominance is undefined: a person decides.`;
    return [{ ...place, measure, verdict: 'review', message }];
  });
}
