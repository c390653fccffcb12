// The manifest of a release: what `TRUST` signs, and what every later reading is held to.
import { z } from 'zod';
import { DataSpec, Tier } from '../grant/spec';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.int().nonnegative();

/** T9: this release beside every one made before, for linkage accumulates. */
export const AcrossReleases = z.strictObject({
  releases: z.array(
    z.strictObject({
      release: z.string(),
      isLive: z.boolean(),
      /** Null where nobody knows who is in it, as in a table of cells. */
      people: z
        .strictObject({
          both: Count,
          onlyHere: Count,
          onlyThere: Count,
          /** One release holds the other, and the difference is a few people. */
          isClose: z.boolean(),
          /** Groups of one that hold a group of the other and differ from it by a few people. */
          closeGroups: Count,
        })
        .nullable(),
    }),
  ),
  /** What somebody would find who joined them all. */
  together: z.strictObject({ releases: Count, smallestGroup: Count, alone: Count }),
});
export type AcrossReleases = z.infer<typeof AcrossReleases>;

export const ReleaseAssessment = z.strictObject({
  /** Distinct people: by pseudonym where there is one, the sum of `n` for cells, otherwise one a row. */
  people: Count,
  /** Rows: size of the smallest group that shares all quasi-identifiers (k). Cells: people of the smallest cell. */
  smallestGroup: Count,
  quasiIdentifiers: z.array(z.string()),
  /** Groups of one person, and groups below the frequency floor of 10. */
  uniqueGroups: Count,
  smallGroups: Count,
  /** Sizes of the ten smallest groups or cells. */
  smallestGroups: z.array(Count).max(10),
  /** Per sensitive field the fewest values in a group (l), and the groups that share one. */
  diversity: z.array(z.strictObject({ field: z.string(), fewestValues: Count, groupsAlike: Count })),
  across: AcrossReleases.optional(),
});
export type ReleaseAssessment = z.infer<typeof ReleaseAssessment>;

export const ReleaseManifest = z.strictObject({
  format: z.literal(1),
  /** Digest and length of the plain Parquet file: any later reading must match it byte for byte. */
  sha256: Digest,
  bytes: z.int().positive(),
  rows: Count,
  tier: Tier,
  level: z.enum(['ROWS', 'CELLS']),
  /** File columns c1…cn and the names and types they stand for. */
  fields: z.array(z.strictObject({ column: z.string().regex(/^c\d+$/), name: z.string(), type: z.string() })),
  releaseAs: DataSpec,
  deposits: z.array(z.strictObject({ deposit: z.string(), sha256: Digest })),
  /** Of several holders' deposits: people of each, and those who are in all. */
  linkage: z
    .strictObject({
      people: z.array(z.strictObject({ deposit: z.string(), people: Count })),
      inAll: Count,
      /** Published rows beside them: by which fields, and of how many rows they say something. */
      published: z
        .array(
          z.strictObject({ deposit: z.string(), by: z.array(z.string()).min(1), rows: Count, found: Count }),
        )
        .optional(),
    })
    .optional(),
  /** Where the project's own keyed ids of these people lie, by which later releases are compared with this one. */
  units: z.string().optional(),
  assessment: ReleaseAssessment,
  engine: z.string(),
});
export type ReleaseManifest = z.infer<typeof ReleaseManifest>;
