// How many of those asked have to approve, for whom, in which order, and what silence means: the round's quorum in words.
import { quorumTerms, turnOfPerson } from '#libs/domain';
import type { QuorumPlace, Round } from '#libs/domain';
import type { Language } from '#libs/language';
import type { NameLookup } from '#libs/web';

export interface QuorumWords {
  needed: string;
  places: string[];
  order: string;
  silence: string;
}

/** `deadline` as the page says it. */
export function quorumWords(
  round: Round,
  person: string,
  deadline: string,
  names: NameLookup,
  language: Language,
): QuorumWords {
  const { t } = language;
  const { places, people, asked, organisations, turns } = quorumTerms(round);
  const turn = turnOfPerson(round, person);
  return {
    needed: t('quorum.needed', { people, asked, organisations }),
    places: places.map((place) => placeWords(place, names, language)),
    order:
      turns === null || turn === null
        ? t('quorum.together')
        : t('quorum.inTurns', { turn, turns: turns.people.length }),
    silence: t('quorum.silence', { deadline }),
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
