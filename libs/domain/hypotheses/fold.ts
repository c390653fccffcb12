// How hypotheses grow: versions, rivals, words and fates are added, none is replaced.
import type { Folds } from '../evolve/fold';
import { changed } from '../listed';
import type { ProjectState } from '../state';
import type { HypothesesEvents, HypothesesState, Hypothesis } from './terms';

export const noHypotheses: HypothesesState = { hypotheses: [] };

function on(s: ProjectState, id: string, change: (hypothesis: Hypothesis) => Hypothesis): ProjectState {
  const hypotheses = changed(s.hypotheses, id, change);
  return hypotheses === s.hypotheses ? s : { ...s, hypotheses };
}

export const hypothesesFolds: Folds<HypothesesEvents> = {
  HypothesisProposed: (s, data, { at }) => {
    const { hypothesis: id, cycle, person, organisation, statement, reason } = data;
    const proposed: Hypothesis = {
      ...{ id, cycle, holder: person, organisation, discussion: [], decisions: [], untestable: [] },
      versions: [{ version: 1, person, statement, reason, at }],
      rivals: data.rivals.map((rival) => ({ rival, person, reason: null, at })),
    };
    return { ...s, hypotheses: [...s.hypotheses, proposed] };
  },
  HypothesisRevised: (s, { hypothesis, ...version }, { at }) =>
    on(s, hypothesis, (h) => ({ ...h, versions: [...h.versions, { ...version, at }] })),
  RivalsDeclared: (s, { hypothesis, ...declared }, { at }) =>
    on(s, hypothesis, (h) => ({ ...h, rivals: [...h.rivals, { ...declared, at }] })),
  HypothesisDiscussed: (s, { hypothesis, ...words }, { at }) =>
    on(s, hypothesis, (h) => ({ ...h, discussion: [...h.discussion, { ...words, at }] })),
  HypothesisDecided: (s, { hypothesis, ...decision }, { at }) =>
    on(s, hypothesis, (h) => ({ ...h, decisions: [...h.decisions, { ...decision, at }] })),
  HypothesisFoundUntestable: (s, { hypothesis, ...found }, { at }) =>
    on(s, hypothesis, (h) => ({ ...h, untestable: [...h.untestable, { ...found, at, answer: null }] })),
  UntestableAnswered: (s, { hypothesis, version, ...answer }, { at }) =>
    on(s, hypothesis, (h) => ({
      ...h,
      untestable: h.untestable.map((each) =>
        each.version === version && each.answer === null ? { ...each, answer: { ...answer, at } } : each,
      ),
    })),
};
