// What the launcher runs is kept running, can be found again after a kill -9 of the launcher, and stops in order.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer } from './node-process';
import { anyFreePort } from './ports';
import { endProcess, isAlive } from './processes';
import type { Running } from './running';
import { RunRecord } from './state';
import { Supervisor } from './supervisor';
import type { Service } from './supervisor';
import { until } from './waiting';

jest.setTimeout(60_000);

const dir = mkdtempSync(path.join(tmpdir(), 'parley-supervisor-'));
const script = path.join(dir, 'server.cjs');
const runFile = path.join(dir, 'run.json');
writeFileSync(
  script,
  `const { PORT, READY } = process.env;
   require('node:http').createServer((_, answer) => {
     answer.writeHead(READY === 'no' ? 503 : 200);
     answer.end('{"missing":["database"]}');
   }).listen(PORT, '127.0.0.1');
   process.on('SIGTERM', () => { console.log('ended'); process.exit(0); });`,
);

let lines: string[] = [];
let supervisor: Supervisor;

beforeEach(() => {
  lines = [];
  supervisor = new Supervisor(new RunRecord(runFile), (line) => lines.push(line));
});
afterEach(() => supervisor.stopAll([]));
afterAll(() => rmSync(dir, { recursive: true }));

async function service(name: string, environment: Record<string, string> = {}): Promise<Service> {
  const port = await anyFreePort();
  const server = {
    ...{ name, script, logFile: path.join(dir, `${name}.log`), url: `http://127.0.0.1:${port}` },
    environment: { PORT: String(port), ...environment },
  };
  return { name, start: (onSpawn) => startServer(server, onSpawn) };
}

const pidOf = (name: string) => RunRecord.leftBehind(runFile).find(([found]) => found === name)?.[1].pid;

it('starts again what was killed, and says so', async () => {
  const { pid } = await supervisor.start(await service('worker'));
  process.kill(pid, 'SIGKILL');
  await until(
    async () => {
      if (!lines.includes('  ✓ worker is running again')) throw new Error(lines.join('\n'));
      await Promise.resolve();
    },
    { what: 'the restart', deadlineMs: 20_000 },
  );
  expect(lines[0]).toBe('  ! worker ended (killed by SIGKILL); starting it again');
  expect(pidOf('worker')).not.toBe(pid);
});

it('leaves a record by which the next launcher finds and ends what a killed one left', async () => {
  const running = await supervisor.start(await service('api'));
  expect(RunRecord.leftBehind(runFile)).toEqual([['api', expect.objectContaining({ pid: running.pid })]]);
  expect(await endProcess(running.pid, 'SIGTERM', 5_000)).toBe(true);
  expect(isAlive(running.pid)).toBe(false);
});

it('takes no process for its own that got the number of a dead one', () => {
  const record = { children: { worker: { pid: process.pid, startedAt: 'another time' } } };
  const file = path.join(dir, 'old-run.json');
  writeFileSync(file, JSON.stringify(record));
  expect(RunRecord.leftBehind(file)).toEqual([]);
});

it('stops group by group, in the order given', async () => {
  const stopped: string[] = [];
  const noting = (inner: Service): Service => ({
    ...inner,
    start: async (onSpawn) => {
      const running: Running = await inner.start(onSpawn);
      return { ...running, stop: () => running.stop().then(() => void stopped.push(inner.name)) };
    },
  });
  for (const name of ['postgres', 'api', 'inbox']) await supervisor.start(noting(await service(name)));
  await supervisor.stopAll([['api'], ['inbox'], ['postgres']]);
  expect(stopped).toEqual(['api', 'inbox', 'postgres']);
  expect(lines).toEqual([]);
});

it('ends what is just starting instead of waiting for it', async () => {
  const start = supervisor.start(await service('worker', { READY: 'no' }));
  const ended = expect(start).rejects.toThrow('worker did not start: it ended');
  const pid = pidOf('worker') ?? 0;
  expect(isAlive(pid)).toBe(true);
  await supervisor.stopAll([]);
  await ended;
  expect(isAlive(pid)).toBe(false);
});

it('says what a process that does not come up said itself', async () => {
  const broken = path.join(dir, 'broken.cjs');
  writeFileSync(broken, `console.error('DATABASE_URL is not set'); process.exit(3);`);
  const start = startServer(
    {
      name: 'api',
      script: broken,
      environment: {},
      logFile: path.join(dir, 'broken.log'),
      url: 'http://127.0.0.1:1',
    },
    () => undefined,
  );
  await expect(start).rejects.toThrow(/api did not start: it ended: exit code 3\nDATABASE_URL is not set/);
});
