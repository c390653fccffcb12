// Discretion as rules: who reads an item, whether its notes are agreed, whether it may be research data.
import { withId } from '../listed';
import type { ProgrammeState, ProjectState } from '../state';
import type { Instant, PersonId } from '../words';
import { isInCoreTeam } from '../core-team/rules';
import { holds, tenureOf } from '../rules/roster';
import type { Audience, Evidence, EvidenceEvents, EvidenceKind, EvidenceState } from './terms';
import type { EvidenceStanding, EvidenceUse, NotesStatus } from './terms';
import { AUDIENCES } from './terms';

/** Notes of what people said: drafts until those present agree or amend them. */
export const isNotes = ({ kind, versions }: Pick<Evidence, 'kind' | 'versions'>): boolean =>
  (kind === 'MINUTES' || kind === 'CALL') && versions.length > 0;

/** What people said or wrote to each other: research data only with the consent of each of them. */
const PERSONAL: Record<EvidenceKind, boolean> = {
  ...{ DOCUMENT: false, REA: false },
  ...{ COMMENT: true, MINUTES: true, EMAIL: true, CALL: true },
};

const AUDIENCE: Record<Audience, (p: ProgrammeState, person: PersonId, now: Instant) => boolean> = {
  AUTHOR: () => false,
  CORE_TEAM: isInCoreTeam,
  PARTNERS: (programme, person, now) => tenureOf(programme, person, now) !== null,
  PUBLIC: () => true,
};

/**
 * Whether a person reads an item. Its author does; its audience does; those it records do as soon as anybody else does, and
 * minutes from the start, since they are asked to agree to them. An auditor reads whatever is shared at all. Nobody who
 * has left does, unless it is public. AUTHOR means the author: an operator's curiosity is no audience.
 */
export function mayRead(programme: ProgrammeState, item: Evidence, person: PersonId, now: Instant): boolean {
  if (AUDIENCE[item.audience](programme, person, now)) return true;
  if (!tenureOf(programme, person, now)) return false;
  if (item.author === person) return true;
  const isShared = item.audience !== 'AUTHOR';
  if (item.participants.includes(person) && (isShared || item.kind === 'MINUTES')) return true;
  return isShared && holds(programme, person, ['auditor'], now);
}

const ABOUT_EVIDENCE: Record<keyof EvidenceEvents, true> = {
  ...{ EvidenceRecorded: true, EvidenceFileStored: true, AudienceChanged: true, NotesAmended: true },
  ...{ NotesAgreed: true, ResearchUseConsented: true, ResearchUseWithdrawn: true },
  ...{ EvidenceConsidered: true, CitedAsResearchData: true },
};

/**
 * Whether a person reads the text of a ledger entry. Entries about evidence name who took part and for whom it is meant, so they
 * are as discreet as the item; everybody sees that there is an entry, and its hash. An auditor verifies every one.
 */
export function mayReadEvidenceEntry(
  programme: ProgrammeState,
  { evidence }: EvidenceState,
  entry: { type: string; data: { evidence?: string } },
  person: PersonId | null,
  now: Instant,
): boolean {
  if (!(entry.type in ABOUT_EVIDENCE)) return true;
  if (person === null) return false;
  const item = withId(evidence, entry.data.evidence ?? '');
  return (item && mayRead(programme, item, person, now)) || holds(programme, person, ['auditor'], now);
}

export const isWider = (audience: Audience, than: Audience): boolean =>
  AUDIENCES.indexOf(audience) > AUDIENCES.indexOf(than);

/** Somebody else has built on it, so taking it out of sight would leave them without what they cited. */
export const isReliedOn = (item: Evidence): boolean => item.considered.length > 0 || item.cited.length > 0;

/** People whose agreement to the present words is still awaited; whoever has left cannot be waited for. */
export function awaitedForNotes(programme: ProgrammeState, item: Evidence, now: Instant): PersonId[] {
  const words = item.versions.at(-1);
  if (!isNotes(item) || !words) return [];
  return item.participants.filter(
    (person) => tenureOf(programme, person, now) && !words.agreed.some((a) => a.person === person),
  );
}

/** Null where there are no notes. Agreed once nobody of those present is awaited, and at least one of them agreed. */
export function notesStatus(programme: ProgrammeState, item: Evidence, now: Instant): NotesStatus | null {
  if (!isNotes(item)) return null;
  const isAgreed =
    item.versions.at(-1)?.agreed.length !== 0 && awaitedForNotes(programme, item, now).length === 0;
  return isAgreed ? 'AGREED' : 'DRAFT';
}

/** Fixed when it was recorded: data that is granted later is evidence of its own. */
export const standingOf = ({ unseen }: Pick<Evidence, 'unseen'>): EvidenceStanding =>
  unseen == null ? 'SEEN' : 'CITED_NOT_SEEN';

/** What stands beside an analysis: considered with it, or with an insight that rests on it (B20). */
export function besideAnalysis(
  project: ProjectState,
  analysis: string,
): { item: Evidence; use: EvidenceUse }[] {
  const insights = project.insights.filter((each) => each.analyses.includes(analysis)).map(({ id }) => id);
  const isBeside = ({ in: { type, id } }: EvidenceUse) =>
    (type === 'analysis' && id === analysis) || (type === 'insight' && insights.includes(id));
  return project.evidence.flatMap((item) => {
    const use = [...item.considered, ...item.cited].find(isBeside);
    return use ? [{ item, use }] : [];
  });
}

/** Everybody whose words an item holds; a comment's are its author's. */
export const speakers = ({ author, kind, participants }: Evidence): PersonId[] => [
  ...new Set(kind === 'COMMENT' || kind === 'EMAIL' ? [author, ...participants] : participants),
];

export type ResearchUse =
  { allowed: true } | { allowed: false; reason: string; remedy: string; waitingFor: PersonId[] };

/**
 * Whether an item may stand as research data (B7). Consent is each person's own and ends with its withdrawal; people who are not on
 * the roster cannot give it here, and one who has left keeps what they said last.
 */
export function researchUse(item: Evidence): ResearchUse {
  if (standingOf(item) === 'CITED_NOT_SEEN')
    return {
      allowed: false,
      reason: 'nobody but its holder has seen what it rests on',
      remedy: 'consider it as evidence instead: it then stands beside the result as cited, not seen',
      waitingFor: [],
    };
  if (!PERSONAL[item.kind]) return { allowed: true };
  const waitingFor = speakers(item).filter((person) => item.consents[person]?.withdrawnAt !== null);
  if (item.others > 0)
    return {
      allowed: false,
      reason: `${item.others} of those who took part are not on the roster and cannot consent here`,
      remedy: 'consider it as evidence instead, or have them join the roster and record it anew',
      waitingFor,
    };
  if (waitingFor.length === 0 && speakers(item).length > 0) return { allowed: true };
  return {
    allowed: false,
    reason: 'not everybody whose words these are has consented to their use as research data',
    remedy: 'each of them decides for themselves; consider it as evidence meanwhile',
    waitingFor,
  };
}
