// Keeps one file of evidence sealed as one object, and gives it back only as it was recorded.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { StoredEvidence } from '../contract';
import { VaultRefusal } from '../objects/failures';
import { wholeOf } from '../objects/files';
import { brokenUpload, Meter, unowned } from '../objects/metering';
import { publish, readObject, removeObject } from '../objects/object-store';
import { seal, unseal } from '../objects/sealing';
import { acceptedType, checkType } from './media-types';

interface Incoming {
  readonly stream: Readable;
  readonly mediaType: string;
  readonly maxBytes: number;
}

const TOO_LARGE = {
  kind: 'a file of evidence',
  remedy: 'send a smaller one, or record where it can be found',
};

/** Encrypted while it arrives; then read back and compared with its declared type, and removed again if that is a lie. */
export async function sealEvidence(
  vaultDir: string,
  { stream, mediaType, maxBytes }: Incoming,
  key: Buffer,
): Promise<StoredEvidence> {
  acceptedType(mediaType);
  const meter = new Meter(maxBytes, TOO_LARGE);
  const { objectId } = await publish(vaultDir, 'evidence', [
    unowned(stream),
    meter,
    seal(key, 'evidence'),
  ]).catch((error: unknown) => {
    throw brokenUpload(error);
  });
  try {
    if (meter.bytes === 0)
      throw new VaultRefusal('WRONG_TYPE', 'The file is empty. Nothing was kept; send its bytes.');
    const stored = { objectId, sha256: meter.sha256(), bytes: meter.bytes };
    await checkType(mediaType, await openEvidence(vaultDir, stored, key));
    return stored;
  } catch (error) {
    await removeObject(vaultDir, objectId);
    throw error;
  }
}

/** The plain file, after its digest was compared. */
export async function openEvidence(
  vaultDir: string,
  { objectId, sha256 }: { objectId: string; sha256: string },
  key: Buffer,
): Promise<Buffer> {
  const bytes = await wholeOf(unseal(readObject(vaultDir, objectId), key, 'evidence'));
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  throw new VaultRefusal(
    'DIGEST_DIFFERS',
    'The stored file is not the one whose digest was recorded. Tell the auditor.',
  );
}
