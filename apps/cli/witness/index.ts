// `parley witness`: a small witness anyone can run beside the operator: it cosigns heads of a log that only grew.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import {
  ALGORITHM,
  askWitness,
  newSigner,
  parseCheckpoint,
  parseNote,
  parseSigner,
  parseVerifier,
  signerText,
  verifierText,
} from '#libs/log';
import type { Alarm, SeenHead, SignerKey, Witness } from '#libs/log';
import { keepAlarm, tellKeeper } from './alarm';
import type { Tell } from './alarm';

interface Options {
  dir: string;
  name?: string;
  log: string[];
  port: string;
  alertTo: string[];
  smtpUrl?: string;
  mailFrom?: string;
}

const several = (value: string, before: string[] = []): string[] => [...before, value];
const LARGEST_REQUEST = 100_000;

export function registerWitness(program: Command): void {
  program
    .command('witness')
    .description(
      'run a witness (C2SP tlog-witness): it cosigns heads of logs that only grew, and notices when one did not',
    )
    .requiredOption('--dir <directory>', 'where its key and what it has seen are kept')
    .requiredOption(
      '--log <key or file>',
      'verifier key of a log to watch; may be given several times',
      several,
    )
    .option('--name <name>', 'make its key, of this name, such as witness.example.org')
    .option('--port <port>', 'the port it listens on', '8600')
    .option('--alert-to <address>', 'whom to mail when it cannot cosign; several times', several, [])
    .option('--smtp-url <url>', 'the mail server for that, such as smtps://user:password@mail.example.org')
    .option('--mail-from <address>', 'the sender of that')
    .action(async ({ dir, name, log, port, alertTo, smtpUrl, mailFrom }: Options) => {
      if (alertTo.length > 0 && (smtpUrl === undefined || mailFrom === undefined))
        throw new Error('Mail to --alert-to needs --smtp-url and --mail-from.');
      const logs = await Promise.all(
        log.map(async (each) => parseVerifier(each.includes('+') ? each : await readFile(each, 'utf8'))),
      );
      const signer = await witnessKey(dir, name);
      const tell = tellKeeper({ smtpUrl: smtpUrl ?? '', from: mailFrom ?? '', to: alertTo });
      const server = createServer(serveWitness({ signer, logs }, dir, tell));
      server.listen(Number(port), () => {
        console.log(
          `Watching ${logs.map((each) => each.name).join(', ')} on port ${port}. Its key, for whoever verifies:`,
        );
        console.log(verifierText(signer));
      });
    });
}

/** One request after another: what was seen is on disk before it is answered, so two never overtake each other. */
export function serveWitness(witness: Witness, dir: string, tell: Tell) {
  let turn: Promise<unknown> = Promise.resolve();
  const raise = async (alarm: Alarm) => {
    const file = await keepAlarm(dir, alarm);
    // Whoever asked is answered whatever the mail server does; the file is there.
    if (file !== null)
      tell(alarm, file).catch((error: unknown) =>
        console.error(`The mail about ${file} was not sent: ${(error as Error).message}`),
      );
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.method !== 'POST' || request.url !== '/add-checkpoint') {
      response.writeHead(404).end();
      return;
    }
    const answering = turn.then(async () => {
      const body = await bodyOf(request);
      const heads = await headsSeen(dir);
      const answer = await askWitness(
        witness,
        body,
        (origin) => heads.get(origin) ?? null,
        Math.floor(Date.now() / 1000),
      );
      if (answer.seen) await keep(dir, heads.set(answer.seen.origin, answer.seen));
      if (answer.alarm) await raise(answer.alarm);
      const type = answer.isSize ? 'text/x.tlog.size' : 'text/plain; charset=utf-8';
      response.writeHead(answer.status, { 'Content-Type': type }).end(answer.body);
    });
    turn = answering.catch(() => response.writeHead(500).end());
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request as AsyncIterable<Buffer>) {
    body += piece.toString('utf8');
    if (body.length > LARGEST_REQUEST) return '';
  }
  return body;
}

const KEY = 'key';
const SEEN = 'seen';

async function witnessKey(dir: string, name?: string): Promise<SignerKey> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const text = await readFile(path.join(dir, KEY), 'utf8').catch(() => null);
  if (text !== null) return parseSigner(text);
  if (name === undefined) throw new Error(`There is no key in ${dir} yet: make one with --name <name>.`);
  const signer = await newSigner(name, ALGORITHM.COSIGNATURE);
  await write(dir, KEY, `${signerText(signer)}\n`);
  return signer;
}

/** The heads seen last, by origin, each a signed note as one JSON string a line. A file that cannot be read stops the witness: it must not begin anew. */
async function headsSeen(dir: string): Promise<Map<string, SeenHead>> {
  const text = await readFile(path.join(dir, SEEN), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const heads = text
    .split('\n')
    .filter((line) => line !== '')
    .map(headIn);
  return new Map(
    heads.map((head) => {
      if (head === null) throw new Error(`${path.join(dir, SEEN)} is damaged; restore it.`);
      return [head.origin, head];
    }),
  );
}

function headIn(line: string): SeenHead | null {
  const note = JSON.parse(line) as string;
  const head = parseCheckpoint(parseNote(note)?.text ?? '');
  return head && { ...head, note };
}

const keep = (dir: string, heads: Map<string, SeenHead>): Promise<void> =>
  write(dir, SEEN, [...heads.values()].map(({ note }) => `${JSON.stringify(note)}\n`).join(''));

async function write(dir: string, name: string, text: string): Promise<void> {
  const unfinished = path.join(dir, `${name}.unfinished`);
  const file = await open(unfinished, 'w', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(unfinished, path.join(dir, name));
}
