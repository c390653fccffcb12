// Where a command on evidence or a meeting is given: the programme's own stream, or a project's with its programme.
import type { Context as ProgrammeContext } from '../decide/programme-context';
import type { Context as ProjectContext } from '../decide/context';
import type { Decided, Refusal } from '../refusal';
import { refuse } from '../refusal';
import type { ProgrammeState, ProjectState } from '../state';
import type { Actor, Instant, PersonId } from '../words';
import { tenureOf } from '../rules/roster';

/** Evidence and meetings follow the same rules in both kinds of stream. */
export interface Place {
  programme: ProgrammeState;
  project: ProjectState | null;
  /** The one the command is about. */
  stream: ProgrammeState | ProjectState;
  actor: Actor;
  now: Instant;
}

export const ofProgramme = ({ state, actor, now }: ProgrammeContext): Place => ({
  ...{ programme: state, project: null, stream: state, actor, now },
});
export const ofProject = ({ world, actor, now }: ProjectContext): Place => ({
  ...{ programme: world.programme, project: world.project, stream: world.project, actor, now },
});

type EventIn<Events> = { [T in keyof Events]: { type: T; data: Events[T] } }[keyof Events];
/** A concern's handlers, command by command. */
export type Deciding<Commands, Events> = {
  [T in keyof Commands]: (place: Place, command: Commands[T]) => Decided<EventIn<Events>>;
};

/** The same handlers for a stream's own kind of context. */
export function placed<Commands, Events, Context>(
  handlers: Deciding<Commands, Events>,
  place: (context: Context) => Place,
): { [T in keyof Commands]: (context: Context, command: Commands[T]) => Decided<EventIn<Events>> } {
  const bound = (Object.keys(handlers) as (keyof Commands)[]).map((type) => [
    type,
    (context: Context, command: Commands[typeof type]) => handlers[type](place(context), command),
  ]);
  return Object.fromEntries(bound) as {
    [T in keyof Commands]: (context: Context, command: Commands[T]) => Decided<EventIn<Events>>;
  };
}

type Present = { ok: true; person: PersonId } | { ok: false; refusal: Refusal };

/** The acting person, if on the roster now: whoever is may speak (B49). */
export function present({ programme, actor, now }: Place): Present {
  const person = 'person' in actor ? actor.person : null;
  if (person === null)
    return refuse('FORBIDDEN', 'NOT_A_PERSON', 'only a person may do this', 'sign in as that person');
  return tenureOf(programme, person, now)
    ? { ok: true, person }
    : refuse(
        'FORBIDDEN',
        'NOT_ON_ROSTER',
        'this person is not on the roster',
        'ask a registrar to attest them',
      );
}

/** The first of `people` who is not on the roster. */
export const strangerAmong = ({ programme, now }: Place, people: PersonId[]): PersonId | undefined =>
  people.find((person) => !tenureOf(programme, person, now));
