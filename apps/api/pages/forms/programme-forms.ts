// Forms about a programme rather than one of its projects: starting a project, safe people, the core team, its meetings.
import { coreTeam, peopleAt, tenureOf } from '#libs/domain';
import { CoreTeamController, NameCoreTeam } from '../../core-team/core-team.controller';
import { Because, LocalId, PersonId } from '../../http/fields';
import { said } from '../../http/said';
import { programmeOf } from '../../ledger/call';
import { PlanSeries } from '../../meetings/bodies';
import { SeriesController } from '../../meetings/series.controller';
import { Deputy, PeopleController } from '../../people/people.controller';
import { ProjectsController, StartProject } from '../../projects/projects.controller';
import {
  Interests,
  SafePeopleController,
  Training,
  Undertaking,
} from '../../safe-people/safe-people.controller';
import { form } from './declared';
import { boxes, day, line, listedBy, number, people, REASON, select, text } from './fields';
import { given } from './reading';

const always = () => true;

export const startProject = form({
  ...{ name: 'start-project', title: 'Start a project', fits: always },
  about: 'You lead it. Nothing is asked of anybody yet.',
  route: [ProjectsController, 'start'],
  schema: StartProject,
  fields: [line('title', 'Title')],
  besides: (_fields, _world, call) => ({ programme: programmeOf(call).id }),
  with: (body) => [body],
});

export const signUndertaking = form({
  ...{ name: 'sign-undertaking', title: 'Sign the undertaking on the use of data', fits: always },
  about: 'For yourself, in full. Without it, a current training and your interests you read no rows.',
  route: [SafePeopleController, 'undertake'],
  schema: Undertaking,
  fields: [text('text', 'The undertaking, in full'), line('signedAs', 'Your name, as you sign')],
  with: (body, programme) => [programme, body],
});

export const declareInterests = form({
  ...{ name: 'declare-interests', title: 'Declare your interests', fits: always },
  about: 'Left empty, you declare that there are none, which is a declaration too.',
  route: [SafePeopleController, 'declare'],
  schema: Interests,
  fields: [text('interests', 'Your interests', { optional: true })],
  besides: ({ interests }) => ({ interests: given(interests) ?? null }),
  with: (body, programme) => [programme, body],
});

export const recordTraining = form({
  ...{ name: 'record-training', title: 'Record a training', fits: always },
  about: 'As registrar, of somebody of your own organisation.',
  route: [SafePeopleController, 'training'],
  schema: Training.extend({ person: PersonId }),
  fields: [
    select('person', 'Who was trained?', (_world, call) => {
      const programme = programmeOf(call);
      const own = tenureOf(programme, call.account.person ?? '', call.now)?.organisation ?? '';
      return peopleAt(programme, call.now, { organisation: own }).map(({ person: id }) => ({
        ...{ value: id, text: said(programme.people[id]?.name) },
      }));
    }),
    line('course', 'Which course?'),
    day('completed', 'When was it completed?'),
    day('expires', 'Until when does it stand?'),
  ],
  with: ({ person, ...body }, programme) => [programme, person, body],
});

export const nameDeputy = form({
  ...{ name: 'name-deputy', title: 'Name your deputy', fits: always },
  about: 'To whom reminders go on when you do not answer. They do not answer for you.',
  route: [PeopleController, 'deputy'],
  schema: Deputy,
  fields: [select('deputy', 'Who is it?', people())],
  with: (body, programme) => [programme, body],
});

export const nameCoreTeam = form({
  ...{ name: 'name-core-team', title: 'Name the core team', fits: always },
  about: 'The whole of it: whoever is left out has left it.',
  route: [CoreTeamController, 'name'],
  schema: NameCoreTeam,
  fields: [boxes('members', 'Who is in it?', people())],
  values: (_world, call) =>
    Object.fromEntries(coreTeam(programmeOf(call), call.now).map((id) => [`members.${id}`, 'yes'])),
  with: (body) => [body],
});

export const planSeries = form({
  ...{ name: 'plan-series', title: 'Plan a series of meetings', fits: always },
  about: 'Of the core team, every fortnight unless you say otherwise.',
  route: [SeriesController, 'plan'],
  schema: PlanSeries,
  fields: [
    line('title', 'Title'),
    line('firstDay', 'The first day', { hint: 'Such as 2027-02-03.' }),
    line('time', 'At what time?', { hint: 'Such as 10:00, by the clocks there.' }),
    line('timeZone', 'In which time zone?', { hint: 'Such as Europe/London.' }),
    number('everyDays', 'Every how many days?', { hint: 'Left out, 14.', optional: true }),
    number('minutes', 'For how many minutes?'),
    line('place', 'Where?', { hint: 'A room, or how to join from elsewhere.' }),
  ],
  with: (body) => [body],
});

export const endSeries = form({
  ...{ name: 'end-series', title: 'End a series of meetings' },
  about: 'What of it is still to come is cancelled, and calendars are told.',
  fits: (_world, call) => Object.keys(programmeOf(call).series).length > 0,
  route: [SeriesController, 'end'],
  schema: Because.extend({ series: LocalId }),
  fields: [
    select(
      'series',
      'Which series?',
      listedBy(
        (_world, call) => Object.values(programmeOf(call).series),
        ({ title }) => title,
      ),
    ),
    REASON,
  ],
  with: ({ series, ...because }) => [series, because],
});
