// What the ledger of the demonstration's project holds when nothing went wrong: the measure of every run in which something did.
import { countTypes } from './record';
import type { Entry } from './record';

/**
 * What people decided and what the engine did, by type. Left out is how often data was opened, since a crash opens it again,
 * and which stages were announced, since a stage that is over before its announcement is due is not announced.
 */
export function outcomeOf(entries: readonly Entry[]): Record<string, number> {
  const { DepositOpened = 0, ReadOpened = 0, StageAnnounced = 0, ...rest } = countTypes(entries);
  expect([DepositOpened, ReadOpened, StageAnnounced].every((count) => count > 0)).toBe(true);
  expect(announcedTwice(entries)).toEqual([]);
  return rest;
}

function announcedTwice(entries: readonly Entry[]): string[] {
  const said = entries
    .filter(({ type }) => type === 'StageAnnounced')
    .map(({ text }) => JSON.stringify((JSON.parse(text) as { data: unknown }).data));
  return said.filter((each, at) => said.indexOf(each) !== at);
}

/** What {@link outcomeOf} gives for the whole demonstration. */
export const UNDISTURBED = {
  AnalysisEnded: 3,
  AnalysisRegistered: 3,
  AnalysisStageClosed: 3,
  BenefitProposed: 2,
  BoundaryProposed: 2,
  CheckpointOpened: 21,
  CycleStarted: 3,
  DecisionRecorded: 44,
  DepositAccepted: 3,
  DepositDestroyed: 1,
  DepositInvited: 4,
  DepositReceived: 4,
  DepositRefused: 1,
  EthicsRecorded: 1,
  InsightRecorded: 2,
  InterpretationAdded: 6,
  LegalFileDrafted: 2,
  PermitGiven: 3,
  ProjectStarted: 1,
  QuestionProposed: 3,
  RefinementProposed: 3,
  ReflectionProposed: 3,
  ReleaseProposed: 3,
  ReleaseSealed: 3,
  RequestAnswered: 3,
  RequestSent: 3,
};
