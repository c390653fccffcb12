// Dominance, the (n, k) rule: the two largest contributors must not make up most of a total.
import type { Check, Judgement } from '../context';
import { withPasses } from '../context';
import type { LinearNumber } from './contributions';
import { isKnown, linearNumbers } from './contributions';

export function dominance(check: Check): Judgement[] {
  const found: Judgement[] = [];
  const unknown = new Map<string, Judgement>();
  const looked = new Set<number>();
  for (const number of linearNumbers(check)) {
    looked.add(number.place.table);
    const judged = judge(number, check.thresholds.dominanceK);
    if (judged === 'unknown') {
      const { table } = number.place;
      unknown.set(`${table} ${number.measure}`, { table, ...UNKNOWN(number.measure) });
    } else if (judged) found.push({ ...number.place, ...judged });
  }
  const most = Math.round(check.thresholds.dominanceK * 100);
  const passed = `In no total do the two largest contributors make up ${most} % or more.`;
  return withPasses(looked, [...found, ...unknown.values()], passed);
}

const UNKNOWN = (measure: string) => ({
  measure,
  verdict: 'review' as const,
  message: `The largest contributions to ${measure} are not known, so dominance cannot be ruled out: a person decides.`,
});

function judge(
  { contributions, measure }: LinearNumber,
  k: number,
): Pick<Judgement, 'verdict' | 'message' | 'measure'> | 'unknown' | null {
  if (contributions === undefined) return 'unknown';
  if (!isKnown(contributions)) {
    if (contributions.holder === 'pass') return null;
    if (contributions.holder === 'fail')
      return { verdict: 'fail', message: `The holder found ${measure} dominated by few contributors.` };
    return { verdict: 'review', measure, message: `The holder asks a person to review ${measure}.` };
  }
  const { total, largest, second, anyNegative } = contributions;
  // 0 ÷ 0 is no dominance; that everybody contributes nothing is a full cell.
  if (anyNegative || !((largest + second) / total >= k)) return null;
  const message = `The two largest contributors make up ${Math.round(k * 100)} % or more of ${measure}.`;
  return { verdict: 'fail', message };
}
