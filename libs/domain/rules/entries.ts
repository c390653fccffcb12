// Who reads the text of a ledger entry: everybody sees that there is one, and its hash; some are as discreet as what they say.
import type { ProjectEvent } from '../events';
import type { ProgrammeState, World } from '../state';
import type { Actor, Instant, PersonId } from '../words';
import { mayReadEvidenceEntry } from '../evidence/rules';
import { mayReadNarrativeEntry } from '../issue/discretion';
import { mayReadNegotiationEntry } from '../negotiation/audience';
import { mayReadAnswerEntry } from './blind-rounds';

export interface EntryRead {
  type: string;
  actor: Actor;
  data: object;
}

/** `side` is the state of the stream the entry is in: a programme's, or a project's with its programme. */
export function mayReadEntry(
  side: ProgrammeState | World,
  entry: EntryRead,
  person: PersonId | null,
  now: Instant,
): boolean {
  const isProject = 'project' in side;
  const programme = isProject ? side.programme : side;
  const { checkpoints } = isProject ? side.project : side;
  return (
    mayReadAnswerEntry(programme, checkpoints, entry, person, now) &&
    mayReadEvidenceEntry(programme, isProject ? side.project : side, entry, person, now) &&
    mayReadNarrativeEntry(programme, entry, person, now) &&
    (!isProject || mayReadNegotiationEntry(side, entry as ProjectEvent, person, now))
  );
}
