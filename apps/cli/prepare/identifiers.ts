// `parley prepare identifiers`: what a holder sends to the linker, identifiers under random row keys, and nothing about anybody.
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { StructurePass, openTabular } from '#libs/vault/conformance';
import { csvLine } from './csv';
import { dayIn } from './dates';
import { refuseExisting, writeSynced } from './in-place';
import { IDENTIFIERS } from './link/records';
import type { Identifier } from './link/records';
import { DATE_FORMATS } from './plan';
import type { DateFormat } from './plan';
import { PrepareRefused, told } from './refused';
import { unfinished } from './unfinished';

export interface IdentifiersRequest {
  readonly input: string;
  /** The raw column that says whose record a row is. */
  readonly person: string;
  /** Raw columns by identifier. */
  readonly columns: Readonly<Partial<Record<Identifier, string>>>;
  readonly dates?: DateFormat;
  /** For the linker. */
  readonly output: string;
  /** For the holder alone: which row key is whose. */
  readonly keys: string;
}

/** Writes both files; people are told apart by the person column, and each is written once. */
export async function writeIdentifiers(request: IdentifiersRequest): Promise<{ people: number }> {
  const { columns, person, output, keys } = request;
  const named = IDENTIFIERS.filter((name) => columns[name] !== undefined);
  if (named.length === 0)
    throw new PrepareRefused('Name at least one identifier’s column, such as --birth dob.');
  await refuseExisting(output);
  await refuseExisting(keys);
  const rows = new Map<string, string>();
  const owners: string[] = [];
  await eachPerson(request, named, (owner, values) => {
    if (rows.has(owner)) return;
    const key = randomBytes(16).toString('hex');
    rows.set(owner, csvLine([key, ...values]));
    owners.push(csvLine([owner, key]));
  });
  if (rows.size === 0) throw new PrepareRefused(`${request.input} names nobody in the column "${person}".`);
  // In the order of the random keys, which tells nothing: the order of the file may.
  const lines = [...rows.values()].sort();
  await writeSynced(keys, `${['person,key', ...owners].join('\n')}\n`);
  await writeSynced(output, `${[csvLine(['key', ...named]), ...lines].join('\n')}\n`);
  return { people: rows.size };
}

async function eachPerson(
  { input, person, columns, dates = 'YYYY-MM-DD', output }: IdentifiersRequest,
  named: readonly Identifier[],
  take: (owner: string, values: string[]) => void,
): Promise<void> {
  const wanted = [...new Set([person, ...named.map((name) => columns[name] ?? '')])];
  const at = (name: string) => wanted.indexOf(name);
  const fields = wanted.map((name) => ({ name, type: 'text' as const }));
  const reads = { level: 'ROWS' as const, fields, dimensions: [], sums: [], maxRows: 20_000_000 };
  const pass = new StructurePass(reads, {
    leaveOutOthers: true,
    rowText: (values) => {
      const owner = values[at(person)] ?? '';
      if (owner !== '')
        take(
          owner,
          named.map((name) => {
            const raw = values[at(columns[name] ?? '')] ?? '';
            return name === 'birth' ? (dayIn(raw, dates) ?? '') : raw;
          }),
        );
      return null;
    },
  });
  const { directory, discard } = await unfinished(output);
  try {
    const limits = { memoryMb: 800, threads: 2, wallClockMs: 3_600_000 };
    const tabular = await openTabular(createReadStream(input), { names: wanted, directory, limits });
    if (tabular.failure) throw new PrepareRefused(`${input} cannot be read as Parquet.`);
    for await (const _rows of pass.read(tabular.plain)) continue;
  } finally {
    await discard();
  }
  const refused = pass.findings.list().filter(({ severity }) => severity === 'refuse');
  if (refused.length > 0)
    throw new PrepareRefused(
      `${input} cannot be read:\n${refused.map(({ message }) => `  - ${message}`).join('\n')}`,
    );
}

export function registerIdentifiers(prepare: Command): void {
  const command = prepare
    .command('identifiers')
    .description(
      'for a holder: identifiers under random row keys, to be sent to the linker; no other column goes out',
    )
    .requiredOption('--in <file>', 'the raw file')
    .requiredOption('--person <column>', 'the column that says whose record a row is')
    .requiredOption('--out <file>', 'the file for the linker; its name is your name there')
    .requiredOption('--keys <file>', 'which row key is whose: for you alone')
    .option('--dates <format>', `how dates are written: ${DATE_FORMATS.join(', ')}`);
  for (const name of IDENTIFIERS) command.option(`--${name} <column>`, `the column of ${name}`);
  command.action((flags: Record<string, string> & { dates?: DateFormat }) =>
    told(async () => {
      const { in: input = '', person = '', out: output = '', keys = '', dates } = flags;
      const columns = Object.fromEntries(
        IDENTIFIERS.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])),
      );
      const { people } = await writeIdentifiers({
        ...{ input, person, columns, output, keys },
        ...(dates === undefined ? {} : { dates }),
      });
      process.stdout.write(
        `${people.toLocaleString('en-GB')} people. Send ${output} to the linker; keep ${keys}, and keep it to yourself.\n`,
      );
    }),
  );
}
