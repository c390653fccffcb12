// Proves a pattern of suppression from the tables themselves, knowing nothing of how the pattern was chosen.
import type { RawTable } from '../../table';

type Key = Readonly<Record<string, string>>;

/** Another table that could be the true one: how much each changed cell would be larger. */
export interface Alternative {
  readonly cells: readonly { readonly table: number; readonly cell: number; readonly by: number }[];
  /** The cell it is to protect, and by how much it has to be larger. */
  readonly protects: { readonly table: number; readonly cell: number; readonly up: number };
}

export interface Audited {
  readonly tables: readonly RawTable[];
  readonly isShown: (table: number, cell: number) => boolean;
  /** The true value of a cell. */
  readonly valueOf: (table: number, cell: number) => number;
  /** Whether only whole numbers could be true. */
  readonly isCount: boolean;
  /** The tables in which the quantity stands. */
  readonly hasQuantity: (table: number) => boolean;
}

const TOLERANCE = 1e-9;

/**
 * Says of an alternative whether it agrees with all that is published: every shown number is as it was, none is
 * negative, all totals are still the sums of their cells, tables of the same people still agree, and the protected cell
 * is larger by what its rule demands. Then nobody who sees what is published can exclude it.
 */
export function auditor(audited: Audited): (alternative: Alternative) => boolean {
  const agreements = agreementsOf(audited);
  return ({ cells, protects }) => {
    const slack = TOLERANCE * cells.reduce((most, { by }) => Math.max(most, Math.abs(by)), 1);
    const own = cells.find(({ table, cell }) => table === protects.table && cell === protects.cell);
    const reached = own !== undefined && own.by >= protects.up * (1 - TOLERANCE);
    return (
      reached &&
      cells.every((changed) => mayChange(changed, audited, slack)) &&
      agreements.every((agreement) => isKept(agreement, cells, audited.tables, slack))
    );
  };
}

type Changed = Alternative['cells'][number];

function mayChange({ table, cell, by }: Changed, audited: Audited, slack: number): boolean {
  const raw = audited.tables[table]?.cells[cell];
  if (!raw || audited.isShown(table, cell) || !audited.hasQuantity(table)) return false;
  if ('structuralZero' in raw && raw.structuralZero === true) return false;
  if (audited.isCount && !Number.isInteger(by)) return false;
  return audited.valueOf(table, cell) + by >= -slack;
}

/** Two tables that agree on the sums over some keys, for those values of the keys that both list. */
interface Agreement {
  readonly a: string;
  readonly b: string;
  readonly keys: readonly string[];
  readonly listed: ReadonlySet<string>;
}

function agreementsOf({ tables, hasQuantity }: Audited): Agreement[] {
  const present = tables.filter((_table, index) => hasQuantity(index));
  const listedIn = (table: RawTable, keys: readonly string[]) =>
    new Set(table.cells.map(({ key }) => textOf(key, keys)));
  return present.flatMap((a, index) => {
    if (a.kind === 'margin') {
      const listed = listedIn(a, a.keys);
      return [a.over].flat().flatMap((name) => {
        const isPresent = present.some(({ kind, name: other }) => kind === 'cells' && other === name);
        return isPresent ? [{ a: a.name, b: name, keys: a.keys, listed }] : [];
      });
    }
    return present.slice(index + 1).flatMap((b) => {
      if (a.kind !== 'cells' || b.kind !== 'cells') return [];
      if (a.population === undefined || a.population !== b.population) return [];
      const keys = a.keys.filter((key) => b.keys.includes(key));
      const inB = listedIn(b, keys);
      const listed = new Set([...listedIn(a, keys)].filter((text) => inB.has(text)));
      return [{ a: a.name, b: b.name, keys, listed }];
    });
  });
}

function isKept(
  { a, b, keys, listed }: Agreement,
  cells: readonly Changed[],
  tables: readonly RawTable[],
  slack: number,
): boolean {
  const off = new Map<string, number>();
  for (const { table, cell, by } of cells) {
    const raw = tables[table];
    if (!raw || (raw.name !== a && raw.name !== b)) continue;
    const text = textOf(raw.cells[cell]?.key ?? {}, keys);
    off.set(text, (off.get(text) ?? 0) + (raw.name === a ? by : -by));
  }
  return [...off].every(([text, difference]) => !listed.has(text) || Math.abs(difference) <= slack);
}

function textOf(key: Key, keys: readonly string[]): string {
  return JSON.stringify(keys.map((name) => key[name]));
}
