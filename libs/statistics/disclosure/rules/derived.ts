// Derived: nothing computed from a number that is not shown is shown.
import type { DerivedCell } from '../../table';
import type { Check, Judgement } from '../context';

const MESSAGE = 'Computed from a number that is not shown: suppressed.';

/** Derived tables stand after those they rest on, so that one pass settles them all. */
export function derived(check: Check): Judgement[] {
  return check.tables.flatMap((table, index): Judgement[] => {
    if (table.kind !== 'derived') return [];
    return table.cells.flatMap((cell, place): Judgement[] => {
      if (cell.from.every((source) => isAllShown(source, check))) return [];
      const judgement: Judgement = { table: index, cell: place, verdict: 'fail', message: MESSAGE };
      check.standing.hide('derived', judgement);
      return [judgement];
    });
  });
}

function isAllShown({ table, key, measures }: DerivedCell['from'][number], { standing }: Check): boolean {
  const index = standing.tableNamed(table);
  const cell = index === undefined ? undefined : standing.cellAt(index, key);
  if (index === undefined || cell === undefined || !standing.isShown(index, cell)) return false;
  const withheld = standing.withheld(index, cell);
  if (!withheld) return true;
  return measures !== undefined && !measures.some((measure) => withheld.has(measure));
}
