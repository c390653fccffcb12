// What the events about questions change in a project's state.
import type { ProjectOnlyEvents } from '../events';
import { by } from '../evolve/fold';
import type { Fold } from '../evolve/fold';
import type { ProjectState } from '../state';
import type { QuestionEvents, QuestionState } from './terms';

export const noRevocations: QuestionState = { revocations: [] };

export const questionFolds: { [T in keyof QuestionEvents | 'QuestionProposed']: Fold<T> } = {
  QuestionProposed: (state, data, { at, version }) => ({
    ...state,
    questions: [...state.questions, asked(data, at, version)],
  }),
  SufficiencyRevoked: (state, { revocation: id, ...said }, event) => {
    const revoked = { id, ...said, person: by(event), at: event.at, version: event.version };
    return { ...state, revocations: [...state.revocations, revoked] };
  },
};

/** Versions recorded before the chain was have no form. */
const asked = (
  { question: id, form, ...data }: ProjectOnlyEvents['QuestionProposed'],
  at: string,
  version: number,
): ProjectState['questions'][number] => ({ id, ...data, form: form ?? null, at, version });
