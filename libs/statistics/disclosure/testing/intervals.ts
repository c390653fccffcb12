// The attacker: what can be derived of a cell that is not shown, by linear programming over all that is published.
import { solve } from 'yalps';
import type { Constraint } from 'yalps';
import type { CheckedTable, RawTable } from '../../table';

type Key = Readonly<Record<string, string>>;

export interface Published {
  readonly raw: readonly RawTable[];
  readonly checked: readonly CheckedTable[];
}

/** Name of the number of people in a cell of a table. */
export function nameOf(table: string, key: Key): string {
  return `${table} ${JSON.stringify(Object.entries(key).sort())}`;
}

/** Smallest and largest number of people that a cell could hold, all cells being whole numbers of at least 0. */
export function intervalOf(target: string, { raw, checked }: Published): readonly [number, number] {
  const shown = new Map(
    checked.flatMap(({ name, rows }) =>
      rows.flatMap(({ key, cell }): [string, number][] =>
        cell.status === 'shown' ? [[nameOf(name, key), cell.values['n'] ?? Number.NaN]] : [],
      ),
    ),
  );
  const unknowns = new Map<string, Map<string, number>>();
  const constraints = new Map<string, Constraint>();
  const put = (equation: string, name: string, factor: number) => {
    const value = shown.get(name);
    if (value !== undefined) {
      const sofar = constraints.get(equation)?.equal ?? 0;
      constraints.set(equation, { equal: sofar - factor * value });
      return;
    }
    if (!constraints.has(equation)) constraints.set(equation, { equal: 0 });
    const terms = unknowns.get(name) ?? new Map<string, number>();
    unknowns.set(name, terms.set(equation, (terms.get(equation) ?? 0) + factor));
  };
  for (const margin of raw) {
    if (margin.kind !== 'margin') continue;
    for (const over of [margin.over].flat()) {
      const base = raw.find(({ name }) => name === over);
      for (const total of margin.cells) {
        const equation = `${over} in ${nameOf(margin.name, total.key)}`;
        put(equation, nameOf(margin.name, total.key), -1);
        for (const { key } of base?.cells ?? []) {
          if (Object.entries(total.key).every(([name, value]) => key[name] === value))
            put(equation, nameOf(over, key), 1);
        }
      }
    }
  }
  const ends = (['minimize', 'maximize'] as const).map((direction) => {
    unknowns.set(target, new Map([...(unknowns.get(target) ?? []), ['target', 1]]));
    const solution = solve({ direction, objective: 'target', constraints, variables: unknowns });
    if (solution.status === 'unbounded') return Infinity;
    if (solution.status !== 'optimal') throw new Error(`no such table exists: ${solution.status}`);
    return Math.round(solution.result * 1e6) / 1e6;
  });
  return [ends[0] ?? Number.NaN, ends[1] ?? Number.NaN];
}
