// A lost tail that a person has dealt with: the old log is ended, and another one begins that names it.
import type { DataSource } from 'typeorm';
import { noteSignature, noteText, parseCheckpoint, parseNote, verifierText } from '#libs/log';
import { addLogKey, openKeyDirectory, setAside } from './key-directory';
import { handoverText } from './sequencer';

export interface Loss {
  /** The name of the log that begins. */
  origin: string;
  by: string;
  reason: string;
}

/**
 * Owner: records who decided and why, keeps the old key and its last signed head aside, and makes the new log's key, to
 * which the old one hands over. Receipts of the lost entries stay valid under the old head, and show what is missing.
 */
export async function acceptLoss(
  owner: DataSource,
  directory: string,
  { origin, by, reason }: Loss,
): Promise<void> {
  const keys = openKeyDirectory(directory);
  const [note, [old]] = [await keys.lastSigned(), await keys.signers()];
  const head = parseCheckpoint(parseNote(note ?? '')?.text ?? '');
  if (note === null || head === null || !old)
    throw new Error('Nothing was signed with this key; there is no tail to lose.');
  if (origin === head.origin)
    throw new Error('The log that begins needs a name of its own: the old one has signed another history.');
  await owner.query(
    'insert into parley.log_losses (origin, note, decided_by, reason) values ($1, $2, $3, $4)',
    [...[head.origin, note, by, reason]],
  );
  await setAside(directory, `ended-${head.size}`);
  const next = await addLogKey(directory, origin);
  const text = handoverText(origin, verifierText(next));
  const signatures = await Promise.all([old, next].map((signer) => noteSignature(signer, text)));
  await owner.query('insert into parley.log_handovers (note) values ($1)', [noteText({ text, signatures })]);
}
