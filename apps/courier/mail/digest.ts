// One mail a day: what several orders to one person ask, and which of it still waits when the mail is written.
import type { BatchRow, Letter, OpenedLedger } from '#libs/ledger';
import type { Language } from '#libs/language';
import type { MailFacts } from '#libs/mail';
import type { About, LinkMaker } from './links';
import { MailReading } from './reading';
import { openItem } from './round-facts';

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
}

/** What of these orders still waits; a request and its reminder are one thing. */
export async function openItems(
  digesting: Digesting,
  letter: Letter,
  batch: BatchRow[],
): Promise<OpenItem[]> {
  const { opened, links, portalUrl, language } = digesting;
  const items = new Map<string, OpenItem>();
  for (const { stream, mail: order } of batch) {
    const own = { ...letter, stream, mail: order };
    const reading = new MailReading(opened, own, language);
    const side = await reading.side();
    const { orderedAt } = letter;
    const item = openItem({ reading, links, portalUrl, language, side, stream, order, orderedAt });
    if (item === null) continue;
    const title = await reading.text(side.project?.title ?? side.programme.name);
    items.set(`${stream}/${order.about}`, {
      ...item,
      letter: { ...own, title: title === '' ? null : title },
    });
  }
  return [...items.values()];
}

/** One link for all of them: it opens the first, and the list of what is open beside it. */
export async function digestFacts(
  { links, language }: Digesting,
  items: [OpenItem, ...OpenItem[]],
): Promise<Omit<MailFacts, 'addressee'>> {
  const lines = items.map(({ letter, askedAbout, deadline }): [string, string] => [
    letter.title ?? letter.stream,
    language.t('mail.DAILY_DIGEST.item', { askedAbout, deadline: language.moment(deadline) }),
  ]);
  return { ...(await links.sign(items[0].link)), items: lines };
}
