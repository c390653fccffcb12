// `npm run settings -- <setting> --out folder`: writes the data of a setting.
import { parseArgs } from 'node:util';
import { checked, SETTINGS, write } from './generating';
import type { SettingName } from './generating';

const USAGE = `npm run settings -- <setting> --out <folder> [options]

  ${Object.keys(SETTINGS).join('\n  ')}

  --out <folder>  where the files go; made if it is not there
  --people <n>    100 to 1,000,000 (10,000); more people are the same people and others besides
  --seed <n>      0 to 2^32 − 1 (1); the same setting, size and seed give the same bytes`;

const print = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { positionals, values } = parsed();
  const [setting = '', ...more] = positionals;
  if (values.help) return print(USAGE);
  const wrong = (what: string) => new Error(`${what}\n\n${USAGE}`);
  if (!(setting in SETTINGS))
    throw wrong(setting ? `There is no setting "${setting}".` : 'Say which setting.');
  if (more.length > 0) throw wrong(`One setting at a time: "${more.join(' ')}" is too much.`);
  if (values.out === undefined) throw wrong('Say where the files go: --out <folder>.');
  for (const name of ['people', 'seed'] as const)
    if (!/^\d+$/.test(values[name]))
      throw wrong(`--${name}: expected a whole number, got "${values[name]}".`);
  const size = checked({ people: Number(values.people), seed: Number(values.seed) });
  print(`  ${setting}: ${size.people.toLocaleString('en')} people, seed ${size.seed}\n`);
  for (const source of SETTINGS[setting as SettingName]) {
    const began = performance.now();
    const { file, records, bytes } = await write(source, values.out, size);
    const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
    print(
      `  ✓ ${took.padStart(7)}  ${records.toLocaleString('en').padStart(10)} records  ${megabytes(bytes)}  ${file}`,
    );
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`.padStart(9);

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        people: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`\n  ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
