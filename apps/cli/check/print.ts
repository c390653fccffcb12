// What `parley check` says: findings for a person, and the tables as they may be shown, on a terminal.
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

function numbersOf(cell: CheckedTable['rows'][number]['cell'], measures: CheckedTable['measures']): string[] {
  return measures.map(({ name }) => {
    if (cell.status === 'suppressed' || cell.withheld?.[name]) return HIDDEN;
    return String(cell.values[name] ?? '');
  });
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
