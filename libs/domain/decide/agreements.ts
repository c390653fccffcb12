// Proposing a collaboration agreement: who is party to it, on which terms, and who signs (B5).
import type { ProgrammeOnlyCommands } from '../commands';
import { refuse } from '../refusal';
import { isCalendarDay } from '../calendar';
import { NEVER_DELEGATED } from '../delegation/rules';
import type { ProgrammeState } from '../state';
import type { PersonId } from '../words';
import { DEFAULT_RULES } from '../rules/agreement';
import type { Timings } from '../terms';
import { holds, tenureOf } from '../rules/roster';
import { floorOf } from '../rules/signers';
import { openRound } from './opening';
import type { Context, Handler } from './programme-context';
import { accept, person } from './programme-context';

export const proposeAgreement: Handler<'ProposeAgreement'> = (context, command) => {
  const { state, now } = context;
  const by = person(context);
  if (by === null || !tenureOf(state, by, now))
    return refuse(
      'FORBIDDEN',
      'NOT_ON_ROSTER',
      'only people on the roster propose an agreement',
      'ask a registrar to attest you',
    );
  const obstacle = badParties(context, command) ?? badTerms(context, command) ?? badQuorums(command);
  if (obstacle) return obstacle;
  const agreement = `g${state.agreements.length + 1}`;
  const institutions = command.parties.filter((p) => p.signatory !== null).map((p) => p.organisation);
  const opened = openRound(
    state,
    state.checkpoints,
    {
      checkpoint: state.agreements.length === 0 ? 'k1' : existingAgreementCheckpoint(state),
      kind: 'AGREEMENT',
      subject: { type: 'agreement', id: agreement },
      content: command.content,
      proposer: by,
      context: { institutions },
      organisations: institutions,
      rules: command.rules,
      excluded: notNamed(context, command),
    },
    now,
  );
  if (!opened.ok) return opened;
  return accept({ type: 'AgreementProposed', data: { agreement, ...command } }, ...opened.events);
};

/** Only the signatories the agreement itself names sign it. */
const notNamed = ({ state }: Context, { parties }: ProgrammeOnlyCommands['ProposeAgreement']): PersonId[] =>
  Object.keys(state.people).filter((id) => !parties.some((p) => p.signatory === id));

const existingAgreementCheckpoint = (state: ProgrammeState): string =>
  Object.values(state.checkpoints).find((c) => c.kind === 'AGREEMENT')?.id ?? 'k1';

function badParties({ state, now }: Context, { parties }: ProgrammeOnlyCommands['ProposeAgreement']) {
  for (const party of parties) {
    const registrar = tenureOf(state, party.registrar, now);
    if (registrar?.organisation !== party.organisation || !registrar.roles.includes('registrar'))
      return refuse(
        'INVALID',
        'REGISTRAR',
        `${party.registrar} is not a registrar of ${party.organisation}`,
        'name a registrar the administrator entered for it',
      );
    if (party.signatory === null) continue;
    if (
      tenureOf(state, party.signatory, now)?.organisation !== party.organisation ||
      !holds(state, party.signatory, ['signatory'], now)
    )
      return refuse(
        'INVALID',
        'SIGNATORY',
        `${party.signatory} is not a signatory of ${party.organisation}`,
        'name a signatory of that institution',
      );
  }
  const institutions = new Set(parties.filter((p) => p.signatory !== null).map((p) => p.organisation));
  if (institutions.size < 2)
    return refuse(
      'INVALID',
      'TWO_INSTITUTIONS',
      'an agreement needs at least two signing institutions',
      'add the institutions that take part',
    );
  return null;
}

function badTerms({ now }: Context, { rules, expires }: ProgrammeOnlyCommands['ProposeAgreement']) {
  if (rules.frequencyThreshold < DEFAULT_RULES.frequencyThreshold)
    return refuse(
      'INVALID',
      'BELOW_FLOOR',
      `the frequency threshold is at least ${DEFAULT_RULES.frequencyThreshold}`,
      'an agreement may only tighten',
    );
  if (expires <= now)
    return refuse('INVALID', 'EXPIRED', 'the agreement would already have expired', 'choose a later date');
  if (![rules.timings, rules.workingDays ?? rules.timings].every(isInOrder))
    return refuse(
      'INVALID',
      'TIMINGS',
      'reminder, escalation and lapse must follow one another',
      'order them so',
    );
  const handedOn = (rules.delegation?.kinds ?? []).filter((kind) => NEVER_DELEGATED.includes(kind));
  if (handedOn.length > 0)
    return refuse(
      'INVALID',
      'DELEGATION',
      `nobody hands on ${handedOn.join(' or ')}`,
      'leave it out: the agreement names its signatories itself, and a result is checked by account',
    );
  const noDay = rules.holidays?.find((day) => !isCalendarDay(day));
  if (noDay !== undefined)
    return refuse('INVALID', 'HOLIDAYS', `${noDay} is no day`, 'name days such as 2027-01-01');
  return null;
}

/** Raised, never lowered, and never beyond what so many organisations could give (T3). */
function badQuorums({ rules, parties }: ProgrammeOnlyCommands['ProposeAgreement']) {
  const { quorums = [] } = rules;
  const repeated = quorums.find(({ kind }, at) => quorums.findIndex((other) => other.kind === kind) < at);
  if (repeated)
    return refuse('INVALID', 'QUORUM', `${repeated.kind} is named twice`, 'say once what each kind needs');
  for (const { kind, people, organisations } of quorums) {
    const floor = floorOf(kind);
    if (
      (people ?? floor.people) < floor.people ||
      (organisations ?? floor.organisations) < floor.organisations
    )
      return refuse(
        'INVALID',
        'BELOW_FLOOR',
        `${kind} needs at least ${floor.people} people of ${floor.organisations} organisations`,
        'an agreement may ask for more, never for less',
      );
    if ((organisations ?? 0) > parties.length)
      return refuse(
        'INVALID',
        'QUORUM',
        `${kind} would need ${organisations} organisations, and ${parties.length} are party`,
        'ask for fewer, or let more organisations join',
      );
  }
  return null;
}

const isInOrder = ({ remindAfter, escalateAfter, lapseAfter }: Timings): boolean =>
  0 < remindAfter && remindAfter <= escalateAfter && escalateAfter <= lapseAfter;
