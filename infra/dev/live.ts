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
  // Versions are gapless within a stream, so the last one seen of each that moved is all there is to remember.
  const seen = new Map<string, number>();
  let since: Date | null = null;
  let isFirst = true;
  while (!signal.aborted) {
    try {
      for (const entry of await entriesSince(auditorUrl, since)) {
        since = entry.at;
        if (entry.version <= (seen.get(entry.stream) ?? 0)) continue;
        seen.set(entry.stream, entry.version);
        if (!isFirst) print(lineFor(entry));
      }
      isFirst = false;
    } catch {
      // The supervisor says what is down; there is nothing to add.
    }
    await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The latest entries, some of them seen before; where nothing was seen yet, those of the ledger's last moments. */
export async function entriesSince(url: string, since: Date | null): Promise<Entry[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Entry>(LATEST, [since])).rows;
  } finally {
    await client.end();
  }
}

/** What was entered earlier may be committed later, but not by a minute. Only streams that moved are looked at. */
const LATEST = `
  with lately as (select coalesce($1::timestamptz, max(last_at), '-infinity') - interval '1 minute' as since from parley.streams)
  select events.stream, events.version, events.type, events.at
  from lately join parley.streams on streams.last_at >= lately.since
  join parley.events on events.stream = streams.id and events.at >= lately.since
  order by events.at, events.stream, events.version`;

/** Such as `12:03:04  project prj_abc  #12  decision recorded`. */
export function lineFor({ stream, version, type, at }: Entry): string {
  const kind = stream.startsWith('pgm_') ? 'programme' : 'project';
  const words = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return `  ${at.toISOString().slice(11, 19)}  ${`${kind} ${stream}`.padEnd(30)} ${`#${version}`.padStart(5)}  ${words}`;
}
