// Hypotheses as stories: each version kept, rivals that bar closing, and the holder's own word on what cannot be tested.
import { withId } from '../listed';
import fc from 'fast-check';
import { analysed, analysis, CAST, concluded, permitted } from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import { moves } from '../rules/moves';
import { HYPOTHESIS_TRANSITIONS } from '../transitions';
import type { ProjectCommand } from '../index';
import { hypothesisStatus, rivalsOf, testsOf, untriedRivals } from './rules';

const propose = (rivals: string[] = []): ProjectCommand => ({
  ...{ type: 'ProposeHypothesis', statement: 's', reason: 'r', rivals },
});
const revise = (hypothesis: string): ProjectCommand => ({
  ...{ type: 'ReviseHypothesis', hypothesis, statement: 's2', reason: 'r' },
});
const decide = (hypothesis: string, fate: 'KEPT' | 'DROPPED'): ProjectCommand => ({
  ...{ type: 'DecideHypothesis', hypothesis, fate, reason: 'r' },
});
const untestable = (hypothesis: string): ProjectCommand => ({
  ...{ type: 'FindUntestable', hypothesis, reason: 'r' },
});
const answer = (hypothesis: string, stance: 'DISSENTS' | 'ACCEPTS' = 'DISSENTS'): ProjectCommand => ({
  ...{ type: 'AnswerUntestable', hypothesis, stance, text: 't' },
});
const close = (story: Story): ProjectCommand => ({
  ...{ type: 'ProposeRefinement', content: story.content(), next: 'CLOSE' },
});

const outcome = (story: Story, name: Name, command: ProjectCommand): string => {
  const decided = story.tryProject(story.as(name), command);
  return decided.ok ? 'OK' : decided.refusal.rule;
};
const status = (story: Story, id: string): string => {
  const hypothesis = withId(story.project.hypotheses, id);
  return hypothesis ? hypothesisStatus(story.world, hypothesis, story.now) : 'NONE';
};
const untried = (story: Story): string[] => untriedRivals(story.world, story.now).map(({ id }) => id);

/** The official's hypothesis, and the holder's rival to it. */
const withRivals = (): Story => {
  const story = permitted();
  story.onProject(story.as('official'), propose());
  return story.onProject(story.as('holder'), propose(['hy1']));
};

/** A run that names the hypothesis, its result checked. */
const test = (story: Story, hypothesis: string): Story => {
  story.onProject(story.as('researcher'), { ...analysis(story), tests: hypothesis } as ProjectCommand);
  const id = Object.keys(story.project.analyses).at(-1) ?? '';
  story.onProject({ process: 'gate' }, { type: 'OpenRead', analysis: id });
  story.onProject(
    { process: 'worker' },
    {
      ...{ type: 'EndAnalysis', analysis: id, outcome: 'COMPLETED', result: story.content() },
      ...{ object: 'o', reason: null },
    },
  );
  return story.onProject(story.as('checker'), story.answer('checker', story.checkpoint('OUTPUT', id)));
};

describe('hypotheses', () => {
  it('B15: proposed, discussed, tested, revised, tested again and kept, with every version and its test there', () => {
    const story = withRivals();
    story.onProject(story.as('lay'), { type: 'DiscussHypothesis', hypothesis: 'hy1', text: 't' });
    expect(outcome(story, 'lead', decide('hy1', 'KEPT'))).toBe('NOT_TESTED');
    test(story, 'hy1');
    expect(status(story, 'hy1')).toBe('TESTED');
    story.onProject(story.as('official'), revise('hy1'));
    expect(status(story, 'hy1')).toBe('REVISED');
    expect(outcome(story, 'lead', decide('hy1', 'KEPT'))).toBe('NOT_TESTED');
    test(story, 'hy1').onProject(story.as('lead'), decide('hy1', 'KEPT'));
    const hypothesis = withId(story.project.hypotheses, 'hy1');
    expect(hypothesis?.versions.map((v) => v.statement)).toEqual(['s', 's2']);
    expect(hypothesis?.discussion).toMatchObject([{ version: 1 }]);
    expect([1, 2].map((v) => hypothesis && testsOf(story.world, hypothesis, v).map((a) => a.id))).toEqual([
      ['a1'],
      ['a2'],
    ]);
    expect(status(story, 'hy1')).toBe('KEPT');
  });

  it('B45: no closing while a rival is neither tested nor recorded as untestable, whoever dropped it', () => {
    const story = concluded(test(withRivals(), 'hy1'));
    expect(untried(story)).toEqual(['hy2']);
    expect(outcome(story, 'lead', close(story))).toBe('RIVALS_UNTRIED');
    expect(outcome(story, 'lead', { type: 'CloseProject', reason: 'r' })).toBe('RIVALS_UNTRIED');
    const further: ProjectCommand = {
      type: 'ProposeRefinement',
      content: story.content(),
      next: 'NEXT_CYCLE',
    };
    expect(outcome(story, 'lead', further)).toBe('OK');
    story.onProject(story.as('lead'), decide('hy2', 'DROPPED'));
    expect(outcome(story, 'lead', close(story))).toBe('RIVALS_UNTRIED');
  });

  it('B45: a rival recorded as untestable bars closing until its own holder has answered', () => {
    const story = concluded(test(withRivals(), 'hy1'));
    story.onProject(story.as('researcher'), untestable('hy2'));
    const refused = story.tryProject(story.as('lead'), close(story));
    expect(refused).toMatchObject({ ok: false, refusal: { missing: [{ waitingFor: ['per_holder'] }] } });
    expect(moves(story.world, story.now)).toContainEqual(
      expect.objectContaining({ about: 'hy2', who: ['per_holder'] }),
    );
    expect(outcome(story, 'official', answer('hy2'))).toBe('NOT_THE_HOLDER');
    story.onProject(story.as('holder'), answer('hy2'));
    expect(status(story, 'hy2')).toBe('UNTESTABLE');
    expect(withId(story.project.hypotheses, 'hy2')?.untestable[0]?.answer?.stance).toBe('DISSENTS');
    expect(outcome(story, 'holder', answer('hy2'))).toBe('NOTHING_TO_ANSWER');
    expect(outcome(story, 'lead', close(story))).toBe('OK');
  });

  it('B45: where the holder has left, their organisation answers', () => {
    const story = concluded(test(withRivals(), 'hy2'));
    story.onProject(story.as('researcher'), untestable('hy1'));
    story.onProgramme(story.as('checker'), { type: 'RecordLeaver', person: 'per_official' });
    expect(outcome(story, 'holder', answer('hy1'))).toBe('NOT_THE_HOLDER');
    expect(untried(story)).toEqual(['hy1']);
    expect(outcome(story, 'checker', answer('hy1', 'ACCEPTS'))).toBe('OK');
    expect(untried(story)).toEqual([]);
  });

  it('B45: a rival given up by its own holder bars nothing; one revised must be tried again', () => {
    const story = concluded(test(withRivals(), 'hy1'));
    story.onProject(story.as('holder'), decide('hy2', 'DROPPED'));
    expect(untried(story)).toEqual([]);
    story.onProject(story.as('lay'), propose(['hy1']));
    story.onProject(story.as('official'), revise('hy1'));
    expect(untried(story)).toEqual(['hy1', 'hy3']);
  });

  it('a result quarantined afterwards tests nothing', () => {
    const story = test(withRivals(), 'hy2');
    expect(untried(story)).toEqual(['hy1']);
    story.onProject(story.as('checker'), story.withdrawal('checker', story.checkpoint('OUTPUT', 'a1')));
    expect([status(story, 'hy2'), untried(story)]).toEqual(['PROPOSED', ['hy1', 'hy2']]);
  });

  it('a run names a hypothesis that is there and was not dropped; free words alone still do', () => {
    const story = withRivals();
    const naming = (tests: string) => ({ ...analysis(story), tests }) as ProjectCommand;
    expect(outcome(story, 'researcher', naming('hy9'))).toBe('UNKNOWN_HYPOTHESIS');
    story.onProject(story.as('lead'), decide('hy2', 'DROPPED'));
    expect(outcome(story, 'researcher', naming('hy2'))).toBe('DROPPED');
    expect(outcome(story, 'researcher', naming('hy1'))).toBe('OK');
    expect(story.project.analyses['a1']?.tests).toEqual({ hypothesis: 'hy1', version: 1 });
    analysed(story);
    expect(story.project.analyses['a2']).not.toHaveProperty('tests');
  });

  it('B49: anyone on the roster proposes and discusses; only the holder changes what a hypothesis says', () => {
    const story = withRivals();
    for (const name of Object.keys(CAST) as Name[]) expect(outcome(story, name, propose())).toBe('OK');
    expect(outcome(story, 'lead', revise('hy1'))).toBe('NOT_THE_HOLDER');
    expect(outcome(story, 'lead', propose(['hy99']))).toBe('UNKNOWN_HYPOTHESIS');
    const rivals = (hypothesis: string, rival: string): ProjectCommand => ({
      ...{ type: 'DeclareRivals', hypothesis, rival, reason: 'r' },
    });
    expect(outcome(story, 'lead', rivals('hy1', 'hy1'))).toBe('SAME');
    expect(outcome(story, 'lead', rivals('hy1', 'hy2'))).toBe('ALREADY_RIVALS');
    expect(outcome(story, 'lead', rivals('hy1', 'hy3'))).toBe('OK');
    const first = withId(story.project.hypotheses, 'hy1');
    expect(first && rivalsOf(story.world, first).map(({ id }) => id)).toEqual(['hy2', 'hy3']);
    const stranger = story.tryProject({ person: 'per_nobody' }, propose());
    expect(stranger).toMatchObject({ ok: false, refusal: { rule: 'NOT_ON_ROSTER' } });
  });

  it('B15: nothing happens to a hypothesis that its table does not name', () => {
    const names = fc.constantFrom<Name>('official', 'holder', 'lead', 'checker');
    const id = fc.constantFrom('hy1', 'hy2');
    const step = fc.record({
      name: names,
      id,
      what: fc.constantFrom('test', 'revise', 'keep', 'drop', 'find', 'answer', 'withdraw'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const story = withRivals();
        for (const { name, id, what } of steps) {
          const before = ['hy1', 'hy2'].map((each) => status(story, each));
          if (what === 'test' && status(story, id) !== 'DROPPED') test(story, id);
          const commands: Record<string, ProjectCommand> = {
            ...{ revise: revise(id), keep: decide(id, 'KEPT'), drop: decide(id, 'DROPPED') },
            ...{ find: untestable(id), answer: answer(id) },
          };
          const command = commands[what];
          if (command) story.tryProject(story.as(name), command);
          if (what === 'withdraw' && Object.keys(story.project.analyses).length > 0)
            story.tryProject(story.as('checker'), story.withdrawal('checker', story.checkpoint('OUTPUT')));
          ['hy1', 'hy2'].forEach((each, index) => {
            const [from, to] = [before[index] ?? '', status(story, each)];
            const table: Record<string, object> = HYPOTHESIS_TRANSITIONS;
            if (from !== to) expect([from, to, to in (table[from] ?? {})]).toEqual([from, to, true]);
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});
