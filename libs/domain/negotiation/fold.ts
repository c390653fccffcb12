// What each event of a negotiation changes in a project's state.
import type { Instant } from '../words';
import type { NegotiationEvents, NegotiationState } from './terms';

export const noNegotiation: NegotiationState = {
  clarifications: [],
  suppositions: [],
  alternatives: [],
  wishes: [],
};

const changed = <T extends { id: string }>(all: T[], id: string, change: (one: T) => T): T[] =>
  all.map((one) => (one.id === id ? change(one) : one));

type Fold<T extends keyof NegotiationEvents> = <S extends NegotiationState>(
  state: S,
  data: NegotiationEvents[T],
  event: { at: Instant },
) => S;

export const negotiationFolds: { [T in keyof NegotiationEvents]: Fold<T> } = {
  ClarificationAsked: (s, { clarification: id, ...asked }, { at }) => ({
    ...s,
    clarifications: [...s.clarifications, { id, ...asked, at, answers: [], settledAt: null }],
  }),
  ClarificationAnswered: (s, { clarification, ...answer }, { at }) => ({
    ...s,
    clarifications: changed(s.clarifications, clarification, (c) => ({
      ...c,
      answers: [...c.answers, { ...answer, at }],
    })),
  }),
  ClarificationSettled: (s, { clarification }, { at }) => ({
    ...s,
    clarifications: changed(s.clarifications, clarification, (c) => ({ ...c, settledAt: at })),
  }),
  AlternativeConsidered: (s, considered, { at }) => ({
    ...s,
    alternatives: [...s.alternatives, { ...considered, at }],
  }),
  SuppositionRecorded: (s, { supposition: id, ...supposed }, { at }) => ({
    ...s,
    suppositions: [...s.suppositions, { id, ...supposed, at, replies: [] }],
  }),
  SuppositionReplied: (s, { supposition, person, text }, { at }) => ({
    ...s,
    suppositions: changed(s.suppositions, supposition, (one) => ({
      ...one,
      replies: [...one.replies, { person, text, at }],
    })),
  }),
  AskingWished: (s, { about, person }, { at }) => ({ ...s, wishes: [...s.wishes, { about, person, at }] }),
};
