// Who may read what of a negotiation: discretion as pure rules, used by every view (B7, B30, T5, T6).
import type { DataRequest, Decision, ProgrammeState, World } from '../state';
import type { ProjectEvent } from '../events';
import { refuse } from '../refusal';
import type { Instant, OrganisationId, PersonId, Text } from '../words';
import { requestStatus } from '../rules/requests';
import { holds, peopleAt, tenureOf } from '../rules/roster';
import { sideOf } from './clarifications';
import type { Supposition } from './terms';

/** The core team: researchers and officials who carry the partnership. The one place that says who that is. */
export const isCoreTeam = (programme: ProgrammeState, person: PersonId, now: Instant): boolean =>
  holds(programme, person, ['researcher', 'policyOfficial'], now);

const isAuditor = ({ programme }: World, person: PersonId, now: Instant): boolean =>
  holds(programme, person, ['auditor'], now);

/** The two sides of a request and auditors: clarifications are theirs. */
export const mayReadClarifications = (
  world: World,
  request: DataRequest,
  person: PersonId,
  now: Instant,
): boolean => sideOf(world, request, person, now) !== null || isAuditor(world, person, now);

/** T5: a holder's answer waits for others' where one commissions the other, so that neither answers to please. */
export function isBlind({ programme, project }: World, request: DataRequest): boolean {
  const commissions = (one: OrganisationId, other: OrganisationId): boolean =>
    programme.organisations[other]?.commissionedBy.includes(one) ?? false;
  const awaited = Object.values(project.requests).filter(
    (r) => r.requestRound === request.requestRound && r.id !== request.id && requestStatus(r) === 'SENT',
  );
  return awaited.some((r) => commissions(r.holder, request.holder) || commissions(request.holder, r.holder));
}

/** Why a holder declined: read by those who asked, by the holder itself and by auditors; by nobody else (T6). */
export function mayReadReasons(world: World, request: DataRequest, person: PersonId, now: Instant): boolean {
  const tenure = tenureOf(world.programme, person, now);
  if (!tenure) return false;
  if (tenure.organisation === request.holder || isAuditor(world, person, now)) return true;
  if (isBlind(world, request)) return false;
  return (
    person === request.sender || person === world.project.lead || isCoreTeam(world.programme, person, now)
  );
}

/** T5: while answers are blind, only those who may read the reasons all the same know that there is one. */
export const isAnswerHiddenFrom = (
  world: World,
  request: DataRequest,
  person: PersonId | null,
  now: Instant,
): boolean => isBlind(world, request) && !(person !== null && mayReadReasons(world, request, person, now));

/** T5: words given in confidence are for the one person named, and for who wrote them. */
export const mayReadInConfidence = (
  { person: author, confidant }: { person: PersonId; confidant?: PersonId | undefined },
  person: PersonId,
): boolean => confidant === undefined || person === confidant || person === author;

/** B30: the text of a supposition is for the core team. */
export const mayReadSupposition = ({ programme }: World, person: PersonId, now: Instant): boolean =>
  isCoreTeam(programme, person, now);

/** B30: the holder learns that something was supposed, without its words, so that it can reply. */
export const mayReplyToSupposition = (
  { programme, project }: World,
  { request }: Supposition,
  person: PersonId,
  now: Instant,
): boolean =>
  holds(programme, person, ['dataHolder', 'informationRiskOwner'], now) &&
  tenureOf(programme, person, now)?.organisation === project.requests[request]?.holder;

/** The ledger keeps the discretion of the views: whether what an entry says is for this person. Its hash is everybody's. */
export function mayReadNegotiationEntry(
  world: World,
  entry: ProjectEvent,
  person: PersonId | null,
  now: Instant,
): boolean {
  if (person !== null && isAuditor(world, person, now)) return true;
  const { requests, clarifications } = world.project;
  const may = (rule: typeof mayReadReasons, id: string | undefined): boolean => {
    const request = requests[id ?? ''];
    return person !== null && request !== undefined && rule(world, request, person, now);
  };
  switch (entry.type) {
    case 'RequestAnswered':
    case 'AlternativeConsidered':
      return may(mayReadReasons, entry.data.request);
    case 'SuppositionRecorded':
    case 'SuppositionReplied':
      return person !== null && mayReadSupposition(world, person, now);
    case 'ClarificationAsked':
      return may(mayReadClarifications, entry.data.request);
    case 'ClarificationAnswered':
    case 'ClarificationSettled': {
      const { clarification } = entry.data;
      return may(mayReadClarifications, clarifications.find((c) => c.id === clarification)?.request);
    }
    default:
      return true;
  }
}

/** T5: neutral is whoever neither leads, nor asked, nor works for an organisation that asked or commissions the refuser's. */
export function whyNotNeutral(
  { programme }: { programme: ProgrammeState },
  asker: PersonId,
  refuser: PersonId,
  confidant: PersonId,
  now: Instant,
): string | null {
  const tenure = tenureOf(programme, confidant, now);
  const own = tenureOf(programme, refuser, now)?.organisation ?? '';
  if (!tenure) return 'is not on the roster';
  if (confidant === refuser) return 'is the person who declines';
  if (tenure.roles.includes('projectLead')) return 'leads';
  if (tenure.organisation === tenureOf(programme, asker, now)?.organisation)
    return 'works for the organisation that asks';
  if (programme.organisations[own]?.commissionedBy.includes(tenure.organisation))
    return 'works for an organisation that commissions the one that declines';
  return null;
}

/** T5: what is wrong with a reason given in confidence to one neutral person; null if nothing. */
export function badConfidence(
  { programme, now }: { programme: ProgrammeState; now: Instant },
  asker: PersonId,
  person: PersonId,
  { confidant, reason }: { confidant?: PersonId; reason: Text | null },
) {
  if (confidant === undefined) return null;
  if (reason === null)
    return refuse('INVALID', 'CONFIDENCE', 'there is nothing to keep in confidence', 'write the reason');
  const why = whyNotNeutral({ programme }, asker, person, confidant, now);
  return why === null
    ? null
    : refuse('INVALID', 'NOT_NEUTRAL', `${confidant} ${why}`, 'name somebody neutral, or use no confidence');
}

/** Everybody whom a person who declines may tell the reason in confidence, in the order of the roster. */
export const neutralFor = (
  { programme }: { programme: ProgrammeState },
  asker: PersonId,
  refuser: PersonId,
  now: Instant,
): PersonId[] =>
  peopleAt(programme, now)
    .map(({ person }) => person)
    .filter((person) => whyNotNeutral({ programme }, asker, refuser, person, now) === null);

/** What a person may read of a decision's reason. */
export const readableReason = (decision: Decision, person: PersonId | null): string | null =>
  decision.confidant === undefined || (person !== null && mayReadInConfidence(decision, person))
    ? decision.reason
    : null;
