// The portal as a process of the operating system, from sources, so that a test can take its disk away.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { leaveRoom } from '#libs/testing';
import { anyFreePort } from '../../../infra/dev/ports';

const ROOT = path.join(__dirname, '../../..');
const FROM_SOURCE = path.join(ROOT, 'activities/analyses/compute/from-source.cjs');
const READY_MS = 60_000;

export interface PortalProcess {
  readonly url: string;
  /** No file of it may grow beyond so many bytes; null makes room again. */
  leaveRoom(bytes: number | null): void;
  close(): Promise<void>;
}

/** A portal for the portal role's connection string over this folder of files. */
export async function aPortalProcess(databaseUrl: string, vaultDir: string): Promise<PortalProcess> {
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...{ PATH: process.env['PATH'], PARLEY_ENV: 'test', LOG_LEVEL: 'warn', PORT: String(port) },
    ...{ DATABASE_URL: databaseUrl, PORTAL_URL: url, API_URL: 'http://127.0.0.1:1', VAULT_DIR: vaultDir },
  };
  const args = [
    '--conditions=parley-source',
    '--require',
    FROM_SOURCE,
    path.join(ROOT, 'apps/portal/main.ts'),
  ];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (const deadline = Date.now() + READY_MS; ; await pause(50)) {
    if ((await fetch(`${url}/readyz`).catch(() => null))?.ok) break;
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The portal is not there. It said:\n${said}`);
  }
  const close = () => {
    child.kill('SIGTERM');
    return gone;
  };
  return { url, leaveRoom: (bytes) => leaveRoom(child.pid ?? -1, bytes), close };
}
