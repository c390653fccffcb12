// `npm run settings -- <setting> --people 10000 --seed 1 --out folder`: writes the data of a setting.
import { parseArgs } from 'node:util';
import { generate, SETTINGS } from './generating';
import type { SettingName } from './generating';

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      people: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  });
  const [setting = ''] = positionals;
  if (!(setting in SETTINGS) || values.out === undefined)
    throw new Error(`Say which setting (${Object.keys(SETTINGS).join(', ')}) and --out <folder>.`);
  const size = { people: Number(values.people), seed: Number(values.seed) };
  const files = await generate(setting as SettingName, values.out, size);
  for (const file of Object.values(files)) process.stdout.write(`${file}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
