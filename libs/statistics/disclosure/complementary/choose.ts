// Chooses which further cells to hide, so that for each cell that must not be known another table could be the true one.
import { networkFinder } from './network';
import type { Change, Demand, FindChange, Quantity } from './pattern';
import { programFinder } from './program';

/** Trying to show cells again is worth it while it costs little. */
const TIDY_LIMIT = 2_000;

export interface Proof {
  readonly demand: Demand;
  readonly change: Change;
}

/**
 * Hides further unknowns in `quantity.isHidden` until every demand can be met by a change of hidden ones alone, and
 * returns one such change per demand as proof. The largest demands come first, since their cells serve the others.
 */
export function choose(quantity: Quantity): Proof[] {
  const find = networkFinder(quantity) ?? programFinder(quantity) ?? changeTotals;
  const isPrimary = quantity.isHidden.slice();
  const ordered = [...quantity.demands].sort((a, b) => b.up - a.up || a.unknown - b.unknown);
  const wanted = new Map(ordered.map((demand) => [demand.unknown, demand]));
  const proofs: Proof[] = [];
  for (const demand of ordered) {
    if (!wanted.has(demand.unknown)) continue;
    const change = find(demand, quantity, true) ?? find(demand, quantity, false);
    if (!change) continue;
    for (const [unknown, by] of change) {
      quantity.isHidden[unknown] = 1;
      // One other table often proves several cells: all that are larger in it by as much as they have to be.
      const met = wanted.get(unknown);
      if (!met || by < met.up) continue;
      wanted.delete(unknown);
      proofs.push({ demand: met, change });
    }
  }
  return tidy(proofs, { quantity, isPrimary, find });
}

/** Shows again what proves not to be needed: first totals, then the largest cells. */
function tidy(
  proofs: Proof[],
  { quantity, isPrimary, find }: { quantity: Quantity; isPrimary: Uint8Array; find: FindChange },
): Proof[] {
  const { isHidden, values, system } = quantity;
  const added = [...isHidden.keys()].filter((unknown) => isHidden[unknown] === 1 && isPrimary[unknown] !== 1);
  if (added.length * proofs.length > TIDY_LIMIT) return proofs;
  const rank = (unknown: number) => (system.unknowns[unknown]?.isTotal ? 1 : 0);
  added.sort((a, b) => rank(b) - rank(a) || (values[b] ?? 0) - (values[a] ?? 0));
  let kept = proofs;
  for (const unknown of added) {
    isHidden[unknown] = 0;
    const again = proveAgain(kept, unknown, { quantity, find });
    if (again) kept = again;
    else isHidden[unknown] = 1;
  }
  return kept;
}

function proveAgain(
  proofs: readonly Proof[],
  without: number,
  { quantity, find }: { quantity: Quantity; find: FindChange },
): Proof[] | null {
  const again: Proof[] = [];
  for (const proof of proofs) {
    const change = proof.change.has(without) ? find(proof.demand, quantity, true) : proof.change;
    if (!change) return null;
    again.push({ demand: proof.demand, change });
  }
  return again;
}

/** Where a system is too large for a program: the cell may be larger if every total over it is not shown either. */
const changeTotals: FindChange = (demand, { system }, hiddenOnly) => {
  if (hiddenOnly) return null;
  const totalsOf = new Map<number, number[]>();
  system.unknowns.forEach(({ terms, isTotal }, unknown) => {
    if (!isTotal) return;
    for (const { equation, sign } of terms)
      if (sign < 0) totalsOf.set(equation, [...(totalsOf.get(equation) ?? []), unknown]);
  });
  const change = new Map<number, number>();
  const queue = [demand.unknown];
  for (let unknown = queue.pop(); unknown !== undefined; unknown = queue.pop()) {
    if (change.has(unknown)) continue;
    change.set(unknown, demand.up);
    for (const { equation, sign } of system.unknowns[unknown]?.terms ?? [])
      if (sign > 0) queue.push(...(totalsOf.get(equation) ?? []));
  }
  return change;
};
