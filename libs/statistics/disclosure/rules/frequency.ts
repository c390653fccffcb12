// Frequency: a number may be shown only if it rests on enough distinct people; rows and episodes do not count.
import type { Based, Check, Judgement } from '../context';
import { eachBasis, isStructuralZero, placeOf, withPasses } from '../context';

export function frequency(check: Check): Judgement[] {
  const found: Judgement[] = [];
  const looked = new Set<number>();
  const least = check.thresholds.frequency;
  eachBasis(check, (based) => {
    looked.add(based.table);
    const judged = judge(based, least);
    if (judged) found.push({ ...placeOf(based), people: based.basis.people, ...judged });
  });
  return withPasses(looked, found, `Every number rests on at least ${least} people.`);
}

function judge(based: Based, least: number): Pick<Judgement, 'verdict' | 'message'> | null {
  const { counted, people } = based.basis;
  if (counted === 'publisher') return null;
  if (counted === 'nobody') {
    return { verdict: 'review', message: 'Nobody counted the people behind this number: a person decides.' };
  }
  if (people >= least || isStructuralZero(based)) return null;
  return {
    verdict: 'fail',
    message: `Rests on fewer than ${least} people: suppressed, with everything computed from it.`,
  };
}
