// A grant says twice how much it gives: field by field in the words people negotiate (B27), and as the shape of a file. They agree.
import { GRANULARITIES } from '#libs/domain';
import type { GranularityLevel } from '#libs/domain';
import type { FieldSpec } from './fields';
import type { DataSpec } from './spec';

export interface GrantedTerms {
  readonly field: string;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly granularity: { readonly level: GranularityLevel; readonly vintage: string | null };
}

/** Where the file would hold more than the terms give, in sentences: a wider period, a finer place, another vintage. */
export function termsProblems(spec: DataSpec, terms: readonly GrantedTerms[]): string[] {
  const { fields } = spec;
  const byName = new Map(fields.map((field) => [field.name, field]));
  return terms.flatMap((granted) => {
    const field = byName.get(granted.field);
    return field ? [...periodProblems(spec, field, granted), ...placeProblems(field, granted)] : [];
  });
}

/** A period binds whatever the field holds: a time of its own, another field's, or the one day on which everything was true. */
function periodProblems(
  { collected, level }: DataSpec,
  { name, type, period, timeCode, covers }: FieldSpec,
  granted: GrantedTerms,
): string[] {
  if (granted.period === null || type === 'pseudonym') return [];
  const { from, to } = granted.period;
  // A period that ends before it begins is refused for that, where the terms are.
  if (from > to) return [];
  const said = period ?? (type === 'date' || timeCode ? undefined : covers);
  if (said) return said.from >= from && said.to <= to ? [] : [`${wanted(name, granted.period)}.`];
  const asAt = collected?.kind === 'STOCK' ? collected.asAt : undefined;
  const isOfOneDay = level === 'ROWS' && type !== 'date' && !timeCode && asAt !== undefined;
  if (isOfOneDay && asAt >= from && asAt <= to) return [];
  const how =
    type === 'date' || timeCode
      ? ''
      : ', with the field that dates it (datedBy), or what its meaning covers (covers)';
  return [`${wanted(name, granted.period)}${how}.`];
}

const wanted = (name: string, { from, to }: { from: string; to: string }): string =>
  `"${name}" is granted for ${from} to ${to}: say so as the period of the field in depositAs`;

function placeProblems({ name, place }: FieldSpec, { granularity }: GrantedTerms): string[] {
  if (!place) return [];
  const { level, vintage } = granularity;
  if (GRANULARITIES.indexOf(place.level) < GRANULARITIES.indexOf(level))
    return [`"${name}" is granted by ${level}, and the file would name it by ${place.level}.`];
  return place.level === level && vintage !== null && place.vintage !== vintage
    ? [`"${name}" is granted in the vintage ${vintage}, and the file would have another.`]
    : [];
}
