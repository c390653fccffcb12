// What `parley check` says: findings for a person, and the tables as they may be shown, on a terminal or as CSV.
import type { CheckedTable, Finding } from '#libs/statistics';

const HIDDEN = 'hidden';

/** Findings that need something, worst first; what passed in one line. */
export function describeFindings(findings: readonly Finding[]): string {
  const order = { fail: 0, review: 1, pass: 2 };
  const rows = [...findings]
    .sort((a, b) => order[a.verdict] - order[b.verdict])
    .map(({ verdict, rule, table, cell, measure, people, message }) => [
      verdict,
      rule.replaceAll('_', ' '),
      [
        table,
        ...Object.entries(cell ?? {}).map(([key, value]) => `${key} ${value}`),
        ...(measure ? [measure] : []),
      ].join(', '),
      people === undefined ? '' : String(people),
      message,
    ]);
  return aligned([['verdict', 'rule', 'where', 'people', 'what'], ...rows]);
}

export function describeTable({ title, keys, measures, rows, notes }: CheckedTable): string {
  const head = [...keys, ...measures.map(({ label }) => label)];
  const lines = rows.map(({ key, cell }) => [
    ...keys.map((name) => key[name] ?? ''),
    ...numbersOf(cell, measures),
  ]);
  return [`${title}\n`, aligned([head, ...lines]), ...notes.map((note) => `  ${note}\n`)].join('');
}

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

function numbersOf(cell: CheckedTable['rows'][number]['cell'], measures: CheckedTable['measures']): string[] {
  return measures.map(({ name }) => {
    if (cell.status === 'suppressed' || cell.withheld?.[name]) return HIDDEN;
    return String(cell.values[name] ?? '');
  });
}

/** Spreadsheets run what begins with one of these (OWASP, CSV injection). */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map(
      (row) =>
        `  ${row
          .map((text, column) => text.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
