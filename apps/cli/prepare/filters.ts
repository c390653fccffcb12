// Which rows of the raw file are taken at all, by the holder's own rules.
import { dayIn } from './dates';
import type { RowFilter } from './plan';

/** Whether a row stays; a value that cannot be compared stays out. */
export function filterOf({ in: only, notIn, from, to, dates }: RowFilter): (raw: string) => boolean {
  const wanted = only && new Set(only);
  const unwanted = notIn && new Set(notIn);
  const isWithin = from === undefined && to === undefined ? null : within(from, to);
  return (raw) => {
    if (wanted && !wanted.has(raw)) return false;
    if (unwanted?.has(raw)) return false;
    if (!isWithin) return true;
    const value = dates ? dayIn(raw, dates) : raw.trim();
    return value !== null && value !== '' && isWithin(value);
  };
}

function within(from: string | undefined, to: string | undefined): (value: string) => boolean {
  const bounds = [from, to].filter((bound) => bound !== undefined);
  const isOfNumbers = bounds.every((bound) => bound.trim() !== '' && Number.isFinite(Number(bound)));
  if (isOfNumbers) {
    const [lower, upper] = [
      from === undefined ? -Infinity : Number(from),
      to === undefined ? Infinity : Number(to),
    ];
    return (value) => Number(value) >= lower && Number(value) <= upper;
  }
  return (value) => (from === undefined || value >= from) && (to === undefined || value <= to);
}
