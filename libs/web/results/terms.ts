// What a page or a report needs of a result; the checked tables, plots and findings of libs/statistics fit.

type Key = Readonly<Record<string, string>>;

export interface ResultTable {
  readonly name: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly measures: readonly { readonly name: string; readonly label: string; readonly unit: string }[];
  readonly rows: readonly { readonly key: Key; readonly cell: ResultCell }[];
  readonly notes: readonly string[];
}

export type ResultCell =
  | {
      readonly status: 'shown';
      readonly values: Readonly<Record<string, number>>;
      readonly withheld?: Readonly<Record<string, string>> | undefined;
    }
  | { readonly status: 'suppressed'; readonly reason: string };

export interface ResultFigure {
  readonly title: string;
  readonly source: { readonly table: string };
}

export interface ResultFinding {
  readonly rule: string;
  readonly table: string;
  readonly cell?: Key | undefined;
  readonly measure?: string | undefined;
  readonly verdict: 'pass' | 'fail' | 'review';
  readonly message: string;
  readonly people?: number | undefined;
  /** By which a checker decides on it; only in the checker's own file. */
  readonly id?: string | undefined;
}
