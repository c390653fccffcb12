// Treated and untreated people with their propensity scores: where matching and weighting both begin.
import { completeRows } from '../design/complete';
import type { CompleteRows } from '../design/complete';
import { designOf, gathered } from '../design/matrix';
import type { Term } from '../design/terms';
import { numbersOf } from '../input';
import type { RowInput } from '../input';
import { binomial } from '../regression/family';
import { fit } from '../regression/fit';
import { binaryOf } from '../regression/prepare';

export interface Scored {
  /** One row per person. */
  readonly input: RowInput;
  readonly used: CompleteRows;
  readonly treated: Uint8Array;
  readonly y: Float64Array;
  readonly score: Float64Array;
}

/** People of whom some count for a comparison, each with a weight. */
export interface Weighed extends Pick<Scored, 'input' | 'used' | 'treated'> {
  readonly matched: {
    /** Positions of those with a weight, in order. */
    readonly members: Int32Array;
    readonly weights: Float64Array;
    /** Which pair each member is in, where nobody is in several. */
    readonly pairs?: { readonly code: Int32Array; readonly count: number };
  };
}

/** What is compared, as every method of this kind asks for it. */
export interface Asked {
  readonly treatment: string;
  readonly treated?: string | undefined;
  readonly outcome: string;
  readonly covariates: readonly Term[];
  readonly estimand: 'ATT' | 'ATC' | 'ATE';
  readonly level: number;
}

/** The score is the probability of treatment given the covariates, by logistic regression (Rosenbaum & Rubin 1983). */
export function scoredOf(input: RowInput, asked: Asked, fields: readonly string[]): Scored {
  const used = completeRows(input, fields);
  const treated = Uint8Array.from(binaryOf(input, used.rows, asked.treatment, { treated: asked.treated }));
  const y = gathered(numbersOf(input, asked.outcome), used.rows);
  const design = designOf(input, used, asked.covariates);
  const score = fit(design, Float64Array.from(treated), binomial, { predicted: 'the treatment' }).fitted;
  return { input, used, treated, y, score };
}
