// `parley log-key`: makes the key that signs the log's heads, hands over to another one, and prints what others verify with.
import type { Command } from 'commander';
import { readEnvironment } from '#libs/config';
import { addLogKey, openKeyDirectory, retireLogKeys } from '#libs/ledger';
import { isKeyName, verifierText } from '#libs/log';

interface Options {
  origin?: string;
  rotate?: true;
  retire?: true;
}

export function registerLogKey(program: Command): void {
  program
    .command('log-key')
    .description("make the log's signing key in LOG_DIR, or show what others verify with")
    .option('--origin <name>', 'make the first key, of this name, such as parley.example.org/log')
    .option('--rotate', 'add a key that takes over; restart the courier, which signs the hand-over with both')
    .option('--retire', 'take the older keys away after the hand-over was signed; restart the courier')
    .action(async (options: Options) => {
      const { LOG_DIR: directory } = readEnvironment(process.env, 'cli');
      if (directory === undefined)
        throw new Error('Set LOG_DIR (it stands in .parley/env), then run it again.');
      for (const key of await carryOut(directory, options)) console.log(key);
    });
}

/** Verifier keys, oldest first. */
async function carryOut(directory: string, { origin, rotate, retire }: Options): Promise<string[]> {
  if (origin !== undefined) {
    if (!isKeyName(origin)) throw new Error('--origin: a name without spaces and plus signs is expected.');
    const there = await openKeyDirectory(directory)
      .signers()
      .catch(() => []);
    if (there.length > 0)
      throw new Error(
        `${directory} holds a key already. Use --rotate to hand over to another one; nothing was changed.`,
      );
    return [verifierText(await addLogKey(directory, origin))];
  }
  const [first] = await openKeyDirectory(directory).signers();
  if (rotate === true && first) await addLogKey(directory, first.name);
  if (retire === true) await retireLogKeys(directory);
  return (await openKeyDirectory(directory).signers()).map(verifierText);
}
