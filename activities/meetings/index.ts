// Keeps the time of meetings: the next of a series is called, a pack goes out when it is due. Idempotent, by the ledger's clock.
import type { DataSource } from 'typeorm';
import { agendaOf, nextForMeetings, projectStatus } from '#libs/domain';
import type { Instant, Meeting, MeetingMove, Pack, ProgrammeState, ProjectState, World } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { dueIn, step, WORKER } from '../answers';
import { document } from '../documents';

/** A stream as it was read: a programme's own, or a project with its programme. */
export interface Seen {
  programme: ProgrammeState;
  project: ProjectState | null;
  now: Instant;
}

export interface MeetingDeps {
  ledger: Ledger;
  dataSource: DataSource;
}

/** What was due and led to nothing is looked at again this much later. */
const LOOK_AGAIN_MS = 30_000;
/** As many projects as one meeting can look at. */
const MOST_PROJECTS = 100;

export type KeepMeetings = (read: () => Promise<Seen>) => Promise<Seen & { dueIn: number | null }>;

/** Does what is due about meetings of the stream that `read` reads, and says how it stands then and when to look again. */
export function createMeetingKeeping({ ledger, dataSource }: MeetingDeps): KeepMeetings {
  async function worldsOf({ programme, project }: Seen): Promise<World[]> {
    if (project) return [{ programme, project }];
    const streams: { id: string }[] = await dataSource.query(
      `select id from parley.streams where programme = $1 and kind = 'project' order by id limit $2`,
      [programme.id, MOST_PROJECTS],
    );
    const read = await Promise.all(streams.map(({ id }) => ledger.world(id)));
    return read.map(({ world }) => world);
  }

  async function sendPack(seen: Seen, meeting: Meeting): Promise<void> {
    const stream = seen.project ?? seen.programme;
    const pack: Pack = {
      ...{ meeting: meeting.id, stream: stream.id, startsAt: meeting.startsAt },
      summary: meeting.summary?.text ?? null,
      ...agendaOf(seen.programme, await worldsOf(seen), stream, meeting, seen.now),
    };
    const content = document({ format: 1, paper: 'pack of a meeting', ...pack });
    const draft = {
      command: { type: 'SendPack' as const, meeting: meeting.id, content: content.id },
      contents: [content],
    };
    if (seen.project) await ledger.onProject(stream.id, WORKER, () => draft);
    else await ledger.onProgramme(stream.id, WORKER, () => draft);
  }

  async function take(seen: Seen, next: MeetingMove): Promise<void> {
    if (next.move === 'CALL')
      await ledger.onProgramme(seen.programme.id, WORKER, () => ({ command: { type: 'KeepMeetingSeries' } }));
    const meeting =
      next.move === 'SEND_PACK' ? (seen.project ?? seen.programme).meetings[next.meeting] : undefined;
    if (meeting) await sendPack(seen, meeting);
  }

  return async (read) => {
    let seen = await read();
    for (let last = ''; ;) {
      const next = nextMove(seen);
      if (next.move === 'WAIT') return { ...seen, dueIn: dueIn(next.until, seen.now) };
      const taken = JSON.stringify(next);
      if (taken === last) return { ...seen, dueIn: LOOK_AGAIN_MS };
      last = taken;
      const before = seen;
      await step(() => take(before, next));
      seen = await read();
    }
  };
}

/** A project that rests prepares nothing; resuming it is a change that is looked at again. */
function nextMove({ programme, project, now }: Seen): MeetingMove {
  if (project === null) return nextForMeetings(programme, programme, now);
  return projectStatus(project) === 'ACTIVE'
    ? nextForMeetings(project, null, now)
    : { move: 'WAIT', until: null };
}
