// Naming a deputy: who hears when somebody does not answer. They decide nothing, and are never whoever commissions or funds (T1).
import { refuse } from '../refusal';
import { peopleAt, tenureOf } from '../rules/roster';
import type { Context, Handler } from './programme-context';
import { accept, person } from './programme-context';
import type { ProgrammeState } from '../state';
import type { Instant, PersonId } from '../words';

export const nameDeputy: Handler<'NameDeputy'> = (context: Context, command) => {
  const by = person(context);
  if (by === null)
    return refuse('FORBIDDEN', 'NOT_A_PERSON', 'only a person names a deputy', 'sign in as that person');
  const why = command.deputy === null ? null : whyNotDeputy(context.state, by, command.deputy, context.now);
  if (why !== null)
    return refuse('INVALID', 'DEPUTY', `${command.deputy} ${why}`, 'name a colleague, or nobody');
  const isOutside =
    command.assurance === 'LINK' &&
    command.deputy !== null &&
    !deputiesFor(context.state, by, context.now).includes(command.deputy);
  if (isOutside)
    return refuse(
      'INVALID',
      'DEPUTY',
      `${command.deputy} is not of the same organisation`,
      'choose one of the colleagues listed',
    );
  return accept({ type: 'DeputyNamed', data: { person: by, ...command } });
};

/** T1: escalation never goes to somebody's commissioner, also where they are named. */
function whyNotDeputy(state: ProgrammeState, by: PersonId, deputy: PersonId, now: Instant): string | null {
  const [own, theirs] = [tenureOf(state, by, now), tenureOf(state, deputy, now)];
  if (by === deputy || theirs === null) return 'is not another person on the roster';
  const commissioners = state.organisations[own?.organisation ?? '']?.commissionedBy ?? [];
  return commissioners.includes(theirs.organisation) ? 'is of whoever commissions this organisation' : null;
}

/** Colleagues a page offers: of the person's own organisation, reached by mail, in the order of the roster. */
export function deputiesFor(state: ProgrammeState, person: PersonId, now: Instant): PersonId[] {
  const own = tenureOf(state, person, now);
  return own === null
    ? []
    : peopleAt(state, now, { organisation: own.organisation })
        .map((other) => other.person)
        .filter((other) => other !== person && state.people[other]?.address !== null);
}
