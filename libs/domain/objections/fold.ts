// What an objection changes in a project's state.
import type { Instant } from '../words';
import type { ObjectionEvents, ObjectionState } from './terms';

export const noObjections: ObjectionState = { objections: [] };

type Fold<T extends keyof ObjectionEvents> = <S extends ObjectionState>(
  state: S,
  data: ObjectionEvents[T],
  event: { at: Instant },
) => S;

export const objectionFolds: { [T in keyof ObjectionEvents]: Fold<T> } = {
  ObjectionRecorded: (s, { objection: id, deposit, people, who, person }, { at }) => ({
    ...s,
    objections: [...s.objections, { id, deposit, people, who, person, at }],
  }),
};
