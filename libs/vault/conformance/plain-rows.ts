// Recognises rows of plain values, one look-up a byte; every other row is for the careful reader.
import type { FileColumn } from '../grant/columns';
import type { Delimiter } from './canonical';
import { LONGEST_FIELD } from './csv-rows';
import { plainShapes } from './plain-values';
import { followRows, followTwice, rowAutomaton, valueAutomaton } from './plain-automaton';
import type { RowAutomaton, ValueAutomaton } from './plain-automaton';

export interface PlainTaken {
  /** Whole rows as they stood, each ended by LF. */
  readonly bytes: Buffer;
  readonly rows: number;
  /** Where the first row begins that was not taken. */
  readonly to: number;
}

/**
 * Follows a file with these columns, and no others. A column stays plain until a value of it is not of the shapes
 * that {@link plainShapes} names; from then on any text without a delimiter, quote or line break is taken for it, and its values
 * are DuckDB's to check.
 */
export class PlainRows {
  private readonly values: readonly (ValueAutomaton | null)[];
  private readonly plain: boolean[];
  private automaton: RowAutomaton | null = null;

  constructor(
    columns: readonly FileColumn[],
    private readonly delimiter: Delimiter = ',',
  ) {
    this.values = columns.map((column) => {
      const shapes = plainShapes(column);
      return shapes && valueAutomaton(shapes);
    });
    this.plain = this.values.map((value) => value !== null);
  }

  /** For each column whether all values so far are plain. */
  get columns(): readonly boolean[] {
    return this.plain;
  }

  /** Looks at a row that the careful reader took apart. */
  note(values: readonly string[]): void {
    for (const [index, value] of this.values.entries()) {
      if (!value || this.plain[index] !== true || value.isMatch(values[index] ?? '')) continue;
      this.plain[index] = false;
      this.automaton = null;
    }
  }

  /** Takes plain rows from a place where a row begins, `most` of them or as many as there are. */
  take(bytes: Buffer, from: number, most: number): PlainTaken {
    this.automaton ??= rowAutomaton(
      this.values.map((value, index) => (this.plain[index] === true ? value : null)),
      this.delimiter,
    );
    const place = { from, end: bytes.length, longest: LONGEST_FIELD };
    // A row has a byte at least.
    const { rows, to } =
      most >= bytes.length - from
        ? followTwice(this.automaton, bytes, place)
        : followRows(this.automaton, bytes, { ...place, most });
    return { bytes: withoutReturns(bytes.subarray(from, to)), rows, to };
  }
}

/** Lines that end with CRLF end with LF: a plain row holds no other CR. */
function withoutReturns(bytes: Buffer): Buffer {
  if (!bytes.includes(CR)) return bytes;
  const kept = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let from = 0; from < bytes.length;) {
    const at = bytes.indexOf(CR, from);
    const to = at === -1 ? bytes.length : at;
    length += bytes.copy(kept, length, from, to);
    from = to + 1;
  }
  return kept.subarray(0, length);
}

const CR = 0x0d;
