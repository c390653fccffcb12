// P5: a release of a million rows against bare DuckDB; its check, its reading; and what `parley prepare` needs for ten million.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { GrantSpec, keepReady, openVault, receiveDeposit } from '#libs/vault';
import type { OpenedDeposit, Vault } from '#libs/vault';
import { atMost, median, within } from './figures';
import type { Figure } from './figures';

const ROWS = 1_000_000;
const ROUNDS = 3;
const PREPARED_ROWS = 10_000_000;

const integers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => ({ name: `f${from + n}`, type: 'integer' }));
const FIELDS = [
  { name: 'person', type: 'pseudonym' },
  { name: 'group', type: 'category', codes: ['0', '1'] },
  { name: 'area', type: 'category', place: { level: 'SMALL_AREA', vintage: '2021' } },
  { name: 'seen', type: 'date' },
  { name: 'income', type: 'number' },
  ...integers(0, 7),
];
const SPEC = { level: 'ROWS', fields: FIELDS };
const GRANT = GrantSpec.parse({ depositAs: SPEC, releaseAs: SPEC, tier: 'DEIDENTIFIED' });

function* lines(rows: number, person: (n: number) => string, more: number): Generator<string> {
  for (let from = 0; from < rows; from += 10_000) {
    let text = '';
    for (let n = from; n < Math.min(rows, from + 10_000); n += 1) {
      text += `${person(n)},${n % 2},E0100${String(n % 9973).padStart(4, '0')},2014-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')},${((n * 7) % 100_000) / 4}`;
      for (let field = 0; field < more; field += 1) text += `,${(n * (field + 3)) % (17 + 100 * field)}`;
      text += '\n';
    }
    yield text;
  }
}

async function write(file: string, header: string, rows: Generator<string>): Promise<void> {
  const text = (function* () {
    yield `${header}\n`;
    yield* rows;
  })();
  await pipeline(Readable.from(text), createWriteStream(file));
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}

interface Place {
  readonly vault: Vault;
  readonly root: string;
  readonly vaultDir: string;
  readonly csv: string;
}

export async function p5(say: (line: string) => void): Promise<Figure[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'parley-p5-'));
  try {
    const vaultDir = path.join(root, 'vault');
    const places = { vaultDir, keyStoreDir: path.join(root, 'keys'), scratchDir: path.join(root, 'scratch') };
    const csv = path.join(root, 'million.csv');
    const header = FIELDS.map(({ name }) => name).join(',');
    await write(
      csv,
      header,
      lines(ROWS, (n) => `p${String(n).padStart(32, '0')}`, 7),
    );
    const place = { vault: await openVault(places), root, vaultDir, csv };
    keepReady();
    return [...(await released(place, say)), ...(await prepared(root, say))];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function deposit({ vault, vaultDir, csv }: Place, id: string): Promise<OpenedDeposit> {
  const { publicKey } = await vault.keys.createDepositKeyPair(id);
  const stream = createReadStream(csv);
  const intake = { deposit: id, stream, maxBytes: 2 ** 32, recipientPublicKey: publicKey, vaultDir };
  const { objectId, wrappedKey } = await receiveDeposit(intake);
  return { deposit: id, objectId, wrappedKey };
}

async function released(place: Place, say: (line: string) => void): Promise<Figure[]> {
  const took = { check: [] as number[], made: [] as number[], all: [] as number[], read: [] as number[] };
  const peers = { typed: [] as number[], copied: [] as number[], scanned: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const opened = await deposit(place, `prj_p5/d${round}`);
    const check = await timed(() => place.vault.checkDeposit(opened, GRANT.depositAs));
    if (!check.result.accepted) throw new Error(`P5: refused: ${JSON.stringify(check.result.findings)}`);
    const release = `prj_p5/rel${round}`;
    const partA = randomBytes(32);
    const sources = [{ deposit: opened, grant: GRANT, source: 's' }];
    const made = await timed(() => place.vault.materialise({ release, sources, partA }));
    const read = await timed(() => place.vault.readRelease({ release, partA, ...made.result }));
    const peer = await peerTimes(place);
    say(
      `P5: check ${check.ms.toFixed(0)} ms, release ${made.ms.toFixed(0)} ms, read ${read.ms.toFixed(0)} ms; DuckDB: typed read ${peer.typed.toFixed(0)}, to Parquet ${peer.copied.toFixed(0)}, scan ${peer.scanned.toFixed(0)} ms`,
    );
    if (round === 0) continue; // warm-up
    took.check.push(check.ms);
    took.made.push(made.ms);
    took.all.push(check.ms + made.ms);
    took.read.push(read.ms);
    peers.typed.push(peer.typed);
    peers.copied.push(peer.copied);
    peers.scanned.push(peer.scanned);
  }
  const size = `${ROWS.toLocaleString('en-GB')} rows × ${FIELDS.length}`;
  const unit = 'ms';
  return [
    atMost(
      {
        id: 'P5',
        what: `release of ${size} from CSV: checked, made, sealed`,
        unit,
        value: median(took.all),
        peer: median(peers.copied),
      },
      2,
    ),
    {
      ...{ id: 'P5-release', what: 'of which the release, which checks all of it again', unit },
      ...{ value: median(took.made), peer: median(peers.copied) },
      ...{ ratio: median(took.made) / median(peers.copied), goal: '–', met: true },
    },
    atMost(
      {
        id: 'P5-check',
        what: `conformance of ${size}`,
        unit,
        value: median(took.check),
        peer: median(peers.typed),
      },
      1.5,
    ),
    atMost(
      {
        id: 'P5-read',
        what: 'opening a release',
        unit,
        value: median(took.read),
        peer: median(peers.scanned),
      },
      1.3,
    ),
  ];
}

/** DuckDB alone, with as many threads as it likes: typed read with rejects kept, CSV to Parquet, and a scan into memory. */
async function peerTimes({ root, csv }: Place): Promise<{ typed: number; copied: number; scanned: number }> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const sql = {
    integer: 'BIGINT',
    number: 'DOUBLE',
    date: 'DATE',
    category: 'VARCHAR',
    pseudonym: 'VARCHAR',
  };
  const types = FIELDS.map(({ name, type }) => `'${name}': '${sql[type as keyof typeof sql]}'`).join(', ');
  const parquet = path.join(root, 'peer.parquet');
  try {
    const typed = await timed(() =>
      connection.run(
        `create table t as select * from read_csv('${csv}', columns = {${types}}, header = true, store_rejects = true)`,
      ),
    );
    const copied = await timed(() =>
      connection.run(
        `copy (from read_csv('${csv}', columns = {${types}}, header = true)) to '${parquet}' (format parquet, compression zstd)`,
      ),
    );
    const scanned = await timed(async () =>
      (await connection.runAndReadAll(`from read_parquet('${parquet}')`)).getColumns(),
    );
    return { typed: typed.ms, copied: copied.ms, scanned: scanned.ms };
  } finally {
    connection.closeSync();
    rmSync(parquet, { force: true });
  }
}

/** `parley prepare` in a process of its own, as holders run it; its memory is that of the process and its children. */
async function prepared(root: string, say: (line: string) => void): Promise<Figure[]> {
  const directory = path.join(root, 'prepare');
  mkdirSync(directory);
  const at = (name: string) => path.join(directory, name);
  const fields = [...FIELDS, ...integers(7, 15)];
  writeFileSync(at('grant.json'), JSON.stringify({ level: 'ROWS', fields }));
  const names = fields.map(({ name }) => (name === 'person' ? 'id' : name));
  await write(
    at('raw.csv'),
    names.join(','),
    lines(PREPARED_ROWS, (n) => `QQ${n}`, 15),
  );
  const flags = [
    '--spec',
    at('grant.json'),
    '--in',
    at('raw.csv'),
    '--out',
    at('out.csv'),
    '--pseudonym',
    'id',
  ];
  const started = performance.now();
  const cli = path.join(process.cwd(), 'dist/apps/cli/main.js');
  const child = spawn(process.execPath, [cli, 'prepare', ...flags, '--key-file', at('key'), '--yes'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakMb = 0;
  const watch = setInterval(
    () => void familyMb(child.pid ?? 0).then((mb) => (peakMb = Math.max(peakMb, mb))),
    100,
  );
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`P5-prepare: parley prepare ended with ${code}`);
  const seconds = (performance.now() - started) / 1000;
  const rate = PREPARED_ROWS / seconds;
  say(`P5-prepare: ${seconds.toFixed(0)} s, ${peakMb.toFixed(0)} MB, ${statSync(at('out.csv')).size} bytes`);
  const what = `parley prepare, ${PREPARED_ROWS.toLocaleString('en-GB')} rows × ${fields.length}`;
  return [
    {
      ...{ id: 'P5-prepare', what: `${what}: rate`, value: rate, unit: 'rows/s' },
      ...{ peer: null, ratio: null, goal: '–', met: true },
    },
    within(
      {
        id: 'P5-prepare-memory',
        what: `${what}: memory of all its processes`,
        value: peakMb / 1024,
        unit: 'GiB',
      },
      2,
    ),
  ];
}

/** Resident megabytes of a process and its children. */
async function familyMb(pid: number): Promise<number> {
  let mb = 0;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    if (Number(name) === pid || parent === pid)
      mb += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  }
  return mb;
}
