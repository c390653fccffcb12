// `parley init`: makes the first administrator and shows their access token, once.
import type { Command } from 'commander';
import { readEnvironment } from '#libs/config';
import { openLedger } from '#libs/ledger';
import { z } from 'zod';

export interface Initialised {
  token: string;
  /** False when this address was the administrator already and only the token is new. */
  isNew: boolean;
}

/**
 * The first administrator of an installation. The same address again gets a fresh token (a lost one cannot be read
 * back); any other address is refused while there is an administrator.
 */
export async function initialise(ownerUrl: string, email: string): Promise<Initialised> {
  const opened = await openLedger({ url: ownerUrl });
  const { credentials, dataSource } = opened;
  try {
    const known: { email: string }[] = await dataSource.query('select email from parley.administrators');
    const isNew = known.length === 0;
    if (!isNew && !known.some((administrator) => administrator.email === email.toLowerCase())) {
      throw new Error(
        'This installation has its administrator already, under another address. ' +
          'Run `parley init` with that address for a fresh token; nothing was changed.',
      );
    }
    return { token: await credentials.createAdministrator(email), isNew };
  } finally {
    await opened.close();
  }
}

export function registerInit(program: Command): void {
  program
    .command('init')
    .description('make the first administrator; needs OWNER_DATABASE_URL')
    .requiredOption('--email <address>', 'where the administrator can be reached')
    .option('--print-token', 'print nothing but the access token')
    .action(async ({ email, printToken }: { email: string; printToken?: true }) => {
      if (!z.email().safeParse(email).success) throw new Error(`--email: "${email}" is no e-mail address.`);
      const { token, isNew } = await initialise(ownerUrl(), email);
      if (printToken !== true) {
        console.error(`${isNew ? 'Made the administrator' : 'Made a fresh token for'} ${email}.`);
        console.error(
          'This token is shown once and lasts 90 days; send it as "Authorization: Bearer <token>":',
        );
      }
      console.log(token);
    });
}

/** The owner's connection string, or what to set. */
export function ownerUrl(): string {
  const { OWNER_DATABASE_URL: url } = readEnvironment(process.env, 'cli');
  if (url === undefined)
    throw new Error('Set OWNER_DATABASE_URL (it stands in .parley/env), then run it again.');
  return url;
}
