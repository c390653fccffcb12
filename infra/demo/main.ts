// The demonstration of `npm start`: three cycles of one project, by seven people, all through what Parley shows to the outside.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ApiRefused } from './api';
import { CAST } from './cast';
import { demonstrate } from './demonstrate';
import { Memory } from './memory';
import { Report } from './report';
import { Tour } from './tour';
import type { Ending } from './tour';

const CHECKOUT = path.resolve(__dirname, '..', '..', '..');
/** Elsewhere only for tests, as for the launcher. */
const STATE = process.env.PARLEY_STATE_DIR ?? path.join(CHECKOUT, '.parley');

function setting(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set. \`npm start\` sets it; to run this alone: set -a; . .parley/env`);
  return value;
}

function tourOf(args: readonly string[]): Tour {
  const places = {
    api: setting('API_URL'),
    inbox: setting('INBOX_URL'),
    administratorToken: readFileSync(path.join(STATE, 'admin-token'), 'utf8').trim(),
    data: path.join(CHECKOUT, 'infra', 'demo', 'data', 'lalonde.csv'),
    cli: path.join(CHECKOUT, 'dist', 'apps', 'cli', 'main.js'),
  };
  const report = new Report((line) => void process.stdout.write(`${line}\n`));
  const ending: Ending = args.includes('--once')
    ? { once: true }
    : // The launcher listens, and then shows what else there is to see.
      { once: false, tellWaiting: () => void process.send?.({ waiting: true }) };
  return new Tour(places, Memory.at(path.join(STATE, 'demo.json')), report, ending, CAST);
}

/** A connection that cannot be made says where to only in its cause. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return message === 'fetch failed' && cause instanceof Error ? `${message}: ${cause.message}` : message;
}

demonstrate(() => tourOf(process.argv.slice(2))).then(
  () => process.exit(0),
  (error: unknown) => {
    const remedy = error instanceof ApiRefused ? (error.problem.remedy ?? '') : '';
    process.stderr.write(`\n  The demonstration stopped: ${inWords(error)}\n`);
    if (remedy !== '') process.stderr.write(`  ${remedy}\n`);
    process.exit(1);
  },
);
