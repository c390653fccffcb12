// How the values of a column are usually written: shapes in which nothing that the checks look for can hide.
import type { FileColumn } from '../grant/columns';
import { codesOf } from '../grant/fields';
import type { FieldSpec, Place } from '../grant/fields';
import type { Precision } from '../grant/times';

/** The characters that may stand at each place of a value, which may end after `least` places or any later one. */
export interface Shape {
  readonly places: readonly string[];
  readonly least: number;
}

const DIGIT = '0123456789';
const HEX = `${DIGIT}abcdef`;
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();

/** Lists of codes with more characters than this are looked up by DuckDB instead. */
const MOST_OF_CODES = 4000;

/**
 * The shapes of a column's plain values; null where there are none, as in texts. A value of one of them passes every check of
 * `checksOf` that is not marked `ofPlain`, and reads the same in the column's type as DuckDB would cast it: nine digits are no NHS
 * number, and a letter with hexadecimal digits is no name.
 */
export function plainShapes({ field }: FileColumn): readonly Shape[] | null {
  const shapes = shapesOf(field);
  const isRequired = field.required === true || field.type === 'pseudonym';
  return shapes && !isRequired ? [...shapes, { places: [], least: 0 }] : shapes;
}

function shapesOf(field: FieldSpec): readonly Shape[] | null {
  if (field.timeCode) return null;
  const codes = codesOf(field);
  if (codes) return codeShapes(codes);
  switch (field.type) {
    case 'pseudonym':
      return [{ places: [LOWER, ...times(63, HEX)], least: 33 }];
    case 'integer':
      return signed(upTo(9));
    case 'number':
      return [...signed(upTo(9)), ...Array.from({ length: 9 }, (_, n) => signed(decimal(n + 1))).flat()];
    case 'date':
      return DATES[field.precision ?? 'DAY'];
    case 'category':
      return field.place ? PLACES[field.place.level] : null;
    case 'text':
      return null;
  }
}

function codeShapes(codes: readonly string[]): readonly Shape[] | null {
  if (codes.reduce((sum, code) => sum + code.length, 0) > MOST_OF_CODES) return null;
  return codes.filter((code) => /^[ -~]+$/.test(code) && !/[",]/.test(code)).map((code) => exactly(...code));
}

const times = (count: number, characters: string): string[] => new Array<string>(count).fill(characters);
const exactly = (...places: string[]): Shape => ({ places, least: places.length });
const upTo = (digits: number): Shape => ({ places: times(digits, DIGIT), least: 1 });
const decimal = (whole: number): Shape => ({
  places: [...times(whole, DIGIT), '.', ...times(9, DIGIT)],
  least: whole + 2,
});
const signed = ({ places, least }: Shape): Shape[] => [
  { places, least },
  { places: ['-', ...places], least: least + 1 },
];

const YEAR = ['12', ...times(3, DIGIT)];
/** Last two digits of leap years; those that end a century are left to DuckDB. */
const LEAP = [
  ['02468', '48'],
  ['2468', '0'],
  ['13579', '26'],
];
const MONTHS = [
  ['0', '123456789'],
  ['1', '012'],
];
/** Months by how their last days are written. */
const DAYS: readonly (readonly [months: string[][], last: string[]])[] = [
  [
    [
      ['0', '13578'],
      ['1', '02'],
    ],
    ['3', '01'],
  ],
  [
    [
      ['0', '469'],
      ['1', '1'],
    ],
    ['3', '0'],
  ],
  [[['0', '2']], ['2', '012345678']],
];
const COMMON_DAYS = [
  ['0', '123456789'],
  ['1', DIGIT],
];

const DATES: Record<Precision, readonly Shape[]> = {
  DAY: [
    ...DAYS.flatMap(([months, last]) =>
      months.flatMap((month) =>
        [...COMMON_DAYS, ...(last[0] === '3' ? [['2', DIGIT]] : []), last].map((day) =>
          exactly(...YEAR, '-', ...month, '-', ...day),
        ),
      ),
    ),
    ...LEAP.map((year) => exactly('12', DIGIT, ...year, '-', '0', '2', '-', '2', '9')),
  ],
  MONTH: MONTHS.map((month) => exactly(...YEAR, '-', ...month)),
  QUARTER: [exactly(...YEAR, '-', 'Q', '1234')],
  YEAR: [exactly(...YEAR)],
};

/** Codes of the ONS register: a prefix, then six digits; and general practices: a letter, then five. */
const registered = (...prefixes: string[]): Shape[] =>
  prefixes.map((prefix) => exactly(...prefix, ...times(6, DIGIT)));

const PLACES: Record<Place['level'], readonly Shape[]> = {
  SMALL_AREA: registered('E01', 'E02', 'W01', 'W02', 'S01', 'S02', 'N20', 'N21'),
  ORGANISATION: [exactly(UPPER, ...times(5, DIGIT))],
  LOCAL_AUTHORITY: registered('E06', 'E07', 'E08', 'E09', 'E10', 'W06', 'S12', 'N09'),
};
