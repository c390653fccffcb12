// Puts a finished file and its manifest where they were asked for, each whole or not at all.
import { open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { PrepareRefused } from './refused';

export async function refuseExisting(output: string): Promise<void> {
  const exists = await stat(output).then(
    () => true,
    () => false,
  );
  if (exists) throw new PrepareRefused(`${output} exists already. Name another file, or remove it first.`);
}

/** What a holder sends along with a prepared file. */
export const besideOf = (output: string): string => `${output}.manifest.json`;

export async function putInPlace(unfinished: string, output: string, manifest: object): Promise<void> {
  const unfinishedManifest = `${unfinished}.manifest`;
  await writeSynced(unfinishedManifest, `${JSON.stringify(manifest, null, 2)}\n`);
  await sync(unfinished);
  await rename(unfinishedManifest, besideOf(output));
  await rename(unfinished, output);
  await sync(path.dirname(path.resolve(output)));
}

/** Writes a file for this user only, on disk before it returns. */
export async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function firstLines(file: string, count: number): Promise<string[]> {
  const lines: string[] = [];
  const handle = await open(file);
  try {
    for await (const line of handle.readLines()) {
      lines.push(line);
      if (lines.length === count) break;
    }
  } finally {
    await handle.close().catch(() => undefined);
  }
  return lines;
}
