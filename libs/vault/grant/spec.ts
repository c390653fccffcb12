// What a grant says about data: how it is deposited, and how, never finer, it is released.
import { z } from 'zod';
import { GRANULARITIES } from '#libs/domain';
import { coarseningProblems } from './coarsening';
import { Day, FieldName, FieldSpec } from './fields';
import { problemsOf } from './problems';

/** A rule across the fields of a row: one day not before another, or a value wherever another field has one of these. */
export const RowRule = z.union([
  z.strictObject({ field: FieldName, notBefore: FieldName }),
  z.strictObject({
    field: FieldName,
    requiredWhere: z.strictObject({ field: FieldName, in: z.array(z.string().min(1).max(100)).min(1) }),
  }),
]);
export type RowRule = z.infer<typeof RowRule>;

/**
 * B39: `FLOW` holds everybody who passed through, `STOCK` who was there on a day. With the fields of a spell's first and
 * last day the file can be held to it.
 */
export const Collected = z.strictObject({
  kind: z.enum(['FLOW', 'STOCK']),
  start: FieldName.optional(),
  end: FieldName.optional(),
  asAt: Day.optional(),
});
export type Collected = z.infer<typeof Collected>;

export const DataSpec = z
  .strictObject({
    level: z.enum(['ROWS', 'CELLS']),
    /** B26: what a row is about, or the finest place a cell names. Without one: persons, or cells of no place. */
    granularity: z.enum(GRANULARITIES).optional(),
    fields: z.array(FieldSpec).min(1).max(200),
    dimensions: z.array(FieldName).default([]),
    sums: z.array(FieldName).default([]),
    /** The field that names organisations; a cell table counts them in the column `organisations`. */
    organisations: FieldName.optional(),
    /** Fields that no two rows share the values of. */
    key: z.array(FieldName).min(1).max(10).optional(),
    rules: z.array(RowRule).min(1).max(50).optional(),
    collected: Collected.optional(),
    /** What becomes of values outside a field's period: the deposit is refused (unless it says otherwise), or they are removed and counted. */
    outsidePeriod: z.enum(['REFUSE', 'REMOVE']).optional(),
    /** The small-number rule of a cell table: cells of fewer people are not deposited. */
    fewest: z.int().min(2).max(1000).optional(),
    /** Where cells of fewer people go first: all of them along this dimension into one of this code; what is still small is left out. */
    merge: z.strictObject({ dimension: FieldName, into: z.string().min(1).max(100) }).optional(),
    maxRows: z.int().positive().max(20_000_000).optional(),
    /** `KEEP` leaves rows in the holder's order; otherwise they stand by their new pseudonym, which tells nothing. */
    rowOrder: z.enum(['BY_PSEUDONYM', 'KEEP']).optional(),
  })
  .superRefine((spec, context) => {
    for (const message of problemsOf(spec)) context.addIssue({ code: 'custom', message });
  });
export type DataSpec = z.infer<typeof DataSpec>;

export const Tier = z.enum(['AGGREGATE', 'DEIDENTIFIED', 'LINKED_DEIDENTIFIED']);
export type Tier = z.infer<typeof Tier>;

export const GrantSpec = z
  .strictObject({ depositAs: DataSpec, releaseAs: DataSpec, tier: Tier })
  .superRefine((grant, context) => {
    for (const message of coarseningProblems(grant)) context.addIssue({ code: 'custom', message });
  });
export type GrantSpec = z.infer<typeof GrantSpec>;
