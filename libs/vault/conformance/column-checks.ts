// What each column is held to: type, codes, range, period, fineness of dates and places, identifiers and free text.
import type { FileColumn } from '../grant/columns';
import { codesOf } from '../grant/fields';
import type { FieldSpec, Place } from '../grant/fields';
import { exampleOf, outsideSql, patternOf, PRECISIONS, writtenAs } from '../grant/times';
import { periodOf } from './periods';
import type { Precision, TimeCode } from '../grant/times';
import { IDENTIFIERS, NHS, TEXT_IDENTIFIERS } from './identifiers';
import type { ValueCheck } from './value-check';

const WHOLE_NUMBER = "'-?[0-9]{1,18}'";
const NUMBER = "'[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?'";
const THOUSANDS = "'[+-]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?'";
const PSEUDONYM = "'[A-Za-z0-9][A-Za-z0-9_-]{15,63}'";

export function checksOf(column: FileColumn): ValueCheck[] {
  const { field } = column;
  const codes = codesOf(field);
  const checks: ValueCheck[] = field.timeCode ? timeChecks(field, field.timeCode) : [];
  if (field.required === true || field.type === 'pseudonym')
    checks.push({ code: 'MISSING_VALUE', wrong: 'v is null' });
  if (codes) checks.push(...codeChecks(codes));
  switch (field.type) {
    case 'integer':
      return [...checks, ...numberChecks(WHOLE_NUMBER, 'a whole number'), ...rangeOf(field), NHS];
    case 'number':
      return [...checks, ...numberChecks(NUMBER, 'a number written like -12.5'), ...rangeOf(field)];
    case 'date':
      return [...checks, ...dateChecks(field)];
    case 'pseudonym':
      return [
        ...checks,
        { code: 'NOT_A_PSEUDONYM', wrong: `not regexp_full_match(v, ${PSEUDONYM})` },
        ...IDENTIFIERS,
      ];
    case 'text':
    case 'category':
      if (codes) return checks;
      return [
        ...checks,
        ...(field.place ? placeChecks(field.place) : []),
        ...TEXT_CHECKS,
        ...IDENTIFIERS,
        ...TEXT_IDENTIFIERS,
        NHS,
      ];
  }
}

/**
 * A condition on `v` under which nothing but a range can be wrong with it; null where there is none. Most values are such, and one
 * look at each spares all the others: what `parley prepare` names people by is a letter and hexadecimal digits, in which nothing can
 * hide, and a number of nine digits is no NHS number.
 */
export function plainOf({ field }: FileColumn): string | null {
  if (codesOf(field)) return null;
  switch (field.type) {
    case 'pseudonym':
      return "regexp_full_match(v, '[a-z][0-9a-f]{32,63}')";
    case 'integer':
      return "regexp_full_match(v, '-?[0-9]{1,9}')";
    case 'number':
      return "regexp_full_match(v, '-?[0-9]{1,9}(\\.[0-9]{1,9})?')";
    case 'date':
    case 'text':
    case 'category':
      return null;
  }
}

/** Codes of digits lose their zeros in spreadsheets: such a value is told apart from one that is simply unknown. */
function codeChecks(codes: readonly string[]): ValueCheck[] {
  const width = Math.max(...codes.map((code) => code.length));
  const isOfDigits = codes.every((code) => /^\d+$/.test(code)) && codes.some((code) => code.startsWith('0'));
  if (!isOfDigits) return [{ code: 'UNKNOWN_CODE', wrong: 'not list_contains(codes, v)' }];
  const padded = `regexp_full_match(v, '[0-9]+') and list_contains(codes, lpad(v, ${width}, '0'))`;
  return [
    { code: 'LOST_ZEROS', wrong: `not list_contains(codes, v) and (${padded})` },
    { code: 'UNKNOWN_CODE', wrong: `not list_contains(codes, v) and not (${padded})` },
  ];
}

const TEXT_CHECKS: readonly ValueCheck[] = [
  {
    code: 'FREE_TEXT',
    wrong: "length(v) > 100 or regexp_matches(v, '[\\x00-\\x1f]') or regexp_matches(v, '(\\S+\\s+){11}\\S')",
  },
  {
    code: 'INVISIBLE_CHARACTER',
    wrong: "regexp_matches(v, '[\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{206F}\\x{FEFF}]')",
  },
  {
    code: 'FORMULA',
    wrong: `regexp_matches(v, '^[=+@-]') and not regexp_full_match(v, ${NUMBER})`,
  },
];

function numberChecks(pattern: string, detail: string): ValueCheck[] {
  const grouped = `regexp_full_match(v, ${THOUSANDS})`;
  // Whole numbers of 18 digits are finite; of others only a long or scientific one may not be.
  const isFinite =
    "case when length(v) < 30 and not contains(lower(v), 'e') then true else isfinite(try_cast(v as double)) end";
  const isNumber = `regexp_full_match(v, ${pattern}) and ${isFinite}`;
  return [
    { code: 'THOUSANDS_SEPARATOR', wrong: `case when contains(v, ',') then ${grouped} else false end` },
    { code: 'WRONG_TYPE', wrong: `case when ${isNumber} then false else not ${grouped} end`, detail },
  ];
}

function rangeOf({ min, max }: FieldSpec): ValueCheck[] {
  if (min === undefined && max === undefined) return [];
  const bounds = [
    ...(min === undefined ? [] : [`try_cast(v as double) < ${Number(min)}`]),
    ...(max === undefined ? [] : [`try_cast(v as double) > ${Number(max)}`]),
  ];
  const detail = `${min ?? 'any'} to ${max ?? 'any'}`;
  const wrong = bounds.join(' or ');
  return [{ code: 'OUT_OF_RANGE', wrong, detail, ofPlain: wrong }];
}

/** How a date of each precision is written, as a pattern and in an example. */
const WRITTEN: Record<Precision, { readonly valid: string; readonly example: string }> = {
  DAY: {
    valid: "regexp_full_match(v, '[0-9]{4}-[0-9]{2}-[0-9]{2}') and try_cast(v as date) is not null",
    example: '2014-09-01',
  },
  MONTH: { valid: "regexp_full_match(v, '[0-9]{4}-(0[1-9]|1[0-2])')", example: '2014-09' },
  QUARTER: { valid: "regexp_full_match(v, '[0-9]{4}-Q[1-4]')", example: '2014-Q3' },
  YEAR: { valid: "regexp_full_match(v, '[0-9]{4}')", example: '2014' },
};

function dateChecks({ precision = 'DAY', period }: FieldSpec): ValueCheck[] {
  const { valid, example } = WRITTEN[precision];
  const finer = PRECISIONS.slice(0, PRECISIONS.indexOf(precision)).map((each) => `(${WRITTEN[each].valid})`);
  const isFiner = finer.length === 0 ? 'false' : finer.join(' or ');
  // Days of a spreadsheet are counted from 1900; five digits reach from 1927 to 2173.
  const isSerial = precision === 'YEAR' ? 'false' : "regexp_full_match(v, '[0-9]{5}(\\.[0-9]+)?')";
  const checks: ValueCheck[] = [
    { code: 'SPREADSHEET_DATE', wrong: isSerial, detail: example },
    { code: 'DATE_TOO_FINE', wrong: isFiner, detail: example },
    {
      code: 'WRONG_DATE',
      wrong: `not (${valid}) and not (${isSerial}) and not (${isFiner})`,
      detail: example,
    },
  ];
  if (!period) return checks;
  const [from, to] = [writtenAs(period.from, precision), writtenAs(period.to, precision)];
  const isOutside = outsideSql({ precision }, 'v', period);
  const detail = `${from} to ${to}`;
  return [
    ...checks,
    { code: 'OUT_OF_PERIOD', wrong: `(${valid}) and ${isOutside}`, detail, ofPlain: isOutside },
  ];
}

function timeChecks({ period }: FieldSpec, timeCode: TimeCode): ValueCheck[] {
  const isWritten = `regexp_full_match(v, '${patternOf(timeCode)}')`;
  const isNone = `not ${isWritten}`;
  const checks: ValueCheck[] = [
    { code: 'WRONG_DATE', wrong: isNone, detail: exampleOf(timeCode), ofPlain: isNone },
  ];
  if (!period) return checks;
  const wrong = `${isWritten} and ${outsideSql({ timeCode }, 'v', period)}`;
  return [...checks, { code: 'OUT_OF_PERIOD', wrong, detail: periodOf(period), ofPlain: wrong }];
}

/** Codes of the ONS register of geographic codes (nine characters) and of NHS organisations, by level. */
const CODED: Record<
  Place['level'],
  { readonly valid: string; readonly finer: string; readonly what: string }
> = {
  SMALL_AREA: {
    valid: '(E01|E02|W01|W02|S01|S02|N20|N21)[0-9]{6}|[0-9]{2}[A-Z]{2}[0-9]{2}[SW][0-9]',
    finer: '(E00|W00|S00|N00)[0-9]{6}',
    what: 'the code of a small area, such as E01000001',
  },
  ORGANISATION: {
    valid: '[A-Za-z0-9][A-Za-z0-9_-]{1,19}',
    finer: '(E0[0125]|W0[0125]|S0[012]|S13|N00|N08|N20|N21)[0-9]{6}',
    what: 'the code of an organisation, such as A81001',
  },
  LOCAL_AUTHORITY: {
    valid: '(E06|E07|E08|E09|E10|W06|S12|N09)[0-9]{6}',
    finer: '(E0[0125]|W0[0125]|S0[012]|S13|N00|N08|N20|N21)[0-9]{6}',
    what: 'the code of a local authority, such as E08000021',
  },
};

function placeChecks({ level }: Place): ValueCheck[] {
  const { valid, finer, what } = CODED[level];
  const isFiner = `regexp_full_match(v, '${finer}')`;
  return [
    { code: 'PLACE_TOO_FINE', wrong: isFiner },
    { code: 'NOT_A_PLACE', wrong: `not regexp_full_match(v, '${valid}') and not ${isFiner}`, detail: what },
  ];
}
