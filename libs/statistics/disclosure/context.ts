// What a rule is given and what it says: the tables with what is still shown of them, and judgements of cells by position.
import { keyText } from '../table';
import type { Basis, CellTable, MarginTable, ModelTable, RawCell, RawTable, Rule } from '../table';
import type { Condition } from './condition';
import type { ShownUnits } from './shown-units';
import type { Thresholds } from './thresholds';

/** What one rule says of a table, one of its cells, or one measure (of a cell or of the whole table). */
export interface Judgement {
  readonly table: number;
  readonly cell?: number;
  readonly measure?: string;
  readonly verdict: 'pass' | 'fail' | 'review';
  readonly message: string;
  readonly people?: number;
}

/** Everything outside the tables that the rules need. */
export interface Against {
  /** Holders' and signers' conditions that the permit carries (B27). */
  readonly conditions?: readonly Condition[];
  /** Texts by id that are shown with the result: what a holder's `SHOW_ONLY_WITH` may ask for. */
  readonly contextNotes?: Readonly<Record<string, string>>;
  /** What every reader is told of the data, such as whom retention hides (B39). */
  readonly caveats?: readonly string[];
  /** Per field, the coarser fields that it determines (district → region), for `NO_BREAKDOWN_BY`. */
  readonly coarser?: Readonly<Record<string, readonly string[]>>;
  /** Whose numbers were ever shown from the project: other results of any cycle or wave, holders' published tables. */
  readonly earlier?: readonly ShownUnits[];
  /** Rules whose fails in a table are shown all the same, for two checkers said so; a person decides on what that shows. */
  readonly exceptions?: readonly { readonly rule: string; readonly table: string }[];
  /** Round counts to this base instead of suppressing them. */
  readonly rounding?: number;
}

export interface Check extends Against {
  readonly tables: readonly RawTable[];
  readonly thresholds: Thresholds;
  readonly standing: Standing;
}

export type JudgeRule = (check: Check) => Judgement[];

/** Which cells and numbers are still to be shown, and otherwise the first rule that failed. */
export class Standing {
  private readonly cells: (Rule | undefined)[][];
  private readonly measures: Map<string, Rule>[][];
  private readonly positions: Map<string, number>[] = [];
  private readonly names: Map<string, number>;

  constructor(private readonly tables: readonly RawTable[]) {
    this.cells = tables.map(({ cells }) => new Array<Rule | undefined>(cells.length).fill(undefined));
    this.measures = tables.map(() => []);
    this.names = new Map(tables.map(({ name }, index) => [name, index]));
  }

  hide(rule: Rule, { table, cell, measure }: Judgement): void {
    const count = this.tables[table]?.cells.length ?? 0;
    const places = cell === undefined ? Array.from({ length: count }, (_, place) => place) : [cell];
    for (const place of places) {
      if (measure === undefined) (this.cells[table] ?? [])[place] ??= rule;
      else this.withhold(table, place, measure, rule);
    }
  }

  isShown(table: number, cell: number): boolean {
    return this.reason(table, cell) === undefined;
  }

  reason(table: number, cell: number): Rule | undefined {
    return this.cells[table]?.[cell];
  }

  withheld(table: number, cell: number): ReadonlyMap<string, Rule> | undefined {
    return this.measures[table]?.[cell];
  }

  tableNamed(name: string): number | undefined {
    return this.names.get(name);
  }

  /** The position of a cell by its key. */
  cellAt(table: number, key: Readonly<Record<string, string>>): number | undefined {
    this.positions[table] ??= new Map(
      (this.tables[table]?.cells ?? []).map((cell, place) => [keyText(cell.key), place]),
    );
    return this.positions[table].get(keyText(key));
  }

  private withhold(table: number, cell: number, measure: string, rule: Rule): void {
    const ofTable = this.measures[table] ?? [];
    const ofCell = (ofTable[cell] ??= new Map<string, Rule>());
    if (!ofCell.has(measure)) ofCell.set(measure, rule);
  }
}

/** A table whose cells or model rest on people of their own. */
export type BasedTable = CellTable | MarginTable | ModelTable;

/** What each number of a table rests on: its cells one by one, or the model as a whole (no cell). */
export interface Based {
  readonly table: number;
  readonly cell?: number;
  readonly basis: Basis & Partial<Pick<RawCell, 'structuralZero' | 'values'>>;
}

/** Every basis of the tables, with the table it stands in; derived tables have none of their own. */
export function eachBasis(check: Check, visit: (based: Based, table: BasedTable) => void): void {
  check.tables.forEach((table, index) => {
    if (table.kind === 'derived') return;
    if (table.kind === 'model') visit({ table: index, basis: table.basis }, table);
    else table.cells.forEach((basis, cell) => visit({ table: index, cell, basis }, table));
  });
}

/** Where a judgement is made, as far as it is spread into one. */
export function placeOf({ table, cell }: Based): Pick<Judgement, 'table' | 'cell'> {
  return cell === undefined ? { table } : { table, cell };
}

/** A cell that the dictionary declares impossible, and in which indeed nobody is. */
export function isStructuralZero({ basis }: Based): boolean {
  return basis.structuralZero === true && basis.people === 0;
}

/** Adds, for each table that a rule looked at without finding anything, that it passed. */
export function withPasses(looked: ReadonlySet<number>, found: Judgement[], message: string): Judgement[] {
  const faulted = new Set(found.map(({ table }) => table));
  const passed = [...looked].filter((table) => !faulted.has(table));
  return [...found, ...passed.map((table): Judgement => ({ table, verdict: 'pass', message }))];
}
