// The holder's plan: how the granted fields come out of the columns they really have. Stays with the holder.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PrepareRefused } from './refused';

const Column = z.string().min(1).max(200);

/** How the raw file writes its dates; `SERIAL` are a spreadsheet's day numbers (1900 system). */
export const DATE_FORMATS = ['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY', 'YYYYMMDD', 'SERIAL'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** A table of the holder's own; columns default to its first two. */
const Table = z.strictObject({ table: z.string().min(1), key: Column.optional(), value: Column.optional() });

/** How a household's members make one value: `SAME` keeps what all share, `ANY` is 1 where one member has 1. */
export const COMBINATIONS = ['SUM', 'MEAN', 'MIN', 'MAX', 'COUNT', 'SAME', 'ANY'] as const;
export type Combination = (typeof COMBINATIONS)[number];

const FieldPlan = z.strictObject({
  /** The raw column; the granted name if not given. */
  from: Column.optional(),
  dates: z.enum(DATE_FORMATS).optional(),
  /** Whole years of age on this day, from a date of birth. */
  ageAt: z.iso.date().optional(),
  /** Codes by the holder's own table: postcode → small area, old code → new. Case and spaces do not count. */
  lookup: Table.optional(),
  /** Codes of free text by the holder's own frame: a table of phrases and codes; the first phrase found decides. */
  frame: Table.optional(),
  recode: z.record(z.string(), z.string()).optional(),
  /** What stands where the table, frame or recoding has nothing; an empty value if not given. */
  otherwise: z.string().optional(),
  combine: z.enum(COMBINATIONS).optional(),
});
export type FieldPlan = z.infer<typeof FieldPlan>;

const RowFilter = z
  .strictObject({
    column: Column,
    in: z.array(z.string()).min(1).optional(),
    notIn: z.array(z.string()).min(1).optional(),
    /** Bounds, both included: numbers as numbers, anything else as text, dates in `dates` as days. */
    from: z.string().optional(),
    to: z.string().optional(),
    dates: z.enum(DATE_FORMATS).optional(),
    /** Said in the manifest, for whoever asks later. */
    why: z.string().min(1).max(200),
  })
  .refine(
    (filter) => filter.in ?? filter.notIn ?? filter.from ?? filter.to,
    'a filter says in, notIn, from or to',
  );
export type RowFilter = z.infer<typeof RowFilter>;

const Plan = z.strictObject({
  person: Column.optional(),
  household: Column.optional(),
  organisation: Column.optional(),
  fields: z.record(z.string(), FieldPlan).default({}),
  rows: z.array(RowFilter).default([]),
});
export type Plan = z.infer<typeof Plan>;

/** Reads the plan; its tables are found beside it. Without a file, fields are taken as they are called. */
export async function readPlan(file: string | undefined): Promise<{ plan: Plan; directory: string }> {
  if (file === undefined) return { plan: Plan.parse({}), directory: '.' };
  const text = await readFile(file, 'utf8').catch(() => {
    throw new PrepareRefused(`The plan ${file} cannot be read.`);
  });
  const parsed = Plan.safeParse(jsonOf(text, file));
  if (!parsed.success)
    throw new PrepareRefused(`The plan ${file} does not fit:\n${z.prettifyError(parsed.error)}`);
  return { plan: parsed.data, directory: path.dirname(path.resolve(file)) };
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PrepareRefused(`The plan ${file} is not JSON.`);
  }
}
