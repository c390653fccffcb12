// What follows in memory: requests, grants, releases, analyses and whole cycles.
import type { Condition, Instant, ProjectCommand } from '#libs/domain';
import { heedOf, plus } from '#libs/domain';
import { HOLDER, WORKER, GATE, DAY, CELLS, ROWS, personId } from './cast';
import type { Story } from './telling';
import { atDataRequest, settleQuestion } from './beginning';

export const request = (
  story: Story,
  cites: string[] = [],
  tier: 'AGGREGATE' | 'DEIDENTIFIED' = 'DEIDENTIFIED',
): ProjectCommand => ({
  type: 'SendRequest',
  holder: HOLDER,
  ask: {
    source: 'programme',
    fields: ['treat', 'race', 'married', 're74', 're78'],
    tier,
    purpose: 'earnings',
    methods: ['descriptive'],
    linkage: false,
  },
  content: story.content(),
  rationale: { text: 'why', cites },
});

export const grant = (
  story: Story,
  id: string,
  overrides: { tier?: 'AGGREGATE' | 'DEIDENTIFIED'; conditions?: Condition[]; expires?: Instant } = {},
): ProjectCommand => {
  const spec = overrides.tier === 'DEIDENTIFIED' ? ROWS : CELLS;
  return {
    type: 'AnswerRequest',
    request: id,
    outcome: 'PARTLY_GRANTED',
    grant: {
      tier: overrides.tier ?? 'AGGREGATE',
      fields: ['treat', 're78'],
      depositAs: spec,
      releaseAs: spec,
      conditions: overrides.conditions ?? [],
      expires: overrides.expires ?? plus(story.now, 300 * DAY),
    },
    reasons: [],
    reason: null,
    assurance: 'ACCOUNT',
  };
};

/** With a request granted as cells, deposited and accepted. */
export function deposited(
  story: Story,
  cites: string[] = [],
  tier: 'AGGREGATE' | 'DEIDENTIFIED' = 'AGGREGATE',
): Story {
  story.onProject(story.as('lead'), request(story, cites));
  const id = last(story.project.requests);
  story.onProject(story.as('holder'), grant(story, id, { tier }));
  story.onProject(WORKER, { type: 'InviteDeposit', request: id, publicKey: 'key' });
  const deposit = last(story.project.deposits);
  story.onProject(story.as('holder'), {
    type: 'ReceiveDeposit',
    deposit,
    digest: 'digest',
    bytes: 10,
    object: 'object',
  });
  story.onProject(WORKER, { type: 'OpenDeposit', deposit, purpose: 'check' });
  return story.onProject(WORKER, { type: 'AcceptDeposit', deposit, rows: 12, report: 'report' });
}

const last = (record: Record<string, unknown>): string => Object.keys(record).at(-1) ?? '';

export const release = (
  story: Story,
  cites: string[] = [],
  overrides: { tier?: 'AGGREGATE' | 'DEIDENTIFIED'; expires?: Instant } = {},
): ProjectCommand => ({
  type: 'ProposeRelease',
  requests: [last(story.project.requests)],
  tier: overrides.tier ?? 'AGGREGATE',
  purpose: 'earnings',
  methods: ['descriptive'],
  readers: [personId('researcher')],
  rationale: { text: 'why', cites },
  expires: overrides.expires ?? plus(story.now, 200 * DAY),
});

/** With a release proposed and sealed, TRUST out for sign-off. */
export function sealedRelease(
  story: Story,
  cites: string[] = [],
  tier: 'AGGREGATE' | 'DEIDENTIFIED' = 'AGGREGATE',
): Story {
  story.onProject(story.as('lead'), release(story, cites, { tier }));
  return story.onProject(WORKER, sealing(story));
}

/** Seals the latest release, heeding all there is to heed. */
export function sealing(
  story: Story,
  over: Partial<Extract<ProjectCommand, { type: 'SealRelease' }>> = {},
): ProjectCommand {
  const release = last(story.project.releases);
  return {
    ...{ type: 'SealRelease', release, content: story.content(), digest: 'digest', rows: 12, bytes: 100 },
    ...{ object: `object-${release}`, ...heedOf(story.project, story.project.releases[release]!), ...over },
  };
}

export const TRUSTED = ['official', 'researcher', 'holder'] as const;

/** With the first release permitted. */
export function permitted(): Story {
  const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
  return story.onProject(GATE, { type: 'GivePermit', release: 'rel1' });
}

/** Registers a run on the latest release. */
export const analysis = (story: Story): ProjectCommand => ({
  type: 'RegisterAnalysis',
  release: last(story.project.releases),
  method: 'descriptive',
  params: {},
  hypothesis: 'h',
  support: 's',
});

/** A run with a result waiting for its output check. */
export function analysed(story: Story): Story {
  story.onProject(story.as('researcher'), analysis(story));
  const id = last(story.project.analyses);
  story.onProject(GATE, { type: 'OpenRead', analysis: id });
  return story.onProject(WORKER, {
    type: 'EndAnalysis',
    analysis: id,
    outcome: 'COMPLETED',
    result: story.content(),
    object: 'o',
    reason: null,
  });
}

/** The current cycle carried from its analysis stage to a settled refinement. */
export function concluded(story: Story): Story {
  story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' });
  story.onProject(story.as('official'), {
    type: 'AddInterpretation',
    as: 'PRACTITIONER',
    text: 't',
    misreading: 'm',
  });
  story.onProject(story.as('researcher'), {
    type: 'AddInterpretation',
    as: 'RESEARCHER',
    text: 't',
    misreading: 'm',
  });
  story.onProject(story.as('lead'), { type: 'ProposeReflection', content: story.content() });
  story.sign('REFLECTION', 'official', 'researcher');
  story.onProject(story.as('lead'), {
    type: 'ProposeRefinement',
    content: story.content(),
    next: 'NEXT_CYCLE',
  });
  return story.sign('REFINEMENT', 'official', 'researcher');
}

/** A whole first cycle, concluded. */
export function aCycle(): Story {
  return concluded(analysed(permitted()).sign('OUTPUT', 'checker'));
}

/** In the second cycle, its question settled, a second wave deposited as rows. */
export function secondWave(): Story {
  const story = aCycle();
  story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' });
  return deposited(settleQuestion(story), ['rel1'], 'DEIDENTIFIED');
}

/** The registered note of a telephone call, which anybody on the roster reads; the first one made does for all. */
export function noteOfCall(story: Story): string {
  if (story.project.evidence.length === 0)
    story.tryProject(story.as('lead'), {
      ...{ type: 'RecordEvidence', kind: 'CALL', title: 'call', audience: 'PARTNERS', text: null },
      ...{ attribution: { type: 'PERSON', person: personId('lead') }, participants: [], others: 1 },
      provenance: { origin: 'o', dated: story.now, derivedFrom: [] },
      ...{ meeting: null, assessment: null },
    });
  return story.project.evidence[0]?.id ?? 'none';
}
