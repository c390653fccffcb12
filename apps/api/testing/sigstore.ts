// Sigstore's own verifier on an export: a tool for any transparency log, which knows nothing of Parley.
import { createPublicKey } from 'node:crypto';
import type { TLogEntryWithInclusionProof } from '@sigstore/bundle';
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle';

/** A log as the tool knows one. Beside its name in the note's form `name+id+key`, nothing is Parley's. */
function knownLog(key: string) {
  const [name = '', id = '', encoded = ''] = key.trim().split(/\+(.*?)\+(.*)/s);
  // Of the encoded key, the first byte names the algorithm.
  const raw = Buffer.from(encoded, 'base64').subarray(1);
  return {
    logID: Buffer.from(id, 'hex'),
    baseURL: name,
    publicKey: createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  };
}

/** How many entries of the export it finds in the log under its signed head. Throws at the first it does not. */
export function foundBySigstore(files: ReadonlyMap<string, string>, key: string): number {
  const lines = (name: string) => (files.get(name) ?? '').split('\n').slice(0, -1);
  const proofs = lines('ledger/proofs.jsonl').map(
    (line) => JSON.parse(line) as { index: number; path: string[] },
  );
  const entries = lines('ledger/entries.jsonl');
  if (entries.length !== proofs.length) throw new Error('as many proofs as entries');
  for (const [n, line] of entries.entries()) {
    const { index = -1, path = [] } = proofs[n] ?? {};
    const entry = {
      canonicalizedBody: Buffer.from(line),
      inclusionProof: {
        checkpoint: { envelope: files.get('ledger/checkpoint') ?? '' },
        logIndex: String(index),
        hashes: path.map((hash) => Buffer.from(hash, 'base64')),
      },
    } as unknown as TLogEntryWithInclusionProof;
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [knownLog(key)]));
  }
  return entries.length;
}
