// What the analysis activity and its computing process say to each other; types only.
import type {
  Against,
  Impossible,
  InputRefusal,
  MethodInput,
  PublishedTable,
  RunOutcome,
  Subpopulation,
  Thresholds,
  Window,
} from '#libs/statistics';

/** One computation: everything it needs, so that the process asks for nothing and knows nothing else. */
export interface Computation {
  method: string;
  params: Record<string, unknown>;
  data: MethodInput;
  /** The strictest of all of them holds. */
  thresholds: Partial<Thresholds>[];
  against: Against;
  /** Published tables that everybody knows; their people are found in the data. */
  published?: PublishedTable[];
  /** What the dictionaries of the data say cannot be. */
  impossible?: Impossible[];
  /** Whom the run said it would look at: nobody else is read. */
  subpopulation?: Subpopulation;
  window?: Window;
}

export type ComputeMessage =
  | { type: 'ready' }
  | { type: 'progress'; done: number; step: string }
  | ({ type: 'done' } & RunOutcome)
  /** The data cannot answer what was asked. Without the words: they may quote values that no check has passed. */
  | { type: 'refused'; reason: InputRefusal }
  | { type: 'failed'; error: string };
