// Who may be let near data, told as stories.
import { moves, plus, releaseGate, safetyLacks } from '../index';
import type { Actor, ProgrammeCommand, Refusal } from '../index';
import {
  ADMINISTRATOR,
  analysis,
  aRoster,
  atDataRequest,
  CAST,
  DAY,
  deposited,
  GATE,
  permitted,
  personId,
  sealedRelease,
  TRUSTED,
} from '../../testing/story';
import type { Name, Story } from '../../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const training = (story: Story, name: Name, over: { completed?: string; expires?: string } = {}) =>
  ({
    type: 'RecordTraining',
    person: personId(name),
    course: 'c',
    completed: over.completed ?? story.now,
    expires: over.expires ?? plus(story.now, 30 * DAY),
  }) as const satisfies ProgrammeCommand;
const UNDERTAKING = { type: 'SignUndertaking', text: 't', signedAs: 's', assurance: 'ACCOUNT' } as const;
const INTERESTS = { type: 'DeclareInterests', interests: 'shares', assurance: 'ACCOUNT' } as const;

const missing = (story: Story) => {
  const release = story.project.releases['rel1'];
  if (!release) throw new Error('no release');
  const gate = releaseGate(story.world, release, story.now);
  return gate.open ? [] : gate.missing;
};
/** The researcher is attested anew: nothing of before counts. */
const rejoin = (story: Story): Story => {
  const person = personId('researcher');
  story.onProgramme(story.as('lead'), { type: 'RecordLeaver', person });
  const { organisation, roles } = CAST.researcher;
  return story.onProgramme(story.as('lead'), {
    ...{ type: 'AttestPerson', person, organisation, roles: [...roles], name: 'n', address: 'a' },
  });
};

describe('becoming safe', () => {
  it('B54: takes training by the own registrar, an undertaking and declared interests, and nothing less', () => {
    const story = aRoster();
    const lacks = () => safetyLacks(story.programme, personId('researcher'), story.now);
    expect(lacks()).toEqual(['TRAINING', 'UNDERTAKING', 'INTERESTS']);
    story.onProgramme(story.as('lead'), training(story, 'researcher'));
    expect(lacks()).toEqual(['UNDERTAKING', 'INTERESTS']);
    story.onProgramme(story.as('researcher'), UNDERTAKING);
    story.onProgramme(story.as('researcher'), { ...INTERESTS, interests: null });
    expect(lacks()).toEqual([]);
    story.wait(31 * DAY);
    expect(lacks()).toEqual(['TRAINING']);
  });

  it.each<[string, (story: Story) => Actor, Name, string]>([
    ['the registrar of another organisation', (s) => s.as('checker'), 'researcher', 'NOT_THEIR_REGISTRAR'],
    ['somebody who is no registrar', (s) => s.as('official'), 'checker', 'NOT_THEIR_REGISTRAR'],
    ['the administrator', () => ADMINISTRATOR, 'researcher', 'NOT_THEIR_REGISTRAR'],
    ['a registrar about themselves', (s) => s.as('lead'), 'lead', 'OWN_ENTRY'],
  ])('B54: training is not recorded by %s', (_who, by, name, rule) => {
    const story = aRoster();
    expect(ruleOf(story.tryProgramme(by(story), training(story, name)))).toBe(rule);
  });

  it.each<[string, { completed?: string; expires?: string }]>([
    ['completed tomorrow', { completed: '2099-01-01T00:00:00.000Z', expires: '2099-02-01T00:00:00.000Z' }],
    ['expired already', { completed: '2020-01-01T00:00:00.000Z', expires: '2021-01-01T00:00:00.000Z' }],
    ['that expires before it was completed', { expires: '2000-01-01T00:00:00.000Z' }],
  ])('B54: training %s is refused', (_what, dates) => {
    const story = aRoster();
    expect(ruleOf(story.tryProgramme(story.as('lead'), training(story, 'researcher', dates)))).toBe(
      'TRAINING_DATES',
    );
  });

  it('B54: nobody signs or declares for another, and who is not on the roster does neither', () => {
    const story = aRoster();
    expect(ruleOf(story.tryProgramme({ person: 'per_nobody' }, UNDERTAKING))).toBe('NOT_ON_ROSTER');
    expect(ruleOf(story.tryProgramme(ADMINISTRATOR, INTERESTS))).toBe('NOT_ON_ROSTER');
    story.onProgramme(story.as('lead'), UNDERTAKING);
    expect(safetyLacks(story.programme, personId('researcher'), story.now)).toContain('UNDERTAKING');
  });
});

describe('the gate', () => {
  it('B54: stays closed while a named reader lacks any of the three, by name, with whose move it is', () => {
    const story = rejoin(sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED));
    const lacking = missing(story).filter((m) => m.rule === 'SAFE_PEOPLE');
    expect(lacking.map((m) => m.waitingFor)).toEqual([
      [personId('researcher'), personId('lead')],
      [personId('researcher')],
      [personId('researcher')],
    ]);
    expect(moves(story.world, story.now).filter((m) => m.about === 'rel1').length).toBe(3);
    expect(ruleOf(story.tryProject(GATE, { type: 'GivePermit', release: 'rel1' }))).toBe('GATE_CLOSED');
    story.onProgramme(story.as('lead'), training(story, 'researcher'));
    story.onProgramme(story.as('researcher'), UNDERTAKING).onProgramme(story.as('researcher'), INTERESTS);
    expect(missing(story).map((m) => m.rule)).not.toContain('SAFE_PEOPLE');
  });

  it('B54: a reader whose training has ended neither registers a run nor reads, though the permit lives', () => {
    const story = permitted();
    story.onProgramme(story.as('lead'), training(story, 'researcher'));
    story.onProject(story.as('researcher'), analysis(story));
    story.wait(31 * DAY);
    expect(ruleOf(story.tryProject(GATE, { type: 'OpenRead', analysis: 'a1' }))).toBe('SAFE_PEOPLE');
    expect(ruleOf(story.tryProject(story.as('researcher'), analysis(story)))).toBe('SAFE_PEOPLE');
  });

  it('B54: projects started under earlier rules keep them', () => {
    const story = rejoin(sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED));
    story.project = { ...story.project, rulesVersion: 1 };
    expect(missing(story).map((m) => m.rule)).not.toContain('SAFE_PEOPLE');
  });
});
