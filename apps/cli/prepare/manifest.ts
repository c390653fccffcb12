// What `parley prepare` says it did: digests, counts, what was removed and why. Stays with the holder.
import type { Aggregated } from './aggregate';

export interface FileSaid {
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
}

export interface PrepareManifest {
  readonly format: 1;
  readonly level: 'ROWS' | 'CELLS';
  readonly granularity: string | null;
  readonly source: FileSaid;
  readonly prepared: FileSaid;
  readonly columns: readonly string[];
  readonly removedColumns: readonly string[];
  /** Rows left out, by the reason; `leftOut` is those in which a needed value is missing. */
  readonly removedRows: readonly { readonly why: string; readonly rows: number }[];
  readonly leftOut: number;
  /** Values that the holder's table, frame or recoding did not know, by field; they are empty in the file. */
  readonly unmatched: Readonly<Record<string, number>>;
  /** Values left out because they are of days outside their field's period, by field. */
  readonly outsidePeriod: Readonly<Record<string, number>>;
  /** Cells that the grant's small-number rule keeps back, and the people in them. */
  readonly keptBack: Aggregated['leftOut'];
  /** Small cells that were put together as the grant says, and the people in them. */
  readonly merged: Aggregated['merged'];
  /** Cells of fewer than 10 people that are deposited: suppressed in every result. */
  readonly smallCells: number | null;
  /** Per sum the holder's verdicts on dominance and p-ratio. */
  readonly verdicts: Aggregated['verdicts'];
  readonly keyFingerprint: string | null;
  readonly notes: readonly string[];
}
