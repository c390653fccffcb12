// Makes the page of a data request as the holder's people read it: exactly what is asked, field by field, and what was said.
import { clarificationMove, clarificationsOf, neutralFor, requestInstant } from '#libs/domain';
import type { Clarification, DataRequest, ProjectState } from '#libs/domain';
import { CLARIFICATION_TOPICS, REFUSAL_REASONS, TIERS } from '#libs/domain';
import type { Language } from '#libs/language';
import { PLACES, PRECISIONS } from '#libs/vault/deposit';
import { contentCode, differences, showContent } from '#libs/web';
import type { Reading, Side } from '../reading';
import { organisationOf } from '../signing/page';
import { OUTCOMES } from './answer';
import { CELL_PARTS, KEPT_BACK, RELEASED_AS, ROW_TYPES } from './fields';

export interface RequestSide extends Side {
  project: ProjectState;
}

export async function requestPage(
  reading: Reading,
  side: RequestSide,
  request: DataRequest,
  person: string,
  language: Language,
) {
  const { t, moment, remaining } = language;
  const { project, now } = side;
  const before = earlierVersion(project, request);
  const [signed, earlier, title] = await Promise.all([
    reading.signed(request.content),
    before && reading.signed(before.content),
    reading.title(side, t),
  ]);
  const asker = organisationOf(side.programme, request.sender, request.sentAt);
  const neutral = neutralFor(side, request.sender, person, now);
  const clarifications = clarificationsOf(project, request.id);
  const names = await reading.names(
    side,
    signed.core,
    signed.cover,
    earlier?.core,
    asker,
    request.sender,
    person,
    neutral,
  );
  const deadline = requestInstant(project, request, request.deadline, now);
  const { ask } = request;
  return {
    ...{ title: t('request.title'), project: title, addressee: names(person) ?? t('page.colleague') },
    askedBy: names(asker) ?? t('page.somebody'),
    ...{ deadline: moment(deadline), remaining: remaining(now, deadline), number: request.id },
    code: contentCode(request.content.core),
    content: showContent(signed, names, language),
    changed:
      before && earlier
        ? {
            since: t('request.since', { when: moment(before.sentAt) }),
            list: [
              ...differences(earlier.core, signed.core, names, language),
              ...differences(earlier.cover, signed.cover, names, language, [t('said.coveringText')]),
            ],
          }
        : null,
    facts: [
      [t('request.source'), ask.source],
      [t('request.purpose'), ask.purpose],
      [t('request.methods'), language.list(ask.methods)],
      [t('request.linkage'), t(ask.linkage ? 'request.linked' : 'request.notLinked')],
      [t('request.tier'), t(`tier.${ask.tier}`)],
    ],
    fields: ask.fields.map((field) => {
      const terms = ask.detail?.find((one) => one.field === field);
      return {
        field,
        period: terms?.period ? t('request.period', terms.period) : t('request.wholePeriod'),
        mayNarrow: terms?.period != null,
        granularity: terms
          ? t('request.level', {
              level: t(`level.${terms.granularity.level}`),
              vintage: terms.granularity.vintage ?? '',
            })
          : t('level.INDIVIDUAL'),
      };
    }),
    ...choicesOf(request, language),
    neutral: neutral.map((id) => ({ id, name: names(id) ?? t('page.somebody') })),
    clarifications: await talkOf(reading, clarifications, language),
    topics: CLARIFICATION_TOPICS.map((value) => ({ value, label: t(`topic.${value}`) })),
  };
}

function choicesOf({ ask }: DataRequest, { t }: Language) {
  return {
    outcomes: OUTCOMES.map((value) => ({
      value,
      label: t(`outcome.${value}`),
      effect: t(`outcomeEffect.${value}`),
    })),
    partsOfFile: ([KEPT_BACK, ...ROW_TYPES, ...CELL_PARTS] as const).map((value) => ({
      value,
      label: t(`part.${value}`),
    })),
    releasedAs: RELEASED_AS.map((value) => ({ value, label: t(`released.${value}`) })),
    precisions: PRECISIONS.map((value) => ({ value, label: t(`precision.${value}`) })),
    places: PLACES.map((value) => ({ value, label: t(`level.${value}`) })),
    tiers: TIERS.slice(0, TIERS.indexOf(ask.tier) + 1).map((value) => ({ value, label: t(`tier.${value}`) })),
    reasons: REFUSAL_REASONS.map((value) => ({ value, label: t(`refusalReason.${value}`) })),
  };
}

/** The latest request to the same holder for the same source before this one: what a new version is compared with. */
function earlierVersion({ requests }: ProjectState, request: DataRequest): DataRequest | null {
  const alike = Object.values(requests).filter(
    (other) =>
      other.holder === request.holder &&
      other.ask.source === request.ask.source &&
      other.sentAt < request.sentAt,
  );
  return request.answers === undefined ? (alike.at(-1) ?? null) : (requests[request.answers] ?? null);
}

async function talkOf(reading: Reading, clarifications: Clarification[], language: Language) {
  const { t, moment } = language;
  const texts = await reading.texts(
    clarifications.flatMap((one) => [one.text, ...one.answers.map((a) => a.text)]),
  );
  const said = (commitment: string) => texts.get(commitment) ?? t('said.erased');
  return clarifications.map((one) => ({
    ...{ id: one.id, topic: t(`topic.${one.topic}`), who: t(`side.${one.side}`), at: moment(one.at) },
    text: said(one.text),
    answers: one.answers.map((a) => ({ who: t(`side.${a.side}`), at: moment(a.at), text: said(a.text) })),
    isSettled: one.settledAt !== null,
    mayReply: one.settledAt === null && one.side === 'ASKER' && clarificationMove(one) === 'HOLDER',
    maySettle: one.settledAt === null && one.side === 'HOLDER',
  }));
}
