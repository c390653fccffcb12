// The `ledger/` folder of an export: entries, proofs, receipts, what is withheld by hash, openings, keys, the signed head.
import type { DataSource } from 'typeorm';
import { receiptOf, SIGN_OFF } from '#libs/contracts/receipt';
import type { UnderHead } from '#libs/contracts/receipt';
import type { EntryRead } from '#libs/domain';
import { digestsIn } from '#libs/domain';
import type { LogReading, SignedHead } from '#libs/ledger';
import { bytesOf, canonicalText, consistencyRanges, inclusionRanges, leafHash, toBase64 } from '#libs/log';
import type { TiledTree } from '#libs/log';
import { entriesAt, entriesOf, loggedEntriesOf, openingsOf } from './reading';
import type { LoggedRow, UpTo } from './reading';
import { inPieces, whole } from './zip';
import type { ExportFile } from './zip';

/** Which entries are shown, and which words and contents are opened. */
export interface Discretion {
  shows: (entry: EntryRead) => boolean;
  opens: (digest: string) => boolean;
}

/** `openings.jsonl`: one line per text behind a shown entry, in the order of the entries. */
export async function* openingLines(source: DataSource, upTo: UpTo, { shows, opens }: Discretion) {
  for await (const page of entriesOf(source, upTo)) {
    const digests = new Set<string>();
    for (const { text } of page) {
      const entry = JSON.parse(text) as EntryRead;
      if (shows(entry)) digestsIn(entry.data, digests);
    }
    const openings = await openingsOf(source, [...digests].filter(opens));
    for (const opening of openings) yield `${canonicalText(opening)}\n`;
  }
}

export interface Signed {
  head: SignedHead;
  log: LogReading;
}

/** The files that prove themselves, by the signed head: they are not in the manifest, whose digest is in one of them. */
export async function* ledgerFiles(
  source: DataSource,
  upTo: UpTo,
  { shows }: Discretion,
  { head, log }: Signed,
): AsyncGenerator<ExportFile> {
  const tree = log.tree(head.size);
  const [keys, handovers] = [await log.keys(), await log.handovers()];
  const isShown = ({ text }: LoggedRow) => shows(JSON.parse(text) as EntryRead);
  const rows = () => loggedEntriesOf(source, upTo);
  const text = (path: string, content: string): ExportFile => ({ path, body: whole(bytesOf(content)) });

  yield text('ledger/checkpoint', head.note);
  yield text('ledger/key.pub', keys.map((key) => `${key}\n`).join(''));
  yield text('ledger/handovers.jsonl', handovers.map((note) => `${JSON.stringify(note)}\n`).join(''));
  yield {
    path: 'ledger/consistency.jsonl',
    isDense: true,
    body: inPieces(consistencyLines(head, log, tree)),
  };
  // What is shown is decided once; the proofs then follow from the places alone.
  const shown: number[] = [];
  const signOffs: number[] = [];
  let withheld = 0;
  const entryLine = (row: LoggedRow): string | null => {
    if (!isShown(row)) {
      withheld += 1;
      return null;
    }
    shown.push(row.position);
    if (row.type === SIGN_OFF) signOffs.push(row.position);
    return `${row.text}\n`;
  };
  yield { path: 'ledger/entries.jsonl', body: inPieces(linesOf(rows(), entryLine)) };
  yield { path: 'ledger/proofs.jsonl', isDense: true, body: inPieces(proofLines(shown, tree)) };
  const under = { checkpoint: head.note, keys, handovers };
  yield {
    path: 'ledger/receipts.jsonl',
    isDense: true,
    body: inPieces(receiptLines(source, signOffs, tree, under)),
  };
  const withheldLines = () => linesOf(rows(), async (row) => (isShown(row) ? null : withheldLine(row, tree)));
  yield {
    path: 'ledger/withheld.jsonl',
    body: withheld === 0 ? whole(new Uint8Array()) : inPieces(withheldLines()),
  };
}

async function* linesOf(
  pages: AsyncIterable<LoggedRow[]>,
  line: (row: LoggedRow) => string | null | Promise<string | null>,
): AsyncGenerator<string> {
  for await (const page of pages)
    for (const row of page) {
      const made = await line(row);
      if (made !== null) yield made;
    }
}

/** For each earlier signed head: its root, and the proof that this one extends it. */
async function* consistencyLines(
  { size }: SignedHead,
  log: LogReading,
  tree: TiledTree,
): AsyncGenerator<string> {
  for (const older of await log.sizes(size - 1)) {
    const path = await tree.hashesOf(consistencyRanges(older, size));
    const root = toBase64(await tree.hashOf({ start: 0, end: older }));
    yield `${canonicalText({ size: older, root, path: path.map(toBase64) })}\n`;
  }
}

/** `{"index","path","size"}` each: the proof of the line of the same number in entries.jsonl. */
async function* proofLines(places: readonly number[], tree: TiledTree): AsyncGenerator<string> {
  for (const index of places)
    yield `${canonicalText({ index, size: tree.size, path: await pathOf(index, tree) })}\n`;
}

/** A receipt each, as the mail about it has one, but under the head of the export: of every sign-off that is shown. */
async function* receiptLines(
  source: DataSource,
  places: readonly number[],
  tree: TiledTree,
  under: UnderHead,
): AsyncGenerator<string> {
  for await (const page of entriesAt(source, places))
    for (const { position: index, text: entry } of page)
      yield `${canonicalText(receiptOf({ entry, index, path: await pathOf(index, tree) }, under))}\n`;
}

/** An entry that this profile does not show: its place in stream and log, and the two hashes that bind it there. */
async function withheldLine(
  { position, stream, version, hash, text }: LoggedRow,
  tree: TiledTree,
): Promise<string> {
  const leaf = toBase64(leafHash(text));
  const proof = { index: position, size: tree.size, path: await pathOf(position, tree) };
  return `${canonicalText({ stream, version, hash, leaf, ...proof })}\n`;
}

async function pathOf(index: number, tree: TiledTree): Promise<string[]> {
  return (await tree.hashesOf(inclusionRanges(index, tree.size))).map(toBase64);
}
