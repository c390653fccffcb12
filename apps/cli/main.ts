// `parley`: the command line of operators and holders; each command lives in a folder of its own.
import 'reflect-metadata';
import { Command } from 'commander';
import { registerAnalyse } from './analyse';
import { registerCheck } from './check';
import { registerCode } from './code';
import { registerExport } from './export';
import { registerInit } from './init';
import { registerLogKey } from './log-key';
import { registerMigrate } from './migrate';
import { registerPrepare } from './prepare';
import { registerRebuild } from './rebuild';
import { registerVerify } from './verify';
import { registerWitness } from './witness';

const program = new Command('parley')
  .description('Participatory action research cycles over data that nobody may simply hand over')
  .showHelpAfterError();
for (const register of [
  registerAnalyse,
  registerCheck,
  registerCode,
  registerExport,
  registerInit,
  registerLogKey,
  registerMigrate,
  registerPrepare,
  registerRebuild,
  registerVerify,
  registerWitness,
])
  register(program);

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
