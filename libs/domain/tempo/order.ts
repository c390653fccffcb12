// The order in which open moves of several projects are shown (B47): a shock comes first, then what is due first.
import type { Move } from '../rules/moves';
import type { World } from '../state';
import { tempoOf } from './haste';

/** Reordered, never filtered: a move of a project at its routine tempo only comes later (T13). */
export function byUrgency<M extends Move & { stream: string }>(moves: M[], worlds: World[]): M[] {
  const hasty = new Set(
    worlds.filter(({ project }) => tempoOf(project) === 'SHOCK').map(({ project }) => project.id),
  );
  const rank = ({ stream, due, since }: M): string =>
    [hasty.has(stream) ? '0' : '1', due ?? '9', since].join(' ');
  return moves.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
