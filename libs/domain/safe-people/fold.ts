// What each event about safe people changes in a programme's state.
import type { Instant, PersonId } from '../words';
import type { Safety, SafePeopleEvents, SafePeopleState } from './terms';

const NOTHING: Safety = { training: null, undertaking: null, interests: null };

const onRecord = <S extends SafePeopleState>(state: S, person: PersonId, more: Partial<Safety>): S => ({
  ...state,
  safety: { ...state.safety, [person]: { ...(state.safety[person] ?? NOTHING), ...more } },
});

type Fold<T extends keyof SafePeopleEvents> = <S extends SafePeopleState>(
  state: S,
  data: SafePeopleEvents[T],
  event: { at: Instant },
) => S;

export const safePeopleFolds: { [T in keyof SafePeopleEvents]: Fold<T> } = {
  TrainingRecorded: (s, { person, ...training }, { at }) =>
    onRecord(s, person, { training: { ...training, at } }),
  UndertakingSigned: (s, { person, text }, { at }) => onRecord(s, person, { undertaking: { text, at } }),
  InterestsDeclared: (s, { person, interests }, { at }) =>
    onRecord(s, person, { interests: { declared: interests, at } }),
};

/** Who is attested anew begins anew: another organisation answers for them, perhaps for another work. */
export const begunAnew = (safety: SafePeopleState['safety'], person: PersonId): SafePeopleState['safety'] => {
  const { [person]: _former, ...others } = safety;
  return others;
};
