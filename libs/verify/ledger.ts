// The `ledger/` folder of a bundle: every entry in its place, under the signed head, and what it adds up to.
import { z } from 'zod';
import { digestsIn } from '#libs/domain';
import { fromBase64, isConsistent, leafHash, sha256Hex } from '#libs/log';
import type { TreeHead } from '#libs/log';
import type { Archive } from './archive';
import { Inclusions } from './inclusion';
import { checkEvent, nothingChecked } from './invariants';
import type { Checked } from './invariants';
import { canonicalValue, linesOf } from './lines';
import { Streams } from './streams';
import type { EntryOf } from './streams';
import { Failed } from './verdict';

const hash64 = z.string().regex(/^[0-9a-f]{64}$/);
const path = z.array(z.string()).max(64);
const Proof = z.strictObject({ index: z.int().nonnegative(), size: z.int().positive(), path });
const WithheldLine = z.strictObject({
  ...{ stream: z.string(), version: z.int().positive(), hash: hash64, leaf: z.string() },
  ...Proof.shape,
});
const Consistency = z.strictObject({ size: z.int().positive(), root: z.string(), path });
const OpeningLine = z.strictObject({ commitment: hash64, salt: z.string(), text: z.string() });

type ProofLine = z.infer<typeof Proof>;
interface Numbered<T> {
  value: T;
  where: string;
}

export interface Ledger {
  streams: Streams;
  checked: Checked;
  /** Every digest that occurs in a shown entry: commitments and content ids. */
  digests: Set<string>;
  /** Words that were erased, and the entries that say so. */
  erased: { words: Set<string>; by: string[] };
}

/** Reads entries, proofs and withheld entries side by side, in the order of the log. */
export async function readLedger(archive: Archive, head: TreeHead): Promise<Ledger> {
  const inclusions = new Inclusions(head);
  const ledger: Ledger = {
    streams: new Streams(),
    checked: nothingChecked(),
    digests: new Set(),
    erased: { words: new Set(), by: [] },
  };
  const entries = linesOf('ledger/entries.jsonl', archive.bytes('ledger/entries.jsonl'));
  const proofs = values(archive, 'ledger/proofs.jsonl', Proof, usualProof);
  const withheld = values(archive, 'ledger/withheld.jsonl', WithheldLine);
  let [line, proof, hidden] = [await entries.next(), await proofs.next(), await withheld.next()];
  let [number, before] = [0, -1];
  const inOrder = ({ index, size }: ProofLine, where: string): void => {
    if (size !== head.size)
      throw new Failed(
        `${where} proves a place in a log of ${size} entries; the signed head has ${head.size}.`,
      );
    if (index <= before)
      throw new Failed(`${where} stands at ${index}, after ${before}: entries are doubled or out of order.`);
    before = index;
  };
  while (line.done !== true || hidden.done !== true) {
    if (line.done !== true && proof.done === true)
      throw new Failed('ledger/proofs.jsonl has fewer lines than there are entries.');
    const isShown = line.done !== true && (hidden.done === true || indexOf(proof) < hidden.value.value.index);
    if (isShown) {
      number += 1;
      const { value, where } = proof.value as Numbered<ProofLine>;
      inOrder(value, where);
      shownEntry(ledger, inclusions, line.value as string, value, `Entry ${number}`);
      [line, proof] = [await entries.next(), await proofs.next()];
    } else {
      const { value, where } = hidden.value as Numbered<z.infer<typeof WithheldLine>>;
      inOrder(value, where);
      const leaf = fromBase64(value.leaf);
      if (leaf === null || !inclusions.isProved(leaf, value.index, value.path))
        throw notIncluded(where, value.index);
      ledger.streams.skip(value, where);
      hidden = await withheld.next();
    }
  }
  if (proof.done !== true)
    throw new Failed('ledger/proofs.jsonl has more lines than there are entries: an entry is missing.');
  return ledger;
}

const indexOf = (proof: IteratorResult<Numbered<ProofLine>>): number =>
  proof.done === true ? Infinity : proof.value.value.index;

function shownEntry(
  { streams, checked, digests, erased }: Ledger,
  inclusions: Inclusions,
  text: string,
  proof: ProofLine,
  where: string,
): void {
  const { entry, event } = streams.read(text, where);
  const named = `${where} (${entry.stream}, version ${entry.version}, ${entry.type})`;
  if (!inclusions.isProved(leafHash(text), proof.index, proof.path)) throw notIncluded(named, proof.index);
  digestsIn(entry.data, digests);
  checkEvent(streams, entry.stream === streams.projectId, event, named, checked);
  streams.fold(entry, event);
  if (event.type === 'PersonErased') noteErasure(erased, event);
}

function noteErasure({ words, by }: Ledger['erased'], { data, at, actor }: EntryOf<'PersonErased'>): void {
  for (const word of data.words) words.add(word);
  by.push(
    `${data.words.length} texts that named ${data.person} or were said by them were erased at ${at}, as ${Object.values(actor).join()} decided.`,
  );
}

const notIncluded = (where: string, index: number): Failed =>
  new Failed(`${where} is not entry ${index} of the log under the signed head: it or its proof was changed.`);

const HASH = '"[A-Za-z0-9+/]{43}="';
const USUAL = new RegExp(
  `^\\{"index":(0|[1-9]\\d{0,14}),"path":\\[(${HASH}(?:,${HASH})*)\\],"size":([1-9]\\d{0,14})\\}$`,
);

/** A proof as nearly every line writes it. Null for any other line: it goes the long way, and is told what is wrong with it. */
function usualProof(line: string): ProofLine | null {
  const [, index, hashes, size] = USUAL.exec(line) ?? [];
  return hashes === undefined
    ? null
    : { index: Number(index), size: Number(size), path: hashes.slice(1, -1).split('","') };
}

async function* values<T>(
  archive: Archive,
  name: string,
  schema: z.ZodType<T>,
  usual: (line: string) => T | null = () => null,
): AsyncGenerator<Numbered<T>> {
  let number = 0;
  for await (const line of linesOf(name, archive.bytes(name))) {
    number += 1;
    const where = `${name}, line ${number}`;
    const seen = usual(line);
    if (seen !== null) {
      yield { value: seen, where };
      continue;
    }
    const parsed = schema.safeParse(canonicalValue(line, where));
    if (!parsed.success) throw new Failed(`${where} is not of the form it has in an export.`);
    yield { value: parsed.data, where };
  }
}

/** Proofs that the head extends earlier ones, by their sizes; each is checked against the root it names. */
export async function consistencyProofs(
  archive: Archive,
  head: TreeHead,
): Promise<Map<number, Uint8Array[]>> {
  const proofs = new Map<number, Uint8Array[]>();
  for await (const { value, where } of values(archive, 'ledger/consistency.jsonl', Consistency)) {
    const [root, ...hashes] = [value.root, ...value.path].map(fromBase64);
    const proof = hashes.filter((hash) => hash !== null);
    const isWhole = proof.length === hashes.length && !proofs.has(value.size);
    if (!root || !isWhole || !isConsistent({ size: value.size, root }, head, proof))
      throw new Failed(`${where} does not prove that the log extends its first ${value.size} entries.`);
    proofs.set(value.size, proof);
  }
  return proofs;
}

/** The notes in handovers.jsonl. */
export async function handoverNotes(archive: Archive): Promise<string[]> {
  const notes: string[] = [];
  for await (const { value } of values(archive, 'ledger/handovers.jsonl', z.string())) notes.push(value);
  return notes;
}

/** Opened words against the commitments in the entries. Returns how many there are. */
export async function checkOpenings(archive: Archive, { digests, erased }: Ledger): Promise<number> {
  let count = 0;
  for await (const { value, where } of values(archive, 'ledger/openings.jsonl', OpeningLine)) {
    const { commitment, salt, text } = value;
    if (sha256Hex(`${salt}\u0000${text}`) !== commitment)
      throw new Failed(`${where}: these words are not those that were committed to.`);
    if (!digests.has(commitment)) throw new Failed(`${where}: no entry shown commits to these words.`);
    if (erased.words.has(commitment))
      throw new Failed(`${where}: these words were erased, and stand here all the same.`);
    count += 1;
  }
  return count;
}
