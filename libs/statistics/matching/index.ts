// `matching`: propensity score matching, with balance, overlap, effect and sensitivity.
import type { Method, MethodOutput } from '../method';
import { barsOf, loveOf } from '../plot';
import type { ResultPlot } from '../plot';
import { rowsOf } from '../regression';
import { LOVE_KEYS, matchImputed } from './imputed';
import { MatchingParams, fieldsOfMatching } from './params';
import { studyOf } from './study';
import { tablesOf } from './tables';

export { MatchingParams } from './params';

export const matching: Method<MatchingParams> = {
  name: 'matching',
  version: '1.1.0',
  title: 'Propensity score matching',
  description:
    'Compares treated people with untreated ones who were as likely to be treated given the covariates (Rosenbaum & Rubin 1983; Stuart 2010). Assumes that everything that decides treatment and also changes the outcome is among the covariates, that everyone could have been treated or not, and that one person’s treatment does not change another’s outcome.',
  reports:
    'People with and without a match, overlap, balance before and after, the effect with robust and clustered errors, Rosenbaum’s bounds, E-values.',
  reference: 'MatchIt 4.7.2 and sandwich in R 4.2.2: pairs, balance, effects and errors.',
  accepts: ['rows'],
  weights: {
    refuses:
      'who is matched to whom is a choice of records, and there is no one way to weigh a pair of two people with different weights. Leave them out, or estimate the effect by "linear" with weights and the same covariates.',
  },
  rules: [
    'frequency',
    'degrees_of_freedom',
    'dominance',
    'p_ratio',
    'negatives',
    'full_or_empty',
    'complementary',
    'differencing',
    'condition',
  ],
  params: MatchingParams,
  fieldsOf: fieldsOfMatching,
  run(input, params, progress): MethodOutput {
    progress(0, 'estimating the propensity score');
    if (params.imputation) return matchImputed(rowsOf(input), params, params.imputation, progress);
    const study = studyOf(rowsOf(input), params, progress);
    progress(0.6, 'balance and effect');
    const tables = tablesOf(study, params);
    progress(1, 'tables made');
    return {
      tables,
      plots: (checked) =>
        checked.flatMap((table): ResultPlot[] => {
          if (table.name === 'overlap') return [barsOf(table, 'n', 'group')];
          return table.name === 'balance' ? [loveOf(table, 'difference', LOVE_KEYS)] : [];
        }),
      diagnostics: { estimand: params.estimand, ratio: params.ratio },
    };
  },
};
