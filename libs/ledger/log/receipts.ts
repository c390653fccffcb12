// Receipts: an entry with its position, the path to a signed head, and the keys to check it with.
import type { DataSource } from 'typeorm';
import type { LogReceipt } from '#libs/contracts/receipt';
import { toBase64 } from '#libs/log';
import { HEAD_COLUMNS, readLog, signedHead } from './reading';
import type { HeadRow } from './reading';

interface Row extends HeadRow {
  position: string;
  text: string;
  keys: string[];
  handovers: string[];
}

/** The oldest signed head that holds the entry, and all that goes with it, at once: every sign-off's mail asks for it. */
const RECEIPT = `select l.position, e.text, head.*,
    array(select key from parley.log_keys order by id) as keys,
    array(select h.note from parley.log_handovers h order by h.id) as handovers
  from parley.log_entries l
  join parley.events e on e.stream = l.stream and e.version = l.version
  cross join lateral (select ${HEAD_COLUMNS} from parley.log_checkpoints c
    where c.size > l.position order by c.size limit 1) head
  where l.stream = $1 and l.version = $2`;

/** The receipt of one entry; null while it waits for a signed head. */
export async function logReceipt(
  dataSource: DataSource,
  stream: string,
  version: number,
): Promise<LogReceipt | null> {
  const [row] = await dataSource.query<Row[]>(RECEIPT, [stream, version]);
  if (row === undefined) return null;
  const { text: entry, keys, handovers } = row;
  const index = Number(row.position);
  const head = signedHead(row);
  const path = await readLog(dataSource).inclusion(index, head.size);
  return {
    ...{ format: 1, kind: 'parley-receipt', entry, index },
    ...{ path: path.map(toBase64), checkpoint: head.note, keys, handovers },
  };
}
