// Receipts: an entry with its position, the path to a signed head, and the keys to check it with.
import type { DataSource } from 'typeorm';
import { receiptOf } from '#libs/contracts/receipt';
import type { LogReceipt } from '#libs/contracts/receipt';
import { inclusionRanges, toBase64 } from '#libs/log';
import type { TiledTree } from '#libs/log';
import { HEAD_COLUMNS, readLog, signedHead } from './reading';
import type { HeadRow, SignedHead } from './reading';

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
  const path = await treeUnder(dataSource, head).hashesOf(inclusionRanges(index, head.size));
  return receiptOf({ entry, index, path: path.map(toBase64) }, { checkpoint: head.note, keys, handovers });
}

/** The tree of the head that was asked about last: entries are taken into the log together, and so are their receipts asked for. */
const latest = new WeakMap<DataSource, { note: string; tree: TiledTree }>();

function treeUnder(dataSource: DataSource, { note, size }: SignedHead): TiledTree {
  const known = latest.get(dataSource);
  if (known?.note === note) return known.tree;
  const tree = readLog(dataSource).tree(size);
  latest.set(dataSource, { note, tree });
  return tree;
}
