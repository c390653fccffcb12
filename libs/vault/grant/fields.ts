// What a grant says about one field: its type, its codes or range, how finely it may tell, and whom it may point at.
import { z } from 'zod';
import { bandLabels } from './bands';
import { PRECISIONS, TIME_CODES, timeProblems } from './times';
import type { Precision, TimeCode } from './times';

export const FieldName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\u0000-\u001f\u007f"]+$/, 'A field name holds no control characters or quotes.');

/** A day such as 2012-04-01. */
export const Day = z.iso.date('a day such as 2012-04-01');

/** What the codes of a field name, from fine to coarse (B26); small areas carry their vintage, since they are redrawn. */
export const PLACES = ['SMALL_AREA', 'ORGANISATION', 'LOCAL_AUTHORITY'] as const;
export const Place = z.strictObject({
  level: z.enum(PLACES),
  vintage: z.string().min(1).max(40).optional(),
});
export type Place = z.infer<typeof Place>;

const FIELD_TYPES = ['integer', 'number', 'text', 'category', 'date', 'pseudonym'] as const;
type FieldType = (typeof FIELD_TYPES)[number];

export const FieldSpec = z
  .strictObject({
    name: FieldName,
    /** `category` is a code, listed or not; `text` is short and no free text; `pseudonym` is made by `parley prepare`. */
    type: z.enum(FIELD_TYPES),
    codes: z.array(z.string().min(1).max(100)).min(1).max(10_000).optional(),
    /** Of a category made from a number: lower bounds of its bands, ascending; the last one is open (16 → "16-24", …, "65+"). */
    bands: z.array(z.int()).min(1).max(200).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    /** Of a date: how finely it tells. */
    precision: z.enum(PRECISIONS).optional(),
    /** Of a whole number or category that is a time: how it is written. */
    timeCode: z.enum(TIME_CODES).optional(),
    /** The field, a date or a timeCode, that says when a value of this one was true. */
    datedBy: FieldName.optional(),
    /** For which days it is granted, both included: the period a date or a timeCode lies in, or that of `datedBy`. */
    period: z.strictObject({ from: Day, to: Day }).optional(),
    /** Of a field whose meaning fixes its time, such as the earnings of 1978: which days its values are of. The holder's word; no file can show it. */
    covers: z.strictObject({ from: Day, to: Day }).optional(),
    place: Place.optional(),
    /** Whether an empty value is refused; a pseudonym and a dimension are always required. */
    required: z.boolean().optional(),
    /** Of a pseudonym: whether a second row for the same person is refused. */
    unique: z.boolean().optional(),
    /** Whether others may know it of a person; categories, dates and places count so unless it says false. */
    quasiIdentifier: z.boolean().optional(),
    /** Whether it would hurt if it became known of a person: l-diversity is counted over it. */
    sensitive: z.boolean().optional(),
  })
  .superRefine((field, context) => {
    for (const message of fieldProblems(field)) context.addIssue({ code: 'custom', message });
  });
export type FieldSpec = z.infer<typeof FieldSpec>;

interface Described {
  readonly name: string;
  readonly type: FieldType;
  readonly codes?: readonly string[] | undefined;
  readonly bands?: readonly number[] | undefined;
  readonly precision?: Precision | undefined;
  readonly period?: { from: string; to: string } | undefined;
  readonly timeCode?: TimeCode | undefined;
  readonly datedBy?: string | undefined;
  readonly place?: Place | undefined;
}

function fieldProblems(field: Described): string[] {
  const { name, type, codes, bands, precision, place } = field;
  const problems = timeProblems(field);
  if (precision && type !== 'date') problems.push(`"${name}" has a precision, and only a date has.`);
  if (bands && (type !== 'category' || codes))
    problems.push(`"${name}" has bands: it is a category, and the bands are its codes.`);
  if (bands?.some((bound, at) => at > 0 && bound <= (bands[at - 1] ?? bound)))
    problems.push(`The bands of "${name}" must ascend.`);
  if (place && type !== 'category') problems.push(`"${name}" names a place, so it is a category.`);
  if (place?.level === 'SMALL_AREA' && place.vintage === undefined)
    problems.push(`"${name}" names small areas: say of which vintage, such as "2021".`);
  return problems;
}

/** The codes a field may take: as listed, or made from its bands; null where any code may stand. */
export function codesOf({ codes, bands }: FieldSpec): string[] | null {
  return codes ?? (bands ? bandLabels(bands) : null);
}
