// `parley log-key`: makes the key that signs the log's heads, hands over to another one, and prints what others verify with.
import type { Command } from 'commander';
import { readEnvironment } from '#libs/config';
import { acceptLoss, addLogKey, openKeyDirectory, openLedger, retireLogKeys } from '#libs/ledger';
import { isKeyName, verifierText } from '#libs/log';
import { ownerUrl } from '../init';

interface Options {
  origin?: string;
  rotate?: true;
  retire?: true;
  afterLoss?: string;
  by?: string;
  why?: string;
}

export function registerLogKey(program: Command): void {
  program
    .command('log-key')
    .description("make the log's signing key in LOG_DIR, or show what others verify with")
    .option('--origin <name>', 'make the first key, of this name, such as parley.example.org/log')
    .option('--rotate', 'add a key that takes over; restart the courier, which signs the hand-over with both')
    .option('--retire', 'take the older keys away after the hand-over was signed; restart the courier')
    .option(
      '--after-loss <name>',
      'end the log whose tail is lost for good, and begin another of this name; needs OWNER_DATABASE_URL',
    )
    .option('--by <who>', 'with --after-loss: who decided')
    .option('--why <reason>', 'with --after-loss: why')
    .action(async (options: Options) => {
      const { LOG_DIR: directory } = readEnvironment(process.env, 'cli');
      if (directory === undefined)
        throw new Error('Set LOG_DIR (it stands in .parley/env), then run it again.');
      if (options.afterLoss !== undefined) await endLog(directory, options.afterLoss, options);
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

async function endLog(directory: string, origin: string, { by, why }: Options): Promise<void> {
  if (!isKeyName(origin) || !by || !why)
    throw new Error('--after-loss needs a name, and --by and --why: it is recorded for ever.');
  const owner = await openLedger({ url: ownerUrl(), poolSize: 2 });
  try {
    await acceptLoss(owner.dataSource, directory, { origin, by, reason: why });
  } finally {
    await owner.close();
  }
}
