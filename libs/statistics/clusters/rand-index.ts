// How far two clusterings of the same rows agree.

/**
 * Adjusted Rand index (Hubert and Arabie 1985): 1 if both clusterings are the same but for their numbers, around 0 if
 * they agree as often as chance would have it. Clusters are numbered from 0; a row is at the same place in both.
 */
export function adjustedRandIndex(a: Int32Array, b: Int32Array): number {
  const wide = b.reduce((most, cluster) => Math.max(most, cluster), 0) + 1;
  const both = new Map<number, number>();
  const ofA = new Map<number, number>();
  const ofB = new Map<number, number>();
  for (let row = 0; row < a.length; row += 1) {
    add(both, a[row]! * wide + b[row]!);
    add(ofA, a[row]!);
    add(ofB, b[row]!);
  }
  const together = pairsIn(both);
  const [inA, inB] = [pairsIn(ofA), pairsIn(ofB)];
  const all = (a.length * (a.length - 1)) / 2;
  const expected = all === 0 ? 0 : (inA * inB) / all;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairsIn(counts: Map<number, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
