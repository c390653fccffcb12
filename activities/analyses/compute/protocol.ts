// What the analysis activity and its computing process say to each other; types only.
import type { RunOutcome } from '#libs/statistics';
import type { ReleaseData } from '#libs/vault';

/** One computation: everything it needs, so that the process asks for nothing and knows nothing else. */
export interface Computation {
  method: string;
  params: Record<string, unknown>;
  data: ReleaseData;
  frequency: number;
}

export type ComputeMessage =
  | { type: 'ready' }
  | { type: 'progress'; done: number; step: string }
  | ({ type: 'done' } & RunOutcome)
  /** The data cannot answer what was asked. Without the words: they may quote values that no check has passed. */
  | { type: 'refused' }
  | { type: 'failed'; error: string };
