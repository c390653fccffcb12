// What people signed as a question, read back.
import { readContent } from '#libs/web';

/** The words of a question as they were signed; null once erased. */
export function questionIn(bytes: Buffer | null): string | null {
  const content = readContent(bytes);
  if (typeof content !== 'object' || content === null || !('question' in content)) return null;
  return typeof content.question === 'string' ? content.question : null;
}
