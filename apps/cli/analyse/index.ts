// `parley analyse`: a method of the catalogue on a file of this machine, checked as the engine checks it. Needs no server.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { asCsv, catalogue, InputRefused, MethodName, MethodResult, runMethod } from '#libs/statistics';
import type { RunOutcome } from '#libs/statistics';
import { z } from 'zod';
import { drawPlot } from '#libs/vault/results';
import { Languages } from '#libs/language';
import { renderReport } from '#libs/web';
import { AnalyseRefused, readInput } from './data';

interface AnalyseFlags {
  readonly method: string;
  readonly data: string;
  readonly params: string;
  readonly out: string;
  readonly people?: string;
  readonly dimensions?: string;
}

/** Adds the command to `parley`. */
export function registerAnalyse(program: Command): void {
  program
    .command('analyse')
    .description(
      'run a method on a CSV file of this machine, with the disclosure rules of a project’s results',
    )
    .requiredOption('--method <name>', MethodName.options.join(', '))
    .requiredOption('--data <file>', 'the records as CSV, with a header row; empty fields are missing')
    .requiredOption('--params <file>', 'the method’s parameters as JSON')
    .requiredOption(
      '--out <directory>',
      'where result.json with its JSON Schema, report.html, a CSV per table and an SVG per plot are written',
    )
    .option(
      '--people <column>',
      'the column that says whose record a row is; each row another person if not given',
    )
    .option(
      '--dimensions <columns>',
      'the file is a table of cells with these dimensions (comma between them)',
    )
    .action(runAnalyse);
}

/** Ends with 1 where the method could not be run as asked. */
export async function runAnalyse(flags: AnalyseFlags): Promise<void> {
  try {
    const method = MethodName.safeParse(flags.method);
    if (!method.success) {
      throw new AnalyseRefused(
        `--method: there is no method "${flags.method}"; there are ${MethodName.options.join(', ')}.`,
      );
    }
    const dimensions = flags.dimensions?.split(',').map((name) => name.trim());
    const input = await readInput(flags.data, { people: flags.people, dimensions });
    const outcome = runMethod(method.data, input, await readParams(flags.params));
    const written = await write(flags.out, outcome, path.basename(flags.data));
    process.stdout.write(written.map((file) => `Written: ${file}\n`).join(''));
  } catch (error) {
    if (!(error instanceof AnalyseRefused || error instanceof InputRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function readParams(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AnalyseRefused(`--params: "${file}" cannot be read. Name a JSON file.`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AnalyseRefused(`--params: "${file}" is not JSON (${(error as Error).message}).`);
  }
}

/** Numbers in result.json have every digit; findings travel without the counts behind what is hidden. */
async function write(directory: string, { result }: RunOutcome, data: string): Promise<string[]> {
  const { title, description } = catalogue[MethodName.parse(result.method)];
  const plots = result.plots.map(drawPlot);
  // Nobody has said which language whoever runs this speaks.
  const language = new Languages().first;
  const told = { title: `${title}: ${data}`, data: language.t('report.localFile', { file: data }) };
  const report = renderReport(
    { ...told, result, method: { title, description }, plots, engine: null },
    language,
  );
  const files = [
    { name: 'result.json', text: `${JSON.stringify(result, null, 2)}\n` },
    { name: 'result.schema.json', text: `${JSON.stringify(z.toJSONSchema(MethodResult), null, 2)}\n` },
    ...result.tables.map((table) => ({ name: `${table.name}.csv`, text: asCsv([table]) })),
    ...plots.map((text, index) => ({ name: `plot-${index + 1}.svg`, text })),
    { name: 'report.html', text: report },
  ];
  await mkdir(directory, { recursive: true });
  for (const { name, text } of files) await writeFile(path.join(directory, name), text);
  return files.map(({ name }) => path.join(directory, name));
}
