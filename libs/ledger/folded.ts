// The folded state of each stream, kept in the process by version: only newer entries are folded when a stream is read again.
import { emptyProgramme, evolveProgramme, evolveProject } from '#libs/domain';
import type {
  Instant,
  ProgrammeEvent,
  ProgrammeState,
  ProjectEvent,
  ProjectState,
  Recorded,
} from '#libs/domain';
import type { Place } from './entries';
import { recordedIn, START } from './entries';
import { sha256 } from './texts';

export interface Folded<S> extends Place {
  state: S | null;
}

/** One row of `read_stream` or `begin_command`. */
export interface StreamRow {
  programme: string;
  programme_version: number;
  programme_head: string;
  programme_entries: string[];
  project: string | null;
  project_version: number | null;
  project_head: string | null;
  project_entries: string[] | null;
  now: Instant;
}

/** A stream as read: the programme always, the project if the stream is one. */
export interface Streams {
  programme: Folded<ProgrammeState>;
  project: Folded<ProjectState> | null;
  now: Instant;
}

/** Whether the row brought only the next page of what was not folded yet. */
export const isBehind = (row: StreamRow, { programme, project }: Streams): boolean =>
  programme.version < row.programme_version ||
  (project !== null && project.version < (row.project_version ?? 0));

/** What was kept does not lead to what the database holds: it was restored from elsewhere. */
export class Diverged extends Error {}

/** What is kept grows with the entries folded, about a kilobyte each, and a stream costs as much as so many of them. */
const MOST_ENTRIES = 50_000;
const STREAM_AS_ENTRIES = 30;

export function foldProgramme(
  id: string,
  before: Folded<ProgrammeState>,
  texts: string[],
): Folded<ProgrammeState> {
  return fold(before, texts, (state, event) => evolveProgramme(state, id, event as Recorded<ProgrammeEvent>));
}

export function foldProject(id: string, before: Folded<ProjectState>, texts: string[]): Folded<ProjectState> {
  return fold(before, texts, (state, event) => evolveProject(state, id, event as Recorded<ProjectEvent>));
}

function fold<S>(
  before: Folded<S>,
  texts: string[],
  evolve: (state: S | null, event: Recorded) => S,
): Folded<S> {
  const last = texts.at(-1);
  if (last === undefined) return before;
  const state = texts.reduce<S | null>((so_far, text) => evolve(so_far, recordedIn(text)), before.state);
  return { state, version: before.version + texts.length, head: sha256(last) };
}

/** States are immutable (`evolve` copies), so they are shared between commands without harm. */
export class FoldedStreams {
  private readonly kept = new Map<string, Folded<ProgrammeState | ProjectState>>();
  private entries = 0;

  known(stream: string): Folded<ProgrammeState | ProjectState> {
    return this.kept.get(stream) ?? { ...START, state: null };
  }

  /** Only ever forward: a slower reader never puts an older state back. */
  keep(stream: string, folded: Folded<ProgrammeState | ProjectState>): void {
    if (folded.version < this.known(stream).version) return;
    this.forget(stream);
    this.kept.set(stream, folded);
    this.entries += STREAM_AS_ENTRIES + folded.version;
    for (const oldest of this.kept.keys()) {
      if (this.entries <= MOST_ENTRIES || oldest === stream) return;
      this.forget(oldest);
    }
  }

  forget(stream: string): void {
    const kept = this.kept.get(stream);
    if (kept === undefined) return;
    this.entries -= STREAM_AS_ENTRIES + kept.version;
    this.kept.delete(stream);
  }

  /** Folds what `row` brings onto what was known when it was asked for. Throws `Diverged` if that does not fit. */
  take(row: StreamRow, knownProgramme: Folded<ProgrammeState>, knownProject: Folded<ProjectState>): Streams {
    const programme = foldProgramme(row.programme, knownProgramme, row.programme_entries);
    checkPlace(row.programme, programme, row.programme_version, row.programme_head);
    this.keep(row.programme, programme);
    if (row.project === null) return { programme, project: null, now: row.now };
    const project = foldProject(row.project, knownProject, row.project_entries ?? []);
    checkPlace(row.project, project, row.project_version ?? 0, row.project_head ?? '');
    this.keep(row.project, project);
    return { programme, project, now: row.now };
  }
}

function checkPlace(stream: string, place: Place, version: number, head: string): void {
  // Behind it, what was read so far is a page of a long stream; where it leads is seen at its end.
  if (place.version > version || (place.version === version && place.head !== head)) {
    throw new Diverged(`${stream} is at version ${version} in the database, and at ${place.version} here.`);
  }
}

export const programmeOrEmpty = (id: string, folded: Folded<ProgrammeState>): ProgrammeState =>
  folded.state ?? emptyProgramme(id);
