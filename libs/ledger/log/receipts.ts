// Receipts: an entry with its position, the path to a signed head, and the keys to check it with.
import type { DataSource } from 'typeorm';
import type { LogReceipt } from '#libs/contracts/receipt';
import { toBase64 } from '#libs/log';
import { readLog } from './reading';

/** The receipt of one entry; null while it waits for a signed head. */
export async function logReceipt(
  dataSource: DataSource,
  stream: string,
  version: number,
): Promise<LogReceipt | null> {
  const log = readLog(dataSource);
  const index = await log.positionOf(stream, version);
  const head = index === null ? null : await log.headWith(index);
  if (index === null || head === null) return null;
  const sql = 'select text from parley.events where stream = $1 and version = $2';
  const [row] = await dataSource.query<{ text: string }[]>(sql, [stream, version]);
  const path = await log.inclusion(index, head.size);
  return {
    ...{ format: 1, kind: 'parley-receipt', entry: row?.text ?? '', index },
    ...{ path: path.map(toBase64), checkpoint: head.note },
    ...{ keys: await log.keys(), handovers: await log.handovers() },
  };
}
