// Checked tables as CSV, for spreadsheets and other software: only what is shown stands in it.
import type { CheckedTable } from './table';

/** All tables under one header; a text that a spreadsheet would take for a formula is escaped. */
export function asCsv(tables: readonly CheckedTable[]): string {
  const keys = [...new Set(tables.flatMap((table) => table.keys))];
  const measures = tables.flatMap((table) => table.measures);
  const names = [...new Set(measures.map(({ name }) => name))];
  const lines = tables.flatMap((table) =>
    table.rows.map(({ key, cell }) => [
      ...keys.map((name) => harmless(key[name] ?? '')),
      ...names.map((name) => (cell.status === 'shown' ? String(cell.values[name] ?? '') : '')),
      cell.status,
    ]),
  );
  const header = [...keys, ...names, 'status'].map(harmless);
  return [header, ...lines].map((line) => `${line.map(quoted).join(',')}\n`).join('');
}

/** Spreadsheets run what begins with one of these (OWASP, CSV injection). */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
