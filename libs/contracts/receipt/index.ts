// A receipt as machines read it: one entry of the ledger with the proof that a signed head of the log holds it.
import { z } from 'zod';

/** Base64 of one hash of 32 bytes. */
const hash = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

export const ReceiptSchema = z.strictObject({
  format: z.literal(1),
  kind: z.literal('parley-receipt'),
  /** The entry's canonical text; the leaf is SHA-256(0x00 ‖ its UTF-8). */
  entry: z.string().min(2).max(1_000_000),
  /** The leaf's position in the log. */
  index: z.int().nonnegative(),
  /** RFC 9162 § 2.1.3: from the leaf's sibling up to the root of `checkpoint`. */
  path: z.array(hash).max(64),
  /** A C2SP tlog-checkpoint as a signed note, with the cosignatures there were. */
  checkpoint: z.string().max(100_000),
  /** The log's verifier keys, oldest first; to be compared with those had otherwise. */
  keys: z.array(z.string().max(1000)).max(100),
  /** Notes by which an older key handed over to the next. */
  handovers: z.array(z.string().max(10_000)).max(100),
});
export type LogReceipt = z.infer<typeof ReceiptSchema>;

/** What is the same in every receipt under one head: the head, and the keys that vouch for it. */
export type UnderHead = Pick<LogReceipt, 'checkpoint' | 'keys' | 'handovers'>;

export function receiptOf(
  placed: Pick<LogReceipt, 'entry' | 'index' | 'path'>,
  under: UnderHead,
): LogReceipt {
  return { format: 1, kind: 'parley-receipt', ...placed, ...under };
}

/** The type of entries that are mailed as receipts to those who made them. */
export const SIGN_OFF = 'DecisionRecorded';
