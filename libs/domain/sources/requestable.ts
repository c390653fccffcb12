// What has to be established about a source before its holder is asked for data (B52, B21).
import { refuse } from '../refusal';
import type { Refusal } from '../refusal';
import type { ProjectState } from '../state';
import type { OrganisationId } from '../words';
import { existence, registeredAs, relevance } from './discovered';
import type { RegisteredSource } from './terms';

/**
 * A project that keeps a register requests only what stands in it, exists, and is relevant to the question in force. One
 * that has never registered a source is bound by its boundary's names alone.
 */
export function notRequestable(
  project: ProjectState,
  holder: OrganisationId,
  name: string,
  question: string,
): { ok: false; refusal: Refusal } | null {
  if (Object.keys(project.sources).length === 0) return null;
  const source = registeredAs(project, name, holder);
  if (!source)
    return refuse(
      'CONFLICT',
      'UNREGISTERED_SOURCE',
      `the register has no source "${name}" of ${holder}`,
      'register it, and establish that it exists and is relevant',
    );
  if (source.terms.access.kind === 'PUBLISHED')
    return refuse(
      'CONFLICT',
      'PUBLISHED_SOURCE',
      `${source.id} is published: nobody is asked for it`,
      'import it from its address, under its licence',
    );
  return notEstablished(project, source, question);
}

/** Why the conversation has not yet shown that there is such data, and that this question needs it; null if it has. */
export function notEstablished(
  project: ProjectState,
  source: RegisteredSource,
  question: string,
): { ok: false; refusal: Refusal } | null {
  const exists = existence(project, source.id);
  if (exists !== 'EXISTS')
    return refuse(
      'CONFLICT',
      'NOT_DISCOVERED',
      `nobody has established that ${source.id} exists (${exists})`,
      'ask those who would hold it, and record what they say',
    );
  const relevant = relevance(project, source.id, question);
  return relevant === 'RELEVANT'
    ? null
    : refuse(
        'CONFLICT',
        'NOT_RELEVANT',
        `${source.id} is not established as relevant to question ${question} (${relevant})`,
        'record in the conversation why it is, or ask for something else',
      );
}
