// Brings the read models from one state of a stream to the next, inside the command's transaction, in one round trip.
import { remembered } from '#libs/domain';
import type { ProgrammeState, ProjectState, World } from '#libs/domain';
import { programmeRows, projectRows, VIEW_TABLES } from './rows';
import type { ViewRow, ViewRows, ViewTable } from './rows';

/** A stream's state as the ledger's transaction holds it; of a world, the project is the stream that changed. */
export type StreamState = ProgrammeState | ProjectState | World;

/** The part of TypeORM's QueryRunner (or of any client) that is needed here. */
export interface Queryable {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

export type ViewChanges = Partial<
  Record<ViewTable, { gone: { stream: string; id: string }[]; rows: ViewRow[] }>
>;

/** What a command leaves is what the next one finds: its rows are worked out once. */
const ownRows = remembered((own: ProgrammeState | ProjectState): ViewRows =>
  'lead' in own ? projectRows(own) : programmeRows(own),
);

/** The rows of a stream's read models: I10 says the tables hold exactly these. */
export const rowsOf = (state: StreamState): ViewRows => ownRows('project' in state ? state.project : state);

/** Most rows are the very same object; the others are compared by what they say. */
const isSame = (before: ViewRow | undefined, after: ViewRow): boolean =>
  before === after || JSON.stringify(before) === JSON.stringify(after);

/** Only what differs: rows that went or changed, and changed or new rows as they are now. */
export function viewChanges(before: ViewRows, after: ViewRows): ViewChanges {
  const changes: ViewChanges = {};
  for (const table of VIEW_TABLES) {
    if (before[table] === after[table]) continue;
    const was = new Map((before[table] ?? []).map((row) => [row.id, row]));
    const rows = (after[table] ?? []).filter((row) => !isSame(was.get(row.id), row));
    const changed = new Set(rows.map((row) => row.id));
    const kept = new Set((after[table] ?? []).map((row) => row.id));
    const gone = [...was.values()]
      .filter((row) => !kept.has(row.id) || changed.has(row.id))
      .map(({ stream, id }) => ({ stream, id }));
    if (rows.length > 0 || gone.length > 0) changes[table] = { gone, rows };
  }
  return changes;
}

/** Called by the ledger in the transaction that appends; `before` is null for a stream's first entry. */
export async function writeViews(
  runner: Queryable,
  before: StreamState | null,
  after: StreamState,
): Promise<void> {
  const changes = viewChanges(before === null ? {} : rowsOf(before), rowsOf(after));
  if (Object.keys(changes).length === 0) return;
  await runner.query('select parley.write_views($1::jsonb)', [JSON.stringify(changes)]);
}

/** Writes a stream's read models anew from its folded state; needs the owner's role. */
export async function rebuildViews(runner: Queryable, state: StreamState): Promise<void> {
  const stream = 'project' in state ? state.project.id : state.id;
  await runner.query('select parley.clear_views($1)', [stream]);
  await writeViews(runner, null, state);
}
