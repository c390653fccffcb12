// The linker's files: identifiers in, key maps and doubtful pairs out; and the end of the identifiers, with proof.
import { createHash } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { csvLine } from '../csv';
import { PrepareRefused } from '../refused';
import { rowsIn } from '../tables';
import type { HolderFile, Linkage } from './linkage';
import type { Reviewed } from './matching';
import { IDENTIFIERS, standardised } from './records';
import type { Person } from './records';

/** Reads a holder's file of identifiers: `key` and any of the known identifiers, and no other column at all. */
export async function readIdentifiers(file: string): Promise<HolderFile> {
  const holder = path.basename(file).replace(/\.[^.]*$/, '');
  let header: string[] | null = null;
  const people: Person[] = [];
  const keys = new Set<string>();
  for await (const fields of rowsIn(file)) {
    if (header === null) {
      header = checkedHeader(fields, file);
      continue;
    }
    const raw = Object.fromEntries(header.map((name, index) => [name, fields[index] ?? '']));
    const { key = '' } = raw;
    if (!/^[0-9a-f]{32}$/.test(key) || keys.has(key))
      throw new PrepareRefused(
        `${file}, row ${people.length + 2}: "key" is not a row key of its own. Make the file with: parley prepare identifiers.`,
      );
    keys.add(key);
    people.push(standardised(key, raw));
  }
  if (people.length === 0) throw new PrepareRefused(`${file} holds nobody.`);
  return { holder, people };
}

/** The linker sees no payload: a column that is no identifier is refused, not ignored. */
function checkedHeader(fields: string[], file: string): string[] {
  const known: readonly string[] = ['key', ...IDENTIFIERS];
  const other = fields.find((name) => !known.includes(name));
  if (other !== undefined)
    throw new PrepareRefused(
      `${file} has a column "${other}", which is no identifier. The linker takes ${known.join(', ')} and nothing else.`,
    );
  if (!fields.includes('key') || fields.length < 2)
    throw new PrepareRefused(`${file} needs the column "key" and at least one of ${IDENTIFIERS.join(', ')}.`);
  return fields;
}

const REVIEW_HEADER = [
  'a',
  'b',
  'decision',
  'probability',
  ...IDENTIFIERS.flatMap((name) => [`a_${name}`, `b_${name}`]),
];

/** Doubtful pairs, both sides beside each other; a person writes `match` or `no` under `decision`. */
export function reviewText({ doubtful }: Linkage): string {
  const lines = doubtful.map(({ a, b, probability }) =>
    csvLine([a.key, b.key, '', probability.toFixed(4), ...IDENTIFIERS.flatMap((name) => [a[name], b[name]])]),
  );
  return `${[csvLine(REVIEW_HEADER), ...lines].join('\n')}\n`;
}

/** What was decided of each pair; a pair nobody decided is a refusal, since silence links nobody and leaves nobody out. */
export async function readReview(file: string): Promise<Reviewed> {
  const decided = new Map<string, boolean>();
  let row = 0;
  for await (const [a = '', b = '', decision = ''] of rowsIn(file)) {
    row += 1;
    if (row === 1) continue;
    const said = decision.trim().toLowerCase();
    if (said !== 'match' && said !== 'no')
      throw new PrepareRefused(`${file}, row ${row}: write "match" or "no" under "decision".`);
    decided.set(`${a} ${b}`, said === 'match');
  }
  return (a, b) => decided.get(`${a.key} ${b.key}`) ?? null;
}

export const mapText = (linked: Linkage['holders'][number]['linked']): string =>
  `${['key,link', ...linked.map(({ person, link }) => csvLine([person.key, link]))].join('\n')}\n`;

export interface Destroyed {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Overwrites and removes, and names what was not where it was said to be. Best effort on copy-on-write and flash storage, where old
 * blocks may outlive a file.
 */
export async function destroy(
  files: readonly string[],
): Promise<{ destroyed: Destroyed[]; missing: string[] }> {
  const destroyed: Destroyed[] = [];
  const missing: string[] = [];
  for (const file of files) {
    const bytes = await stat(file).then(
      ({ size }) => size,
      () => null,
    );
    if (bytes === null) {
      missing.push(file);
      continue;
    }
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    const handle = await open(file, 'r+');
    try {
      const nothing = Buffer.alloc(65_536);
      for (let at = 0; at < bytes; at += nothing.length)
        await handle.write(nothing, 0, Math.min(nothing.length, bytes - at), at);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rm(file);
    destroyed.push({ file: path.basename(file), sha256, bytes });
  }
  return { destroyed, missing };
}
