// People who object to the use of their data, told as stories.
import {
  objectionsAgainst,
  objectionsTo,
  opener,
  plus,
  readGate,
  releaseClosure,
  releaseGate,
  releaseStatus,
} from '../index';
import type { ProjectCommand } from '../index';
import {
  analysed,
  analysis,
  atDataRequest,
  DAY,
  deposited,
  GATE,
  permitted,
  release,
  sealing,
  TRUSTED,
  WORKER,
} from '../../testing/story';
import type { Name, Story } from '../../testing/story';

type Object = Extract<ProjectCommand, { type: 'RecordObjection' }>;
const object = (over: Partial<Object> = {}): Object => ({
  ...({ type: 'RecordObjection', deposit: 'd1', people: 1, who: 'who', assurance: 'ACCOUNT' } as const),
  ...over,
});
const tryObject = (story: Story, name: Name, over: Partial<Object> = {}): string => {
  const tried = story.tryProject(story.as(name), object(over));
  return tried.ok ? 'ACCEPTED' : tried.refusal.rule;
};
const statusOf = (story: Story, id = 'rel1') =>
  releaseStatus(story.world, story.project.releases[id]!, story.now);

describe('an objection', () => {
  it('T10: closes the release at once, in the mode that flags what was checked, and keeps runs from reading', () => {
    const story = permitted();
    story.onProject(story.as('researcher'), analysis(story));
    story.onProject(story.as('holder'), object());
    expect(statusOf(story)).toBe('CLOSED');
    expect(releaseClosure(story.world, story.project.releases['rel1']!)).toMatchObject({ mode: 'STOP' });
    expect(readGate(story.world, story.project.releases['rel1']!, story.now).open).toBe(false);
    expect(story.tryProject(GATE, { type: 'OpenRead', analysis: 'a1' })).toMatchObject({ ok: false });
  });

  it('T6: tells no export under which pseudonyms, whoever it is for', () => {
    const story = permitted();
    const who = 'a'.repeat(64);
    story.onProject(story.as('holder'), object({ who }));
    for (const profile of ['partners', 'auditor', 'public'] as const)
      expect([profile, opener(story.world, profile, story.now)(who)]).toEqual([profile, false]);
  });

  it('lets a release be made anew, which the objection no longer closes', () => {
    const story = permitted();
    story.onProject(story.as('holder'), object());
    story.onProject(story.as('lead'), release(story));
    expect(statusOf(story, 'rel2')).toBe('PROPOSED');
    expect(objectionsTo(story.project, 'd1')).toMatchObject([{ id: 'ob1', people: 1 }]);
    story.onProject(story.as('holder'), object());
    expect(statusOf(story, 'rel2')).toBe('PROPOSED');
  });

  it('T10, I3: one that came while a release was made keeps that from being sealed, and it is made anew without them', () => {
    const story = deposited(atDataRequest());
    story.onProject(story.as('lead'), release(story));
    const made = sealing(story);
    story.onProject(story.as('holder'), object());
    const refusal = { rule: 'OBJECTIONS_SINCE', reason: expect.stringContaining('ob1') as string };
    expect(story.tryProject(WORKER, made)).toMatchObject({ refusal });
    story.onProject(WORKER, sealing(story)).sign('TRUST', ...TRUSTED);
    expect(story.project.releases['rel1']?.sealed).toMatchObject({ heeded: ['ob1'] });
    expect(releaseGate(story.world, story.project.releases['rel1']!, story.now).open).toBe(true);
    story.onProject(story.as('holder'), object());
    expect(releaseGate(story.world, story.project.releases['rel1']!, story.now).open).toBe(false);
  });

  it('T10: a sealing that names none heeds none, however early it was recorded; nor one that nobody recorded', () => {
    const story = permitted();
    story.onProject(story.as('holder'), object());
    const [made, early] = [story.project.releases['rel1']!, { at: '2000-01-01T00:00:00.000Z' }];
    const project = { ...story.project, objections: [{ ...story.project.objections[0]!, ...early }] };
    expect(objectionsAgainst(project, made)).toHaveLength(1);
    story.onProject(story.as('lead'), release(story));
    const invented = sealing(story, { heeded: ['ob1', 'ob2'] });
    expect(story.tryProject(WORKER, invented)).toMatchObject({ refusal: { rule: 'UNKNOWN_OBJECTION' } });
  });

  it('a sealing of before objections were named heeds every earlier one, and no later one', () => {
    const story = permitted();
    story.onProject(story.as('holder'), object());
    const [objection, made] = [story.project.objections[0]!, story.project.releases['rel1']!];
    const { heeded: _, ...sealed } = { ...made.sealed!, at: objection.at };
    const against = (at: string) =>
      objectionsAgainst({ ...story.project, objections: [{ ...objection, at }] }, { ...made, sealed });
    expect(against(sealed.at)).toHaveLength(1);
    expect(against(plus(sealed.at, -1))).toEqual([]);
  });

  it('T9: a release is not sealed before it was compared with all that were sealed meanwhile', () => {
    const story = permitted();
    story.onProject(story.as('holder'), object());
    story.onProject(story.as('lead'), release(story));
    const alone = sealing(story, { compared: [] });
    const refusal = { rule: 'RELEASES_SINCE', reason: expect.stringContaining('rel1') as string };
    expect(story.tryProject(WORKER, alone)).toMatchObject({ refusal });
    expect(story.tryProject(WORKER, sealing(story)).ok).toBe(true);
  });

  it('is possible in every state of the project, and only for the holder, by account', () => {
    const story = analysed(permitted());
    expect(tryObject(story, 'lead')).toBe('WRONG_ROLE');
    expect(tryObject(story, 'holder', { assurance: 'LINK' })).toBe('ASSURANCE');
    expect(tryObject(story, 'holder', { deposit: 'd9' })).toBe('UNKNOWN_DEPOSIT');
    expect(tryObject(story, 'holder', { people: 0 })).toBe('NOBODY');
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    story.now = plus(story.now, DAY);
    expect(tryObject(story, 'holder')).toBe('ACCEPTED');
  });

  it('has nothing to close before a deposit was accepted', () => {
    const story = atDataRequest();
    expect(tryObject(story, 'holder')).toBe('UNKNOWN_DEPOSIT');
    expect(tryObject(deposited(story), 'holder')).toBe('ACCEPTED');
  });
});
