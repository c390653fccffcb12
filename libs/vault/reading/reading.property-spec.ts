// Leases and scratch directories: work ends with its lease, and plain text with its process.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runLeased } from './lease';
import { sweepScratch, withScratch } from './scratch';

/** Work that lasts until it is told to stop. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

describe('a leased run', () => {
  it('renews while it works and returns what the work gives', async () => {
    let renewals = 0;
    let finish: (value: string) => void = () => undefined;
    const lease = {
      lengthMs: 5000,
      renew: () => {
        renewals += 1;
        if (renewals === 3) finish('done');
        return Promise.resolve(true);
      },
    };
    const work = () => new Promise<string>((resolve) => (finish = resolve));
    expect(await runLeased(lease, work, { everyMs: 5 })).toBe('done');
    expect(renewals).toBe(3);
  });

  it('ends as soon as a renewal is refused, and says so once', async () => {
    const told: string[] = [];
    const refused = { lengthMs: 60_000, renew: () => Promise.resolve(false) };
    const run = runLeased(refused, untilAborted, { everyMs: 5, onRevoked: ({ code }) => told.push(code) });
    await expect(run).rejects.toThrow(
      'The permit is no longer live, so the reading was ended and nothing of it is kept.',
    );
    expect(told).toEqual(['LEASE_LOST']);
  });

  it.each([
    ['every renewal fails', () => Promise.reject(new Error('no database'))],
    ['an answer never comes', () => new Promise<boolean>(() => undefined)],
  ])('ends before the lease does when %s', async (_case, renew) => {
    const began = performance.now();
    const run = runLeased({ lengthMs: 700, renew }, untilAborted, { everyMs: 20 });
    await expect(run).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(performance.now() - began).toBeLessThan(700);
  });

  it('drops a result that ignored its signal and came too late', async () => {
    const late = () => new Promise<string>((resolve) => setTimeout(() => resolve('too late'), 50));
    const run = runLeased({ lengthMs: 60_000, renew: () => Promise.resolve(false) }, late, { everyMs: 5 });
    await expect(run).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });

  it('does not begin without a lease that still holds, or when it was cancelled before', async () => {
    const lease = { lengthMs: 1000, since: performance.now() - 2000, renew: () => Promise.resolve(true) };
    await expect(runLeased(lease, untilAborted)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    const cancelled = runLeased({ ...lease, lengthMs: 60_000 }, untilAborted, {
      signal: AbortSignal.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('passes on the error of the work itself', async () => {
    const lease = { lengthMs: 5000, renew: () => Promise.resolve(true) };
    await expect(runLeased(lease, () => Promise.reject(new Error('own')))).rejects.toThrow('own');
  });
});

describe('a scratch directory', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'parley-scratch-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("is this user's only, and gone when the work is over or fails", async () => {
    let seen = '';
    const work = withScratch(root, (directory) => {
      seen = directory;
      expect(statSync(directory).mode & 0o777).toBe(0o700);
      writeFileSync(path.join(directory, 'plain.csv'), 'secret');
      return Promise.reject(new Error('failed'));
    });
    await expect(work).rejects.toThrow('failed');
    expect(seen).not.toBe('');
    expect(existsSync(seen)).toBe(false);
  });

  it('says that the disk is full in words', async () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    await expect(withScratch(root, () => Promise.reject(full))).rejects.toThrow(
      'There is no room left in the private working directory. Nothing was kept of what was being written; free some space and try again.',
    );
  });

  it('is swept at start when its process is gone, also when another has its number', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(path.join(root, `${gone}-12345-abc`));
    mkdirSync(path.join(root, `${process.pid}-1-abc`));
    mkdirSync(path.join(root, 'something else'));
    await withScratch(root, async () => {
      expect(await sweepScratch(root)).toBe(3);
      expect(readdirSync(root)).toHaveLength(1);
    });
    expect(readdirSync(root)).toEqual([]);
  });
});
