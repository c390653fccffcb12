// What a grant says about a file, in words: field by field, and across fields.
import type { DataSpec, FieldSpec } from '#libs/domain';
import type { Language } from '#libs/language';
import { exampleOf } from '#libs/vault/deposit';

/** What may stand in a field, and how finely it may tell. */
export function fieldTerms(field: FieldSpec, language: Language): string[] {
  const { t } = language;
  const { codes, bands, min, max, precision, period, place, required, unique } = field;
  const { timeCode, datedBy, covers } = field;
  return [
    t(`part.${field.type}`),
    ...(codes
      ? [
          codes.length > 12
            ? t('grant.codes', { count: codes.length })
            : t('grant.theCodes', { codes: codes.join(', ') }),
        ]
      : []),
    ...(bands ? [t('grant.bands', { bounds: bands.join(', ') })] : []),
    ...rangeIn(min, max, language),
    ...(precision ? [t(`precision.${precision}`)] : []),
    ...(timeCode ? [t('grant.timeCode', { example: exampleOf(timeCode) })] : []),
    ...(period ? [t('request.period', period)] : []),
    ...(datedBy === undefined ? [] : [t('grant.datedBy', { field: datedBy })]),
    ...(covers ? [t('grant.covers', covers)] : []),
    ...(place
      ? [t('request.level', { level: t(`level.${place.level}`), vintage: place.vintage ?? '' }).trim()]
      : []),
    ...(required === true || field.type === 'pseudonym' ? [t('grant.required')] : []),
    ...(unique === true ? [t('grant.unique')] : []),
  ];
}

function rangeIn(min: number | undefined, max: number | undefined, { t }: Language): string[] {
  if (min !== undefined && max !== undefined)
    return [t('grant.range', { min: String(min), max: String(max) })];
  if (min !== undefined) return [t('grant.atLeast', { min: String(min) })];
  return max === undefined ? [] : [t('grant.atMost', { max: String(max) })];
}

/** What holds for the file as a whole. */
export function fileTerms(spec: DataSpec, language: Language): string[] {
  const { t } = language;
  const { dimensions, sums, fewest, merge, maxRows, key, rules = [] } = spec;
  return [
    spec.level === 'ROWS'
      ? t('grant.asRows', { level: t(`level.${spec.granularity ?? 'INDIVIDUAL'}`) })
      : t('grant.asTable', {
          dimensions: language.list(dimensions),
          sums: sums.length === 0 ? t('said.none') : language.list(sums),
        }),
    ...(fewest === undefined ? [] : [t('grant.fewest', { fewest })]),
    ...(merge ? [t('grant.merge', merge)] : []),
    ...(spec.outsidePeriod === 'REMOVE' ? [t('grant.removesOutside')] : []),
    ...(maxRows === undefined ? [] : [t('grant.maxRows', { maxRows })]),
    ...(key ? [t('grant.key', { fields: language.list(key) })] : []),
    ...rules.map((rule) =>
      'notBefore' in rule
        ? t('grant.notBefore', { field: rule.field, other: rule.notBefore })
        : t('grant.requiredWhere', {
            ...{ field: rule.field, other: rule.requiredWhere.field },
            values: rule.requiredWhere.in.join(', '),
          }),
    ),
  ];
}
