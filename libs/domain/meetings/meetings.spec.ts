// Meetings told as stories: the fortnightly series, ad hoc ones, agenda and pack, and that a meeting decides nothing.
import fc from 'fast-check';
import type { MeetingCommands, Refusal, SeriesCommands } from '../index';
import {
  agendaOf,
  effects,
  HOLIDAYS,
  isWorkingDay,
  meetingStatus,
  moves,
  nextForMeetings,
  outcomeStatus,
  plus,
  workingDaysBefore,
} from '../index';
import type { Name, Story } from '../../testing/story';
import {
  aCycle,
  anAgreement,
  atDataRequest,
  DAY,
  HOUR,
  personId,
  question,
  WORKER,
} from '../../testing/story';
import { localInstant } from '../calendar/working-days';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const people = (...names: Name[]): string[] => names.map(personId);
const TEAM = people('lead', 'researcher', 'official');

const nameTeam = (story: Story): Story =>
  story.onProgramme(story.as('lead'), { type: 'NameCoreTeam', members: TEAM });
/** The programme with a core team; it is Monday 5 January 2026, nine in the morning. */
const aProgramme = (): Story => nameTeam(anAgreement());
const rhythm = (over: Partial<SeriesCommands['PlanMeetingSeries']> = {}) => ({
  ...{ title: 'title', place: 'place', firstDay: '2026-03-10', time: '10:00', timeZone: 'Europe/London' },
  ...{ everyDays: 14, minutes: 90, ...over },
});
const plan = (story: Story, by: Name, over: Partial<SeriesCommands['PlanMeetingSeries']> = {}) =>
  ruleOf(story.tryProgramme(story.as(by), { type: 'PlanMeetingSeries', ...rhythm(over) }));
const keep = (story: Story) => story.onProgramme(WORKER, { type: 'KeepMeetingSeries' });
const starts = (story: Story) => Object.values(story.programme.meetings).map((m) => m.startsAt);
const meeting = (story: Story, id = 'mt1') => {
  const found = story.project.meetings[id] ?? story.programme.meetings[id];
  if (!found) throw new Error(`no meeting ${id}`);
  return found;
};

/** A project with an ad hoc meeting a week from now. */
function withMeeting(over: Partial<MeetingCommands['CallMeeting']> = {}): Story {
  const story = nameTeam(atDataRequest());
  const startsAt = plus(story.now, 7 * DAY);
  const call = { title: 't', startsAt, minutes: 60, place: 'p', invited: people('holder', 'official') };
  return story.onProject(story.as('lead'), { type: 'CallMeeting', ...call, ...over });
}
/** The same once it is over, attended by lead and official. */
function attended(): Story {
  const story = withMeeting().wait(8 * DAY);
  return story.onProject(story.as('lead'), {
    ...{ type: 'RecordAttendance', meeting: 'mt1', present: people('lead', 'official'), others: 1 },
  });
}
const tryOn = (story: Story, by: Name, command: Parameters<Story['tryProject']>[1]) =>
  ruleOf(story.tryProject(story.as(by), command));

describe('working days', () => {
  it.each([
    ['2026-12-29T10:00:00.000Z', 2, '2026-12-23T10:00:00.000Z'], // Christmas on a Friday, Boxing Day made up on Monday
    ['2026-04-07T09:30:00.000Z', 2, '2026-04-01T09:30:00.000Z'], // over Easter
    ['2026-03-11T10:00:00.000Z', 2, '2026-03-09T10:00:00.000Z'],
    ['2026-03-06T10:00:00.000Z', -2, '2026-03-10T10:00:00.000Z'], // forwards over a weekend
  ])('B12: %s with %d working days lead time means %s', (instant, count, expected) => {
    expect(workingDaysBefore(instant, count)).toBe(expected);
  });

  it('holidays are days on which people would otherwise work', () => {
    for (const day of HOLIDAYS) expect([day, new Date(day).getUTCDay() % 6]).not.toEqual([day, 0]);
    expect(new Set(HOLIDAYS).size).toBe(HOLIDAYS.length);
  });

  it('lead time ends on a working day, is at least as long as its days, and grows with them', () => {
    const instants = fc.date({
      min: new Date('2026-01-10'),
      max: new Date('2028-12-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 20 }), (date, count) => {
        const before = workingDaysBefore(date.toISOString(), count);
        expect(isWorkingDay(before.slice(0, 10))).toBe(true);
        expect(Date.parse(before)).toBeLessThanOrEqual(date.getTime() - count * DAY);
        expect(workingDaysBefore(date.toISOString(), count + 1) < before).toBe(true);
      }),
    );
  });

  it.each([
    ['2026-03-10', 'Europe/London', '2026-03-10T10:00:00.000Z'],
    ['2026-04-07', 'Europe/London', '2026-04-07T09:00:00.000Z'],
    ['2026-01-10', 'Asia/Kolkata', '2026-01-10T04:30:00.000Z'],
  ])('B12: ten o’clock on %s in %s is %s', (day, zone, expected) => {
    expect(localInstant(day, '10:00', zone)).toBe(expected);
  });
});

describe('the fortnightly series', () => {
  it('B12, B55: is planned by the core team, once there is one', () => {
    expect(plan(anAgreement(), 'lead')).toBe('NO_CORE_TEAM');
    const story = aProgramme();
    expect(plan(story, 'holder')).toBe('NOT_CORE_TEAM');
    expect(plan(story, 'official')).toBe('ACCEPTED');
  });

  it.each<[Partial<SeriesCommands['PlanMeetingSeries']>]>([
    [{ firstDay: '2026-02-30' }],
    [{ firstDay: 'soon' }],
    [{ time: '25:00' }],
    [{ timeZone: 'Mars/Olympus' }],
    [{ everyDays: 0 }],
    [{ minutes: 1000 }],
    [{ minutes: Number.NaN }],
  ])('B12: %j is no rhythm', (over) => {
    expect(plan(aProgramme(), 'lead', over)).toBe('NO_RHYTHM');
  });

  it('B12: each meeting is called when the one before has begun, at the same local time, past holidays', () => {
    const story = aProgramme();
    plan(story, 'lead');
    keep(keep(story));
    expect(starts(story)).toEqual(['2026-03-10T10:00:00.000Z']);
    expect(nextForMeetings(story.programme, story.programme, story.now)).toEqual({
      ...{ move: 'WAIT', until: '2026-03-06T10:00:00.000Z' },
    });
    for (const start of starts(story)) story.now = start;
    keep(story);
    story.now = '2026-03-24T10:00:00.000Z';
    keep(story);
    // The clocks have gone forward; the meeting of 7 April is still at ten.
    expect(starts(story).slice(1)).toEqual(['2026-03-24T10:00:00.000Z', '2026-04-07T09:00:00.000Z']);
  });

  it('B12: one that falls on a bank holiday is held on the next working day', () => {
    const story = aProgramme();
    plan(story, 'lead', { firstDay: '2026-12-25' });
    expect(starts(keep(story))).toEqual(['2026-12-29T10:00:00.000Z']);
  });

  it('B12: after an outage of months the next meeting is one to come, and only one', () => {
    const story = aProgramme();
    plan(story, 'lead');
    story.wait(200 * DAY);
    keep(keep(story));
    expect(starts(story)).toEqual([expect.stringMatching(/^2026-0[78]/)]);
    expect(starts(story)[0]! > story.now).toBe(true);
  });

  it('B12: a meeting moved to an earlier day is not called again', () => {
    const story = aProgramme();
    plan(story, 'lead');
    keep(story);
    const earlier = { meeting: 'mt1', startsAt: '2026-03-09T10:00:00.000Z', minutes: 60, place: 'p' };
    story.onProgramme(story.as('official'), { type: 'MoveMeeting', ...earlier });
    story.now = '2026-03-09T11:00:00.000Z';
    expect(starts(keep(story))).toEqual(['2026-03-09T10:00:00.000Z', '2026-03-24T10:00:00.000Z']);
  });

  it('B1: invites the core team as it is then', () => {
    const story = aProgramme();
    plan(story, 'lead');
    story.onProgramme(story.as('lead'), { type: 'RecordLeaver', person: personId('researcher') });
    expect(meeting(keep(story)).invited).toEqual(people('lead', 'official'));
  });

  it('B12: ended by the core team, what is to come is cancelled and nothing more is called', () => {
    const story = aProgramme();
    plan(story, 'lead');
    keep(story);
    const end = { type: 'EndMeetingSeries', series: 'ser1', reason: 'why' } as const;
    expect(ruleOf(story.tryProgramme(story.as('holder'), end))).toBe('NOT_CORE_TEAM');
    expect(ruleOf(story.tryProgramme(story.as('lead'), end))).toBe('ACCEPTED');
    expect(ruleOf(story.tryProgramme(story.as('lead'), end))).toBe('UNKNOWN_SERIES');
    expect(meetingStatus(meeting(story), story.now)).toBe('CANCELLED');
    story.wait(300 * DAY);
    expect(nextForMeetings(story.programme, story.programme, story.now)).toEqual({
      move: 'WAIT',
      until: null,
    });
  });

  it('B12: only the engine calls the meetings of a series and sends packs', () => {
    const story = aProgramme();
    const byPerson = story.tryProgramme(story.as('lead'), { type: 'KeepMeetingSeries' });
    const pack = { type: 'SendPack', meeting: 'mt1', content: 'c' } as const;
    expect([ruleOf(byPerson), ruleOf(story.tryProgramme(story.as('lead'), pack))]).toEqual([
      ...['ENGINE_ONLY', 'ENGINE_ONLY'],
    ]);
  });
});

describe('an ad hoc meeting', () => {
  const call = (story: Story, by: Name, over: Partial<MeetingCommands['CallMeeting']> = {}) =>
    tryOn(story, by, {
      ...{ type: 'CallMeeting', title: 't', startsAt: plus(story.now, DAY), minutes: 60, place: 'p' },
      ...{ invited: people('holder'), ...over },
    });

  it('B12: is called by the core team or a lead, with people of the roster, for a time to come', () => {
    const story = nameTeam(atDataRequest());
    expect(call(story, 'holder')).toBe('NOT_A_CONVENER');
    expect(call(story, 'official', { startsAt: '2020-01-01T00:00:00.000Z' })).toBe('IN_THE_PAST');
    expect(call(story, 'official', { minutes: 0 })).toBe('MINUTES');
    expect(call(story, 'official', { invited: ['per_stranger'] })).toBe('NOT_ON_ROSTER');
    expect(call(story, 'official')).toBe('ACCEPTED');
    expect(meeting(story).invited).toEqual(people('holder', 'official'));
  });

  it('B12: belongs to a project while it is live; cancelling is possible also while it rests', () => {
    const story = withMeeting();
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'why' });
    expect(call(story, 'official')).toBe('PROJECT_SUSPENDED');
    const cancel = { type: 'CancelMeeting', meeting: 'mt1', reason: 'why' } as const;
    expect([tryOn(story, 'lead', cancel), tryOn(story, 'lead', cancel)]).toEqual(['ACCEPTED', 'CANCELLED']);
  });

  it('B12: everybody invited is mailed; each change has a higher sequence', () => {
    const story = withMeeting();
    const moved = { meeting: 'mt1', startsAt: plus(story.now, 9 * DAY), minutes: 60, place: 'q' };
    story.onProject(story.as('lead'), { type: 'MoveMeeting', ...moved });
    story.onProject(story.as('lead'), { type: 'CancelMeeting', meeting: 'mt1', reason: 'why' });
    const events = story.log.slice(-3).map((entry) => entry.event);
    const orders = effects(null, story.world, events);
    const of = (purpose: string) => orders.filter((o) => o.purpose === purpose);
    expect(of('MEETING_INVITATION').map((o) => o.person)).toEqual(people('holder', 'official', 'lead'));
    expect(of('MEETING_MOVED').map((o) => o.count)).toEqual([1, 1, 1]);
    expect(of('MEETING_CANCELLED').map((o) => o.count)).toEqual([2, 2, 2]);
    expect(meeting(story).sequence).toBe(2);
  });

  it('B12: attendance is recorded once it has begun, by those invited, and corrected until minutes rest on it', () => {
    const story = withMeeting();
    const attend = (by: Name, present: string[]) =>
      tryOn(story, by, { type: 'RecordAttendance', meeting: 'mt1', present, others: 0 });
    expect(attend('lead', TEAM)).toBe('NOT_BEGUN');
    story.wait(8 * DAY);
    expect(attend('lay', TEAM)).toBe('NOT_A_CONVENER');
    expect(attend('holder', ['per_stranger'])).toBe('ATTENDANCE');
    expect(attend('holder', people('lead', 'lead'))).toBe('ATTENDANCE');
    expect(attend('holder', people('lead'))).toBe('ACCEPTED');
    expect(attend('holder', people('lead', 'official'))).toBe('ACCEPTED');
    const minutes = (participants: string[]) =>
      tryOn(story, 'lead', {
        ...{ type: 'RecordEvidence', kind: 'MINUTES', title: 't', audience: 'CORE_TEAM', text: 'words' },
        ...{
          attribution: { type: 'PERSON', person: personId('lead') },
          participants,
          others: 0,
          meeting: 'mt1',
        },
        ...{ provenance: { origin: 'o', dated: story.now, derivedFrom: [] }, assessment: null },
      });
    expect(minutes(TEAM)).toBe('NOT_THOSE_PRESENT');
    expect(minutes(people('official', 'lead'))).toBe('ACCEPTED');
    expect(attend('holder', TEAM)).toBe('MINUTES_RECORDED');
  });

  it('B7: a meeting without notes leaves nothing open: only decisions must be recorded', () => {
    const story = attended();
    expect(moves(story.world, story.now).map((m) => m.what)).toEqual([
      expect.stringContaining('request data'),
    ]);
    expect(nextForMeetings(story.project, null, story.now)).toEqual({ move: 'WAIT', until: null });
  });
});

describe('agenda and pack', () => {
  const agenda = (story: Story) =>
    agendaOf(story.programme, [story.world], story.project, meeting(story), story.now);

  it('B49: anybody on the roster proposes an item; who proposed it takes it back, nobody else', () => {
    const story = withMeeting();
    expect(tryOn(story, 'lay', { type: 'ProposeAgendaItem', text: 'item' })).toBe('ACCEPTED');
    expect(agenda(story).proposed).toMatchObject([{ item: 'ag1', text: 'item', person: personId('lay') }]);
    expect(tryOn(story, 'lead', { type: 'WithdrawAgendaItem', item: 'ag1' })).toBe('NOT_YOURS');
    expect(tryOn(story, 'lay', { type: 'WithdrawAgendaItem', item: 'ag1' })).toBe('ACCEPTED');
    expect(tryOn(story, 'lay', { type: 'WithdrawAgendaItem', item: 'ag1' })).toBe('UNKNOWN_ITEM');
    expect(agenda(story).proposed).toEqual([]);
  });

  it('B12: an item comes up at the next meeting that takes place, and moves on when that is cancelled', () => {
    const story = withMeeting();
    story.onProject(story.as('lay'), { type: 'ProposeAgendaItem', text: 'item' });
    const startsAt = plus(story.now, 20 * DAY);
    const later = { title: 't', startsAt, minutes: 60, place: 'p', invited: people('official') };
    story.onProject(story.as('lead'), { type: 'CallMeeting', ...later });
    const at = (id: string) =>
      agendaOf(story.programme, [story.world], story.project, meeting(story, id), story.now).proposed.length;
    expect([at('mt1'), at('mt2')]).toEqual([1, 0]);
    story.onProject(story.as('lead'), { type: 'CancelMeeting', meeting: 'mt1', reason: 'why' });
    expect(at('mt2')).toBe(1);
  });

  it('B12: is built from what is open: decisions people owe, other moves, draft notes, unconfirmed outcomes', () => {
    const story = aCycle();
    nameTeam(story);
    const call = { title: 't', startsAt: plus(story.now, DAY), minutes: 60, place: 'p', invited: TEAM };
    story.onProject(story.as('lead'), { type: 'CallMeeting', ...call });
    story.onProject(story.as('lead'), question(story));
    story.onProject(story.as('lead'), {
      ...{ type: 'RecordEvidence', kind: 'MINUTES', title: 't', audience: 'CORE_TEAM', text: 'w', others: 0 },
      ...{ attribution: { type: 'PERSON', person: personId('lead') }, participants: people('official') },
      ...{ provenance: { origin: 'o', dated: story.now, derivedFrom: [] }, assessment: null, meeting: null },
    });
    const found = agenda(story);
    expect(found.decisions.map((m) => m.what)).toContain('answer QUESTION');
    expect(found.decisions.find((m) => m.what === 'answer QUESTION')?.who).toEqual(
      expect.arrayContaining(people('official', 'researcher')),
    );
    expect(found.open.map((m) => m.what)).toContain('agree or amend the notes');
    expect(found.drafts).toEqual([
      { stream: story.project.id, evidence: 'ev1', waitingFor: people('official') },
    ]);
  });

  it('B12: the programme’s agenda is of its own sign-offs and all its projects', () => {
    const story = nameTeam(atDataRequest());
    plan(story, 'lead');
    keep(story);
    const { programme } = story;
    const found = agendaOf(programme, [story.world], programme, meeting(story), story.now);
    expect(found.open.map((m) => m.stream)).toContain(story.project.id);
  });

  it('B12: the pack is due two working days before, goes out once, and not after the meeting has begun', () => {
    const story = withMeeting();
    const { packDue, startsAt } = meeting(story);
    expect(packDue).toBe(workingDaysBefore(startsAt, 2));
    const send = () => story.onProject(WORKER, { type: 'SendPack', meeting: 'mt1', content: 'pack' });
    expect(nextForMeetings(send().project, null, story.now)).toEqual({ move: 'WAIT', until: packDue });
    story.now = packDue;
    expect(nextForMeetings(story.project, null, story.now)).toEqual({ move: 'SEND_PACK', meeting: 'mt1' });
    send();
    send();
    expect(story.log.filter(({ event }) => event.type === 'PackSent')).toHaveLength(1);
    expect(nextForMeetings(story.project, null, story.now)).toEqual({ move: 'WAIT', until: null });
    const late = withMeeting();
    late.now = plus(meeting(late).startsAt, HOUR);
    late.onProject(WORKER, { type: 'SendPack', meeting: 'mt1', content: 'pack' });
    expect(meeting(late).pack).toBeNull();
  });

  it('B12: its plain summary is written until it goes out', () => {
    const story = withMeeting();
    const write = () => tryOn(story, 'official', { type: 'SummarisePack', meeting: 'mt1', text: 'plain' });
    expect(write()).toBe('ACCEPTED');
    story.now = meeting(story).packDue;
    story.onProject(WORKER, { type: 'SendPack', meeting: 'mt1', content: 'pack' });
    expect(write()).toBe('PACK_SENT');
  });
});

describe('what a meeting agrees', () => {
  const draft = (story: Story, by: Name, of: 'PROGRAMME' | 'PROJECT' = 'PROJECT') =>
    tryOn(story, by, { type: 'DraftOutcome', at: { of, meeting: 'mt1' }, kind: 'QUESTION', text: 'agreed' });
  const status = (story: Story) =>
    outcomeStatus(story.programme, story.project.checkpoints, story.project.outcomes[0]!, story.now);

  it('B12: is drafted by somebody who was there, put up for sign-off, and confirmed by link alone', () => {
    const story = withMeeting();
    expect(draft(story, 'lead')).toBe('NO_ATTENDANCE');
    story.wait(8 * DAY);
    story.onProject(story.as('lead'), {
      ...{ type: 'RecordAttendance', meeting: 'mt1', present: people('lead', 'official'), others: 0 },
    });
    expect([draft(story, 'holder'), draft(story, 'holder', 'PROGRAMME')]).toEqual([
      ...['NOT_PRESENT', 'UNKNOWN_MEETING'],
    ]);
    expect(draft(story, 'official')).toBe('ACCEPTED');
    expect(status(story)).toBe('DRAFTED');
    const older = story.checkpoint('QUESTION');
    const putUp = (checkpoint: string) =>
      tryOn(story, 'lead', { type: 'PutUpOutcome', outcome: 'mo1', checkpoint });
    expect(putUp(older)).toBe('NOT_ITS_SIGN_OFF');
    story.onProject(story.as('lead'), question(story));
    expect(putUp(story.checkpoint('QUESTION'))).toBe('ACCEPTED');
    expect(putUp(story.checkpoint('QUESTION'))).toBe('PUT_UP');
    expect(status(story)).toBe('ASKED');
    story.sign('QUESTION', 'official', 'researcher');
    expect(status(story)).toBe('CONFIRMED');
  });

  it('B12: refused by a signer, it is not confirmed, whatever the meeting agreed', () => {
    const story = attended();
    draft(story, 'official');
    story.onProject(story.as('lead'), question(story));
    const checkpoint = story.checkpoint('QUESTION');
    story.onProject(story.as('lead'), { type: 'PutUpOutcome', outcome: 'mo1', checkpoint });
    story.onProject(story.as('official'), story.answer('official', checkpoint, 'REJECTED'));
    expect(status(story)).toBe('NOT_CONFIRMED');
  });

  it('B12: decides nothing: drafted, put up and unanswered, no sign-off, request or release has changed', () => {
    const story = withMeeting().wait(8 * DAY);
    story.onProject(story.as('lead'), question(story));
    const standing = () =>
      JSON.stringify([story.project.checkpoints, story.project.releases, story.project.requests]);
    const before = standing();
    story.onProject(story.as('lead'), {
      ...{ type: 'RecordAttendance', meeting: 'mt1', present: people('lead', 'official'), others: 0 },
    });
    expect(draft(story, 'official')).toBe('ACCEPTED');
    expect(standing()).toBe(before);
    expect(status(story)).toBe('DRAFTED');
  });
});
