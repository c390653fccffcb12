// Which fields of the data tell a field that holders allow no breakdown by, as far as the data itself shows it (B27).
import { labelAt } from '../input';
import type { Column, MethodInput } from '../input';

/**
 * Per field, those of `forbidden` that it determines in this data: every value of it goes with one value of theirs, so that
 * a table by it adds up to one by them. A field that is the same for everybody is told by none.
 */
export function coarserIn(
  { columns, rows }: Pick<MethodInput, 'columns' | 'rows'>,
  forbidden: readonly string[],
): Record<string, string[]> {
  const present = [...new Set(forbidden)].filter((name) => Object.hasOwn(columns, name));
  const told = Object.entries(columns).map(([name, column]): [string, string[]] => [
    name,
    present.filter((other) => other !== name && determines(column, columns[other]!, rows)),
  ]);
  return Object.fromEntries(told.filter(([, others]) => others.length > 0));
}

function determines(fine: Column, coarse: Column, rows: number): boolean {
  const tells = new Map<string, string>();
  const told = new Set<string>();
  for (let row = 0; row < rows; row += 1) {
    const [from, to] = [labelAt(fine, row), labelAt(coarse, row)];
    if (from === null || to === null) continue;
    if ((tells.get(from) ?? to) !== to) return false;
    tells.set(from, to);
    told.add(to);
  }
  return told.size > 1;
}
