// Exports as their readers get them: fetched, with the courier's sequencer beside it, opened and verified.
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import { verifyBundle } from '#libs/verify/testing';
import type { Verdict } from '#libs/verify';
import type { Installation } from './installation';

export interface Exported {
  blob: Blob;
  files: Map<string, string>;
  verdict: Verdict<string>;
}

export interface Wanted {
  project: string;
  profile: string;
  token: string;
  /** The log's, as whoever verifies knows it. */
  key: string;
}

export async function exportedFrom(installation: Installation, wanted: Wanted): Promise<Exported> {
  const { project, profile, token, key } = wanted;
  const url = `${installation.url}/projects/${project}/export?profile=${profile}`;
  const before = await exportsOf(installation);
  let isAnswered = false;
  const asked = fetch(url, { headers: { authorization: `Bearer ${token}` } }).finally(() => {
    isAnswered = true;
  });
  // The log takes in the entry that records the export, as soon as it is there.
  while (!isAnswered && (await exportsOf(installation)) === before)
    await new Promise((resolve) => setImmediate(resolve));
  await installation.sequence();
  const response = await asked;
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const blob = await response.blob();
  const files = new Map<string, string>();
  for (const entry of await new ZipReader(new BlobReader(blob)).getEntries())
    if (!entry.directory) files.set(entry.filename, await entry.getData(new TextWriter()));
  return { blob, files, verdict: await verifyBundle(blob, { keys: [key] }) };
}

async function exportsOf(installation: Installation): Promise<number> {
  const [row] = await installation.db.query<{ n: number }>(
    `select count(*)::int as n from parley.events where type = 'ProjectExported'`,
  );
  return row?.n ?? 0;
}

export const lines = ({ files }: Exported, name: string): string[] =>
  (files.get(name) ?? '').split('\n').slice(0, -1);

export const entriesIn = (bundle: Exported) =>
  lines(bundle, 'ledger/entries.jsonl').map(
    (line) => JSON.parse(line) as { type: string; stream: string; data: Record<string, unknown> },
  );

/** Every file in one text. */
export const whole = ({ files }: Exported): string => [...files.values()].join('\n');
