// A matched sample: who is in it, with which weight and in which pair.
import { positionsWhere } from '../order';
import type { Matches } from './nearest';

export interface Matched {
  /** Positions of those with a weight, in order. */
  readonly members: Int32Array;
  /** 0 for people without a match. */
  readonly weights: Float64Array;
  /** Which pair (or set) each member is in; absent where people may be in several. */
  readonly pairs?: { readonly code: Int32Array; readonly count: number };
  /** Differences treated − control of 1:1 pairs, by pair, are taken between these. */
  readonly couples: readonly { readonly treated: number; readonly control: number }[];
}

/**
 * Focal people with a match weigh 1; each match weighs one over the number of matches of its set, summed over its sets,
 * and all of these are scaled to add up to how many they are.
 */
export function matchedSample(
  { focal, match }: Matches,
  treated: Uint8Array,
  { ratio, replacement }: { ratio: number; replacement: boolean },
): Matched {
  const weights = new Float64Array(treated.length);
  const code = new Int32Array(treated.length).fill(-1);
  const couples: { treated: number; control: number }[] = [];
  let [sets, total] = [0, 0];
  focal.forEach((person, index) => {
    const own = match.subarray(index * ratio, (index + 1) * ratio).filter((at) => at >= 0);
    if (own.length === 0) return;
    weights[person] = 1;
    code[person] = sets;
    for (const at of own) {
      weights[at]! += 1 / own.length;
      code[at] = sets;
    }
    const [only = 0] = own;
    if (ratio === 1)
      couples.push(
        treated[person] === 1 ? { treated: person, control: only } : { treated: only, control: person },
      );
    sets += 1;
    total += 1;
  });
  const isFocal = new Uint8Array(treated.length);
  for (const person of focal) isFocal[person] = 1;
  const members = positionsWhere(weights.length, (at) => weights[at]! > 0);
  const others = members.filter((at) => isFocal[at] === 0);
  for (const at of others) weights[at]! *= others.length / Math.max(1, total);
  return {
    members,
    weights,
    couples,
    ...(replacement ? {} : { pairs: { code, count: sets } }),
  };
}
