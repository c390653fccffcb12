// A certificate of destruction: what was seen to go, what is left of it elsewhere, and for how long backups may hold copies.
import { z } from 'zod';

const Moment = z.string();

export const DestructionCertificate = z.object({
  format: z.literal(2),
  paper: z.literal('certificate of destruction'),
  kind: z.enum(['deposit', 'release', 'result']),
  /** `stream/id`. */
  id: z.string(),
  objectId: z.string().nullable(),
  /** The ledger's part of the key: when it was destroyed; null where the ledger kept none. */
  ledgerPart: z.object({ destroyedAt: Moment.nullable() }),
  /** The key store's part: whether there was one, and when it was destroyed; null where nothing was noted of it. */
  keyPart: z.object({ existed: z.boolean().nullable(), destroyedAt: Moment.nullable() }),
  /** Sealed bytes that lay in the vault when the key went; null where nothing was noted of them. */
  bytes: z.number().nullable(),
  /** What was found by looking afterwards. */
  left: z.object({ keyPart: z.boolean(), object: z.boolean() }),
  /** When it was looked. */
  at: Moment,
  /** What else was made of the same data, or it was made of, and was not destroyed at that time. */
  remains: z.object({
    deposits: z.array(z.string()),
    releases: z.array(z.string()),
    results: z.array(z.string()),
    /** Keyed ids of a release's people, kept until the project ends (DOMAIN § 5). */
    units: z.string().nullable(),
  }),
  /** How many days the operator says backups are kept, and so when the last copy is gone; nulls where the operator says nothing. */
  backups: z.object({ days: z.int().nullable(), goneBy: Moment.nullable() }),
});
export type DestructionCertificate = z.infer<typeof DestructionCertificate>;

/** The certificate in these bytes; null where they were erased, or say something that this version does not know. */
export function certificateIn(bytes: Buffer | null): DestructionCertificate | null {
  if (bytes === null) return null;
  const read = DestructionCertificate.safeParse(JSON.parse(bytes.toString('utf8')));
  return read.success ? read.data : null;
}
