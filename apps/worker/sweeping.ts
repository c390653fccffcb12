// Clears away, now and then, what nothing needs any more: plain text and unfinished files, objects nobody named, leases long over.
import type { Logger } from 'pino';
import type { Ledger } from '#libs/ledger';
import type { Vault } from '#libs/vault';

/** Nothing waits for it; what it clears away is at least hours old. */
const EVERY_MS = 60 * 60 * 1000;

export interface Swept {
  vault: Pick<Vault, 'sweep' | 'sweepUnnamed'>;
  ledger: Pick<Ledger, 'unnamedObjects' | 'pruneLeases'>;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** One pass. While the log is wrong, or the database away, what needs it is left for the next. */
export async function sweepOnce({ vault, ledger, log }: Swept): Promise<void> {
  const passes: [string, () => Promise<number>][] = [
    ['plain text and unfinished files that a crash had left', async () => (await vault.sweep()).removed],
    [
      'sealed objects that no entry names',
      async () => (await vault.sweepUnnamed((objects) => ledger.unnamedObjects(objects))).removed,
    ],
    ['leases that were over', () => ledger.pruneLeases()],
  ];
  for (const [what, pass] of passes)
    try {
      const removed = await pass();
      if (removed > 0) log.info({ removed }, `removed ${what}`);
    } catch (error) {
      const fault = error instanceof Error ? error.name : typeof error;
      log.warn({ fault }, `could not look for ${what}; the next pass tries again`);
    }
}

/** Sweeps at once, before anything else is done, and every hour; the answer stops it. */
export async function keepSwept(swept: Swept): Promise<() => void> {
  await sweepOnce(swept);
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(() => sweepOnce(swept));
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}
