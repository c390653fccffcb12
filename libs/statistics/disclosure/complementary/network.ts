// Cheapest changes where every unknown stands in at most two sums (two-way tables, hierarchies): shortest paths in a network.
import { costsOf } from './pattern';
import type { Change, Demand, FindChange, Quantity } from './pattern';
import type { System } from './system';

/** Unknowns as arcs between sums: one more of an unknown is one more through its arc. */
interface Network {
  readonly nodes: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly arcsAt: readonly (readonly number[])[];
}

/** A finder of changes by network, or null where some unknown stands in more sums than two. */
export function networkFinder(quantity: Quantity): FindChange | null {
  const network = networkOf(quantity.system);
  if (!network) return null;
  const costs = costsOf(quantity);
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
    const find = hiddenOnly ? shortestPath : cheapestPath;
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

interface Search {
  readonly network: Network;
  readonly costs: Float64Array;
  readonly hiddenAt: readonly (readonly number[])[];
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

function roomBelow(arc: number, { values }: Quantity, change: Change): number {
  return (values[arc] ?? 0) + (change.get(arc) ?? 0);
}

interface Step {
  readonly arc: number;
  readonly isUp: boolean;
}

interface PathSearch extends Search {
  readonly quantity: Quantity;
  readonly change: Change;
  readonly target: number;
}

/** A path over fewest arcs, all of them hidden. */
function shortestPath(from: number, to: number, search: PathSearch): Step[] | null {
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

/** The cheapest path (Dijkstra 1959) over all arcs; without a heap, since these networks are dense. */
function cheapestPath(from: number, to: number, search: PathSearch): Step[] | null {
  const { nodes, tail, head, arcsAt } = search.network;
  const distance = new Float64Array(nodes).fill(Infinity);
  const isDone = new Uint8Array(nodes);
  const via = new Int32Array(nodes).fill(-1);
  const open = [from];
  distance[from] = 0;
  while (open.length > 0) {
    const node = takeNearest(open, distance);
    if (node === to) return stepsTo(to, from, via, search.network);
    isDone[node] = 1;
    for (const arc of arcsAt[node] ?? []) {
      const isUp = tail[arc] === node;
      const other = (isUp ? head[arc] : tail[arc]) ?? node;
      if (isDone[other] === 1 || !mayMove(arc, isUp, search)) continue;
      const isFree = search.quantity.isHidden[arc] === 1 || search.change.has(arc);
      const far = (distance[node] ?? 0) + (isFree ? 0 : (search.costs[arc] ?? 1));
      if (far >= (distance[other] ?? 0)) continue;
      if (distance[other] === Infinity) open.push(other);
      distance[other] = far;
      via[other] = arc;
    }
  }
  return null;
}

function takeNearest(open: number[], distance: Float64Array): number {
  let best = 0;
  for (let index = 1; index < open.length; index += 1) {
    if ((distance[open[index] ?? 0] ?? 0) < (distance[open[best] ?? 0] ?? 0)) best = index;
  }
  const node = open[best] ?? 0;
  open[best] = open[open.length - 1] ?? 0;
  open.pop();
  return node;
}

function stepsTo(to: number, from: number, via: Int32Array, { tail, head }: Network): Step[] {
  const steps: Step[] = [];
  for (let node = to; node !== from;) {
    const arc = via[node] ?? 0;
    const isUp = head[arc] === node;
    steps.push({ arc, isUp });
    node = (isUp ? tail[arc] : head[arc]) ?? from;
  }
  return steps;
}

function mayMove(arc: number, isUp: boolean, { quantity, change, target }: PathSearch): boolean {
  if (arc === target || quantity.isFixed[arc] === 1) return false;
  return isUp || roomBelow(arc, quantity, change) > 0;
}
