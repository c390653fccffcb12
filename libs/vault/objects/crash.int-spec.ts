// Processes killed and disks filled at any moment: what is visible is complete, and the rest is swept.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openKeyStore } from '../keys/key-store';
import { fromSource } from '../testing/from-source';
import { sweepIncoming } from './object-store';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'parley-crash-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const at = (name: string) => path.join(root, name);
const command = () => fromSource('crashing.ts', at('vault'), at('keys'));
const objects = () =>
  readdirSync(at('vault/deposits'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && path.basename(entry.parentPath) !== 'incoming')
    .map((entry) => path.join(entry.parentPath, entry.name));

/** Starts a writer and kills it without warning, some time after it began to write. */
async function killedAfter(ms: number): Promise<void> {
  const [node = '', ...args] = command();
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  setTimeout(() => child.kill('SIGKILL'), ms);
  await new Promise((resolve) => child.once('close', resolve));
}

function expectOnlyWholeObjects(): void {
  for (const file of objects()) {
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect(path.basename(file)).toBe(`deposit-${digest}`);
  }
}

describe('a vault whose writers are killed', () => {
  it('I11: shows whole objects and whole keys only, and sweeps the rest', async () => {
    for (let round = 0; round < 12; round += 1) await killedAfter(5 + ((round * 37) % 90));
    expect(objects().length).toBeGreaterThan(0);
    expectOnlyWholeObjects();
    for (const name of readdirSync(at('keys'))) {
      const { size } = statSync(path.join(at('keys'), name));
      if (name.startsWith('deposit.')) JSON.parse(readFileSync(path.join(at('keys'), name), 'utf8'));
      else if (name.endsWith('.key')) expect(size).toBe(32);
    }
    const incoming = at('vault/deposits/incoming');
    const before = readdirSync(incoming);
    expect(await sweepIncoming(at('vault'))).toBe(0);
    for (const name of before) utimesSync(path.join(incoming, name), 0, 0);
    expect(await sweepIncoming(at('vault'))).toBe(before.length);
    expect(readdirSync(incoming)).toEqual([]);
    await openKeyStore(at('keys'));
  }, 60_000);
});

describe('a disk that is full', () => {
  it('I11: leaves nothing half published, and says so in words', () => {
    const limited = ['-c', 'ulimit -f 200; exec "$@"', 'limited', ...command()];
    const { stdout, status } = spawnSync('/bin/sh', limited, { encoding: 'utf8' });
    expect(stdout).toBe(
      'ready\nThere is no room left in the vault. Nothing was kept of what was being written; free some space and try again.\n',
    );
    expect(status).toBe(3);
    expect(readdirSync(at('vault/deposits/incoming'))).toEqual([]);
    expect(readdirSync(at('vault/deposits'))).toEqual(['incoming']);
  });
});
