// How many of those asked have to approve, for whom, in which order, who sees what, and what silence brings: the round's quorum in words.
import { quorumTerms, turnOfPerson } from '#libs/domain';
import type { Instant, QuorumPlace, Round } from '#libs/domain';
import type { Language } from '#libs/language';
import type { NameLookup } from '#libs/web';

export interface QuorumWords {
  needed: string;
  places: string[];
  order: string;
  answers: string;
  /** What still comes of both: a reminder, and word to whoever asks. */
  reminders: string[];
  silence: string;
}

/** As they stand, suspensions and haste counted in; null for what has been done. */
export interface QuorumTimes {
  remindAt: Instant | null;
  escalateAt: Instant | null;
  deadline: Instant;
}

export function quorumWords(
  round: Round,
  person: string,
  { remindAt, escalateAt, deadline }: QuorumTimes,
  names: NameLookup,
  language: Language,
): QuorumWords {
  const { t, moment } = language;
  const { places, people, asked, organisations, turns, isBlind } = quorumTerms(round);
  const turn = turnOfPerson(round, person);
  return {
    needed: t('quorum.needed', { people, asked, organisations }),
    places: places.map((place) => placeWords(place, names, language)),
    order:
      turns === null || turn === null
        ? t('quorum.together')
        : t('quorum.inTurns', { turn, turns: turns.people.length }),
    answers: t(isBlind ? 'sign.blind' : 'quorum.open'),
    reminders: [
      ...(remindAt === null ? [] : [t('quorum.reminder', { at: moment(remindAt) })]),
      ...(escalateAt === null ? [] : [t('quorum.escalation', { at: moment(escalateAt) })]),
    ],
    silence: t('quorum.silence', { deadline: moment(deadline) }),
  };
}

/** `1 of 3 asked: data holder, service provider, or civil society, for Council`. */
function placeWords({ roles, organisation, count, of }: QuorumPlace, names: NameLookup, language: Language) {
  const { t } = language;
  const who =
    roles.length === 0 ? t('quorum.anyRole') : language.either(roles.map((role) => t(`role.${role}`)));
  const name = organisation === null ? null : (names(organisation) ?? organisation);
  return name === null
    ? t('quorum.place', { count, of, who })
    : t('quorum.placeOf', { count, of, who, organisation: name });
}
