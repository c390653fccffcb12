// Rows for a deposit: the granted fields in the holder's order, people under pseudonyms that only the holder can undo.
import type { DataSpec, RowText } from '#libs/vault';
import { keyedNames } from '#libs/vault/conformance';
import { csvLine } from './csv';
import type { Source, Writer } from './source';

/** Makes each row's line; a row without a person is left out and counted. */
export function rowsWriter(spec: DataSpec, source: Source, key: Buffer | null): Writer {
  const fields = spec.fields.map((field) => ({ field, at: source.positions.get(field.name) ?? -1 }));
  const pseudonymOf = pseudonymsWith(key);
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
        return field.type === 'pseudonym' ? pseudonymOf(value) : value;
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

/** The same person always has the same pseudonym under the same key, and nobody else can make it. */
function pseudonymsWith(key: Buffer | null): (identifier: string) => string {
  if (!key) return () => '';
  const nameOf = keyedNames(key);
  return (identifier) => `p${nameOf(`parley prepare v1\0${identifier.trim()}`).slice(0, 32)}`;
}
