// What waits for one person, wherever it does: the read models say where to look, each stream's own state says what it is.
import { Injectable } from '@nestjs/common';
import { byUrgency, moves, movesSeenBy, programmeMoves, tenureOf } from '#libs/domain';
import type { Move, ProgrammeState, World } from '#libs/domain';
import { streamsWaitingFor } from '#libs/ledger';
import type { Asker } from '#libs/ledger';
import { cursorTo, keyOf } from '../http/pages';
import type { PageOf } from '../http/pages';
import { said } from '../http/said';
import type { Said } from '../http/said';
import { personOf, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';

/** A move of one's own, in the stream it is to be made in. */
export interface OwnMove {
  stream: string;
  title: Said | null;
  what: string;
  about: string;
  since: string;
  due: string | null;
}

/** Where somebody holds nothing any more, nothing waits for them. */
export const askerOf = (call: Call): Asker => {
  const person = personOf(call);
  const tenure = tenureOf(programmeOf(call), person, call.now);
  return { person, organisation: tenure?.organisation ?? '', roles: tenure?.roles ?? [] };
};

/** Urgency, since when, and which stream. */
const STREAM_KEY = /^[01] [01] \S+ (prj|pgm)_\w+$/;

@Injectable()
export class WaitingForMe {
  constructor(private readonly handle: LedgerHandle) {}

  /** The moves of so many streams, those in a shock first; the cursor goes from stream to stream. */
  async list(
    call: Call,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<PageOf<OwnMove>> {
    const programme = programmeOf(call);
    const page = await streamsWaitingFor(this.handle.source, askerOf(call), {
      after: keyOf(cursor, STREAM_KEY),
      limit,
    });
    const worlds = await this.worlds(page.items.map(({ id }) => id).filter((id) => id !== programme.id));
    const isOwnStreamMeant = page.items.some(({ id }) => id === programme.id);
    const found = [
      ...(isOwnStreamMeant
        ? inStream(call, programme, programme.id, programmeMoves(programme, call.now))
        : []),
      ...worlds.flatMap((world) => inStream(call, world, world.project.id, moves(world, call.now))),
    ];
    const titles = new Map(worlds.map(({ project }) => [project.id, said(project.title)]));
    return {
      items: byUrgency(found, worlds).map(({ stream, what, about, since, due }) => ({
        ...{ stream, title: titles.get(stream) ?? said(programme.name), what, about, since, due },
      })),
      next: page.next === null ? null : cursorTo(page.next),
    };
  }

  /** Of these projects, those that wait for whoever asks. */
  async among(call: Call, projects: string[]): Promise<Set<string>> {
    const worlds = await this.worlds(projects);
    const waiting = worlds.filter(
      (world) => inStream(call, world, world.project.id, moves(world, call.now)).length > 0,
    );
    return new Set(waiting.map(({ project }) => project.id));
  }

  private async worlds(projects: string[]): Promise<World[]> {
    const read = await Promise.all(projects.map((id) => this.handle.ledger.world(id)));
    return read.map(({ world }) => world);
  }
}

/** The moves of a stream that are this person's. */
const inStream = (call: Call, side: ProgrammeState | World, stream: string, all: Move[]) =>
  movesSeenBy(side, all, personOf(call), call.now)
    .filter(({ who }) => who.includes(personOf(call)))
    .map((move) => ({ ...move, stream }));
