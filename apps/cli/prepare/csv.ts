// Writes CSV as the engine reads it: UTF-8, comma, LF, quotes only where needed.

/** One line without its end. */
export function csvLine(values: readonly (string | number)[]): string {
  return values.map((value) => quoted(String(value))).join(',');
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
