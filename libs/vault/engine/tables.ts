// Statements over a deposit's canonical rows: columns are c1…cn, and no name or value of a user becomes SQL text.
import type { Delimiter, Layout } from '../conformance/canonical';
import type { FileColumn } from '../grant/columns';
import type { Engine } from './engine';

/** A path or constant of ours as an SQL string. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The generated name of the column at a position. */
export function columnAt(index: number): string {
  return `c${index + 1}`;
}

/**
 * The view `deposit` of canonical rows: the row number `r` as people count, the header being row 1, then c1…cn; an empty value is null.
 * Columns of plain numbers come in their type, all others as text. The rows themselves lie in the table `file_rows`.
 */
export class FileRows {
  private constructor(
    private readonly engine: Engine,
    private readonly types: readonly string[],
    private readonly plain: readonly boolean[],
    private readonly named: string | null,
  ) {}

  /** Makes the table, without rows; `more` is SQL of a further column of UUIDs, `named`. */
  static async create(
    engine: Engine,
    columns: readonly FileColumn[],
    plain: readonly boolean[] = [],
    more: string | null = null,
  ): Promise<FileRows> {
    const types = columns.map((column, index) => (plain[index] === true ? typeOf(column) : 'VARCHAR'));
    const rows = types.map((type, index) => `${columnAt(index)} ${type}`);
    await engine.run(
      `create table file_rows (${[...rows, ...(more === null ? [] : ['named uuid'])].join(', ')})`,
    );
    await engine.run('create view deposit as select rowid + 2 as r, * from file_rows');
    return new FileRows(engine, types, plain, more);
  }

  /** Whether these columns, and no others, came as plain numbers. */
  isOf(plain: readonly boolean[]): boolean {
    return (
      plain.length === this.plain.length && plain.every((isPlain, index) => isPlain === this.plain[index])
    );
  }

  /** Adds the rows of files that have some or all of the columns, by their positions; the others are null. Several are parsed beside each other. */
  async load(files: readonly string[], { delimiter, columns }: Layout): Promise<void> {
    const types = columns.map((index): [string, string] => [columnAt(index), this.types[index] ?? 'VARCHAR']);
    const [into, values] = this.named === null ? ['', ''] : [', named', `, ${this.named}`];
    const names = columns.map(columnAt).join(', ');
    await this.engine.run(
      `insert into file_rows (${names}${into}) select *${values} from ${reading(files, new Map(types), delimiter)}`,
    );
  }

  drop(): Promise<void> {
    return dropRows(this.engine);
  }
}

/** Loads rows that have numbers of their own before the values, as the table `deposit`. */
export async function loadNumbered(
  engine: Engine,
  file: string,
  columns: readonly FileColumn[],
): Promise<void> {
  const types = columns.map(() => 'VARCHAR').map(named);
  await engine.run(`create table deposit as from ${reading([file], new Map([['r', 'BIGINT'], ...types]))}`);
}

/** Takes the deposit away, so that another one can be loaded. */
export async function dropRows(engine: Engine): Promise<void> {
  await engine.run('drop view deposit');
  await engine.run('drop table file_rows');
}

const named = (type: string, index: number): [string, string] => [columnAt(index), type];

function typeOf({ field }: FileColumn): string {
  switch (field.type) {
    case 'integer':
      return 'BIGINT';
    case 'number':
      return 'DOUBLE';
    case 'text':
    case 'category':
    case 'date':
    case 'pseudonym':
      return 'VARCHAR';
  }
}

function reading(
  files: readonly string[],
  types: ReadonlyMap<string, string>,
  delimiter: Delimiter = ',',
): string {
  const columns = [...types].map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ');
  return `read_csv([${files.map(literal).join(', ')}], columns = {${columns}}, header = false,
    auto_detect = false, delim = ${literal(delimiter)}, quote = '"', escape = '"', nullstr = '', new_line = '\\n', strict_mode = true,
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
