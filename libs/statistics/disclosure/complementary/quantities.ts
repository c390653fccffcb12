// What adds up in the tables of a result and has to be protected: people, and the total of every linear measure.
import type { CellTable, Contributions, MarginTable, RawCell, RawTable } from '../../table';
import type { Check } from '../context';
import { isKnown } from '../rules/contributions';
import type { KnownContributions } from '../rules/contributions';
import type { Thresholds } from '../thresholds';
import type { Demand, Quantity } from './pattern';
import { systemOf } from './system';

export interface TableQuantity extends Quantity {
  /** The tables it stands in. */
  readonly tables: ReadonlySet<number>;
}

/**
 * People first, then each measure; made one after the other, since hiding cells for one may protect the next. A measure
 * some of whose contributions are unknown or negative is left to the person who reviews its dominance.
 */
export function quantitiesOf(check: Check): (() => TableQuantity)[] {
  const names = new Set(
    check.tables.flatMap(({ measures }) =>
      measures.filter(({ statistic }) => statistic === 'linear').map(({ name }) => name),
    ),
  );
  return [() => peopleIn(check), ...[...names].map((name) => () => totalsOf(name, check))];
}

type AddingTable = CellTable | MarginTable;

function adds(table: RawTable): table is AddingTable {
  return (
    (table.kind === 'cells' || table.kind === 'margin') &&
    table.overlapping !== true &&
    table.cells.every(({ counted }) => counted === undefined)
  );
}

function peopleIn(check: Check): TableQuantity {
  const { frequency } = check.thresholds;
  return quantityOf(check, adds, {
    isCount: true,
    value: ({ people }) => people,
    // A small cell must be able to be one of enough people; another hidden cell must at least not be known exactly.
    demand: ({ people }) => Math.max(1, frequency - people),
  });
}

function totalsOf(measure: string, check: Check): TableQuantity {
  const contributionsOf = (cell: RawCell): Contributions | undefined => cell.contributions?.[measure];
  const isIn = (table: RawTable): table is AddingTable =>
    adds(table) && table.measures.some(({ name }) => name === measure);
  const isUsable = check.tables.filter(isIn).every(({ cells }) =>
    cells.every((cell) => {
      const contributions = contributionsOf(cell);
      return cell.people === 0 || (isKnown(contributions) && !contributions.anyNegative);
    }),
  );
  const of = (cell: RawCell): KnownContributions => {
    const contributions = contributionsOf(cell);
    return isKnown(contributions) ? contributions : NOTHING;
  };
  return quantityOf(check, isUsable ? isIn : (table): table is AddingTable => isIn(table) && false, {
    isCount: false,
    value: (cell) => of(cell).total,
    demand: (cell, largest) => Math.max(protectionOf(of(cell), check.thresholds), largest * LEAST_SHARE),
  });
}

const NOTHING: KnownContributions = { total: 0, largest: 0, second: 0, anyNegative: false };

/** Even of a cell in which nobody contributes anything, the total must not be known exactly. */
const LEAST_SHARE = 1e-6;

/**
 * How much larger a total must be able to be: nobody may estimate the largest contribution to within the p-ratio of it,
 * and the two largest must be able to be less than the dominating share (Hundepool et al. 2012, § 4.2.2).
 */
function protectionOf({ total, largest, second }: KnownContributions, thresholds: Thresholds): number {
  const { pRatio, dominanceK } = thresholds;
  return Math.max(pRatio * largest, (largest + second) / dominanceK - total);
}

interface Reading {
  readonly isCount: boolean;
  readonly value: (cell: RawCell) => number;
  readonly demand: (cell: RawCell, largest: number) => number;
}

function quantityOf(
  { tables, standing }: Check,
  isIn: (table: RawTable) => table is AddingTable,
  { isCount, value, demand }: Reading,
): TableQuantity {
  const members = new Set(tables.flatMap((table, index) => (isIn(table) ? [index] : [])));
  const system = systemOf(tables, members);
  const cellOf = ({ table, cell }: { table: number; cell: number }) =>
    (tables[table] as AddingTable).cells[cell] as RawCell;
  const values = Float64Array.from(system.unknowns, (unknown) => value(cellOf(unknown)));
  const isHidden = Uint8Array.from(system.unknowns, ({ table, cell }) =>
    standing.isShown(table, cell) ? 0 : 1,
  );
  const isFixed = Uint8Array.from(system.unknowns, (unknown) =>
    cellOf(unknown).structuralZero === true && cellOf(unknown).people === 0 ? 1 : 0,
  );
  const largest = values.reduce((most, each) => Math.max(most, each), 0);
  const demands = system.unknowns.flatMap((unknown, index): Demand[] =>
    isHidden[index] === 1 &&
    isFixed[index] === 0 &&
    standing.reason(unknown.table, unknown.cell) !== 'complementary'
      ? [{ unknown: index, up: demand(cellOf(unknown), largest) }]
      : [],
  );
  return { system, values, isHidden, isFixed, isCount, demands, tables: members };
}
