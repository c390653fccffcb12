// An export of a long ledger, whose rows are made as they are asked for: what it holds does not grow with what it writes.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DataSource } from 'typeorm';
import { Languages } from '#libs/language';
import { atDataRequest } from '../testing/story';
import { prepareExport, writeExport } from './bundle';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const live = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

/** All entries together are 16 MB (as held, 20 or more), and their proofs twice as much. */
const ENTRIES = 40_000;
/** Tiles of the tree (8 MB here, 13 at most: `libs/log/tiles.ts`), two pages of rows, and a place of eight bytes for each entry. */
const MOST = 14 << 20;

const EVERY = 6 << 20;

/** A ledger of any length: one programme's entries, nothing behind them, and a tree of equal hashes. */
function ledgerOf(programme: string): Pick<DataSource, 'query'> {
  const text = (version: number) =>
    `{"actor":{"person":"per_lead"},"at":"2026-01-05T09:00:00.000Z","data":{"deputy":"per_researcher","person":"per_lead"},"format":1,` +
    `"prev":"${'a'.repeat(64)}","stream":"${programme}","type":"DeputyNamed","typeVersion":1,"version":${version}}`;
  const row = (version: number) => ({
    ...{
      stream: programme,
      version,
      hash: 'b'.repeat(64),
      text: text(version),
      position: String(version - 1),
    },
  });
  const rows = (after: number, upTo: number) =>
    Array.from({ length: Math.max(0, upTo - after) }, (_, i) => row(after + i + 1));
  const answer = (sql: string, [first, second, third]: unknown[]): unknown[] => {
    if (sql.includes('log_tiles')) return [{ hashes: Buffer.alloc(256 * 32, 7) }];
    if (sql.includes('l.position, e.stream')) {
      const after = Number(first) + 1;
      return rows(after, Math.min(after + 2_000, ENTRIES));
    }
    return sql.includes('from parley.events') && first === programme
      ? rows(Number(second), Number(third))
      : [];
  };
  return {
    query: <T>(sql: string, parameters: unknown[] = []) => Promise.resolve(answer(sql, parameters) as T),
  };
}

it('what is live in between is no more than tiles, pages and places take', async () => {
  const { programme, project, now } = atDataRequest();
  const world = { programme: { ...programme, version: ENTRIES }, project };
  const source = ledgerOf(programme.id) as DataSource;
  const texts = () => Promise.resolve(new Map<string, string>());
  const told = { now, profile: 'partners' as const, outputs: [], language: new Languages().first };
  const exporting = { source, world, texts, ...told };
  const prepared = await prepareExport(exporting);
  const before = live();
  let [bytes, looked, most] = [0, 0, 0];
  const into = new WritableStream<Uint8Array>({
    write(piece) {
      bytes += piece.length;
      if (bytes < (looked + 1) * EVERY) return;
      looked += 1;
      most = Math.max(most, live() - before);
    },
  });
  const head = { size: ENTRIES, origin: 'log.example', root: new Uint8Array(32), note: 'a note\n', at: now };
  await writeExport(into, exporting, prepared, { version: project.version, head });
  expect(bytes).toBeGreaterThan(2 * MOST);
  expect(looked).toBeGreaterThan(3);
  expect(most).toBeLessThan(MOST);
}, 60_000);
