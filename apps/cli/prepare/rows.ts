// Rows for a deposit: the granted fields in the holder's order, people under pseudonyms that only the holder can undo.
import { createHmac } from 'node:crypto';
import type { DataSpec, RowText } from '#libs/vault';
import { csvLine } from './csv';
import { PrepareRefused } from './source';
import type { Source, Writer } from './source';

/** Makes each row's line; a row without a person is left out and counted. */
export function rowsWriter(spec: DataSpec, source: Source, key: Buffer | null): Writer {
  const fields = spec.fields.map((field) => ({ field, at: source.positions.get(field.name) ?? -1 }));
  const counts = { leftOut: 0 };
  const rowText: RowText = (values) => {
    const isNobody = source.person !== null && (values[source.person] ?? '') === '';
    if (isNobody) {
      counts.leftOut += 1;
      return null;
    }
    return csvLine(
      fields.map(({ field, at }) => {
        const value = values[at] ?? '';
        return field.type === 'pseudonym' ? pseudonymOf(value, key) : value;
      }),
    );
  };
  return {
    header: csvLine(spec.fields.map(({ name }) => name)),
    rowText,
    counts,
    lines: () => [],
    smallCells: () => null,
  };
}

/** The holder's pseudonym: the same person always has the same one under the same key, and nobody else can make it. */
export function pseudonymOf(identifier: string, key: Buffer | null): string {
  if (!key) throw new PrepareRefused("A pseudonym needs the holder's own key: --key-file <file>.");
  return `p${createHmac('sha256', key).update(`parley prepare v1\0${identifier.trim()}`).digest('hex').slice(0, 32)}`;
}
