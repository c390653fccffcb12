// Where a preparation lies until it is put in place: beside its output, for this user only, and gone also when it is interrupted.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

export interface Unfinished {
  readonly directory: string;
  readonly discard: () => Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What `kill -9` leaves is called `<output>.unfinished-…`, and is the holder's to remove. */
export async function unfinished(output: string): Promise<Unfinished> {
  const directory = await mkdtemp(`${path.resolve(output)}.unfinished-`);
  const interrupted = (signal: (typeof SIGNALS)[number]) => {
    rmSync(directory, { recursive: true, force: true });
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  return {
    directory,
    async discard() {
      for (const signal of SIGNALS) process.off(signal, interrupted);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
