// A network of sums, and the path through it over the fewest hidden unknowns.
import type { Change, Quantity } from './pattern';

/** Unknowns as arcs between sums: one more of an unknown is one more through its arc. */
export interface Network {
  readonly nodes: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  /** Arcs by sum, in order of what they cost. */
  readonly arcsAt: readonly number[][];
}

export interface Step {
  readonly arc: number;
  readonly isUp: boolean;
}

export interface PathSearch {
  readonly network: Network;
  readonly costs: Float64Array;
  /** Arcs that are or once were hidden, by sum. */
  readonly hiddenAt: readonly (readonly number[])[];
  readonly quantity: Quantity;
  readonly change: Change;
  readonly target: number;
}

/** A path over fewest arcs, all of them hidden. */
export function shortestPath(from: number, to: number, search: PathSearch): Step[] | null {
  const { nodes, tail, head } = search.network;
  const via = new Int32Array(nodes).fill(-1);
  const queue = [from];
  for (let next = 0; next < queue.length; next += 1) {
    const node = queue[next] ?? from;
    for (const arc of search.hiddenAt[node] ?? []) {
      const isUp = tail[arc] === node;
      const other = (isUp ? head[arc] : tail[arc]) ?? node;
      if (other === from || via[other] !== -1) continue;
      if (search.quantity.isHidden[arc] !== 1 || !mayMove(arc, isUp, search)) continue;
      via[other] = arc;
      if (other === to) return stepsTo(to, from, via, search.network);
      queue.push(other);
    }
  }
  return null;
}

export function stepsTo(to: number, from: number, via: Int32Array, { tail, head }: Network): Step[] {
  const steps: Step[] = [];
  for (let node = to; node !== from;) {
    const arc = via[node] ?? 0;
    const isUp = head[arc] === node;
    steps.push({ arc, isUp });
    node = (isUp ? tail[arc] : head[arc]) ?? from;
  }
  return steps;
}

export function mayMove(arc: number, isUp: boolean, { quantity, change, target }: PathSearch): boolean {
  if (arc === target || quantity.isFixed[arc] === 1) return false;
  return isUp || roomBelow(arc, quantity, change) > 0;
}

export function roomBelow(arc: number, { values }: Quantity, change: Change): number {
  return (values[arc] ?? 0) + (change.get(arc) ?? 0);
}
