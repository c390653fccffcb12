// Data processes, one of them started ahead: it waits until an operation needs it, serves that one alone, and ends with it.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';

/** V8's share of what a data process may take. */
export const NODE_HEAP_MB = 768;

/**
 * Under jest this file is TypeScript and so is the child's, which Node 24 runs by stripping its types; built, both are
 * JavaScript. That is why the child is one file with package imports and type imports only.
 */
const CHILD = path.join(__dirname, `child${path.extname(__filename)}`);

let isKept = false;
let ready: ChildProcess | null = null;

/** From now on this process keeps one ready: a worker, whose operations would each wait for it otherwise. */
export function keepReady(): void {
  isKept = true;
  prepare();
}

/** A process that has served nobody: the one that is ready, or a fresh one. It knows no directory yet. */
export function takeProcess(): ChildProcess {
  const taken = ready ?? start();
  ready = null;
  taken.ref();
  taken.channel?.ref();
  // The next one starts when this one has ended: until then the machine has better things to do.
  taken.once('close', () => prepare());
  return taken;
}

function prepare(): void {
  if (!isKept || ready) return;
  const started = start();
  ready = started;
  // Nobody waits for it; it ends with this process. One that died is missed by nobody but the next operation, which starts its own.
  started.unref();
  started.channel?.unref();
  const forget = () => {
    if (ready === started) ready = null;
  };
  started.once('error', forget);
  started.once('exit', forget);
}

/** No environment is passed on: what the process never knew it cannot give away. */
function start(): ChildProcess {
  return spawn(process.execPath, [`--max-old-space-size=${NODE_HEAP_MB}`, '--no-warnings', CHILD], {
    cwd: '/',
    env: { TZ: 'UTC', LANG: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
}
