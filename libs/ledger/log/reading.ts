// Reading the log: tiles, signed heads and proofs, as anyone may have them.
import type { DataSource } from 'typeorm';
import { consistencyRanges, parseCheckpoint, parseNote, TiledTree, tileWidth } from '#libs/log';
import type { Tile, TreeHead } from '#libs/log';

/** A signed head: what it says, and its note with the cosignatures that came in. */
export interface SignedHead extends TreeHead {
  note: string;
  at: string;
}

export interface LogReading {
  /** The newest signed head, or the newest up to `size` leaves; null before the first. */
  head(size?: number): Promise<SignedHead | null>;
  /** The oldest signed head that holds leaf `position`; null while there is none. */
  headWith(position: number): Promise<SignedHead | null>;
  /** A tile of the newest signed tree, exactly as wide as asked; null if that tree has none so wide. */
  tile(tile: Tile): Promise<Uint8Array | null>;
  /** Which leaf an entry is; null while it waits. */
  positionOf(stream: string, version: number): Promise<number | null>;
  /** The tree of `size` leaves, to prove with. */
  tree(size: number): TiledTree;
  consistency(older: number, size: number): Promise<Uint8Array[]>;
  /** Sizes of all signed heads up to `size`, ascending. */
  sizes(size: number): Promise<number[]>;
  /** The verifier keys, oldest first. */
  keys(): Promise<string[]>;
  handovers(): Promise<string[]>;
  /** What was found wrong and closes gates: anywhere, or those of one stream, by itself, its programme or '*' (everywhere). */
  closures(stream?: string): Promise<Closure[]>;
}

export interface Closure {
  scope: string;
  kind: 'LOG' | 'VIEWS' | 'GATE' | 'WITNESS';
  /** Names rows and positions, people by their ids among them: for the operator's eyes. */
  reason: string;
  /** Since when. */
  at: string;
}

/** A head as stored, with the lines of who cosigned it. */
export interface HeadRow {
  note: string;
  at: string;
  lines: string[];
}

/** The columns of a `HeadRow`, where `c` is a row of `log_checkpoints`. */
export const HEAD_COLUMNS = `c.note, parley.instant(c.at) as at,
    array(select s.line from parley.log_cosignatures s where s.size = c.size order by s.witness) as lines`;

const HEAD = `select ${HEAD_COLUMNS} from parley.log_checkpoints c`;

export function readLog(dataSource: DataSource): LogReading {
  const headBy = async (sql: string, parameters: unknown[]): Promise<SignedHead | null> => {
    const [row] = await dataSource.query<HeadRow[]>(`${HEAD} ${sql} limit 1`, parameters);
    return row === undefined ? null : signedHead(row);
  };
  const head = (size = Number.MAX_SAFE_INTEGER) => headBy('where c.size <= $1 order by c.size desc', [size]);
  const load = async ({ level, index }: Pick<Tile, 'level' | 'index'>): Promise<Uint8Array> => {
    const sql = 'select hashes from parley.log_tiles where level = $1 and index = $2';
    const [row] = await dataSource.query<{ hashes: Buffer }[]>(sql, [level, index]);
    return row?.hashes ?? new Uint8Array(0);
  };
  const tree = (size: number) => new TiledTree(size, load);

  return {
    head,
    headWith: (position) => headBy('where c.size > $1 order by c.size', [position]),
    tree,

    async tile(tile) {
      const newest = await head();
      if (newest === null || tileWidth(tile.level, tile.index, newest.size) < tile.width) return null;
      return (await load(tile)).subarray(0, tile.width * 32);
    },

    async positionOf(stream, version) {
      const sql = 'select position from parley.log_entries where stream = $1 and version = $2';
      const [row] = await dataSource.query<{ position: string }[]>(sql, [stream, version]);
      return row === undefined ? null : Number(row.position);
    },

    consistency: (older, size) => tree(size).hashesOf(consistencyRanges(older, size)),

    async sizes(size) {
      const sql = 'select size from parley.log_checkpoints where size <= $1 order by size';
      const rows = await dataSource.query<{ size: string }[]>(sql, [size]);
      return rows.map((row) => Number(row.size));
    },

    async keys() {
      const rows = await dataSource.query<{ key: string }[]>('select key from parley.log_keys order by id');
      return rows.map(({ key }) => key);
    },

    async handovers() {
      const rows = await dataSource.query<{ note: string }[]>(
        'select note from parley.log_handovers order by id',
      );
      return rows.map(({ note }) => note);
    },

    closures: (stream) =>
      dataSource.query(
        `select scope, kind, reason, parley.instant(at) as at from parley.log_closures
           where $1::text is null or scope in ('*', $1, (select s.programme from parley.streams s where s.id = $1))
           order by scope, kind`,
        [stream ?? null],
      ),
  };
}

export function signedHead({ note, at, lines }: HeadRow): SignedHead {
  const head = parseCheckpoint(parseNote(note)?.text ?? '');
  if (head === null) throw new Error('A stored tree head is no checkpoint.');
  return { ...head, note: note + lines.join(''), at };
}
