// When people are reminded, when it is escalated and when their time is over: by an agreement's spans, or in working days.
import { workingDaysAfter } from '../calendar';
import type { AgreementRules } from '../terms';
import type { Instant } from '../words';
import { plus } from './time';

export interface Times {
  remindAt: Instant;
  escalateAt: Instant;
  deadline: Instant;
}

/** Counted from `from`; whoever has so many working days has all of the last one. */
export function timesFrom({ timings, workingDays, holidays }: AgreementRules, from: Instant): Times {
  const at = (part: keyof AgreementRules['timings']): Instant =>
    workingDays ? workingDaysAfter(from, workingDays[part], holidays) : plus(from, timings[part]);
  return { remindAt: at('remindAfter'), escalateAt: at('escalateAfter'), deadline: at('lapseAfter') };
}
