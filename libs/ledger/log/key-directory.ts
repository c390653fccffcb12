// The directory outside the database that holds the log's keys and the last head they signed.
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { ALGORITHM, newSigner, parseSigner, signerText } from '#libs/log';
import type { Signer, SignerKey } from '#libs/log';
import { externalSigner } from './external-signer';
import { parseWitnesses } from './witnessing';
import type { WitnessAddress } from './witnessing';

const KEYS = 'keys';
const HEAD = 'last-signed';

/** Keeps the log's keys, or who signs with them, the newest last; and what was signed last. */
export interface KeyDirectory {
  /** Oldest first: while there are several, each signs; the log's name is theirs. Throws where there is none. */
  signers(): Promise<Signer[]>;
  /** The last signed checkpoint's note; null before the first. */
  lastSigned(): Promise<string | null>;
  /** Who is asked to cosign: the file `witnesses`, one a line; empty where there is none. */
  witnesses(): Promise<WitnessAddress[]>;
  /** On disk, whole, when this resolves. */
  keep(note: string): Promise<void>;
}

export function openKeyDirectory(directory: string): KeyDirectory {
  return {
    async signers() {
      const lines = await keyLines(directory);
      const signers = await Promise.all(
        lines.map(async (line) => externalSigner(line) ?? (await parseSigner(line))),
      );
      const [first] = signers;
      if (!first)
        throw new Error(
          `${directory} holds no key for the log: make one with \`parley log-key --origin <name>\`.`,
        );
      if (signers.some(({ name, algorithm }) => name !== first.name || algorithm !== ALGORITHM.ED25519))
        throw new Error(`The keys in ${directory} are not all Ed25519 keys of one log.`);
      return signers;
    },
    lastSigned: () => readText(path.join(directory, HEAD)),
    witnesses: async () => parseWitnesses((await readText(path.join(directory, 'witnesses'))) ?? ''),
    keep: (note) => write(directory, HEAD, note),
  };
}

/** A new key for the log, beside those there are: the first of them begins the log, a further one is to take over. */
export async function addLogKey(directory: string, origin: string): Promise<SignerKey> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const before = (await readText(path.join(directory, KEYS))) ?? '';
  const signer = await newSigner(origin, ALGORITHM.ED25519);
  await write(directory, KEYS, `${before}${signerText(signer)}\n`);
  return signer;
}

/** Takes the older keys away, once a checkpoint and the hand-over were signed by all. */
export async function retireLogKeys(directory: string): Promise<void> {
  await openKeyDirectory(directory).signers();
  await write(directory, KEYS, `${(await keyLines(directory)).at(-1)}\n`);
}

async function keyLines(directory: string): Promise<string[]> {
  const text = (await readText(path.join(directory, KEYS))) ?? '';
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Moves keys and last signed head into a folder of their own: kept, and not used any more. */
export async function setAside(directory: string, name: string): Promise<void> {
  const aside = path.join(directory, name);
  await mkdir(aside, { mode: 0o700 });
  for (const file of [KEYS, HEAD]) await rename(path.join(directory, file), path.join(aside, file));
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all, and there after a power cut: file and directory are both flushed. */
async function write(directory: string, name: string, text: string): Promise<void> {
  const unfinished = path.join(directory, `${name}.unfinished`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path.join(directory, name));
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
