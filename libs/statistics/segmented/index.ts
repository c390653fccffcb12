// `segmented`: regression of an interrupted series with Newey–West errors.
import { criticalValue, twoSidedP } from '../distributions';
import type { Method, MethodOutput } from '../method';
import { seriesPlotOf } from '../plot';
import { standardErrors } from '../regression/covariance';
import type { CellTable, ModelTable, RawMeasure } from '../table';
import { residualTests, segmentedModel } from './model';
import type { SegmentedModel } from './model';
import { SegmentedParams, fieldsOfSegmented } from './params';
import { seriesOf } from './series';
import type { Series } from './series';

export { SegmentedParams } from './params';

export const segmented: Method<SegmentedParams> = {
  name: 'segmented',
  version: '1.0.0',
  title: 'Change over time',
  description:
    'Whether level or trend of a series changed when something happened (segmented regression: Wagner et al. 2002; errors: Newey & West 1987). Assumes that the trend before would have gone on, that nothing else happened at the same time, and that what is counted did not change.',
  reports:
    'Change of level and trend with their errors, the series with what was expected, and how well the model fits.',
  reference: 'R 4.2.2 with sandwich.',
  accepts: ['rows', 'cells'],
  weights: {
    refuses:
      'each period is one point of the series, however many people it rests on. Leave them out, or weigh the periods’ means by "series" first.',
  },
  rules: [
    'frequency',
    'degrees_of_freedom',
    'dominance',
    'p_ratio',
    'negatives',
    'full_or_empty',
    'differencing',
    'condition',
  ],
  params: SegmentedParams,
  fieldsOf: fieldsOfSegmented,
  run(input, params, progress): MethodOutput {
    progress(0, 'putting the series in order');
    const series = seriesOf(input, params);
    const model = segmentedModel(
      Float64Array.from(series.periods, ({ value }) => value),
      series.before,
      params,
    );
    progress(1, 'model fitted');
    return {
      tables: [
        coefficients(series, model, params),
        effects(series, model, params),
        fitTable(series, model, params),
        points(series, model, params),
        ...series.leftOut,
      ],
      plots: (checked) =>
        checked
          .filter(({ name }) => name === 'series')
          .map((table) =>
            seriesPlotOf(table, params.time, {
              periods: series.periods.map(({ label }) => label),
              breakAt: series.before,
            }),
          ),
      diagnostics: { lag: model.lag },
    };
  },
};

function measured({ measure, outcome }: SegmentedParams): { label: string; unit: string; fields: string[] } {
  if (measure === 'people') return { label: 'people', unit: 'people', fields: [] };
  return { label: `${measure} ${outcome}`, unit: outcome, fields: [outcome] };
}

function modelMeasures(params: SegmentedParams): RawMeasure[] {
  const { unit, fields } = measured(params);
  const percent = `${Math.round(params.level * 1000) / 10} %`;
  const of = (name: string, label: string, own = unit) => ({
    name,
    label,
    unit: own,
    statistic: 'model' as const,
    fields,
  });
  return [
    of('estimate', 'estimate'),
    of('standard_error', 'standard error'),
    of('statistic', 'test statistic', ''),
    of('p', 'p-value', ''),
    of('lower', `lower end of the ${percent} interval`),
    of('upper', `upper end of the ${percent} interval`),
  ];
}

function inferred(estimate: number, error: number, df: number, level: number): Record<string, number> {
  const reach = criticalValue(level, df) * error;
  return {
    estimate,
    standard_error: error,
    statistic: estimate / error,
    p: twoSidedP(estimate / error, df),
    lower: estimate - reach,
    upper: estimate + reach,
  };
}

function basisFor({ basis }: Series, { fit }: SegmentedModel): ModelTable['basis'] {
  return { ...basis, dof: fit.residualDf };
}

function coefficients(series: Series, model: SegmentedModel, params: SegmentedParams): ModelTable {
  const errors = standardErrors(model.covariance);
  const { label } = measured(params);
  return {
    kind: 'model',
    name: 'coefficients',
    title: `Level and trend of ${label} before and after ${params.interruption}`,
    keys: ['term'],
    breakdown: { term: [] },
    measures: modelMeasures(params),
    notes: [
      `Standard errors allow for unequal variances and for correlation over ${model.lag} periods (Newey–West).`,
      ...(Math.min(series.before, series.periods.length - series.before) < FEW
        ? [`There are fewer than ${FEW} periods on one side: a trend over so few is uncertain.`]
        : []),
    ],
    basis: basisFor(series, model),
    cells: model.fit.design.columns.map(({ name }, at) => ({
      key: { term: name },
      values: inferred(model.fit.coefficients[at]!, errors[at]!, model.covariance.df, params.level),
    })),
  };
}

const FEW = 8;

function effects(series: Series, model: SegmentedModel, params: SegmentedParams): ModelTable {
  const { last, lastError, sum, sumError } = model.effect;
  const { df } = model.covariance;
  return {
    kind: 'model',
    name: 'effect',
    title: 'Difference from what the trend before would have led to',
    keys: ['when'],
    breakdown: { when: [] },
    measures: modelMeasures(params),
    notes: [
      'It is an effect only if the trend before would have gone on, and nothing else changed at the same time.',
    ],
    basis: basisFor(series, model),
    cells: [
      { key: { when: 'in the last period' }, values: inferred(last, lastError, df, params.level) },
      { key: { when: 'all periods after, added up' }, values: inferred(sum, sumError, df, params.level) },
    ],
  };
}

function fitTable(series: Series, model: SegmentedModel, params: SegmentedParams): ModelTable {
  const { fit } = model;
  const mean = fit.y.reduce((sum, value) => sum + value, 0) / fit.y.length;
  const unexplained = fit.deviance / fit.y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const of = (name: string, label: string, statistic: RawMeasure['statistic'] = 'model'): RawMeasure => ({
    name,
    label,
    unit: '',
    statistic: statistic ?? 'model',
    fields: measured(params).fields,
  });
  return {
    kind: 'model',
    name: 'fit',
    title: 'How well the model fits, and what its residuals show',
    keys: [],
    measures: [
      of('periods', 'periods', 'given'),
      of('residual_df', 'residual degrees of freedom', 'given'),
      of('sigma', 'residual standard deviation'),
      of('r_squared', 'R²'),
      of('adjusted_r_squared', 'adjusted R²'),
      of('durbin_watson', 'Durbin–Watson statistic'),
      of('autocorrelation', 'correlation with the period before'),
      of('ljung_box', 'Ljung–Box statistic, up to 10 lags'),
      of('ljung_box_p', 'p-value of Ljung–Box'),
    ],
    basis: basisFor(series, model),
    cells: [
      {
        key: {},
        values: {
          periods: fit.y.length,
          residual_df: fit.residualDf,
          sigma: Math.sqrt(fit.deviance / fit.residualDf),
          r_squared: 1 - unexplained,
          adjusted_r_squared: 1 - (unexplained * (fit.y.length - 1)) / fit.residualDf,
          ...residualTests(fit),
        },
      },
    ],
  };
}

/** The series itself, each period judged by its people; the fit stands beside it. */
function points(series: Series, model: SegmentedModel, params: SegmentedParams): CellTable {
  const { label, unit, fields } = measured(params);
  return {
    kind: 'cells',
    name: 'series',
    title: `${label} over time`,
    keys: [params.time],
    characteristics: [],
    overlapping: true,
    measures: [
      { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
      {
        name: 'observed',
        label,
        unit,
        statistic: params.measure === 'people' ? 'frequency' : 'linear',
        fields,
      },
      { name: 'fitted', label: `${label}, fitted`, unit, statistic: 'model', fields },
      { name: 'expected', label: `${label}, had nothing changed`, unit, statistic: 'model', fields },
    ],
    cells: series.periods.map(({ label: period, value, basis, contributions }, at) => ({
      ...basis,
      key: { [params.time]: period },
      dof: model.fit.residualDf,
      ...(contributions && { contributions: { observed: contributions } }),
      values: {
        n: basis.people,
        observed: value,
        fitted: model.fit.fitted[at]!,
        expected: model.counterfactual[at]!,
      },
    })),
  };
}
