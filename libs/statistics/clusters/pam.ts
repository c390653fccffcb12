// Partitioning around medoids on any distance: BUILD, then the best swap again and again.

export interface Medoids {
  /** Rows in the middle of each cluster: each is one person's record, so no result may show them. */
  readonly medoids: Int32Array;
  readonly clusters: Int32Array;
  /** Sum of distances to the medoid. */
  readonly cost: number;
}

/**
 * PAM (Kaufman and Rousseeuw 1990). A swap's gain for all k medoids is found in one pass (FastPAM1, Schubert and
 * Rousseeuw 2019), with the result of the original: always the best swap of all is made. `rows` picks the records, a row
 * possibly more than once, out of a square of `of` × `of` distances.
 */
export function pam(distances: Float64Array, of: number, rows: Int32Array, k: number): Medoids {
  const state = new Pam(distances, of, rows);
  for (let chosen = 0; chosen < k; chosen += 1) state.addBest();
  while (state.swapBest());
  return state.result();
}

/** Gains below this part of the cost with one medoid are rounding, not improvement: swapping for them might never end. */
const ROUNDING = 1e-12;

class Pam {
  private readonly n: number;
  private readonly medoids: number[] = [];
  /** Position among `medoids` of the nearest, and the distances to the nearest and second nearest. */
  private readonly nearest: Int32Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private costOfOne = 0;

  constructor(
    private readonly distances: Float64Array,
    private readonly of: number,
    private readonly rows: Int32Array,
  ) {
    this.n = rows.length;
    this.nearest = new Int32Array(this.n);
    this.first = new Float64Array(this.n).fill(Infinity);
    this.second = new Float64Array(this.n).fill(Infinity);
  }

  /** BUILD: adds the record that lowers the cost most. */
  addBest(): void {
    let best = -1;
    let least = Infinity;
    for (let candidate = 0; candidate < this.n; candidate += 1) {
      if (this.medoids.includes(candidate)) continue;
      const from = this.rows[candidate]! * this.of;
      let cost = 0;
      for (let row = 0; row < this.n; row += 1)
        cost += Math.min(this.first[row]!, this.distances[from + this.rows[row]!]!);
      if (cost < least) [best, least] = [candidate, cost];
    }
    this.medoids.push(best);
    this.assign();
    if (this.medoids.length === 1) this.costOfOne = this.cost();
  }

  /** SWAP: makes the best swap of a medoid with another record, if it lowers the cost. */
  swapBest(): boolean {
    const losses = this.lossOfRemoval();
    let best = { change: -ROUNDING * this.costOfOne, medoid: -1, candidate: -1 };
    const isMedoid = new Set(this.medoids);
    for (let candidate = 0; candidate < this.n; candidate += 1) {
      if (isMedoid.has(candidate)) continue;
      const { change, medoid } = this.bestFor(candidate, losses);
      if (change < best.change) best = { change, medoid, candidate };
    }
    if (best.candidate < 0) return false;
    this.medoids[best.medoid] = best.candidate;
    this.assign();
    return true;
  }

  private lossOfRemoval(): Float64Array {
    const losses = new Float64Array(this.medoids.length);
    for (let row = 0; row < this.n; row += 1)
      losses[this.nearest[row]!]! += this.second[row]! - this.first[row]!;
    return losses;
  }

  /** What the cost changes by if the candidate replaces the medoid that it replaces best. */
  private bestFor(candidate: number, losses: Float64Array): { change: number; medoid: number } {
    const changes = losses.slice();
    let shared = 0;
    const from = this.rows[candidate]! * this.of;
    for (let row = 0; row < this.n; row += 1) {
      const distance = this.distances[from + this.rows[row]!]!;
      const [first, second] = [this.first[row]!, this.second[row]!];
      if (distance < first) {
        shared += distance - first;
        changes[this.nearest[row]!]! += first - second;
      } else if (distance < second) changes[this.nearest[row]!]! += distance - second;
    }
    let medoid = 0;
    for (let at = 1; at < changes.length; at += 1) if (changes[at]! < changes[medoid]!) medoid = at;
    return { change: changes[medoid]! + shared, medoid };
  }

  private assign(): void {
    for (let row = 0; row < this.n; row += 1) {
      let [first, second, nearest] = [Infinity, Infinity, 0];
      for (let at = 0; at < this.medoids.length; at += 1) {
        const distance = this.distances[this.rows[this.medoids[at]!]! * this.of + this.rows[row]!]!;
        if (distance < first) [first, second, nearest] = [distance, first, at];
        else if (distance < second) second = distance;
      }
      this.first[row] = first;
      this.second[row] = second;
      this.nearest[row] = nearest;
    }
  }

  private cost(): number {
    return this.first.reduce((sum, distance) => sum + distance, 0);
  }

  result(): Medoids {
    const medoids = Int32Array.from(this.medoids, (at) => this.rows[at]!);
    return { medoids, clusters: this.nearest, cost: this.cost() };
  }
}
