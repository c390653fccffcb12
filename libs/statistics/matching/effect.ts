// The effect in a matched sample: weighted differences of means, plain and adjusted, with robust and pair-clustered errors.
import type { CompleteRows } from '../design/complete';
import { designOf, gathered } from '../design/matrix';
import type { Design } from '../design/matrix';
import type { Term } from '../design/terms';
import { InputRefused } from '../input';
import { clustered, robust, standardErrors } from '../regression/covariance';
import { gaussian } from '../regression/family';
import { fit } from '../regression/fit';
import type { Weighed } from './scored';

export interface Estimate {
  readonly model: 'difference of means' | 'adjusted for the covariates';
  readonly errors: 'robust (HC1)' | 'clustered by pair';
  readonly estimate: number;
  readonly error: number;
  /** Degrees of freedom of the test, and of the model's residuals. */
  readonly df: number;
  readonly residualDf: number;
}

/**
 * The coefficient of treatment in a regression weighted by the matching weights (Ho et al. 2007). Errors are clustered by pair
 * (Abadie & Spiess 2022) unless people may be in several pairs. The adjusted model is left out where it has no unique fit.
 */
export function effectsOf(
  { input, used, treated: isTreated, matched }: Weighed,
  { y, covariates }: { y: Float64Array; covariates: readonly Term[] },
): Estimate[] {
  const own = matched.members;
  const subset: CompleteRows = { ...used, rows: own.map((at) => used.rows[at]!), ...onePerRow(own.length) };
  const outcome = gathered(y, own);
  const weights = gathered(matched.weights, own);
  const treated = gathered(Float64Array.from(isTreated), own);
  const models = (['difference of means', 'adjusted for the covariates'] as const).flatMap((model) => {
    const terms = model === 'difference of means' ? [] : covariates;
    try {
      const design = withTreatment(designOf(input, subset, terms), treated);
      return [{ model, fitted: fit(design, outcome, gaussian, { weights }) }];
    } catch (error) {
      if (model === 'adjusted for the covariates' && error instanceof InputRefused) return [];
      throw error;
    }
  });
  const { pairs } = matched;
  return models.flatMap(({ model, fitted }) => {
    const clusters =
      pairs &&
      clustered(
        fitted,
        Int32Array.from(own, (at) => pairs.code[at]!),
        pairs.count,
      );
    return [
      { errors: 'robust (HC1)' as const, covariance: robust(fitted, 'HC1') },
      ...(clusters ? [{ errors: 'clustered by pair' as const, covariance: clusters }] : []),
    ].map(({ errors, covariance }) => ({
      model,
      errors,
      estimate: fitted.coefficients[1]!,
      error: standardErrors(covariance)[1]!,
      df: covariance.df,
      residualDf: fitted.residualDf,
    }));
  });
}

function onePerRow(rows: number): { person: Int32Array; people: number } {
  return { person: Int32Array.from({ length: rows }, (_, row) => row), people: rows };
}

/** The design with treatment as its second column, after the intercept. */
function withTreatment(design: Design, treated: Float64Array): Design {
  const { rows, size, columns, values } = design;
  const [intercept, ...others] = columns;
  const all = new Float64Array(rows * (size + 1));
  all.set(values.subarray(0, rows));
  all.set(treated, rows);
  all.set(values.subarray(rows), 2 * rows);
  const own = { name: 'treatment', fields: ['treatment'], people: rows };
  return {
    ...design,
    size: size + 1,
    values: all,
    columns: [...(intercept ? [intercept] : []), own, ...others],
  };
}
