// Dates as raw files write them, turned into days, and ages.
import type { DateFormat } from './plan';

const PATTERNS: Record<
  Exclude<DateFormat, 'SERIAL'>,
  { pattern: RegExp; order: [number, number, number] }
> = {
  // Databases export days as midnight.
  'YYYY-MM-DD': { pattern: /^(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?$/, order: [1, 2, 3] },
  'DD/MM/YYYY': { pattern: /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/, order: [3, 2, 1] },
  'MM/DD/YYYY': { pattern: /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/, order: [3, 1, 2] },
  YYYYMMDD: { pattern: /^(\d{4})(\d{2})(\d{2})$/, order: [1, 2, 3] },
};

/** Day 0 of the 1900 system, whose 29 February 1900 never was: right from March 1900 on. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/** The day as 2014-09-01, or null where the text is no such date. */
export function dayIn(text: string, format: DateFormat): string | null {
  const trimmed = text.trim();
  if (format === 'SERIAL') {
    if (!/^\d{3,6}(\.\d+)?$/.test(trimmed)) return null;
    return new Date(SERIAL_EPOCH + Math.floor(Number(trimmed)) * DAY_MS).toISOString().slice(0, 10);
  }
  const { pattern, order } = PATTERNS[format];
  const match = pattern.exec(trimmed);
  if (!match) return null;
  const [year = 0, month = 0, day = 0] = order.map((at) => Number(match[at]));
  return isDay(year, month, day) ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : null;
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Whole years between a birth and a day; null where the birth is later. */
export function ageOn(birth: string, day: string): number | null {
  const hadBirthday = day.slice(5) >= birth.slice(5);
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (hadBirthday ? 0 : 1);
  return years < 0 ? null : years;
}
