// A run as a stream of events: its status, its progress while it goes, and its end.
import type { MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';

export interface Watched {
  status: string;
  isEnded: boolean;
}

interface Sources {
  /** What the ledger says. */
  look: () => Promise<Watched>;
  progress: () => Promise<object | null>;
  everyMs: number;
}

/** Emits only what is new; completes with `end`. Unsubscribing (the client went away) stops it. */
export function following({ look, progress, everyMs }: Sources): Observable<MessageEvent> {
  return new Observable((out) => {
    let timer: NodeJS.Timeout | undefined;
    let isGone = false;
    const last = new Map<string, string>();
    const tell = (type: string, data: object) => {
      const text = JSON.stringify(data);
      if (last.get(type) === text) return;
      last.set(type, text);
      out.next({ type, data });
    };
    const step = async () => {
      const now = await look();
      tell('status', { status: now.status });
      if (now.isEnded) {
        tell('end', { status: now.status });
        return out.complete();
      }
      const told = await progress();
      if (told !== null) tell('progress', told);
      if (!isGone) timer = setTimeout(run, everyMs);
    };
    const run = () => void step().catch((error: unknown) => out.error(error));
    run();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  });
}
