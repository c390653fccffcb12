// `parley export`: fetches a project's export into a file, whole or not at all.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { readEnvironment } from '#libs/config';
import { EXPORT_PROFILES } from '#libs/domain';

interface Options {
  profile: string;
  out?: string;
  token?: string;
}

export function registerExport(program: Command): void {
  program
    .command('export <project>')
    .description(
      'fetch the zip of a project: its story, and its ledger with proofs; needs API_URL and a token',
    )
    .option('--profile <profile>', `for whom: ${EXPORT_PROFILES.join(', ')}`, 'partners')
    .option('--out <file>', 'where to write it (default: <project>-<profile>.zip)')
    .option('--token <token>', 'your access token (default: the variable PARLEY_TOKEN)')
    .action(async (project: string, { profile, out, token }: Options) => {
      const { API_URL: url } = readEnvironment(process.env, 'cli');
      const secret = token ?? process.env.PARLEY_TOKEN;
      if (url === undefined) throw new Error('Set API_URL (it stands in .parley/env), then run it again.');
      if (secret === undefined) throw new Error('Give your access token with --token or in PARLEY_TOKEN.');
      const file = out ?? `${project}-${profile}.zip`;
      const query = new URLSearchParams({ profile });
      await fetchInto(
        file,
        `${url}/projects/${encodeURIComponent(project)}/export?${query.toString()}`,
        secret,
      );
      console.log(`Written to ${file}. Check it with: parley verify ${file} --key <the log's key>`);
    });
}

async function fetchInto(file: string, url: string, token: string): Promise<void> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok || response.body === null) {
    const { detail, remedy } = (await response.json().catch(() => ({}))) as {
      detail?: string;
      remedy?: string;
    };
    throw new Error(`The export was refused (${response.status}). ${detail ?? ''} ${remedy ?? ''}`.trim());
  }
  const unfinished = `${file}.unfinished`;
  try {
    await pipeline(Readable.fromWeb(response.body), createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw new Error('The export broke off before its end; nothing was kept. Run it again.', { cause });
  }
}
