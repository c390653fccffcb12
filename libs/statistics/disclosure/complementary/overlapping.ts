// Totals over cells that share people: their numbers do not add up, so only the largest hidden cell is certain.
import type { MarginTable } from '../../table';
import type { Check, Judgement } from '../context';

/** A total is hidden unless none of its cells is, or at least two, of which one rests on enough people by itself. */
export function overlappingTotals(check: Check): Judgement[] {
  return check.tables.flatMap((table, index): Judgement[] =>
    table.kind === 'margin' && table.overlapping ? judge(table, index, check) : [],
  );
}

function judge(table: MarginTable, index: number, { tables, thresholds, standing }: Check): Judgement[] {
  const bases = tables.flatMap((base, at) =>
    base.kind === 'cells' && [table.over].flat().includes(base.name) ? [{ base, at }] : [],
  );
  return table.cells.flatMap((total, cell): Judgement[] => {
    if (!standing.isShown(index, cell)) return [];
    const isSafe = bases.every(({ base, at }) => {
      const hidden = base.cells.filter(
        (part, place) =>
          !standing.isShown(at, place) && table.keys.every((key) => part.key[key] === total.key[key]),
      );
      const most = Math.max(0, ...hidden.map(({ people }) => people));
      return hidden.length === 0 || (hidden.length >= 2 && most >= thresholds.frequency);
    });
    if (isSafe) return [];
    const message = 'A hidden cell could be worked out from this total: suppressed.';
    const judgement: Judgement = { table: index, cell, verdict: 'fail', message, people: total.people };
    standing.hide('complementary', judgement);
    return [judgement];
  });
}
