// First pass over a deposit: encoding, header and shape; writes the rows anew, so that DuckDB never parses the depositor's bytes.
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { fileColumns } from '../grant/columns';
import type { FileColumn } from '../grant/columns';
import type { DataSpec } from '../grant/spec';
import type { Pieces } from '../objects/files';
import { canonicalRow } from './canonical';
import type { Delimiter, Layout } from './canonical';
import { CsvRows } from './csv-rows';
import type { RowEvents } from './csv-rows';
import { delimiterOf } from './delimiter';
import { Findings } from './findings';
import { PlainRows } from './plain-rows';
import { LISTED_ROWS } from './report';
import { Utf8Text } from './utf8';

/** Unknown columns that a report names one by one. */
const NAMED_COLUMNS = 50;
const DEFAULT_MOST_ROWS = 10_000_000;
/** A first line longer than this tells its delimiter all the same. */
const LONGEST_BEGINNING = 65_536;

/** Beginnings of files that people mistake for CSV. */
const OTHER_KINDS: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0xff, 0xfe], what: 'The file is in UTF-16.' },
  { bytes: [0xfe, 0xff], what: 'The file is in UTF-16.' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'The file is a spreadsheet or zip archive, not CSV.' },
  { bytes: [0x1f, 0x8b], what: 'The file is compressed (gzip).' },
];
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const LF = 0x0a;

/** What a row becomes; null leaves it out. Values come in the order of the grant's columns, an empty one as ''. */
export type RowText = (values: readonly string[], row: number) => string | null;

export interface StructureOptions {
  readonly rowText?: RowText;
  /** Whether columns that the grant does not name are left out instead of refused: on the holder's own machine. */
  readonly leaveOutOthers?: boolean;
}

/**
 * Reads the plain file and gives each row anew, lines ending with LF. After the end, `findings`, `rows`, `sha256` and `bytes`
 * tell what was read. Gives no more rows after the first thing that makes the rest meaningless, and still reads to the
 * end for the digest.
 */
export class StructurePass {
  readonly findings = new Findings();
  readonly columns: readonly FileColumn[];
  /** Columns of the file that the grant does not name. */
  others: string[] = [];
  rows = 0;
  bytes = 0;
  sha256 = '';

  private readonly hash = createHash('sha256');
  private readonly utf8 = new Utf8Text();
  /** Made anew once the first line told what separates the columns. */
  private csv = new CsvRows(this.events());
  private readonly mostRows: number;
  private beginning: Buffer | null = Buffer.alloc(0);
  private isStopped = false;
  /** For each column of the grant its position in the file. */
  private order: number[] = [];
  private width = 0;
  private delimiter: Delimiter = ',';
  /** There once the header is known, where rows may be given as they stand. */
  private plain: PlainRows | null = null;
  private blank: { count: number; rows: number[] } = { count: 0, rows: [] };
  /** Rows that were not given yet: as they stood, or anew. */
  private given: Buffer[] = [];
  private written: string[] = [];

  constructor(
    spec: DataSpec,
    private readonly options: StructureOptions = {},
  ) {
    this.columns = fileColumns(spec);
    this.mostRows = spec.maxRows ?? DEFAULT_MOST_ROWS;
  }

  private events(): RowEvents {
    return {
      row: (fields, row) => this.onRow(fields, row),
      problem: (code, row, field) => {
        if (!this.isStopped) this.findings.note(code, { rows: [row], column: this.nameAt(field) });
      },
    };
  }

  /** The rows of the file. */
  async *read(pieces: Pieces): AsyncGenerator<Buffer> {
    for await (const data of pieces) {
      this.hash.update(data);
      const position = this.bytes;
      this.bytes += data.length;
      if (!this.isStopped) this.begin(data, position);
      yield* this.taken();
    }
    this.end();
    yield* this.taken();
  }

  private end(): void {
    if (this.beginning && !this.isStopped) this.scan(this.takeBeginning(), 0, true);
    else if (!this.isStopped) this.scan(Buffer.alloc(0), this.bytes, true);
    if (!this.isStopped) this.csv.end();
    if (this.bytes === 0) this.findings.note('EMPTY_FILE');
    else if (!this.findings.isRefused && this.rows === 0) this.findings.note('NO_ROWS');
    this.sha256 = this.hash.digest('hex');
  }

  private taken(): Buffer[] {
    this.gather();
    const taken = this.given;
    this.given = [];
    return taken;
  }

  /** Waits for the first line, which tells what kind of file it is. */
  private begin(data: Buffer, position: number): void {
    if (!this.beginning) return this.scan(data, position, false);
    this.beginning = Buffer.concat([this.beginning, data]);
    const isEnough = this.beginning.includes(0x0a) || this.beginning.includes(0x0d);
    if (isEnough || this.beginning.length >= LONGEST_BEGINNING) this.scan(this.takeBeginning(), 0, false);
  }

  private takeBeginning(): Buffer {
    const beginning = this.beginning ?? Buffer.alloc(0);
    this.beginning = null;
    const other = OTHER_KINDS.find(({ bytes }) => bytes.every((byte, index) => beginning[index] === byte));
    if (other) this.stop('WRONG_ENCODING', { detail: other.what });
    else this.takeDelimiter(beginning);
    return beginning;
  }

  private takeDelimiter(beginning: Buffer): void {
    const granted = this.columns.map(({ name }) => name);
    const found = delimiterOf(beginning.toString('utf8'), granted);
    if (found.isTaken) {
      this.csv = new CsvRows(this.events(), found.delimiter);
      this.delimiter = found.delimiter;
    } else this.stop('WRONG_DELIMITER', { detail: found.name, rows: [1] });
  }

  /** Plain rows at one look-up a byte, every other line with care. */
  private scan(data: Buffer, position: number, isLast: boolean): void {
    for (let at = 0; !this.isStopped;) {
      at += this.takePlain(data.subarray(at));
      const isByLine = this.plain !== null || this.width === 0;
      const end = (isByLine && data.indexOf(LF, at) + 1) || data.length;
      this.scanLine(data.subarray(at, end), position + at, isLast && end === data.length);
      at = end;
      if (at === data.length) return;
    }
  }

  /** Takes as many plain rows as begin here; returns their length. */
  private takePlain(data: Buffer): number {
    if (!this.plain || this.blank.count > 0 || !this.csv.isAtRow) return 0;
    const { bytes, rows, to } = this.plain.take(data, 0, this.mostRows - this.rows);
    // The careful reader says where a text stops being UTF-8.
    if (rows === 0 || !isUtf8(bytes)) return 0;
    this.gather();
    this.given.push(bytes);
    this.rows += rows;
    this.csv.skip(rows);
    this.utf8.skip(to);
    return to;
  }

  private scanLine(data: Buffer, position: number, isLast: boolean): void {
    let bytes = data;
    if (position === 0 && data.subarray(0, MARK.length).equals(MARK)) {
      this.findings.note('BYTE_ORDER_MARK', { severity: 'note' });
      bytes = data.subarray(MARK.length);
      // The decoder counts positions in the file, and these bytes are part of it.
      this.utf8.skip(MARK.length);
    }
    const nul = bytes.indexOf(0);
    const { text, stoppedAt } = this.utf8.decode(nul === -1 ? bytes : bytes.subarray(0, nul), isLast);
    this.csv.write(text);
    if (stoppedAt !== null) {
      const what = `The file is not UTF-8: the byte at position ${stoppedAt.toLocaleString('en-GB')} fits no character.`;
      this.stop('WRONG_ENCODING', { detail: what, rows: [this.csv.current] });
    } else if (nul !== -1) {
      const at = position + (data.length - bytes.length) + nul;
      this.stop('NUL_BYTE', { detail: at.toLocaleString('en-GB'), rows: [this.csv.current] });
    }
  }

  private stop(code: Parameters<Findings['note']>[0], noted: Parameters<Findings['note']>[1]): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.findings.note(code, noted);
  }

  /** For each column whether all its values are plain, so that nothing but a range is left to be checked of them. */
  get plainColumns(): readonly boolean[] {
    return this.order.map((position) => this.plain?.columns[position] === true);
  }

  /** Of the rows that it gives where nothing else is made of them. */
  get layout(): Layout {
    const present = this.order.flatMap((position, index) => (position === -1 ? [] : [{ position, index }]));
    const columns = present.sort((a, b) => a.position - b.position).map(({ index }) => index);
    return { delimiter: this.delimiter, columns };
  }

  private onRow(fields: string[], row: number): void {
    if (this.isStopped) return;
    if (row === 1) return this.onHeader(fields);
    // Blank lines at the end are nobody's mistake; one in between is, unless an empty value is all a row has.
    if (fields.length === 1 && fields[0] === '' && this.width > 1) {
      this.blank.count += 1;
      if (this.blank.rows.length < LISTED_ROWS) this.blank.rows.push(row);
      return;
    }
    if (this.blank.count > 0) {
      this.findings.note('RAGGED_ROW', { ...this.blank, detail: String(this.width) });
      this.blank = { count: 0, rows: [] };
    }
    this.rows += 1;
    if (this.rows > this.mostRows)
      return this.stop('TOO_MANY_ROWS', { detail: this.mostRows.toLocaleString('en-GB') });
    if (fields.length !== this.width) {
      return this.findings.note('RAGGED_ROW', { rows: [row], detail: String(this.width) });
    }
    this.plain?.note(fields);
    const { rowText } = this.options;
    const granted = () => this.order.map((position) => fields[position] ?? '');
    const text = rowText ? rowText(granted(), row) : canonicalRow(fields, this.delimiter);
    if (text !== null) this.written.push(text);
  }

  private onHeader(fields: string[]): void {
    this.width = fields.length;
    const granted = this.columns.map(({ name }) => name);
    if (!fields.some((name) => granted.includes(name))) {
      // What stands there may be data, so it is not repeated.
      return this.stop('NO_HEADER', { detail: granted.join(',') });
    }
    this.order = granted.map((name) => fields.indexOf(name));
    for (const { name, optional } of this.columns) {
      const times = fields.filter((field) => field === name).length;
      if (times === 0 && optional) this.findings.note('NO_VERDICT', { column: name, severity: 'note' });
      else if (times === 0) this.findings.note('MISSING_COLUMN', { column: name });
      if (times > 1) this.findings.note('REPEATED_COLUMN', { column: name, rows: [1] });
    }
    const nameless = fields.filter((name) => name.trim() === '').length;
    this.others = [...new Set(fields)]
      .filter((name) => !granted.includes(name) && name.trim() !== '')
      .map(printable);
    if (this.options.leaveOutOthers !== true) this.refuseOthers(this.others, nameless);
    if (this.findings.isRefused) this.isStopped = true;
    const { delimiter, columns } = this.layout;
    const isAsItStands = this.options.rowText === undefined && columns.length === fields.length;
    if (isAsItStands)
      this.plain = new PlainRows(
        columns.map((index) => this.columns[index]!),
        delimiter,
      );
  }

  /** Columns that the grant does not name, the first of them by name; `nameless` have none. */
  refuseOthers(others: readonly string[], nameless: number): void {
    const several = `${nameless.toLocaleString('en-GB')} columns`;
    if (nameless > 0)
      this.findings.note('EMPTY_NAME', { rows: [1], detail: nameless === 1 ? 'a column' : several });
    const [named, more] = [others.slice(0, NAMED_COLUMNS), others.length - NAMED_COLUMNS];
    for (const name of named) this.findings.note('UNKNOWN_COLUMN', { column: printable(name) });
    if (more > 0) this.findings.note('UNKNOWN_COLUMN', { column: `… and ${more} more`, count: more });
  }

  /** The name of the column at a position of the file, once the header is known. */
  private nameAt(position: number): string | undefined {
    const index = this.order.indexOf(position);
    return index === -1 ? undefined : this.columns[index]?.name;
  }

  private gather(): void {
    if (this.written.length === 0) return;
    this.given.push(Buffer.from(`${this.written.join('\n')}\n`));
    this.written = [];
  }
}

/** A column name from the file, short and without anything that could act on a screen. */
function printable(name: string): string {
  const plain = name.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    '\ufffd',
  );
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain === '' ? '(no name)' : plain;
}
