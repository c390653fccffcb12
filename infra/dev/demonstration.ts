// Runs the demonstration before the newcomer's eyes, and notices when it has come to wait for them.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { ENDED_WELL, endOf } from './running';
import type { Settings } from './settings';

export interface Demonstration {
  /** `waiting`: all went well, and it now waits for the newcomer's own sign-off; it goes on by itself then. */
  readonly outcome: 'done' | 'waiting';
  /** How the program ended, whenever that is. */
  readonly ended: Promise<string>;
  stop(): void;
}

/**
 * Starts the program and resolves when it ends well, or sends `{ waiting: true }` over its channel to this process.
 * It prints for itself, straight to the terminal.
 */
export async function runDemonstration(
  script: string,
  args: readonly string[],
  settings: Settings,
  onSpawn: (pid: number) => void,
): Promise<Demonstration> {
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  if (child.pid) onSpawn(child.pid);
  const ended = endOf(child);
  const outcome = await Promise.race([waiting(child), done(ended)]);
  return { outcome, ended, stop: () => void child.kill('SIGTERM') };
}

function waiting(child: ChildProcess): Promise<'waiting'> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if ((message as { waiting?: unknown }).waiting === true) resolve('waiting');
    });
  });
}

async function done(ended: Promise<string>): Promise<'done'> {
  const how = await ended;
  if (how === ENDED_WELL) return 'done';
  throw new Error(
    `The demonstration did not come to its end (${how}). What it did is kept: the next \`npm start\` goes on from there, ` +
      'or begins anew with --reset. What each process had to say is in .parley/logs.',
  );
}
