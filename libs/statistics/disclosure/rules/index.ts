// The rules of the output check, all of them, in the order in which they are applied (DOMAIN § 5).
import type { Rule } from '../../table';
import { complementary } from '../complementary';
import type { JudgeRule } from '../context';
import { condition } from './condition';
import { degreesOfFreedom } from './degrees-of-freedom';
import { derived } from './derived';
import { differencing } from './differencing';
import { dominance } from './dominance';
import { extremes } from './extremes';
import { frequency } from './frequency';
import { fullOrEmpty } from './full-or-empty';
import { negatives } from './negatives';
import { pRatio } from './p-ratio';
import { survival } from './survival';

/** Rules that judge numbers by themselves come first; then what follows from hidden ones. The order is `Rule.options`'. */
export const rules: Record<Rule, JudgeRule> = {
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
