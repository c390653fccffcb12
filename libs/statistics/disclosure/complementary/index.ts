// Complementary suppression: hides as many further cells as it takes for no hidden cell to be worked out from totals.
import type { MarginTable, RawTable } from '../../table';
import type { Check, Judgement } from '../context';
import { auditor } from './audit';
import { choose } from './choose';
import type { Proof } from './choose';
import { overlappingTotals } from './overlapping';
import { quantitiesOf } from './quantities';
import type { TableQuantity } from './quantities';

const MESSAGE = 'Hidden so that a number that may not be shown cannot be worked out from the totals.';

export function complementary(check: Check): Judgement[] {
  const found = quantitiesOf(check).flatMap((make) => (isAllShown(check) ? [] : protect(make(), check)));
  found.push(...overlappingTotals(check));
  const looked = check.tables.flatMap((table, index) => (table.kind === 'margin' ? [index] : []));
  const faulted = new Set(found.map(({ table }) => table));
  const passed = looked.filter((table) => !faulted.has(table));
  const message = 'No hidden number can be worked out from these totals.';
  return [...found, ...passed.map((table): Judgement => ({ table, verdict: 'pass', message }))];
}

function isAllShown({ tables, standing }: Check): boolean {
  return tables.every(({ cells }, table) => cells.every((_cell, place) => standing.isShown(table, place)));
}

/** Chooses a pattern for one quantity and has it proved; what cannot be proved is hidden altogether. */
function protect(quantity: TableQuantity, check: Check): Judgement[] {
  if (quantity.demands.length === 0) return [];
  const proofs = choose(quantity);
  const isHeld = proofReader(quantity, check);
  const isProved = new Set(proofs.filter(isHeld).map(({ demand }) => demand.unknown));
  if (quantity.demands.some(({ unknown }) => !isProved.has(unknown))) quantity.isHidden.fill(1);
  const found: Judgement[] = [];
  quantity.system.unknowns.forEach(({ table, cell }, unknown) => {
    if (quantity.isHidden[unknown] !== 1 || !check.standing.isShown(table, cell)) return;
    const people = peopleOf(check.tables[table], cell);
    const judgement: Judgement = { table, cell, verdict: 'fail', message: MESSAGE, people };
    check.standing.hide('complementary', judgement);
    found.push(judgement);
  });
  return found;
}

function peopleOf(table: RawTable | undefined, cell: number): number {
  return (table as MarginTable | undefined)?.cells[cell]?.people ?? 0;
}

/** Puts a proof to the auditor, in terms of tables and cells. */
function proofReader(quantity: TableQuantity, { tables }: Check): (proof: Proof) => boolean {
  const { unknowns } = quantity.system;
  const at: number[][] = tables.map(() => []);
  unknowns.forEach(({ table, cell }, unknown) => ((at[table] ?? [])[cell] = unknown));
  const find = (table: number, cell: number) => at[table]?.[cell] ?? -1;
  const isTrue = auditor({
    tables,
    isShown: (table, cell) => quantity.isHidden[find(table, cell)] !== 1,
    valueOf: (table, cell) => quantity.values[find(table, cell)] ?? 0,
    isCount: quantity.isCount,
    hasQuantity: (table) => quantity.tables.has(table),
  });
  const place = (unknown: number) => ({
    table: unknowns[unknown]?.table ?? -1,
    cell: unknowns[unknown]?.cell ?? -1,
  });
  return ({ demand, change }) =>
    isTrue({
      cells: [...change].map(([unknown, by]) => ({ ...place(unknown), by })),
      protects: { ...place(demand.unknown), up: demand.up },
    });
}
