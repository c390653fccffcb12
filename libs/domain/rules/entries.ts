// Who reads the text of a ledger entry: everybody sees that there is one, and its hash; some are as discreet as what they say.
import type { ProgrammeState } from '../state';
import type { EvidenceState } from '../evidence/terms';
import type { Actor, Instant, PersonId } from '../words';
import { mayReadEvidenceEntry } from '../evidence/rules';
import { mayReadNarrativeEntry } from '../issue/discretion';

export interface EntryRead {
  type: string;
  actor: Actor;
  data: Record<string, unknown>;
}

/** `stream` is the state of the stream the entry is in, a programme's or a project's. */
export const mayReadEntry = (
  programme: ProgrammeState,
  stream: EvidenceState,
  entry: EntryRead,
  person: PersonId | null,
  now: Instant,
): boolean =>
  mayReadEvidenceEntry(programme, stream, entry, person, now) &&
  mayReadNarrativeEntry(programme, entry, person, now);
