// Keeps the files of a result sealed as one object, and gives them back only as the manifest says.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { VaultRefusal } from '../objects/failures';
import { wholeOf } from '../objects/files';
import { publish, readObject } from '../objects/object-store';
import { prefixOf, seal, unseal } from '../objects/sealing';
import type { ResultManifest } from './manifest';

export interface ResultFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Seals the files, one after the other in the order of their names; the manifest tells where each begins. */
export async function sealResult(
  vaultDir: string,
  files: readonly ResultFile[],
  key: Buffer,
): Promise<{ objectId: string; manifest: ResultManifest }> {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const manifest: ResultManifest = {
    format: 1,
    files: sorted.map(({ name, bytes }) => ({ name, length: bytes.length, sha256: sha256(bytes) })),
  };
  const all = Buffer.concat(sorted.map(({ bytes }) => bytes));
  const sealed = seal(key, 'result', prefixOf(key, sha256(all)));
  const { objectId } = await publish(vaultDir, 'result', [
    Readable.from([all], { objectMode: false }),
    sealed,
  ]);
  return { objectId, manifest };
}

/** The files, each compared with its digest in the manifest that was signed. */
export async function openResult(
  vaultDir: string,
  objectId: string,
  manifest: ResultManifest,
  key: Buffer,
): Promise<Map<string, Buffer>> {
  const all = await wholeOf(unseal(readObject(vaultDir, objectId), key, 'result'));
  const files = new Map<string, Buffer>();
  let at = 0;
  for (const { name, length, sha256: digest } of manifest.files) {
    const bytes = all.subarray(at, at + length);
    if (sha256(bytes) !== digest) throw differs(name);
    files.set(name, bytes);
    at += length;
  }
  if (at !== all.length) throw differs('the result');
  return files;
}

function differs(what: string): VaultRefusal {
  return new VaultRefusal(
    'DIGEST_DIFFERS',
    `The stored bytes of ${what} are not those in the signed manifest. Tell the auditor; the analysis has to run again.`,
  );
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
