// One mail a day: what several orders to one person ask, which of it still waits when the mail is written, and what lapsed.
import type { BatchRow, Letter, OpenedLedger } from '#libs/ledger';
import type { Language } from '#libs/language';
import type { MailFacts } from '#libs/mail';
import type { About, LinkMaker } from './links';
import { MailReading } from './reading';
import type { Sides } from './reading';
import { lapsedItem, openItem } from './round-facts';

export interface OpenItem {
  /** As an ordinary mail about it alone would be written from. */
  letter: Letter;
  askedAbout: string;
  deadline: string;
  link: About;
}

export interface Digesting {
  opened: OpenedLedger;
  links: LinkMaker;
  portalUrl: string;
  language: Language;
  sides: Sides;
}

export interface LapsedItem {
  letter: Letter;
  askedAbout: string;
  deadline: string;
}

export interface Day {
  open: OpenItem[];
  /** Without what is asked again. */
  lapsed: LapsedItem[];
}

/** What of these orders still waits, and what lapsed; a request and its reminder are one thing. */
export async function dayOf(digesting: Digesting, letter: Letter, batch: BatchRow[]): Promise<Day> {
  const { opened, links, portalUrl, language, sides } = digesting;
  const open = new Map<string, OpenItem>();
  const lapsed = new Map<string, LapsedItem>();
  for (const { stream, mail: order } of batch) {
    const own = { ...letter, stream, mail: order };
    const reading = new MailReading(opened, own, language);
    const side = await sides.of(stream);
    const { orderedAt } = letter;
    const writing = { reading, links, portalUrl, language, side, stream, order, orderedAt };
    const title = await reading.text(side.project?.title ?? side.programme.name);
    const titled = { letter: { ...own, title: title === '' ? null : title } };
    const key = `${stream}/${order.about}`;
    if (order.purpose === 'ROUND_LAPSED') {
      const item = lapsedItem(writing);
      if (item !== null) lapsed.set(key, { ...item, ...titled });
      continue;
    }
    const item = openItem(writing);
    if (item !== null) open.set(key, { ...item, ...titled });
  }
  for (const key of open.keys()) lapsed.delete(key);
  return { open: [...open.values()], lapsed: [...lapsed.values()] };
}

const lineOf = (
  { letter, askedAbout, deadline }: LapsedItem,
  word: 'mail.DAILY_DIGEST.item' | 'mail.lapsedItem',
  { t, moment }: Language,
): [string, string] => [letter.title ?? letter.stream, t(word, { askedAbout, deadline: moment(deadline) })];

/** Nothing is said where nothing lapsed. */
export const lapsedFacts = (lapsed: LapsedItem[], language: Language): Pick<MailFacts, 'lapsed'> =>
  lapsed.length === 0 ? {} : { lapsed: lapsed.map((item) => lineOf(item, 'mail.lapsedItem', language)) };

/** One link for all that waits: it opens the first, and the list of what is open beside it. */
export async function digestFacts(
  { links, language }: Digesting,
  items: [OpenItem, ...OpenItem[]],
  lapsed: LapsedItem[],
): Promise<Omit<MailFacts, 'addressee'>> {
  const lines = items.map((item) => lineOf(item, 'mail.DAILY_DIGEST.item', language));
  return { ...(await links.sign(items[0].link)), items: lines, ...lapsedFacts(lapsed, language) };
}
