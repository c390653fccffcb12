// What was learned: an insight's status and plain summary, deviations from what was registered, findings asked for.
import type { Instant, InsightStatus, OrganisationId, PersonId, Text } from '../words';

/** What of a registered run was done otherwise than registered (B45). */
export const DEVIATION_PARTS = ['HYPOTHESIS', 'SUPPORT', 'METHOD', 'PARAMETERS', 'POPULATION'] as const;
export type DeviationPart = (typeof DEVIATION_PARTS)[number];

/** What whoever asks for a finding says they hope for. */
export const HOPES = ['CONFIRMATION', 'AN_ANSWER'] as const;
export type Hope = (typeof HOPES)[number];

export const DEMAND_STATUSES = ['ASKED', 'RUN', 'FOUND', 'USED', 'UNUSED'] as const;
/** UNUSED: a checked result is there, its cycle was reflected on, and no insight or action rests on it. */
export type DemandStatus = (typeof DEMAND_STATUSES)[number];

/** A plain summary is no longer than this (B56). */
export const MOST_WORDS = 150;

export interface InsightsEvents {
  InsightStatusChanged: {
    insight: string;
    person: PersonId;
    status: InsightStatus;
    owner: Text | null;
    reason: Text;
  };
  SummaryWritten: { insight: string; version: number; person: PersonId; text: Text; words: number };
  SummaryApproved: { insight: string; version: number; person: PersonId };
  DeviationRecorded: {
    deviation: string;
    analysis: string;
    person: PersonId;
    part: DeviationPart;
    reason: Text;
  };
  FindingAsked: {
    demand: string;
    person: PersonId;
    organisation: OrganisationId;
    text: Text;
    hope: Hope;
    hypothesis: string | null;
  };
  FindingMet: { demand: string; analysis: string; person: PersonId };
}

export interface InsightsCommands {
  ChangeInsightStatus: { insight: string; status: InsightStatus; owner: Text | null; reason: Text };
  /** `words`: counted where the text is still at hand, since no rule reads erasable text. */
  WriteSummary: { insight: string; text: Text; words: number };
  ApproveSummary: { insight: string; version: number };
  RecordDeviation: { analysis: string; part: DeviationPart; reason: Text };
  AskForFinding: { text: Text; hope: Hope; hypothesis: string | null };
  /** Names the run that gives what was asked for. */
  MeetDemand: { demand: string; analysis: string };
}

export interface Summary {
  version: number;
  person: PersonId;
  text: Text;
  words: number;
  at: Instant;
  approved: { person: PersonId; at: Instant } | null;
}

/** What an insight has besides what was first recorded. */
export interface InsightHistory {
  /** Who can act on it, where this is nobody here. */
  owner: Text | null;
  changes: { person: PersonId; status: InsightStatus; owner: Text | null; reason: Text; at: Instant }[];
  summaries: Summary[];
}

export interface Deviation {
  id: string;
  analysis: string;
  person: PersonId;
  part: DeviationPart;
  reason: Text;
  at: Instant;
}

export interface FindingDemand {
  id: string;
  person: PersonId;
  organisation: OrganisationId;
  text: Text;
  hope: Hope;
  hypothesis: string | null;
  at: Instant;
  met: { analysis: string; person: PersonId; at: Instant }[];
}

export interface InsightsState {
  deviations: Deviation[];
  demands: FindingDemand[];
}
