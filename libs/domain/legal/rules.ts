// When a legal file lets LEGAL open (B53): every part there or not applicable, advice heard, and gone against only with a reason.
import type { ProgrammeState, ProjectState, World } from '../state';
import type { BoundaryScope } from '../terms';
import type { Instant, OrganisationId, PersonId } from '../words';
import { agreementInForce } from '../rules/agreement';
import { holdersOf } from '../rules/boundary';
import { peopleAt, tenureOf } from '../rules/roster';
import { earliest, plus } from '../rules/time';
import type { Incident, IncidentReminder, IncidentStatus, LegalFile, LegalPart, LegalTerms } from './terms';
import { INCIDENT_REMINDERS, LEGAL_PARTS } from './terms';

const HOUR = 60 * 60 * 1000;

/** UK GDPR Art. 33(1): seventy-two hours from becoming aware. */
export const INCIDENT_HOURS = 72;

/** Parts that say what the boundary does anyway: nothing is without them. */
const NEVER_INAPPLICABLE: LegalPart[] = ['CONTROLLERS', 'LAWFUL_BASIS', 'RETENTION'];

/** Officers whose advice can be had: of the organisations whose data is inside. */
export const officersFor = (programme: ProgrammeState, scope: BoundaryScope, now: Instant): PersonId[] =>
  holdersOf(scope).flatMap((organisation) =>
    peopleAt(programme, now, { organisation, roles: ['dataProtectionOfficer'] }).map((p) => p.person),
  );

/** What a file's terms contradict in themselves, in words; empty if nothing. */
export function flawsOfFile(programme: ProgrammeState, terms: LegalTerms, now: Instant): string[] {
  const { parts, article6, article9, residualRisk, scope } = terms;
  const state = (part: LegalPart) => parts[part]?.state;
  return [
    ...NEVER_INAPPLICABLE.filter((part) => state(part) === 'NOT_APPLICABLE').map(
      (part) => `${part} is always applicable`,
    ),
    ...(state('LAWFUL_BASIS') === 'PRESENT' && article6 === null
      ? ['LAWFUL_BASIS names no basis of Art. 6']
      : []),
    ...(state('SPECIAL_CATEGORY') === 'PRESENT' && article9 === null
      ? ['SPECIAL_CATEGORY names no condition of Art. 9']
      : []),
    ...(state('SPECIAL_CATEGORY') === 'NOT_APPLICABLE' && article9 !== null
      ? ['a condition of Art. 9 is named though SPECIAL_CATEGORY is not applicable']
      : []),
    ...(state('RESIDUAL_RISK') === 'PRESENT' && residualRisk === null ? ['RESIDUAL_RISK names no risk'] : []),
    ...(state('OFFICER_ADVICE') === 'PRESENT' ? ['OFFICER_ADVICE is the officer’s to give'] : []),
    ...(state('OFFICER_ADVICE') === 'NOT_APPLICABLE' && officersFor(programme, scope, now).length > 0
      ? ['OFFICER_ADVICE is applicable: an officer is on the roster']
      : []),
  ];
}

/** Parts that are neither there nor said to be not applicable; the officer's advice is there once it was given. */
export const missingParts = ({ parts, advice }: LegalFile): LegalPart[] =>
  LEGAL_PARTS.filter(
    (part) => parts[part] === undefined && !(part === 'OFFICER_ADVICE' && advice.length > 0),
  );

/** Officers whose last advice is not to proceed, where no risk owner has gone against it since with a reason. */
export function adviceStandingAgainst({ advice, overrides }: LegalFile): PersonId[] {
  const officers = [...new Set(advice.map((a) => a.person))];
  return officers.filter((officer) => {
    const last = advice.findLast((a) => a.person === officer);
    return last?.advice === 'DO_NOT_PROCEED' && !overrides.some((o) => o.at >= last.at);
  });
}

/** Where a scope differs from what the file was written for, in words; its expiry may be any. */
export function otherwise(file: LegalFile, scope: BoundaryScope): string[] {
  const plain = (value: unknown): unknown =>
    Array.isArray(value)
      ? value
          .map(plain)
          .map((v) => JSON.stringify(v))
          .sort()
      : value !== null && typeof value === 'object'
        ? Object.entries(value)
            .map(([key, v]) => [key, plain(v)])
            .sort()
        : value;
  const keys = Object.keys(scope).filter((key) => key !== 'expires') as (keyof BoundaryScope)[];
  return keys.filter((key) => JSON.stringify(plain(scope[key])) !== JSON.stringify(plain(file.scope[key])));
}

/** What the project itself already says, so that nobody writes it twice: ids and numbers, for the file's first draft. */
export interface Prefilled {
  controllers: { organisation: OrganisationId; sources: string[]; riskOwners: PersonId[] }[];
  recipients: OrganisationId[];
  agreement: { id: string; expires: Instant } | null;
  retentionDays: number;
  expires: Instant;
  officers: PersonId[];
}

export function prefilled({ programme }: World, scope: BoundaryScope, now: Instant): Prefilled {
  const agreement = agreementInForce(programme, now);
  const riskOwners = (organisation: OrganisationId): PersonId[] =>
    peopleAt(programme, now, { organisation, roles: ['informationRiskOwner'] }).map((p) => p.person);
  const recipients = scope.readers.flatMap((reader) => tenureOf(programme, reader, now)?.organisation ?? []);
  return {
    controllers: holdersOf(scope).map((organisation) => ({
      organisation,
      sources: scope.sources.filter((s) => s.holder === organisation).map((s) => s.source),
      riskOwners: riskOwners(organisation),
    })),
    recipients: [...new Set(recipients)],
    agreement: agreement && { id: agreement.id, expires: agreement.expires },
    retentionDays: scope.retentionDays,
    expires: scope.expires,
    officers: officersFor(programme, scope, now),
  };
}

export function incidentStatus({ due, reported }: Incident, now: Instant): IncidentStatus {
  if (reported) return reported.outcome;
  return now < due ? 'OPEN' : 'OVERDUE';
}

const remindAt = ({ due }: Incident, hoursLeft: IncidentReminder): Instant => plus(due, -hoursLeft * HOUR);

/** A time that had come when the incident was recorded reminds nobody: whoever would be was told of the incident just then. */
const reminders = (incident: Incident): IncidentReminder[] =>
  incident.reported === null
    ? INCIDENT_REMINDERS.filter((hoursLeft) => incident.at < remindAt(incident, hoursLeft))
    : [];

/** The latest reminder whose time has come and that was not given; earlier ones that were missed are not made up for. */
export function incidentReminderDue(incident: Incident, now: Instant): IncidentReminder | null {
  const hoursLeft = reminders(incident).findLast((each) => remindAt(incident, each) <= now);
  const isGiven = incident.reminders.some((given) => given.hoursLeft === hoursLeft);
  return hoursLeft === undefined || isGiven ? null : hoursLeft;
}

/** When people are next to be reminded of an incident; null where there is none to be reminded of any more. */
export function nextIncidentReminder({ incidents }: ProjectState, now: Instant): Instant | null {
  const times = incidents.flatMap((incident) =>
    reminders(incident).map((hoursLeft) => remindAt(incident, hoursLeft)),
  );
  const ahead = times.filter((at) => at > now);
  return ahead.length === 0 ? null : earliest(...ahead);
}
