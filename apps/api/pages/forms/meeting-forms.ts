// Forms about meetings of a project's actors: called, moved, summed up, attended; what people bring and what was agreed.
import { CHECKPOINT_KINDS } from '#libs/domain';
import { Because, LocalId, Nothing } from '../../http/fields';
import { AgendaController } from '../../meetings/agenda.controller';
import {
  AgendaItem,
  Attendance,
  CallMeeting,
  DraftOutcome,
  MoveMeeting,
  PutUp,
  Summary,
} from '../../meetings/bodies';
import { MeetingsController } from '../../meetings/meetings.controller';
import { form } from './declared';
import { among, boxes, line, listedBy, namedBy, number, people, REASON, select, text } from './fields';
import { ever, having, isOpen } from './fitting';

const meeting = select(
  'meeting',
  'Which meeting?',
  listedBy(
    ({ project }) => Object.values(project.meetings).filter(({ cancelled }) => cancelled === null),
    ({ title }) => title,
  ),
);
const of = { meeting: LocalId };
const hasMeeting = having(({ meetings }) => meetings);
const WHEN = [
  line('startsAt', 'When does it start?', { hint: 'With the zone, such as 2027-03-31T14:30:00Z.' }),
  number('minutes', 'For how many minutes?'),
  line('place', 'Where?', { hint: 'A room, or how to join from elsewhere.' }),
];

export const callMeeting = form({
  ...{ name: 'call-meeting', title: 'Call a meeting', fits: isOpen },
  about: 'Those invited get a mail with a calendar entry, and a pack two working days before.',
  route: [MeetingsController, 'call'],
  schema: CallMeeting,
  fields: [line('title', 'Title'), ...WHEN, boxes('invited', 'Who is invited?', people())],
  with: (body) => [body],
});

export const moveMeeting = form({
  ...{ name: 'move-meeting', title: 'Move a meeting', fits: hasMeeting },
  about: 'Calendars are told.',
  route: [MeetingsController, 'move'],
  schema: MoveMeeting.extend(of),
  fields: [meeting, ...WHEN],
  with: ({ meeting: id, ...body }) => [id, body],
});

export const cancelMeeting = form({
  ...{ name: 'cancel-meeting', title: 'Cancel a meeting', fits: ever(({ meetings }) => meetings) },
  about: 'Calendars are told.',
  route: [MeetingsController, 'cancel'],
  schema: Because.extend(of),
  fields: [meeting, REASON],
  with: ({ meeting: id, ...because }) => [id, because],
});

export const summarisePack = form({
  ...{ name: 'summarise-pack', title: 'Write the summary of a pack', fits: hasMeeting },
  about: 'One page in plain words, until the pack goes out.',
  route: [MeetingsController, 'summarise'],
  schema: Summary.extend(of),
  fields: [meeting, text('text', 'The summary')],
  with: ({ meeting: id, ...body }) => [id, body],
});

export const recordAttendance = form({
  ...{ name: 'record-attendance', title: 'Record who attended', fits: hasMeeting },
  about: 'Once it has begun; corrected until minutes rest on it.',
  route: [MeetingsController, 'attend'],
  schema: Attendance.extend(of),
  fields: [
    meeting,
    boxes('present', 'Who was there?', people()),
    number('others', 'How many more, who are not on the roster?', { optional: true }),
  ],
  with: ({ meeting: id, ...body }) => [id, body],
});

export const proposeAgendaItem = form({
  ...{ name: 'propose-agenda-item', title: 'Propose an agenda item', fits: isOpen },
  about: 'For the next meeting. Anybody on the roster may.',
  route: [AgendaController, 'propose'],
  schema: AgendaItem,
  fields: [text('text', 'The item')],
  with: (body) => [body],
});

export const withdrawAgendaItem = form({
  ...{ name: 'withdraw-agenda-item', title: 'Take an agenda item back' },
  about: 'As who proposed it.',
  fits: having(({ agendaItems }) => agendaItems),
  route: [AgendaController, 'withdraw'],
  schema: Nothing.unwrap().extend({ item: LocalId }),
  fields: [
    select(
      'item',
      'Which item?',
      listedBy(
        ({ project }, { account }) => project.agendaItems.filter(({ person }) => person === account.person),
        (each) => each.text,
      ),
    ),
  ],
  with: ({ item }) => [item],
});

export const draftOutcome = form({
  ...{ name: 'draft-outcome', title: 'Draft what a meeting agreed', fits: hasMeeting },
  about: 'By somebody who was there. It decides nothing: its sign-off confirms it, each signer by link.',
  route: [AgendaController, 'draft'],
  schema: DraftOutcome,
  fields: [
    meeting,
    select('kind', 'Which sign-off is to confirm it?', among(CHECKPOINT_KINDS)),
    text('text', 'What was agreed'),
  ],
  besides: () => ({ of: 'PROJECT' }),
  with: (body) => [body],
});

export const putUpOutcome = form({
  ...{ name: 'put-up-outcome', title: 'Name the sign-off of what was agreed' },
  about: 'That was opened for it.',
  fits: having(({ outcomes }) => outcomes),
  route: [AgendaController, 'putUp'],
  schema: PutUp.extend({ outcome: LocalId }),
  fields: [
    select(
      'outcome',
      'What was agreed?',
      listedBy(
        ({ project }) => project.outcomes,
        (each) => each.text,
      ),
    ),
    select(
      'checkpoint',
      'Which sign-off?',
      namedBy(
        ({ project }) => Object.values(project.checkpoints),
        ({ kind }) => kind,
      ),
    ),
  ],
  with: ({ outcome, ...body }) => [outcome, body],
});
