// Commands on a programme: its organisations, people, registrars and collaboration agreement (B5, B55).
import type { ProgrammeCommand, ProgrammeOnlyCommands } from '../commands';
import { refuse } from '../refusal';
import type { ProgrammeState } from '../state';
import type { Actor, Instant, OrganisationId, PersonId } from '../words';
import { agreementInForce, DEFAULT_RULES, organisationsOf } from '../rules/agreement';
import { pendingChange, tenureOf } from '../rules/roster';
import { plus } from '../rules/time';
import { coreTeamHandlers } from '../core-team/decide';
import { evidenceHandlers } from '../evidence/decide';
import { ofProgramme, placed } from '../evidence/place';
import { meetingHandlers } from '../meetings/decide';
import { seriesHandlers } from '../meetings/series';
import { safePeopleHandlers } from '../safe-people/decide';
import { proposeAgreement } from './agreements';
import { changeCover, delegate, recordDecision, takeBack, withdrawDecision } from './answering';
import { nameDeputy } from './deputies';
import { keepTime } from './keeping-time';
import type { Due } from './keeping-time';
import { countersignDecision, recordAnswerOf, recordWithdrawalOf } from '../recorded-answers/decide';
import type { Answer, Context, Handler } from './programme-context';
import { accept, person } from './programme-context';

const isAdministrator = ({ actor }: Context): boolean => 'administrator' in actor;

const onlyAdministrator = refuse(
  'FORBIDDEN',
  'NOT_ADMINISTRATOR',
  'only the administrator may do this',
  'ask the administrator',
);

/** Whether an agreement in force covers this organisation, so that its registrar alone speaks for it. */
const isCovered = ({ state, now }: Context, organisation: OrganisationId): boolean => {
  const agreement = agreementInForce(state, now);
  return agreement !== null && organisationsOf(agreement).includes(organisation);
};

/** Refuses unless the actor is the registrar of `organisation`, acting on somebody else. */
function registrarOf(context: Context, organisation: OrganisationId, subject: PersonId) {
  const { state, now } = context;
  const by = person(context);
  const tenure = by === null ? null : tenureOf(state, by, now);
  if (!tenure?.roles.includes('registrar') || tenure.organisation !== organisation)
    return refuse(
      'FORBIDDEN',
      'NOT_THEIR_REGISTRAR',
      `only a registrar of ${organisation} may attest its people`,
      'ask that registrar',
    );
  if (by === subject)
    return refuse(
      'FORBIDDEN',
      'OWN_ENTRY',
      "a registrar's own entry changes only by an amended agreement",
      'propose an amended agreement',
    );
  return null;
}

/** Before an agreement covers an organisation, the administrator enters its registrar and its signatory, nobody else. */
function administratorMayAttest(context: Context, command: ProgrammeOnlyCommands['AttestPerson']) {
  if (isCovered(context, command.organisation))
    return refuse(
      'FORBIDDEN',
      'AGREEMENT_IN_FORCE',
      'once an agreement is in force the administrator changes no one in its organisations',
      'ask the registrar of that organisation',
    );
  if (!command.roles.includes('registrar') && !command.roles.includes('signatory'))
    return refuse(
      'FORBIDDEN',
      'NOT_FOR_ADMINISTRATOR',
      'the administrator enters registrars and signatories only',
      'let the registrar attest this person',
    );
  return null;
}

const attestPerson: Handler<'AttestPerson'> = (context, command) => {
  const { state } = context;
  if (!state.organisations[command.organisation])
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_ORGANISATION',
      `the organisation ${command.organisation} is unknown`,
      'add the organisation first',
    );
  if (command.roles.length === 0)
    return refuse('INVALID', 'NO_ROLE', 'a person needs at least one role', 'name the roles');
  if (command.roles.includes('administrator'))
    return refuse(
      'INVALID',
      'OPERATOR_ROLE',
      'administrator is a role of the operator, not of a programme',
      'leave it out',
    );
  const obstacle = isAdministrator(context)
    ? administratorMayAttest(context, command)
    : (registrarOf(context, command.organisation, command.person) ??
      (command.roles.includes('registrar')
        ? refuse(
            'FORBIDDEN',
            'REGISTRAR_BY_AGREEMENT',
            'registrars are named by the agreement',
            'propose an amended agreement',
          )
        : null));
  if (obstacle) return obstacle;
  const known = state.people[command.person];
  if (known && tenureOf(state, command.person, context.now))
    return refuse(
      'CONFLICT',
      'ALREADY_ATTESTED',
      `${command.person} is already on the roster`,
      'change roles or address instead',
    );
  return accept({ type: 'PersonAttested', data: command });
};

/** The organisation of somebody on the roster, or a refusal. */
function organisationOf({ state, now }: Context, id: PersonId) {
  const tenure = tenureOf(state, id, now);
  return tenure
    ? { ok: true as const, organisation: tenure.organisation, roles: tenure.roles }
    : refuse('NOT_FOUND', 'UNKNOWN_PERSON', `${id} is not on the roster`, 'attest the person first');
}

const handlers: { [T in keyof ProgrammeOnlyCommands]: Handler<T> } = {
  StartProgramme: (context, command) => {
    if (!isAdministrator(context)) return onlyAdministrator;
    if (context.state.version > 0)
      return refuse(
        'CONFLICT',
        'ALREADY_STARTED',
        'the programme has already been started',
        'use it as it is',
      );
    return accept({ type: 'ProgrammeStarted', data: command });
  },
  AddOrganisation: (context, command) => {
    if (!isAdministrator(context)) return onlyAdministrator;
    if (context.state.organisations[command.organisation])
      return refuse('CONFLICT', 'KNOWN_ORGANISATION', 'the organisation is already there', 'use it as it is');
    return accept({ type: 'OrganisationAdded', data: command });
  },
  AttestPerson: attestPerson,
  ChangeRoles: (context, command) => {
    const subject = organisationOf(context, command.person);
    if (!subject.ok) return subject;
    const obstacle = registrarOf(context, subject.organisation, command.person);
    if (obstacle) return obstacle;
    if (command.roles.length === 0)
      return refuse('INVALID', 'NO_ROLE', 'a person needs at least one role', 'record a leaver instead');
    if (command.roles.includes('registrar') !== subject.roles.includes('registrar'))
      return refuse(
        'FORBIDDEN',
        'REGISTRAR_BY_AGREEMENT',
        'registrars are named by the agreement',
        'propose an amended agreement',
      );
    return accept({ type: 'RolesChanged', data: command });
  },
  ChangeAddress: (context, command) => {
    const subject = organisationOf(context, command.person);
    if (!subject.ok) return subject;
    const obstacle = registrarOf(context, subject.organisation, command.person);
    if (obstacle) return obstacle;
    if (pendingChange(context.state.people[command.person], context.now))
      return refuse(
        'CONFLICT',
        'CHANGE_PENDING',
        'another change of this address has not taken effect yet',
        'cancel that one first, or wait until it has',
      );
    const delay = (agreementInForce(context.state, context.now)?.rules ?? DEFAULT_RULES).addressDelay;
    return accept({ type: 'AddressChanged', data: { ...command, effectiveAt: plus(context.now, delay) } });
  },
  CancelAddressChange: (context, { person: id }) => {
    const subject = organisationOf(context, id);
    if (!subject.ok) return subject;
    const obstacle = registrarOf(context, subject.organisation, id);
    if (obstacle) return obstacle;
    const known = context.state.people[id];
    const pending = pendingChange(known, context.now);
    if (!known?.address || !pending)
      return refuse(
        'CONFLICT',
        'NOTHING_PENDING',
        'no change of this address waits to take effect',
        'change the address instead',
      );
    const data = { person: id, address: known.address, stays: pending.before };
    return accept({ type: 'AddressChangeCancelled', data });
  },
  NameDeputy: nameDeputy,
  RecordLeaver: (context, command) => {
    const subject = organisationOf(context, command.person);
    if (!subject.ok) return subject;
    const obstacle = registrarOf(context, subject.organisation, command.person);
    return obstacle ?? accept({ type: 'PersonLeft', data: command });
  },
  ErasePerson: (context, command) => {
    const known = context.state.people[command.person];
    const last = known?.tenures.at(-1);
    if (!last)
      return refuse(
        'NOT_FOUND',
        'UNKNOWN_PERSON',
        `${command.person} was never on the roster`,
        'check the id',
      );
    if (last.to === null)
      return refuse(
        'CONFLICT',
        'STILL_ON_ROSTER',
        'this person is on the roster, and is written to',
        'record that they left, then erase them',
      );
    const obstacle = registrarOf(context, last.organisation, command.person);
    return obstacle ?? accept({ type: 'PersonErased', data: command });
  },
  ProposeAgreement: proposeAgreement,
  ...coreTeamHandlers,
  ...placed(evidenceHandlers, ofProgramme),
  ...placed(meetingHandlers, ofProgramme),
  ...seriesHandlers,
  ...safePeopleHandlers,
};

/** No suspension and no shock touches a programme's own rounds. */
const AS_PLANNED: Due = { deadline: (_since, planned) => planned, reminder: (_since, planned) => planned };

/** Events, or a refusal with its reason and what would make the command possible. */
export function decideProgramme(
  state: ProgrammeState,
  command: ProgrammeCommand,
  actor: Actor,
  now: Instant,
): Answer {
  const answering = { programme: state, checkpoints: state.checkpoints, actor, now };
  const hearing = { ...answering, evidence: state.evidence };
  const { type, ...rest } = command;
  switch (command.type) {
    case 'RecordDecision':
      return recordDecision(answering, bare(command));
    case 'WithdrawDecision':
      return withdrawDecision(answering, bare(command));
    case 'RecordAnswerOf':
      return recordAnswerOf(hearing, bare(command));
    case 'RecordWithdrawalOf':
      return recordWithdrawalOf(hearing, bare(command));
    case 'CountersignDecision':
      return countersignDecision(hearing, bare(command));
    case 'DelegateSigning':
      return delegate(answering, bare(command));
    case 'TakeBackDelegation':
      return takeBack(answering, bare(command));
    case 'ChangeCover':
      return changeCover(answering, bare(command));
    case 'KeepTime':
      return keepTime(answering, bare(command), AS_PLANNED);
    default: {
      const handle = handlers[type as keyof ProgrammeOnlyCommands] as (
        context: Context,
        command: unknown,
      ) => Answer;
      return handle({ state, actor, now }, rest);
    }
  }
}

/** The command's payload without its type: what goes into the event. */
export function bare<C extends { type: string }>(command: C): Omit<C, 'type'> {
  const { type: _type, ...payload } = command;
  return payload;
}
