// Fields that bodies share, each with the limits that keep rubbish out.
import { z } from 'zod';
import { isTimeZone, CONDITION_KINDS, GRANULARITIES, ROLES, TIERS, WITHDRAWAL_MODES } from '#libs/domain';
import type { Condition, DataSpec, FieldTerms } from '#libs/domain';
import { DataSpec as VaultDataSpec } from '#libs/vault';

// Control characters other than tab and line ends are never meant, and Postgres refuses NUL.

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

const clean = (schema: z.ZodString) =>
  schema
    .refine((text) => !CONTROL.test(text), 'holds a control character')
    .refine((text) => !/\p{Surrogate}/u.test(text), 'is not well-formed Unicode')
    .refine((text) => text.trim() !== '', 'is empty');

/** One line: names, titles, references. */
export const Line = clean(z.string().min(1).max(200)).refine(
  (text) => !/[\r\n]/.test(text),
  'holds a line break',
);
/** Free text. */
export const FreeText = clean(z.string().min(1).max(10_000));
export const Word = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_ .-]{0,79}$/, 'letters, digits, space and _ . - only, at most 80');
export const Address = z.email().max(254);

/** An instant in any ISO 8601 form with a zone; kept in UTC with milliseconds. */
export const InstantField = z.iso
  .datetime({ offset: true, error: 'an ISO 8601 instant with a zone, such as 2027-01-31T00:00:00Z' })
  .transform((text) => new Date(text).toISOString());

export const OrganisationId = z
  .string()
  .regex(/^org_[a-z2-7]{16}$/, 'an organisation’s id: org_ and 16 characters');
export const PersonId = z.string().regex(/^per_[a-z2-7]{16}$/, 'a person’s id: per_ and 16 characters');
export const ProgrammeId = z.string().regex(/^pgm_[a-z2-7]{16}$/, 'a programme’s id: pgm_ and 16 characters');
/** The id of something inside a project or programme. */
export const LocalId = z.string().regex(/^[a-z]{1,5}[0-9]{1,9}$/, 'an id such as r1');
export const Digest = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

export const RoleField = z.enum(ROLES);
export const TierField = z.enum(TIERS);
export const ModeField = z.enum(WITHDRAWAL_MODES);

export const ConditionField: z.ZodType<Condition> = z.strictObject({
  kind: z.enum(CONDITION_KINDS),
  value: z.string().min(1).max(200),
});

/** How data enters or leaves the vault; its fields are called as boundaries and grants call them. */
export const DataSpecField: z.ZodType<DataSpec> = VaultDataSpec.refine(
  ({ fields }) => fields.every(({ name }) => Word.safeParse(name).success),
  { path: ['fields'], message: 'names of fields: letters, digits, space and _ . - only, at most 80' },
).transform((spec) => spec as DataSpec);

/** A day of a period, such as 2012-04-01. */
export const DayField = z.iso.date('a day such as 2012-04-01');

export const FieldTermsField: z.ZodType<FieldTerms> = z.strictObject({
  field: Word,
  period: z.strictObject({ from: DayField, to: DayField }).nullable().default(null),
  granularity: z.strictObject({
    level: z.enum(GRANULARITIES),
    vintage: z.string().min(1).max(40).nullable().default(null),
  }),
});

/** Drops keys whose value is undefined: entries are canonical JSON, which has no such thing. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

export const PeriodField = z
  .strictObject({ from: DayField.nullable(), to: DayField.nullable() })
  .describe('Both days belong to it; null is open.');
export const WindowField = z.strictObject({
  ...{ from: DayField.nullable(), to: DayField.nullable() },
  by: Word.optional().describe('A field of years, months or days, such as 2014, 2014-09 or 2014-09-01.'),
});
export const SubpopulationField = z
  .strictObject({ field: Word, values: z.array(z.string().min(1).max(80)).min(1).max(200) })
  .describe('The people whose field holds one of the values.');

export const Nothing = z.strictObject({}).default({});
export const Because = z.strictObject({ reason: FreeText });

/** B57: what a boundary allows. */
export const ScopeField = z.strictObject({
  purposes: z.array(Line).min(1).max(20),
  sources: z
    .array(z.strictObject({ source: Word, holder: OrganisationId, fields: z.array(Word).min(1).max(500) }))
    .min(1)
    .max(50),
  linkage: z.boolean(),
  tier: TierField,
  methods: z.array(Word).min(1).max(50),
  readers: z.array(PersonId).min(1).max(100),
  exposed: z.array(OrganisationId).max(100),
  retentionDays: z.int().min(1).max(36_500),
  expires: InstantField,
});

/** A time of day, and the zone whose clocks show it. */
export const DayTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 08:00');
export const TimeZone = z.string().max(60).refine(isTimeZone, 'an IANA time zone such as Europe/London');
