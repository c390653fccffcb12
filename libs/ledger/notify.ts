// Tells the courier that the outbox has rows: on its own, after the commit, since NOTIFY inside a command would serialise all commits.
import type { DataSource } from 'typeorm';

export const OUTBOX_CHANNEL = 'parley_outbox';

/** A hint lost in a crash changes nothing, so its commit waits for no disk. */
const HINT = `select set_config('synchronous_commit', 'off', true), pg_notify($1, '')`;

/** A function to call after each commit. Hints that come while one is being sent are sent as one. */
export function notifyAfterCommit(dataSource: DataSource): () => void {
  let isSending = false;
  let isWanted = false;

  const send = async (): Promise<void> => {
    isSending = true;
    while (isWanted && dataSource.isInitialized) {
      isWanted = false;
      // A lost hint changes nothing: the relay polls too.
      await dataSource.query(HINT, [OUTBOX_CHANNEL]).catch(() => undefined);
    }
    isSending = false;
  };

  return () => {
    isWanted = true;
    if (!isSending) void send();
  };
}
