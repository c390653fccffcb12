// Exceptions and holders' comments, in the order they were made.
import type { Folds } from '../evolve/fold';
import type { OutputCheckEvents, OutputCheckState } from './terms';

export const noOutputChecks: OutputCheckState = { exceptions: [], outputComments: [] };

export const outputCheckFolds: Folds<OutputCheckEvents> = {
  ExceptionProposed: (s, { exception: id, assurance: _, ...proposed }, { at }) => ({
    ...s,
    exceptions: [...s.exceptions, { id, ...proposed, at, granted: null }],
  }),
  ExceptionGranted: (s, { exception, person, reason }, { at }) => ({
    ...s,
    exceptions: s.exceptions.map((each) =>
      each.id === exception ? { ...each, granted: { person, reason, at } } : each,
    ),
  }),
  OutputCommented: (s, { comment: id, assurance: _, ...comment }, { at }) => ({
    ...s,
    outputComments: [...s.outputComments, { id, ...comment, at }],
  }),
};
