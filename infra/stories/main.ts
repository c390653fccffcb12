// `npm run story -- <setting>`: tells the story of a setting against the running engine, and goes on where it was interrupted.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { Memory } from '../demo/memory';
import { Report } from '../demo/report';
import type { Places } from '../demo/tour';
import { commandOf, usage } from './command';
import type { Command } from './command';
import { STORIES, tell } from './stories';
import type { Told } from './stories';

const CHECKOUT = path.resolve(__dirname, '..', '..', '..');
const STATE = process.env.PARLEY_STATE_DIR ?? path.join(CHECKOUT, '.parley');
const USUAL = { people: 4_000, seed: 1 };
const START = 'Start one in another terminal: npm start -- --no-demo';
const print = (line: string) => void process.stdout.write(`${line}\n`);

function places(): Places {
  let settings: Record<string, string | undefined>;
  try {
    settings = parseEnv(readFileSync(path.join(STATE, 'env'), 'utf8'));
  } catch {
    throw new Error(`No engine was started here yet. ${START}`);
  }
  const { API_URL: api = '', INBOX_URL: inbox } = settings;
  if (!inbox)
    throw new Error('People are asked by mail, and nobody reads it here: set INBOX_URL, then npm start.');
  const administratorToken = readFileSync(path.join(STATE, 'admin-token'), 'utf8').trim();
  return { api, inbox, administratorToken, data: '', cli: path.join(CHECKOUT, 'dist/apps/cli/main.js') };
}

async function answering(api: string): Promise<void> {
  const isThere = await fetch(`${api}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isThere) throw new Error(`The engine that was started here does not answer at ${api}. ${START}`);
}

/** As it was begun; another size would be another story. */
function sizeOf({ setting, people, seed }: Command, memory: Memory) {
  const begun = { people: memory.recall<number>('people'), seed: memory.recall<number>('seed') };
  for (const [name, given] of Object.entries({ people, seed })) {
    const before = begun[name as keyof typeof begun];
    if (given !== undefined && before !== undefined && given !== before)
      throw new Error(
        `This story was begun with --${name} ${before}. Leave --${name} out to go on, or begin anew: ` +
          `npm run story -- ${setting} --${name} ${given} --anew`,
      );
  }
  return { people: people ?? begun.people ?? USUAL.people, seed: seed ?? begun.seed ?? USUAL.seed };
}

async function main(): Promise<void> {
  const abouts = Object.fromEntries(Object.entries(STORIES).map(([setting, { about }]) => [setting, about]));
  const command = commandOf(process.argv.slice(2), abouts);
  if (command === undefined) return print(usage(abouts));
  const where = places();
  await answering(where.api);
  const file = path.join(STATE, 'stories', `${command.setting}.json`);
  // What a holder or a linker keeps on a machine of its own has to be there when an interrupted story goes on.
  const folder = path.join(STATE, 'stories', command.setting);
  if (command.isAnew) for (const kept of [file, folder]) rmSync(kept, { recursive: true, force: true });
  const memory = Memory.at(file);
  const size = sizeOf(command, memory);
  if (memory.has('programme'))
    print(`\n  Going on where it was interrupted. To begin anew: npm run story -- ${command.setting} --anew`);
  try {
    await tell(command.setting as Told, { places: where, memory, report: reporting(), folder, size });
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    throw new Error(
      `The story stopped: ${reasonOf(error)}\n  To go on from here: npm run story -- ${command.setting}`,
    );
  }
}

/** At a terminal the step that is going on is shown, too. */
function reporting(): Report {
  const { stdout } = process;
  return stdout.isTTY
    ? new Report(print, (text) => void stdout.write(`\r\x1b[2K${text}`))
    : new Report(print);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`\n  ${reasonOf(error)}\n`);
    process.exit(1);
  },
);
