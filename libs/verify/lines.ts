// JSON lines, strictly: UTF-8, each line ended by one newline, each the RFC 8785 text of its value.
import { isCanonical } from '#libs/log';
import { Failed } from './verdict';

/** An entry has at most a million bytes; what lies beside it has less. */
const LONGEST_LINE = 4_000_000;

/** The lines of a file without their newlines. */
export async function* linesOf(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decoded = (piece?: Uint8Array): string => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw new Failed(`${name} is not UTF-8.`);
    }
  };
  let rest = '';
  for await (const piece of bytes) {
    const lines = (rest + decoded(piece)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new Failed(`${name} has a line longer than any can be.`);
    yield* lines;
  }
  if (rest + decoded() !== '') throw new Failed(`${name} does not end with a newline.`);
}

/** The value of a line; fails unless the line is exactly its canonical text. */
export function canonicalValue(line: string, where: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Failed(`${where} is not JSON.`);
  }
  if (!isCanonical(line, value))
    throw new Failed(`${where} is not the canonical text of what it says (RFC 8785).`);
  return value;
}
