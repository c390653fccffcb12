// Sorts many numbers at once, equal ones staying in the order they came in.

const DIGITS = 4;
const DIGIT = 65_536;

/** Positions of the values in ascending order, equal values by position (least significant digit radix sort). */
export function ascending(values: Float64Array): Int32Array {
  const { length } = values;
  const keys = sortableKeys(values);
  let from = positionsWhere(length, () => true);
  let to = new Int32Array(length);
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const starts = new Int32Array(DIGIT + 1);
    for (let at = 0; at < length; at += 1) starts[keys[at * DIGITS + digit]! + 1]! += 1;
    if (starts[keys[digit]! + 1] === length) continue;
    for (let value = 0; value < DIGIT; value += 1) starts[value + 1]! += starts[value]!;
    for (let at = 0; at < length; at += 1) {
      const own = from[at]!;
      to[starts[keys[own * DIGITS + digit]!]!++] = own;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** The positions that pass, in order. */
export function positionsWhere(length: number, isWanted: (at: number) => boolean): Int32Array<ArrayBuffer> {
  const found = new Int32Array(length);
  let count = 0;
  for (let at = 0; at < length; at += 1) if (isWanted(at)) found[count++] = at;
  return found.subarray(0, count);
}

/** The same order, then by group: all of group 0 first. */
export function ascendingWithin(values: Float64Array, group: Int32Array, groups: number): Int32Array {
  const order = ascending(values);
  const starts = new Int32Array(groups + 1);
  for (const own of group) starts[own + 1]! += 1;
  for (let at = 0; at < groups; at += 1) starts[at + 1]! += starts[at]!;
  const sorted = new Int32Array(order.length);
  for (const at of order) sorted[starts[group[at]!]!++] = at;
  return sorted;
}

/** The bits of a double as an unsigned integer that sorts as the double does; four digits, the lowest first. */
function sortableKeys(values: Float64Array): Uint16Array {
  const plain = new Float64Array(values.length);
  // −0 becomes 0, so that the two are equal here too.
  for (let at = 0; at < plain.length; at += 1) plain[at] = values[at]! + 0;
  const words = new Uint32Array(plain.buffer);
  for (let at = 0; at < words.length; at += 2) {
    const isNegative = words[at + 1]! >>> 31 === 1;
    words[at] = isNegative ? ~words[at]! : words[at]!;
    words[at + 1] = isNegative ? ~words[at + 1]! : words[at + 1]! ^ 0x80000000;
  }
  return new Uint16Array(words.buffer);
}
