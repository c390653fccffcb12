#!/usr/bin/env node
// `parley`: the command line of operators and holders; each command lives in a folder of its own.
import 'reflect-metadata';
import { Command } from 'commander';
import { registerAnalyse } from './analyse';
import { registerCheck } from './check';
import { registerInit } from './init';
import { registerLogKey } from './log-key';
import { registerMigrate } from './migrate';
import { registerPrepare } from './prepare';
import { registerRebuild } from './rebuild';

const program = new Command('parley')
  .description('Participatory action research cycles over data that nobody may simply hand over')
  .showHelpAfterError();
for (const register of [
  registerAnalyse,
  registerCheck,
  registerInit,
  registerLogKey,
  registerMigrate,
  registerPrepare,
  registerRebuild,
])
  register(program);

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
