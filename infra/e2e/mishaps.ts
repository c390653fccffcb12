// Mishaps on purpose: processes killed at moments that a seed decides, a demonstration broken off, a process frozen.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Report } from '../demo/report';
import { parentOf } from '../dev/processes';
import type { Product } from './product';

/** A small generator of numbers from 0 to 1 (mulberry32): the same seed gives the same moments. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Blow {
  readonly victim: string;
  readonly signal: NodeJS.Signals;
  readonly afterMs: number;
}

const FIRST_STEP = 11;
const LAST_STEP = 37;
const LONGEST_DELAY_MS = 600;

/** A demonstration during which processes are killed, a moment after it has begun certain steps; a seed decides all of it. */
export class Killing extends Report {
  /** What was killed, in order. */
  readonly killed: string[] = [];
  private readonly blows = new Map<number, Blow>();
  private begun = 0;

  constructor(
    private readonly product: Product,
    { seed, victims, times }: { seed: number; victims: readonly string[]; times: number },
  ) {
    super(() => undefined);
    const random = seeded(seed);
    const step = () => FIRST_STEP + Math.floor(random() * (LAST_STEP - FIRST_STEP));
    const strike = (victim: string, signal: NodeJS.Signals) => {
      let at = step();
      while (this.blows.has(at)) at = step();
      this.blows.set(at, { victim, signal, afterMs: random() * LONGEST_DELAY_MS });
    };
    strike('postgres', 'SIGINT');
    for (let n = 0; n < times; n += 1)
      strike(victims[Math.floor(random() * victims.length)] ?? '', 'SIGKILL');
  }

  override async step<T>(does: string, why: string, work: () => Promise<T>): Promise<T> {
    this.begun += 1;
    const blow = this.blows.get(this.begun);
    const struck = blow && this.strike(blow);
    const value = await super.step(does, why, work);
    await struck;
    return value;
  }

  private async strike({ victim, signal, afterMs }: Blow): Promise<void> {
    await pause(afterMs);
    // One that is not running just now has been killed before; starting again is what it is about then.
    if (this.product.signal(victim, signal)) this.killed.push(victim);
  }
}

/** Thrown by {@link BreakingOff} in the middle of things. */
export class BrokenOff extends Error {}

/** A report whose demonstration is broken off before the step that does this. */
export class BreakingOff extends Report {
  constructor(private readonly before: string) {
    super(() => undefined);
  }

  override step<T>(does: string, why: string, work: () => Promise<T>): Promise<T> {
    if (does.endsWith(this.before)) throw new BrokenOff(does);
    return super.step(does, why, work);
  }
}

/** The processes that a process has started, directly or through others. */
export function descendantsOf(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = all.map(Number).filter((each) => parentOf(each) === pid);
  return [...children, ...children.flatMap(descendantsOf)];
}

/** The command line of a process; empty when it is gone. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** What the operating system says of a process: R, S, T (stopped), Z (dead, not yet buried); undefined when it is gone. */
export function stateOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0];
  } catch {
    return undefined;
  }
}
