// What all reading routes show, as schemas: the API's description is made of them, and a test holds real answers to them.
import { z } from 'zod';
import { CONDITION_KINDS, ROLES, ROUND_STATUSES, TIERS, WITHDRAWAL_MODES } from '#libs/domain';

export const Id = z.string();
export const Instant = z.string();
export const Erasable = z.string().nullable().describe('Null once erased.');
export const Named = z.object({ id: Id, name: Erasable });
export const Role = z.enum(ROLES);
export const Tier = z.enum(TIERS);
export const Content = z.object({ core: z.string(), cover: z.string() });
export const Condition = z.object({ kind: z.enum(CONDITION_KINDS), value: z.string() });
export const Rationale = z.object({ text: Erasable, cites: z.array(Id) });
export const RoundStatus = z.enum(ROUND_STATUSES);
export const Withdrawal = z
  .object({
    ...{ person: Id, at: Instant, mode: z.enum(WITHDRAWAL_MODES) },
    ...{ atOnce: z.boolean(), disowned: z.boolean() },
  })
  .nullable();
export const Destroyed = z.object({ certificate: z.string(), at: Instant }).nullable();

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable().describe('Cursor of the next page.') });
