// The linkage key: made by one holder, passed to the others encrypted to their keys; linker and engine never have it.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { unwrapFileKey, wrapFileKey } from '#libs/vault/conformance';
import { refuseExisting, writeSynced } from './in-place';
import { PrepareRefused, told } from './refused';

/** What a wrapped linkage key is bound to, so that it passes for no other key. */
const PURPOSE = 'linkage key';

/** A holder's own pair: `<name>.private` stays, `<name>.public` goes to whoever makes the linkage key. */
export async function makePair(name: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const files = [
    [`${name}.private`, privateKey.export({ format: 'der', type: 'pkcs8' })],
    [`${name}.public`, publicKey.export({ format: 'der', type: 'spki' })],
  ] as const;
  for (const [file] of files) await refuseExisting(file);
  for (const [file, bytes] of files) await writeSynced(file, `${bytes.toString('base64')}\n`);
}

/** Makes the key for oneself, and a copy for each other holder that only they can open. */
export async function makeLinkageKey(file: string, others: readonly string[]): Promise<string[]> {
  await refuseExisting(file);
  const key = randomBytes(32);
  const wrapped: string[] = [];
  for (const other of others) {
    const out = `${other}.linkage-key`;
    await refuseExisting(out);
    await writeSynced(out, `${wrapFileKey(await read(other), key, PURPOSE)}\n`);
    wrapped.push(out);
  }
  await writeSynced(file, `${key.toString('hex')}\n`);
  return wrapped;
}

/** Opens the copy that was made for one's own public key. */
export async function openLinkageKey(wrapped: string, privateKey: string, file: string): Promise<void> {
  await refuseExisting(file);
  try {
    const key = unwrapFileKey(await read(privateKey), await read(wrapped), PURPOSE);
    await writeSynced(file, `${key.toString('hex')}\n`);
  } catch (error) {
    if (error instanceof PrepareRefused) throw error;
    throw new PrepareRefused(
      `${wrapped} was not made for ${privateKey}, or was changed on the way. Ask for it again.`,
    );
  }
}

async function read(file: string): Promise<string> {
  return (
    await readFile(file, 'utf8').catch(() => {
      throw new PrepareRefused(`There is no file ${file}.`);
    })
  ).trim();
}

export function registerLinkageKey(prepare: Command): void {
  const command = prepare
    .command('linkage-key')
    .description(
      'for holders: the key under which linked people get one pseudonym; never for linker or engine',
    );
  command
    .command('pair <name>')
    .description('make your own pair of keys: <name>.private and <name>.public')
    .action((name: string) => told(() => makePair(name)));
  command
    .command('make <file> <others...>')
    .description('make the linkage key, and a copy for the public key of each other holder')
    .action((file: string, others: string[]) =>
      told(async () => {
        const wrapped = await makeLinkageKey(file, others);
        process.stdout.write(`Made ${file}, and for the other holders ${wrapped.join(', ')}\n`);
      }),
    );
  command
    .command('open <wrapped> <private> <file>')
    .description('open the copy that was made for you')
    .action((wrapped: string, own: string, file: string) => told(() => openLinkageKey(wrapped, own, file)));
}
