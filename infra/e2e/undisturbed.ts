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
  AnalysisEnded: 2,
  AnalysisRegistered: 2,
  AnalysisStageClosed: 2,
  BenefitProposed: 1,
  BoundaryProposed: 1,
  CheckpointOpened: 13,
  CycleStarted: 2,
  DecisionRecorded: 27,
  DepositAccepted: 2,
  DepositDestroyed: 1,
  DepositInvited: 3,
  DepositReceived: 3,
  DepositRefused: 1,
  EthicsRecorded: 1,
  InsightRecorded: 1,
  InterpretationAdded: 4,
  LegalFileDrafted: 1,
  PermitGiven: 2,
  ProjectStarted: 1,
  QuestionProposed: 2,
  RefinementProposed: 2,
  ReflectionProposed: 2,
  ReleaseProposed: 2,
  ReleaseSealed: 2,
  RequestAnswered: 2,
  RequestSent: 2,
};
