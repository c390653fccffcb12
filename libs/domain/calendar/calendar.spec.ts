// The table of holidays against the rules it follows, which are written down nowhere else here.
import { HOLIDAYS, HOLIDAYS_UNTIL, isWorkingDay, workingDaysAfter, workingDaysBefore } from './index';

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
const weekday = (day: string): number => new Date(`${day}T00:00:00.000Z`).getUTCDay();
const later = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + count * 86_400_000).toISOString().slice(0, 10);

/** Easter Sunday in the Gregorian calendar (the anonymous computus of 1876; Meeus, Astronomical Algorithms, ch. 8). */
function easter(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return iso(year, Math.floor(n / 31), (n % 31) + 1);
}

const firstMonday = (year: number, month: number): string => {
  const first = iso(year, month, 1);
  return later(first, (8 - weekday(first)) % 7);
};
const lastMonday = (year: number, month: number): string => {
  const last = later(iso(year, month + 1, 1), -1);
  return later(last, -((weekday(last) + 6) % 7));
};

/** A holiday on a weekend is kept on the next day that is neither a weekend nor a holiday already. */
function substituted(days: string[]): string[] {
  const kept: string[] = [];
  for (const day of days) {
    let at = day;
    while (weekday(at) % 6 === 0 || kept.includes(at) || (at !== day && days.includes(at))) at = later(at, 1);
    kept.push(at);
  }
  return kept;
}

const ofYear = (year: number): string[] => [
  ...substituted([iso(year, 1, 1)]),
  ...[later(easter(year), -2), later(easter(year), 1)],
  ...[firstMonday(year, 5), lastMonday(year, 5), lastMonday(year, 8)],
  ...substituted([iso(year, 12, 25), iso(year, 12, 26)]),
];

describe('the calendar', () => {
  it.each([2026, 2027, 2028])(
    'B12, B56: the holidays of %d are those of England and Wales, by rule',
    (year) => {
      const listed = HOLIDAYS.filter((day) => day.startsWith(String(year)));
      expect(listed).toEqual(ofYear(year).sort());
    },
  );

  it('B12: says until when it is complete', () => {
    expect(HOLIDAYS.at(-1)?.slice(0, 4)).toBe(String(HOLIDAYS_UNTIL));
  });

  it('the rules themselves yield days that are known', () => {
    // Easter Sundays of the Gregorian tables, and Christmas of 2021 and 2022 as they were kept.
    expect([1961, 2000, 2024, 2025, 2038].map(easter)).toEqual([
      ...['1961-04-02', '2000-04-23', '2024-03-31', '2025-04-20', '2038-04-25'],
    ]);
    expect(substituted(['2021-12-25', '2021-12-26'])).toEqual(['2021-12-27', '2021-12-28']);
    expect(substituted(['2022-12-25', '2022-12-26'])).toEqual(['2022-12-27', '2022-12-26']);
  });

  it('B12, B56: a pack and a comment period are counted past them', () => {
    expect(isWorkingDay('2026-12-28')).toBe(false);
    expect(workingDaysBefore('2026-12-30T10:00:00.000Z', 2)).toBe('2026-12-24T10:00:00.000Z');
    expect(workingDaysAfter('2026-12-22T10:00:00.000Z', 20)).toBe('2027-01-23T00:00:00.000Z');
  });
});
