// Lines are the same wherever the pieces they come in begin and end.
import fc from 'fast-check';
import { bytesOf } from '#libs/log';
import { Lines } from './lines';

/** The bytes cut at these places. */
function* cut(bytes: Uint8Array, places: readonly number[]): Generator<Uint8Array> {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    yield bytes.slice(from, end);
    from = end;
  }
}

async function* eventually(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

async function read(bytes: Uint8Array, places: readonly number[] = []): Promise<string[]> {
  const lines = new Lines('x.jsonl', eventually(cut(bytes, places)));
  const texts: string[] = [];
  while (lines.next() || (await lines.more())) {
    expect([...lines.line()]).toEqual([...bytesOf(lines.text())]);
    texts.push(lines.text());
    expect(lines.where().values).toEqual({ name: 'x.jsonl', line: `${texts.length}` });
  }
  return texts;
}

it('however a file comes, its lines are those between its newlines', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', '"', '\r', 'é', '€', '😀', '\ufeff') });
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(), { maxLength: 12 }), async (lines, places) => {
      const bytes = bytesOf(lines.map((text) => `${text}\n`).join(''));
      expect(await read(bytes, places)).toEqual(lines);
    }),
  );
});

it.each([
  ['no newline at its end', bytesOf('a\nb'), 'noNewline'],
  ['bytes that are no UTF-8', Uint8Array.of(0x61, 0xff, 0x0a), 'notUtf8'],
  ['half a character at its end', Uint8Array.of(0x61, 0x0a, 0xe2, 0x82), 'notUtf8'],
  ['a line longer than any', new Uint8Array(4_000_001).fill(0x61), 'longLine'],
])('a file with %s is refused, and it is said why', async (_, bytes, because) => {
  const what = { key: `verifier.file.${because}`, values: { name: 'x.jsonl' } };
  await expect(read(bytes)).rejects.toMatchObject({ what });
  await expect(read(bytes, [1, 2, 3])).rejects.toMatchObject({ what });
});
