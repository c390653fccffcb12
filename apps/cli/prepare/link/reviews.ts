// Where files of doubtful pairs were written: they hold identifiers too, and end with them, also when the reviewed copy lies elsewhere.
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Beside the first holder's file, which every run for the same linkage names. It holds addresses of files, and nobody's identifiers. */
const noteOf = (first: string): string => `${first}.reviews.json`;

export async function notedReviews(first: string): Promise<string[]> {
  const text = await readFile(noteOf(first), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return JSON.parse(text) as string[];
}

/** Noted before the file is written, so that none lies anywhere without a note. */
export async function noteReview(first: string, review: string): Promise<void> {
  const noted = new Set([...(await notedReviews(first)), path.resolve(review)]);
  await writeFile(noteOf(first), JSON.stringify([...noted]), { mode: 0o600 });
}

export const forgetReviews = (first: string): Promise<void> => rm(noteOf(first), { force: true });
