// Rounding counts to a base instead of suppressing them, and what somebody who knows the base could still work out.
import { solve } from 'yalps';
import type { Coefficients, Constraint } from 'yalps';
import type { RawTable } from '../table';
import { PROGRAM_LIMIT } from './complementary/program';
import { systemOf } from './complementary/system';
import type { System } from './complementary/system';
import type { Check, Judgement } from './context';

/** ACRO 1.0's `safe_round_base`. */
export const LEAST_BASE = 5;

/** Refuses a base that hides too little, and tables of which only a part would be rounded. */
export function refuseWrongRounding(base: number, tables: readonly RawTable[]): void {
  if (!Number.isSafeInteger(base) || base < LEAST_BASE)
    throw new Error(`Rounding takes a whole number of at least ${LEAST_BASE} as its base, not ${base}.`);
  for (const table of tables)
    if (!isOfCounts(table))
      throw new Error(
        `Rounding takes counts alone, and the table "${table.name}" has others: suppress instead.`,
      );
}

/** Whether every number of the table is a count, which can be rounded. */
export function isOfCounts({ kind, measures, cells }: RawTable): boolean {
  const areCounts = measures.every(({ statistic }) => statistic === 'frequency');
  const areWhole = cells.every(({ values }) => Object.values(values).every(Number.isSafeInteger));
  return (kind === 'cells' || kind === 'margin') && areCounts && areWhole;
}

export function rounded(value: number, base: number): number {
  return Math.round(value / base) * base;
}

/** What suppression would have hidden is shown rounded, for a person to accept. */
export function acceptRounded(judgement: Judgement, base: number): Judgement {
  if (judgement.verdict !== 'fail') return judgement;
  const message = `${judgement.message.replace(/: suppressed.*$/, '.')} Shown rounded to ${base}: a person decides.`;
  return { ...judgement, verdict: 'review', message };
}

/**
 * All tables fail where some count below the threshold could be known exactly from the rounded numbers: every number
 * lies within half a base of what is shown, and totals are sums. Too many cells to find out goes to a person.
 */
export function roundingHolds({ tables, thresholds }: Check, base: number): Judgement[] {
  const members = new Set(tables.flatMap((table, index) => (adds(table) ? [index] : [])));
  const system = systemOf(tables, members);
  const everywhere = (verdict: 'fail' | 'review', message: string) =>
    tables.map((_table, table): Judgement => ({ table, verdict, message }));
  if (system.unknowns.length > PROGRAM_LIMIT)
    return everywhere('review', 'Too many cells to prove that rounding protects them: a person decides.');
  const counts = system.unknowns.map(({ table, cell }) => {
    const found = tables[table]?.cells[cell];
    return found && 'people' in found ? found.people : 0;
  });
  const isKnown = counts.some(
    (count, unknown) => count < thresholds.frequency && widthOf(unknown, counts, system, base) < 1,
  );
  if (!isKnown) return [];
  return everywhere('fail', `A count could be worked out in spite of rounding to ${base}: suppress instead.`);
}

function adds(table: RawTable): boolean {
  return (table.kind === 'cells' || table.kind === 'margin') && table.overlapping !== true;
}

/** Between the smallest and the largest that a count could be. */
function widthOf(target: number, counts: readonly number[], system: System, base: number): number {
  const constraints = new Map<string, Constraint>();
  const variables = new Map<string, Coefficients>();
  const offsets = new Array<number>(system.equations).fill(0);
  system.unknowns.forEach(({ terms }, unknown) => {
    const shown = rounded(counts[unknown] ?? 0, base);
    const low = Math.max(0, shown - Math.floor(base / 2));
    const sums = terms.map(({ equation, sign }) => [`e${equation}`, sign] as const);
    for (const { equation, sign } of terms) offsets[equation] = (offsets[equation] ?? 0) - sign * low;
    constraints.set(`room${unknown}`, { max: shown + Math.floor(base / 2) - low });
    const own = unknown === target ? { target: 1 } : {};
    variables.set(`${unknown}`, { ...Object.fromEntries(sums), ...own, [`room${unknown}`]: 1 });
  });
  offsets.forEach((offset, equation) => constraints.set(`e${equation}`, { equal: offset }));
  const [least, most] = (['minimize', 'maximize'] as const).map((direction) => {
    const { status, result } = solve({ direction, objective: 'target', constraints, variables });
    return status === 'optimal' ? result : Number.NaN;
  });
  const width = (most ?? Number.NaN) - (least ?? Number.NaN);
  return Number.isNaN(width) ? 0 : width + 1e-9;
}
