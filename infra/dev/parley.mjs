#!/usr/bin/env node
// `npx parley …`: the command line of operators and holders, in the folder it was called from, built first where it is not.
process.argv.splice(2, 0, 'apps/cli/main.js');
await import('./run.mjs');
