// Cheapest changes where unknowns stand in more than two sums (three-way tables, linked tables): a linear program.
import { solve } from 'yalps';
import type { Coefficients, Constraint } from 'yalps';
import { costsOf } from './pattern';
import type { Change, FindChange, Quantity } from './pattern';

/** Beyond this a program takes seconds a cell; the caller then hides totals instead. */
export const PROGRAM_LIMIT = 600;

/** Moving a hidden cell is nearly free: smaller changes are still preferred to larger ones. */
const HIDDEN_COST = 1e-6;
const ROUNDING = 1e-6;

/** A finder of changes by linear program, or null where the system is too large for one. */
export function programFinder(quantity: Quantity): FindChange | null {
  if (quantity.system.unknowns.length > PROGRAM_LIMIT) return null;
  const costs = costsOf(quantity);
  return (demand, current, hiddenOnly) => {
    const constraints = new Map<string, Constraint>([['demand', { equal: demand.up }]]);
    for (let equation = 0; equation < current.system.equations; equation += 1)
      constraints.set(`e${equation}`, { equal: 0 });
    const variables = new Map<string, Coefficients>();
    current.system.unknowns.forEach(({ terms }, unknown) => {
      const isHidden = current.isHidden[unknown] === 1;
      if (current.isFixed[unknown] === 1 || (hiddenOnly && !isHidden)) return;
      const cost = isHidden ? HIDDEN_COST : (costs[unknown] ?? 1);
      const own = unknown === demand.unknown ? { demand: 1 } : {};
      const sums = (turn: 1 | -1) =>
        Object.fromEntries(terms.map(({ equation, sign }) => [`e${equation}`, sign * turn]));
      variables.set(`+${unknown}`, { cost, ...own, ...sums(1) });
      const room = current.values[unknown] ?? 0;
      if (unknown === demand.unknown || room <= 0) return;
      variables.set(`-${unknown}`, { cost, ...sums(-1), [`room${unknown}`]: 1 });
      constraints.set(`room${unknown}`, { max: room });
    });
    const integers = current.isCount;
    const solution = solve({ direction: 'minimize', objective: 'cost', constraints, variables, integers });
    return solution.status === 'optimal' ? changeOf(solution.variables, current) : null;
  };
}

function changeOf(variables: readonly (readonly [string, number])[], { isCount }: Quantity): Change {
  const change = new Map<number, number>();
  for (const [name, value] of variables) {
    const unknown = Number(name.slice(1));
    const amount = isCount ? Math.round(value) : value;
    if (Math.abs(amount) < ROUNDING) continue;
    change.set(unknown, (change.get(unknown) ?? 0) + (name.startsWith('+') ? amount : -amount));
  }
  return change;
}
