// Who holds a narrative is known to its holder and to auditors, and to others only if the holder agrees (B44).
import type { EventType } from '../events';
import type { ProgrammeState } from '../state';
import type { Actor, Instant, PersonId } from '../words';
import { holds } from '../rules/roster';
import type { Narrative } from './terms';

/** The person to show beside a narrative, or null: then its role alone stands for them. */
export function holderShown(
  programme: ProgrammeState,
  narrative: Narrative,
  viewer: PersonId | null,
  now: Instant,
): PersonId | null {
  if (!narrative.isOwn) return null;
  const isEntitled =
    viewer !== null && (viewer === narrative.person || holds(programme, viewer, ['auditor'], now));
  return narrative.isNamed || isEntitled ? narrative.person : null;
}

/** Entries that say who acted where a page may not: the ledger shows their hash to everybody, their text to few. */
const DISCREET: readonly string[] = ['NarrativeTold', 'NarrativeNamed'] satisfies EventType[];

export function mayReadNarrativeEntry(
  programme: ProgrammeState,
  { type, actor }: { type: string; actor: Actor },
  viewer: PersonId | null,
  now: Instant,
): boolean {
  if (!DISCREET.includes(type)) return true;
  if (viewer === null) return false;
  return ('person' in actor && actor.person === viewer) || holds(programme, viewer, ['auditor'], now);
}
