// What each event about a dictionary changes in a project's state. A dictionary given anew is to be published anew.
import type { Instant } from '../words';
import type { DictionaryEvents, DictionaryState } from './terms';

export const noDictionaries: DictionaryState = { dictionaries: {} };

type Fold<T extends keyof DictionaryEvents> = <S extends DictionaryState>(
  state: S,
  data: DictionaryEvents[T],
  event: { at: Instant },
) => S;

export const dictionaryFolds: { [T in keyof DictionaryEvents]: Fold<T> } = {
  DictionaryGiven: (s, dictionary, { at }) => ({
    ...s,
    dictionaries: { ...s.dictionaries, [dictionary.deposit]: { ...dictionary, at, published: null } },
  }),
  DictionaryPublished: (s, { deposit, person }, { at }) => {
    const dictionary = s.dictionaries[deposit];
    if (!dictionary) return s;
    return {
      ...s,
      dictionaries: { ...s.dictionaries, [deposit]: { ...dictionary, published: { person, at } } },
    };
  },
};
