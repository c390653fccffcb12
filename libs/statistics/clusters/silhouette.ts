// How well each row lies in its cluster: nearer to its own than to the next.

/** Distance between two rows. */
export type Distance = (a: number, b: number) => number;

/**
 * The silhouette of every row (Rousseeuw 1987): (b − a) ÷ max(a, b), with a the mean distance to the other rows of its
 * cluster and b the least mean distance to another cluster; 0 for a row alone in its cluster. Takes rows² distances.
 */
export function silhouettes(clusters: Int32Array, k: number, distance: Distance): Float64Array {
  const rows = clusters.length;
  const sums = new Float64Array(rows * k);
  const counts = new Int32Array(k);
  for (let a = 0; a < rows; a += 1) {
    counts[clusters[a]!]! += 1;
    for (let b = 0; b < a; b += 1) {
      const between = distance(a, b);
      sums[a * k + clusters[b]!]! += between;
      sums[b * k + clusters[a]!]! += between;
    }
  }
  return Float64Array.from(clusters, (own, row) => {
    if (counts[own] === 1) return 0;
    const a = sums[row * k + own]! / (counts[own]! - 1);
    let b = Infinity;
    for (let other = 0; other < k; other += 1)
      if (other !== own && counts[other]! > 0) b = Math.min(b, sums[row * k + other]! / counts[other]!);
    const larger = Math.max(a, b);
    return larger === 0 || larger === Infinity ? 0 : (b - a) / larger;
  });
}
