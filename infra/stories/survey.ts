// A survey inside a story: open for seconds where in life it is weeks, and who is in the files that it is compared with.
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Story } from './telling';

/** As long as fresh sign-offs take. */
const OPEN_MS = 20_000;
const OPENS_AFTER_MS = 2_000;
/** The engine's clock and ours may differ. */
const MARGIN_MS = 500;

/** When it opens and closes: the same survey, also when it is asked for again after an interruption. */
export function times(story: Story): { opens: string; closes: string; leaveBy: string } {
  if (!story.memory.has('survey from')) story.memory.keep('survey from', Date.now());
  const instant = (ms: number) => new Date(begun(story) + ms).toISOString();
  return { opens: instant(OPENS_AFTER_MS), closes: instant(OPEN_MS), leaveBy: instant(OPEN_MS) };
}

const begun = (story: Story): number => story.memory.recall<number>('survey from') ?? 0;

/** Until nobody answers or leaves any more. */
export const closed = (story: Story): Promise<void> =>
  pause(Math.max(0, begun(story) + OPEN_MS + MARGIN_MS - Date.now()));

/** The people of a source's file, optionally only those whose row says so; the first column names them. */
export async function peopleIn(
  story: Story,
  source: string,
  isMeant = (_row: string[]) => true,
): Promise<Set<string>> {
  const text = await readFile(story.files[source] ?? '', 'utf8');
  const rows = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trimEnd().split(','));
  return new Set(rows.filter(isMeant).map(([person = '']) => person));
}
