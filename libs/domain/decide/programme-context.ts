// What every programme command is judged against.
import type { ProgrammeOnlyCommands } from '../commands';
import type { ProgrammeEvent } from '../events';
import type { Decided } from '../refusal';
import type { ProgrammeState } from '../state';
import type { Actor, Instant, PersonId } from '../words';

export interface Context {
  state: ProgrammeState;
  actor: Actor;
  now: Instant;
}
export type Answer = Decided<ProgrammeEvent>;
export type Handler<T extends keyof ProgrammeOnlyCommands> = (
  context: Context,
  command: ProgrammeOnlyCommands[T],
) => Answer;

export const accept = (...events: ProgrammeEvent[]): Answer => ({ ok: true, events });

export const person = ({ actor }: Context): PersonId | null => ('person' in actor ? actor.person : null);
