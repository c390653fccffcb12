// `npm run story -- <setting>`: tells the story of a setting against the running engine, once.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { ApiRefused } from '../demo/api';
import { Memory } from '../demo/memory';
import { Report } from '../demo/report';
import { STORIES, tell } from './stories';
import type { Told } from './stories';

const CHECKOUT = path.resolve(__dirname, '..', '..', '..');
const STATE = process.env.PARLEY_STATE_DIR ?? path.join(CHECKOUT, '.parley');

function places() {
  let settings: Record<string, string | undefined>;
  try {
    settings = parseEnv(readFileSync(path.join(STATE, 'env'), 'utf8'));
  } catch {
    throw new Error('No engine is running here. Start one in another terminal: npm start');
  }
  return {
    ...{ api: settings.API_URL ?? '', inbox: settings.INBOX_URL ?? '' },
    administratorToken: readFileSync(path.join(STATE, 'admin-token'), 'utf8').trim(),
    ...{ data: '', cli: path.join(CHECKOUT, 'dist', 'apps', 'cli', 'main.js') },
  };
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { people: { type: 'string', default: '4000' }, seed: { type: 'string', default: '1' } },
  });
  const [setting = ''] = positionals;
  if (!(setting in STORIES))
    throw new Error(`Say which story: npm run story -- ${Object.keys(STORIES).join(' | ')}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-story-'));
  try {
    const report = new Report((line) => void process.stdout.write(`${line}\n`));
    const size = { people: Number(values.people), seed: Number(values.seed) };
    await tell(setting as Told, {
      places: places(),
      memory: Memory.at(path.join(folder, 'memory.json')),
      report,
      folder,
      size,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  const remedy = error instanceof ApiRefused ? (error.problem.remedy ?? '') : '';
  process.stderr.write(
    `\n  The story stopped: ${error instanceof Error ? error.message : String(error)}\n  ${remedy}\n`,
  );
  process.exit(1);
});
