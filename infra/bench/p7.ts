// P7: verifying an export of 100,000 entries, against hashing the same lines and nodes and checking the signature alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  fromBase64,
  isIncluded,
  leafHash,
  nodeHash,
  parseCheckpoint,
  parseNote,
  parseVerifier,
  sha256Hex,
  signedBy,
} from '#libs/log';
import { verifyBundle } from '#libs/verify';
import { aBundle, chained, goldenEntries, zipped } from '#libs/verify/testing';
import type { Entry, Made } from '#libs/verify/testing';
import { atMost, median, within } from './figures';
import type { Figure } from './figures';
import { residentMiB } from './memory';

const ENTRIES = 100_000;
const RUNS = 7;

/** A recorded project, and reminders upon reminders in its last round: what a long-lived ledger is mostly made of. */
export function longLedger(entries: number): Entry[] {
  const golden = goldenEntries();
  const last = golden.at(-1) as Entry;
  const { checkpoint, round } = last.data;
  const reminders = Array.from({ length: entries - golden.length }, (_, i) => ({
    ...last,
    type: 'Reminded',
    data: { checkpoint, round, people: ['per_official', 'per_researcher', 'per_holder'], count: i + 1 },
  }));
  return chained([...golden, ...reminders]);
}

const linesOf = ({ files }: Made, name: string): string[] =>
  new TextDecoder()
    .decode(files.get(`ledger/${name}.jsonl`))
    .trim()
    .split('\n');

/** What no verifier can leave out: each line's leaf and link, each node of the tree once, one signature. */
async function bareChecks(made: Made): Promise<number> {
  const lines = linesOf(made, 'entries');
  const started = performance.now();
  let row = lines.map((line) => {
    sha256Hex(line);
    return leafHash(line);
  });
  while (row.length > 1)
    row = Array.from({ length: Math.ceil(row.length / 2) }, (_, i) => {
      const right = row[2 * i + 1];
      return right === undefined ? (row[2 * i] as Uint8Array) : nodeHash(row[2 * i] as Uint8Array, right);
    });
  await signedHead(made);
  return (performance.now() - started) / 1000;
}

async function signedHead({ files, key }: Made) {
  const note = parseNote(files.get('ledger/checkpoint') as Uint8Array);
  const head = note && parseCheckpoint(note.text);
  if (!note || !head || (await signedBy(note, parseVerifier(key))) !== 'SIGNED')
    throw new Error('P7: the head is not signed');
  return head;
}

/** What a tool for any such log does with the files unpacked: each leaf and link, each proof by itself up to the root, one signature. */
async function genericChecks(made: Made): Promise<number> {
  const [lines, proofs] = [linesOf(made, 'entries'), linesOf(made, 'proofs')];
  const started = performance.now();
  const head = await signedHead(made);
  for (const [i, line] of lines.entries()) {
    sha256Hex(line);
    const { index, path } = JSON.parse(proofs[i] as string) as { index: number; path: string[] };
    const hashes = path.map((hash) => fromBase64(hash) ?? new Uint8Array());
    if (!isIncluded(leafHash(line), index, head, hashes)) throw new Error(`P7: ${index} is not in the log`);
  }
  return (performance.now() - started) / 1000;
}

export async function p7(say: (line: string) => void): Promise<Figure[]> {
  const made = await aBundle({ entries: longLedger(ENTRIES - 1) });
  const blob = await zipped(made.files);
  const [times, bare, generic]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await bareChecks(made));
    const started = performance.now();
    const { outcome, sentence } = await verifyBundle(blob, { keys: [made.key] });
    times.push((performance.now() - started) / 1000);
    if (outcome !== 'VALID') throw new Error(JSON.stringify(sentence));
    generic.push(await genericChecks(made));
    const [own, least, other] = [times, bare, generic].map((all) => all.at(-1)?.toFixed(2));
    say(`P7: run ${run + 1} of ${RUNS}: ${own} s, bare ${least} s, generic ${other} s`);
  }
  const what = `verify an export of ${ENTRIES} entries`;
  return [
    within({ id: 'P7', what, value: median(times), unit: 's' }, 5),
    atMost(
      {
        id: 'P7-ratio',
        what: `${what}, to hashing and signatures alone`,
        value: median(times),
        unit: 's',
        peer: median(bare),
      },
      3,
    ),
    {
      id: 'P7-generic',
      what: `${what}, to what a tool for any log does`,
      ...{ value: median(times), unit: 's', peer: median(generic) },
      ...{ ratio: median(times) / median(generic), goal: '–', met: true },
    },
    within(
      {
        id: 'P7-memory',
        what: 'largest memory of `parley verify` then',
        value: await memoryOf(blob, made.key),
        unit: 'MiB',
      },
      512,
    ),
  ];
}

/** The most memory the command ever had, in MiB, as Linux counts it, looked up until it ends. */
async function memoryOf(bundle: Blob, key: string): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-bench-'));
  try {
    const file = path.join(folder, 'export.zip');
    await writeFile(file, bundle.stream());
    const cli = path.join(__dirname, '../../apps/cli/main.js');
    const verifying = spawn(process.execPath, [cli, 'verify', file, '--key', key], { stdio: 'ignore' });
    let most = 0;
    const looking = setInterval(() => {
      most = Math.max(most, residentMiB(verifying.pid ?? 0, 'VmHWM'));
    }, 20);
    const [code] = (await once(verifying, 'exit')) as [number];
    clearInterval(looking);
    if (code !== 0) throw new Error(`parley verify ended with ${code}`);
    return most;
  } finally {
    await rm(folder, { recursive: true });
  }
}
