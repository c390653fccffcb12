// Forms for people without e-mail (T15): writing down what they said, and confirming what a colleague is recorded to have approved.
import {
  awaitsCountersignature,
  CHOICES,
  CONDITION_KINDS,
  countersigners,
  currentRound,
  effectiveDecision,
  HEARD_BY,
  projectStatus,
  roundStatus,
  tenureOf,
  withId,
} from '#libs/domain';
import type { Checkpoint, Decision, PersonId, Round, World } from '#libs/domain';
import { contentCode, wordsOf } from '#libs/web';
import type { Fields } from '#libs/web/http';
import { said } from '../../http/said';
import type { Call } from '../../ledger/call';
import { worldOf } from '../../ledger/call';
import {
  Countersign,
  RecordAnswer,
  RecordedAnswersController,
  RecordWithdrawal,
} from '../../recorded-answers/recorded-answers.controller';
import { evidenceItems } from './evidence-forms';
import { given } from './reading';
import { routed } from './declared';
import { Misfit, read } from './terms';
import type { FormField, Option } from './terms';

interface Item {
  checkpoint: Checkpoint;
  round: Round;
  person: PersonId;
  decision: Decision | null;
}

const items = ({ project }: World): Item[] =>
  Object.values(project.checkpoints).flatMap((checkpoint) => {
    const round = currentRound(checkpoint);
    if (!round || checkpoint.kind === 'OUTPUT') return [];
    return round.asked.map(({ person }) => ({
      ...{ checkpoint, round, person },
      decision: effectiveDecision(round, person),
    }));
  });

/** Those this person may record for: a project lead for anybody, everybody else for their own organisation. */
function recordable(world: World, { account, now }: Call): Item[] {
  const by = account.person === null ? null : tenureOf(world.programme, account.person, now);
  if (!by) return [];
  return items(world).filter(
    ({ person }) =>
      person !== account.person &&
      (by.roles.includes('projectLead') ||
        tenureOf(world.programme, person, now)?.organisation === by.organisation),
  );
}

const unanswered = (world: World, call: Call): Item[] =>
  recordable(world, call).filter(
    ({ checkpoint, round, decision }) =>
      decision === null && roundStatus(world.programme, checkpoint.kind, round, call.now) === 'OPEN',
  );

const answered = (world: World, call: Call): Item[] =>
  recordable(world, call).filter(({ decision }) => decision !== null);

const pending = (world: World, { account, now }: Call): Item[] =>
  items(world).filter(
    ({ round, decision }) =>
      decision !== null &&
      awaitsCountersignature(decision) &&
      countersigners(world.programme, round, decision, now).includes(account.person ?? ''),
  );

const option =
  (world: World) =>
  ({ checkpoint, round, person }: Item): Option => ({
    value: `${checkpoint.id}.${person}`,
    text: said(world.programme.people[person]?.name),
    note: `: ${wordsOf(checkpoint.kind)} on ${round.subject.id}`,
  });

const whose = (label: string, among: (world: World, call: Call) => Item[]): FormField => ({
  ...{ name: 'person', label, kind: 'select' },
  options: (world, call) => among(world, call).map(option(world)),
});

const HEARD: FormField[] = [
  {
    ...{ name: 'how', label: 'How did the answer reach you?', kind: 'radios' },
    options: () => HEARD_BY.map((value) => ({ value, text: wordsOf(value) })),
  },
  {
    ...{ name: 'evidence', label: 'What shows it?', kind: 'select' },
    hint: 'The letter, form or note of the call in the register of evidence. A colleague who countersigns has to be able to read it.',
    options: evidenceItems,
  },
  { name: 'signedAs', label: 'The name the person gave', kind: 'line' },
];
const REASON: FormField = { name: 'reason', label: 'Their reason', kind: 'text', optional: true };

/** What a value of `person` names; a value nobody was offered names nothing. */
function found(call: Call, among: (world: World, call: Call) => Item[], fields: Fields): Item {
  const item = among(worldOf(call), call).find(
    ({ checkpoint, person }) => `${checkpoint.id}.${person}` === fields.person,
  );
  if (item) return item;
  throw new Misfit([{ path: 'person', message: 'choose one of the people listed' }]);
}

const heard = ({ round, person }: Item, fields: Fields) => ({
  ...{ round: round.round, person, how: given(fields.how), evidence: given(fields.evidence) },
  ...{ signedAs: given(fields.signedAs), reason: given(fields.reason) },
});

export const recordAnswer = routed([RecordedAnswersController, 'answer'], {
  ...{ name: 'record-answer', title: 'Record an answer' },
  fits: (world, call) => projectStatus(world.project) === 'ACTIVE' && unanswered(world, call).length > 0,
  about:
    'For people without e-mail, who answered by telephone, on paper or in person. It stays marked as recorded by you. A refusal or a wish for changes counts at once; an approval only after another person of their own organisation has countersigned it.',
  fields: [
    whose('Who answered, and what?', unanswered),
    {
      ...{ name: 'contentCode', label: 'The content code they were read, or that stands on their paper' },
      ...{
        hint: 'The 8 characters beside the content, so that the answer is to exactly this version.',
        kind: 'line',
      },
    },
    {
      ...{ name: 'choice', label: 'What did they say?', kind: 'radios' },
      options: () => CHOICES.map((value) => ({ value, text: wordsOf(value) })),
    },
    {
      ...{ name: 'condition', label: 'Their condition', kind: 'select', optional: true },
      options: () => CONDITION_KINDS.map((value) => ({ value, text: wordsOf(value) })),
    },
    {
      ...{ name: 'conditionValue', label: 'What the condition names', kind: 'line', optional: true },
      hint: 'A field, a number, a day or a use.',
    },
    REASON,
    ...HEARD,
  ],
  send: (handlers, call, _project, fields) => {
    const item = found(call, unanswered, fields);
    const { core, cover } = item.round.content;
    const code = (fields.contentCode ?? '').replace(/\s/g, '');
    if (code.toLowerCase() !== contentCode(core).replace(/\s/g, '').toLowerCase())
      throw new Misfit([
        {
          path: 'contentCode',
          message: 'this is not the code of what is asked now; read the present version to them',
        },
      ]);
    const kind = given(fields.condition);
    const conditions = kind === undefined ? [] : [{ kind, value: fields.conditionValue ?? '' }];
    const body = { ...heard(item, fields), choice: given(fields.choice), core, cover, conditions };
    return handlers.of(RecordedAnswersController).answer(call, item.checkpoint.id, read(RecordAnswer, body));
  },
});

export const recordWithdrawal = routed([RecordedAnswersController, 'withdrawal'], {
  ...{ name: 'record-withdrawal', title: 'Record a withdrawal' },
  fits: (world, call) => answered(world, call).length > 0,
  about:
    'For people without e-mail who take an answer back. It takes effect at once, whoever gave the answer.',
  fields: [whose('Who withdraws which answer?', answered), REASON, ...HEARD],
  send: (handlers, call, _project, fields) => {
    const item = found(call, answered, fields);
    const body = { ...heard(item, fields), mode: 'STOP' };
    return handlers
      .of(RecordedAnswersController)
      .withdrawal(call, item.checkpoint.id, read(RecordWithdrawal, body));
  },
});

export const countersign = routed([RecordedAnswersController, 'countersign'], {
  ...{ name: 'countersign', title: 'Countersign a recorded approval' },
  fits: (world, call) => pending(world, call).length > 0,
  about:
    'A colleague without e-mail is recorded to have approved. Read the evidence, ask them if you are in doubt, and countersign only if they did. Doing nothing approves nothing.',
  shown: (world, call) =>
    pending(world, call).map(({ checkpoint, round, person, decision }) => ({
      key: said(world.programme.people[person]?.name),
      rows: [
        [
          'Approves',
          `${wordsOf(checkpoint.kind)} on ${round.subject.id}, content ${contentCode(round.content.core)}`,
        ],
        ['Said', wordsOf(decision?.written?.how ?? '')],
        ['Recorded by', said(world.programme.people[decision?.written?.by ?? '']?.name)],
        ['Evidence', said(withId(world.project.evidence, decision?.written?.evidence ?? '')?.title)],
      ],
    })),
  fields: [
    whose('Whose approval do you confirm?', pending),
    { name: 'signedAs', label: 'Your name', kind: 'line' },
  ],
  send: (handlers, call, _project, fields) => {
    const { checkpoint, round, person } = found(call, pending, fields);
    const body = read(Countersign, { round: round.round, person, signedAs: given(fields.signedAs) });
    return handlers.of(RecordedAnswersController).countersign(call, checkpoint.id, body);
  },
});
