// The one source of randomness: seeded, so that the same parameters and data give the same bytes, and free of Node.
import { z } from 'zod';

/** The parameter every method with randomness takes. */
export const Seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1)
  .default(1)
  .describe('seed of the random numbers: the same seed and data give the same result, byte for byte');

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47), its state
 * filled by SplitMix64 (Steele, Lea and Flood 2014) as its authors advise. For sampling, not for secrets.
 */
export class SeededRandom {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /** `seed` is a whole number from 0 to 2^53 − 1. */
  constructor(seed: number) {
    const [first, second] = splitMix64(BigInt(seed));
    [this.a, this.b] = halves(first);
    [this.c, this.d] = halves(second);
  }

  /** A whole number from 0 to 2^32 − 1. */
  uint32(): number {
    const times5 = Math.imul(this.b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /** A number from 0 (included) to 1 (not included), with all 53 bits of a double. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53;
  }

  /** A whole number from 0 to `limit` − 1, each equally likely: draws that would favour some are thrown away. */
  below(limit: number): number {
    const fair = 2 ** 32 - (2 ** 32 % limit);
    for (;;) {
      const drawn = this.uint32();
      if (drawn < fair) return drawn % limit;
    }
  }

  /** `size` different numbers out of 0 to `n` − 1, in random order. */
  sample(n: number, size: number): Int32Array {
    return this.shuffle(
      Int32Array.from({ length: n }, (_, index) => index),
      size,
    ).subarray(0, size);
  }

  /** Shuffles in place (Fisher and Yates); with `size` only so far that the first `size` are a random sample. */
  shuffle(items: Int32Array, size = items.length): Int32Array {
    for (let at = 0; at < size; at += 1) {
      const from = at + this.below(items.length - at);
      const drawn = items[from]!;
      items[from] = items[at]!;
      items[at] = drawn;
    }
    return items;
  }
}

const BITS = 64;
const GOLDEN = 0x9e3779b97f4a7c15n;

/** Two outputs of SplitMix64. */
function splitMix64(seed: bigint): [bigint, bigint] {
  const output = (step: bigint) => {
    let z = BigInt.asUintN(BITS, seed + step * GOLDEN);
    z = BigInt.asUintN(BITS, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(BITS, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
  return [output(1n), output(2n)];
}

function halves(word: bigint): [number, number] {
  return [Number(word & 0xffffffffn) | 0, Number(word >> 32n) | 0];
}
