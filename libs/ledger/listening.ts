// Hears that the outbox has rows: one connection of its own, made anew when it breaks; whoever listens also polls.
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { OUTBOX_CHANNEL } from './notify';

const REST_MS = 1000;

/**
 * Calls `onHint` for each hint, and once after each connection, since hints may have been missed. Rejects when the first
 * connection cannot be made; later ones are tried for as long as it takes, `restMs` apart. Gives what ends it.
 */
export async function listen(
  url: string,
  onHint: () => void,
  restMs = REST_MS,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let client: Client | undefined;
  let broken: Promise<unknown> = Promise.resolve();

  const connect = async (): Promise<void> => {
    const next = new Client({ connectionString: url });
    next.on('notification', onHint);
    next.on('error', () => undefined);
    broken = new Promise((resolve) => next.once('end', resolve));
    client = next;
    await next.connect();
    await next.query(`listen ${OUTBOX_CHANNEL}`);
    onHint();
  };
  // One attempt after another: a refused connection both rejects and ends, and an attempt for each would double them every time.
  const keepUp = async (): Promise<void> => {
    for (;;) {
      await broken;
      await pause(restMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await connect().catch(() => client?.end());
    }
  };

  await connect();
  const keeping = keepUp();
  return async () => {
    stopping.abort();
    await client?.end();
    await keeping;
  };
}
