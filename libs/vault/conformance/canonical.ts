// Canonical rows: the only CSV that DuckDB ever reads, with columns and delimiter as the file has them.

export type Delimiter = ',' | '\t';

/** What separates the values of a row, and which columns it has, by their positions in the grant. */
export interface Layout {
  readonly delimiter: Delimiter;
  readonly columns: readonly number[];
}

/** `"value",…`, an empty value bare; rows of plain values may stand as they came instead. */
export const canonicalRow = (values: readonly string[], delimiter: Delimiter = ','): string =>
  values.map((value) => (value === '' ? '' : `"${value.replaceAll('"', '""')}"`)).join(delimiter);
