// C2SP tlog-checkpoint: the tree's head as a note's text (origin, size, root), and cosignatures by witnesses.
import { bytesOf, concatenated, fromBase64, toBase64 } from './encoding';
import { HASH_BYTES } from './merkle';
import { isBy, isSigned, noteText, noteSignature } from './note';
import type { Note, NoteSignature, Signer, VerifierKey } from './note';

export interface TreeHead {
  origin: string;
  size: number;
  root: Uint8Array;
}

export const checkpointText = ({ origin, size, root }: TreeHead): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** The head a note's text states; null if it is not a checkpoint. Extension lines are allowed and mean nothing here. */
export function parseCheckpoint(text: string): TreeHead | null {
  const [origin = '', size = '', root = '', ...more] = text.split('\n');
  const hash = fromBase64(root);
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || hash?.length !== HASH_BYTES) return null;
  if (more.at(-1) !== '' || more.slice(0, -1).includes('')) return null;
  const leaves = Number(size);
  return Number.isSafeInteger(leaves) ? { origin, size: leaves, root: hash } : null;
}

/** The checkpoint of a head, signed by each of the log's keys, as a note. */
export async function signedCheckpoint(head: TreeHead, signers: readonly Signer[]): Promise<string> {
  const text = checkpointText(head);
  const signatures: NoteSignature[] = [];
  for (const signer of signers) signatures.push(await noteSignature(signer, text));
  return noteText({ text, signatures });
}

const TIME_BYTES = 8;

const cosigned = (seconds: number, text: string): Uint8Array =>
  bytesOf(`cosignature/v1\ntime ${seconds}\n${text}`);

/** C2SP cosignature/v1: the witness has seen the log only grow, up to this head, at this time (POSIX seconds). */
export async function cosignature(witness: Signer, text: string, seconds: number): Promise<NoteSignature> {
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  const signature = await witness.sign(cosigned(seconds, text));
  return { name: witness.name, id: witness.id, signature: concatenated(time, signature) };
}

/** When the witness cosigned (POSIX seconds); null if it did not. A cosignature of its that fails gives 'FORGED'. */
export async function cosignedAt(note: Note, witness: VerifierKey): Promise<number | null | 'FORGED'> {
  let latest: number | null = null;
  for (const own of note.signatures.filter((each) => isBy(each, witness))) {
    if (own.signature.length !== TIME_BYTES + 64) return 'FORGED';
    const view = new DataView(own.signature.buffer, own.signature.byteOffset, TIME_BYTES);
    const seconds = Number(view.getBigUint64(0));
    const message = cosigned(seconds, note.text);
    if (!(await isSigned(witness.publicKey, message, own.signature.slice(TIME_BYTES)))) return 'FORGED';
    latest = Math.max(latest ?? 0, seconds);
  }
  return latest;
}
