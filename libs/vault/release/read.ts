// Opens a sealed release and reads its columns, after making sure it is byte for byte what was signed.
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { OperationOptions, ReleaseColumn, ReleaseData } from '../contract';
import { withEngine } from '../engine/engine';
import type { EngineLimits } from '../engine/engine';
import { fileColumns } from '../grant/columns';
import { VaultRefusal, cancellation } from '../objects/failures';
import { unlessAborted, writePieces } from '../objects/files';
import { readObject } from '../objects/object-store';
import { unseal } from '../objects/sealing';
import { readColumns, refuseOther } from './columns';
import type { ReleaseManifest } from './manifest';

export interface Reading {
  readonly objectId: string;
  readonly manifest: ReleaseManifest;
  readonly fileKey: Buffer;
  readonly fields: readonly string[] | undefined;
  readonly vaultDir: string;
  readonly directory: string;
  readonly limits: EngineLimits;
}

/** The named fields of a release (all if none is named), in memory; its plain file is gone when the directory is. */
export async function readSealedRelease(
  work: Reading,
  { signal, progress }: OperationOptions,
): Promise<ReleaseData> {
  const wanted = wantedColumns(work.manifest, work.fields);
  progress?.(0, 'opening the release');
  const file = path.join(work.directory, 'release.parquet');
  await unsealTo(file, work, signal);
  progress?.(0.5, 'reading columns');
  const { directory, limits } = work;
  const columns = await withEngine({ directory, limits, signal }, async (engine) => {
    await refuseOther(engine, file, work.manifest);
    return readColumns(engine, file, wanted);
  });
  if (signal?.aborted) throw cancellation(signal);
  progress?.(1, 'read');
  return shapeOf(work.manifest, columns);
}

/** I6: nothing is read whose digest is not the one that was signed. */
async function unsealTo(file: string, work: Reading, signal: AbortSignal | undefined): Promise<void> {
  const hash = createHash('sha256');
  const opened = unseal(readObject(work.vaultDir, work.objectId), work.fileKey, 'release');
  const digested = async function* () {
    for await (const piece of unlessAborted(opened, signal)) {
      hash.update(piece);
      yield piece;
    }
  };
  await writePieces(file, digested());
  if (hash.digest('hex') !== work.manifest.sha256) {
    throw new VaultRefusal(
      'DIGEST_DIFFERS',
      'The stored release is not the one in the signed manifest, so it is not read. Tell the auditor; a new release is needed.',
    );
  }
}

function wantedColumns(
  manifest: ReleaseManifest,
  fields: readonly string[] | undefined,
): ReleaseManifest['fields'] {
  if (!fields) return manifest.fields;
  // Whoever reads a person's values also needs to know whose they are, and a cell is nothing without its count.
  const always = manifest.fields.filter(({ name, type }) => type === 'pseudonym' || isCount(manifest, name));
  const named = fields.flatMap((field) => {
    const found = manifest.fields.filter(({ name }) => isPartOf(manifest, name, field));
    if (found.length > 0) return found;
    const known = manifest.fields.map(({ name }) => name).join(', ');
    throw new VaultRefusal(
      'UNKNOWN_FIELD',
      `The release has no field "${field}"; it has ${known}. Choose one of these.`,
    );
  });
  return manifest.fields.filter((field) => always.includes(field) || named.includes(field));
}

/** What a number rests on: people, and organisations where they are counted or named. */
function isCount({ level, releaseAs: { organisations } }: ReleaseManifest, name: string): boolean {
  if (level === 'ROWS') return name === organisations;
  return name === 'n' || (name === 'organisations' && organisations !== undefined);
}

const OF_A_SUM = ['sum_', 'sumsq_', 'dominance_', 'p_ratio_'];

/** In a cell table a summed field stands as its sum, its sum of squares and the holder's verdicts. */
function isPartOf({ level }: ReleaseManifest, name: string, field: string): boolean {
  return name === field || (level === 'CELLS' && OF_A_SUM.some((part) => name === `${part}${field}`));
}

function shapeOf(manifest: ReleaseManifest, columns: Record<string, ReleaseColumn>): ReleaseData {
  const { rows } = manifest;
  if (manifest.level === 'CELLS') {
    const { dimensions, sums } = manifest.releaseAs;
    return {
      shape: 'cells',
      rows,
      columns,
      dimensions: dimensions.filter((name) => name in columns),
      sums: sums.filter((name) => `sum_${name}` in columns),
    };
  }
  const people = fileColumns(manifest.releaseAs).find(({ field }) => field.type === 'pseudonym');
  const { organisations } = manifest.releaseAs;
  return {
    ...{ shape: 'rows', rows, columns },
    ...(people ? { people: people.name } : {}),
    ...(organisations !== undefined && organisations in columns ? { organisations } : {}),
  };
}
