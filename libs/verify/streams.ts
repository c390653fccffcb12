// The entries of a project and its programme, one after the other: gapless, chained, in time, and folded as the engine folds them.
import { z } from 'zod';
import { entryForm, EntrySchema } from '#libs/contracts/entry';
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
import type { Lines } from './lines';
import { told } from './told';
import type { Told } from './told';
import { failing, Unknown } from './verdict';

const RULES_VERSIONS: ReadonlySet<unknown> = new Set([1, 2]);
/** How many programme states are kept: a permit may have been judged by one a few versions older. */
const KEPT = 64;

export type EntryOf<T extends DomainEvent['type']> = Recorded<Extract<DomainEvent, { type: T }>>;

/** Names an entry or a line, where something is said of it. */
export type Where = () => Told;

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
  /** Of the entry before. What follows it has no other, and one that was made here needs no proof that it is a hash. */
  private hash = '';
  private readonly isEntry = entryForm((prev) => prev === this.hash);
  programme: ProgrammeState | null = null;
  project: ProjectState | null = null;
  programmeId: string | null = null;
  projectId: string | null = null;
  last: Recorded | null = null;
  entries = 0;
  withheld = 0;

  /** The entry in a line, in its place. Returns it with what it says, before it is folded. */
  read(line: Lines, bytes: Uint8Array, where: Where): { entry: Entry; event: Recorded } {
    const value = line.value(where);
    const entry = this.isEntry(value) ? value : entryOf(value, where);
    const hash = sha256Hex(bytes);
    this.follow(entry, hash, where);
    this.hash = hash;
    this.checkKnown(entry, where);
    this.entries += 1;
    const { type, data, actor, version } = entry;
    return { entry, event: { type, data, at: entry.at, actor, version } as unknown as Recorded };
  }

  /** An entry of which only the hashes are shown. */
  skip({ stream, version, hash }: Withheld, where: Where): void {
    const place = this.placeOf(stream, version, where);
    place.version = version;
    place.hash = hash;
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

  private follow(entry: Entry, hash: string, where: Where): void {
    const { stream, version, at } = entry;
    this.begin(entry, where);
    const place = this.placeOf(stream, version, where);
    if (entry.prev !== place.hash)
      throw failing('verifier.stream.broken', { where: where(), hash: hash.slice(0, 12) });
    if (at < place.at) throw failing('verifier.stream.before', { where: where() });
    place.version = version;
    place.hash = hash;
    place.at = at;
  }

  private begin({ stream, type, data }: Entry, where: Where): void {
    if (this.programmeId === null && type === 'ProgrammeStarted') this.programmeId = stream;
    else if (this.projectId === null && type === 'ProjectStarted') {
      if (data['programme'] !== this.programmeId)
        throw failing('verifier.stream.otherProgramme', { where: where() });
      if (!RULES_VERSIONS.has(data['rulesVersion']))
        throw new Unknown(told('verifier.newer.rules', { version: String(data['rulesVersion']) }));
      this.projectId = stream;
    }
  }

  /** How far a stream has been read; fails unless it is one of the two, and this version the next of it. */
  private placeOf(stream: string, version: number, where: Where): Place {
    if (stream !== this.programmeId && stream !== this.projectId)
      throw failing('verifier.stream.other', { where: where(), stream });
    let place = this.places.get(stream);
    if (place === undefined) this.places.set(stream, (place = { version: 0, hash: '', at: '' }));
    if (version !== place.version + 1)
      throw failing('verifier.stream.gap', {
        ...{ where: where(), version: `${version}`, stream, expected: `${place.version + 1}` },
      });
    return place;
  }

  private checkKnown({ type, typeVersion, stream }: Entry, where: Where): void {
    const isKnown = stream === this.programmeId ? knowsProgrammeEvent(type) : knowsProjectEvent(type);
    if (!isKnown || typeVersion !== 1)
      throw new Unknown(told('verifier.newer.type', { where: where(), type, version: `${typeVersion}` }));
  }
}

const Format = z.object({ format: z.number() });

function entryOf(value: unknown, where: Where): Entry {
  const { data: entry } = EntrySchema.safeParse(value);
  if (entry) return entry;
  const { data } = Format.safeParse(value);
  if (data && data.format > 1)
    throw new Unknown(told('verifier.newer.format', { where: where(), format: `${data.format}` }));
  throw failing('verifier.noEntry', { where: where() });
}
