// What adds up in a set of tables: cells and totals as unknowns, and the sums between them as equations.
import type { CellTable, MarginTable, RawTable } from '../../table';

type Key = Readonly<Record<string, string>>;

/** A cell or total. `terms` are the equations it stands in, each with its sign. */
export interface Unknown {
  readonly table: number;
  readonly cell: number;
  readonly isTotal: boolean;
  readonly terms: readonly { readonly equation: number; readonly sign: 1 | -1 }[];
}

/** Every equation says: the sum of its unknowns, each with its sign, is 0. */
export interface System {
  readonly unknowns: readonly Unknown[];
  readonly equations: number;
}

interface Entry {
  readonly table: number;
  readonly source: CellTable | MarginTable;
  /** Positions of its cells by key, so that the pattern does not depend on the order they were given in. */
  readonly order: readonly number[];
}

/**
 * The sums of all tables whose people add up. A total is summed from the finest totals over the same cells, where there
 * are any, so that no equation follows from others more than it must; tables of the same people are equal on the sums
 * over the keys they share. `members` are the positions of the tables that take part.
 */
export function systemOf(tables: readonly RawTable[], members: ReadonlySet<number>): System {
  const entries = tables.flatMap((source, table): Entry[] =>
    (source.kind === 'cells' || source.kind === 'margin') && members.has(table)
      ? [{ table, source, order: orderOf(source) }]
      : [],
  );
  const builder = new Builder(entries);
  for (const entry of entries) {
    if (entry.source.kind !== 'margin') continue;
    for (const name of [entry.source.over].flat()) {
      for (const part of partsOf(entry, name, entries)) builder.sum(entry, part, entry.source.keys);
    }
  }
  for (const [a, b] of linkedPairs(entries)) {
    builder.sum(
      a,
      b,
      a.source.keys.filter((key) => b.source.keys.includes(key)),
    );
  }
  return builder.system();
}

function orderOf({ cells, keys }: CellTable | MarginTable): number[] {
  const texts = cells.map(({ key }) => textOf(key, keys));
  return [...texts.keys()].sort((a, b) => ((texts[a] ?? '') < (texts[b] ?? '') ? -1 : 1));
}

/** The tables whose cells a total over `name` is summed from: the next finer totals, or the cells themselves. */
function partsOf(total: Entry, name: string, entries: readonly Entry[]): Entry[] {
  const base = entries.find(({ source }) => source.kind === 'cells' && source.name === name);
  if (!base) return [];
  const finer = entries.filter(
    (entry) =>
      entry.source.kind === 'margin' &&
      [entry.source.over].flat().includes(name) &&
      isFiner(entry.source.keys, total.source.keys),
  );
  const next = finer.filter((entry) => !finer.some((other) => isFiner(entry.source.keys, other.source.keys)));
  return next.length > 0 ? next : [base];
}

function isFiner(keys: readonly string[], than: readonly string[]): boolean {
  return keys.length > than.length && than.every((key) => keys.includes(key));
}

/** Tables of the same people without a common total that already says what they share. */
function linkedPairs(entries: readonly Entry[]): [Entry, Entry][] {
  const bases = entries.filter(({ source }) => source.kind === 'cells' && source.population !== undefined);
  return bases.flatMap((a, index) =>
    bases.slice(index + 1).flatMap((b): [Entry, Entry][] => {
      if (populationOf(a) !== populationOf(b)) return [];
      const shared = a.source.keys.filter((key) => b.source.keys.includes(key));
      const isSaid = entries.some(
        ({ source }) =>
          source.kind === 'margin' &&
          [a, b].every((base) => [source.over].flat().includes(base.source.name)) &&
          source.keys.length === shared.length &&
          source.keys.every((key) => shared.includes(key)),
      );
      return isSaid ? [] : [[a, b]];
    }),
  );
}

function populationOf({ source }: Entry): string | undefined {
  return source.kind === 'cells' ? source.population : undefined;
}

class Builder {
  private readonly unknowns: (Unknown & { terms: { equation: number; sign: 1 | -1 }[] })[] = [];
  private readonly first = new Map<number, number>();
  private equations = 0;

  constructor(entries: readonly Entry[]) {
    for (const { table, source, order } of entries) {
      this.first.set(table, this.unknowns.length);
      const isTotal = source.kind === 'margin';
      for (const cell of order) this.unknowns.push({ table, cell, isTotal, terms: [] });
    }
  }

  /** One equation for each combination of the keys: what the cells of `a` sum to is what those of `b` sum to. */
  sum(a: Entry, b: Entry, keys: readonly string[]): void {
    const numbers = new Map<string, number>();
    this.add(a, keys, -1, (text) => {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, this.equations);
      return this.equations++;
    });
    // Cells of `b` under no cell of `a` are in no sum that anybody sees.
    this.add(b, keys, 1, (text) => numbers.get(text));
  }

  system(): System {
    return { unknowns: this.unknowns, equations: this.equations };
  }

  private add(
    { table, source, order }: Entry,
    keys: readonly string[],
    sign: 1 | -1,
    number: (text: string) => number | undefined,
  ): void {
    const first = this.first.get(table) ?? 0;
    order.forEach((cell, place) => {
      const equation = number(textOf(source.cells[cell]?.key ?? {}, keys));
      if (equation !== undefined) this.unknowns[first + place]?.terms.push({ equation, sign });
    });
  }
}

/** The part of a key that says under which total a cell stands. */
export function textOf(key: Key, keys: readonly string[]): string {
  return keys.map((name) => key[name] ?? '').join('\u0000');
}
