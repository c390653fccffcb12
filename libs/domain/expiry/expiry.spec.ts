// Warnings before data ends, told over the days of a story.
import fc from 'fast-check';
import { endingOfRelease, nextWarning, plus, releaseDestructionDue, warningDue } from '../index';
import { DAY, permitted, WORKER } from '../../testing/story';
import type { Story } from '../../testing/story';

const given = (story: Story) => story.project.expiryWarnings.map(({ id, days }) => `${id} ${days}`);
const keep = (story: Story) => story.onProject(WORKER, { type: 'KeepExpiryTime' });

describe('the end of data', () => {
  it('T11: is announced 30, 7 and 1 day before, once each, for deposits and releases', () => {
    const story = permitted();
    const release = story.project.releases['rel1']!;
    const { ends } = endingOfRelease(story.world, release, story.now)!;
    for (const days of [31, 30, 29, 7, 6.5, 1, 0.5]) {
      story.now = plus(ends, -days * DAY);
      keep(story);
      keep(story);
    }
    const ofRelease = given(story).filter((each) => each.startsWith('rel1'));
    expect(ofRelease).toEqual(['rel1 30', 'rel1 7', 'rel1 1']);
    const deposit = story.project.requests['r1']!.answer!.grant!.expires;
    story.now = plus(deposit, -DAY);
    keep(story);
    expect(given(story).filter((each) => each.startsWith('d1'))).toContain('d1 1');
  });

  it('T11: warns nobody of what has ended, or never had so long to live, and makes up for no missed warning', () => {
    const story = permitted();
    const release = story.project.releases['rel1']!;
    const { ends } = endingOfRelease(story.world, release, story.now)!;
    story.now = plus(ends, -2 * DAY);
    keep(story);
    expect(given(story).filter((each) => each.startsWith('rel1'))).toEqual(['rel1 7']);
    story.now = plus(ends, 1);
    keep(story);
    expect(given(story).filter((each) => each.startsWith('rel1'))).toEqual(['rel1 7']);
    const brief = { what: 'RELEASE', id: 'x', since: story.now, ends: plus(story.now, DAY / 2) } as const;
    expect(warningDue(story.project, brief, story.now)).toBeNull();
  });

  it('T11, I12: moves no end: suspended or warned, what ends ends when it was to', () => {
    const story = permitted();
    const before = releaseDestructionDue(story.world, story.project.releases['rel1']!);
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    story.now = plus(before, -7 * DAY);
    keep(story);
    expect(given(story)).toContain('rel1 7');
    expect(releaseDestructionDue(story.world, story.project.releases['rel1']!)).toBe(before);
  });

  it('always says a next look that lies ahead, and is due at it', () => {
    const story = permitted();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 * 24 }), (hours) => {
        const ends = plus(story.now, hours * 3_600_000);
        const ending = { what: 'RELEASE', id: 'x', since: plus(story.now, -365 * DAY), ends } as const;
        const next = nextWarning(ending, story.now);
        if (next === null) return hours <= 24;
        return next > story.now && next < ends && warningDue(story.project, ending, next) !== null;
      }),
    );
  });
});
