// What should be going at each point of a project's life; pure, on states lived in memory.
import { effects } from '#libs/domain';
import type { WithdrawalMode } from '#libs/domain';
import {
  agreement,
  analysed,
  analysis,
  aRoster,
  atDataRequest,
  concluded,
  deposited,
  grant,
  madeSafe,
  permitted,
  release,
  request,
  sealedRelease,
  TRUSTED,
  WORKER,
} from '../../libs/testing/story';
import type { Story } from '../../libs/testing/story';
import { nextForRelease } from '../releases/next';
import { nextForRequest } from '../requests/next';
import { projectParts, roundParts, sharedMark } from './plan';

const DAY = 24 * 60 * 60 * 1000;
const going = (story: Story) =>
  projectParts(story.world, story.now).map(({ id }) => id.replace(`/${story.project.id}/`, ' '));
const marks = (story: Story) =>
  Object.fromEntries(projectParts(story.world, story.now).map(({ id, mark }) => [id, mark]));
const forRequest = (story: Story) => nextForRequest(story.world, story.project.requests['r1']!, story.now);
const forRelease = (story: Story) => nextForRelease(story.world, story.project.releases['rel1']!, story.now);

describe('what is going', () => {
  it("a programme's open round of agreement, and nothing once it is signed", () => {
    const story = aRoster();
    story.onProgramme(story.as('lead'), agreement(story));
    expect(roundParts(story.programme, null, story.now).map(({ workflow }) => workflow)).toEqual([
      'checkpoint',
    ]);
    for (const name of ['researcher', 'checker', 'riskOwner'] as const)
      story.onProgramme(story.as(name), story.answer(name, 'k1'));
    expect(roundParts(story.programme, null, story.now)).toEqual([]);
  });

  it('the cycle, from its start until refinement is settled', () => {
    expect(going(atDataRequest())).toEqual(['cycle c1']);
    const whole = concluded(analysed(permitted()).sign('OUTPUT', 'checker'));
    expect(going(whole)).not.toContain('cycle c1');
  });

  it('rounds while they are open, requests and releases until nothing is left to destroy, runs until they end', () => {
    const story = permitted();
    expect(going(story)).toEqual(['cycle c1', 'request r1', 'release rel1']);
    story.onProject(story.as('researcher'), analysis(story));
    expect(going(story)).toContain('analysis a1');
    expect(going(analysed(permitted()))).toEqual(expect.arrayContaining(['checkpoint k5/1']));
  });

  it('a mark changes when its part has something new to look at, and only then', () => {
    const story = sealedRelease(deposited(atDataRequest()));
    const before = marks(story);
    story.sign('TRUST', 'official');
    expect(marks(story)).toEqual(before);
    story.sign('TRUST', 'researcher', 'holder');
    const changed = Object.entries(before).filter(([id, mark]) => marks(story)[id] !== mark);
    expect(changed.map(([id]) => id.split('/')[0])).toEqual(['checkpoint', 'release']);
  });
});

describe('what projects live by of their programme', () => {
  it('changes with its roster and its agreement, not with what its core team notes', () => {
    const story = aRoster();
    const mark = () => sharedMark(story.programme);
    const before = mark();
    story.onProgramme(story.as('lead'), {
      ...{ type: 'RecordEvidence', kind: 'COMMENT', title: 't', audience: 'PARTNERS', text: 'x' },
      ...{ assessment: null, participants: [], others: 0, meeting: null },
      attribution: { type: 'PERSON', person: 'per_lead' },
      provenance: { origin: 'o', dated: story.now, derivedFrom: [] },
    });
    expect(mark()).toBe(before);
    story.onProgramme(story.as('lead'), agreement(story));
    expect(mark()).not.toBe(before);
    const proposed = mark();
    madeSafe(story, 'researcher', 'lead');
    expect(mark()).not.toBe(proposed);
  });
});

describe('what a request needs next', () => {
  it('B34: waits for the reminder, then for the deadline; suspension stops both', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), request(story));
    expect(forRequest(story)).toEqual({ move: 'WAIT', until: story.project.requests['r1']?.remindAt });
    story.wait(5 * DAY).onProject({ process: 'worker' }, { type: 'KeepRequestTime', request: 'r1' });
    expect(forRequest(story)).toEqual({ move: 'WAIT', until: story.project.requests['r1']?.deadline });
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'why' });
    expect(forRequest(story)).toEqual({ move: 'WAIT', until: null });
  });

  it('T11: destroys the deposit when the grant expires, whatever else happens', () => {
    const story = permitted().wait(301 * DAY);
    expect(forRequest(story)).toEqual({ move: 'DESTROY_DEPOSIT', deposit: 'd1' });
  });

  it.each([
    ['STOP', 'keeps', false],
    ['STOP_AND_DESTROY', 'destroys', true],
    ['UNLAWFUL', 'destroys', true],
  ] as const)("T10, T11: an institution's %s %s a deposit that is in no release", (mode, _what, ends) => {
    const story = deposited(atDataRequest());
    const agreed = { checkpoint: 'k1', round: 1, assurance: 'ACCOUNT', reason: null, signedAs: 's' } as const;
    story.onProgramme(story.as('riskOwner'), {
      type: 'WithdrawDecision',
      ...agreed,
      mode,
      atOnce: false,
      disowned: false,
    });
    expect(forRequest(story).move).toBe('WAIT');
    story.wait(DAY);
    expect(forRequest(story).move).toBe(ends ? 'DESTROY_DEPOSIT' : 'WAIT');
  });

  describe('T11: the key of a deposit that nobody filled is destroyed', () => {
    const invited = () => {
      const story = atDataRequest();
      story.onProject(story.as('lead'), request(story));
      story.onProject(story.as('holder'), grant(story, 'r1'));
      return story.onProject(WORKER, { type: 'InviteDeposit', request: 'r1', publicKey: 'key' });
    };

    it('when its grant lapses, and not before', () => {
      const story = invited();
      expect(forRequest(story)).toMatchObject({ move: 'WAIT' });
      story.wait(301 * DAY);
      expect(forRequest(story)).toEqual({ move: 'DESTROY_DEPOSIT', deposit: 'd1' });
      story.onProject(WORKER, { type: 'CertifyDepositDestroyed', deposit: 'd1', certificate: 'c' });
      expect(forRequest(story)).toEqual({ move: 'DONE' });
    });

    it('and nobody is told that data was destroyed: there was none', () => {
      const told = (story: Story) => {
        const before = story.world;
        story.onProject(WORKER, { type: 'CertifyDepositDestroyed', deposit: 'd1', certificate: 'c' });
        const { event } = story.log.at(-1)!;
        return effects(before, story.world, [event]).map(({ purpose }) => purpose);
      };
      expect(told(invited())).toEqual([]);
      expect(told(deposited(atDataRequest()))).toEqual(['DESTRUCTION_CERTIFICATE']);
    });

    it.each(['STOP', 'STOP_AND_DESTROY', 'UNLAWFUL'] as const)('when its grant is withdrawn: %s', (mode) => {
      const story = invited();
      const withdrawal = { request: 'r1', mode, atOnce: false, assurance: 'ACCOUNT', reason: null } as const;
      story.onProject(story.as('holder'), { type: 'WithdrawGrant', ...withdrawal });
      expect(forRequest(story)).toEqual({ move: 'DESTROY_DEPOSIT', deposit: 'd1' });
    });

    it('when the project is closed', () => {
      const story = invited();
      story.project = { ...story.project, closedAt: story.now };
      expect(forRequest(story)).toEqual({ move: 'DESTROY_DEPOSIT', deposit: 'd1' });
    });
  });
});

describe('what a release needs next', () => {
  it('is sealed once its deposit may be opened', () => {
    const story = deposited(atDataRequest());
    story.onProject(story.as('lead'), release(story));
    expect(forRelease(story)).toEqual({ move: 'SEAL' });
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'why' });
    expect(forRelease(story)).toMatchObject({ move: 'WAIT' });
  });

  it('I12: asks the gate only when every sign-off stands, and not because time has passed', () => {
    const story = sealedRelease(deposited(atDataRequest()));
    expect(forRelease(story).move).toBe('WAIT');
    expect(forRelease(story.wait(30 * DAY)).move).toBe('WAIT');
    expect(forRelease(sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED)).move).toBe(
      'ASK_GATE',
    );
  });

  it('T11: is destroyed when it expires', () => {
    expect(forRelease(permitted().wait(201 * DAY))).toEqual({ move: 'DESTROY' });
  });

  it.each(['STOP_AND_DESTROY', 'UNLAWFUL'] as const)(
    'T10, T11: is destroyed with its deposit 24 hours after a withdrawal as %s, or at once if asked',
    (mode) => {
      const [waited, asked] = [withdrawn(mode, false), withdrawn(mode, true)];
      expect([forRelease(waited).move, forRequest(waited).move]).toEqual(['WAIT', 'WAIT']);
      waited.wait(DAY);
      for (const story of [waited, asked]) {
        expect(forRelease(story)).toEqual({ move: 'DESTROY' });
        expect(forRequest(story)).toEqual({ move: 'DESTROY_DEPOSIT', deposit: 'd1' });
      }
    },
  );

  it('T10: asked at once for nothing but a stop, is kept until it expires', () => {
    expect(forRelease(withdrawn('STOP', true).wait(DAY)).move).toBe('WAIT');
  });
});

/** A permitted release whose holder takes the grant back. */
function withdrawn(mode: WithdrawalMode, atOnce: boolean): Story {
  const story = permitted();
  return story.onProject(story.as('holder'), {
    ...{ type: 'WithdrawGrant', request: 'r1', mode, atOnce, assurance: 'ACCOUNT', reason: null },
  });
}
