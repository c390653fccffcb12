// Cancelling a run: by its author or the lead, while it is going; whatever it had computed is recorded nowhere.
import { resultStatus } from '../index';
import { analysed, analysis, permitted, personId, WORKER } from '../../testing/story';
import type { Story } from '../../testing/story';

const cancel = { type: 'CancelAnalysis', analysis: 'a1', reason: 'r' } as const;
const going = (): Story => {
  const story = permitted();
  return story.onProject(story.as('researcher'), analysis(story));
};
const ruleOf = (story: Story, who: Parameters<Story['as']>[0]): string => {
  const tried = story.tryProject(story.as(who), cancel);
  return tried.ok ? 'ACCEPTED' : tried.refusal.rule;
};

it.each([
  ['researcher', 'ACCEPTED'],
  ['lead', 'ACCEPTED'],
  ['official', 'WRONG_ROLE'],
  ['checker', 'WRONG_ROLE'],
] as const)('T4: %s: %s', (who, expected) => {
  expect(ruleOf(going(), who)).toBe(expected);
});

it('T4: another researcher’s run is not theirs to cancel', () => {
  const story = going();
  const roles = ['researcher' as const];
  story.onProgramme(story.as('checker'), { type: 'ChangeRoles', person: personId('official'), roles });
  expect(ruleOf(story, 'official')).toBe('NOT_YOUR_RUN');
});

it('has ended without a result then, and once; what its worker says afterwards changes nothing', () => {
  const story = going();
  story.onProject(story.as('researcher'), cancel);
  const run = story.project.analyses['a1']!;
  expect(run.ended).toMatchObject({ outcome: 'STOPPED', reason: 'CANCELLED', result: null });
  expect(resultStatus(story.world, run, story.now)).toBe('ENDED_WITHOUT_RESULT');
  expect(ruleOf(story, 'lead')).toBe('ENDED');
  story.onProject(WORKER, {
    ...{ type: 'EndAnalysis', analysis: 'a1', outcome: 'COMPLETED', result: story.content(), object: 'o' },
    reason: null,
  });
  expect(story.project.analyses['a1']).toEqual(run);
});

it('a run with a result is not cancelled: its checker withholds it', () => {
  expect(ruleOf(analysed(permitted()), 'researcher')).toBe('ENDED');
});
