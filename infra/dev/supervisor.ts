// Keeps things running: starts each again when it ends unasked, and stops all in order when asked.
import { endProcess } from './processes';
import type { Running } from './running';
import type { RunRecord } from './state';
import type { Print } from './steps';

export interface Service<R extends Running = Running> {
  readonly name: string;
  /** Starts it and resolves when it is ready. Tells `onSpawn` its process as soon as there is one. */
  start(onSpawn: (pid: number) => void): Promise<R>;
}

/** A start under way, and its process as soon as there is one. */
interface Starting {
  readonly ready: Promise<unknown>;
  pid?: number;
}

const STOP_GRACE_MS = 10_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** After this long without trouble, the next restart is quick again. */
const STEADY_MS = 60_000;

export class Supervisor {
  private readonly running = new Map<string, Running>();
  private readonly starting = new Map<string, Starting>();
  private isStopping = false;

  constructor(
    private readonly record: RunRecord,
    private readonly print: Print,
  ) {}

  /** Starts a service and watches it from then on. A failure of this first start is the caller's. */
  async start<R extends Running>(service: Service<R>): Promise<R> {
    const running = await this.launch(service);
    void this.watch(service, running);
    return running;
  }

  /**
   * Stops everything, group by group; within a group all at once. Whatever is just starting is ended first: what it waits
   * for may never come. Services in no group are stopped before the groups.
   */
  async stopAll(groups: readonly (readonly string[])[]): Promise<void> {
    this.isStopping = true;
    await Promise.allSettled([...this.starting.values()].map(giveUp));
    const named = new Set(groups.flat());
    const others = [...this.running.keys()].filter((name) => !named.has(name));
    for (const group of [others, ...groups]) {
      await Promise.allSettled(group.flatMap((name) => this.running.get(name)?.stop() ?? []));
    }
  }

  private async launch<R extends Running>(service: Service<R>): Promise<R> {
    if (this.isStopping) throw new Error('Parley is being stopped');
    const spawned: { pid?: number } = {};
    const ready = service.start((pid) => {
      spawned.pid = pid;
      this.record.started(service.name, pid);
    });
    this.starting.set(service.name, Object.assign(spawned, { ready }));
    try {
      const running = await ready;
      this.running.set(service.name, running);
      this.record.started(service.name, running.pid);
      return running;
    } finally {
      this.starting.delete(service.name);
    }
  }

  private async watch(service: Service, first: Running): Promise<void> {
    let delay = FIRST_DELAY_MS;
    for (let running = first; ;) {
      const since = performance.now();
      const how = await running.ended;
      this.running.delete(service.name);
      this.record.ended(service.name);
      if (this.isStopping) return;
      if (performance.now() - since > STEADY_MS) delay = FIRST_DELAY_MS;
      this.print(`  ! ${service.name} ended (${how}); starting it again`);
      const again = await this.relaunch(service, delay);
      if (!again) return;
      running = again;
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    }
  }

  /** Tries until it runs again; undefined when all is being stopped instead. */
  private async relaunch(service: Service, firstDelay: number): Promise<Running | undefined> {
    for (let delay = firstDelay; !this.isStopping; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      await new Promise((resolve) => setTimeout(resolve, delay).unref());
      try {
        const running = await this.launch(service);
        this.print(`  ✓ ${service.name} is running again`);
        return running;
      } catch (error) {
        if (this.isStopping) return undefined;
        const [reason] = (error as Error).message.split('\n');
        const why = reason?.replace(`${service.name} did not start: `, '');
        this.print(`  ! ${service.name} did not start: ${why}; trying again`);
      }
    }
    return undefined;
  }
}

/** Without a process of its own to end, as Postgres while it is made, a start is awaited. */
async function giveUp({ pid, ready }: Starting): Promise<void> {
  if (pid !== undefined) await endProcess(pid, 'SIGTERM', STOP_GRACE_MS);
  await ready;
}
