// What telling people of a command starts from: the state before and after it, and one mail for each person.
import type { MailOrder, MailPurpose } from '../effects-types';
import type { Checkpoint, ProgrammeState, World } from '../state';
import type { PersonId } from '../words';

/** The state a stream's command saw or made: a programme alone, or a project with its programme. */
export type Side = ProgrammeState | World;

export interface Telling {
  before: Side | null;
  after: Side;
  programme: ProgrammeState;
  checkpoints: Record<string, Checkpoint>;
}

export const isWorld = (side: Side): side is World => 'project' in side;
export const programmeOf = (side: Side): ProgrammeState => (isWorld(side) ? side.programme : side);
export const checkpointsOf = (side: Side | null): Record<string, Checkpoint> =>
  side === null ? {} : isWorld(side) ? side.project.checkpoints : side.checkpoints;

export const mail = (
  purpose: MailPurpose,
  people: PersonId[],
  about: string,
  round = 0,
  count = 1,
): MailOrder[] => [...new Set(people)].map((person) => ({ purpose, person, about, round, count }));
