// The rules file of `parley check`: which columns say what, and what the table is checked against.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Condition, Thresholds } from '#libs/statistics';

/** What is wrong with what was given, and what would work; shown without a stack trace. */
export class CheckRefused extends Error {
  override readonly name = 'CheckRefused';
}

const Column = z.string().min(1);
const Key = z.record(z.string(), z.string());

const MeasureRule = z.strictObject({
  column: Column.describe('a column of numbers that is shown'),
  statistic: z.enum(['frequency', 'linear', 'shape', 'position', 'extreme', 'model', 'survival']),
  fields: z.array(z.string()).default([]).describe('fields of the data it tells of'),
  contributions: z
    .union([
      z.strictObject({ total: Column, largest: Column, second: Column }),
      z.strictObject({ holder: Column }),
    ])
    .optional()
    .describe(
      'for linear: columns of total, largest and second largest contribution, or of the holder’s finding',
    ),
  sides: z
    .strictObject({ below: Column, above: Column })
    .optional()
    .describe('for position: people on each side'),
});
export type MeasureRule = z.infer<typeof MeasureRule>;

/** Thresholds not given are ACRO 1.0's; they can only be tightened. */
export const CheckRules = z.strictObject({
  title: z.string().default('Table'),
  keys: z.array(Column).min(1),
  people: Column.default('n'),
  organisations: Column.optional(),
  dof: Column.optional(),
  step: z.strictObject({ exits: Column, atRisk: Column }).optional(),
  measures: z.array(MeasureRule).default([]),
  totals: z
    .array(z.array(Column))
    .default([])
    .describe('totals shown beside the cells, by their keys; [] for all'),
  structuralZeros: z.array(Key).default([]).describe('cells in which nobody can be'),
  thresholds: Thresholds.prefault({}),
  rounding: z.number().optional().describe('round counts to this base instead of suppressing them'),
  conditions: z.array(Condition).default([]),
  coarser: z.record(z.string(), z.array(z.string())).default({}),
  contextNotes: z.record(z.string(), z.string()).default({}),
});
export type CheckRules = z.infer<typeof CheckRules>;

export async function readRules(file: string): Promise<CheckRules> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CheckRefused(`--rules: "${file}" cannot be read. Name a JSON file of rules.`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CheckRefused(`--rules: "${file}" is not JSON. It takes at least {"keys": ["a column"]}.`);
  }
  const parsed = CheckRules.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new CheckRefused(`--rules: "${file}" does not fit:\n${z.prettifyError(parsed.error)}`);
}
