// T15 as pure rules: when a recorded answer counts, who may write one down, and who is asked by telephone, by whom.
import type { Decision, Person, ProgrammeState, Round } from '../state';
import type { Instant, PersonId } from '../words';
import { peopleAt, tenureOf } from '../rules/roster';

export const isApproval = ({ choice }: Pick<Decision, 'choice'>): boolean =>
  choice === 'APPROVED' || choice === 'APPROVED_WITH_CONDITIONS';

/** A recorded approval that nobody of the signer's own organisation has confirmed: it counts for nothing yet. */
export const awaitsCountersignature = (decision: Decision): boolean =>
  decision.assurance === 'RECORDED' &&
  isApproval(decision) &&
  decision.countersigned === undefined &&
  decision.withdrawn === null;

/**
 * The answers of a round as they count, in order of beginning to: a recorded approval from its countersignature on, and
 * any other answer at once. Whoever asks for entitlement at signing asks about that instant.
 */
export function asCounted({ decisions }: Pick<Round, 'decisions'>): Decision[] {
  if (!decisions.some(({ assurance }) => assurance === 'RECORDED')) return decisions;
  return decisions
    .flatMap((decision) => {
      if (decision.assurance !== 'RECORDED' || !isApproval(decision)) return [decision];
      return decision.countersigned ? [{ ...decision, at: decision.countersigned.at }] : [];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** T4: no answer of a provider is written down by whoever commissions it. */
export function isCommissionedBy(
  { organisations }: ProgrammeState,
  provider: string,
  commissioner: string,
): boolean {
  return organisations[provider]?.commissionedBy.includes(commissioner) ?? false;
}

/** Whether a person can be written to at all; somebody whose address was erased still has one on record. */
export const hasAddress = (person: Person | undefined): boolean => person?.address != null;

/** Colleagues who may confirm what was recorded: of the signer's own organisation, and neither signer, recorder nor proposer. */
export function countersigners(
  programme: ProgrammeState,
  round: Round,
  decision: Pick<Decision, 'person' | 'organisation' | 'written'>,
  now: Instant,
): PersonId[] {
  const barred = [decision.person, decision.written?.by, round.proposer];
  return peopleAt(programme, now, { organisation: decision.organisation })
    .map(({ person }) => person)
    .filter((person) => !barred.includes(person));
}

/** Who asks somebody without an address: the proposer, unless they may not write the answer down; then the person's registrars. */
export function callersFor(
  programme: ProgrammeState,
  round: Round,
  person: PersonId,
  now: Instant,
): PersonId[] {
  const tenure = tenureOf(programme, person, now);
  if (!tenure) return [];
  const proposer = tenureOf(programme, round.proposer, now);
  const mayAsk =
    proposer !== null &&
    !isCommissionedBy(programme, tenure.organisation, proposer.organisation) &&
    (proposer.organisation === tenure.organisation || proposer.roles.includes('projectLead'));
  if (mayAsk) return [round.proposer];
  return peopleAt(programme, now, { organisation: tenure.organisation, roles: ['registrar'] })
    .map((registrar) => registrar.person)
    .filter((registrar) => registrar !== person);
}
