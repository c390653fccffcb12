// How the matrix grows: every judgement, challenge and correction is kept beside the ones before it.
import type { Folds } from '../evolve/fold';
import type { ProjectState } from '../state';
import type { Admissibility, AdmissibilityEvents, AdmissibilityState, MatrixEntry } from './terms';

export const noAdmissibility: AdmissibilityState = { matrix: {}, ratings: [], considerations: [] };

/** A challenge makes contested what was not; what is excluded stays excluded. */
const CHALLENGED: Record<Admissibility, Admissibility> = {
  PENDING: 'CONTESTED',
  ADMISSIBLE: 'CONTESTED',
  ADMISSIBLE_WITH_CAVEAT: 'CONTESTED',
  CONTESTED: 'CONTESTED',
  INADMISSIBLE: 'INADMISSIBLE',
};

function onEntry(s: ProjectState, id: string, change: (entry: MatrixEntry) => MatrixEntry): ProjectState {
  const entry = s.matrix[id];
  return entry ? { ...s, matrix: { ...s.matrix, [id]: change(entry) } } : s;
}

export const admissibilityFolds: Folds<AdmissibilityEvents> = {
  AdmissibilityOpened: (s, { place: id, ...place }, { at }) => {
    const none = { judgements: [], challenges: [], knowledge: [] };
    const opened: MatrixEntry = { id, ...place, status: 'PENDING', ...none, at };
    return { ...s, matrix: { ...s.matrix, [id]: opened } };
  },
  AdmissibilityJudged: (s, { place, ...judgement }, { at }) =>
    onEntry(s, place, (entry) => ({
      ...entry,
      status: judgement.status,
      judgements: [...entry.judgements, { ...judgement, at }],
    })),
  ChallengeRaised: (s, { place, challenge: id, ...challenge }, { at }) =>
    onEntry(s, place, (entry) => ({
      ...entry,
      status: CHALLENGED[entry.status],
      challenges: [...entry.challenges, { id, ...challenge, at }],
    })),
  LocalKnowledgeAdded: (s, { place, knowledge: id, ...knowledge }, { at }) =>
    onEntry(s, place, (entry) => ({ ...entry, knowledge: [...entry.knowledge, { id, ...knowledge, at }] })),
  FieldRated: (s, rating, { at }) => ({ ...s, ratings: [...s.ratings, { ...rating, at }] }),
  PublicReactionRecorded: (s, { consideration: id, ...reaction }, { at }) => ({
    ...s,
    considerations: [...s.considerations, { id, ...reaction, at }],
  }),
};
