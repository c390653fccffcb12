// The rules of a collaboration agreement: as they are proposed, and as they are shown.
import { CHECKPOINT_KINDS, ROLES } from '#libs/domain';
import { z } from 'zod';
import { DayField, DayTime, TimeZone, OrganisationId, RoleField, Word } from '../http/fields';

const Ms = z
  .int()
  .positive()
  .max(366 * 24 * 3600 * 1000);
const Days = z.int().min(1).max(250);
const Slot = z.strictObject({
  key: Word,
  roles: z.array(RoleField).max(19),
  organisation: OrganisationId.nullable(),
  count: z.int().min(1).max(50),
});
/** Minimums an agreement or a template raises. */
export const Quorums = z
  .array(
    z.strictObject({
      kind: z.enum(CHECKPOINT_KINDS),
      people: z.int().min(1).max(50).optional(),
      organisations: z.int().min(1).max(50).optional(),
      blind: z.boolean().optional(),
    }),
  )
  .max(9)
  .describe(
    'More than the table asks: so many people, of so many organisations, and whether answers stay hidden until the round closes.',
  );
export const Holidays = z
  .array(DayField)
  .max(400)
  .describe('Days without work besides weekends; otherwise the bank holidays of England and Wales.');
export const Rules = z
  .strictObject({
    frequencyThreshold: z.int().min(1).max(1000).optional(),
    timings: z.strictObject({ remindAfter: Ms, escalateAfter: Ms, lapseAfter: Ms }).optional(),
    workingDays: z
      .strictObject({ remindAfter: Days, escalateAfter: Days, lapseAfter: Days })
      .optional()
      .describe('Instead of timings: working days, without weekends and holidays.'),
    oneMailADay: z
      .strictObject({
        at: DayTime,
        timeZone: TimeZone,
      })
      .optional()
      .describe(
        'Requests and reminders to sign wait for this hour, and those of one person come in one mail.',
      ),
    inTurns: z
      .array(
        z.strictObject({
          kind: z.enum(CHECKPOINT_KINDS),
          turns: z.array(z.array(RoleField).min(1).max(19)).min(1).max(10),
        }),
      )
      .max(9)
      .optional()
      .describe(
        'Kinds whose signers are asked in turns, by role; whoever holds none of these roles comes last.',
      ),
    codeAlsoFor: z.array(z.enum(CHECKPOINT_KINDS)).max(9).optional(),
    moreSigners: z
      .array(z.strictObject({ kind: z.enum(CHECKPOINT_KINDS), slot: Slot }))
      .max(50)
      .optional(),
    addressDelay: z
      .int()
      .min(0)
      .max(90 * 24 * 3600 * 1000)
      .optional(),
    reasking: z
      .strictObject({ coolingOff: Ms, cap: z.int().min(0).max(20) })
      .optional()
      .describe('How people who declined may be told of a new version: after how long, how often at most.'),
    delegation: z
      .strictObject({ kinds: z.array(z.enum(CHECKPOINT_KINDS)).max(9), days: z.int().min(1).max(90) })
      .optional()
      .describe('Kinds whose signers may hand a sign-off to a colleague, and for how many days at most.'),
    quorums: Quorums.optional(),
    holidays: Holidays.optional(),
  })
  .default({});
const SlotShown = z.object({
  ...{ key: z.string(), roles: z.array(z.enum(ROLES)), organisation: z.string().nullable(), count: z.int() },
});
export const RulesShown = z.object({
  frequencyThreshold: z.int(),
  timings: z.object({ remindAfter: z.number(), escalateAfter: z.number(), lapseAfter: z.number() }),
  codeAlsoFor: z.array(z.enum(CHECKPOINT_KINDS)),
  moreSigners: z.array(z.object({ kind: z.enum(CHECKPOINT_KINDS), slot: SlotShown })),
  addressDelay: z.number(),
  reasking: z.object({ coolingOff: z.number(), cap: z.int() }).optional(),
  workingDays: z.object({ remindAfter: z.int(), escalateAfter: z.int(), lapseAfter: z.int() }).optional(),
  oneMailADay: z.object({ at: z.string(), timeZone: z.string() }).optional(),
  inTurns: z
    .array(z.object({ kind: z.enum(CHECKPOINT_KINDS), turns: z.array(z.array(z.enum(ROLES))) }))
    .optional(),
  delegation: z.object({ kinds: z.array(z.enum(CHECKPOINT_KINDS)), days: z.int() }).optional(),
  quorums: Quorums.optional(),
  holidays: Holidays.optional(),
});
