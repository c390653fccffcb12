// How the vault says no: a code a program can act on and a sentence a person can.

export type RefusalCode =
  | 'BAD_ID'
  | 'KEY_MISSING'
  | 'KEY_DESTROYED'
  | 'WRONG_KEY'
  | 'DAMAGED'
  | 'NOT_FOUND'
  | 'DIGEST_DIFFERS'
  | 'TOO_LARGE'
  | 'WRONG_TYPE'
  | 'UPLOAD_BROKEN'
  | 'DISK_FULL'
  | 'NOT_CONFORMING'
  | 'UNKNOWN_FIELD'
  | 'ENGINE_FAILED'
  | 'TIME_LIMIT'
  | 'CANCELLED'
  | 'LEASE_LOST'
  | 'STILL_THERE';

/** A refusal or failure of the vault. Its message never holds a value of the data. */
export class VaultRefusal extends Error {
  override readonly name = 'VaultRefusal';

  constructor(
    readonly code: RefusalCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A full disk, quota or file size limit in words; any other error as it is. */
export function translateDiskError(error: unknown, place: string): unknown {
  const code = codeOf(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'EFBIG') return error;
  return diskFull(place, error);
}

/** How a person is told that there is no room. */
export function diskFull(place: string, cause?: unknown): VaultRefusal {
  const message = `There is no room left in ${place}. Nothing was kept of what was being written; free some space and try again.`;
  return new VaultRefusal('DISK_FULL', message, { cause });
}

/** What the private working directory is called in messages. */
export const SCRATCH = 'the private working directory';

/** The code of a system or stream error; empty where there is none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Why an operation was ended: the reason given with the signal, or that it was cancelled. */
export function cancellation(signal: AbortSignal | undefined): VaultRefusal {
  const reason: unknown = signal?.reason;
  return reason instanceof VaultRefusal
    ? reason
    : new VaultRefusal('CANCELLED', 'The operation was cancelled.');
}
