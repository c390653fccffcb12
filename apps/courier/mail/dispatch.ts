// Turns pending mail rows of the outbox into jobs: what is taken together is one, and a row taken again stays with its job.
import type { Outbox } from '#libs/ledger';
import type { MailQueue } from './queue';

/** One pass; true when there may be more. */
export async function dispatchMail(outbox: Outbox, queue: MailQueue, atOnce: number): Promise<boolean> {
  const rows = await outbox.pending('mail', atOnce);
  const jobs = Map.groupBy(rows, ({ job }) => job ?? '');
  await Promise.all(
    [...jobs].map(([id, mails]) =>
      queue.add({ id, outbox: mails.map((row) => row.id), urgent: mails.some(({ urgent }) => urgent) }),
    ),
  );
  // Rows that come back have a job that is still being tried: ask for them ever more rarely.
  await Promise.all(
    rows.filter(({ attempts }) => attempts > 1).map(({ id }) => outbox.failed(id, 'still being tried')),
  );
  return rows.length === atOnce;
}
