// The second iteration with a holder (B14): questions about a request, answers, and what is still open on whose side.
import type { Instant } from '../words';
import type { DataRequest, ProjectState, World } from '../state';
import { shifted } from '../rules/project';
import { tenureOf } from '../rules/roster';
import { between, plus } from '../rules/time';
import type { Clarification, ClarificationStatus, NegotiationSide } from './terms';
import type { PersonId } from '../words';

const OTHER: Record<NegotiationSide, NegotiationSide> = { ASKER: 'HOLDER', HOLDER: 'ASKER' };

/** The side a person speaks for: the holder's own people, or whoever may ask; null for everybody else. */
export function sideOf(
  { programme }: World,
  request: DataRequest,
  person: PersonId,
  now: Instant,
): NegotiationSide | null {
  const tenure = tenureOf(programme, person, now);
  if (!tenure) return null;
  if (tenure.organisation === request.holder) {
    const speaks = ['dataHolder', 'dataCustodian', 'informationRiskOwner'] as const;
    if (speaks.some((role) => tenure.roles.includes(role))) return 'HOLDER';
  }
  const asks = ['projectLead', 'researcher', 'policyOfficial'] as const;
  return asks.some((role) => tenure.roles.includes(role)) ? 'ASKER' : null;
}

/** Whose last word it is decides: the other side's answer, then the asking side's verdict on it. */
export function clarificationStatus({ side, answers, settledAt }: Clarification): ClarificationStatus {
  if (settledAt !== null) return 'SETTLED';
  return answers.at(-1)?.side === OTHER[side] ? 'ANSWERED' : 'ASKED';
}

export const clarificationsOf = (project: ProjectState, request: string): Clarification[] =>
  project.clarifications.filter((c) => c.request === request);

/** Questions of this request that are not settled. */
export const openClarifications = (project: ProjectState, request: string): Clarification[] =>
  clarificationsOf(project, request).filter((c) => c.settledAt === null);

/** The side whose move it is, or null when settled. */
export function clarificationMove(clarification: Clarification): NegotiationSide | null {
  const status = clarificationStatus(clarification);
  if (status === 'SETTLED') return null;
  return status === 'ASKED' ? OTHER[clarification.side] : clarification.side;
}

/** Periods during which the holder waited for the asker's answer to a question of its own. */
function waits(project: ProjectState, request: DataRequest, now: Instant): { from: Instant; to: Instant }[] {
  return clarificationsOf(project, request.id)
    .filter((c) => c.side === 'HOLDER')
    .map((c) => ({
      from: c.at,
      to: c.answers.find((a) => a.side === 'ASKER')?.at ?? c.settledAt ?? now,
    }));
}

/** Whether the holder is waiting for the asker now: its own time to answer stands still. */
export const isHolderWaiting = (project: ProjectState, request: string): boolean =>
  openClarifications(project, request).some(
    (c) => c.side === 'HOLDER' && !c.answers.some((a) => a.side === 'ASKER'),
  );

/**
 * An instant of a request's clock (reminder, deadline), moved by suspension and by the time the holder waited for an
 * answer to its own questions: a holder does not lapse because the asker was slow.
 */
export function requestInstant(
  project: ProjectState,
  request: DataRequest,
  instant: Instant,
  now: Instant,
): Instant {
  let waited = 0;
  let counted = request.sentAt;
  for (const { from, to } of waits(project, request, now)) {
    // Overlapping questions count once; they are in order of asking.
    const begin = from > counted ? from : counted;
    if (to > begin) waited += between(begin, to);
    if (to > counted) counted = to;
  }
  return shifted(project, request.sentAt, plus(instant, waited), now);
}
