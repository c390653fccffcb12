// The self-audit of one stream: its entries chain, the log holds exactly them, and read models and the gate's tables are what they add
// up to (I10).
import type { DataSource, EntityManager } from 'typeorm';
import type { ProgrammeState, ProjectState } from '#libs/domain';
import { canonicalText, HASH_BYTES, leafHash, sameBytes, TILE_WIDTH } from '#libs/log';
import { follow, recordedIn, START } from '../entries';
import type { Place } from '../entries';
import { foldProgramme, foldProject } from '../folded';
import type { Folded } from '../folded';
import { rowsOf, VIEW_TABLES } from '../views';
import type { ViewRow } from '../views';
import { fillGate } from './gate-fills';
import { gateDifference, GateRows } from './gate-rows';
import type { GateRow } from './gate-rows';

const PAGE = 500;

/** What is wrong, in words; null where nothing is; absent where it could not be looked at, so that what was closed stays closed. */
export interface Audited {
  log: string | null;
  views?: string | null;
  gate?: string | null;
}

type State = ProgrammeState | ProjectState;

/** Everything as of one moment: commands go on meanwhile. */
export function auditStream(dataSource: DataSource, stream: string): Promise<Audited> {
  return dataSource.transaction('REPEATABLE READ', async (at) => {
    let place: Place = START;
    let folded: Folded<State> = { ...START, state: null };
    const gate = new GateRows();
    for (
      let page = await entriesAfter(at, stream, 0);
      page.length > 0;
      page = await entriesAfter(at, stream, place.version)
    ) {
      const texts = page.map(({ text }) => text);
      const broken = whyNot(() => (place = follow(stream, place, texts)));
      if (broken !== null) return { log: broken };
      const wrong = await wrongLeaf(at, page);
      if (wrong !== null) return { log: wrong };
      const unread = whyNot(() => {
        folded = foldOn(stream, folded, texts);
        for (const text of texts) fillGate(gate, stream, recordedIn(text));
      });
      if (unread !== null) return { log: `its entries up to ${place.version} cannot be read: ${unread}` };
    }
    const views = folded.state === null ? null : await wrongRow(at, stream, folded.state);
    return { log: null, views, gate: await wrongInGate(at, stream, gate) };
  });
}

/** Entries that cannot be followed close their gates; that the database is away says nothing about them, and is thrown elsewhere. */
function whyNot(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What the database's own gate goes by that is not what the entries add up to; null if there is nothing. */
async function wrongInGate(at: EntityManager, stream: string, expected: GateRows): Promise<string | null> {
  const rows = await at.query<{ name: string; row: GateRow }[]>(
    'select name, fact as "row" from parley.gate_rows($1)',
    [stream],
  );
  const different = gateDifference(expected, rows);
  if (different !== null) return different;
  const [note] = await at.query<{ wrong: string | null }[]>('select parley.gate_wrong_note($1) as wrong', [
    stream,
  ]);
  return note?.wrong == null ? null : `${note.wrong} is noted as settled otherwise than its decisions say`;
}

/** The gate's rows from a stream's entries alone. */
export async function gateFromEntries(at: EntityManager, stream: string): Promise<GateRows> {
  const rows = new GateRows();
  let version = 0;
  for (
    let page = await entriesAfter(at, stream, 0);
    page.length > 0;
    page = await entriesAfter(at, stream, version)
  ) {
    for (const { text } of page) fillGate(rows, stream, recordedIn(text));
    version = page.at(-1)?.version ?? version;
  }
  return rows;
}

/** The stream's state from its entries alone. */
export async function foldedFromEntries(at: EntityManager, stream: string): Promise<State | null> {
  let folded: Folded<State> = { ...START, state: null };
  for (
    let page = await entriesAfter(at, stream, 0);
    page.length > 0;
    page = await entriesAfter(at, stream, folded.version)
  )
    folded = foldOn(
      stream,
      folded,
      page.map(({ text }) => text),
    );
  return folded.state;
}

const foldOn = (stream: string, folded: Folded<State>, texts: string[]): Folded<State> =>
  stream.startsWith('prj')
    ? foldProject(stream, folded as Folded<ProjectState>, texts)
    : foldProgramme(stream, folded as Folded<ProgrammeState>, texts);

interface EntryRow {
  version: number;
  text: string;
  /** Null while it waits for the log. */
  position: string | null;
}

const entriesAfter = (at: EntityManager, stream: string, version: number): Promise<EntryRow[]> =>
  at.query(
    `select e.version, e.text, l.position from parley.events e
       left join parley.log_entries l on (l.stream, l.version) = (e.stream, e.version)
       where e.stream = $1 and e.version > $2 order by e.version limit ${PAGE}`,
    [stream, version],
  );

/** The entry whose leaf in the log is not its own; null if there is none. */
async function wrongLeaf(at: EntityManager, page: EntryRow[]): Promise<string | null> {
  const logged = page
    .filter(({ position }) => position !== null)
    .map((row) => ({ ...row, at: Number(row.position) }));
  const wanted = [...new Set(logged.map((row) => Math.floor(row.at / TILE_WIDTH)))];
  const rows = await at.query<{ index: string; hashes: Buffer }[]>(
    'select index, hashes from parley.log_tiles where level = 0 and index = any ($1)',
    [wanted],
  );
  const tiles = new Map(rows.map(({ index, hashes }) => [Number(index), hashes]));
  const wrong = logged.find((row) => {
    const from = (row.at % TILE_WIDTH) * HASH_BYTES;
    const leaf = tiles.get(Math.floor(row.at / TILE_WIDTH))?.subarray(from, from + HASH_BYTES);
    return leaf === undefined || !sameBytes(leaf, leafHash(row.text));
  });
  return wrong ? `entry ${wrong.version} is not leaf ${wrong.at} of the log: one of them was changed` : null;
}

/** The read model that is not what the entries add up to; null if there is none. */
async function wrongRow(at: EntityManager, stream: string, state: State): Promise<string | null> {
  const expected = rowsOf(state);
  for (const table of VIEW_TABLES) {
    const rows = await at.query<{ row: ViewRow }[]>(
      `select to_jsonb(t) as row from parley.${table} t where stream = $1`,
      [stream],
    );
    const there = new Map(rows.map(({ row }) => [row.id, canonicalText(row)]));
    for (const row of expected[table] ?? []) {
      if (there.get(row.id) !== canonicalText(row)) return `${table} differs from the entries at ${row.id}`;
      there.delete(row.id);
    }
    const [stray] = there.keys();
    if (stray !== undefined) return `${table} has ${stray}, of which no entry speaks`;
  }
  return null;
}
