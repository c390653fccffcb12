// One regression on one data set: what is read, the fit and its errors, and what has to be said of the errors.
import type { RowInput } from '../input';
import { classical, clustered, robust } from './covariance';
import type { Covariance } from './covariance';
import type { Family } from './family';
import { fit } from './fit';
import type { Fit } from './fit';
import type { RegressionParams } from './params';
import { prepare } from './prepare';
import type { Prepared } from './prepare';

export interface Regression {
  readonly prepared: Prepared;
  readonly fitted: Fit;
  readonly covariance: Covariance;
}

export function estimate(data: RowInput, params: RegressionParams, family: Family): Regression {
  const prepared = prepare(data, params, family);
  const fitted = fit(prepared.design, prepared.y, family, prepared.options);
  return { prepared, fitted, covariance: covarianceOf(fitted, params, prepared) };
}

function covarianceOf(fitted: Fit, { errors }: RegressionParams, { clusters }: Prepared): Covariance {
  if (clusters) return clustered(fitted, clusters.code, clusters.count);
  return errors === 'HC1' || errors === 'HC3' ? robust(fitted, errors) : classical(fitted);
}

const FEW_CLUSTERS = 40;

export function notesOf({ errors }: RegressionParams, { used, clusters }: Prepared): string[] {
  const repeated = used.people < used.rows.length;
  return [
    clusters
      ? `Standard errors are robust to dependence within "${clusters.field}".`
      : errors === 'classical'
        ? 'Standard errors assume that the model is right, equal variances included.'
        : `Standard errors are robust to unequal variances (${errors}).`,
    ...(clusters && clusters.count < FEW_CLUSTERS
      ? [`There are fewer than ${FEW_CLUSTERS} clusters: the standard errors may be too small.`]
      : []),
    ...(repeated && !clusters
      ? [
          'Some people have several records, which these standard errors take for different people. Use "errors": "cluster".',
        ]
      : []),
  ];
}
