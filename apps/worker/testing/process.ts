// The worker as a process of the operating system, from sources, so that a test can kill it as a power cut would.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { leaveRoom } from '#libs/testing';
import type { Engine } from './engine';

const ROOT = path.join(__dirname, '../../..');
const FROM_SOURCE = path.join(ROOT, 'activities/analyses/compute/from-source.cjs');

export class WorkerProcess {
  private child: ChildProcess | null = null;
  private port = 0;
  private said = '';

  constructor(private readonly engine: Engine) {}

  /** `over`: what this process is told otherwise than the engine has it. */
  async start(over: Record<string, string> = {}): Promise<void> {
    this.port = await freePort();
    const { engine } = this;
    const env = {
      PATH: process.env['PATH'],
      PARLEY_ENV: 'test',
      LOG_LEVEL: 'warn',
      PORT: String(this.port),
      WORKER_QUEUES: 'default,analysis',
      DATABASE_URL: engine.setting.db.urls.WORKER,
      TEMPORAL_ADDRESS: engine.address,
      TEMPORAL_NAMESPACE: engine.namespace,
      VAULT_DIR: `${engine.directory}/vault`,
      KEY_STORE_DIR: `${engine.directory}/keys`,
      SCRATCH_DIR: `${engine.directory}/scratch`,
      ...over,
    };
    const args = [
      '--conditions=parley-source',
      '--require',
      FROM_SOURCE,
      path.join(ROOT, 'apps/worker/main.ts'),
    ];
    this.child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const note = (text: Buffer) => (this.said = `${this.said}${String(text)}`.slice(-4_000));
    this.child.stdout?.on('data', note);
    this.child.stderr?.on('data', note);
  }

  /** Asks `/readyz` until it says yes. */
  async ready(): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => null);
      if (answer?.ok) return;
      if (this.child?.exitCode !== null)
        throw new Error(`The worker ended by itself. It said:\n${this.said}`);
      await pause(100);
    }
    throw new Error(`The worker did not get ready. It said:\n${this.said}`);
  }

  /** What `/readyz` says is missing, as soon as it says anything. */
  async missing(): Promise<string[]> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => null);
      if (answer) return ((await answer.json()) as { missing?: string[] }).missing ?? [];
      await pause(100);
    }
    throw new Error(`The worker answered nothing. It said:\n${this.said}`);
  }

  /** Stops the process that computes a run for this worker, once there is one: the run goes on for as long as it stands still. */
  async freezeComputing(): Promise<number> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      const found = childrenOf(this.child?.pid ?? -1).find((pid) => told(pid, 'cmdline').includes(COMPUTING));
      if (found !== undefined) {
        process.kill(found, 'SIGSTOP');
        return found;
      }
      await pause(5);
    }
    throw new Error(`No run was computed. The worker said:\n${this.said}`);
  }

  /** Fills the disk for this worker and the process that waits to work for it: no file may grow beyond so many bytes; null makes room again. */
  leaveRoom(bytes: number | null): void {
    const worker = this.child?.pid ?? -1;
    for (const pid of [worker, ...childrenOf(worker)]) leaveRoom(pid, bytes);
  }

  /** Resolves once the worker has logged this. */
  async says(words: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!this.said.includes(words)) {
      if (Date.now() > deadline) throw new Error(`The worker did not say "${words}", but:\n${this.said}`);
      await pause(20);
    }
  }

  /** Without warning, as a power cut; resolves when the process is gone. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** In order, as a supervisor would; returns the exit code. */
  async stop(): Promise<number | null> {
    await this.end('SIGTERM');
    return this.child?.exitCode ?? null;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  }
}

const COMPUTING = path.join('analyses', 'compute', 'child');

/** What the system tells of a process under this name; empty when it is gone. */
function told(pid: number, name: 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** The fields of `stat` behind the command's name in brackets, which may hold anything: state, parent, … */
const statOf = (pid: number): string[] => {
  const stat = told(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)[1] === String(parent));

/** R, S, T (stopped), Z (dead, not yet buried); empty when it is gone. */
export const stateOf = (pid: number): string => statOf(pid)[0] ?? '';

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
