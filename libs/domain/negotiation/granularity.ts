// Granularity, period and field terms compared: a grant or a smaller ask gives as much as was asked, or less (B26, B27).
import type { FieldTerms, Granularity, GranularityLevel, ClosedPeriod } from './terms';

/** What each level can be coarsened to. An organisation's patients are not an area, so neither contains the other. */
const COARSER: Record<GranularityLevel, GranularityLevel[]> = {
  INDIVIDUAL: ['HOUSEHOLD', 'SMALL_AREA', 'ORGANISATION', 'LOCAL_AUTHORITY'],
  HOUSEHOLD: ['SMALL_AREA', 'LOCAL_AUTHORITY'],
  SMALL_AREA: ['LOCAL_AUTHORITY'],
  ORGANISATION: [],
  LOCAL_AUTHORITY: [],
};

/** Whether `given` is what was asked or a coarsening of it; the same areas of another vintage are other areas. */
export function isNoFiner(given: Granularity, asked: Granularity): boolean {
  if (given.level === asked.level) return given.vintage === asked.vintage;
  return COARSER[asked.level].includes(given.level);
}

/** Whether `given` lies inside `asked`; a source's whole period lies inside nothing but itself. */
export function isWithin(given: ClosedPeriod | null, asked: ClosedPeriod | null): boolean {
  if (asked === null) return true;
  return given !== null && asked.from <= given.from && given.to <= asked.to;
}

const isSame = (a: FieldTerms, b: FieldTerms): boolean =>
  isWithin(a.period, b.period) && isWithin(b.period, a.period) && sameLevel(a.granularity, b.granularity);

const sameLevel = (a: Granularity, b: Granularity): boolean => a.level === b.level && a.vintage === b.vintage;

/** What is wrong with a list of field terms by itself, in words; empty if nothing. */
export function flawsOf(terms: FieldTerms[], fields: string[]): string[] {
  const names = terms.map((t) => t.field);
  return [
    ...names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${name} is there twice`),
    ...names.filter((name) => !fields.includes(name)).map((name) => `${name} is not among the fields`),
    ...terms.flatMap(({ field, period, granularity }) => [
      ...(period && period.to < period.from ? [`${field} ends on ${period.to}, before it begins`] : []),
      ...(granularity.level === 'SMALL_AREA' && granularity.vintage === null
        ? [`${field} is by small area without its vintage`]
        : []),
    ]),
  ];
}

/** What of `given` goes beyond `asked`, in words. A field asked for without terms was asked for whole. */
export function beyond(given: FieldTerms[], asked: FieldTerms[]): string[] {
  return given.flatMap(({ field, period, granularity }) => {
    const terms = asked.find((t) => t.field === field);
    if (!terms) return [];
    return [
      ...(isWithin(period, terms.period) ? [] : [`${field} for a longer period`]),
      ...(isNoFiner(granularity, terms.granularity)
        ? []
        : [`${field} by ${granularity.level} where ${terms.granularity.level} was asked`]),
    ];
  });
}

/** What a field without terms of its own is asked for. */
const WHOLE = { period: null, granularity: { level: 'INDIVIDUAL', vintage: null } } as const;

/** Whether `given` gives some field for a shorter period or more coarsely than `asked`. */
export const isLess = (given: FieldTerms[], asked: FieldTerms[]): boolean =>
  given.some((terms) => {
    const before = asked.find((t) => t.field === terms.field);
    return !isSame(terms, before ?? { ...terms, ...WHOLE });
  });
