// The body of an upload, apart from the request it comes in.
import { PassThrough } from 'node:stream';
import type { Request } from 'express';

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
