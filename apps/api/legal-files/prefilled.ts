// The parts of a legal file that the project itself answers, in sentences over ids: nobody writes them twice. Pure.
import type { LegalPart, Prefilled } from '#libs/domain';
import type { PartIn } from './legal-files.controller';

export function prefilledParts(facts: Prefilled): Partial<Record<LegalPart, PartIn>> {
  const controllers = facts.controllers.map(
    ({ organisation, sources }) => `${organisation} is controller of ${sources.join(', ')}`,
  );
  const text = (...sentences: string[]): PartIn => ({ text: `${sentences.join('; ')}.` });
  return {
    CONTROLLERS: text(...controllers, `readers belong to ${facts.recipients.join(', ') || 'nobody yet'}`),
    RETENTION: text(`kept for ${facts.retentionDays} days, and not beyond ${facts.expires}`),
    ...(facts.agreement && {
      SHARING_AGREEMENT: text(
        `the collaboration agreement ${facts.agreement.id}, signed by every institution, in force until ${facts.agreement.expires}`,
      ),
    }),
  };
}
