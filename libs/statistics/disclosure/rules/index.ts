// The rules of the output check, all of them, in the order in which they are applied (DOMAIN § 5).
import { Rule } from '../../table';
import { complementary } from '../complementary';
import type { JudgeRule } from '../context';
import { condition } from './condition';
import { degreesOfFreedom } from './degrees-of-freedom';
import { derived } from './derived';
import { differencing, mixedDifferencing } from './differencing';
import { dominance } from './dominance';
import { extremes } from './extremes';
import { frequency } from './frequency';
import { fullOrEmpty } from './full-or-empty';
import { negatives } from './negatives';
import { pRatio } from './p-ratio';
import { survival } from './survival';

/** Rules that judge numbers by themselves come first; then what follows from hidden ones. The order is `Rule.options`'. */
const rules: Record<Rule, JudgeRule> = {
  frequency,
  survival,
  degrees_of_freedom: degreesOfFreedom,
  dominance,
  p_ratio: pRatio,
  negatives,
  full_or_empty: fullOrEmpty,
  extremes,
  condition,
  differencing,
  complementary,
  derived,
};

export interface Step {
  readonly rule: Rule;
  readonly judge: JudgeRule;
}

/** What is judged one after the other, each by what is still shown then. */
export const steps: readonly Step[] = Rule.options.flatMap((rule): Step[] => [
  // Before what is computed from hidden numbers, so that it is hidden with them.
  ...(rule === 'derived' ? [{ rule: 'differencing', judge: mixedDifferencing } as const] : []),
  { rule, judge: rules[rule] },
]);
