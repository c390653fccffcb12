// Actions as stories: planned with a refinement, accounted for before the next reflection.
import { aCycle, analysed, concluded, DAY, permitted, question } from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import type { ActionStatus, NextStep, ProjectCommand } from '../index';
import { moves } from '../rules/moves';
import { plus } from '../rules/time';

const outcome = (story: Story, name: Name, command: ProjectCommand): string => {
  const decided = story.tryProject(story.as(name), command);
  return decided.ok ? 'OK' : decided.refusal.rule;
};
const plan = (story: Story, over: object = {}): ProjectCommand => ({
  ...{ type: 'PlanAction', what: 'w', owner: 'per_official', due: plus(story.now, 90 * DAY).slice(0, 10) },
  ...{ effect: 'e', insights: [], analyses: ['a1'], evidence: null, ...over },
});
const report = (status: ActionStatus): ProjectCommand => ({
  ...{ type: 'ReportAction', action: 'ac1', status, text: 't' },
});
const refine = (story: Story, next: NextStep): ProjectCommand => ({
  ...{ type: 'ProposeRefinement', content: story.content(), next },
});

/** At refinement, nothing proposed yet. */
const refining = (): Story => {
  const story = analysed(permitted()).sign('OUTPUT', 'checker');
  story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' });
  const word = { text: 't', misreading: 'm' };
  story.onProject(story.as('official'), { type: 'AddInterpretation', as: 'PRACTITIONER', ...word });
  story.onProject(story.as('researcher'), { type: 'AddInterpretation', as: 'RESEARCHER', ...word });
  story.onProject(story.as('lead'), { type: 'ProposeReflection', content: story.content() });
  return story.sign('REFLECTION', 'official', 'researcher');
};

/** The second cycle at its reflection, an action of the first still open. */
const nextReflection = (): Story => {
  const story = refining();
  story.onProject(story.as('lead'), plan(story)).onProject(story.as('lead'), refine(story, 'ACTION'));
  story.sign('REFINEMENT', 'official', 'researcher');
  story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' });
  story.onProject(story.as('lead'), question(story));
  story.sign('QUESTION', 'official', 'researcher');
  for (const stage of ['dataRequest', 'analysis'] as const)
    story.onProject(story.as('lead'), { type: 'SettleEmpty', stage, reason: 'r' });
  return story;
};

describe('actions', () => {
  it('B50: an action has an owner on the roster, a date ahead, and evidence that is there', () => {
    const story = refining();
    expect(outcome(story, 'lead', plan(story, { owner: 'per_nobody' }))).toBe('UNKNOWN_PERSON');
    expect(outcome(story, 'lead', plan(story, { due: '2025-12-31' }))).toBe('PAST');
    expect(outcome(story, 'lead', plan(story, { analyses: ['a9'] }))).toBe('UNKNOWN_EVIDENCE');
    expect(outcome(story, 'lead', plan(story, { insights: ['i9'] }))).toBe('UNKNOWN_EVIDENCE');
    expect(outcome(story, 'lead', plan(story, { analyses: [] }))).toBe('NO_EVIDENCE');
    expect(outcome(story, 'lead', plan(story, { analyses: [], evidence: 'a review' }))).toBe('OK');
    expect(story.project.actions['ac1']).toMatchObject({ organisation: 'org_council', reports: [] });
  });

  it('B50: a refinement that ends in an action names one; none is added while it is out for sign-off, or elsewhere', () => {
    const story = refining();
    expect(outcome(story, 'lead', refine(story, 'ACTION'))).toBe('NO_ACTION');
    story.onProject(story.as('lead'), plan(story));
    expect(outcome(story, 'lead', report('PLANNED'))).toBe('TRANSITION');
    expect(outcome(story, 'lead', refine(story, 'ACTION'))).toBe('OK');
    expect(outcome(story, 'lead', plan(story))).toBe('WRONG_STAGE');
    expect(outcome(permitted(), 'lead', plan(story))).toBe('WRONG_STAGE');
  });

  it('B50: the next reflection does not open before it was said what became of the action', () => {
    const story = nextReflection();
    const word = { text: 't', misreading: 'm' };
    story.onProject(story.as('official'), { type: 'AddInterpretation', as: 'PRACTITIONER', ...word });
    story.onProject(story.as('researcher'), { type: 'AddInterpretation', as: 'RESEARCHER', ...word });
    const reflect: ProjectCommand = { type: 'ProposeReflection', content: story.content() };
    const refused = story.tryProject(story.as('lead'), reflect);
    expect(refused).toMatchObject({
      ok: false,
      refusal: { rule: 'ACTIONS_UNREPORTED', missing: [{ waitingFor: ['per_official'] }] },
    });
    expect(moves(story.world, story.now)).toContainEqual(
      expect.objectContaining({ about: 'ac1', who: ['per_official'] }),
    );
    expect(outcome(story, 'lead', { ...report('DONE'), action: 'ac9' } as ProjectCommand)).toBe(
      'UNKNOWN_ACTION',
    );
    expect(outcome(story, 'official', report('UNDER_WAY'))).toBe('OK');
    expect(outcome(story, 'lead', reflect)).toBe('OK');
  });

  it('B50: what is still under way is asked about again, what is over is not', () => {
    const story = nextReflection();
    story.onProject(story.as('official'), report('NOT_DONE'));
    expect(outcome(story, 'official', report('DONE'))).toBe('TRANSITION');
    concluded(reopened(story));
    expect(story.stage('refinement')).toBe('SETTLED');
    expect(outcome(aCycle(), 'lead', plan(story))).toBe('WRONG_STAGE');
  });
});

/** `concluded` closes the analysis stage itself. */
const reopened = (story: Story): Story =>
  story.onProject(story.as('lead'), { type: 'ReopenStage', stage: 'analysis', reason: 'r' });
