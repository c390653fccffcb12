// The cheapest path through a network of sums: what is hidden already is free, everything else costs what hiding it costs.
import { mayMove, stepsTo } from './paths';
import type { PathSearch, Step } from './paths';

/**
 * Dijkstra (1959), without a heap, in two parts. First all sums that are reached for nothing; whatever leads to the end enters
 * it by some arc, so that a path which is known bounds what may still be worth following, and mostly nothing is.
 */
export class CheapestPath {
  private readonly distance: Float64Array;
  private readonly isDone: Uint8Array;
  private readonly via: Int32Array;
  private readonly open: number[] = [];
  /** By sum, the cheapest arc straight to the end, and what it costs. */
  private readonly entryBy: Int32Array;
  private readonly entry: Float64Array;
  private readonly leastEntry: number;

  constructor(
    private readonly from: number,
    private readonly to: number,
    private readonly search: PathSearch,
  ) {
    const { nodes, tail, head, arcsAt } = search.network;
    this.distance = new Float64Array(nodes).fill(Infinity);
    this.distance[from] = 0;
    this.isDone = new Uint8Array(nodes);
    this.via = new Int32Array(nodes).fill(-1);
    this.entry = new Float64Array(nodes).fill(Infinity);
    this.entryBy = new Int32Array(nodes).fill(-1);
    let least = Infinity;
    for (const arc of arcsAt[to]!) {
      const isUp = head[arc] === to;
      const before = isUp ? tail[arc]! : head[arc]!;
      const cost = this.costOf(arc);
      if (cost >= this.entry[before]! || !mayMove(arc, isUp, search)) continue;
      this.entry[before] = cost;
      this.entryBy[before] = arc;
      if (cost < least) least = cost;
    }
    this.leastEntry = least;
  }

  find(): Step[] | null {
    const reached = this.freely();
    for (const node of reached) this.followDear(node);
    for (;;) {
      const node = this.takeNearest();
      if (node === undefined) return null;
      if (node === this.to) return stepsTo(node, this.from, this.via, this.search.network);
      this.isDone[node] = 1;
      this.enter(node);
      this.followFree(node, this.open);
      this.followDear(node);
    }
  }

  /** The sums that are reached for nothing; stops where the end is entered as cheaply as it can be. */
  private freely(): number[] {
    const reached = [this.from];
    for (let next = 0; next < reached.length; next += 1) {
      const node = reached[next]!;
      this.isDone[node] = 1;
      this.enter(node);
      if (this.distance[this.to]! <= this.leastEntry) return [];
      this.followFree(node, reached);
    }
    return reached;
  }

  private enter(node: number): void {
    if (this.entryBy[node]! < 0) return;
    const far = this.distance[node]! + this.entry[node]!;
    if (far < this.distance[this.to]!) this.reach(this.to, far, this.entryBy[node]!, this.open);
  }

  private followFree(node: number, into: number[]): void {
    const { hiddenAt, quantity, change } = this.search;
    for (const arc of hiddenAt[node]!) if (quantity.isHidden[arc] === 1) this.follow(node, arc, 0, into);
    for (const arc of change.keys()) this.follow(node, arc, 0, into);
  }

  private followDear(node: number): void {
    const { costs, network } = this.search;
    for (const arc of network.arcsAt[node]!) {
      if (this.distance[node]! + costs[arc]! + this.leastEntry >= this.distance[this.to]!) return;
      this.follow(node, arc, costs[arc]!, this.open);
    }
  }

  private follow(node: number, arc: number, cost: number, into: number[]): void {
    const { tail, head } = this.search.network;
    const isUp = tail[arc] === node;
    if (!isUp && head[arc] !== node) return;
    const other = isUp ? head[arc]! : tail[arc]!;
    const far = this.distance[node]! + cost;
    if (other === this.to || this.isDone[other] === 1 || far >= this.distance[other]!) return;
    if (far + this.leastEntry >= this.distance[this.to]! || !mayMove(arc, isUp, this.search)) return;
    this.reach(other, far, arc, into);
  }

  private reach(node: number, far: number, arc: number, into: number[]): void {
    if (this.distance[node] === Infinity) into.push(node);
    this.distance[node] = far;
    this.via[node] = arc;
  }

  private takeNearest(): number | undefined {
    const { open, distance } = this;
    let best = 0;
    for (let index = 1; index < open.length; index += 1)
      if (distance[open[index]!]! < distance[open[best]!]!) best = index;
    const node = open[best];
    open[best] = open[open.length - 1]!;
    open.pop();
    return node;
  }

  private costOf(arc: number): number {
    const { quantity, change, costs } = this.search;
    return quantity.isHidden[arc] === 1 || change.has(arc) ? 0 : costs[arc]!;
  }
}
