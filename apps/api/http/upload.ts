// The body of an upload, apart from the request it comes in.
import { PassThrough } from 'node:stream';
import type { Request } from 'express';
import { fail } from '../problems/problem';

/** Refusing the one must not cut the line on which the reason is told. */
export function bodyOf(request: Request): PassThrough {
  const body = new PassThrough();
  // Whoever reads hears of it; where nobody reads any more, an unheard error would end the process.
  body.on('error', () => undefined);
  request.once('close', () => {
    const brokenOff = Object.assign(new Error('the upload broke off'), {
      code: 'ERR_STREAM_PREMATURE_CLOSE',
    });
    if (!request.complete) body.destroy(brokenOff);
  });
  return request.pipe(body);
}

/** The SHA-256 in hex that the sender announces (RFC 9530, `Repr-Digest` or `Content-Digest`), or undefined. */
export function announcedDigest({ headers }: Request): string | undefined {
  const announced = headers['repr-digest'] ?? headers['content-digest'];
  if (announced === undefined) return undefined;
  const found = /(?:^|[ ,])sha-256=:([A-Za-z0-9+/]{43}=):/.exec(String(announced))?.[1];
  if (found !== undefined) return Buffer.from(found, 'base64').toString('hex');
  fail(400, 'DIGEST', 'The announced digest is not readable.', 'Write it as Repr-Digest: sha-256=:<base64>:');
}
