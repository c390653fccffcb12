// Everything that waits for one person in a programme and its projects (B57): ids from the ledger, judged by the domain.
import { projectStatus, whyNotAnswer } from '#libs/domain';
import type { ItemRef } from '#libs/ledger';
import type { Item } from '../items';
import type { Reading, Side } from '../reading';
import { findRound } from '../signing/page';
import type { Found } from '../signing/page';

/** More on one page nobody reads with care; the rest follows when these are answered. */
export const MOST_AT_ONCE = 10;

export interface OpenItem {
  item: Item;
  side: Side;
  found: Found;
}

export interface OpenItems {
  shown: OpenItem[];
  /** How many more wait. */
  more: number;
}

/** The suffix of an item's fields in the one form: unlike in any other item, and fit for an anchor. */
export const keyOf = ({ stream, checkpoint, round }: ItemRef): string => `${stream}-${checkpoint}-${round}`;

export const refOf = ({ stream, checkpoint, round }: Item): ItemRef => ({ stream, checkpoint, round });

/** The earliest deadline first. A project that rests or is closed asks nobody. */
export async function openItems(reading: Reading, token: string, person: string): Promise<OpenItems> {
  const refs = await reading.openItems(token);
  const sides = new Map<string, Side>();
  for (const stream of new Set(refs.map((ref) => ref.stream))) sides.set(stream, await reading.side(stream));
  const open = refs.flatMap((ref): OpenItem[] => {
    const item = { ...ref, person };
    const side = sides.get(ref.stream);
    const found = side ? findRound(side, item) : null;
    return side && found && isOpen(side, item) ? [{ item, side, found }] : [];
  });
  return { shown: open.slice(0, MOST_AT_ONCE), more: Math.max(0, open.length - MOST_AT_ONCE) };
}

function isOpen({ programme, project, now }: Side, { person, ...ref }: Item): boolean {
  if (project !== null && projectStatus(project) !== 'ACTIVE') return false;
  const { checkpoints } = project ?? programme;
  return whyNotAnswer({ programme, checkpoints, actor: { person }, now }, ref) === null;
}
