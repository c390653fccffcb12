// Splits CSV or TSV text into rows (RFC 4180), strictly: what is doubtful is reported, never guessed.
import type { Delimiter } from './canonical';

/** Longest field in characters; codes and numbers are far shorter, and free text has no place in a deposit. */
export const LONGEST_FIELD = 4096;

/** Fields of a row that are kept: more make no table that anyone was granted, only a full memory. */
export const MOST_FIELDS = 20_000;

export type RowProblem = 'STRAY_QUOTE' | 'FIELD_TOO_LONG' | 'UNCLOSED_QUOTE';

export interface RowEvents {
  /** A complete row; `row` counts from 1, the header being row 1. Fields that were too long arrive cut. */
  row(fields: string[], row: number): void;
  problem(problem: RowProblem, row: number, field: number): void;
}

type State = 'start' | 'plain' | 'quoted' | 'closed';

/**
 * Takes text in pieces of any size and holds at most one row. Rows end with LF, CRLF or CR; quotes stand only around a
 * whole field, doubled inside it.
 */
export class CsvRows {
  private state: State = 'start';
  private field = '';
  private fields: string[] = [];
  private afterReturn = false;
  private isTooLong = false;
  /** The row being read. */
  current = 1;

  private readonly separator: number;

  constructor(
    private readonly events: RowEvents,
    delimiter: Delimiter = ',',
  ) {
    this.separator = delimiter.charCodeAt(0);
  }

  /** Whether a row begins here, whatever comes. */
  get isAtRow(): boolean {
    return !this.afterReturn && this.isBetweenRows();
  }

  /** Counts rows that someone else read. */
  skip(rows: number): void {
    this.current += rows;
  }

  write(text: string): void {
    const { separator } = this;
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.state === 'quoted') {
        if (code !== QUOTE) continue;
        this.keep(text, from, at);
        this.state = 'closed';
        from = at + 1;
        continue;
      }
      if (code !== QUOTE && code !== separator && code !== LF && code !== CR) {
        if (this.state === 'closed') this.problem('STRAY_QUOTE');
        this.state = 'plain';
        this.afterReturn = false;
        continue;
      }
      if (code !== QUOTE || this.state !== 'closed') this.keep(text, from, at);
      from = at + 1;
      this.special(code);
    }
    this.keep(text, from, text.length);
  }

  end(): void {
    if (this.state === 'quoted') this.problem('UNCLOSED_QUOTE');
    if (this.fields.length > 0 || this.field !== '' || this.state !== 'start') this.endRow();
  }

  private special(code: number): void {
    const followsReturn = this.afterReturn;
    this.afterReturn = code === CR;
    if (code === QUOTE) return this.quote();
    if (code === this.separator) return this.endField();
    if (code === LF && followsReturn && this.isBetweenRows()) return;
    this.endRow();
  }

  private isBetweenRows(): boolean {
    return this.state === 'start' && this.fields.length === 0 && this.field === '';
  }

  private quote(): void {
    if (this.state === 'start') {
      this.state = 'quoted';
    } else if (this.state === 'closed') {
      this.field += '"';
      this.state = 'quoted';
    } else {
      this.problem('STRAY_QUOTE');
    }
  }

  private keep(text: string, from: number, to: number): void {
    if (to <= from) return;
    const room = LONGEST_FIELD - this.field.length;
    if (to - from > room && !this.isTooLong) {
      this.isTooLong = true;
      this.problem('FIELD_TOO_LONG');
    }
    if (room > 0) this.field += text.slice(from, Math.min(to, from + room));
  }

  private endField(): void {
    if (this.fields.length < MOST_FIELDS) this.fields.push(this.field);
    this.field = '';
    this.isTooLong = false;
    this.state = 'start';
  }

  private endRow(): void {
    this.endField();
    const { fields, current } = this;
    this.fields = [];
    this.current += 1;
    this.events.row(fields, current);
  }

  private problem(problem: RowProblem): void {
    this.events.problem(problem, this.current, this.fields.length);
  }
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
