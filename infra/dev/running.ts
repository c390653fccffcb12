// What the launcher knows of each thing it runs, whether a server, the inbox or one of Parley's own processes.
import type { ChildProcess } from 'node:child_process';

export interface Running {
  readonly pid: number;
  /** Resolves with how it ended, whoever ended it. */
  readonly ended: Promise<string>;
  /** Ends it in its own orderly way, and resolves when it is gone. */
  stop(): Promise<void>;
}

/** What {@link endOf} says of a program that did what it should. */
export const ENDED_WELL = 'exit code 0';

/** How a child that we started ended, in words. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
  });
}

/** Remembers an end that came before anybody waited for it. */
export function noteEnd(ended: Promise<string>): () => Error | undefined {
  let failure: Error | undefined;
  void ended.then((how) => (failure = new Error(`it ended: ${how}`)));
  return () => failure;
}
