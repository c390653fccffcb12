// How the issue is seen, trait by trait, and the command that records it with each reason apart.
import { DEGREES } from '#libs/domain';
import type { Trait } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText } from '../http/fields';

const Seen = z.strictObject({ degree: z.enum(DEGREES), because: FreeText });
export const Profile = z.strictObject({ contested: Seen, urgent: Seen, open: Seen, risky: Seen });

export const perTrait = <T>(of: (trait: Trait) => T): Record<Trait, T> => ({
  contested: of('contested'),
  urgent: of('urgent'),
  open: of('open'),
  risky: of('risky'),
});

export function profilingOf(profile: z.infer<typeof Profile>) {
  const reasons = perTrait((trait) => commitText(profile[trait].because));
  const traits = perTrait((trait) => ({ degree: profile[trait].degree, because: reasons[trait].commitment }));
  return { command: { type: 'ProfileIssue', traits } as const, texts: Object.values(reasons) };
}
