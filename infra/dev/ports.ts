// Chooses the TCP ports of a launch: the ones asked for, or else the usual ones, or else the next that are free.
import { createServer } from 'node:net';
import { until } from './waiting';

/** How far each service's port lies from the base port. */
export const PORT_OFFSETS = {
  api: 0,
  portal: 1,
  worker: 2,
  analysis: 3,
  courier: 4,
  inbox: 5,
  smtp: 6,
  postgres: 7,
  temporal: 8,
  temporalUi: 9,
  signIn: 10,
} as const;

export type Service = keyof typeof PORT_OFFSETS;
export type Ports = Readonly<Record<Service, number>>;

export const USUAL_BASE = 4100;
const STEP = 100;
const TRIES = 50;
const ON_THE_WAY_OUT_MS = 10_000;

/** Someone asked for ports that are taken; the message says which, and what to do. */
export class PortsBusyError extends Error {
  override readonly name = 'PortsBusyError';
}

const services = Object.keys(PORT_OFFSETS) as Service[];

/** Every service's port, counted from `base`. */
export function portsFrom(base: number): Ports {
  return Object.fromEntries(services.map((name) => [name, base + PORT_OFFSETS[name]])) as Record<
    Service,
    number
  >;
}

/**
 * The ports for a launch. An asked-for base is taken or refused. Without one, those of the last launch are taken, since
 * links in mails lead there; else the first free block from the usual base on, so that a second checkout runs too.
 * @throws PortsBusyError
 */
export async function choosePorts(
  askedBase: number | undefined,
  lastBase: number | undefined,
): Promise<Ports> {
  if (askedBase !== undefined) return refuseBusy(askedBase);
  const usual = Array.from({ length: TRIES }, (_, index) => USUAL_BASE + STEP * index);
  for (const base of lastBase === undefined ? usual : [lastBase, ...usual]) {
    const ports = portsFrom(base);
    if ((await busyAmong(ports)).length === 0) return ports;
  }
  const last = usual.at(-1) ?? USUAL_BASE;
  throw new PortsBusyError(
    `No free block of ${services.length} ports between ${USUAL_BASE} and ${last}. Try --ports <base>.`,
  );
}

/**
 * Waits a while for the ports of a launch that was cut off, and resolves either way: a process of several threads counts as
 * ended a moment before the last of them lets its ports go.
 */
export async function awaitPorts(base: number, deadlineMs = ON_THE_WAY_OUT_MS): Promise<void> {
  const look = async () => {
    const busy = await busyAmong(portsFrom(base));
    if (busy.length > 0) throw new Error(`busy: ${busy.join(', ')}`);
  };
  await until(look, { what: `the ports from ${base} on`, deadlineMs }).catch(() => undefined);
}

async function refuseBusy(base: number): Promise<Ports> {
  const ports = portsFrom(base);
  const busy = await busyAmong(ports);
  if (busy.length === 0) return ports;
  const list = busy.map((name) => `${ports[name]} (for ${name})`).join(', ');
  throw new PortsBusyError(
    `Busy: ${list}. Parley takes ${services.length} ports from the base on; stop what uses them ` +
      `(\`lsof -i :${ports[busy[0] ?? 'api']}\` names it), choose another base, or leave out --ports to have one chosen.`,
  );
}

async function busyAmong(ports: Ports): Promise<Service[]> {
  const checks = await Promise.all(services.map(async (name) => ((await isFree(ports[name])) ? [] : [name])));
  return checks.flat();
}

/** Whether this process could listen on `port` of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Below those that the system gives to outgoing connections, which could take one between being found free and being used. */
const QUIET = { first: 10_000, count: 10_000 };

/** A port that was free a moment ago, anywhere; another one each time. */
export async function anyFreePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = QUIET.first + Math.floor(Math.random() * QUIET.count);
    if (await isFree(port)) return port;
  }
  throw new Error(`This machine gave no free port on 127.0.0.1 from ${QUIET.first} on`);
}
