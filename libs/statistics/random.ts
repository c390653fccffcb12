// A seeded random generator: the same seed gives the same numbers on every machine.

/** Uniform numbers in [0, 1) with 53 random bits each. */
export interface Random {
  next(): number;
  /** A whole number from 0 to `below` − 1, each equally likely. */
  whole(below: number): number;
}

/** xoshiro128** (Blackman & Vigna 2021), its state filled from the seed by splitmix32. */
export function seeded(seed: number): Random {
  let fill = seed >>> 0;
  const splitmix = () => {
    fill = (fill + 0x9e3779b9) | 0;
    let mixed = Math.imul(fill ^ (fill >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  const bits = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const next = () => ((bits() >>> 5) * 67_108_864 + (bits() >>> 6)) / 9_007_199_254_740_992;
  return { next, whole: (below) => Math.floor(next() * below) };
}

/** Shuffles in place (Fisher–Yates). */
export function shuffle(items: Int32Array, random: Random): Int32Array {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = random.whole(last + 1);
    const kept = items[last] ?? 0;
    items[last] = items[other] ?? 0;
    items[other] = kept;
  }
  return items;
}
