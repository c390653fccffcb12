// `parley verify`: checks an export or a receipt offline; a plain verdict first, then what it rests on.
import { openAsBlob } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { Languages } from '#libs/language';
import { EXIT_CODE, verdictInWords, verifyBundle, verifyReceipt } from '#libs/verify';
import type { Say } from '#libs/language';
import type { Given, Verdict } from '#libs/verify';

interface Options {
  key?: string[];
  checkpoint?: string[];
  receipt?: string[];
  witness?: string[];
  json?: true;
}

const several = (value: string, before: string[] = []): string[] => [...before, value];

export function registerVerify(program: Command): void {
  program
    .command('verify <file>')
    .description('check an export (zip) or a receipt (json), without network and without an engine')
    .option(
      '--key <key or file>',
      'a verifier key of the log, known otherwise; may be given several times',
      several,
    )
    .option('--checkpoint <file>', 'a signed head kept from before; may be given several times', several)
    .option('--receipt <file>', 'a receipt to be found in the export; may be given several times', several)
    .option('--witness <key or file>', 'the verifier key of a witness; may be given several times', several)
    .option('--json', 'print the verdict as JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 valid, 1 invalid, 2 cannot be said (no key given, or made by a newer version).',
    )
    .action(async (file: string, options: Options) => {
      const verdict = await verifyFile(file, {
        keys: await texts(options.key),
        checkpoints: await files(options.checkpoint),
        receipts: await files(options.receipt),
        witnesses: await texts(options.witness),
      });
      const { t } = new Languages().first;
      const said = verdictInWords(verdict, t);
      console.log(options.json === true ? JSON.stringify(said, null, 2) : onLines(said, t));
      process.exitCode = EXIT_CODE[verdict.outcome];
    });
}

/** What a file is shows in its first byte: a receipt is JSON. */
export async function verifyFile(file: string, given: Given): Promise<Verdict> {
  if (!(await stat(file).catch(() => null))?.isFile())
    throw new Error(`${file} is no file that can be read.`);
  const blob = await openAsBlob(file);
  const isReceipt = (await blob.slice(0, 1).text()) === '{';
  if (!isReceipt) return verifyBundle(blob, given);
  return verifyReceipt(await blob.slice(0, 5_000_000).text(), given);
}

const files = (names: string[] = []): Promise<string[]> =>
  Promise.all(names.map((name) => readFile(name, 'utf8')));

/** Keys as they are, or the files that hold them. */
const texts = (given: string[] = []): Promise<string[]> =>
  Promise.all(
    given.map(async (each) => (/\+[0-9a-f]{8}\+/.test(each) ? each : await readFile(each, 'utf8'))),
  );

function onLines({ sentence, failed, proved, asserted, noted }: Verdict<string>, t: Say): string {
  const part = (title: string, lines: string[]) =>
    lines.length > 0 ? `\n${title}:\n${lines.map((line) => `  - ${line}`).join('\n')}\n` : '';
  return [
    `${sentence}\n`,
    ...[part(t('verifier.failed'), failed), part(t('verifier.proved'), proved)],
    ...[part(t('verifier.noted'), noted), part(t('verifier.asserted'), asserted)],
  ].join('');
}
