// What is recognised as canonical at a glance, against the exact way: values of any kind, and recorded entries with bytes changed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { bytesOf, canonicalText, isCanonical, isPlainlyCanonical, textOf } from '.';

const GOLDEN = path.join(__dirname, '..', 'ledger', 'golden', 'two-cycles.entries');
const recorded = readFileSync(GOLDEN, 'utf8')
  .trim()
  .split('\n')
  .map((line) => bytesOf(line));

/** Never more than the exact way takes. Returns what it said, or null for bytes that are no JSON. */
function judged(bytes: Uint8Array): boolean | null {
  const text = textOf(bytes);
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const isPlain = isPlainlyCanonical(bytes, 0, bytes.length);
  if (isPlain) expect([text, isCanonical(text, value)]).toEqual([text, true]);
  return isPlain;
}

const change = fc.record({
  at: fc.nat(),
  by: fc.constantFrom('set', 'insert', 'remove', 'swap'),
  byte: fc.oneof(fc.constantFrom(...bytesOf('"{}[]:,\\ 0123456789.-+eEu_AZaz\n')), fc.nat({ max: 255 })),
});

function changed(bytes: Uint8Array, { at, by, byte }: { at: number; by: string; byte: number }): Uint8Array {
  const place = at % bytes.length;
  const [before, after] = [bytes.slice(0, place), bytes.slice(place + 1)];
  if (by === 'insert') return Uint8Array.of(...before, byte, ...bytes.slice(place));
  if (by === 'remove') return Uint8Array.of(...before, ...after);
  if (by === 'swap')
    return Uint8Array.of(...before, ...after.slice(0, 1), bytes[place] as number, ...after.slice(1));
  return Uint8Array.of(...before, byte, ...after);
}

it('takes every recorded entry at a glance', () => {
  expect(recorded.length).toBeGreaterThan(50);
  for (const line of recorded) expect(judged(line)).toBe(true);
});

it('takes no recorded entry with bytes changed that is not canonical any more', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...recorded),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (line, changes) => {
        judged(changes.reduce(changed, line));
      },
    ),
    { numRuns: 20_000 },
  );
});

it('takes no value of any kind, written in another way, that is not canonical', () => {
  const shuffled = fc
    .jsonValue({ maxDepth: 4 })
    .chain((value) =>
      fc.record({ value: fc.constant(value), indent: fc.constantFrom(0, 1), reversed: fc.boolean() }),
    );
  const reversed = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map(reversed)
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, part]) => [name, reversed(part)]),
          );
  fc.assert(
    fc.property(shuffled, ({ value, indent, reversed: isReversed }) => {
      judged(bytesOf(canonicalText(value)));
      judged(bytesOf(JSON.stringify(isReversed ? reversed(value) : value, null, indent)));
    }),
    { numRuns: 5000 },
  );
});

it.each([
  ['names out of order', '{"b":1,"a":2}', false],
  ['a name twice', '{"a":1,"a":1}', false],
  ['names out of order within', '[{"a":{"d":1,"c":2}}]', false],
  ['a name that begins another, after it', '{"ab":1,"a":2}', false],
  ['a name that begins another, before it', '{"a":1,"ab":2}', true],
  ['names that look like numbers', '{"10":1,"9":2,"a":{"b":1}}', true],
  ['names whose bytes are in order and whose code units are not', '{"\ufb33":1,"😀":2}', false],
  ['an empty name', '{"":1,"a":2}', true],
  ['a fraction of nothing', '[1.0]', false],
  ['an exponent', '[1e3]', false],
  ['minus zero', '[-0]', false],
  ['a number with more digits than are certain', '[9007199254740993]', false],
  ['an escape', '["\\u0061"]', false],
  ['a space', '[1, 2]', false],
  ['letters beyond ASCII in a text', '["é","😀"]', true],
  ['true, false and null', '[true,false,null]', true],
])('sees %s', (_, text, isPlain) => {
  expect(judged(bytesOf(text))).toBe(isPlain);
});
