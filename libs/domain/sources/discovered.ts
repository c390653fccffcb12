// What the conversation has established about a source so far; whoever spoke last is heard, and everything said stays.
import type { OrganisationId } from '../words';
import type { ProjectState } from '../state';
import type { DiscoveryClaim, Existence, RegisteredSource, Relevance } from './terms';

const ABOUT_EXISTENCE: readonly DiscoveryClaim[] = ['EXISTS', 'ABSENT'];
const ABOUT_RELEVANCE: readonly DiscoveryClaim[] = ['RELEVANT', 'NOT_RELEVANT', 'UNSURE'];

export function existence({ discovery }: ProjectState, source: string): Existence {
  const last = discovery.findLast((e) => e.source === source && ABOUT_EXISTENCE.includes(e.claim));
  return (last?.claim as Existence | undefined) ?? 'UNKNOWN';
}

/** Relevant to one version of the question: another version has to be looked at anew. */
export function relevance({ discovery }: ProjectState, source: string, question: string): Relevance {
  const last = discovery.findLast(
    (e) => e.source === source && e.question === question && ABOUT_RELEVANCE.includes(e.claim),
  );
  return (last?.claim as Relevance | undefined) ?? 'UNKNOWN';
}

/** The registered source that a boundary or a request means by a name and a holder. */
export const registeredAs = (
  { sources }: ProjectState,
  name: string,
  holder: OrganisationId,
): RegisteredSource | null =>
  Object.values(sources).find(({ terms }) => terms.name === name && terms.holder === holder) ?? null;
