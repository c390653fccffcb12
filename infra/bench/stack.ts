// The real parts a measurement runs on: a durable Postgres (fsync on), Temporal, a mail sink, and Parley's own processes.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addLogKey } from '#libs/ledger';
import { createRoles } from '../dev/roles';
import { startServer } from '../dev/node-process';
import { anyFreePort } from '../dev/ports';
import { startPostgres } from '../dev/postgres';
import { removePostgresHome } from '../dev/postgres-home';
import { startTemporal } from '../dev/temporal';
import type { Running } from '../dev/running';
import { temporalBinary } from '../temporal/binary';

const DIST = path.resolve(__dirname, '..', '..');

type Stop = () => unknown;

export class Stack {
  private readonly servers: Stop[] = [];
  private readonly processes = new Map<string, Running>();
  readonly dir = mkdtempSync(path.join(tmpdir(), 'parley-bench-'));

  /** Starts Postgres and sets what `libs/testing` reads; every database made there is durable. */
  async withPostgres(): Promise<this> {
    const postgres = path.join(this.dir, 'postgres');
    const server = await startPostgres({
      dir: postgres,
      port: await anyFreePort(),
      logFile: this.log('postgres'),
    });
    this.servers.push(
      () => removePostgresHome(postgres),
      () => server.stop(),
    );
    const roles = await createRoles(server.superuserUrl, {
      database: 'parley',
      secretsFile: path.join(this.dir, 'secrets.json'),
    });
    process.env.PARLEY_TEST_PG = server.superuserUrl;
    process.env.PARLEY_TEST_ROLES = JSON.stringify(roles);
    return this;
  }

  /** A directory with a key of its own for the courier's log. */
  async logKeys(): Promise<string> {
    const directory = mkdtempSync(path.join(this.dir, 'log-'));
    await addLogKey(directory, 'bench.example/log');
    return directory;
  }

  /** `isInMemory`: for what takes tens of thousands of workflows and does not measure Temporal’s disk. */
  async withTemporal(isInMemory = false): Promise<string> {
    const binary = await temporalBinary(console.log);
    const server = await startTemporal({
      binary,
      ...(isInMemory ? {} : { dbFile: path.join(this.dir, 'temporal.db') }),
      port: await anyFreePort(),
      logFile: this.log('temporal'),
    });
    this.servers.push(() => server.stop());
    return server.address;
  }

  /** One of Parley's processes, or a peer, from what was built; resolves when it is ready. */
  async start(name: string, script: string, environment: Record<string, string>): Promise<string> {
    const port = await anyFreePort();
    const url = `http://127.0.0.1:${port}`;
    const shared = { PARLEY_ENV: 'development', LOG_LEVEL: 'warn', PORT: String(port), ...this.folders() };
    const server = await startServer(
      {
        name,
        script: path.join(DIST, script),
        environment: { ...shared, ...environment },
        logFile: this.log(name),
        url,
      },
      () => undefined,
    );
    this.processes.set(name, server);
    return url;
  }

  /** The process started under this name. */
  pid(name: string): number {
    const found = this.processes.get(name);
    if (found === undefined) throw new Error(`no process ${name} was started`);
    return found.pid;
  }

  async stopOne(name: string): Promise<void> {
    await this.processes.get(name)?.stop();
    this.processes.delete(name);
  }

  private folders(): Record<string, string> {
    const folders = { KEY_STORE_DIR: 'keys', VAULT_DIR: 'vault', SCRATCH_DIR: 'scratch' };
    return Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, this.folder(folder)]));
  }

  /** A folder of the installation, made where it is missing. */
  folder(name: string): string {
    const place = path.join(this.dir, name);
    mkdirSync(place, { recursive: true, mode: 0o700 });
    return place;
  }

  log(name: string): string {
    return path.join(this.dir, `${name}.log`);
  }

  async stopProcesses(): Promise<void> {
    for (const name of [...this.processes.keys()].reverse()) await this.stopOne(name);
  }

  async stop(): Promise<void> {
    await this.stopProcesses();
    for (const stop of this.servers.reverse()) await stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
