// Which collaboration agreement is in force; without one nothing is requested or released (B5).
import { HOLIDAYS } from '../calendar';
import type { Holidays } from '../calendar';
import type { Instant, OrganisationId } from '../words';
import type { AgreementRules } from '../terms';
import type { Agreement, ProgrammeState, Round } from '../state';
import { roundAbout, settledAt, stands, takenBack } from './standing';

/** The latest agreement that was ever fully signed; a newer proposal changes nothing until then. */
export function signedAgreement(programme: ProgrammeState): Agreement | null {
  return (
    programme.agreements.findLast((agreement) => {
      const round = roundAbout(programme.checkpoints, 'AGREEMENT', agreement.id);
      return round !== null && settledAt(programme, round) !== null;
    }) ?? null
  );
}

/** A signatory took their signature back after the agreement stood: it stays closed, whoever else signed for them. */
function isTakenBack(programme: ProgrammeState, round: Round): boolean {
  const since = settledAt(programme, round);
  return since !== null && takenBack(round, since).length > 0;
}

/** Signed by every institution, not withdrawn by any, not expired. */
export function agreementInForce(programme: ProgrammeState, now: Instant): Agreement | null {
  const agreement = signedAgreement(programme);
  if (!agreement || agreement.expires <= now) return null;
  const round = roundAbout(programme.checkpoints, 'AGREEMENT', agreement.id);
  const isInForce =
    round !== null && stands(programme, 'AGREEMENT', round, now) && !isTakenBack(programme, round);
  return isInForce ? agreement : null;
}

export const institutionsOf = (agreement: Agreement): OrganisationId[] =>
  agreement.parties.filter((party) => party.signatory !== null).map((party) => party.organisation);

export const organisationsOf = (agreement: Agreement): OrganisationId[] =>
  agreement.parties.map((party) => party.organisation);

/** Days on which nobody works besides weekends, as the agreement signed last has them: a calendar does not end with it. */
export const holidaysOf = (programme: ProgrammeState): Holidays =>
  signedAgreement(programme)?.rules.holidays ?? HOLIDAYS;

const DAY = 24 * 60 * 60 * 1000;

/** What holds where an agreement says nothing. */
export const DEFAULT_RULES: AgreementRules = {
  frequencyThreshold: 10,
  timings: { remindAfter: 5 * DAY, escalateAfter: 10 * DAY, lapseAfter: 14 * DAY },
  codeAlsoFor: [],
  moreSigners: [],
  addressDelay: 3 * DAY,
};
