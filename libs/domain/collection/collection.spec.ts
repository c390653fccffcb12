// A gap filled by collecting new data, told as a story.
import { collectionCaveats, collectionStatus, plus, provenanceOf } from '../index';
import type { BoundaryScope, ProjectCommand, Refusal } from '../index';
import { atDataRequest, CELLS, DAY, HOLDER, legalFile, personId, release, WORKER } from '../../testing/story';
import type { Story } from '../../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
type Plan = Extract<ProjectCommand, { type: 'PlanCollection' }>;
type Report = Extract<ProjectCommand, { type: 'ReportResponses' }>;

const plan = (story: Story, over: Partial<Plan> = {}): Plan => ({
  ...{
    type: 'PlanCollection',
    source: 'survey',
    collector: HOLDER,
    population: 'p',
    eligible: 600,
    invited: 600,
  },
  instrument: [
    { name: 'Illness Perception Questionnaire', reference: 'r', fields: ['consequences', 'control'] },
  ],
  ...{ invitation: 'i', informationSheet: 's', linkConsent: 'c', optOut: 'o' },
  ...{ opens: plus(story.now, DAY), closes: plus(story.now, 20 * DAY), leaveBy: plus(story.now, 30 * DAY) },
  ...over,
});
const report = (over: Partial<Report> = {}): Report => ({
  ...{
    type: 'ReportResponses',
    collection: 'co1',
    responded: 240,
    linkConsented: 200,
    optedOut: 30,
    left: 10,
  },
  compared: [{ characteristic: 'over 65', responders: 120, nonResponders: 100 }],
  ...over,
});
const planned = (over: Partial<Plan> = {}): Story => {
  const story = atDataRequest();
  return story.onProject(story.as('lead'), plan(story, over));
};
const begin = (story: Story) =>
  story.tryProject(story.as('lead'), { type: 'BeginCollection', collection: 'co1' });

/** LEGAL and ETHICAL given afresh, on a boundary with the survey inside. */
function signedAfresh(
  story: Story,
  over: Partial<BoundaryScope> = {},
  fields = ['consequences', 'control'],
): Story {
  const now = story.project.boundaries.at(-1)?.scope;
  if (!now) throw new Error('no boundary');
  const sources = [...now.sources, { source: 'survey', holder: HOLDER, fields }];
  const scope = { ...now, sources, linkage: true, ...over };
  const reference = legalFile(story, scope);
  story.onProject(story.as('lead'), {
    ...{ type: 'ProposeBoundary', content: story.content(), scope, legalFile: reference },
  });
  return story.sign('LEGAL', 'riskOwner').sign('ETHICAL', 'checker', 'lay', 'holder');
}
const begun = (): Story => {
  const story = signedAfresh(planned());
  begin(story);
  return story;
};
const reported = (): Story => {
  const story = begun().wait(21 * DAY);
  return story.onProject(story.as('holder'), report());
};
/** A request for the survey's fields, granted as cells, with its deposit invited. */
function granted(story: Story): Story {
  story.onProject(story.as('lead'), {
    ...{ type: 'SendRequest', holder: HOLDER, content: story.content(), rationale: { text: 't', cites: [] } },
    ask: {
      ...{ source: 'survey', fields: ['consequences', 'control'], tier: 'AGGREGATE', purpose: 'earnings' },
      ...{ methods: ['descriptive'], linkage: false },
    },
  });
  const spec = { ...CELLS, dimensions: ['consequences'], sums: ['control'] };
  story.onProject(story.as('holder'), {
    ...{
      type: 'AnswerRequest',
      request: 'r1',
      outcome: 'GRANTED',
      reasons: [],
      reason: null,
      assurance: 'ACCOUNT',
    },
    grant: {
      ...{ tier: 'AGGREGATE', fields: ['consequences', 'control'], depositAs: spec, releaseAs: spec },
      ...{ conditions: [], expires: plus(story.now, 200 * DAY) },
    },
  });
  return story.onProject(WORKER, { type: 'InviteDeposit', request: 'r1', publicKey: 'k' });
}
const deposit = (story: Story) =>
  story.tryProject(story.as('holder'), {
    ...{ type: 'ReceiveDeposit', deposit: 'd1', digest: 'd', bytes: 1, object: 'o' },
  });

describe('a new collection', () => {
  it.each<[string, (story: Story) => Partial<Plan>]>([
    ['of a sample where not everyone is invited', () => ({ invited: 300 })],
    ['of nobody', () => ({ eligible: 0, invited: 0 })],
    ['without a scale', () => ({ instrument: [] })],
    ['with a scale without fields', () => ({ instrument: [{ name: 'IPQ', reference: 'r', fields: [] }] })],
    [
      'with one field of two scales',
      () => ({
        instrument: ['IPQ', 'WEMWBS'].map((name) => ({ name, reference: 'r', fields: ['score'] })),
      }),
    ],
    ['that closes before it opens', (s) => ({ closes: plus(s.now, 1) })],
    ['that nobody may leave after it closed', (s) => ({ leaveBy: plus(s.now, 10 * DAY) })],
    ['that opened yesterday', (s) => ({ opens: plus(s.now, -DAY) })],
  ])('B19: %s is refused', (_what, over) => {
    const story = atDataRequest();
    expect(ruleOf(story.tryProject(story.as('lead'), plan(story, over(story))))).toBe('COLLECTION_PLAN');
  });

  it('B19: is planned by those who research, with a collector that is known', () => {
    const story = atDataRequest();
    expect(ruleOf(story.tryProject(story.as('lay'), plan(story)))).toBe('WRONG_ROLE');
    expect(ruleOf(story.tryProject(story.as('lead'), plan(story, { collector: 'org_x' })))).toBe(
      'UNKNOWN_ORGANISATION',
    );
  });

  it('B19: begins only after fresh LEGAL and ETHICAL for exactly this, and its link', () => {
    expect(ruleOf(begin(planned()))).toBe('FRESH_BOUNDARY');
    expect(ruleOf(begin(signedAfresh(planned(), { linkage: false })))).toBe('FRESH_BOUNDARY');
    expect(ruleOf(begin(signedAfresh(planned(), {}, ['consequences'])))).toBe('FRESH_BOUNDARY');
    const story = signedAfresh(planned());
    expect(ruleOf(begin(story))).toBe('ACCEPTED');
    expect(ruleOf(begin(story))).toBe('COLLECTION_STATUS');
    const unlinked = signedAfresh(planned({ linkConsent: null }), { linkage: false });
    expect(ruleOf(begin(unlinked))).toBe('ACCEPTED');
  });

  it('B19: a boundary that was signed before the collection was planned is not fresh', () => {
    const story = signedAfresh(atDataRequest());
    story.onProject(story.as('lead'), plan(story));
    expect(ruleOf(begin(story))).toBe('FRESH_BOUNDARY');
  });

  it('B19: who responded is reported once, after it closed, by the collector', () => {
    const story = begun();
    const by = (name: 'holder' | 'researcher') => ruleOf(story.tryProject(story.as(name), report()));
    expect(by('holder')).toBe('COLLECTION_STATUS');
    story.wait(21 * DAY);
    expect(by('researcher')).toBe('NOT_THE_COLLECTOR');
    expect(by('holder')).toBe('ACCEPTED');
    expect(by('holder')).toBe('COLLECTION_STATUS');
    expect(story.project.collections.map((c) => collectionStatus(c, story.now))).toEqual(['REPORTED']);
  });

  it.each<[string, Partial<Report>]>([
    ['more responded than were invited', { responded: 601 }],
    ['more consented to the link than responded', { linkConsented: 241 }],
    ['more opted out than kept silent', { optedOut: 361 }],
    ['more left than responded', { left: 241 }],
    ['nothing is compared', { compared: [] }],
    [
      'a group is smaller than ten',
      { compared: [{ characteristic: 'over 90', responders: 3, nonResponders: 20 }] },
    ],
    [
      'more show something than there are',
      { compared: [{ characteristic: 'over 65', responders: 241, nonResponders: 20 }] },
    ],
  ])('B19: a report where %s is refused', (_what, over) => {
    const story = begun().wait(21 * DAY);
    expect(ruleOf(story.tryProject(story.as('holder'), report(over)))).toBe('RESPONSES');
  });

  it('B19: rows enter by deposit like others, once nobody can leave any more, and are COLLECTED', () => {
    const story = granted(reported());
    expect(ruleOf(deposit(story))).toBe('COLLECTION_OPEN');
    story.wait(10 * DAY);
    expect(ruleOf(deposit(story))).toBe('ACCEPTED');
    const [request] = Object.values(story.project.requests);
    expect(request && provenanceOf(story.project, request)).toBe('COLLECTED');
  });

  it('B19: nothing is deposited before the responses are reported', () => {
    const story = granted(begun()).wait(40 * DAY);
    expect(ruleOf(deposit(story))).toBe('COLLECTION_OPEN');
  });

  it('B19: the response rate and how responders differ travel with every release of it', () => {
    const story = granted(reported()).wait(10 * DAY);
    deposit(story);
    story.onProject(WORKER, { type: 'OpenDeposit', deposit: 'd1', purpose: 'check' });
    story.onProject(WORKER, { type: 'AcceptDeposit', deposit: 'd1', rows: 2, report: 'r' });
    story.onProject(story.as('lead'), release(story));
    const proposed = story.project.releases['rel1'];
    expect(proposed && collectionCaveats(story.project, proposed)).toEqual([
      {
        ...{ collection: 'co1', source: 'survey', invited: 600, responded: 240, responseRate: 0.4 },
        ...{ linkConsented: 200, left: 10 },
        compared: [{ characteristic: 'over 65', responders: 120, nonResponders: 100 }],
      },
    ]);
    expect(proposed?.readers).toEqual([personId('researcher')]);
  });
});
