// `parley prepare`: minimisation, pseudonymisation and aggregation on the holder's machine, before anything leaves it.
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { prepare } from './prepare';
import type { PrepareManifest } from './manifest';
import type { Prepared } from './prepare';
import { PrepareRefused, told } from './refused';
import { registerIdentifiers } from './identifiers';
import { registerLink } from './link';
import { registerLinkageKey } from './linkage-key';

interface PrepareFlags {
  readonly spec?: string;
  readonly in?: string;
  readonly out?: string;
  readonly tokenFile?: string;
  readonly plan?: string;
  readonly pseudonym?: string;
  readonly keyFile?: string;
  readonly rowKeys?: string;
  readonly linkMap?: string;
  readonly preview?: boolean;
  readonly yes?: boolean;
}

/** Adds the command to `parley`. */
export function registerPrepare(program: Command): void {
  // The commands below have options of the same names, each of its own: said to the commands above, or these take them.
  program.enablePositionalOptions();
  const command = program.command('prepare').enablePositionalOptions();
  command
    .description(
      'make a deposit from a raw file on this machine: only what was granted, people under pseudonyms',
    )
    .option('--spec <file or address>', 'the grant as JSON: a file, or the address the request shows')
    .option('--token-file <file>', 'the access token for that address')
    .option('--in <file>', 'the raw file: CSV or TSV (UTF-8, with a header row), or Parquet')
    .option('--plan <file>', 'your plan: how the granted fields come out of your columns')
    .option('--out <file>', 'the file to deposit; its manifest is written beside it')
    .option('--pseudonym <column>', 'the column of the raw file that says whose record a row is')
    .option('--key-file <file>', 'your own key for pseudonyms; made if it does not exist')
    .option('--row-keys <file>', 'linked across holders: your own file of row keys')
    .option('--link-map <file>', 'linked across holders: the linker’s map of them')
    .option('--preview', 'show what would be written, and write nothing')
    .option('--yes', 'write without asking')
    .action(run);
  registerIdentifiers(command);
  registerLink(command);
  registerLinkageKey(command);
}

async function run(flags: PrepareFlags): Promise<void> {
  await told(async () => {
    const prepared = await prepare({
      specFile: needed(flags.spec, '--spec'),
      tokenFile: flags.tokenFile,
      planFile: flags.plan,
      progress: shown,
      input: needed(flags.in, '--in'),
      output: needed(flags.out, '--out'),
      person: flags.pseudonym,
      keyFile: flags.keyFile,
      linked: linkedBy(flags),
    });
    process.stdout.write(describe(prepared));
    if (flags.preview !== true && (flags.yes === true || (await isWanted()))) {
      await prepared.write();
      process.stdout.write(
        `Written: ${flags.out}, to be handed over on the page that your mail leads to, and ${flags.out}.manifest.json, which stays with you.\n`,
      );
    } else {
      await prepared.discard();
      process.stdout.write('Nothing was written.\n');
    }
  });
}

/** Not `requiredOption`: the commands below this one would ask for it too. */
function needed(value: string | undefined, option: string): string {
  if (value !== undefined) return value;
  throw new PrepareRefused(`${option} is missing. See: parley prepare --help`);
}

function linkedBy({ rowKeys, linkMap }: PrepareFlags): { rowKeys: string; map: string } | undefined {
  if (rowKeys === undefined && linkMap === undefined) return undefined;
  return { rowKeys: needed(rowKeys, '--row-keys'), map: needed(linkMap, '--link-map') };
}

/** One line that stands still, where somebody watches. */
function shown(done: number, step: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(done === 1 ? '\r\u001b[K' : `\r\u001b[K${Math.round(done * 100)} % ${step}`);
}

/** Asks where a person can answer; a script that called the command without --preview meant it. */
async function isWanted(): Promise<boolean> {
  if (!process.stdin.isTTY) return true;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question('Write this? (y/N) ');
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** The preview and the report, as text. */
export function describe({ manifest, preview, isNewKey }: Prepared): string {
  const { source, prepared } = manifest;
  const what = manifest.level === 'CELLS' ? 'cell' : 'row';
  const lines = [
    'Preview of what would be deposited:',
    ...preview.map((line) => `  ${line}`),
    prepared.rows > preview.length - 1
      ? `  … ${counted(prepared.rows - preview.length + 1, `more ${what}`)}`
      : '',
    '',
    `Read      ${counted(source.rows, 'row')}, ${count(source.bytes)} bytes, sha256 ${source.sha256}`,
    `Prepared  ${counted(prepared.rows, what)}, ${count(prepared.bytes)} bytes, sha256 ${prepared.sha256}`,
    `Kept      ${manifest.columns.join(', ')}`,
    `Removed   ${manifest.removedColumns.join(', ') || 'no column'}`,
    ...manifest.removedRows.map(({ why, rows }) => `Left out  ${counted(rows, 'row')}: ${why}`),
    ...Object.entries(manifest.unmatched).map(
      ([field, values]) => `Unknown   ${counted(values, 'value')} of ${field} that your table does not have`,
    ),
    ...Object.entries(manifest.outsidePeriod).map(
      ([field, values]) => `Emptied   ${counted(values, 'value')} of ${field}: outside the granted period`,
    ),
    ...smallNumberLines(manifest),
    smallCellsLine(manifest.smallCells),
    ...Object.entries(manifest.verdicts).map(
      ([name, { pass, fail, review }]) =>
        `Verdicts  ${name}: ${count(pass)} pass, ${count(fail)} fail, ${count(review)} for a person`,
    ),
    manifest.keyFingerprint === null
      ? ''
      : `Key       fingerprint ${manifest.keyFingerprint}${isNewKey ? ' (new: its file is made when the data is written; keep it, and keep it to yourself)' : ''}`,
    ...manifest.notes.map((note) => `Note      ${note}`),
    'Checked   it meets the grant',
  ];
  return `${lines.filter((line, index) => line !== '' || index === 3).join('\n')}\n`;
}

function smallNumberLines({ merged, keptBack }: PrepareManifest): string[] {
  const line = (what: string, { cells, people }: PrepareManifest['keptBack']) =>
    cells === 0
      ? ''
      : `${what} ${counted(cells, 'small cell')} of ${people === 1 ? '1 person' : `${count(people)} people`}, as the grant says`;
  return [line('Merged   ', merged), line('Kept back', keptBack)];
}

function smallCellsLine(smallCells: number | null): string {
  if (smallCells === null || smallCells === 0) return '';
  return `Small     ${smallCells === 1 ? '1 cell rests' : `${count(smallCells)} cells rest`} on fewer than 10 people; results will suppress them`;
}

function counted(value: number, what: string): string {
  return `${count(value)} ${what}${value === 1 ? '' : 's'}`;
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}

export { prepare } from './prepare';
export type { PrepareManifest } from './manifest';
export type { PrepareRequest, Prepared } from './prepare';
