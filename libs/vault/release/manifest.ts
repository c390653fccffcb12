// The manifest of a release: what `TRUST` signs, and what every later reading is held to.
import { z } from 'zod';
import { DataSpec, Tier } from '../grant/spec';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

export const ReleaseAssessment = z.strictObject({
  /** Distinct people: by pseudonym where there is one, the sum of `n` for cells, otherwise one a row. */
  people: z.int().nonnegative(),
  /** Rows: size of the smallest group that shares all quasi-identifiers (k). Cells: people of the smallest cell. */
  smallestGroup: z.int().nonnegative(),
  quasiIdentifiers: z.array(z.string()),
  /** Groups of one person, and groups below the frequency floor of 10. */
  uniqueGroups: z.int().nonnegative(),
  smallGroups: z.int().nonnegative(),
});
export type ReleaseAssessment = z.infer<typeof ReleaseAssessment>;

export const ReleaseManifest = z.strictObject({
  format: z.literal(1),
  /** Digest and length of the plain Parquet file: any later reading must match it byte for byte. */
  sha256: Digest,
  bytes: z.int().positive(),
  rows: z.int().nonnegative(),
  tier: Tier,
  level: z.enum(['ROWS', 'CELLS']),
  /** File columns c1…cn and the names and types they stand for. */
  fields: z.array(z.strictObject({ column: z.string().regex(/^c\d+$/), name: z.string(), type: z.string() })),
  releaseAs: DataSpec,
  deposits: z.array(z.strictObject({ deposit: z.string(), sha256: Digest })),
  assessment: ReleaseAssessment,
  engine: z.string(),
});
export type ReleaseManifest = z.infer<typeof ReleaseManifest>;
