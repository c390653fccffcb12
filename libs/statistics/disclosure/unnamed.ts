// Labels that may not even be named: a code or value that stands for too few people tells of them by being listed.
import type { RawTable } from '../table';

type Key = Readonly<Record<string, string>>;

export interface UnnamedLabels {
  /** Whether a cell's key, or the key of a cell it is computed from, holds such a label. */
  has(...keys: readonly Key[]): boolean;
}

/**
 * A label is named only if the cells that carry it together rest on enough people. Where somebody is in several cells
 * their numbers do not add up, and the largest cell is all that is certain.
 */
export function unnamedLabels(raw: readonly RawTable[], threshold: number): UnnamedLabels {
  const people = new Map<string, number>();
  for (const table of raw) {
    if (table.kind !== 'cells') continue;
    const inTable = new Map<string, number>();
    for (const cell of table.cells) {
      for (const [name, label] of Object.entries(cell.key)) {
        const id = idOf(name, label);
        const sofar = inTable.get(id) ?? 0;
        inTable.set(id, table.overlapping === true ? Math.max(sofar, cell.people) : sofar + cell.people);
      }
    }
    for (const [id, count] of inTable) people.set(id, Math.max(people.get(id) ?? 0, count));
  }
  const isUnnamed = ([name, label]: [string, string]) =>
    (people.get(idOf(name, label)) ?? threshold) < threshold;
  return { has: (...keys) => keys.some((key) => Object.entries(key).some(isUnnamed)) };
}

/** What a table says in place of the rows it leaves out. */
export function unnamedNote(threshold: number): string {
  return `Codes or values of fewer than ${threshold} people are not named, and their rows are left out.`;
}

function idOf(name: string, label: string): string {
  return JSON.stringify([name, label]);
}
