// What is read from the holder's raw file for a grant: its fields, and whose record each row is.
import type { DataSpec, FieldSpec, RowText } from '#libs/vault';

export interface Source {
  /** The columns to read, as a grant of rows; anything goes in them, for the result is checked, not the source. */
  readonly reads: DataSpec;
  /** For each granted field its position among the columns read. */
  readonly positions: ReadonlyMap<string, number>;
  /** The position of the column that says whose record it is. */
  readonly person: number | null;
}

/** The person's own mistake in calling the command: shown as it is, without a stack trace. */
export class PrepareRefused extends Error {
  override readonly name = 'PrepareRefused';
}

/** Which columns of the raw file the grant needs; `person` names the raw column that identifies people. */
export function sourceOf(spec: DataSpec, person: string | undefined): Source {
  const pseudonym = spec.fields.find(({ type }) => type === 'pseudonym');
  if (pseudonym && person === undefined) {
    throw new PrepareRefused(
      `The grant has the pseudonym "${pseudonym.name}". Say which column identifies people: --pseudonym <column>.`,
    );
  }
  if (!pseudonym && person !== undefined && spec.level === 'ROWS') {
    throw new PrepareRefused(
      'The grant has no pseudonym, so nobody is identified in it. Leave --pseudonym out.',
    );
  }
  const named = (field: FieldSpec) => (field === pseudonym ? (person ?? field.name) : field.name);
  const names = spec.fields.map(named);
  const all = person === undefined || names.includes(person) ? names : [...names, person];
  return {
    reads: {
      level: 'ROWS',
      fields: all.map((name) => ({ name, type: 'text' })),
      dimensions: [],
      sums: [],
      ...(spec.level === 'ROWS' && spec.maxRows !== undefined ? { maxRows: spec.maxRows } : {}),
    },
    positions: new Map(spec.fields.map((field) => [field.name, all.indexOf(named(field))])),
    person: person === undefined ? null : all.indexOf(person),
  };
}

/** Turns the rows read into the file to deposit. */
export interface Writer {
  readonly header: string;
  /** The line a row becomes at once, or null. */
  readonly rowText: RowText;
  readonly counts: { leftOut: number };
  /** The lines that can only be written once every row was read. */
  lines(): string[];
  /** How many cells rest on fewer people than that; null where there are no cells. */
  smallCells(threshold: number): number | null;
}
