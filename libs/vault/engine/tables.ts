// Statements over a deposit's canonical rows: columns are c1…cn, and no name or value of a user becomes SQL text.
import type { FileColumn } from '../grant/columns';

/** A path or constant of ours as an SQL string. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The generated name of the column at a position. */
export function columnAt(index: number): string {
  return `c${index + 1}`;
}

/** Loads canonical rows as text into the table `deposit`: the row number `r`, then c1…cn; an empty value is null. */
export function loadCanonical(file: string, columns: readonly FileColumn[]): string {
  const types = ['r', ...columns.map((_column, index) => columnAt(index))]
    .map((name) => `${literal(name)}: ${name === 'r' ? "'BIGINT'" : "'VARCHAR'"}`)
    .join(', ');
  return `create table deposit as select * from read_csv(${literal(file)}, columns = {${types}}, header = false,
    auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', new_line = '\\n', strict_mode = true,
    null_padding = false, ignore_errors = false, max_line_size = 4000000)`;
}

/** The SQL value of a column in its declared type. */
export function typed(column: FileColumn, index: number): string {
  switch (column.field.type) {
    case 'integer':
      return `cast(${columnAt(index)} as bigint)`;
    case 'number':
      return `cast(${columnAt(index)} as double)`;
    case 'text':
    case 'category':
    case 'date':
    case 'pseudonym':
      return columnAt(index);
  }
}
