// What a warning changes in a project's state: that it was given.
import type { ExpiryEvents, ExpiryState } from './terms';

export const noExpiryWarnings: ExpiryState = { expiryWarnings: [] };

type Fold<T extends keyof ExpiryEvents> = <S extends ExpiryState>(state: S, data: ExpiryEvents[T]) => S;

export const expiryFolds: { [T in keyof ExpiryEvents]: Fold<T> } = {
  ExpiryWarned: (s, { id, days, ends }) => ({
    ...s,
    expiryWarnings: [...s.expiryWarnings, { id, days, ends }],
  }),
};
