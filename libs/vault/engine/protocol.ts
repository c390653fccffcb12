// What the vault and its DuckDB process say to each other; the process imports types alone, so that it stays one file.

export type EngineRequest =
  | { readonly id: number; readonly operation: 'open'; readonly settings: EngineSettings }
  | {
      readonly id: number;
      readonly operation: 'run';
      readonly sql: string;
      readonly values: readonly SqlValue[];
    }
  | {
      readonly id: number;
      readonly operation: 'columns';
      readonly sql: string;
      readonly values: readonly SqlValue[];
    };

export type SqlValue = string | number | null;

export interface EngineSettings {
  /** The only directory the process may read and write. */
  readonly directory: string;
  readonly memoryMb: number;
  readonly threads: number;
}

export type EngineReply =
  | { readonly id: number; readonly ok: true; readonly columns: readonly EngineColumn[] }
  /** The class of the error only: DuckDB's own message may quote the data. */
  | { readonly id: number; readonly ok: false; readonly failure: string };

/** A column on its way between the processes; text is sent once per distinct value, -1 stands for null. */
export type EngineColumn =
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  | {
      readonly name: string;
      readonly kind: 'text';
      readonly codes: Int32Array;
      readonly dictionary: readonly string[];
    }
  | { readonly name: string; readonly kind: 'list'; readonly values: readonly (readonly number[])[] }
  /** UUIDs, none of them missing: 16 bytes each, as their digits are read. */
  | { readonly name: string; readonly kind: 'names'; readonly bytes: Uint8Array };

/** The process's own SQL function of a UUID x and a key of 32 bytes: AES-256 of x, ⊕ x. */
export const KEYED_NAME = 'keyed_name';
