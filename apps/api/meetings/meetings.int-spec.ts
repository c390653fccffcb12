// Meetings over the API, on a real Postgres: series and ad hoc, agenda and pack, attendance, notes, outcomes.
import { contentOf } from '#libs/ledger';
import { agendaOf, workingDaysBefore } from '#libs/domain';
import { walkDescription } from '../testing/described';
import type { Installation, PersonKey, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { aProjectAtWork, askOf, inDays } from '../testing/setting-up';
import { asked, sign } from '../testing/signing';

jest.setTimeout(120_000);

const WORKER = { process: 'worker' } as const;
let installation: Installation;
let team: Team;
let project: string;
let base: string;
const id = (key: PersonKey) => team.people[key].id;
const client = (key: PersonKey) => team.people[key].client;
const programme = () => `/programmes/${team.programme}`;

beforeAll(async () => {
  ({ installation, team, project, at: base } = await aProjectAtWork());
});
afterAll(() => installation?.stop());

const meetingOf = (over: object = {}) => ({
  ...{ title: 'With the providers', startsAt: inDays(7), minutes: 60, place: 'Room 4' },
  ...{ invited: [id('holder'), id('official')], ...over },
});
const series = (over: object = {}) => ({
  ...{ title: 'Core team', firstDay: inDays(10).slice(0, 10), time: '10:00', timeZone: 'Europe/London' },
  ...{ minutes: 90, place: 'Room 1', ...over },
});
const orders = async (purpose: string) => {
  const sql = `select mail ->> 'person' as person from parley.outbox where mail ->> 'purpose' = $1 order by id`;
  return (await installation.db.query<{ person: string }>(sql, [purpose])).map(({ person }) => person);
};

describe('meetings over the API', () => {
  it('B55, B12: the core team plans a fortnightly series; the engine calls its next meeting and mails the team', async () => {
    expectProblem(await client('lead').post(`${programme()}/meeting-series`, series()), 409, 'NO_CORE_TEAM');
    const members = [id('lead'), id('researcher'), id('official')];
    await client('lead').make(`${programme()}/core-team`, { members });
    const { id: planned } = await client('official').make(`${programme()}/meeting-series`, series());
    expect(planned).toBe('ser1');
    await installation.worker.ledger.onProgramme(team.programme, WORKER, () => ({
      command: { type: 'KeepMeetingSeries' },
    }));
    const { items } = await client('researcher').see<{ items: unknown[] }>(`${programme()}/meetings`);
    expect(items).toMatchObject([
      {
        ...{ id: 'mt1', series: 'ser1', title: 'Core team', place: 'Room 1', minutes: 90, status: 'CALLED' },
        ...{
          caller: null,
          invited: [{ name: 'The lead' }, { name: 'The researcher' }, { name: 'The official' }],
        },
      },
    ]);
    expect(await orders('MEETING_INVITATION')).toEqual(members);
  });

  it('B12: an ad hoc meeting is called, moved and cancelled; everybody invited is told', async () => {
    expectProblem(await client('holder').post(`${base}/meetings`, meetingOf()), 403, 'NOT_A_CONVENER');
    const { id: meeting } = await client('lead').make(`${base}/meetings`, meetingOf());
    const later = { startsAt: inDays(8), minutes: 45, place: 'Room 5' };
    await client('lead').make(`${base}/meetings/${meeting}/time`, later);
    await client('lead').make(`${base}/meetings/${meeting}/cancellation`, { reason: 'The hall is closed.' });
    expect(await client('holder').see(`${base}/meetings/${meeting}`)).toMatchObject({
      ...{ status: 'CANCELLED', sequence: 2, place: 'Room 5', minutes: 45 },
      cancelled: { reason: 'The hall is closed.' },
    });
    const invited = [id('holder'), id('official'), id('lead')];
    expect(await orders('MEETING_MOVED')).toEqual(invited);
    expect(await orders('MEETING_CANCELLED')).toEqual(invited);
  });

  it('B12, B49: agenda from what is open, items from anybody, and a pack kept as it went out', async () => {
    await client('lead').make(`${base}/requests`, askOf(team));
    const { id: meeting } = await client('lead').make(`${base}/meetings`, meetingOf({ startsAt: inDays(1) }));
    await client('layMember').make(`${base}/agenda-items`, { text: 'Who is not in the data? <b>' });
    await client('official').make(`${base}/meetings/${meeting}/summary`, { text: 'In plain words.' });
    const agenda = await client('holder').see(`${base}/meetings/${meeting}/agenda`);
    const expected = {
      summary: 'In plain words.',
      decisions: [{ what: 'answer the data request', about: 'r1', who: [{ name: 'The holder' }] }],
      proposed: [{ text: 'Who is not in the data? <b>', person: { name: 'The layMember' } }],
    };
    expect(agenda).toMatchObject(expected);
    expectProblem(await client('holder').get(`${base}/meetings/${meeting}/pack`), 404, 'NO_PACK_YET');
    const { world, now } = await installation.worker.ledger.world(project);
    const found = world.project.meetings[meeting];
    if (!found) throw new Error('no meeting');
    expect(found.packDue).toBe(workingDaysBefore(found.startsAt, 2));
    const pack = contentOf({
      ...{ meeting, stream: project, startsAt: found.startsAt, summary: found.summary?.text ?? null },
      ...agendaOf(world.programme, [world], world.project, found, now),
    });
    await installation.worker.ledger.onProject(project, WORKER, () => ({
      command: { type: 'SendPack', meeting, content: pack.id },
      contents: [pack],
    }));
    await client('lead').make(`${base}/agenda-items`, { text: 'Too late for the pack.' });
    expect(await client('holder').see(`${base}/meetings/${meeting}/pack`)).toMatchObject(expected);
    const onTheDay = await client('holder').see<{ proposed: unknown[] }>(
      `${base}/meetings/${meeting}/agenda`,
    );
    expect(onTheDay.proposed).toHaveLength(2);
    expectProblem(
      await client('official').post(`${base}/meetings/${meeting}/summary`, { text: 'Again.' }),
      ...([409, 'PACK_SENT'] as const),
    );
    expect(new Set(await orders('MEETING_PACK'))).toEqual(
      new Set([id('holder'), id('official'), id('lead')]),
    );
  });

  it('is as its description says', async () => {
    const walked = await walkDescription(client('lead'), { programme: team.programme, project });
    const own = [...walked].filter(([path]) => /meeting|agenda|outcome/.test(path));
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter(([path]) => !path.endsWith('/pack')).flatMap(([, misfits]) => misfits)).toEqual([]);
  });

  it('B12, B7: after it, attendance, notes agreed by those present, and what it agreed confirmed by link alone', async () => {
    const meeting = 'mt2';
    const attend = (present: string[]) =>
      client('lead').post(`${base}/meetings/${meeting}/attendance`, { present, others: 1 });
    expectProblem(await attend([id('official')]), 409, 'NOT_BEGUN');
    await installation.db.shiftClock('2 days');
    const present = [id('official'), id('lead')];
    expect(await attend(present)).toMatchObject({ status: 201 });
    const minutes = {
      ...{ kind: 'MINUTES', title: 'With the providers', audience: 'CORE_TEAM', text: 'We agreed to widen.' },
      ...{ attribution: { type: 'PERSON', person: id('lead') }, meeting, others: 1 },
      provenance: { origin: 'Taken at the meeting.', dated: inDays(1) },
    };
    expectProblem(
      await client('lead').post(`${base}/evidence`, { ...minutes, participants: [id('holder')] }),
      ...([422, 'NOT_THOSE_PRESENT'] as const),
    );
    const notes = (await client('lead').make(`${base}/evidence`, { ...minutes, participants: present })).id;
    expect(await orders('NOTES_TO_AGREE')).toEqual([id('official')]);
    await client('official').make(`${base}/evidence/${notes}/agreement`, { version: 1 });

    const agreed = { of: 'PROJECT', meeting, kind: 'QUESTION', text: 'The question is widened.' };
    expectProblem(await client('holder').post(`${base}/outcomes`, agreed), 403, 'NOT_PRESENT');
    const { id: outcome } = await client('official').make(`${base}/outcomes`, agreed);
    const status = async () =>
      (await client('holder').see<{ items: { status: string }[] }>(`${base}/outcomes`)).items[0]?.status;
    expect(await status()).toBe('DRAFTED');
    await client('lead').make(`${base}/questions`, {
      ...{ question: 'Why do few come?', framing: 'Broad.', sufficient: true, summary: 'As agreed.' },
      change: {
        from: 'q1',
        kind: 'REWORDS',
        what: 'Who comes.',
        because: 'The meeting agreed so.',
        cites: [],
      },
    });
    const { id: checkpoint } = await asked(team, project, 'QUESTION');
    await client('lead').make(`${base}/outcomes/${outcome}/sign-off`, { checkpoint });
    expect(await status()).toBe('ASKED');
    await sign(installation, team, project, 'QUESTION', ['official', 'researcher']);
    expect(await status()).toBe('CONFIRMED');
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown field', { colour: 'red' }, 'SHAPE'],
    ['a day that is none', { firstDay: '2027-02-30' }, 'SHAPE'],
    ['a time that is none', { time: '24:00' }, 'SHAPE'],
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'SHAPE'],
    ['a meeting of ten hours', { minutes: 600 }, 'SHAPE'],
    ['a line break in a place', { place: 'Room 1\r\nBcc: x' }, 'SHAPE'],
  ])('B12: %s is refused with its rule and a remedy', async (_what, over, rule) => {
    expectProblem(await client('lead').post(`${programme()}/meeting-series`, series(over)), 422, rule);
  });

  it.each([
    ['a time past', { startsAt: '2020-01-01T00:00:00Z' }, 'IN_THE_PAST'],
    ['a stranger', { invited: ['per_aaaaaaaaaaaaaaaa'] }, 'NOT_ON_ROSTER'],
  ])('B12: inviting for %s is refused', async (_what, over, rule) => {
    expectProblem(await client('lead').post(`${base}/meetings`, meetingOf(over)), 422, rule);
  });

  it('B12: unknown meetings, items and outcomes are not found', async () => {
    expectProblem(await client('lead').get(`${base}/meetings/mt99`), 404, 'NOT_FOUND');
    expectProblem(await client('lead').post(`${base}/agenda-items/ag99/withdrawal`, {}), 404, 'UNKNOWN_ITEM');
    const putUp = await client('lead').post(`${base}/outcomes/mo99/sign-off`, { checkpoint: 'k1' });
    expectProblem(putUp, 404, 'UNKNOWN_OUTCOME');
  });
});
