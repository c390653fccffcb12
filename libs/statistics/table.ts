// Tables as methods make them and as the disclosure check leaves them: every number of a result is in one.
import { z } from 'zod';

const Key = z.record(z.string(), z.string());

/** A measure of a table: its code name, what it is called beside the number, and its unit (`people`, or the field's own). */
export const Measure = z.strictObject({ name: z.string(), label: z.string(), unit: z.string() });
export type Measure = z.infer<typeof Measure>;

/** The rules of the output check (DOMAIN § 5); `derived` follows from them, `condition` is a holder's condition. */
export const Rule = z.enum([
  'frequency',
  'survival',
  'degrees_of_freedom',
  'dominance',
  'p_ratio',
  'negatives',
  'full_or_empty',
  'extremes',
  'condition',
  'differencing',
  'complementary',
  'derived',
]);
export type Rule = z.infer<typeof Rule>;

/**
 * Why a cell or one of its numbers is not shown: the first rule that failed. A cell among others is only ever called
 * `protected`: which of them are small, and which are hidden to protect those, would tell more than is meant.
 */
export const SuppressionReason = z.enum([...Rule.options, 'protected']);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

export const CheckedCell = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('shown'),
    values: z.record(z.string(), z.number()),
    /** Measures of this cell that are not shown although others are (a median with too few people on a side). */
    withheld: z.record(z.string(), SuppressionReason).optional(),
  }),
  z.strictObject({ status: z.literal('suppressed'), reason: SuppressionReason }),
]);
export type CheckedCell = z.infer<typeof CheckedCell>;

/** A table after the disclosure check: a suppressed cell carries no value at all. */
export const CheckedTable = z.strictObject({
  name: z.string(),
  title: z.string(),
  keys: z.array(z.string()),
  measures: z.array(Measure),
  rows: z.array(z.strictObject({ key: Key, cell: CheckedCell })),
  notes: z.array(z.string()),
});
export type CheckedTable = z.infer<typeof CheckedTable>;

/**
 * What kind of number a measure is: it decides which rules apply to it (the classes of statistics of ACRO's statbarns).
 * - `frequency`: people or records counted, and shares of them
 * - `linear`: sums, means, centroids, standardised means: the cell's `contributions` are asked for
 * - `shape`: standard deviations, variances, skewness: n − 1 degrees of freedom of the cell unless it says `dof`
 * - `position`: medians and other quantiles: the cell's `sides` are asked for
 * - `extreme`: minimum, maximum, medoid, a matched pair, a raw residual: one person's value, never shown
 * - `model`: coefficients, their errors, test statistics, p-values, fit: residual degrees of freedom are asked for
 * - `survival`: survival, hazard, numbers at risk: the cell's `step` is asked for
 * - `given`: set by the parameters or the calendar, not computed from people's values (a bin's edge, a caliper, k)
 */
export type Statistic =
  'frequency' | 'linear' | 'shape' | 'position' | 'extreme' | 'model' | 'survival' | 'given';

/** A measure before the check: what kind of number it is, and the fields of the data that it tells of. */
export interface RawMeasure extends Measure {
  readonly statistic: Statistic;
  /** Fields the number is computed from, for holders' conditions; none for a count of people. */
  readonly fields?: readonly string[];
}

/** A holder's own finding on the dominance of a published cell whose contributions it keeps to itself. */
export type HolderVerdict = 'pass' | 'fail' | 'review';

/**
 * What dominance and p-ratio need of one linear measure in one cell, in the measure's unit, by person (not by record):
 * the sum of all contributions, the largest, the second largest (0 where there is none), and whether any is negative.
 */
export type Contributions =
  | {
      readonly total: number;
      readonly largest: number;
      readonly second: number;
      readonly anyNegative: boolean;
    }
  /** The holder's verdicts on dominance and, where it gave one, on the p-ratio. */
  | { readonly holder: HolderVerdict; readonly pRatio?: HolderVerdict };

/**
 * Whose numbers a cell holds: ascending, distinct positions of people in the project's register of keyed unit ids.
 * Stays inside the checking process; what is kept of it is `encodeUnits`.
 */
export type UnitSet = Uint32Array;

/** What a number rests on, besides people; every part is asked for only where the measure or data has it. */
export interface Basis {
  /** Distinct people. 0 where `counted` says that they are not counted. */
  readonly people: number;
  /** `publisher`: the cell is controlled by whoever published it; `nobody`: no count exists, so a person reviews. */
  readonly counted?: 'publisher' | 'nobody';
  /** Rows or episodes, where they differ from people. */
  readonly records?: number;
  /** Distinct organisations, where the data has a column of organisations. */
  readonly organisations?: number;
  /** By name of a `linear` measure; a measure that is missing here goes to a person for review. */
  readonly contributions?: Readonly<Record<string, Contributions>>;
  /** Degrees of freedom of the cell's `shape` measures (default people − 1) and `model` measures (no default). */
  readonly dof?: number;
  /** By name of a `position` measure: people strictly below and strictly above it. */
  readonly sides?: Readonly<Record<string, { readonly below: number; readonly above: number }>>;
  /** Of a survival step: people who left in it, and people still at risk after it. */
  readonly step?: { readonly exits: number; readonly atRisk: number };
  /** Needed for differencing; without it the rule goes to a person for review. */
  readonly units?: UnitSet;
}

/** One cell before the check: what it rests on, and its numbers. Never leaves the reading process unchecked. */
export interface RawCell extends Basis {
  readonly key: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number>>;
  /** Declared impossible in the dictionary: an empty cell that tells nothing, and is shown as such. */
  readonly structuralZero?: true;
}

/** What a row of a derived table is computed from: if any of these cells (or the measure named) is not shown, neither is it. */
export interface DerivedCell {
  readonly key: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number>>;
  readonly from: readonly {
    readonly table: string;
    readonly key: Readonly<Record<string, string>>;
    /** The measures it uses; all of the cell's if not given. */
    readonly measures?: readonly string[];
  }[];
}

interface TableHead {
  readonly name: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly measures: readonly RawMeasure[];
  readonly notes?: readonly string[];
  /** Fields of the data that each key breaks the table down by; the key's own name where it is not listed. */
  readonly breakdown?: Readonly<Record<string, readonly string[]>>;
  /** Fields whose numbers stand beside this table in the same result, for a holder's `SHOW_ONLY_WITH`. */
  readonly companions?: readonly string[];
}

/**
 * Groups of people, each judged by the people in it: cells of a cross-table, histogram bins, clusters, matched groups,
 * survival steps. Hierarchical keys (region, district) are both keys, and only combinations that can occur are listed.
 */
export interface CellTable extends TableHead {
  readonly kind: 'cells';
  /**
   * The keys whose values tell something about people (default: all). A cluster's number or a survival step does not:
   * that a whole group shares it discloses nothing.
   */
  readonly characteristics?: readonly string[];
  /**
   * Tables with the same name here are made from exactly the same people (after what was left out), so that their
   * sums over common keys are equal and a hidden cell of one might be recovered from the other.
   */
  readonly population?: string;
  /** Whether somebody is in more than one of the cells; assumed not. */
  readonly overlapping?: boolean;
  readonly cells: readonly RawCell[];
}

/**
 * Totals over the cells of another table: each total covers the cells whose key contains its own. A result may have
 * several: margins of each dimension, grand totals (no keys), subtotals of a hierarchy, totals shared by linked tables.
 */
export interface MarginTable extends TableHead {
  readonly kind: 'margin';
  /** The cell tables that each of these totals sums, each in full. */
  readonly over: string | readonly string[];
  /** Whether somebody is in more than one of the cells: their numbers of people then do not add up. */
  readonly overlapping: boolean;
  readonly cells: readonly RawCell[];
}

/** Numbers computed from other tables' cells. */
export interface DerivedTable extends TableHead {
  readonly kind: 'derived';
  readonly cells: readonly DerivedCell[];
}

/** Numbers of one fitted model: every row rests on the same people and the same residual degrees of freedom. */
export interface ModelTable extends TableHead {
  readonly kind: 'model';
  /** The people the model was fitted on, and its residual degrees of freedom as `dof`. */
  readonly basis: Basis & { readonly dof: number };
  readonly cells: readonly {
    readonly key: Readonly<Record<string, string>>;
    readonly values: Readonly<Record<string, number>>;
  }[];
}

export type RawTable = CellTable | MarginTable | DerivedTable | ModelTable;

/** A text that names a cell the same way everywhere, whatever the order of its keys. */
export function keyText(key: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
