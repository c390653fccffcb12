// Forms about sign-offs: one's own answer taken back, handed to a colleague, its covering text; who takes part for an organisation.
import {
  colleagues,
  currentRound,
  delegationOf,
  effectiveDecision,
  roundStatus,
  tenureOf,
  WITHDRAWAL_MODES,
} from '#libs/domain';
import type { Checkpoint, World } from '#libs/domain';
import { wordsOf } from '#libs/web';
import { CheckpointsController, Cover, Withdraw } from '../../checkpoints/checkpoints.controller';
import { Delegate, DelegationsController, TakeBack } from '../../delegations/delegations.controller';
import { LocalId, Nothing } from '../../http/fields';
import { said } from '../../http/said';
import type { Call } from '../../ledger/call';
import { RosterController, SetRoster } from '../../roster/roster.controller';
import { form } from './declared';
import { boxes, choice, day, line, select, text, yesNo } from './fields';
import { isNotClosed } from './fitting';
import { ticked } from './reading';
import type { FormField, Option } from './terms';

type Which = (world: World, checkpoint: Checkpoint, call: Call) => boolean;

const all = ({ project }: World): Checkpoint[] => Object.values(project.checkpoints);
const roundOf = ({ project }: World, id: string | undefined): number | undefined =>
  currentRound(project.checkpoints[id ?? ''])?.round;
const optionOf = (checkpoint: Checkpoint): Option => ({
  value: checkpoint.id,
  text: `${wordsOf(checkpoint.kind)} on ${currentRound(checkpoint)?.subject.id ?? ''} (${checkpoint.id})`,
});
const among = (which: Which, label: string): FormField =>
  select('checkpoint', label, (world, call) =>
    all(world)
      .filter((one) => which(world, one, call))
      .map(optionOf),
  );
const some =
  (which: Which) =>
  (world: World, call: Call): boolean =>
    all(world).some((one) => which(world, one, call));

const answered: Which = (_world, checkpoint, { account }) => {
  const round = currentRound(checkpoint);
  return (
    checkpoint.kind !== 'OUTPUT' && round !== null && effectiveDecision(round, account.person ?? '') !== null
  );
};
const isRound: Which = ({ programme }, checkpoint, { now }) => {
  const round = currentRound(checkpoint);
  return round !== null && roundStatus(programme, checkpoint.kind, round, now) === 'OPEN';
};
const delegable: Which = ({ programme, project }, checkpoint, { account, now }) => {
  const round = currentRound(checkpoint);
  const person = account.person ?? '';
  return round !== null && colleagues({ programme, project, now }, { checkpoint, round, person }).length > 0;
};
const delegated: Which = (world, checkpoint, call) => {
  const round = currentRound(checkpoint);
  return (
    round !== null &&
    isRound(world, checkpoint, call) &&
    delegationOf(round, call.account.person ?? '', call.now) !== null
  );
};

const of = { checkpoint: LocalId };
const SIGNED = line('signedAs', 'Your name, as you sign');
const inRound = (fields: Readonly<Record<string, string>>, world: World) => ({
  round: roundOf(world, fields['checkpoint']),
});

export const withdrawAnswer = form({
  ...{ name: 'withdraw-answer', title: 'Withdraw your answer', fits: some(answered) },
  about: 'Always possible, at once, without anybody’s countersignature.',
  route: [CheckpointsController, 'withdrawInProject'],
  schema: Withdraw.extend(of),
  fields: [
    among(answered, 'Which answer?'),
    choice('mode', 'What is to happen?', WITHDRAWAL_MODES, { hint: 'Signers choose to stop.' }),
    yesNo('disowned', 'Was it not you who answered?', { optional: true }),
    text('reason', 'Your reason', { optional: true }),
    SIGNED,
  ],
  besides: inRound,
  with: ({ checkpoint, ...body }, project) => [project, checkpoint, body],
});

export const wishForVersion = form({
  ...{
    name: 'wish-for-version',
    title: 'Wish to be asked about the next version of a sign-off',
    fits: some(answered),
  },
  about: 'For those who declined: of a new version you are told, and asked only if you wish.',
  route: [CheckpointsController, 'wish'],
  schema: Nothing.unwrap().extend(of),
  fields: [among(answered, 'Which sign-off?')],
  with: ({ checkpoint }, project) => [project, checkpoint, {}],
});

export const changeCover = form({
  ...{ name: 'change-cover', title: 'Change the covering text of a sign-off', fits: some(isRound) },
  about: 'Nobody’s answer is void; everybody asked is told, with the difference and a way to object.',
  route: [CheckpointsController, 'cover'],
  schema: Cover.extend(of),
  fields: [among(isRound, 'Which sign-off?'), text('summary', 'Summary in plain words')],
  with: ({ checkpoint, ...body }, project) => [project, checkpoint, body],
});

export const delegateSigning = form({
  ...{ name: 'delegate-signing', title: 'Hand a sign-off to a colleague', fits: some(delegable) },
  about: 'Of your own organisation, who could fill your place. They answer by a link of their own.',
  route: [DelegationsController, 'delegate'],
  schema: Delegate.extend(of),
  fields: [
    among(delegable, 'Which sign-off?'),
    select('to', 'To whom?', ({ programme, project }, { account, now }) => {
      const person = account.person ?? '';
      const found = Object.values(project.checkpoints).flatMap((checkpoint) => {
        const round = currentRound(checkpoint);
        return round ? colleagues({ programme, project, now }, { checkpoint, round, person }) : [];
      });
      return [...new Set(found)].map((id) => ({ value: id, text: said(programme.people[id]?.name) }));
    }),
    day('until', 'Until when?', { optional: true }),
    SIGNED,
  ],
  besides: inRound,
  with: ({ checkpoint, ...body }) => [checkpoint, body],
});

export const takeBackSigning = form({
  ...{ name: 'take-back-signing', title: 'Take a sign-off back', fits: some(delegated) },
  about: 'While the colleague has not answered.',
  route: [DelegationsController, 'takeBack'],
  schema: TakeBack.extend(of),
  fields: [among(delegated, 'Which sign-off?'), SIGNED],
  besides: inRound,
  with: ({ checkpoint, ...body }) => [checkpoint, body],
});

export const setRoster = form({
  ...{ name: 'set-roster', title: 'Name who of your organisation takes part', fits: isNotClosed },
  about: 'As its registrar. With nobody named, everybody it has on the programme’s roster takes part.',
  route: [RosterController, 'set'],
  schema: SetRoster,
  fields: [
    boxes(
      'people',
      'Who takes part?',
      ({ programme }, { account, now }) => {
        const own = tenureOf(programme, account.person ?? '', now)?.organisation;
        return Object.values(programme.people)
          .filter(({ id }) => tenureOf(programme, id, now)?.organisation === own)
          .map(({ id, name }) => ({ value: id, text: said(name) }));
      },
      { optional: true },
    ),
  ],
  besides: (fields) => (ticked(fields, 'people').length === 0 ? { people: null } : {}),
  with: (body, project) => [project, body],
});
