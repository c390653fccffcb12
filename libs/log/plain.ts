// Canonical JSON recognised byte by byte, where it is as plain as the ledger's entries are: without making its text again.

/** Deeper than entries go; whatever is nested further is left to the exact way. */
const DEEPEST = 32;

const [QUOTE, COLON, COMMA, BACKSLASH, ZERO, NINE] = [0x22, 0x3a, 0x2c, 0x5c, 0x30, 0x39];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Whole numbers of so many digits are written in one way alone. */
const MOST_DIGITS = 15;

/** Where the last member's name of each object that is open lies; reused, since nothing here calls itself. */
const nameAt = new Int32Array(DEEPEST + 1);
const nameEnd = new Int32Array(DEEPEST + 1);

/**
 * Whether `bytes` from `start` up to `end`, which are UTF-8 and parse as JSON, are canonical (RFC 8785) for plain reasons: no
 * space, no escape, whole numbers that are not negative, names in ASCII and in order. False does not say that they are not:
 * `isCanonical` does.
 */
export function isPlainlyCanonical(bytes: Uint8Array, start: number, end: number): boolean {
  let depth = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      const close = endOfText(bytes, at + 1, end);
      if (close < 0) return false;
      if (bytes[close + 1] === COLON && close + 1 < end) {
        if (!follows(bytes, at + 1, close, depth)) return false;
        nameAt[depth] = at + 1;
        nameEnd[depth] = close;
      }
      at = close + 1;
    } else if (byte >= ZERO && byte <= NINE) {
      at = endOfNumber(bytes, at, end);
      if (at < 0) return false;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      if (depth > DEEPEST) return false;
      nameEnd[depth] = -1;
      at += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      at += 1;
    } else if (byte === COMMA || byte === COLON || (byte >= 0x61 && byte <= 0x7a)) {
      // What is between, and the letters of true, false and null.
      at += 1;
    } else return false;
  }
  return true;
}

/** The closing quote; -1 for a text with an escape. */
function endOfText(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) return -1;
  }
  return -1;
}

/** Behind the last digit; -1 for a number with a fraction, an exponent or more digits than are certain. */
function endOfNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at += 1;
  const next = at < end ? (bytes[at] as number) : COMMA;
  const isWhole = next === COMMA || next === CLOSE_LIST || next === CLOSE_OBJECT;
  return isWhole && at - start <= MOST_DIGITS ? at : -1;
}

/** Whether a name is in ASCII and greater than the one before it in its object. */
function follows(bytes: Uint8Array, start: number, end: number, depth: number): boolean {
  const before = nameAt[depth] as number;
  const length = (nameEnd[depth] as number) - before;
  let isGreater = (nameEnd[depth] as number) < 0;
  for (let i = 0; start + i < end; i += 1) {
    const byte = bytes[start + i] as number;
    if (byte >= 0x80) return false;
    if (isGreater) continue;
    if (i >= length) isGreater = true;
    else {
      const other = bytes[before + i] as number;
      if (byte < other) return false;
      isGreater = byte > other;
    }
  }
  return isGreater;
}
