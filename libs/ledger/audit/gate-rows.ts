// The rows of the gate's tables as a stream's entries leave them, and where the tables hold something else.
import { canonicalText } from '#libs/log';

/** A row as `to_jsonb` shows it. */
export type GateRow = Record<string, unknown>;

/**
 * By what each table's rows are told apart, the stream first. Notes of what settled (gate_settlements) are no facts, and are held to a
 * count instead.
 */
export const GATE_TABLES = {
  gate_organisations: ['programme', 'organisation'],
  gate_tenures: ['programme', 'person', 'since_version'],
  gate_safe_people: ['programme', 'person'],
  gate_agreements: ['programme', 'agreement'],
  gate_rounds: ['stream', 'checkpoint', 'round'],
  gate_decisions: ['stream', 'checkpoint', 'round', 'version'],
  gate_pending: ['stream', 'checkpoint', 'round', 'person'],
  gate_projects: ['project'],
  gate_suspensions: ['project', 'version'],
  gate_ethics: ['project', 'ethics'],
  gate_cycles: ['project', 'cycle'],
  gate_papers: ['project', 'stage', 'paper'],
  gate_sufficiency: ['project', 'version'],
  gate_stage_facts: ['project', 'version'],
  gate_boundaries: ['project', 'boundary'],
  gate_legal_files: ['project', 'file'],
  gate_boundary_files: ['project', 'boundary'],
  gate_benefits: ['project', 'version'],
  gate_requests: ['project', 'request'],
  gate_deposits: ['project', 'deposit'],
  gate_imports: ['project', 'import'],
  gate_legal_checks: ['project', 'version'],
  gate_objections: ['project', 'version'],
  gate_releases: ['project', 'release'],
  gate_permits: ['project', 'release'],
  gate_analyses: ['project', 'analysis'],
} as const satisfies Record<string, readonly string[]>;
export type GateTable = keyof typeof GATE_TABLES;
export const GATE_TABLE_NAMES = Object.keys(GATE_TABLES) as GateTable[];

/** Rows of one stream, changed in place as its entries are followed. */
export class GateRows {
  private readonly tables = new Map<GateTable, GateRow[]>();

  of(table: GateTable): GateRow[] {
    return this.tables.get(table) ?? [];
  }

  insert(table: GateTable, row: GateRow): void {
    const rows = this.tables.get(table);
    if (rows === undefined) this.tables.set(table, [row]);
    else rows.push(row);
  }

  /** Rows with these values. */
  where(table: GateTable, values: GateRow): GateRow[] {
    return this.of(table).filter((row) => Object.entries(values).every(([key, value]) => row[key] === value));
  }

  update(table: GateTable, values: GateRow, change: GateRow): void {
    for (const row of this.where(table, values)) Object.assign(row, change);
  }

  /** Takes rows away and answers with them. */
  take(table: GateTable, values: GateRow): GateRow[] {
    const taken = this.where(table, values);
    this.tables.set(
      table,
      this.of(table).filter((row) => !taken.includes(row)),
    );
    return taken;
  }
}

/** Where a table holds another row than the entries add up to, in words; null where none does. */
export function gateDifference(expected: GateRows, found: { name: string; row: GateRow }[]): string | null {
  const there = new Map(found.map(({ name, row }) => [placeOf(name as GateTable, row), said(row)]));
  for (const table of GATE_TABLE_NAMES)
    for (const row of expected.of(table)) {
      const place = placeOf(table, row);
      if (there.get(place) !== said(row)) return `${place} differs from the entries`;
      there.delete(place);
    }
  const [stray] = there.keys();
  return stray === undefined ? null : `${stray} is there, and no entry speaks of it`;
}

const placeOf = (table: GateTable, row: GateRow): string =>
  [table, ...GATE_TABLES[table].map((column) => String(row[column]))].join(' ');

/** Instants are written one way, whatever wrote them. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const said = (row: GateRow): string =>
  canonicalText(
    JSON.parse(JSON.stringify(row), (_key, value: unknown) =>
      typeof value === 'string' && INSTANT.test(value) ? new Date(value).toISOString() : value,
    ),
  );
