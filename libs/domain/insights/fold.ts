// How insights grow: statuses, summaries, deviations and demands are added to what was there.
import type { Folds } from '../evolve/fold';
import type { Insight, ProjectState } from '../state';
import type { InsightsEvents, InsightsState } from './terms';

export const noInsightHistory: InsightsState = { deviations: [], demands: [] };

const on = (s: ProjectState, id: string, change: (insight: Insight) => Insight): ProjectState => ({
  ...s,
  insights: s.insights.map((insight) => (insight.id === id ? change(insight) : insight)),
});

export const insightsFolds: Folds<InsightsEvents> = {
  InsightStatusChanged: (s, { insight, ...change }, { at }) =>
    on(s, insight, (i) => ({
      ...i,
      status: change.status,
      owner: change.owner,
      changes: [...i.changes, { ...change, at }],
    })),
  SummaryWritten: (s, { insight, ...summary }, { at }) =>
    on(s, insight, (i) => ({ ...i, summaries: [...i.summaries, { ...summary, at, approved: null }] })),
  SummaryApproved: (s, { insight, version, person }, { at }) =>
    on(s, insight, (i) => ({
      ...i,
      summaries: i.summaries.map((summary) =>
        summary.version === version ? { ...summary, approved: { person, at } } : summary,
      ),
    })),
  DeviationRecorded: (s, { deviation: id, ...deviation }, { at }) => ({
    ...s,
    deviations: [...s.deviations, { id, ...deviation, at }],
  }),
  FindingAsked: (s, { demand: id, ...demand }, { at }) => ({
    ...s,
    demands: [...s.demands, { id, ...demand, at, met: [] }],
  }),
  FindingMet: (s, { demand, ...met }, { at }) => ({
    ...s,
    demands: s.demands.map((each) =>
      each.id === demand ? { ...each, met: [...each.met, { ...met, at }] } : each,
    ),
  }),
};
