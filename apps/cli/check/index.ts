// `parley check`: the output check on one table by itself; says what it found and what may be shown. Needs no server.
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { asCsv, checkTables } from '#libs/statistics';
import { readCells } from './cells';
import { describeFindings, describeTable } from './print';
import { CheckRefused, readRules } from './rules';

interface CheckFlags {
  readonly data: string;
  readonly rules: string;
  readonly out?: string;
}

/** Adds the command to `parley`. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('check one table of cells against the disclosure rules: what may be shown of it')
    .requiredOption('--data <file>', 'the cells as CSV, with a header row and one row per cell')
    .requiredOption('--rules <file>', 'which columns are what, and the thresholds, as JSON')
    .option('--out <file>', 'write what may be shown as CSV')
    .action(runCheck);
}

/** Ends with 1 where a rule failed, so that something had to be hidden, or where nothing could be checked. */
export async function runCheck({ data, rules: rulesFile, out }: CheckFlags): Promise<void> {
  try {
    const rules = await readRules(rulesFile);
    const raw = await readCells(data, rules);
    const { conditions, coarser, contextNotes, rounding } = rules;
    const { tables, findings } = checkTables(raw, rules.thresholds, {
      conditions,
      coarser,
      contextNotes,
      ...(rounding === undefined ? {} : { rounding }),
    });
    const parts = [describeFindings(findings), ...tables.map(describeTable)];
    process.stdout.write(`${parts.join('\n')}\n`);
    if (out !== undefined) {
      await writeFile(out, asCsv(tables));
      process.stdout.write(`Written: ${out}\n`);
    }
    if (findings.some(({ verdict }) => verdict === 'fail')) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CheckRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
