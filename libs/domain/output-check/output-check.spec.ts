// The check of a result as stories: what a checker decides, what two checkers except, and what a holder may say (B27, T4).
import * as told from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import type { Condition, OutputFinding, ProjectCommand } from '../index';
import { exceptionsFor, moves, outputReview, underReview } from '../index';

const FINDINGS: OutputFinding[] = [
  { id: 'f1', rule: 'frequency', table: 'by_group', verdict: 'fail' },
  { id: 'f2', rule: 'differencing', table: 'by_group', verdict: 'review' },
  { id: 'f3', rule: 'condition', table: 'by_region', verdict: 'fail' },
  { id: 'f4', rule: 'complementary', table: 'by_group', verdict: 'fail' },
];
const assurance = 'ACCOUNT';

const outcome = (story: Story, name: Name, command: ProjectCommand): string => {
  const decided = story.tryProject(story.as(name), command);
  return decided.ok ? 'OK' : decided.refusal.rule;
};

/** A run with these findings, its result waiting for the check. */
function ended(story: Story, findings: OutputFinding[] = FINDINGS): Story {
  story.onProject(story.as('researcher'), told.analysis(story));
  const analysis = Object.keys(story.project.analyses).at(-1) ?? '';
  story.onProject(told.GATE, { type: 'OpenRead', analysis });
  return story.onProject(told.WORKER, {
    ...{ type: 'EndAnalysis', analysis, outcome: 'COMPLETED', result: story.content(), object: 'o' },
    ...{ reason: null, findings },
  });
}

const decision = (story: Story, findings?: { finding: string; reason: string }[], choice = 'APPROVED') => ({
  ...story.answer('checker', story.checkpoint('OUTPUT'), choice as 'APPROVED'),
  ...(findings ? { findings } : {}),
});
const why = (...ids: string[]) => ids.map((finding) => ({ finding, reason: 'r' }));

/** The official becomes a second output checker. */
function withSecond(story: Story): Story {
  const roles = ['policyOfficial', 'outputChecker'] as const;
  return story.onProgramme(story.as('checker'), {
    ...{ type: 'ChangeRoles', person: told.personId('official'), roles: [...roles] },
  });
}
const except = (finding: string, analysis = 'a1'): ProjectCommand => ({
  ...{ type: 'ProposeException', analysis, finding, reason: 'r', assurance },
});
const GRANT: ProjectCommand = { type: 'GrantException', exception: 'ex1', reason: 'r', assurance };

describe('a result that ends while another one is being checked', () => {
  const end = (story: Story, analysis: string, compared?: string[]): ProjectCommand => ({
    ...{ type: 'EndAnalysis', analysis, outcome: 'COMPLETED', result: story.content(), object: 'o' },
    ...{ reason: null, findings: [], ...(compared ? { compared } : {}) },
  });

  it('DOMAIN § 5 differencing: is not recorded before it was compared with all that are shown or may be', () => {
    const story = ended(told.permitted());
    story.onProject(story.as('researcher'), told.analysis(story));
    story.onProject(told.GATE, { type: 'OpenRead', analysis: 'a2' });
    const refusal = { rule: 'RESULTS_SINCE', reason: expect.stringContaining('a1') as string };
    expect(story.tryProject(told.WORKER, end(story, 'a2', []))).toMatchObject({ refusal });
    expect(story.tryProject(told.WORKER, end(story, 'a2', ['a1'])).ok).toBe(true);
    story.onProject(told.WORKER, end(story, 'a2', ['a1']));
    const event = story.project.analyses['a2']?.ended;
    expect(event).not.toHaveProperty('compared');
  });

  it('DOMAIN § 5 differencing: one that was withheld shows nothing, and need not be compared', () => {
    const story = ended(told.permitted());
    story.onProject(story.as('checker'), { type: 'WithholdOutput', analysis: 'a1', reason: 'r' });
    story.onProject(story.as('researcher'), told.analysis(story));
    story.onProject(told.GATE, { type: 'OpenRead', analysis: 'a2' });
    expect(story.tryProject(told.WORKER, end(story, 'a2', [])).ok).toBe(true);
  });
});

describe('findings that go to a person', () => {
  it('DOMAIN § 5: no result is approved before each has a decision with a reason', () => {
    const story = ended(told.permitted());
    const tried = story.tryProject(story.as('checker'), decision(story));
    expect(tried).toMatchObject({
      refusal: { rule: 'FINDINGS_UNDECIDED', missing: [{ reason: 'f2 goes to a person' }] },
    });
    expect(outcome(story, 'checker', decision(story, why('f2')))).toBe('OK');
    const [round] = story.project.checkpoints[story.checkpoint('OUTPUT')]?.rounds ?? [];
    expect(round?.decisions[0]?.findings).toEqual(why('f2'));
  });

  it.each([
    ['one that failed', why('f2', 'f1')],
    ['one nobody knows', why('f2', 'f9')],
    ['one twice', why('f2', 'f2')],
  ])('refuses to decide %s', (_what, findings) => {
    const story = ended(told.permitted());
    expect(outcome(story, 'checker', decision(story, findings))).toBe('FINDINGS');
  });

  it('asking for changes decides nothing, and needs nothing decided', () => {
    const story = ended(told.permitted());
    expect(outcome(story, 'checker', decision(story, [], 'CHANGES_REQUESTED'))).toBe('OK');
  });

  it('a result without findings, and one of before they were recorded, is approved as it was', () => {
    expect(outcome(ended(told.permitted(), []), 'checker', decision(ended(told.permitted(), [])))).toBe('OK');
    const before = told.analysed(told.permitted());
    expect(outcome(before, 'checker', decision(before))).toBe('OK');
  });

  it('findings are decided with results alone', () => {
    const story = told.sealedRelease(told.deposited(told.atDataRequest()));
    const answer = { ...story.answer('holder', story.checkpoint('TRUST')), findings: why('f1') };
    expect(outcome(story, 'holder', answer)).toBe('FINDINGS');
  });
});

describe('exceptions', () => {
  it('DOMAIN § 5: overriding a fail takes a reason and a second checker, never the author; the same run made again has it', () => {
    const story = withSecond(ended(told.permitted()));
    expect(outcome(story, 'researcher', except('f1'))).toBe('WRONG_ROLE');
    expect(outcome(story, 'checker', except('f1'))).toBe('OK');
    expect(outcome(story, 'official', except('f1'))).toBe('ALREADY_PROPOSED');
    expect(outcome(story, 'checker', GRANT)).toBe('SECOND_CHECKER');
    const run = story.project.analyses['a1']!;
    expect(exceptionsFor(story.world, run)).toEqual([]);
    expect(outcome(story, 'official', GRANT)).toBe('OK');
    expect(outcome(story, 'official', GRANT)).toBe('ALREADY_GRANTED');
    ended(story);
    const again = story.project.analyses['a2']!;
    expect(exceptionsFor(story.world, again)).toMatchObject([{ rule: 'frequency', table: 'by_group' }]);
    expect(exceptionsFor(story.world, { ...again, params: { outcome: 're74' } })).toEqual([]);
    expect(exceptionsFor(story.world, { ...again, method: 'linear' })).toEqual([]);
  });

  it('the order in which parameters are written makes no other run', () => {
    const story = withSecond(ended(told.permitted()));
    story.onProject(story.as('checker'), except('f1')).onProject(story.as('official'), GRANT);
    const run = (params: Record<string, unknown>) => ({ ...story.project.analyses['a1']!, params });
    const { project } = story;
    const world = {
      ...story.world,
      project: { ...project, analyses: { a1: run({ a: { x: 1, y: [2] }, b: 3 }) } },
    };
    expect(exceptionsFor(world, run({ b: 3, a: { y: [2], x: 1 } }))).toHaveLength(1);
    expect(exceptionsFor(world, run({ b: 3, a: { y: [2], x: 2 } }))).toHaveLength(0);
  });

  it.each([
    ['what goes to a person', 'f2', 'NOT_A_FAIL'],
    ['what nobody found', 'f9', 'NOT_A_FAIL'],
    ['B27: a holder’s condition', 'f3', 'NEVER_EXCEPTED'],
    ['what only protects another number', 'f4', 'NEVER_EXCEPTED'],
  ])('none is made from %s', (_what, finding, rule) => {
    expect(outcome(ended(told.permitted()), 'checker', except(finding))).toBe(rule);
  });

  it('T4: none by the author, none of a result already checked, and none that nobody proposed', () => {
    const story = ended(told.permitted());
    expect(outcome(story, 'checker', GRANT)).toBe('UNKNOWN_EXCEPTION');
    expect(outcome(story, 'checker', except('f1', 'a9'))).toBe('UNKNOWN_ANALYSIS');
    const roles = ['researcher', 'signatory', 'outputChecker'] as const;
    story.onProgramme(story.as('lead'), {
      ...{ type: 'ChangeRoles', person: told.personId('researcher'), roles: [...roles] },
    });
    expect(outcome(story, 'researcher', except('f1'))).toBe('SELF_APPROVAL');
    story.onProject(story.as('checker'), decision(story, why('f2')));
    expect(outcome(story, 'checker', except('f1'))).toBe('RESULT_STATUS');
  });
});

describe('a holder’s review before sharing', () => {
  const REVIEW: Condition = { kind: 'REVIEW_BEFORE_SHARING', value: '10' };
  const COMMENT: ProjectCommand = { type: 'CommentOnOutput', analysis: 'a1', text: 't', assurance };

  /** TRUST signed by the holder on this condition, and a result that passed its check. */
  function reviewed(conditions: Condition[] = [REVIEW]): Story {
    const story = told.sealedRelease(told.deposited(told.atDataRequest()));
    story.sign('TRUST', ...told.TRUSTED.filter((name) => name !== 'holder'));
    const choice = conditions.length > 0 ? 'APPROVED_WITH_CONDITIONS' : 'APPROVED';
    story.onProject(
      story.as('holder'),
      story.answer('holder', story.checkpoint('TRUST'), choice, { conditions }),
    );
    story.onProject(told.GATE, { type: 'GivePermit', release: 'rel1' });
    ended(story, []);
    return story;
  }
  const review = (story: Story) => outputReview(story.world, story.project.analyses['a1']!, story.now);
  const asked = (story: Story) => moves(story.world, story.now).filter(({ what }) => /comment/.test(what));

  it('B27: from the check on it has ten working days to comment; the comment travels with the result, and is no veto', () => {
    const story = reviewed();
    expect(outcome(story, 'holder', COMMENT)).toBe('NOT_REVIEWING');
    story.onProject(story.as('checker'), decision(story));
    // Checked on Monday 5 January 2026: the tenth working day after it ends with 19 January.
    expect(review(story)).toMatchObject({ awaited: [told.HOLDER], until: '2026-01-20T00:00:00.000Z' });
    expect(asked(story)).toMatchObject([{ about: 'a1', due: '2026-01-20T00:00:00.000Z' }]);
    expect(outcome(story, 'official', COMMENT)).toBe('WRONG_ROLE');
    expect(outcome(story, 'holder', COMMENT)).toBe('OK');
    expect(story.project.outputComments).toMatchObject([{ organisation: told.HOLDER, text: 't' }]);
    expect([review(story)?.awaited, asked(story)]).toEqual([[], []]);
  });

  it('B27, B56: a finding is not published while the holder may still speak, and then is, whatever it said', () => {
    const story = reviewed();
    const waits = () => underReview(story.world, ['a1'], story.now);
    expect(waits()).toEqual([]);
    story.onProject(story.as('checker'), decision(story));
    expect(waits()).toEqual(['a1']);
    expect(underReview(story.world, ['a1'], '2026-01-20T00:00:00.000Z')).toEqual([]);
    story.onProject(story.as('holder'), COMMENT);
    expect(waits()).toEqual([]);
  });

  it('B27: the end of the period does nothing by itself', () => {
    const story = reviewed();
    story.onProject(story.as('checker'), decision(story)).wait(20 * told.DAY);
    const before = story.project;
    expect(asked(story)).toEqual([]);
    expect(outcome(story, 'holder', COMMENT)).toBe('REVIEW_OVER');
    expect(story.project).toBe(before);
  });

  it('a holder that did not ask for it has no such time', () => {
    const story = reviewed([]);
    story.onProject(story.as('checker'), decision(story));
    expect(review(story)).toBeNull();
    expect(outcome(story, 'holder', COMMENT)).toBe('NOT_REVIEWING');
  });
});
