// T10, T11: what becomes of results: those that passed their check outlive their release, the others end with it or with the project.
import fc from 'fast-check';
import { effects, isResultOver, leftOfDeposit, leftOfRelease, resultsBeside, resultStatus } from '../index';
import type { WithdrawalMode } from '../words';
import { analysed, analysis, DAY, GATE, permitted, personId, WORKER } from '../../testing/story';
import type { Story } from '../../testing/story';

const result = (story: Story) => story.project.analyses['a1']!;
const isOver = (story: Story) => isResultOver(story.world, result(story), story.now);
const status = (story: Story) => resultStatus(story.world, result(story), story.now);

const certify = { type: 'CertifyResultDestroyed', analysis: 'a1', certificate: 'c' } as const;
const releaseEnds = (story: Story) =>
  story.onProject(WORKER, { type: 'CertifyReleaseDestroyed', release: 'rel1', certificate: 'c' });
const withheld = (story: Story) =>
  story.onProject(story.as('checker'), { type: 'WithholdOutput', analysis: 'a1', reason: 'r' });
const takenBack = (mode: WithdrawalMode) => (story: Story) =>
  story.onProject(story.as('holder'), {
    ...{ type: 'WithdrawGrant', request: 'r1', mode, atOnce: true, assurance: 'ACCOUNT', reason: null },
  });
const closes = (story: Story) => {
  story.project = { ...story.project, closedAt: story.now };
  return story;
};
const checked = () => analysed(permitted()).sign('OUTPUT', 'checker');

describe('T10, T11, I15: the result of a run', () => {
  it.each([
    [
      'UNCHECKED, when its holder takes the grant back',
      () => takenBack('STOP_AND_DESTROY')(analysed(permitted())),
    ],
    [
      'UNCHECKED, when it only stops, and the release ends by its time',
      () => takenBack('STOP')(analysed(permitted())),
    ],
    ['CHECKED, of what was unlawful', () => takenBack('UNLAWFUL')(checked())],
    ['WITHHELD by its checker', () => withheld(analysed(permitted()))],
  ])('ends with its release, and not before: %s', (_what, begin) => {
    const story = begin();
    expect(isOver(story)).toBe(false);
    expect(story.tryProject(WORKER, certify)).toMatchObject({
      ok: false,
      refusal: { rule: 'RESULT_STATUS' },
    });
    releaseEnds(story);
    expect(isOver(story)).toBe(true);
    const before = status(story);
    story.onProject(WORKER, certify);
    expect([status(story), isOver(story)]).toEqual([before, false]);
  });

  it.each([
    ['CHECKED', checked],
    ['FLAGGED', () => takenBack('STOP_AND_DESTROY')(checked())],
  ])('outlives its release and its project: %s', (expected, begin) => {
    const story = closes(releaseEnds(begin()));
    expect([status(story), isOver(story)]).toEqual([expected, false]);
    expect(story.tryProject(WORKER, certify)).toMatchObject({
      ok: false,
      refusal: { rule: 'RESULT_STATUS' },
    });
  });

  it('waits for its check after its release has ended by its time, until the project closes and nobody can check it', () => {
    const story = releaseEnds(analysed(permitted()).wait(201 * DAY));
    expect([status(story), isOver(story)]).toEqual(['UNCHECKED', false]);
    closes(story).onProject(WORKER, certify);
    expect(status(story)).toBe('QUARANTINED');
  });

  it('is checked by nobody once it was destroyed', () => {
    const story = releaseEnds(takenBack('STOP_AND_DESTROY')(analysed(permitted()))).onProject(
      WORKER,
      certify,
    );
    const answer = story.answer('checker', story.checkpoint('OUTPUT'));
    expect(story.tryProject(story.as('checker'), answer)).toMatchObject({
      ...{ ok: false, refusal: { rule: 'RESULT_DESTROYED' } },
    });
  });

  it('is said to be gone by the worker alone', () => {
    const story = releaseEnds(withheld(analysed(permitted())));
    expect(story.tryProject(story.as('lead'), certify)).toMatchObject({ ok: false });
    expect(story.tryProject(GATE, certify)).toMatchObject({ ok: false });
  });

  it('its certificate goes to the holder whose data it was made of', () => {
    const story = releaseEnds(withheld(analysed(permitted())));
    const before = story.world;
    story.onProject(WORKER, certify);
    expect(effects(before, story.world, [story.log.at(-1)!.event])).toEqual([
      { purpose: 'DESTRUCTION_CERTIFICATE', person: personId('holder'), about: 'a1', round: 0, count: 1 },
    ]);
  });

  it('DOMAIN § 5: one that nobody ever approved is compared with no later one after it was destroyed; one that was shown is', () => {
    for (const [begin, isCompared] of [
      [() => takenBack('UNLAWFUL')(checked()), true],
      [() => takenBack('UNLAWFUL')(analysed(permitted())), false],
    ] as const) {
      const story = begin();
      releaseEnds(story).onProject(WORKER, certify);
      // Registered before the release closed, it would have been refused: it stands here for any run of the project.
      const other = { ...result(story), id: 'a2' };
      expect(resultsBeside(story.project, other).map(({ id }) => id)).toEqual(isCompared ? ['a1'] : []);
    }
  });

  it('ends in whatever order release, result and project end, once, and never while it stands', () => {
    const steps = fc.constantFrom('end release', 'close', 'withhold', 'approve', 'take back', 'unlawful');
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 8 }), (all) => {
        const story = analysed(permitted());
        for (const each of all) {
          if (each === 'end release') releaseEnds(story);
          else if (each === 'close') closes(story);
          else if (each === 'withhold')
            story.tryProject(story.as('checker'), { type: 'WithholdOutput', analysis: 'a1', reason: 'r' });
          else if (each === 'approve')
            story.tryProject(story.as('checker'), story.answer('checker', story.checkpoint('OUTPUT')));
          else
            story.tryProject(story.as('holder'), {
              ...{ type: 'WithdrawGrant', request: 'r1', atOnce: true, assurance: 'ACCOUNT', reason: null },
              mode: each === 'unlawful' ? 'UNLAWFUL' : 'STOP_AND_DESTROY',
            });
          const stands = ['CHECKED', 'FLAGGED'].includes(status(story));
          const mayEnd = isOver(story) || result(story).destroyed !== null;
          expect(isOver(story) && stands).toBe(false);
          expect(story.tryProject(WORKER, certify).ok).toBe(mayEnd);
        }
      }),
    );
  });
});

describe('what is left of the same data', () => {
  it('is named: releases made of a deposit, results made of a release, until each is destroyed', () => {
    const story = analysed(permitted());
    story.onProject(story.as('researcher'), analysis(story));
    const release = () => story.project.releases['rel1']!;
    expect(leftOfDeposit(story.project, 'd1')).toEqual({ deposits: [], releases: ['rel1'], results: ['a1'] });
    expect(leftOfRelease(story.project, release())).toEqual({
      deposits: ['d1'],
      releases: [],
      results: ['a1'],
    });
    releaseEnds(withheld(story));
    story.onProject(WORKER, certify);
    expect(leftOfDeposit(story.project, 'd1')).toEqual({ deposits: [], releases: [], results: [] });
    story.onProject(WORKER, { type: 'CertifyDepositDestroyed', deposit: 'd1', certificate: 'c' });
    expect(leftOfRelease(story.project, release())).toEqual({ deposits: [], releases: [], results: [] });
  });
});
