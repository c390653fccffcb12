// Turns bytes into text, or says where they stop being UTF-8.
import { isUtf8 } from 'node:buffer';

export interface Decoded {
  readonly text: string;
  readonly stoppedAt: number | null;
}

/** Takes bytes in pieces of any size; a character cut between two pieces is put together again. */
export class Utf8Text {
  private tail = Buffer.alloc(0);
  private offset = 0;

  /** Counts bytes that were taken out before, so that positions stay those of the file. */
  skip(bytes: number): void {
    this.offset += bytes;
  }

  /** The text up to the first byte that is not UTF-8 (its position in the file in `stoppedAt`), or all of it. */
  decode(bytes: Buffer, isLast: boolean): Decoded {
    const all = this.tail.length === 0 ? bytes : Buffer.concat([this.tail, bytes]);
    const cut = isLast ? all.length : completeLength(all);
    const whole = all.subarray(0, cut);
    if (isUtf8(whole)) {
      this.tail = Buffer.from(all.subarray(cut));
      this.offset += cut;
      return { text: whole.toString('utf8'), stoppedAt: null };
    }
    const valid = validPrefix(whole);
    return { text: whole.subarray(0, valid).toString('utf8'), stoppedAt: this.offset + valid };
  }
}

/** The length without a character that has begun and not ended. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length;
    if (byte < 0x80) return bytes.length;
  }
  return bytes.length;
}

function lengthOf(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

function validPrefix(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const length = lengthOf(bytes[at] ?? 0);
    if (!isUtf8(bytes.subarray(at, at + length))) return at;
    at += length;
  }
  return at;
}
