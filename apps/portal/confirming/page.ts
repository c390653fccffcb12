// Makes the page on which a colleague confirms what was written down for somebody without e-mail (T15).
import { awaitsCountersignature, countersigners } from '#libs/domain';
import type { Decision } from '#libs/domain';
import type { Language } from '#libs/language';
import { contentCode, showContent } from '#libs/web';
import { citedEvidence, evidenceShown } from '../evidence/cited';
import { confirmationOf } from '../items';
import type { Item } from '../items';
import type { Reading, Side } from '../reading';
import { organisationOf, said, who } from '../signing/page';
import type { Found } from '../signing/page';

/** What of the round awaits this person; nothing once it is over. */
export function awaiting(side: Side, item: Item, { checkpoint, round }: Found): Decision[] {
  if (round.lapsedAt !== null || checkpoint.rounds.at(-1) !== round) return [];
  return round.decisions.filter(
    (decision) =>
      awaitsCountersignature(decision) &&
      countersigners(side.programme, round, decision, side.now).includes(item.person),
  );
}

export async function confirmPage(
  reading: Reading,
  side: Side,
  item: Item,
  found: Found,
  language: Language,
) {
  const { t, moment } = language;
  const { checkpoint, round } = found;
  const pending = awaiting(side, item, found);
  const signed = await reading.signed(round.content);
  const [title, texts, names] = await Promise.all([
    reading.title(side, t),
    reading.texts(pending.flatMap(({ conditions }) => conditions.map(({ value }) => value))),
    reading.names(
      side,
      ...[signed.core, signed.cover, item.person],
      pending.map(({ person, organisation, written, at }) => [
        ...[person, organisation, written?.by],
        organisationOf(side.programme, written?.by ?? '', at),
      ]),
    ),
  ]);
  const nameOf = (person: string) => names(person) ?? t('page.somebody');
  const evidence = citedEvidence(side, round, item.person, [signed.core, signed.cover]);
  return {
    ...{ title: t('confirm.title'), project: title, addressee: names(item.person) ?? t('page.colleague') },
    ...{ askedAbout: t(`askedAbout.${checkpoint.kind}`), code: contentCode(round.content.core) },
    recorded: pending.map(({ person, organisation, choice, written, at, conditions }) => ({
      ...{
        id: person,
        who: who(names, person, organisation, t),
        answer: t(`choice.${choice}`),
        at: moment(at),
      },
      how: written ? t(`heard.${written.how}`) : null,
      by: who(names, written?.by ?? '', organisationOf(side.programme, written?.by ?? '', at), t),
      conditions: language.list(conditions.map((condition) => said(condition, texts, language))),
    })),
    choices: pending.map(({ person }) => ({
      ...{ value: person, label: t('confirm.that', { name: nameOf(person) }), effect: t('confirm.effect') },
    })),
    content: showContent(signed, names, language),
    evidence: await evidenceShown(reading, confirmationOf(item), evidence, language),
    action: confirmationOf(item),
  };
}
