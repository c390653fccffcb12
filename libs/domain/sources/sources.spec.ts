// The register of sources and the conversation that discovers them, told as stories.
import type { ProjectCommand, Refusal, SourceTerms } from '../index';
import { existence, registeredAs, relevance } from '../index';
import type { Story } from '../../testing/story';
import { atDataRequest, HOLDER, request, settleQuestion } from '../../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);

const terms = (over: Partial<SourceTerms> = {}): SourceTerms => ({
  ...{ name: 'programme', holder: HOLDER, heldBy: null, collectedFor: 'c', missing: 'm' },
  ...{ measure: 'FLOW', provenance: 'ADMINISTRATIVE', access: { kind: 'REQUESTED' } },
  ...over,
});
const register = (over: Partial<SourceTerms> = {}): ProjectCommand => ({
  type: 'RegisterSource',
  ...terms(over),
});
const say = (
  claim: Extract<ProjectCommand, { type: 'RecordDiscovery' }>['claim'],
  source: string | null = 'src1',
  question: string | null = 'q1',
): ProjectCommand => ({ type: 'RecordDiscovery', source, question, claim, text: 't' });
const ask = (story: Story): string => ruleOf(story.tryProject(story.as('lead'), request(story)));

/** A project that keeps a register, with the source its boundary names in it. */
const registered = (over: Partial<SourceTerms> = {}): Story => {
  const story = atDataRequest();
  return story.onProject(story.as('holder'), register(over));
};

describe('discovery', () => {
  it('B52: establishes that data exists and is relevant, in a conversation before any request', () => {
    const story = registered();
    expect(ask(story)).toBe('NOT_DISCOVERED');
    story.onProject(story.as('holder'), say('EXISTS', 'src1', null));
    expect(ask(story)).toBe('NOT_RELEVANT');
    story.onProject(story.as('official'), say('UNSURE'));
    expect(ask(story)).toBe('NOT_RELEVANT');
    story.onProject(story.as('holder'), say('RELEVANT'));
    expect([existence(story.project, 'src1'), relevance(story.project, 'src1', 'q1')]).toEqual([
      'EXISTS',
      'RELEVANT',
    ]);
    expect(ask(story)).toBe('ACCEPTED');
    expect(story.project.discovery.map((e) => e.claim)).toEqual(['EXISTS', 'UNSURE', 'RELEVANT']);
  });

  it('B52, B21: relevance is to one version of the question; another has to be looked at anew', () => {
    const story = registered();
    story.onProject(story.as('holder'), say('EXISTS', 'src1', null));
    story.onProject(story.as('holder'), say('RELEVANT'));
    settleQuestion(story);
    expect(ask(story)).toBe('NOT_RELEVANT');
    story.onProject(story.as('researcher'), say('RELEVANT', 'src1', 'q2'));
    expect(ask(story)).toBe('ACCEPTED');
  });

  it('B52: what turns out not to be there is not requested', () => {
    const story = registered();
    story.onProject(story.as('holder'), say('EXISTS', 'src1', null));
    story.onProject(story.as('holder'), say('RELEVANT'));
    story.onProject(story.as('holder'), say('ABSENT', 'src1', null));
    expect(ask(story)).toBe('NOT_DISCOVERED');
  });

  it('B52: once a register is kept, a source that is not in it is not requested', () => {
    expect(ask(registered({ name: 'another' }))).toBe('UNREGISTERED_SOURCE');
  });

  it('a project that never registered a source is bound by the names of its boundary', () => {
    expect(ask(atDataRequest())).toBe('ACCEPTED');
  });

  it('B49: anybody on the roster registers a source and takes part', () => {
    const story = atDataRequest();
    expect(ruleOf(story.tryProject(story.as('lay'), register()))).toBe('ACCEPTED');
    expect(ruleOf(story.tryProject(story.as('lay'), say('REMARK', null, null)))).toBe('ACCEPTED');
    expect(ruleOf(story.tryProject({ person: 'per_stranger' }, register()))).toBe('NOT_ON_ROSTER');
  });

  it.each<[string, string, ProjectCommand]>([
    ['relevance to nothing', 'CLAIM', say('RELEVANT', 'src1', null)],
    ['existence of nothing', 'CLAIM', say('EXISTS', null, null)],
    ['an unknown source', 'UNKNOWN_SOURCE', say('EXISTS', 'src9', null)],
    ['an unknown question', 'UNKNOWN_QUESTION', say('RELEVANT', 'src1', 'q9')],
  ])('refuses a claim about %s (%s)', (_what, rule, command) => {
    const story = registered();
    expect(ruleOf(story.tryProject(story.as('lead'), command))).toBe(rule);
  });
});

describe('the register', () => {
  it('B52: a boundary’s source names resolve to it, by name and holder', () => {
    const { project } = registered();
    expect(registeredAs(project, 'programme', HOLDER)?.id).toBe('src1');
    expect(registeredAs(project, 'programme', 'org_council')).toBeNull();
  });

  it('B52: published data is not asked of anybody', () => {
    const access = {
      kind: 'PUBLISHED',
      ...{ address: 'https://data.example/x', licence: 'OGL 3', version: '2027' },
      disclosureControl: 'rounded',
    } as const;
    const story = registered({ provenance: 'PUBLISHED', access });
    story.onProject(story.as('holder'), say('EXISTS', 'src1', null));
    story.onProject(story.as('holder'), say('RELEVANT'));
    expect(ask(story)).toBe('PUBLISHED_SOURCE');
  });

  it('a revision keeps what was said before, with the reason', () => {
    const story = registered();
    const revised = {
      type: 'ReviseSource',
      source: 'src1',
      because: 'b',
      ...terms({ measure: 'STOCK' }),
    } as const;
    story.onProject(story.as('holder'), revised);
    expect(story.project.sources['src1']).toMatchObject({
      terms: { measure: 'STOCK' },
      earlier: [{ terms: { measure: 'FLOW' }, because: 'b' }],
    });
    expect(ruleOf(story.tryProject(story.as('lead'), { ...revised, source: 'src9' }))).toBe('UNKNOWN_SOURCE');
  });

  it.each<[string, string, Partial<SourceTerms>]>([
    ['two holders', 'HOLDER', { heldBy: 'w' }],
    ['no holder', 'HOLDER', { holder: null }],
    ['a stranger', 'UNKNOWN_ORGANISATION', { holder: 'org_x' }],
    ['found data that is published', 'PROVENANCE', { provenance: 'PUBLISHED' }],
    ['data to collect that was found', 'PROVENANCE', { access: { kind: 'COLLECTED' } }],
    ['a second one of that name', 'KNOWN_SOURCE', {}],
  ])('refuses %s (%s)', (_what, rule, over) => {
    const story = registered();
    const name = rule === 'KNOWN_SOURCE' ? 'programme' : 'other';
    expect(ruleOf(story.tryProject(story.as('lead'), register({ name, ...over })))).toBe(rule);
  });
});
