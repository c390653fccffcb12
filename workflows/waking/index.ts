// How every workflow waits: for a wake ("the ledger has moved, read it") or for the time the ledger named.
import { allHandlersFinished, condition, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import { WAKE_SIGNAL } from '#libs/contracts';

/**
 * Carries the version the stream has reached, where the sender knows it. A hint, never a fact. Without a version it means:
 * look at everything, and start whatever is missing.
 */
export const wakeSignal = defineSignal<[number?]>(WAKE_SIGNAL);

/** The shortest wait for a point in time, so that a clock that disagrees with the ledger's cannot make a workflow spin. */
const SHORTEST_WAIT_MS = 50;

/** After a refusal the ledger is read again at the next wake, and in any case after this long. */
const AFTER_A_REFUSAL_MS = 10 * 60_000;

export class Wakes {
  private heard = 0;
  private answered = 0;
  private lastRead = 0;
  private isAskedForAll = false;

  constructor() {
    setHandler(wakeSignal, (version) => {
      // A wake for a version already read is answered: it was lost in the mail, doubled, or reordered.
      if (version === undefined || version > this.lastRead) this.heard += 1;
      if (version === undefined) this.isAskedForAll = true;
    });
    // What arrived together with the start is answered by the first reading of the ledger.
    this.answered = this.heard;
  }

  /** Whether somebody asked, since this was last called, to look at everything and not only at what has changed. */
  takeAskedForAll(): boolean {
    const isAsked = this.isAskedForAll;
    this.isAskedForAll = false;
    return isAsked;
  }

  /** The ledger has been read up to this version of the stream. */
  readUpTo(version: number): void {
    this.lastRead = Math.max(this.lastRead, version);
  }

  /**
   * Waits for a wake, or for as long as the ledger said (`null`: only a wake will do).
   * Wakes that arrive while the caller reads and acts are answered by its next reading.
   */
  async next(dueIn: number | null): Promise<void> {
    const isWoken = () => this.heard > this.answered;
    if (dueIn === null) await condition(isWoken);
    else await condition(isWoken, Math.max(dueIn, SHORTEST_WAIT_MS));
    this.answered = this.heard;
  }

  /** Takes a step; one that is refused is not asked for again before something has changed, or a while has passed. */
  async heed(step: Promise<{ refused: string | null }>): Promise<void> {
    const { refused } = await step;
    if (refused !== null) await this.next(AFTER_A_REFUSAL_MS);
  }
}

/** True when the server finds this history long enough; the caller then continues as new, and reads the ledger again. */
export async function isLongEnough(): Promise<boolean> {
  if (!workflowInfo().continueAsNewSuggested) return false;
  await condition(allHandlersFinished);
  return true;
}
