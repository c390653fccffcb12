// Keeps the time of data requests and says what each needs next.
import { endingOfDeposit } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { dueIn, step, WORKER } from '../answers';
import { keepExpiryTime } from '../expiry';
import { earliestOf, isOver, nextForImport, nextForRequest } from './next';
import type { RequestMove } from './next';

export interface RequestInput {
  project: string;
  /** A data request, or an import of published data, whose file goes the same way. */
  request: string;
}

export type RequestAnswer = Exclude<RequestMove, { move: 'WAIT' }> | { move: 'WAIT'; dueIn: number | null };

/** When the domain keeps less time than was thought due, the next look is this much later. */
const LOOK_AGAIN_MS = 30_000;

export function createRequestActivities({ ledger }: { ledger: Ledger }) {
  async function read({ project, request }: RequestInput): Promise<{ next: RequestMove; now: string }> {
    const { world, now } = await ledger.world(project);
    const imported = world.project.imports[request];
    if (imported) return { next: nextForImport(world, imported, now), now };
    const found = world.project.requests[request];
    const next: RequestMove = found ? nextForRequest(world, found, now) : { move: 'DONE' };
    if (next.move !== 'WAIT') return { next, now };
    const held = Object.values(world.project.deposits).filter((deposit) => deposit.request === request);
    const warnings = await Promise.all(
      held.map((deposit) => keepExpiryTime(ledger, world, endingOfDeposit(world.project, deposit), now)),
    );
    return { next: { move: 'WAIT', until: earliestOf([next.until, ...warnings]) }, now };
  }

  return {
    /** Reminds or lapses what is due, once, and says what to do next. Repeating it is harmless. */
    async nextForRequest(at: RequestInput): Promise<RequestAnswer> {
      const first = await read(at);
      if (first.next.move !== 'WAIT') return first.next;
      if (!isOver(first.next.until, first.now))
        return { move: 'WAIT', dueIn: dueIn(first.next.until, first.now) };
      await step(() =>
        ledger.onProject(at.project, WORKER, () => ({
          command: { type: 'KeepRequestTime', request: at.request },
        })),
      );
      const { next, now } = await read(at);
      if (next.move !== 'WAIT') return next;
      return { move: 'WAIT', dueIn: isOver(next.until, now) ? LOOK_AGAIN_MS : dueIn(next.until, now) };
    },
  };
}
