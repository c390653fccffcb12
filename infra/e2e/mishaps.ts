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

export interface Killing {
  /** What was killed, in order. */
  readonly killed: readonly string[];
  stop(): Promise<void>;
}

interface KillPlan {
  readonly seed: number;
  readonly victims: readonly string[];
  readonly times: number;
  readonly shortestMs: number;
  readonly longestMs: number;
  /** Done once, half way. */
  readonly between: () => void;
}

/** Kills (SIGKILL) one of the processes after another, each once it runs again. */
export function killAtRandom(product: Product, plan: KillPlan): Killing {
  const random = seeded(plan.seed);
  const killed: string[] = [];
  const stopped = new AbortController();
  let isHalf = false;
  const work = async () => {
    while (killed.length < plan.times && !stopped.signal.aborted) {
      const delay = plan.shortestMs + random() * (plan.longestMs - plan.shortestMs);
      const victim = plan.victims[Math.floor(random() * plan.victims.length)] ?? '';
      await pause(delay, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (!stopped.signal.aborted && product.signal(victim, 'SIGKILL')) killed.push(victim);
      if (killed.length === Math.floor(plan.times / 2) && !isHalf) {
        isHalf = true;
        plan.between();
      }
    }
  };
  const working = work();
  return {
    killed,
    stop: () => {
      stopped.abort();
      return working;
    },
  };
}

/** Thrown by {@link BreakingOff} in the middle of things. */
export class BrokenOff extends Error {}

/** A report whose demonstration is broken off before a given step. */
export class BreakingOff extends Report {
  private begun = 0;

  constructor(private readonly after: number) {
    super(() => undefined);
  }

  override step<T>(does: string, why: string, work: () => Promise<T>): Promise<T> {
    this.begun += 1;
    if (this.begun > this.after) throw new BrokenOff(does);
    return super.step(does, why, work);
  }
}

/** The processes that a process has started, directly or through others. */
export function descendantsOf(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = all.map(Number).filter((each) => parentOf(each) === pid);
  return [...children, ...children.flatMap(descendantsOf)];
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
