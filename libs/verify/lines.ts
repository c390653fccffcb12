// JSON lines, strictly: UTF-8, each line ended by one newline, each the RFC 8785 text of its value.
import type { z } from 'zod';
import { concatenated, isCanonical, isPlainlyCanonical, textOf } from '#libs/log';
import { told } from './told';
import type { Told } from './told';
import { failing } from './verdict';
import type { Failed } from './verdict';

/** An entry has at most a million bytes; what lies beside it has less. */
const LONGEST_LINE = 4_000_000;
const NEWLINE = 0x0a;
const NOTHING = new Uint8Array(0);

/**
 * The lines of a file, one after the other, as bytes: `lines.next() || (await lines.more())` goes to the next one, and waits
 * only where a piece of the file ends.
 */
export class Lines {
  /** The line's bytes lie from `start` up to, not including, `end`, where its newline is. */
  bytes: Uint8Array = NOTHING;
  start = 0;
  end = -1;
  /** Counted from 1. */
  number = 0;
  /** Behind the last whole line in `bytes`. */
  private last = 0;
  /** All of them as text. */
  private decoded: string | null = null;
  /** The beginning of a line, and what was read behind it. */
  private rest: Uint8Array = NOTHING;
  private ahead: Uint8Array | null = null;

  constructor(
    private readonly name: string,
    private readonly pieces: AsyncIterator<Uint8Array>,
  ) {}

  /** Names the line. */
  readonly where = (): Told => told('verifier.line', { name: this.name, line: `${this.number}` });

  /** Goes to the next line of those that were read; false behind the last. */
  next(): boolean {
    if (this.end + 1 >= this.last) return false;
    this.start = this.end + 1;
    this.end = this.bytes.indexOf(NEWLINE, this.start);
    this.number += 1;
    return true;
  }

  /** Reads on and goes to the next line; false if there is none. What was read before is let go. */
  async more(): Promise<boolean> {
    for (let piece = await this.piece(); piece !== null; piece = await this.piece()) {
      const isBegun = this.rest.length > 0;
      // Of two pieces only the line that lies across is put together.
      const end = (isBegun ? piece.indexOf(NEWLINE) : piece.lastIndexOf(NEWLINE)) + 1;
      if (end === 0) {
        this.rest = concatenated(this.rest, piece);
        if (this.rest.length > LONGEST_LINE) throw failing('verifier.file.longLine', { name: this.name });
        continue;
      }
      const [whole, behind] = [piece.subarray(0, end), piece.subarray(end)];
      this.bytes = isBegun ? concatenated(this.rest, whole) : whole;
      [this.rest, this.ahead] = isBegun ? [NOTHING, behind] : [behind, null];
      [this.last, this.end, this.decoded] = [this.bytes.length, -1, null];
      return this.next();
    }
    if (textOf(this.rest) === null) throw this.noText();
    if (this.rest.length > 0) throw failing('verifier.file.noNewline', { name: this.name });
    return false;
  }

  /** The line's bytes by themselves. */
  line(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }

  /** The line as text. */
  text(): string {
    const { bytes, start, end } = this;
    this.decoded ??= textOf(bytes);
    if (this.decoded === null) throw this.noText();
    // Where every character is a byte, all of them are decoded at once.
    if (this.decoded.length === bytes.length) return this.decoded.slice(start, end);
    return textOf(this.line()) as string;
  }

  /** What the line says; fails unless it is exactly the canonical text of that. */
  value(where = this.where): unknown {
    const text = this.text();
    const value = parsed(text, where);
    if (!isPlainlyCanonical(this.bytes, this.start, this.end) && !isCanonical(text, value))
      throw notCanonical(where());
    return value;
  }

  /** What the line says, in its form. */
  said<T>(schema: z.ZodType<T>): T {
    const { success, data } = schema.safeParse(this.value());
    if (!success) throw failing('verifier.notOfForm', { where: this.where() });
    return data;
  }

  private async piece(): Promise<Uint8Array | null> {
    const { ahead } = this;
    this.ahead = null;
    if (ahead !== null) return ahead;
    const read = await this.pieces.next();
    if (read.done === true) return null;
    // Of whatever kind these bytes are, one kind alone is read everywhere below.
    return new Uint8Array(read.value.buffer, read.value.byteOffset, read.value.byteLength);
  }

  private noText(): Failed {
    return failing('verifier.file.notUtf8', { name: this.name });
  }
}

/** The value of a text; fails unless the text is exactly its canonical one. */
export function canonicalValue(text: string, what: Told): unknown {
  const value = parsed(text, () => what);
  if (!isCanonical(text, value)) throw notCanonical(what);
  return value;
}

function parsed(text: string, where: () => Told): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failing('verifier.notJson', { where: where() });
  }
}

const notCanonical = (where: Told): Failed => failing('verifier.notCanonical', { where });
