// The entries of a project and its programme, one after the other: gapless, chained, in time, and folded as the engine folds them.
import { z } from 'zod';
import { EntrySchema } from '#libs/contracts/entry';
import type { Entry } from '#libs/contracts/entry';
import { evolveProgramme, evolveProject, knowsProgrammeEvent, knowsProjectEvent } from '#libs/domain';
import type {
  DomainEvent,
  ProgrammeEvent,
  ProgrammeState,
  ProjectEvent,
  ProjectState,
  Recorded,
} from '#libs/domain';
import { sha256Hex } from '#libs/log';
import { canonicalValue } from './lines';
import { Failed, Unknown } from './verdict';

const RULES_VERSIONS: ReadonlySet<unknown> = new Set([1, 2]);
/** How many programme states are kept: a permit may have been judged by one a few versions older. */
const KEPT = 64;

export type EntryOf<T extends DomainEvent['type']> = Recorded<Extract<DomainEvent, { type: T }>>;

interface Place {
  version: number;
  hash: string;
  at: string;
}

export interface Withheld {
  stream: string;
  version: number;
  hash: string;
}

/** Both streams as far as they have been read. */
export class Streams {
  private readonly places = new Map<string, Place>();
  private readonly programmes = new Map<number, ProgrammeState>();
  programme: ProgrammeState | null = null;
  project: ProjectState | null = null;
  programmeId: string | null = null;
  projectId: string | null = null;
  last: Recorded | null = null;
  entries = 0;
  withheld = 0;

  /** An entry's text in its place. Returns it with what it says, before it is folded. */
  read(text: string, where: string): { entry: Entry; event: Recorded } {
    const parsed = EntrySchema.safeParse(canonicalValue(text, where));
    if (!parsed.success) throw unreadable(text, where);
    const entry = parsed.data;
    const hash = sha256Hex(text);
    this.follow(entry, hash, where);
    const { at } = this.places.get(entry.stream) ?? { at: '' };
    if (entry.at < at) throw new Failed(`${where} lies before the entry it follows.`);
    this.places.set(entry.stream, { version: entry.version, hash, at: entry.at });
    this.checkKnown(entry, where);
    this.entries += 1;
    const { type, data, actor, version } = entry;
    return { entry, event: { type, data, at: entry.at, actor, version } as unknown as Recorded };
  }

  /** An entry of which only the hashes are shown. */
  skip({ stream, version, hash }: Withheld, where: string): void {
    this.belongs(stream, where);
    const place = this.places.get(stream);
    if (version !== (place?.version ?? 0) + 1) throw outOfOrder(stream, version, place, where);
    this.places.set(stream, { version, hash, at: place?.at ?? '' });
    this.withheld += 1;
  }

  fold({ stream }: Entry, event: Recorded): void {
    if (stream === this.programmeId) {
      this.programme = evolveProgramme(this.programme, stream, event as Recorded<ProgrammeEvent>);
      this.programmes.set(event.version, this.programme);
      this.programmes.delete(event.version - KEPT);
    } else {
      this.project = evolveProject(this.project, stream, event as Recorded<ProjectEvent>);
    }
    this.last = event;
  }

  /** The programme as of a version, if it is not long ago. */
  programmeAt(version: number): ProgrammeState | null {
    return this.programmes.get(version) ?? (this.programme?.version === version ? this.programme : null);
  }

  versionOf(stream: string | null): number {
    return this.places.get(stream ?? '')?.version ?? 0;
  }

  private follow({ stream, version, prev, type, data }: Entry, hash: string, where: string): void {
    if (this.programmeId === null && type === 'ProgrammeStarted') this.programmeId = stream;
    else if (this.projectId === null && type === 'ProjectStarted') {
      if (data['programme'] !== this.programmeId)
        throw new Failed(`${where} starts a project of another programme.`);
      if (!RULES_VERSIONS.has(data['rulesVersion']))
        throw new Unknown(
          `The project has rules of version ${String(data['rulesVersion'])}, newer than this one knows.`,
        );
      this.projectId = stream;
    }
    this.belongs(stream, where);
    const place = this.places.get(stream);
    if (version !== (place?.version ?? 0) + 1) throw outOfOrder(stream, version, place, where);
    if (prev !== (place?.hash ?? ''))
      throw new Failed(
        `${where} does not follow the entry before it: their hashes differ (${hash.slice(0, 12)}…).`,
      );
  }

  private belongs(stream: string, where: string): void {
    if (stream !== this.programmeId && stream !== this.projectId)
      throw new Failed(
        `${where} is of another stream, ${stream}: neither this project's nor its programme's.`,
      );
  }

  private checkKnown({ type, typeVersion, stream }: Entry, where: string): void {
    const isKnown = stream === this.programmeId ? knowsProgrammeEvent(type) : knowsProjectEvent(type);
    if (!isKnown || typeVersion !== 1)
      throw new Unknown(
        `${where} is a ${type} (version ${typeVersion}), which a newer version of the engine writes. Verify with that one.`,
      );
  }
}

function outOfOrder(stream: string, version: number, place: Place | undefined, where: string): Failed {
  return new Failed(
    `${where} is version ${version} of ${stream}, where version ${(place?.version ?? 0) + 1} belongs: an entry is missing, doubled or out of order.`,
  );
}

const Format = z.object({ format: z.number() });

function unreadable(text: string, where: string): Error {
  const { data } = Format.safeParse(JSON.parse(text));
  return data && data.format > 1
    ? new Unknown(`${where} has format ${data.format}, which a newer version of the engine writes.`)
    : new Failed(`${where} is no entry of a ledger.`);
}
