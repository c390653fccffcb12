// Bundles for tests, made of recorded entries without a database: as an export is, and in every way that it is not.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BlobWriter, configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import {
  ALGORITHM,
  bytesOf,
  canonicalText,
  consistencyRanges,
  inclusionRanges,
  leafHash,
  newSigner,
  rangeHash,
  sha256Hex,
  signedCheckpoint,
  toBase64,
  verifierText,
} from '#libs/log';
import type { HashAt, SignerKey } from '#libs/log';
import { nodeHash } from '#libs/log';
import { receiptOf as madeReceipt, SIGN_OFF } from '#libs/contracts/receipt';
import { Languages } from '#libs/language';
import * as verifier from '..';
import type { Given, Limits, Verdict } from '..';

export type Files = Map<string, Uint8Array>;
export interface Entry extends Record<string, unknown> {
  stream: string;
  version: number;
  prev: string;
  type: string;
  at: string;
  data: Record<string, unknown>;
}

const ORIGIN = 'log.example/parley';
const GOLDEN = path.join(__dirname, '..', '..', 'ledger', 'golden', 'two-cycles.entries');

export const goldenEntries = (): Entry[] =>
  readFileSync(GOLDEN, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);

/** Chains entries anew, each stream by itself, so that a changed past looks whole. */
export function chained(entries: Entry[]): Entry[] {
  const heads = new Map<string, { version: number; hash: string }>();
  return entries.map((entry) => {
    const { version, hash } = heads.get(entry.stream) ?? { version: 0, hash: '' };
    const next = { ...entry, version: version + 1, prev: hash };
    heads.set(entry.stream, { version: version + 1, hash: sha256Hex(canonicalText(next)) });
    return next;
  });
}

/** The hash of any complete subtree, each computed once. */
export function hashesOver(leaves: Uint8Array[]): HashAt {
  const rows: Uint8Array[][] = [leaves];
  return (height, index) => {
    while (rows.length <= height) {
      const below = rows.at(-1) as Uint8Array[];
      rows.push(
        Array.from({ length: Math.floor(below.length / 2) }, (_, i) =>
          nodeHash(below[2 * i] as Uint8Array, below[2 * i + 1] as Uint8Array),
        ),
      );
    }
    return rows[height]?.[index] as Uint8Array;
  };
}

export interface Made {
  files: Files;
  key: string;
  signer: SignerKey;
  entries: Entry[];
  leaves: Uint8Array[];
}

export interface Making {
  entries?: Entry[];
  signer?: SignerKey;
  /** Files beside the ledger. */
  files?: Record<string, string>;
  openings?: { commitment: string; salt: string; text: string }[];
  profile?: string;
  /** Leaves before those of these streams: what each is the hash of. */
  before?: readonly string[];
}

const STRANGERS = Array.from({ length: 5 }, (_, i) => `another programme's ${i}`);

/** The files of an export of these entries, followed by the entry that records it, under a head signed by a fresh key. */
export async function aBundle(making: Making = {}): Promise<Made> {
  const { entries = goldenEntries(), profile = 'auditor' } = making;
  const signer = making.signer ?? (await newSigner(ORIGIN, ALGORITHM.ED25519));
  const openings = (making.openings ?? []).map((opening) => `${canonicalText(opening)}\n`).join('');
  const beside = {
    'index.html': '<p>Once upon a time</p>\n',
    ...making.files,
    'ledger/openings.jsonl': openings,
  };
  const manifest = Object.entries(beside)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${sha256Hex(text)}  ${name}\n`)
    .join('');
  const all = chained([...entries, recorded(entries, sha256Hex(manifest), profile)]);
  const before = (making.before ?? STRANGERS).map((text) => leafHash(text));
  const texts = all.map((entry) => canonicalText(entry));
  const leaves = [...before, ...texts.map((text) => leafHash(text))];
  const hashAt = hashesOver(leaves);
  const size = leaves.length;
  const hashes = (ranges: { start: number; end: number }[]) =>
    ranges.map((range) => toBase64(rangeHash(range, hashAt)));
  const proofs = texts.map((_, i) => {
    const index = before.length + i;
    return `${canonicalText({ index, size, path: hashes(inclusionRanges(index, size)) })}\n`;
  });
  const consistency = Array.from({ length: size - 1 }, (_, i) => i + 1)
    .filter((older) => size < 1000 || older % 1000 === 0)
    .map(
      (older) =>
        `${canonicalText({ size: older, root: toBase64(rangeHash({ start: 0, end: older }, hashAt)), path: hashes(consistencyRanges(older, size)) })}\n`,
    );
  const head = { origin: ORIGIN, size, root: rangeHash({ start: 0, end: size }, hashAt) };
  const content: Record<string, string> = {
    ...beside,
    'manifest-sha256.txt': manifest,
    'ledger/checkpoint': await signedCheckpoint(head, [signer]),
    'ledger/key.pub': `${verifierText(signer)}\n`,
    'ledger/handovers.jsonl': '',
    'ledger/consistency.jsonl': consistency.join(''),
    'ledger/entries.jsonl': texts.map((text) => `${text}\n`).join(''),
    'ledger/proofs.jsonl': proofs.join(''),
    'ledger/withheld.jsonl': '',
  };
  const files = withReceipts(new Map(Object.entries(content).map(([name, text]) => [name, bytesOf(text)])));
  return { files, key: verifierText(signer), signer, entries: all, leaves };
}

/** The same with the receipts that its entries, proofs, head and keys make. */
export function withReceipts(files: Files): Files {
  const linesOf = (name: string) =>
    new TextDecoder()
      .decode(files.get(`ledger/${name}`))
      .split('\n')
      .slice(0, -1);
  const proofs = linesOf('proofs.jsonl').map((line) => JSON.parse(line) as { index: number; path: string[] });
  const under = {
    checkpoint: new TextDecoder().decode(files.get('ledger/checkpoint')),
    keys: linesOf('key.pub'),
    handovers: linesOf('handovers.jsonl').map((line) => JSON.parse(line) as string),
  };
  const lines = linesOf('entries.jsonl').flatMap((entry, i) => {
    const { index = 0, path: proof = [] } = proofs[i] ?? {};
    const isSignOff = (JSON.parse(entry) as Entry).type === SIGN_OFF;
    return isSignOff ? [`${canonicalText(madeReceipt({ entry, index, path: proof }, under))}\n`] : [];
  });
  return new Map(files).set('ledger/receipts.jsonl', bytesOf(lines.join('')));
}

function recorded(entries: Entry[], manifest: string, profile: string): Entry {
  const last = entries.at(-1) as Entry;
  const project = entries.find(({ type }) => type === 'ProjectStarted')?.stream ?? '';
  const count = (stream: string | undefined) => entries.filter((entry) => entry.stream === stream).length;
  const programme = entries.find(({ type }) => type === 'ProgrammeStarted')?.stream;
  return {
    ...last,
    ...{ stream: project, type: 'ProjectExported', actor: { person: 'per_lead' } },
    data: {
      ...{ export: 'exp1', profile, person: 'per_lead', manifest },
      ...{ programmeVersion: count(programme), projectVersion: count(project) },
    },
  };
}

/** The receipt of one recorded entry, under a head signed by a fresh key; as it is mailed. */
export async function aReceipt(index = 40) {
  const entries = goldenEntries();
  const texts = entries.map((entry) => canonicalText(entry));
  const signer = await newSigner(ORIGIN, ALGORITHM.ED25519);
  const receipt = await receiptOf({ signer, leaves: texts.map(leafHash) }, texts[index] ?? '', index);
  return { receipt, key: verifierText(signer) };
}

/** The receipt of the entry at a place of a log, under the head it had at a size. */
export async function receiptOf(
  { signer, leaves }: Pick<Made, 'signer' | 'leaves'>,
  entry: string,
  index: number,
  size = leaves.length,
) {
  const hashAt = hashesOver(leaves);
  const root = rangeHash({ start: 0, end: size }, hashAt);
  const path = inclusionRanges(index, size).map((range) => toBase64(rangeHash(range, hashAt)));
  const checkpoint = await signedCheckpoint({ origin: signer.name, size, root }, [signer]);
  return madeReceipt({ entry, index, path }, { checkpoint, keys: [verifierText(signer)], handovers: [] });
}

/** The zip of these files. */
export async function zipped(files: Files | [string, Uint8Array][]): Promise<Blob> {
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(new BlobWriter('application/zip'));
  for (const [name, bytes] of files) await zip.add(name, new Uint8ArrayReader(bytes), { level: 6 });
  return zip.close();
}

/** The files with one of them, as text, changed. */
export function changed(files: Files, name: string, change: (text: string) => string): Files {
  const text = new TextDecoder().decode(files.get(name));
  return new Map(files).set(name, bytesOf(change(text)));
}

const { t } = new Languages().first;

/** The verdict in English. */
export async function verifyBundle(blob: Blob, given: Given, limits?: Limits): Promise<Verdict<string>> {
  return verifier.verdictInWords(await verifier.verifyBundle(blob, given, limits), t);
}

export async function verifyReceipt(text: string, given: Given): Promise<Verdict<string>> {
  return verifier.verdictInWords(await verifier.verifyReceipt(text, given), t);
}
