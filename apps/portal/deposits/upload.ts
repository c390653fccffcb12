// Reads a posted form with a file in it (RFC 7578): its fields first, then the file as a stream that is never whole in memory.
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import type { Fields } from '#libs/web/http';

/** What the browser sends of a file; `null` where none was chosen. */
export type Sent = Readable | null;

/** Fields before the file are few and short; whatever comes after it is not looked at. */
const LIMITS = { fields: 10, fieldSize: 4096, fieldNameSize: 100, files: 1, parts: 12, headerPairs: 20 };

/** The form broke off, or is none. */
export class UnreadableForm extends Error {
  override readonly name = 'UnreadableForm';
  readonly status = 400;
}

/**
 * Hands fields and file over as soon as the file begins; the rest of the request is read and dropped once they were taken,
 * so that the browser hears the answer instead of a closed line.
 * @throws UnreadableForm, or whatever `take` throws.
 */
export async function withUpload<T>(
  request: Request,
  take: (fields: Fields, file: Sent) => Promise<T>,
): Promise<T> {
  const parser = parserOf(request);
  const fields: Record<string, string> = {};
  try {
    return await new Promise<T>((resolve, reject) => {
      let [isTaken, isBroken] = [false, false];
      const broken = () => new UnreadableForm('The form broke off before its end.');
      const hand = (file: Sent) => {
        isTaken = true;
        take(fields, file).then(resolve, (error: unknown) => reject(isBroken ? broken() : asError(error)));
      };
      parser.on('field', (name, value, { valueTruncated }) => {
        fields[name] = valueTruncated ? '' : value.replaceAll('\r\n', '\n').trim();
      });
      parser.on('file', (_name, file, { filename }) => {
        // Whoever reads hears of it; where nobody reads any more, an unheard error would end the process.
        file.on('error', () => undefined);
        if (filename) hand(file);
        else file.resume();
      });
      // Whoever has the file hears of it through the file, and clears away what came of it first.
      parser.on('error', () => {
        isBroken = true;
        if (!isTaken) reject(broken());
      });
      parser.on('close', () => {
        if (!isTaken && !isBroken) hand(null);
      });
      request.once('close', () => {
        if (!request.complete) parser.destroy(new Error('the upload broke off'));
      });
      request.pipe(parser);
    });
  } finally {
    request.unpipe(parser);
    request.resume();
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function parserOf(request: Request): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: LIMITS, defParamCharset: 'utf8' });
  } catch {
    throw new UnreadableForm('The form has no boundary.');
  }
}
