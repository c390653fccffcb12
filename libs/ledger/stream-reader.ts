// Streams folded to where they stand: only what is new is read, and of a long stream a page at a time.
import type { ProgrammeState, ProjectState } from '#libs/domain';
import { START } from './entries';
import { isBehind } from './folded';
import type { Folded, FoldedStreams, StreamRow, Streams } from './folded';
import { noSuchStream } from './refused';

/** What of a stream was folded before it is read. */
export interface Known {
  programme: Folded<ProgrammeState>;
  project: Folded<ProjectState>;
}

/** A connection, or any of several. */
export interface Asking {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

const NOTHING = { ...START, state: null };

export class StreamReader {
  constructor(private readonly streams: FoldedStreams) {}

  known(stream: string): Known {
    const own = this.streams.known(stream);
    if (!stream.startsWith('prj')) return { programme: own as Folded<ProgrammeState>, project: NOTHING };
    const project = own as Folded<ProjectState>;
    const programme = project.state === null ? NOTHING : this.streams.known(project.state.programme);
    return { programme: programme as Folded<ProgrammeState>, project };
  }

  /** Both streams as of now, without a lock. */
  async read(at: Asking, stream: string): Promise<Streams> {
    const known = this.known(stream);
    return this.caughtUp(at, stream, known, await nextPage(at, stream, known));
  }

  /**
   * Goes on from the first page to where the stream stands. Each page is folded onto the one before and not onto what is kept: of long
   * streams little is.
   */
  async caughtUp(at: Asking, stream: string, from: Known, first: StreamRow | undefined): Promise<Streams> {
    for (let [known, row] = [from, first]; ; row = await nextPage(at, stream, known)) {
      if (row === undefined) throw noSuchStream(stream);
      const taken = this.take(stream, row, known);
      if (!isBehind(row, taken)) return taken;
      known = { programme: taken.programme, project: taken.project ?? NOTHING };
    }
  }

  private take(stream: string, row: StreamRow, known: Known): Streams {
    try {
      return this.streams.take(row, known.programme, known.project);
    } catch (error) {
      // Restored from elsewhere: what we know is worth nothing, and the next attempt reads everything.
      this.streams.forget(stream);
      this.streams.forget(row.programme);
      throw error;
    }
  }
}

async function nextPage(
  at: Asking,
  stream: string,
  { programme, project }: Known,
): Promise<StreamRow | undefined> {
  const sql = 'select * from parley.read_stream($1, $2, $3)';
  const rows = await at.query(sql, [stream, programme.version, project.version]);
  return (rows as StreamRow[])[0];
}
