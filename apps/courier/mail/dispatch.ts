// Turns pending mail rows of the outbox into jobs; a row already turned into one is the same job.
import type { Outbox } from '#libs/ledger';
import type { MailQueue } from './queue';

const AT_ONCE = 200;

/** One pass; true when there may be more. */
export async function dispatchMail(outbox: Outbox, queue: MailQueue): Promise<boolean> {
  const rows = await outbox.pending('mail', AT_ONCE);
  if (rows.length > 0) await queue.add(rows);
  // Rows that come back have a job that is still being tried: ask for them ever more rarely.
  await Promise.all(
    rows.filter(({ attempts }) => attempts > 1).map(({ id }) => outbox.failed(id, 'still being tried')),
  );
  return rows.length === AT_ONCE;
}
