// What the mail with one code for several sign-offs says: which ones it covers, and the code, made in the sending attempt.
import { contentCode } from '#libs/web';
import type { Facts, Writing } from './facts';
import { CODE_USEFUL_MS } from './round-facts';

/** What was answered or replaced meanwhile stays listed: the page says so of each when the code is given. */
export async function itemsCodeFacts(writing: Writing): Promise<Facts | null> {
  const { side, order, orderedAt, stream, links, reading, language } = writing;
  const items = order.items ?? [];
  if (items.length === 0 || Date.parse(side.now) - Date.parse(orderedAt) > CODE_USEFUL_MS) return null;
  const listed: string[] = [];
  for (const item of items) {
    const round = await reading.round(item);
    if (round === null) return null;
    const { kind, core, project } = round;
    const words = { askedAbout: language.t(`askedAbout.${kind}`), contentCode: contentCode(core), project };
    listed.push(language.t('mail.ITEMS_CODE.item', words));
  }
  return {
    about: order.about,
    listed: language.list(listed),
    oneTimeCode: await links.itemsCode(stream, order.person, items),
  };
}
