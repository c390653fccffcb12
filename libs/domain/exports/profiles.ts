// T6 in exports: which entries a profile shows, and whose words; what it withholds stands there by its hash alone.
import type { DomainEvent, EventType } from '../events';
import type { EntryRead } from '../rules/entries';
import { mayReadEntry } from '../rules/entries';
import { declined, inConfidence } from '../negotiation/register';
import { registerEntry } from '../publication/rules';
import type { World } from '../state';
import type { Instant } from '../words';
import type { ExportProfile } from './terms';

/** Entries about one request: an entry that names a declined one names who was asked and who declined. */
const ABOUT_A_REQUEST: ReadonlySet<string> = new Set<EventType>([
  ...(['RequestSent', 'RequestReminded', 'RequestAnswered', 'RequestLapsed', 'GrantWithdrawn'] as const),
  ...(['ClarificationAsked', 'AlternativeConsidered', 'SuppositionRecorded'] as const),
]);

/** Always about somebody who declined, or about a motive that somebody else supposed. */
const ABOUT_DECLINING: ReadonlySet<string> = new Set<EventType>([
  ...(['SuppositionRecorded', 'SuppositionReplied', 'AskingWished', 'AlternativeConsidered'] as const),
  ...(['ClarificationAsked', 'ClarificationAnswered', 'ClarificationSettled'] as const),
]);

/** An answer that grants without keeping anything back shames nobody, and every gate rests on it. */
const isPlainGrant = ({ type, data }: EntryRead): boolean => {
  if (type !== 'RequestAnswered') return false;
  const answer = data as Extract<DomainEvent, { type: 'RequestAnswered' }>['data'];
  return answer.grant !== null && answer.reasons.length === 0 && (answer.grant.withheld ?? []).length === 0;
};

/** Which entries an export of this profile shows; the others stand there by hash. An auditor verifies every one. */
export function shower(world: World, profile: ExportProfile, now: Instant): (entry: EntryRead) => boolean {
  if (profile === 'auditor') return () => true;
  const requests = new Set(declined(world).map((row) => row.request));
  return (entry) => {
    const { request } = entry.data as { request?: string };
    if (ABOUT_A_REQUEST.has(entry.type) && request !== undefined && requests.has(request)) return false;
    if (ABOUT_DECLINING.has(entry.type)) return false;
    return isPlainGrant(entry) || mayReadEntry(world, entry, null, now);
  };
}

/** Commitments whose words no export opens, whoever it is for: T5, drafts that are their author's alone, and the pseudonyms of people who object. */
function neverOpened({ programme, project }: World): ReadonlySet<string> {
  const ownDrafts = [programme, project]
    .flatMap(({ evidence }) => Object.values(evidence))
    .filter(({ audience }) => audience === 'AUTHOR')
    .flatMap(({ title, versions }) => [title, ...versions.map(({ text }) => text)]);
  const objectors = project.objections.map(({ who }) => who);
  return new Set([...inConfidence({ programme, project }), ...ownDrafts, ...objectors]);
}

/** Every digest (64 hex digits) in a value: commitments and content ids. */
export function digestsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (value.length === 64 && /^[0-9a-f]*$/.test(value)) found.add(value);
  } else if (Array.isArray(value)) {
    for (const part of value) digestsIn(part, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const name in value) digestsIn((value as Record<string, unknown>)[name], found);
  }
  return found;
}

/** Which words and signed contents behind shown entries a profile opens. The public gets what the register tells it. */
export function opener(world: World, profile: ExportProfile, now: Instant): (digest: string) => boolean {
  if (profile === 'public') {
    const entry = registerEntry(world, now);
    const { legalBasis: _partlyPublic, ...told } = entry ?? { legalBasis: null };
    const partners = Object.values(world.programme.organisations).map(({ name }) => name);
    const open = digestsIn([told, entry ? partners : []]);
    return (digest) => open.has(digest);
  }
  const never = neverOpened(world);
  // A holder's conformance report is for the holder and for auditors.
  const reports =
    profile === 'auditor' ? [] : Object.values(world.project.deposits).map(({ outcome }) => outcome?.report);
  return (digest) => !never.has(digest) && !reports.includes(digest);
}
