// The manifest of a result: name, length and digest per file; the core of `OUTPUT`.
import { z } from 'zod';

export const ResultManifest = z.strictObject({
  format: z.literal(1),
  files: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,79}$/),
        length: z.int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
});
export type ResultManifest = z.infer<typeof ResultManifest>;
