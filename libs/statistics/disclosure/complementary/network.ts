// Cheapest changes where every unknown stands in at most two sums (two-way tables, hierarchies): shortest paths in a network.
import { CheapestPath } from './cheapest-path';
import { roomBelow, shortestPath } from './paths';
import type { Network, PathSearch, Step } from './paths';
import { costsOf } from './pattern';
import type { Change, Demand, FindChange, Quantity } from './pattern';
import type { System } from './system';

/** A finder of changes by network, or null where some unknown stands in more sums than two. */
export function networkFinder(quantity: Quantity): FindChange | null {
  const network = networkOf(quantity.system);
  if (!network) return null;
  const costs = costsOf(quantity);
  // Cheap ones first, so that a search can stop at the first that is too dear.
  for (const arcs of network.arcsAt) arcs.sort((a, b) => costs[a]! - costs[b]! || a - b);
  const cheapest = (from: number, to: number, search: PathSearch) =>
    new CheapestPath(from, to, search).find();
  // Arcs that are or once were hidden, by sum: most searches need no others.
  const hiddenAt: number[][] = network.arcsAt.map(() => []);
  const isListed = new Uint8Array(quantity.system.unknowns.length);
  const list = (arc: number) => {
    if (isListed[arc] === 1) return;
    isListed[arc] = 1;
    hiddenAt[network.tail[arc] ?? -1]?.push(arc);
    hiddenAt[network.head[arc] ?? -1]?.push(arc);
  };
  quantity.isHidden.forEach((isHidden, arc) => isHidden === 1 && list(arc));
  return (demand, current, hiddenOnly) => {
    const find = hiddenOnly ? shortestPath : cheapest;
    const change = changeFor(demand, current, { network, costs, hiddenAt, find });
    if (change && !hiddenOnly) for (const arc of change.keys()) list(arc);
    return change;
  };
}

function networkOf(system: System): Network | null {
  const flips = flipsOf(system);
  if (!flips) return null;
  const count = system.unknowns.length;
  const ground = system.equations;
  const tail = new Int32Array(count).fill(-1);
  const head = new Int32Array(count).fill(-1);
  const arcsAt: number[][] = Array.from({ length: ground + 1 }, () => []);
  system.unknowns.forEach(({ terms }, arc) => {
    if (terms.length === 0) return;
    tail[arc] = head[arc] = ground;
    for (const { equation, sign } of terms) {
      if (sign * (flips[equation] ?? 1) > 0) head[arc] = equation;
      else tail[arc] = equation;
    }
    arcsAt[tail[arc] ?? ground]?.push(arc);
    arcsAt[head[arc] ?? ground]?.push(arc);
  });
  return { nodes: ground + 1, tail, head, arcsAt };
}

/** A sign per sum, such that every unknown leaves one of its two sums and enters the other; null where there is none. */
function flipsOf({ unknowns, equations }: System): Int8Array | null {
  // Per sum the sums it shares an unknown with, counted from 1, negative where the two must have opposite signs.
  const neighbours: number[][] = Array.from({ length: equations }, () => []);
  for (const { terms } of unknowns) {
    if (terms.length > 2) return null;
    const [a, b] = terms;
    if (!a || !b) continue;
    const turn = -a.sign * b.sign;
    neighbours[a.equation]?.push(turn * (b.equation + 1));
    neighbours[b.equation]?.push(turn * (a.equation + 1));
  }
  const flips = new Int8Array(equations);
  for (let start = 0; start < equations; start += 1) {
    if (flips[start] !== 0) continue;
    flips[start] = 1;
    const queue = [start];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      for (const neighbour of neighbours[node] ?? []) {
        const other = Math.abs(neighbour) - 1;
        const wanted = (flips[node] ?? 1) * Math.sign(neighbour);
        if (flips[other] === 0) {
          flips[other] = wanted;
          queue.push(other);
        } else if (flips[other] !== wanted) return null;
      }
    }
  }
  return flips;
}

interface Search extends Pick<PathSearch, 'network' | 'costs' | 'hiddenAt'> {
  readonly find: (from: number, to: number, search: PathSearch) => Step[] | null;
}

/** Sends the demand through the unknown's own arc and back along cheapest paths, until all of it has come back. */
function changeFor(demand: Demand, quantity: Quantity, search: Search): Change | null {
  const { tail, head } = search.network;
  const target = demand.unknown;
  const change = new Map<number, number>();
  if (tail[target] === -1) return new Map([[target, demand.up]]);
  let left = demand.up;
  while (left > 0) {
    const path = search.find(head[target] ?? 0, tail[target] ?? 0, {
      ...search,
      quantity,
      change,
      target,
    });
    if (!path) return null;
    const room = path.map(({ arc, isUp }) => (isUp ? Infinity : roomBelow(arc, quantity, change)));
    const amount = Math.min(left, ...room);
    for (const { arc, isUp } of path) change.set(arc, (change.get(arc) ?? 0) + (isUp ? amount : -amount));
    left -= amount;
  }
  return change.set(target, demand.up);
}
