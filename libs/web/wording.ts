// The words pages and mails use for kinds, choices and dates, so that both say the same thing.
import type {
  CheckpointKind,
  Choice,
  Condition,
  Instant,
  Role,
  RoundStatus,
  Stage,
  WithdrawalMode,
} from '#libs/domain';

/** What a person is asked about, as it reads after "asks for your decision on". */
export const ASKED_ABOUT: Record<CheckpointKind, string> = {
  AGREEMENT: 'the collaboration agreement between the institutions',
  QUESTION: 'the policy question of this cycle',
  LEGAL: 'whether the data boundary is lawful',
  ETHICAL: 'whether the data boundary is acceptable',
  TRUST: 'one release of data',
  BENEFIT: 'what earlier waves of data gave and cost',
  OUTPUT: 'whether a result may be shown',
  REFLECTION: 'the reflection of this cycle',
  REFINEMENT: 'what comes next',
};

/** The heading of a sign-off page. */
export const KIND_TITLE: Record<CheckpointKind, string> = {
  AGREEMENT: 'Collaboration agreement',
  QUESTION: 'Policy question',
  LEGAL: 'Data boundary: is it lawful?',
  ETHICAL: 'Data boundary: is it acceptable?',
  TRUST: 'Release of data',
  BENEFIT: 'What earlier data gave and cost',
  OUTPUT: 'Output check',
  REFLECTION: 'Reflection',
  REFINEMENT: 'What comes next',
};

/** What a settled checkpoint of a kind leads to; completes "When everybody needed has approved, …". */
export const WHEN_SETTLED: Record<CheckpointKind, string> = {
  AGREEMENT: 'the agreement is in force and projects may ask for data under it.',
  QUESTION: 'the question stage is settled and data may be requested for it.',
  LEGAL: 'the boundary has its legal sign-off. It still needs the ethical one, which is separate.',
  ETHICAL: 'the boundary has its ethical sign-off. It still needs the legal one, which is separate.',
  TRUST: 'exactly this release may be opened to the named readers, once everything else it needs stands too.',
  BENEFIT: 'the next wave of data may be released, once everything else it needs stands too.',
  OUTPUT: 'the result may be shown to the project.',
  REFLECTION: 'the reflection stage is settled and the project decides what comes next.',
  REFINEMENT: 'the cycle ends and the next step named here begins.',
};

/** In the order a page shows them. */
export const CHOICES_SHOWN: readonly Choice[] = [
  'APPROVED',
  'APPROVED_WITH_CONDITIONS',
  'CHANGES_REQUESTED',
  'REJECTED',
  'ABSTAINED',
];

export const CHOICE_LABEL: Record<Choice, string> = {
  APPROVED: 'Approve',
  APPROVED_WITH_CONDITIONS: 'Approve with conditions',
  CHANGES_REQUESTED: 'Ask for changes',
  REJECTED: 'Decline',
  ABSTAINED: 'Abstain',
};

/** A recorded choice as it reads after a person's name. */
export const CHOICE_DONE: Record<Choice, string> = {
  APPROVED: 'approved',
  APPROVED_WITH_CONDITIONS: 'approved with conditions',
  CHANGES_REQUESTED: 'asked for changes',
  REJECTED: 'declined',
  ABSTAINED: 'abstained',
};

export const ROUND_WORDS: Record<RoundStatus, string> = {
  OPEN: 'open for answers',
  SETTLED: 'settled: everybody needed has approved',
  REJECTED: 'declined',
  CHANGES_REQUESTED: 'sent back for changes',
  LAPSED: 'lapsed: not enough people answered in time, and nothing was approved',
  VOID: 'replaced by a newer version',
  WITHDRAWN: 'no longer approved, because an approval was withdrawn',
};

export const CONDITION_LABEL: Record<Condition['kind'], string> = {
  NO_BREAKDOWN_BY: 'No breakdown by this field',
  MIN_ORGANISATIONS: 'Show a figure only if it rests on at least this many organisations',
  SHOW_ONLY_WITH: 'Show results only together with this field or context note',
  REVIEW_BEFORE_SHARING: 'Ten working days to comment before results are shared',
  NO_USE_FOR: 'Not to be used for this purpose',
  EARLIER_EXPIRY: 'Ends earlier, on this date',
};

export const MODE_LABEL: Record<WithdrawalMode, string> = {
  STOP: 'Stop',
  STOP_AND_DESTROY: 'Stop, and destroy the data',
  UNLAWFUL: 'Stop, because using the data was unlawful',
};

export const MODE_EFFECT: Record<WithdrawalMode, string> = {
  STOP: 'Nothing new opens and running analyses end. Unchecked results are set aside; checked results stay, marked as resting on a withdrawn sign-off.',
  STOP_AND_DESTROY:
    'As “Stop”, and the data and its keys are destroyed after 24 hours, or at once if you ask for that.',
  UNLAWFUL:
    'As “Stop, and destroy the data”. Checked results are set aside too, and those who received them are told.',
};

export const STAGE_LABEL: Record<Stage, string> = {
  question: 'question',
  dataRequest: 'data request',
  analysis: 'analysis',
  reflection: 'reflection',
  refinement: 'refinement',
};

export const ROLE_LABEL: Record<Role, string> = {
  projectLead: 'project lead',
  researcher: 'researcher',
  policyOfficial: 'policy official',
  serviceManager: 'service manager',
  businessAnalyst: 'business analyst',
  dataHolder: 'data holder',
  dataCustodian: 'data custodian',
  informationRiskOwner: 'information risk owner',
  dataProtectionOfficer: 'data protection officer',
  ethicsReviewer: 'ethics reviewer',
  layMember: 'lay member',
  serviceProvider: 'service provider',
  civilSociety: 'civil society',
  linker: 'linker',
  outputChecker: 'output checker',
  registrar: 'registrar',
  signatory: 'signatory',
  administrator: 'administrator',
  auditor: 'auditor',
};

/** The 8 characters that mail and page both show, so that a person can see they belong together. */
export function contentCode(core: string): string {
  return core.slice(0, 8);
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-12-03T17:00:00.000Z` → `Thursday 3 December 2026 at 17:00 UTC`. */
export function inFullWords(instant: Instant): string {
  const date = new Date(instant);
  // Some versions of the locale data put a comma after the weekday; people need neither.
  return `${dayFormat.format(date).replaceAll(',', '')} at ${date.toISOString().slice(11, 16)} UTC`;
}

/** How far away an instant is, in the largest unit that says it: `in 9 days`, `in 5 hours`. */
export function howLong(from: Instant, to: Instant): string {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  const [count, unit] =
    minutes >= 2 * 1440
      ? [Math.floor(minutes / 1440), 'day']
      : minutes >= 120
        ? [Math.floor(minutes / 60), 'hour']
        : [minutes, 'minute'];
  return `in ${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `retentionDays` → `Retention days`; `re74` stays `Re74`: a label for a key nobody wrote a label for. */
export function keyInWords(key: string): string {
  const spaced = key
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
