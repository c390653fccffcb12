// Makes a value a person typed harmless for one line of a mail, a header or a calendar.

const LONGEST_VALUE = 500;

/** Removes control characters, line separators and characters that change the direction of reading. */
export function oneLine(value: string): string {
  return value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .slice(0, LONGEST_VALUE);
}
