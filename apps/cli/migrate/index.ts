// `parley migrate`: brings the database to this version's schema; doing it again changes nothing.
import type { Command } from 'commander';
import { migrate } from '#libs/ledger';
import { ownerUrl } from '../init';

export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the schema of this version; needs OWNER_DATABASE_URL')
    .action(async () => {
      await migrate(ownerUrl());
      console.log('The database has the schema of this version.');
    });
}
