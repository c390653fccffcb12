// What a demonstration has left behind, read from the outside: ledger entries, mails, workflow histories, jobs, logs.
import { Client, Connection } from '@temporalio/client';
import type { Api } from '../demo/api';
import type { Mail } from '../demo/inbox';
import type { AnyTour } from '../demo/tour';
import type { Product } from './product';

export interface Entry {
  readonly version: number;
  readonly type: string;
  readonly hash: string;
  readonly text: string;
}

/** All entries of the tour's project, oldest first. */
export function projectEntries(tour: AnyTour): Promise<Entry[]> {
  return all<Entry>(tour.as('lead'), tour.at('/ledger'));
}

/** All entries of the tour's programme. */
export function programmeEntries(tour: AnyTour): Promise<Entry[]> {
  return all<Entry>(tour.as('lead'), `/programmes/${tour.programme}/ledger`);
}

async function all<T>(api: Api, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const page: { items: T[]; next: string | null } = await api.get(`${path}?limit=100${cursor}`);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

/** How often each type of entry stands in the ledger. */
export function countTypes(entries: readonly Entry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of entries) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** By addressee and subject (which holds the content code): how many mails asked for a decision. */
export async function requestsMailed(tour: AnyTour): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { Subject, To } of await tour.inbox.list()) {
    if (!Subject.startsWith('Your decision is asked')) continue;
    const key = `${To[0]?.Address} ${Subject}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** What lets whoever reads a mail act as its addressee: the tokens of its links, and one-time codes. */
export async function secretsMailed({ inbox }: AnyTour): Promise<{ tokens: string[]; codes: string[] }> {
  const mails = await Promise.all((await inbox.list()).map(({ ID }) => inbox.read(ID)));
  const all = (pattern: RegExp, text: (mail: Mail) => string) => [
    ...new Set(mails.flatMap((mail) => [...text(mail).matchAll(pattern)].map((match) => match[1] ?? ''))),
  ];
  return {
    // 32 bytes in base64url: a segment of the link's path.
    tokens: all(/https?:\/\/[^\s"'<>]*?\/([\w-]{43})(?![\w-])/g, ({ Text, HTML }) => `${Text}\n${HTML}`),
    codes: all(/^\s*(\d{8})\s*$/gm, ({ Text }) => Text),
  };
}

/** Every history in Temporal as text, payloads decoded; by workflow id. */
export async function histories({ settings }: Product): Promise<Map<string, string>> {
  const connection = await Connection.connect({ address: settings.TEMPORAL_ADDRESS ?? '' });
  try {
    const client = new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE ?? 'default' });
    const found = new Map<string, string>();
    for await (const { workflowId, runId } of client.workflow.list()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      found.set(`${workflowId} ${runId}`, `${workflowId} ${JSON.stringify(history, decoded)}`);
    }
    return found;
  } finally {
    await connection.close();
  }
}

/** Payloads are bytes; what they say is what counts. */
function decoded(_key: string, value: unknown): unknown {
  const bytes = bytesOf(value);
  return bytes === undefined ? value : Buffer.from(bytes).toString('utf8');
}

function bytesOf(value: unknown): Uint8Array | number[] | undefined {
  if (value instanceof Uint8Array) return value;
  const asJson = value as { type?: unknown; data?: unknown } | null;
  return asJson?.type === 'Buffer' && Array.isArray(asJson.data) ? (asJson.data as number[]) : undefined;
}

/** Every row of BullMQ's own tables, as text; by table. */
export async function jobs(product: Product): Promise<Map<string, string>> {
  const tables = await product.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'parley_jobs'",
    [],
    'COURIER',
  );
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await product.query<{ row: string }>(
      `select row_to_json(t)::text as row from parley_jobs."${name}" t`,
      [],
      'COURIER',
    );
    found.set(name, rows.map(({ row }) => row).join('\n'));
  }
  return found;
}
