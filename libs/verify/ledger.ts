// The `ledger/` folder of a bundle: every entry in its place, under the signed head, and what it adds up to.
import { z } from 'zod';
import { receiptOf, SIGN_OFF } from '#libs/contracts/receipt';
import type { UnderHead } from '#libs/contracts/receipt';
import { digestsIn } from '#libs/domain';
import { canonicalText, fromBase64, isConsistent, leafHashBase64, sha256Hex } from '#libs/log';
import type { TreeHead } from '#libs/log';
import type { Archive } from './archive';
import { checkEvent, nothingChecked } from './invariants';
import type { Checked } from './invariants';
import { Lines } from './lines';
import type { Proof } from './paths';
import { PLACE, placeIn, Places, proofIn, proofOf, saidProof } from './places';
import { Streams } from './streams';
import type { EntryOf } from './streams';
import { told } from './told';
import type { Told } from './told';
import { failing } from './verdict';
import type { Failed } from './verdict';

const hash64 = z.string().regex(/^[0-9a-f]{64}$/);
const WithheldLine = z.strictObject({
  ...{ stream: z.string(), version: z.int().positive(), hash: hash64, leaf: z.string() },
  ...PLACE,
});
const Consistency = z.strictObject({ size: PLACE.size, root: z.string(), path: PLACE.path });
const OpeningLine = z.strictObject({ commitment: hash64, salt: z.string(), text: z.string() });

export interface Ledger {
  streams: Streams;
  checked: Checked;
  /** Every digest that occurs in a shown entry: commitments and content ids. */
  digests: Set<string>;
  /** Words that were erased, and the entries that say so. */
  erased: { words: Set<string>; by: Told[] };
  /** Of the places looked out for, those at which an entry of it stands. */
  met: ReadonlySet<number>;
}

/** Reads entries, proofs, receipts and withheld entries side by side, in the order of the log. `watched`: places to be looked out for. */
export async function readLedger(
  archive: Archive,
  head: TreeHead,
  under: UnderHead,
  watched = new Set<number>(),
): Promise<Ledger> {
  const ledger: Ledger = {
    streams: new Streams(),
    checked: nothingChecked(),
    digests: new Set(),
    erased: { words: new Set(), by: [] },
    met: new Set(),
  };
  const places = new Places(head, watched);
  const [entries, proofs, receipts, withheld] = ['entries', 'proofs', 'receipts', 'withheld'].map((name) =>
    linesOf(archive, `ledger/${name}.jsonl`),
  ) as [Lines, Lines, Lines, Lines];
  let isLine = await entries.more();
  let proof = (await proofs.more()) ? proofIn(proofs) : null;
  let hidden = (await withheld.more()) ? withheldIn(withheld) : null;
  while (isLine || hidden) {
    if (isLine && !proof) throw failing('verifier.proofs.fewer');
    // Waiting costs more than an entry does: it is done where a piece of a file ends.
    if (isLine && proof && !(hidden && hidden.proof.index <= proof.index)) {
      const type = shownEntry(ledger, places, entries, proofs, proof);
      if (type === SIGN_OFF && !((await nextOf(receipts)) && isReceipt(receipts, entries, proofs, under)))
        throw failing('verifier.receipts.other', { index: `${proof.index}` });
      isLine = entries.next() || (await entries.more());
      proof = proofs.next() || (await proofs.more()) ? proofIn(proofs) : null;
    } else if (hidden) {
      withheldEntry(ledger, places, hidden, withheld);
      hidden = withheld.next() || (await withheld.more()) ? withheldIn(withheld) : null;
    }
  }
  if (proof) throw failing('verifier.proofs.more');
  if (await nextOf(receipts)) throw failing('verifier.receipts.more');
  return { ...ledger, met: places.met };
}

const linesOf = (archive: Archive, name: string): Lines => new Lines(name, archive.bytes(name));

const nextOf = async (lines: Lines): Promise<boolean> => lines.next() || lines.more();

/** Whether the line is the receipt that these lines and the head make: then it is as good as they are. */
function isReceipt(line: Lines, entry: Lines, proof: Lines, under: UnderHead): boolean {
  const { index, path } = placeIn(proof);
  return line.text() === canonicalText(receiptOf({ entry: entry.text(), index, path }, under));
}

function shownEntry(
  { streams, checked, digests, erased }: Ledger,
  places: Places,
  line: Lines,
  proofLine: Lines,
  proof: Proof,
): string {
  places.follow(proof, proofLine.where);
  const where = (): Told => told('verifier.entry', { number: `${line.number}` });
  const bytes = line.line();
  const { entry, event } = streams.read(line, bytes, where);
  const named = (): Told =>
    told('verifier.entryNamed', {
      ...{ number: `${line.number}`, stream: entry.stream, version: `${entry.version}`, type: entry.type },
    });
  if (!places.isProved(leafHashBase64(bytes), proof)) {
    saidProof(proofLine);
    throw notIncluded(named(), proof);
  }
  digestsIn(entry.data, digests);
  checkEvent(streams, entry.stream === streams.projectId, event, named, checked);
  streams.fold(entry, event);
  if (event.type === 'PersonErased') noteErasure(erased, event);
  return event.type;
}

interface WithheldEntry extends z.infer<typeof WithheldLine> {
  proof: Proof;
}

function withheldIn(line: Lines): WithheldEntry {
  const said = line.said(WithheldLine);
  return { ...said, proof: proofOf(said) };
}

function withheldEntry({ streams }: Ledger, places: Places, entry: WithheldEntry, line: Lines): void {
  places.follow(entry.proof, line.where);
  if (!places.isProved(entry.leaf, entry.proof)) throw notIncluded(line.where(), entry.proof);
  streams.skip(entry, line.where);
}

function noteErasure({ words, by }: Ledger['erased'], { data, at, actor }: EntryOf<'PersonErased'>): void {
  const { person, about = [], files = [] } = data;
  for (const word of [...data.words, ...about]) words.add(word);
  by.push(
    told('verifier.noted.erased', {
      ...{ words: data.words.length, about: about.length, files: files.length },
      ...{ person, at, by: Object.values(actor).join() },
    }),
  );
}

const notIncluded = (where: Told, { index }: Proof): Failed =>
  failing('verifier.notIncluded', { where, index: `${index}` });

/** What each line of a short file says. */
async function* eachOf<T>(archive: Archive, name: string, schema: z.ZodType<T>): AsyncGenerator<Said<T>> {
  const lines = linesOf(archive, name);
  while (lines.next() || (await lines.more())) yield { value: lines.said(schema), where: lines.where() };
}

interface Said<T> {
  value: T;
  where: Told;
}

/** Proofs that the head extends earlier ones, by their sizes; each is checked against the root it names. */
export async function consistencyProofs(
  archive: Archive,
  head: TreeHead,
): Promise<Map<number, Uint8Array[]>> {
  const proofs = new Map<number, Uint8Array[]>();
  for await (const { value, where } of eachOf(archive, 'ledger/consistency.jsonl', Consistency)) {
    const [root, ...hashes] = [value.root, ...value.path].map(fromBase64);
    const proof = hashes.filter((hash) => hash !== null);
    const isWhole = proof.length === hashes.length && !proofs.has(value.size);
    if (!root || !isWhole || !isConsistent({ size: value.size, root }, head, proof))
      throw failing('verifier.notConsistent', { where, size: `${value.size}` });
    proofs.set(value.size, proof);
  }
  return proofs;
}

/** The notes in handovers.jsonl. */
export async function handoverNotes(archive: Archive): Promise<string[]> {
  const notes: string[] = [];
  for await (const { value } of eachOf(archive, 'ledger/handovers.jsonl', z.string())) notes.push(value);
  return notes;
}

/** Opened words against the commitments in the entries. Returns how many there are. */
export async function checkOpenings(archive: Archive, { digests, erased }: Ledger): Promise<number> {
  let count = 0;
  for await (const { value, where } of eachOf(archive, 'ledger/openings.jsonl', OpeningLine)) {
    const { commitment, salt, text } = value;
    if (sha256Hex(`${salt}\u0000${text}`) !== commitment) throw failing('verifier.words.other', { where });
    if (!digests.has(commitment)) throw failing('verifier.words.uncommitted', { where });
    if (erased.words.has(commitment)) throw failing('verifier.words.erased', { where });
    count += 1;
  }
  return count;
}
