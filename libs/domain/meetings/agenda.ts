// The agenda of a meeting, built from what is open; and the pack that goes out with it. Pure.
import type { Move } from '../rules/moves';
import { moves, programmeMoves } from '../rules/moves';
import { blinded } from '../rules/moves-seen';
import { byUrgency } from '../tempo/order';
import type { ProgrammeState, World } from '../state';
import type { Instant, PersonId, Text } from '../words';
import { awaitedForNotes, notesStatus } from '../evidence/rules';
import type { Evidence } from '../evidence/terms';
import { itemsFor, outcomeStatus } from './rules';
import type { Meeting, MeetingsState, OutcomeStatus } from './terms';

/** A move with the stream it is to be made in. */
export type OpenMove = Move & { stream: string };

export interface Agenda {
  /** Sign-offs and answers that people owe. */
  decisions: OpenMove[];
  /** Everything else that waits for somebody. */
  open: OpenMove[];
  proposed: { item: string; text: Text; person: PersonId; at: Instant }[];
  /** Notes that those present have not agreed yet. Who reads them is judged again for every reader. */
  drafts: { stream: string; evidence: string; waitingFor: PersonId[] }[];
  /** What earlier meetings agreed and nobody has confirmed by link. */
  unconfirmed: { stream: string; outcome: string; status: OutcomeStatus }[];
}

/** What the pack holds, as its content in the ledger: ids and commitments only. */
export interface Pack extends Agenda {
  meeting: string;
  stream: string;
  startsAt: Instant;
  /** One page in plain words, by a person; null if nobody wrote one. */
  summary: Text | null;
}

const drafts = (
  programme: ProgrammeState,
  stream: { id: string; evidence: Evidence[] },
  now: Instant,
): Agenda['drafts'] =>
  stream.evidence
    .filter((item) => notesStatus(programme, item, now) === 'DRAFT')
    .map((item) => ({
      ...{ stream: stream.id, evidence: item.id, waitingFor: awaitedForNotes(programme, item, now) },
    }));

const unconfirmed = (
  programme: ProgrammeState,
  stream: ProgrammeState | World['project'],
  now: Instant,
): Agenda['unconfirmed'] =>
  stream.outcomes
    .map(({ id, ...outcome }) => ({
      ...{ stream: stream.id, outcome: id },
      status: outcomeStatus(programme, stream.checkpoints, { id, ...outcome }, now),
    }))
    .filter(({ status }) => status !== 'CONFIRMED');

const isDecision = ({ what }: Move): boolean => what.startsWith('answer ');

/**
 * The agenda of a meeting of `stream`: of the programme's from its own stream and all its projects, of a project's from that project.
 * Sorted by urgency: nothing is left out, whatever the tempo (T13).
 */
export function agendaOf(
  programme: ProgrammeState,
  worlds: World[],
  stream: MeetingsState,
  meeting: Meeting,
  now: Instant,
): Agenda {
  const isProgrammes = stream === programme;
  // Whoever comes reads it, so it says of a blind round what everybody may know.
  const of = (side: ProgrammeState | World, id: string, all: Move[]) =>
    blinded(side, all, null, now).map((move) => ({ ...move, stream: id }));
  const own = isProgrammes ? of(programme, programme.id, programmeMoves(programme, now)) : [];
  const all = [...own, ...worlds.flatMap((world) => of(world, world.project.id, moves(world, now)))];
  const open = byUrgency(all, worlds);
  const streams = [...(isProgrammes ? [programme] : []), ...worlds.map((w) => w.project)];
  return {
    decisions: open.filter(isDecision),
    open: open.filter((move) => !isDecision(move)),
    proposed: itemsFor(stream, meeting).map(({ id, text, person, at }) => ({ item: id, text, person, at })),
    drafts: streams.flatMap((s) => drafts(programme, s, now)),
    unconfirmed: streams.flatMap((s) => unconfirmed(programme, s, now)),
  };
}
