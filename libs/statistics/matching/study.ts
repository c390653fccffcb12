// A matching study from data to matched sample: the score, the matches, and everybody's place before and after.
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import type { CompleteRows } from '../design/complete';
import { designOf, gathered } from '../design/matrix';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { Progress } from '../method';
import { binomial } from '../regression/family';
import { fit } from '../regression/fit';
import { binaryOf } from '../regression/prepare';
import { onePerPerson } from './dated';
import { matchedSample } from './matched';
import type { Matched } from './matched';
import { nearest } from './nearest';
import { fieldsOfMatching } from './params';
import type { MatchingParams } from './params';

export interface Study {
  /** One row per person. */
  readonly input: RowInput;
  readonly used: CompleteRows;
  readonly treated: Uint8Array;
  readonly y: Float64Array;
  readonly score: Float64Array;
  /** 1 for those whom the effect is on. */
  readonly focal: Uint8Array;
  readonly matched: Matched;
  /** Whether someone whom the effect should be on has no match. */
  readonly isPartial: boolean;
}

export function studyOf(data: RowInput, params: MatchingParams, progress: Progress): Study {
  const input = onePerPerson(data, params);
  const used = completeRows(input, fieldsOf(params));
  const treated = Uint8Array.from(binaryOf(input, used.rows, params.treatment, { treated: params.treated }));
  const y = gathered(numbersOf(input, params.outcome), used.rows);
  const focal = params.estimand === 'ATT' ? treated : treated.map((own) => 1 - own);
  const score = scoreOf(input, used, params, treated);
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
  return {
    input,
    used,
    treated,
    y,
    score,
    focal,
    matched,
    isPartial,
  };
}

function fieldsOf(params: MatchingParams): string[] {
  const { timing: _spent, ...rest } = params;
  return fieldsOfMatching({ ...rest, timing: undefined });
}

/** The probability of treatment given the covariates, by logistic regression (Rosenbaum & Rubin 1983). */
function scoreOf(
  input: RowInput,
  used: CompleteRows,
  { covariates }: MatchingParams,
  treated: Uint8Array,
): Float64Array {
  const design = designOf(input, used, covariates);
  return fit(design, Float64Array.from(treated), binomial, { predicted: 'the treatment' }).fitted;
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
