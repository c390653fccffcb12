// Meetings on a real Temporal: the programme's workflow calls the next meeting and sends packs when their time comes.
import { workingDaysBefore } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { personId } from '#libs/testing';
import { Engine } from './testing/engine';

jest.setTimeout(90_000);

describe('meetings', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.setting.withAgreement();
    await engine.work();
    const members = ['lead', 'researcher', 'official'].map((name) => personId(name as 'lead'));
    await engine.setting.onProgramme('lead', { command: { type: 'NameCoreTeam', members } });
  });
  afterAll(() => engine.close());

  const meetings = async () => {
    const { state } = await engine.setting.ledger.programme(engine.setting.programme);
    return Object.values(state.meetings);
  };
  const when = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await engine.change();
    }
  };

  it('B12, B55: once a series is planned, its next meeting is called, and never twice', async () => {
    const [title, place] = [commitText('Core team'), commitText('Room 1')];
    const firstDay = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const rhythm = { firstDay, time: '10:00', timeZone: 'Europe/London', everyDays: 14, minutes: 90 };
    await engine.setting.onProgramme('lead', {
      command: { type: 'PlanMeetingSeries', ...rhythm, title: title.commitment, place: place.commitment },
      texts: [title, place],
    });
    const called = await when(async () => (await meetings())[0]);
    expect(called).toMatchObject({ series: 'ser1', occurrence: 0, caller: null });
    await engine.wake(engine.setting.programme, 0);
    await engine.quiet();
    expect(await meetings()).toHaveLength(1);
  });

  it('B12: a pack goes out by itself when it is due, with ids and commitments only', async () => {
    const startsAt = workingDaysBefore(new Date(Date.now() + 2_000).toISOString(), -2);
    const [title, place, item] = [
      commitText('Urgent'),
      commitText('Room 2'),
      commitText('A word in private'),
    ];
    await engine.setting.onProgramme('official', {
      command: { type: 'ProposeAgendaItem', text: item.commitment },
      texts: [item],
    });
    const call = { startsAt, minutes: 30, invited: [personId('researcher')] };
    await engine.setting.onProgramme('lead', {
      command: { type: 'CallMeeting', ...call, title: title.commitment, place: place.commitment },
      texts: [title, place],
    });
    const content = await when(async () => (await meetings()).find((m) => m.id === 'mt2')?.pack?.content);
    const pack = String(await engine.setting.ledger.content(content));
    expect(JSON.parse(pack)).toMatchObject({
      ...{ meeting: 'mt2', stream: engine.setting.programme, summary: null },
      proposed: [{ item: 'ag1', text: item.commitment, person: personId('official') }],
    });
    expect(pack).not.toContain('private');
    const sql = `select mail ->> 'person' as person from parley.outbox where mail ->> 'purpose' = 'MEETING_PACK'`;
    const told = await engine.setting.db.query<{ person: string }>(sql);
    expect(told.map(({ person }) => person).sort()).toEqual([personId('lead'), personId('researcher')]);
  });

  it('B12: after Temporal was wiped, nothing is called or sent again', async () => {
    const before = (await meetings()).map(({ pack }) => pack?.at ?? null);
    await engine.wipe();
    await engine.wake(engine.setting.programme, 0);
    await engine.quiet();
    expect((await meetings()).map(({ pack }) => pack?.at ?? null)).toEqual(before);
  });
});
