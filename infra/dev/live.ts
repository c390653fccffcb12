// Shows what happens while Parley runs: one line for each new ledger entry.
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Print } from './steps';

export interface Entry {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly at: Date;
}

const POLL_MS = 1_000;

/**
 * Prints each entry that is appended from now on, until `signal` aborts.
 * A database that is down for a moment is caught up with later.
 */
export async function showLive(auditorUrl: string, print: Print, signal: AbortSignal): Promise<void> {
  // Versions are gapless within a stream, so the last one seen of each is all there is to remember.
  let seen: Map<string, number> | undefined;
  while (!signal.aborted) {
    try {
      const entries = await entriesAfter(auditorUrl, seen);
      if (seen) for (const entry of entries) print(lineFor(entry));
      seen = lastVersions(seen, entries);
    } catch {
      // The supervisor says what is down; there is nothing to add.
    }
    await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function lastVersions(seen: Map<string, number> | undefined, entries: readonly Entry[]): Map<string, number> {
  const last = new Map(seen);
  for (const { stream, version } of entries) last.set(stream, Math.max(version, last.get(stream) ?? 0));
  return last;
}

/** The entries after the versions seen; when nothing was seen yet, just the last one of each stream. */
async function entriesAfter(url: string, seen: Map<string, number> | undefined): Promise<Entry[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = seen
      ? await client.query<Entry>(NEW, [[...seen.keys()], [...seen.values()]])
      : await client.query<Entry>(LAST);
    return rows;
  } finally {
    await client.end();
  }
}

const LAST =
  'select distinct on (stream) stream, version, type, at from parley.events order by stream, version desc';
const NEW = `
  select events.stream, events.version, events.type, events.at
  from parley.streams
  left join unnest($1::text[], $2::int[]) as seen (stream, version) on seen.stream = streams.id
  join parley.events on events.stream = streams.id and events.version > coalesce(seen.version, 0)
  order by events.at, events.stream, events.version`;

/** Such as `12:03:04  project prj_abc  #12  decision recorded`. */
export function lineFor({ stream, version, type, at }: Entry): string {
  const kind = stream.startsWith('pgm_') ? 'programme' : 'project';
  const words = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return `  ${at.toISOString().slice(11, 19)}  ${`${kind} ${stream}`.padEnd(30)} ${`#${version}`.padStart(5)}  ${words}`;
}
