// Two launchers in one checkout: the second is told of the first, unless the first is dead.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { takeLock } from './lock';
import { endProcess, identify } from './processes';

const dir = mkdtempSync(path.join(tmpdir(), 'parley-lock-'));
const file = path.join(dir, 'launcher.json');
afterAll(() => rmSync(dir, { recursive: true }));

it('is refused while another launcher runs, and names its process', async () => {
  const release = await takeLock(file);
  await expect(takeLock(file)).rejects.toThrow(`already running from this checkout (process ${process.pid})`);
  release();
  (await takeLock(file))();
});

it('is taken over from a launcher that was killed', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const launcher = identify(other.pid ?? 0);
  writeFileSync(file, JSON.stringify({ launcher, startedBy: [] }));
  await endProcess(other.pid ?? 0, 'SIGKILL', 5_000);
  (await takeLock(file))();
});
