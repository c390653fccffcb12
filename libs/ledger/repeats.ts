// The same decision given again: its first receipt is found instead of a second decision recorded (I5).
import type { QueryRunner } from 'typeorm';
import type { Command, CheckpointCommands, Decision } from '#libs/domain';
import type { Side } from './commands';
import { isWorld } from './commands';
import { canonicalText } from '#libs/log';
import type { Receipt } from './types';

interface EntryRow {
  version: number;
  hash: string;
  type: string;
  at: string;
}

/** The receipt of this very decision or withdrawal if it stands already, otherwise null. */
export async function receiptOfDecision(
  runner: QueryRunner,
  side: Side,
  stream: string,
  person: string,
  command: Command,
): Promise<Receipt | null> {
  if (command.type !== 'RecordDecision' && command.type !== 'WithdrawDecision') return null;
  const { checkpoints } = isWorld(side) ? side.project : side;
  const round = checkpoints[command.checkpoint]?.rounds.find(({ round: number }) => number === command.round);
  const latest = round?.decisions.filter((decision) => decision.person === person).at(-1);
  if (!latest) return null;
  const isSame =
    command.type === 'RecordDecision' ? isSameDecision(latest, command) : latest.withdrawn !== null;
  if (!isSame) return null;
  const type = command.type === 'RecordDecision' ? 'DecisionRecorded' : 'DecisionWithdrawn';
  const rows = (await runner.query(
    `select version, hash, type, parley.instant(at) as at from parley.events
       where stream = $1 and version >= $2 and type = $3 and data ->> 'checkpoint' = $4
         and (data ->> 'round')::integer = $5 and data ->> 'person' = $6 order by version limit 1`,
    [stream, latest.version, type, command.checkpoint, command.round, person],
  )) as EntryRow[];
  const [entry] = rows;
  return entry ? { stream, entries: [entry], version: entry.version, head: entry.hash } : null;
}

/** Texts carry a fresh salt each time, so only what binds is compared. */
function isSameDecision(decision: Decision, command: CheckpointCommands['RecordDecision']): boolean {
  return (
    decision.withdrawn === null &&
    // What somebody else wrote down is no repeat of one's own word, and may still wait for its confirmation.
    decision.written === undefined &&
    decision.choice === command.choice &&
    decision.core === command.core &&
    decision.cover === command.cover &&
    decision.confidant === command.confidant &&
    decision.askAgain === command.askAgain &&
    canonicalText(decision.conditions) === canonicalText(command.conditions)
  );
}
