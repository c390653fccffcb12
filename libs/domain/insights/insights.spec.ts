// Insights as stories: whom they are for, who approves their summaries, and which findings nobody used.
import { analysed, analysis, permitted } from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import { seenBefore } from '../admissibility';
import type { InsightStatus, ProjectCommand } from '../index';
import { demandStatus, unusedFindings } from './rules';

const outcome = (story: Story, name: Name, command: ProjectCommand): string => {
  const decided = story.tryProject(story.as(name), command);
  return decided.ok ? 'OK' : decided.refusal.rule;
};

const insight = (over: object = {}): ProjectCommand => ({
  ...{ type: 'RecordInsight', status: 'DEFERRED', text: 't', authors: ['per_official', 'per_researcher'] },
  ...{ analyses: ['a1'], ...over },
});
const change = (status: InsightStatus, owner: string | null = null): ProjectCommand => ({
  ...{ type: 'ChangeInsightStatus', insight: 'i1', status, owner, reason: 'r' },
});
const write = (words = 100): ProjectCommand => ({ type: 'WriteSummary', insight: 'i1', text: 't', words });
const approve = (version: number): ProjectCommand => ({ type: 'ApproveSummary', insight: 'i1', version });

/** At reflection, with one checked result and another that was withheld. */
const reflecting = (): Story => {
  const story = analysed(permitted()).sign('OUTPUT', 'checker');
  analysed(story).onProject(story.as('checker'), { type: 'WithholdOutput', analysis: 'a2', reason: 'r' });
  return story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' });
};

const reflected = (story: Story): Story => {
  const word = { text: 't', misreading: 'm' };
  story.onProject(story.as('official'), { type: 'AddInterpretation', as: 'PRACTITIONER', ...word });
  story.onProject(story.as('researcher'), { type: 'AddInterpretation', as: 'RESEARCHER', ...word });
  story.onProject(story.as('lead'), { type: 'ProposeReflection', content: story.content() });
  return story.sign('REFLECTION', 'official', 'researcher');
};

describe('insights', () => {
  it('B43: what is outside the local remit names who owns it nationally; each change of status is kept', () => {
    const story = reflecting();
    expect(outcome(story, 'lead', insight({ status: 'OUTSIDE_LOCAL_REMIT' }))).toBe('OWNER');
    expect(outcome(story, 'lead', insight({ owner: 'the department' }))).toBe('OWNER');
    story.onProject(story.as('lead'), insight({ status: 'OUTSIDE_LOCAL_REMIT', owner: 'the department' }));
    expect(outcome(story, 'lay', change('OUTSIDE_LOCAL_REMIT', 'another'))).toBe('TRANSITION');
    expect(outcome(story, 'lay', change('PARTLY_ACTIONABLE'))).toBe('OK');
    expect(story.project.insights[0]).toMatchObject({ status: 'PARTLY_ACTIONABLE', owner: null });
    expect(story.project.insights[0]?.changes).toHaveLength(1);
  });

  it('B49: an insight names a practitioner and a researcher, and rests on results that passed their check', () => {
    const story = reflecting();
    expect(outcome(story, 'lead', insight({ authors: ['per_researcher', 'per_lead'] }))).toBe('AUTHORS');
    expect(outcome(story, 'lead', insight({ authors: ['per_official'] }))).toBe('AUTHORS');
    expect(outcome(story, 'lead', insight({ analyses: ['a1', 'a2'] }))).toBe('NOT_CHECKED');
    expect(outcome(story, 'lead', insight({ analyses: ['a7'] }))).toBe('UNKNOWN_ANALYSIS');
    expect(outcome(story, 'lead', insight())).toBe('OK');
  });

  it('B56: a plain summary has at most 150 words; a practitioner who did not write it approves the latest', () => {
    const story = reflecting();
    story.onProject(story.as('lead'), insight());
    expect(outcome(story, 'researcher', write(151))).toBe('SUMMARY_LENGTH');
    expect(outcome(story, 'researcher', write(0))).toBe('SUMMARY_LENGTH');
    expect(outcome(story, 'researcher', write(150))).toBe('OK');
    expect(outcome(story, 'researcher', approve(1))).toBe('WRONG_ROLE');
    story.onProject(story.as('official'), write());
    expect(outcome(story, 'official', approve(1))).toBe('STALE_CONTENT');
    expect(outcome(story, 'official', approve(2))).toBe('SELF_APPROVAL');
    story.onProject(story.as('researcher'), write());
    expect(outcome(story, 'official', approve(3))).toBe('OK');
    expect(outcome(story, 'official', approve(3))).toBe('ALREADY_APPROVED');
  });

  it('B45: a finding asked for and not used after the reflection is shown as unused, and so is one nobody asked for', () => {
    const story = permitted();
    const ask: ProjectCommand = { type: 'AskForFinding', text: 't', hope: 'CONFIRMATION', hypothesis: null };
    expect(outcome(story, 'official', { ...ask, hypothesis: 'hy9' })).toBe('UNKNOWN_HYPOTHESIS');
    story.onProject(story.as('official'), ask);
    const statuses: (string | undefined)[] = [];
    const note = () => {
      const demand = story.project.demands[0];
      statuses.push(demand && demandStatus(story.world, demand, story.now));
    };
    note();
    analysed(story).onProject(story.as('researcher'), { type: 'MeetDemand', demand: 'fd1', analysis: 'a1' });
    expect(outcome(story, 'researcher', { type: 'MeetDemand', demand: 'fd1', analysis: 'a1' })).toBe(
      'ALREADY_MET',
    );
    expect(outcome(story, 'researcher', { type: 'MeetDemand', demand: 'fd1', analysis: 'a8' })).toBe(
      'UNKNOWN',
    );
    note();
    story.sign('OUTPUT', 'checker');
    note();
    reflected(story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' }));
    note();
    expect(unusedFindings(story.world, story.now).map(({ id }) => id)).toEqual(['a1']);
    story.onProject(story.as('lead'), insight());
    note();
    expect(statuses).toEqual(['ASKED', 'RUN', 'FOUND', 'UNUSED', 'USED']);
    expect(unusedFindings(story.world, story.now)).toEqual([]);
  });

  it('B45: a deviation from what was registered is recorded, before or after its result by the ledger', () => {
    const story = analysed(permitted());
    const deviate: ProjectCommand = { type: 'RecordDeviation', analysis: 'a1', part: 'SUPPORT', reason: 'r' };
    story.onProject(story.as('researcher'), deviate).sign('OUTPUT', 'checker');
    story.onProject(story.as('researcher'), deviate);
    expect(outcome(story, 'researcher', { ...deviate, analysis: 'a9' })).toBe('UNKNOWN_ANALYSIS');
    const all = Object.values(story.project.analyses);
    const seen = story.project.deviations.map(
      ({ person, at }) => seenBefore(story.world, all, person, at).length,
    );
    expect(seen).toEqual([0, 1]);
    // A run registered afterwards was registered knowing the first result.
    story.onProject(story.as('researcher'), analysis(story));
    const later = story.project.analyses['a2'];
    expect(
      later && seenBefore(story.world, all, later.author, later.registeredAt).map(({ id }) => id),
    ).toEqual(['a1']);
  });
});
