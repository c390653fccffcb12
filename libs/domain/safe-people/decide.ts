// Commands about safe people: training attested by a registrar, undertaking and interests by the person alone.
import { accept, person } from '../decide/programme-context';
import type { Context, Handler } from '../decide/programme-context';
import { refuse } from '../refusal';
import { tenureOf } from '../rules/roster';
import type { SafePeopleCommands } from './terms';

const recordTraining: Handler<'RecordTraining'> = (context, command) => {
  const { state, now } = context;
  const by = person(context);
  const own = by === null ? null : tenureOf(state, by, now);
  const subject = tenureOf(state, command.person, now);
  if (!subject)
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_PERSON',
      `${command.person} is not on the roster`,
      'attest the person first',
    );
  if (!own?.roles.includes('registrar') || own.organisation !== subject.organisation)
    return refuse(
      'FORBIDDEN',
      'NOT_THEIR_REGISTRAR',
      `only a registrar of ${subject.organisation} records its people’s training`,
      'ask that registrar',
    );
  if (by === command.person)
    return refuse('FORBIDDEN', 'OWN_ENTRY', 'nobody attests their own training', 'ask another registrar');
  if (command.completed > now || command.expires <= command.completed || command.expires <= now)
    return refuse(
      'INVALID',
      'TRAINING_DATES',
      'training was completed before now and expires after now',
      'give the day it was completed and the day until which it counts',
    );
  return accept({ type: 'TrainingRecorded', data: command });
};

/** The acting person, on the roster; what they sign or declare is theirs alone. */
function oneself(context: Context) {
  const by = person(context);
  return by !== null && tenureOf(context.state, by, context.now)
    ? { ok: true as const, person: by }
    : refuse(
        'FORBIDDEN',
        'NOT_ON_ROSTER',
        'only people on the roster sign and declare',
        'ask a registrar to attest you',
      );
}

export const safePeopleHandlers: { [T in keyof SafePeopleCommands]: Handler<T> } = {
  RecordTraining: recordTraining,
  SignUndertaking: (context, command) => {
    const by = oneself(context);
    return by.ok ? accept({ type: 'UndertakingSigned', data: { ...command, person: by.person } }) : by;
  },
  DeclareInterests: (context, command) => {
    const by = oneself(context);
    return by.ok ? accept({ type: 'InterestsDeclared', data: { ...command, person: by.person } }) : by;
  },
};
