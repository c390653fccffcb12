// Whose numbers were ever shown: per result the shown cells with their people, against which later results are checked.
import type { RawTable, UnitSet } from '../table';
import type { Standing } from './context';

/** The shown cells of one table of an earlier result, or of a table that a holder published. Cells may share people. */
export interface ShownUnits {
  /** What it is called where a person has to find it: a table's title, a result's id before it, or a publication. */
  readonly name: string;
  /** `null` where it is not known whose numbers they are: later results then go to a person. */
  readonly cells: readonly UnitSet[] | null;
  /** What of it could not be told as sets of people, in words: a person decides on that. */
  readonly doubt?: string;
}

/** What has to be kept of a result for the checks of later ones: the people of every shown cell, table by table. */
export function shownUnits(tables: readonly RawTable[], standing: Standing): ShownUnits[] {
  return tables.flatMap((table, index): ShownUnits[] => {
    const shown = shownCellsOf(table, index, standing);
    if (shown.length === 0) return [];
    const known = shown.flatMap(({ units }) => (units ? [units] : []));
    return [{ name: table.title, cells: known.length === shown.length ? known : null }];
  });
}

export interface ShownCell {
  readonly cell?: number;
  readonly units: UnitSet | undefined;
}

/** The shown cells of a table, or its model; empty ones tell of nobody. */
export function shownCellsOf(table: RawTable, index: number, standing: Standing): ShownCell[] {
  if (table.kind === 'derived') return [];
  if (table.kind === 'model') {
    return table.cells.some((_cell, place) => standing.isShown(index, place))
      ? [{ units: table.basis.units }]
      : [];
  }
  return table.cells.flatMap(({ units, people, counted }, cell): ShownCell[] =>
    standing.isShown(index, cell) && (people > 0 || counted !== undefined) ? [{ cell, units }] : [],
  );
}
