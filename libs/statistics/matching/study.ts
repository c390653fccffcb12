// A matching study from data to matched sample: the score, the matches, and everybody's place before and after.
import { codesOf } from '../design/codes';
import type { CompleteRows } from '../design/complete';
import { InputRefused } from '../input';
import type { RowInput } from '../input';
import type { Progress } from '../method';
import { onePerPerson } from './dated';
import { matchedSample } from './matched';
import type { Matched } from './matched';
import { nearest } from './nearest';
import { fieldsOfMatching } from './params';
import type { MatchingParams } from './params';
import { scoredOf } from './scored';
import type { Scored, Weighed } from './scored';

export interface Study extends Scored, Weighed {
  readonly matched: Matched;
  /** Whether someone whom the effect should be on has no match. */
  readonly isPartial: boolean;
}

export function studyOf(data: RowInput, params: MatchingParams, progress: Progress): Study {
  const scored = scoredOf(onePerPerson(data, params), params, fieldsOf(params));
  const { input, used, treated, score } = scored;
  const focal = params.estimand === 'ATT' ? treated : treated.map((own) => 1 - own);
  progress(0.3, 'matching');
  const { ratio, replacement } = params;
  const others = focal.reduce((count, own) => count + (1 - own), 0);
  if (ratio > others) {
    throw new InputRefused(
      `"ratio" asks for ${ratio} matches per person, and fewer people than that can be matches. Lower "ratio".`,
    );
  }
  const caliper = caliperOf(params, score);
  const strata = strataOf(input, used, params.exact);
  const matches = nearest({ ...params, score, focal, caliper, strata });
  const matched = matchedSample(matches, treated, { ratio, replacement });
  if (matched.members.length === 0) {
    throw new InputRefused(
      'Nobody has a match within the limits set. Widen "caliper", or use fewer fields in "exact".',
    );
  }
  const isPartial = focal.some((own, at) => own === 1 && matched.weights[at] === 0);
  return { ...scored, matched, isPartial };
}

function fieldsOf(params: MatchingParams): string[] {
  const { timing: _spent, imputation: _done, ...rest } = params;
  return fieldsOfMatching({ ...rest, timing: undefined, imputation: undefined });
}

/** The width as a distance of scores; a standard deviation is taken over everybody. */
function caliperOf({ caliper }: MatchingParams, score: Float64Array): number {
  if (!caliper) return Infinity;
  if (caliper.unit === 'score') return caliper.width;
  const mean = score.reduce((sum, own) => sum + own, 0) / score.length;
  const around = score.reduce((sum, own) => sum + (own - mean) ** 2, 0);
  return caliper.width * Math.sqrt(around / (score.length - 1));
}

/** Numbers the combinations of codes that occur. */
function strataOf(input: RowInput, used: CompleteRows, exact: readonly string[]) {
  const fields = exact.map((field) => codesOf(input, field, used.rows, Infinity));
  const numbers = new Map<string, number>();
  const code = new Int32Array(used.rows.length);
  if (fields.length === 0) return { code, count: 1 };
  for (let at = 0; at < code.length; at += 1) {
    const own = fields.map((field) => field.code[at]).join();
    let number = numbers.get(own);
    if (number === undefined) numbers.set(own, (number = numbers.size));
    code[at] = number;
  }
  return { code, count: numbers.size };
}
