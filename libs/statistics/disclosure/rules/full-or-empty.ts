// Full or empty cells: where a whole group shares a value, knowing that somebody is in the group tells it.
import type { CellTable, RawCell } from '../../table';
import type { Check, Judgement } from '../context';
import { eachBasis, isStructuralZero, placeOf, withPasses } from '../context';
import { isKnown, linearNumbers } from './contributions';

export function fullOrEmpty(check: Check): Judgement[] {
  const looked = new Set<number>();
  const found: Judgement[] = [];
  check.tables.forEach((table, index) => {
    if (table.kind !== 'cells' || table.keys.length === 0) return;
    if ((table.characteristics ?? table.keys).length > 0) looked.add(index);
    found.push(...emptyCells(table, index), ...fullCells(table, index));
  });
  found.push(...sharedValues(check), ...noSpread(check));
  return withPasses(looked, found, 'No cell is empty, and no group is all in one cell.');
}

const isEmpty = ({ people, counted }: RawCell) => people === 0 && counted === undefined;

function emptyCells(table: CellTable, index: number): Judgement[] {
  return table.cells.flatMap((cell, place): Judgement[] =>
    isEmpty(cell) && cell.structuralZero !== true
      ? [
          {
            table: index,
            cell: place,
            verdict: 'fail',
            message: 'Nobody is in this cell: that tells of all.',
          },
        ]
      : [],
  );
}

/** Cells that hold all of a line, where the line could have been spread over at least one other cell. */
function fullCells(table: CellTable, index: number): Judgement[] {
  const full = new Map<number, string>();
  for (const key of table.characteristics ?? table.keys) {
    const others = table.keys.filter((name) => name !== key);
    const lines = new Map<string, number[]>();
    table.cells.forEach((cell, place) => {
      if (cell.structuralZero === true && isEmpty(cell)) return;
      const line = others.map((name) => cell.key[name]).join('\u0000');
      const places = lines.get(line);
      if (places) places.push(place);
      else lines.set(line, [place]);
    });
    for (const places of lines.values()) {
      const taken = places.filter((place) => !isEmpty(table.cells[place] as RawCell));
      if (places.length > 1 && taken.length === 1) full.set(taken[0] as number, key);
    }
  }
  return [...full].map(([cell, key]) => ({
    table: index,
    cell,
    verdict: 'fail',
    message: `A whole group shares this value of ${key}.`,
  }));
}

/** Sums and means to which everybody contributes the same. */
function sharedValues(check: Check): Judgement[] {
  return linearNumbers(check).flatMap(({ place, measure, basis, contributions }): Judgement[] => {
    if (!isKnown(contributions) || contributions.anyNegative) return [];
    if (contributions.largest * basis.people !== contributions.total) return [];
    return [{ ...place, verdict: 'fail', message: `Everybody here has the same ${measure}.` }];
  });
}

function noSpread(check: Check): Judgement[] {
  const found: Judgement[] = [];
  eachBasis(check, (based, table) => {
    if (isStructuralZero(based)) return;
    const flat = table.measures.find(
      ({ name, statistic }) => statistic === 'shape' && based.basis.values?.[name] === 0,
    );
    if (!flat) return;
    found.push({ ...placeOf(based), verdict: 'fail', message: `${flat.label} is 0: all share one value.` });
  });
  return found;
}
