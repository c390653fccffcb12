// Differencing: no cell, or sum of cells, may differ from one shown elsewhere by fewer people than the threshold.
import type { RawTable } from '../../table';
import type { Check, Judgement } from '../context';
import { shownCellsOf } from '../shown-units';
import type { ShownCell, ShownUnits } from '../shown-units';
import { mixedSums } from './mixed-sums';
import type { OwnTable } from './mixed-sums';
import { closeCells } from './unit-tables';

const UNKNOWN =
  'Whose numbers these are is not known, so differences from other results cannot be ruled out: a person decides.';

/** What nobody told the engine of, it cannot compare. */
const UNSEEN =
  'Of published tables those imported as cells were compared; what else was ever published was not.';

/** Every shown cell against everything ever shown, and against the other tables here that no total connects to it. */
export function differencing(check: Check): Judgement[] {
  const shown = check.tables.map((table, index) => shownCellsOf(table, index, check.standing));
  return check.tables.flatMap((table, index): Judgement[] => {
    const cells = shown[index] ?? [];
    if (cells.length === 0) return [];
    if (check.earlier === undefined || !areKnown(cells))
      return [{ table: index, verdict: 'review', message: UNKNOWN }];
    const besides = check.tables.slice(0, index).flatMap((other, at): ShownUnits[] => {
      const others = shown[at] ?? [];
      return areApart(table, other) && areKnown(others) ? [unitsOf(other, others)] : [];
    });
    return judge(index, cells, [...check.earlier, ...besides], check.thresholds.frequency);
  });
}

/**
 * The same for sums and differences that mix cells of several tables, once it is known what else is hidden: what complementary
 * suppression hid here may stand in pieces elsewhere.
 */
export function mixedDifferencing(check: Check): Judgement[] {
  const { earlier, tables, standing, thresholds } = check;
  if (earlier === undefined) return [];
  const shown = tables.map((table, index) => shownCellsOf(table, index, standing));
  const own = shown.flatMap((cells, table): OwnTable[] => {
    if (cells.length === 0 || !areKnown(cells)) return [];
    return [{ table, block: blockOf(tables, table), sets: cells.map((cell: KnownCell) => cell.units) }];
  });
  const known = earlier.flatMap(({ cells }) => (cells === null ? [] : [cells]));
  const { cells, open } = mixedSums(own, known, thresholds.frequency);
  return [
    ...cells.map(({ table, cell: at }): Judgement => {
      const cell = shown[table]?.[at]?.cell;
      return {
        table,
        ...(cell === undefined ? {} : { cell }),
        verdict: 'fail',
        message: mixed(thresholds.frequency),
      };
    }),
    ...open.map((table): Judgement => ({ table, verdict: 'review', message: TOO_MIXED })),
  ];
}

const mixed = (least: number): string =>
  `From this and other tables shown together, numbers of fewer than ${least} people could be worked out: suppressed.`;
const TOO_MIXED =
  'So many cells here and elsewhere share people that not every sum that mixes tables was looked through: a person decides.';

/** Tables that are seen to together by complementary suppression: of one population, and margins with what they are over. */
function blockOf(tables: readonly RawTable[], index: number): string {
  const table = tables[index];
  if (table?.kind === 'margin')
    return blockOf(
      tables,
      tables.findIndex(({ name }) => name === table.over),
    );
  return table?.kind === 'cells' && table.population !== undefined
    ? `population ${table.population}`
    : `${index}`;
}

function judge(
  table: number,
  cells: readonly KnownCell[],
  others: readonly ShownUnits[],
  least: number,
): Judgement[] {
  const sets = cells.map(({ units }) => units);
  const found = new Map<number, string>();
  const review: Judgement[] = [];
  for (const other of others) {
    // Where sums are too many to compare one by one, `mixedDifferencing` looks through all of them together.
    const { cells: close } = closeCells(sets, other.cells ?? [], least);
    for (const cell of close) if (!found.has(cell)) found.set(cell, other.name);
  }
  const unknown = others.find(({ cells: earlier }) => earlier === null);
  if (unknown) {
    const message = `Whose numbers stand in "${unknown.name}" is not known: a person decides.`;
    review.push({ table, verdict: 'review', message });
  }
  for (const { name, doubt } of others) {
    if (doubt === undefined) continue;
    const message = `Not all of "${name}" could be compared, for ${doubt}: a person decides.`;
    review.push({ table, verdict: 'review', message });
  }
  if (found.size === 0 && review.length === 0) {
    const message = `Nothing here differs by fewer than ${least} people from anything shown elsewhere. ${UNSEEN}`;
    return [{ table, verdict: 'pass', message }];
  }
  const failed = [...found].map(([index, name]): Judgement => {
    const message = `Differs from "${name}" by fewer than ${least} people, whose numbers could be worked out: suppressed.`;
    const cell = cells[index]?.cell;
    return { table, ...(cell === undefined ? {} : { cell }), verdict: 'fail', message };
  });
  return [...failed, ...review];
}

type KnownCell = ShownCell & { readonly units: Uint32Array };

function areKnown(cells: readonly ShownCell[]): cells is readonly KnownCell[] {
  return cells.every(({ units }) => units !== undefined);
}

/** Whether complementary suppression does not already see to what two tables say together. */
function areApart(a: RawTable, b: RawTable): boolean {
  if (a.kind === 'margin' || b.kind === 'margin') return false;
  const bothCells = a.kind === 'cells' && b.kind === 'cells';
  return !(bothCells && a.population !== undefined && a.population === b.population);
}

function unitsOf(table: RawTable, cells: readonly KnownCell[]): ShownUnits {
  return { name: table.title, cells: cells.map(({ units }) => units) };
}
