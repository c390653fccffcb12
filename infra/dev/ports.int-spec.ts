// The launcher's ports, against ports that really are taken.
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { awaitPorts, choosePorts, isFree, portsFrom, PortsBusyError } from './ports';

const taken: Server[] = [];

function take(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      taken.push(server);
      resolve();
    });
  });
}

/** A base whose ports are all free now, far from the usual ones. */
async function freeBase(): Promise<number> {
  for (let base = 23_100; base < 30_000; base += 100) {
    const free = await Promise.all(Object.values(portsFrom(base)).map(isFree));
    if (free.every(Boolean)) return base;
  }
  throw new Error('This machine has no block of free ports');
}

afterEach(async () => {
  await Promise.all(taken.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

it('takes the base that was asked for', async () => {
  const base = await freeBase();
  expect(await choosePorts(base, undefined)).toEqual(portsFrom(base));
});

it('refuses an asked-for base with a busy port, and says which port, for what, and what to do', async () => {
  const base = await freeBase();
  await take(base + 1);
  const choice = choosePorts(base, undefined);
  await expect(choice).rejects.toThrow(PortsBusyError);
  await expect(choice).rejects.toThrow(`${base + 1} (for portal)`);
  await expect(choice).rejects.toThrow('choose another base');
});

it('takes the ports of the last launch again, since links in mails lead there', async () => {
  const base = await freeBase();
  expect(await choosePorts(undefined, base)).toEqual(portsFrom(base));
});

it('chooses others when those are taken and none were asked for', async () => {
  const base = await freeBase();
  await take(base + 5);
  const chosen = await choosePorts(undefined, base);
  expect(chosen.api).not.toBe(base);
  expect(await Promise.all(Object.values(chosen).map(isFree))).not.toContain(false);
});

it('are waited for where their last holder is on its way out, and given up where it stays', async () => {
  const base = await freeBase();
  await take(base + 7);
  let isOver = false;
  const waiting = awaitPorts(base).then(() => (isOver = true));
  await isFree(base);
  expect(isOver).toBe(false);
  taken.pop()?.close();
  await waiting;
  expect(await choosePorts(undefined, base)).toEqual(portsFrom(base));
  await take(base + 7);
  await awaitPorts(base, 100);
  expect((await choosePorts(undefined, base)).api).not.toBe(base);
});
