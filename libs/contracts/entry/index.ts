// The entry format of the ledger: one RFC 8785 canonical JSON text per event. Never changed, only given a higher `format`.
import { z } from 'zod';
import { formOf } from './form';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const ActorSchema = z.union([
  z.strictObject({ person: z.string() }),
  z.strictObject({ process: z.enum(['worker', 'courier', 'gate']) }),
  z.strictObject({ administrator: z.string() }),
]);

export const EntrySchema = z.strictObject({
  format: z.literal(1),
  stream: z.string().regex(/^(pgm|prj)_[a-z2-7]{16}$/),
  version: z.int().positive(),
  /** Hash of the stream's previous entry; empty for the first. */
  prev: z.union([hash, z.literal('')]),
  at: z.iso.datetime({ precision: 3 }),
  actor: ActorSchema,
  type: z.string(),
  typeVersion: z.int().positive(),
  data: z.record(z.string(), z.unknown()),
});
export type Entry = z.infer<typeof EntrySchema>;

/**
 * Asks whether a value of JSON is an entry as it is: certain where it says so; of any other the schema says what is wrong, if
 * anything. `isHash` knows some of the hashes that `prev` may be.
 */
export const entryForm = (isHash: (value: unknown) => boolean): ((value: unknown) => value is Entry) =>
  formOf(EntrySchema, { prev: isHash }) as (value: unknown) => value is Entry;
