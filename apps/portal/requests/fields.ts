// What a holder grants field by field, as it was typed: what each becomes in the file, how finely it tells, and how it is released.
import type { Ask, DataSpec, FieldSpec, RefusalReason } from '#libs/domain';
import { REFUSAL_REASONS } from '#libs/domain';
import type { Say } from '#libs/language';
import { PLACES, PRECISIONS } from '#libs/vault/deposit';
import type { Fields } from '#libs/web/http';
import { checkText } from '../signing/answer';
import type { Problem } from '../signing/answer';

/** What a granted field becomes in the file: a column of rows, or part of a table of counts and sums. */
export const ROW_TYPES = ['pseudonym', 'integer', 'number', 'category', 'text', 'date'] as const;
export const CELL_PARTS = ['dimension', 'sum'] as const;
export const KEPT_BACK = 'keep';
/** What a column of rows becomes in a release that is a table of counts. */
export const RELEASED_AS = ['dimension', 'sum', 'leftOut'] as const;

const LONGEST_TEXT = 4000;
const [MOST_CODES, LONGEST_CODE] = [500, 100];

export interface GivenField {
  field: string;
  as: string;
  releaseAs: (typeof RELEASED_AS)[number] | null;
  reason: RefusalReason | null;
  because: string | null;
  /** Narrower than what was asked; otherwise that. */
  period: { from: string; to: string } | null;
  narrowed: Pick<FieldSpec, 'codes' | 'bands' | 'min' | 'max' | 'precision' | 'place'>;
  /** Coarser in the release than in the file. */
  coarser: Pick<FieldSpec, 'bands' | 'precision'>;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const oneOf = <T extends string>(all: readonly T[], value: string): T | undefined =>
  all.find((one) => one === value);
const listIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** One field of the form, by its place in the ask. */
class Reader {
  constructor(
    private readonly given: Fields,
    private readonly index: number,
    private readonly problems: Problem[],
    readonly t: Say,
  ) {}

  read(name: string): string {
    return this.given[`${name}-${this.index}`] ?? '';
  }

  wrong(name: string, text: string): undefined {
    this.problems.push({ field: `${name}-${this.index}`, text });
    return undefined;
  }

  codes(): string[] | undefined {
    const codes = listIn(this.read('codes'));
    if (codes.length === 0) return undefined;
    const isGood =
      codes.length <= MOST_CODES &&
      new Set(codes).size === codes.length &&
      codes.every((code) => code.length <= LONGEST_CODE && !code.includes('\0'));
    return isGood ? codes : this.wrong('codes', this.t('problem.codes', { most: MOST_CODES }));
  }

  bands(name: 'bands' | 'releaseBands'): number[] | undefined {
    const bounds = listIn(this.read(name)).map(Number);
    if (bounds.length === 0) return undefined;
    const isAscending = bounds.every(
      (bound, at) => Number.isInteger(bound) && bound > (bounds[at - 1] ?? -Infinity),
    );
    return isAscending && bounds.length <= 200 ? bounds : this.wrong(name, this.t('problem.bands'));
  }

  number(name: 'min' | 'max'): number | undefined {
    const text = this.read(name);
    if (text === '') return undefined;
    const number = Number(text);
    return Number.isFinite(number) ? number : this.wrong(name, this.t('problem.number'));
  }

  place(): FieldSpec['place'] {
    const level = oneOf(PLACES, this.read('place'));
    const vintage = this.read('vintage');
    if (level === undefined) return undefined;
    if (level === 'SMALL_AREA' && !/^[\w .-]{1,40}$/.test(vintage))
      return this.wrong('vintage', this.t('problem.vintage'));
    return vintage === '' ? { level } : { level, vintage };
  }
}

export function fieldsIn(
  { fields, detail = [] }: Ask,
  given: Fields,
  problems: Problem[],
  t: Say,
): GivenField[] {
  return fields.map((field, index) => {
    const reader = new Reader(given, index, problems, t);
    const as = oneOf([...ROW_TYPES, ...CELL_PARTS, KEPT_BACK], reader.read('as')) ?? '';
    if (as === '') reader.wrong('as', t('problem.fieldAnswer', { field }));
    checkText(given, `because-${index}`, LONGEST_TEXT, problems, t);
    const [from, to] = [reader.read('from'), reader.read('to')];
    const isBad = (from !== '' || to !== '') && !(DAY.test(from) && DAY.test(to) && from <= to);
    if (isBad) reader.wrong('from', t('problem.twoDays'));
    const one: GivenField = {
      ...{ field, as, releaseAs: oneOf(RELEASED_AS, reader.read('releaseAs')) ?? null },
      reason: oneOf(REFUSAL_REASONS, reader.read('why')) ?? null,
      because: reader.read('because') || null,
      period: from === '' || isBad ? null : { from, to },
      ...narrowedIn(reader),
    };
    if (as !== KEPT_BACK)
      checkNarrowed(
        one,
        detail.find((terms) => terms.field === field),
        reader,
      );
    return one;
  });
}

function narrowedIn(reader: Reader): Pick<GivenField, 'narrowed' | 'coarser'> {
  const own = {
    ...{ codes: reader.codes(), bands: reader.bands('bands'), place: reader.place() },
    ...{ min: reader.number('min'), max: reader.number('max') },
    precision: oneOf(PRECISIONS, reader.read('precision')),
  };
  const coarser = {
    bands: reader.bands('releaseBands'),
    precision: oneOf(PRECISIONS, reader.read('releasePrecision')),
  };
  return { narrowed: said(own), coarser: said(coarser) };
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const said = <T extends object>(values: T): Said<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Said<T>;

type Terms = NonNullable<Ask['detail']>[number];

/** What belongs to another kind of field, or tells more than was granted, is said where it was typed. */
function checkNarrowed(
  { as, narrowed, coarser }: GivenField,
  terms: Terms | undefined,
  reader: Reader,
): void {
  const { t } = reader;
  const { codes, bands, min, max, precision, place } = narrowed;
  const isCoded = as === 'category' || as === 'dimension';
  const isNumber = as === 'integer' || as === 'number' || as === 'sum';
  if ((codes ?? bands ?? place) && !isCoded)
    reader.wrong(codes ? 'codes' : bands ? 'bands' : 'place', t('problem.onlyCoded'));
  if (codes && bands) reader.wrong('bands', t('problem.codesOrBands'));
  if ((min ?? max) !== undefined && !isNumber)
    reader.wrong(min === undefined ? 'max' : 'min', t('problem.onlyNumbers'));
  if (min !== undefined && max !== undefined && min > max) reader.wrong('max', t('problem.lessThan'));
  if (precision && as !== 'date' && !(as === 'dimension' && !codes && !bands && !place))
    reader.wrong('precision', t('problem.onlyDates'));
  if (
    coarser.bands &&
    !(bands?.[0] === coarser.bands[0] && coarser.bands.every((bound) => bands?.includes(bound)))
  )
    reader.wrong('releaseBands', t('problem.coarserBands'));
  if (coarser.precision && as !== 'date' && !(as === 'dimension' && precision))
    reader.wrong('releasePrecision', t('problem.onlyDates'));
  if (coarser.precision && PRECISIONS.indexOf(coarser.precision) < PRECISIONS.indexOf(precision ?? 'DAY'))
    reader.wrong('releasePrecision', t('problem.coarserDates'));
  const granted = oneOf(PLACES, terms?.granularity.level ?? '');
  if (place && granted && PLACES.indexOf(place.level) < PLACES.indexOf(granted))
    reader.wrong('place', t('problem.finerPlace'));
  if (place?.level === granted && terms?.granularity.vintage && place?.vintage !== terms.granularity.vintage)
    reader.wrong('vintage', t('problem.otherVintage', { vintage: terms.granularity.vintage }));
}

/** What the fields have to be for one file, and for one release of it; said at the field that does not fit. */
export function shapeProblems(fields: GivenField[], tier: string, t: Say): Problem[] {
  const granted = fields.map((one, index) => ({ ...one, index })).filter(({ as }) => as !== KEPT_BACK);
  const isPart = ({ as }: GivenField) => oneOf(CELL_PARTS, as) !== undefined;
  const isTable = granted.some(isPart);
  const at = (name: string, index: number, text: string): Problem[] => [{ field: `${name}-${index}`, text }];
  const mixed = granted.find((one) => isTable && !isPart(one));
  if (mixed) return at('as', mixed.index, t('problem.mixed'));
  const pseudonyms = granted.filter(({ as }) => as === 'pseudonym');
  if (pseudonyms[1]) return at('as', pseudonyms[1].index, t('problem.onePseudonym'));
  const [first] = granted;
  const counted = granted.filter(({ as, releaseAs }) => as === 'dimension' || releaseAs === 'dimension');
  const again = granted.find(({ releaseAs }) => isTable && releaseAs !== null);
  if (again) return at('releaseAs', again.index, t('problem.onlyRows'));
  if (first && granted.every(({ releaseAs }) => releaseAs === 'leftOut'))
    return at('releaseAs', first.index, t('problem.nothingReleased'));
  const isCounted =
    isTable || granted.some(({ releaseAs }) => releaseAs === 'dimension' || releaseAs === 'sum');
  if (first && isCounted && counted.length === 0) return at('as', first.index, t('problem.needsDimension'));
  const sum = granted.find(({ as, releaseAs }) => releaseAs === 'sum' && as !== 'integer' && as !== 'number');
  if (sum) return at('releaseAs', sum.index, t('problem.sumOfNumbers'));
  const named = granted.find(({ as, releaseAs }) => releaseAs === 'dimension' && as === 'pseudonym');
  if (named) return at('releaseAs', named.index, t('problem.countedPeople'));
  return first && (tier === 'AGGREGATE') !== isCounted ? at('as', first.index, t('problem.tierShape')) : [];
}

/** The file as it is deposited. */
export function depositOf(ask: Ask, fields: GivenField[]): DataSpec {
  const granted = fields.filter(({ as }) => as !== KEPT_BACK);
  const named = (as: string) => granted.filter((one) => one.as === as).map(({ field }) => field);
  const [dimensions, sums] = [named('dimension'), named('sum')];
  const level = dimensions.length + sums.length > 0 ? 'CELLS' : 'ROWS';
  const dates = granted.filter(isDate).map(({ field }) => field);
  return { level, fields: granted.map((one) => fieldSpecOf(ask, one, dates)), dimensions, sums };
}

const isDate = ({ as, narrowed }: GivenField): boolean =>
  as === 'date' || (as === 'dimension' && narrowed.precision !== undefined);

function fieldSpecOf(ask: Ask, given: GivenField, dates: readonly string[]): FieldSpec {
  const { field, as, period: own, narrowed } = given;
  const type = isDate(given) ? 'date' : (oneOf(ROW_TYPES, as) ?? (as === 'sum' ? 'number' : 'category'));
  const period = own ?? ask.detail?.find((terms) => terms.field === field)?.period ?? null;
  const bound = period === null || type === 'pseudonym' ? {} : boundBy(period, type, dates);
  return { name: field, type, ...narrowed, ...bound };
}

/** One date dates the other fields of its row; without one, or among several, a field's own meaning has to. */
function boundBy(
  period: NonNullable<GivenField['period']>,
  type: string,
  dates: readonly string[],
): Pick<FieldSpec, 'period' | 'datedBy' | 'covers'> {
  if (type === 'date') return { period };
  const [datedBy, ...others] = dates;
  return datedBy !== undefined && others.length === 0 ? { period, datedBy } : { covers: period };
}

/** Where the date that bound a field to its period stays behind, the field says itself what it covers. */
function undated(field: FieldSpec, names: readonly string[]): FieldSpec {
  const { period, datedBy, ...rest } = field;
  return datedBy === undefined || period === undefined || names.includes(datedBy)
    ? field
    : { ...rest, covers: period };
}

/** The release of it: the same, coarser, or counted. */
export function releaseOf(deposit: DataSpec, fields: GivenField[]): DataSpec {
  const granted = fields.filter(({ as }) => as !== KEPT_BACK);
  const given = new Map(granted.map((one) => [one.field, one]));
  const isCounted = granted.some(({ releaseAs }) => releaseAs === 'dimension' || releaseAs === 'sum');
  const kept = deposit.fields.filter(({ name }) => {
    const releaseAs = given.get(name)?.releaseAs ?? null;
    return isCounted ? releaseAs === 'dimension' || releaseAs === 'sum' : releaseAs !== 'leftOut';
  });
  const named = (part: string) =>
    kept.map(({ name }) => name).filter((name) => given.get(name)?.releaseAs === part);
  const parts = isCounted
    ? ({ level: 'CELLS', dimensions: named('dimension'), sums: named('sum') } as const)
    : { level: deposit.level, dimensions: deposit.dimensions, sums: deposit.sums };
  const names = parts.level === 'ROWS' ? kept.map(({ name }) => name) : [...parts.dimensions];
  const released = kept.map((field) => undated({ ...field, ...given.get(field.name)?.coarser }, names));
  return { ...parts, fields: released };
}
