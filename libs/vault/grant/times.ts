// How times are written, as dates no finer than granted or as codes, and whether they lie in a granted period.

/** How finely a date tells: 2014-09-01, 2014-09, 2014-Q3 or 2014. */
export const PRECISIONS = ['DAY', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Times that are codes and not dates: also years of public finance and of schools. */
export const TIME_CODES = ['YEAR', 'MONTH', 'QUARTER', 'FINANCIAL_YEAR', 'ACADEMIC_YEAR'] as const;
export type TimeCode = (typeof TIME_CODES)[number];

interface Written {
  /** How such a code looks, as a pattern of the whole value, and in an example. */
  readonly pattern: string;
  readonly example: string;
  /** How many of its digits, from the left, put codes in order. */
  readonly digits: number;
  /** The same digits for a day. */
  readonly ofDay: (year: number, month: number) => string;
}

/** Years of public finance begin in April, those of schools in September (England and Wales). */
const WRITTEN: Record<TimeCode, Written> = {
  YEAR: { pattern: '[0-9]{4}', example: '2014', digits: 4, ofDay: (year) => String(year) },
  MONTH: {
    ...{ pattern: '[0-9]{4}-?(0[1-9]|1[0-2])', example: '2014-09', digits: 6 },
    ofDay: (year, month) => `${year}${String(month).padStart(2, '0')}`,
  },
  QUARTER: {
    ...{ pattern: '[0-9]{4}-?Q[1-4]', example: '2014-Q3', digits: 5 },
    ofDay: (year, month) => `${year}${Math.ceil(month / 3)}`,
  },
  FINANCIAL_YEAR: yearFrom(4),
  ACADEMIC_YEAR: yearFrom(9),
};

function yearFrom(first: number): Written {
  return {
    ...{ pattern: '[0-9]{4}[/-]?[0-9]{2}', example: '2013/14', digits: 4 },
    ofDay: (year, month) => String(month < first ? year - 1 : year),
  };
}

export const patternOf = (code: TimeCode): string => WRITTEN[code].pattern;
export const exampleOf = (code: TimeCode): string => WRITTEN[code].example;

/** What puts a day in order among these codes. */
export function keyOfDay(code: TimeCode, day: string): string {
  return WRITTEN[code].ofDay(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
}

/** What puts a code in order; null where it is not written so. */
export function keyOf(code: TimeCode, text: string): string | null {
  const { pattern, digits } = WRITTEN[code];
  return new RegExp(`^(${pattern})$`).test(text) ? text.replace(/\D/g, '').slice(0, digits) : null;
}

/** The same as SQL of an SQL text value that is written so. */
export function keyOfSql(code: TimeCode, value: string): string {
  return `left(regexp_replace(${value}, '[^0-9]', '', 'g'), ${WRITTEN[code].digits})`;
}

/** A day as a date of this precision is written. */
export function writtenAs(day: string, precision: Precision): string {
  if (precision === 'DAY') return day;
  if (precision === 'QUARTER') return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  return day.slice(0, precision === 'MONTH' ? 7 : 4);
}

/** Whether what a date or time code says lies outside a period; what is not written as it must be does. */
export function isOutside(dating: Timed, text: string, { from, to }: Period): boolean {
  const { timeCode, precision = 'DAY' } = dating;
  if (!timeCode) return text < writtenAs(from, precision) || text > writtenAs(to, precision);
  const key = keyOf(timeCode, text);
  return key === null || key < keyOfDay(timeCode, from) || key > keyOfDay(timeCode, to);
}

/** The same as a condition of SQL over `value`, a text that is written as it must be. */
export function outsideSql(
  { timeCode, precision = 'DAY' }: Timed,
  value: string,
  { from, to }: Period,
): string {
  const [key, first, last] = timeCode
    ? [keyOfSql(timeCode, value), keyOfDay(timeCode, from), keyOfDay(timeCode, to)]
    : [value, writtenAs(from, precision), writtenAs(to, precision)];
  return `(${key} < '${first}' or ${key} > '${last}')`;
}

/** What is wrong with how a field tells a time or is given one, in sentences. */
export function timeProblems({ name, type, period, timeCode, datedBy }: Named): string[] {
  const problems: string[] = [];
  if (timeCode && type !== 'integer' && type !== 'category')
    problems.push(`"${name}" has a timeCode, and only a whole number or a category has.`);
  if (datedBy !== undefined && (type === 'date' || timeCode))
    problems.push(`"${name}" tells its own time, so nothing else dates it.`);
  if (datedBy !== undefined && !period)
    problems.push(`"${name}" is dated by "${datedBy}": say for which period.`);
  if (period && type !== 'date' && !timeCode && datedBy === undefined)
    problems.push(
      `"${name}" has a period and no time: say how it writes one (timeCode), or which field dates it (datedBy).`,
    );
  if (period && period.from > period.to) problems.push(`The period of "${name}" ends before it begins.`);
  return problems;
}

/** Days, both included. */
interface Period {
  readonly from: string;
  readonly to: string;
}

interface Timed {
  readonly precision?: Precision | undefined;
  readonly period?: Period | undefined;
  readonly timeCode?: TimeCode | undefined;
  readonly datedBy?: string | undefined;
}

interface Named extends Timed {
  readonly name: string;
  readonly type: string;
}
