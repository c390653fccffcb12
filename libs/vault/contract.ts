// What the vault offers the worker: every operation is repeatable, and all of them need key parts from two places.
import type { Readable } from 'node:stream';
import type { KeyKind, KeyStore } from './keys/key-store';
import type { DepositReport } from './conformance/report';
import type { DataSpec, GrantSpec } from './grant/spec';
import type { ReleaseManifest } from './release/manifest';
import type { EarlierRelease } from './release/people';
import type { AskUnnamed } from './objects/unnamed';
import type { ResultManifest } from './results/manifest';

/** Where a deposit lies and the wrapped key that `open_deposit` handed out for it. */
export interface OpenedDeposit {
  readonly deposit: string;
  readonly objectId: string;
  readonly wrappedKey: string;
}

/** A deposit as a release draws on it; `source` names it where several have a field of the same name. */
export interface SourceDeposit {
  readonly deposit: OpenedDeposit;
  readonly grant: GrantSpec;
  readonly source: string;
  /** It names nobody, and is joined in a linked release by the fields that the others have too. */
  readonly isPublished?: boolean;
  /** Pseudonyms of people who object: none of their rows is in the release. */
  readonly without?: readonly string[];
}

/** Told how far a long operation is, from 0 to 1. */
export type VaultProgress = (done: number, step: string) => void;

export interface OperationOptions {
  /** Ends the operation at once; its DuckDB process is killed. */
  readonly signal?: AbortSignal;
  readonly progress?: VaultProgress;
}

export interface SealedRelease {
  readonly objectId: string;
  readonly manifest: ReleaseManifest;
}

/** A column of a release in memory; a missing number is NaN, a missing text has the code −1. */
export type ReleaseColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly labels: readonly string[] };

/** A release as `libs/statistics` reads it (`RowInput` or `CellInput`). */
export type ReleaseData =
  | {
      readonly shape: 'rows';
      readonly rows: number;
      readonly columns: Record<string, ReleaseColumn>;
      readonly people?: string;
      /** The column that names organisations. */
      readonly organisations?: string;
    }
  | {
      readonly shape: 'cells';
      readonly rows: number;
      readonly columns: Record<string, ReleaseColumn>;
      readonly dimensions: string[];
      readonly sums: string[];
    };

/** A published table of cells: its dimensions, and with them the column `n` of people in each cell. */
export interface PublishedCells {
  readonly dimensions: readonly string[];
  readonly columns: Readonly<Record<string, ReleaseColumn>>;
}

/** What was seen of something that can no longer be read, for its certificate; the same when it is destroyed again, but for `at`. */
export interface Destruction {
  readonly kind: KeyKind;
  readonly id: string;
  readonly objectId: string | null;
  /** The key store's part: whether there was one, and when it was destroyed; null where nothing was noted of it. */
  readonly keyPart: { readonly existed: boolean | null; readonly destroyedAt: string | null };
  /** Sealed bytes that lay there when the key went; null where nothing was noted of them. */
  readonly bytes: number | null;
  /** What was found by looking afterwards: neither, or the destruction failed. */
  readonly left: { readonly keyPart: boolean; readonly object: boolean };
  /** When it was looked. */
  readonly at: string;
}

/** A stored file: its sealed object, and digest and length of the plain one. */
export interface StoredEvidence {
  readonly objectId: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface Vault {
  readonly keys: KeyStore;
  /** Removes plain text and unfinished files that a crash left behind; call at start, before anything else. */
  sweep(): Promise<{ removed: number }>;
  /**
   * Removes sealed objects that no entry names and no attempt can still come to name. `ask` says which of them nobody names, and
   * throws where that cannot be known: then nothing is removed.
   */
  sweepUnnamed(ask: AskUnnamed): Promise<{ removed: number }>;
  /** Checks a deposit against what the grant says; a hostile file gives a report, never an outage. */
  checkDeposit(
    deposit: OpenedDeposit,
    depositAs: DataSpec,
    options?: OperationOptions,
  ): Promise<DepositReport>;
  /**
   * Makes the sealed release from checked deposits: the same input and key parts give the same bytes. Several sources are
   * linked by the pseudonyms they share, published ones by a field in common. With `units` it is compared with every release of the project made before.
   * `partA` is Postgres's part; the key store's part is created if it is not there yet.
   */
  materialise(
    request: {
      readonly release: string;
      readonly sources: readonly SourceDeposit[];
      readonly partA: Buffer;
      /** Postgres's part of the project's own key, and the releases made before. */
      readonly units?: {
        readonly project: string;
        readonly partA: Buffer;
        readonly earlier: readonly EarlierRelease[];
      };
    },
    options?: OperationOptions,
  ): Promise<SealedRelease>;
  /** Opens a release for reading; refuses bytes whose digest is not the manifest's. Reads only the fields named. */
  readRelease(
    request: {
      readonly release: string;
      readonly objectId: string;
      readonly manifest: ReleaseManifest;
      readonly partA: Buffer;
      readonly fields?: readonly string[];
    },
    options?: OperationOptions,
  ): Promise<ReleaseData>;
  /** What a published file of cells says, to compare results with it. */
  readPublished(
    deposit: OpenedDeposit,
    depositAs: DataSpec,
    options?: OperationOptions,
  ): Promise<PublishedCells>;
  /**
   * For each other release: by a person's first row in it, their first row in `here`, or a number from `rows` on, the same
   * in all, for whoever is not in that. Null where nobody knows. What two results show is compared by it, and by nothing else.
   */
  placesAcross(
    request: {
      readonly here: { readonly release: string; readonly units: string; readonly rows: number };
      readonly others: readonly { readonly release: string; readonly units: string }[];
      readonly project: string;
      /** Postgres's part of the project's own key. */
      readonly partA: Buffer;
    },
    options?: OperationOptions,
  ): Promise<(ReadonlyMap<number, number> | null)[]>;
  /** Seals the files of a result; the same files and key parts give the same object. */
  storeResult(request: {
    readonly result: string;
    readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
    readonly partA: Buffer;
  }): Promise<{ objectId: string; manifest: ResultManifest }>;
  /** The files of a result, each checked against the manifest. */
  loadResult(request: {
    readonly result: string;
    readonly objectId: string;
    readonly manifest: ResultManifest;
    readonly partA: Buffer;
  }): Promise<Map<string, Buffer>>;
  /**
   * Streams a file of evidence in, sealed; refuses one that is too large or is not what it is declared to be, leaving nothing of it.
   * `partA` is fresh for every attempt, so that no key ever seals two texts.
   */
  storeEvidence(request: {
    readonly evidence: string;
    readonly stream: Readable;
    readonly mediaType: string;
    readonly maxBytes: number;
    readonly partA: Buffer;
  }): Promise<StoredEvidence>;
  /** The file, compared with the digest it was recorded under before a byte of it is given. */
  loadEvidence(request: {
    readonly evidence: string;
    readonly objectId: string;
    readonly sha256: string;
    readonly partA: Buffer;
  }): Promise<Buffer>;
  /**
   * Destroys the key store's part, then the bytes; either alone would suffice. Then looks. Repeating it is harmless.
   * @throws VaultRefusal STILL_THERE where something is left.
   */
  destroy(kind: Destruction['kind'], id: string, objectId: string | null): Promise<Destruction>;
}
