// B23 rule by rule: from an open gate, take one thing away, and exactly that rule closes it.
import type { Client } from 'pg';
import { aDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import {
  atDataRequest,
  boundary,
  CAST,
  DAY,
  deposited,
  GATE,
  personId,
  question,
  release,
  sealedRelease,
  secondWave,
  TRUSTED,
} from '../../testing/story';
import type { Story } from '../../testing/story';
import { Retelling } from './testing/retelling';

let db: TestDatabase;
let client: Client;
beforeAll(async () => {
  db = await aDatabase();
  client = await Retelling.connect(db);
});
afterAll(async () => {
  await client.end();
  await db.drop();
});

const trusted = (): Story => sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);

/** The second wave with its account of the first put up, sealed, and everything but BENEFIT signed. */
function unaccounted(): Story {
  const story = secondWave();
  story.onProject(story.as('lead'), { type: 'ProposeBenefit', wave: 2, content: story.content() });
  return sealedRelease(story, ['rel1'], 'DEIDENTIFIED').sign('TRUST', ...TRUSTED);
}

type Change = (story: Story, retelling: Retelling) => unknown;
const forge =
  (type: string, data: Record<string, unknown>): Change =>
  (story, retelling) =>
    retelling.forge(story.project.id, type, data, story.as('lead'));

/** The same release once more, with something about it changed behind the domain's back. */
const redrawn =
  (over: Record<string, unknown>): Change =>
  async (story, retelling) => {
    const { id: _id, ...release } = story.project.releases['rel1'] ?? { id: '' };
    await retelling.forge(
      story.project.id,
      'ReleaseProposed',
      { ...release, release: 'rel2', ...over },
      story.as('lead'),
    );
  };

const withdraw =
  (kind: string, name: 'holder' | 'riskOwner' | 'lay' | 'official'): Change =>
  (story, retelling) => {
    const checkpoint = story.checkpoint(kind);
    const { round } = story.round(checkpoint);
    const data = { checkpoint, round, person: personId(name), mode: 'STOP' };
    return retelling.forge(story.project.id, 'DecisionWithdrawn', data, story.as(name));
  };

const objected = forge('ObjectionRecorded', {
  ...{ objection: 'ob1', request: 'r1', deposit: 'd1', people: 1, who: 'w', assurance: 'ACCOUNT' },
});
const heeding: Change = (story, retelling) => {
  const { content } = story.project.releases['rel1']?.sealed ?? {};
  return forge('ReleaseSealed', { release: 'rel1', content, heeded: ['ob1'] })(story, retelling);
};

const ADDED: [string, string, Change][] = [
  [
    'B5: an institution leaves the agreement',
    'AGREEMENT',
    (story, retelling) =>
      retelling.forge(
        story.programme.id,
        'DecisionWithdrawn',
        { checkpoint: 'k1', round: 1, person: personId('checker'), mode: 'STOP' },
        story.as('checker'),
      ),
  ],
  ['B6: the ethical approval ends', 'ETHICS', forge('EthicsEnded', { ethics: 'e1', reason: 'r' })],
  ['the project is suspended', 'PROJECT', forge('ProjectSuspended', { reason: 'r' })],
  ['the project is closed', 'PROJECT', forge('ProjectClosed', { reason: 'r' })],
  ['the release is given up', 'RELEASE', forge('ReleaseGivenUp', { release: 'rel1', reason: 'r' })],
  ['T7, T10: a LEGAL signer withdraws the boundary', 'BOUNDARY', withdraw('LEGAL', 'riskOwner')],
  ['T7, T10: an ETHICAL signer withdraws the boundary', 'BOUNDARY', withdraw('ETHICAL', 'lay')],
  ['a signer of TRUST takes it back', 'TRUST', withdraw('TRUST', 'holder')],
  ['a signer of the question takes it back', 'EARLIER_STAGE', withdraw('QUESTION', 'official')],
  [
    'T10: the holder withdraws its grant',
    'GRANT',
    forge('GrantWithdrawn', { request: 'r1', person: personId('holder'), mode: 'STOP' }),
  ],
  [
    'B18: the sufficiency of the data is revoked',
    'QUESTION',
    forge('SufficiencyRevoked', { revocation: 'srv1', question: 'q1', because: 'b', cites: [] }),
  ],
  ['T10: somebody objects to the use of their data', 'RELEASE', objected],
  [
    'T10: a second sealing says that it heeds who objected',
    'RELEASE',
    async (story, retelling) => {
      await objected(story, retelling);
      await heeding(story, retelling);
    },
  ],
  ['the deposit is destroyed', 'DEPOSIT', forge('DepositDestroyed', { deposit: 'd1', certificate: 'c' })],
  [
    'T3: other content is sealed',
    'TRUST',
    forge('ReleaseSealed', { release: 'rel1', content: { core: 'other', cover: 'c' } }),
  ],
  [
    'B57: the boundary is amended',
    'BOUNDARY',
    async (story, retelling) => {
      story
        .onProject(story.as('lead'), boundary(story))
        .sign('LEGAL', 'riskOwner')
        .sign('ETHICAL', 'checker', 'lay', 'holder');
      await retelling.catchUp();
    },
  ],
  [
    'B54: the reader is attested anew, and has shown nothing since',
    'SAFE_PEOPLE',
    (story, retelling) =>
      retelling.forge(
        story.programme.id,
        'PersonAttested',
        { person: personId('researcher'), ...CAST.researcher, name: 'n', address: 'a' },
        story.as('lead'),
      ),
  ],
  [
    'an amendment of the question is pending',
    'EARLIER_STAGE',
    async (story, retelling) => {
      story.onProject(story.as('lead'), question(story));
      await retelling.catchUp();
    },
  ],
];

describe('an open gate', () => {
  it('B23: is open when everything stands', async () => {
    const retelling = await Retelling.begin(client, trusted());
    expect(await retelling.rules('rel1')).toEqual([]);
  });

  it.each(ADDED)('B23: closes when %s (%s)', async (_what, rule, change) => {
    const story = trusted();
    const retelling = await Retelling.begin(client, story);
    await change(story, retelling);
    expect(await retelling.rules('rel1')).toContain(rule);
  });

  it('T10: nobody heeds an objection before it is made', async () => {
    const story = deposited(atDataRequest());
    story.onProject(story.as('lead'), release(story));
    const retelling = await Retelling.begin(client, story);
    await heeding(story, retelling);
    expect(await retelling.rules('rel1')).not.toContain('RELEASE');
    await objected(story, retelling);
    expect(await retelling.rules('rel1')).toContain('RELEASE');
  });

  it.each<[string, number]>([
    ['RELEASE', 200],
    ['GRANT', 300],
    ['ETHICS', 500],
    ['BOUNDARY', 600],
    ['SAFE_PEOPLE', 650],
    ['AGREEMENT', 700],
  ])('B23: closes by the clock alone when %s expires after %i days', async (rule, days) => {
    const story = trusted();
    const retelling = await Retelling.begin(client, story);
    expect(await retelling.rules('rel1', story.wait((days - 1) * DAY).now)).not.toContain(rule);
    expect(await retelling.rules('rel1', story.wait(2 * DAY).now)).toContain(rule);
  });

  it('B57: a boundary stays in force while its amendment is not signed by both kinds (T7, B41)', async () => {
    const story = trusted();
    story.onProject(story.as('lead'), boundary(story)).sign('LEGAL', 'riskOwner');
    const retelling = await Retelling.begin(client, story);
    expect(await retelling.rules('rel1')).toEqual([]);
  });
});

describe('inside the boundary', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['T8: another purpose', 'BOUNDARY', { purpose: 'fraud' }],
    ['T8: another method', 'BOUNDARY', { methods: ['clusters'] }],
    ['T8: linkage', 'BOUNDARY', { tier: 'LINKED_DEIDENTIFIED' }],
    ['another reader', 'BOUNDARY', { readers: [personId('lead')] }],
    ['a longer life', 'BOUNDARY', { expires: '2036-01-01T00:00:00.000Z' }],
    ['an unknown boundary', 'BOUNDARY', { boundary: 'b9' }],
    ['a boundary without a legal file (B53)', 'LEGAL_FILE', { boundary: 'b9' }],
    ['a reader who is not safe (B54)', 'SAFE_PEOPLE', { readers: [personId('lead')] }],
    ['a higher tier than granted', 'GRANT', { tier: 'DEIDENTIFIED' }],
    ['no request at all', 'GRANT', { requests: [] }],
    ['an unknown request', 'GRANT', { requests: ['r9'] }],
    ['a deposit of nobody', 'DEPOSIT', { deposits: ['d1', 'd9'] }],
    ['another question', 'QUESTION', { question: 'q9' }],
    ['an unknown cycle', 'EARLIER_STAGE', { cycle: 'c9' }],
    ['an invented wave', 'WAVE', { wave: 2 }],
  ])('B57: a release with %s is refused (%s)', async (_what, rule, over) => {
    const story = trusted();
    const retelling = await Retelling.begin(client, story);
    await redrawn(over)(story, retelling);
    expect(await retelling.rules('rel2')).toContain(rule);
  });

  it.each<[string, Record<string, unknown>]>([
    ['granted', { fields: ['name'] }],
    [
      'named as a dimension only',
      { releaseAs: { level: 'CELLS', fields: [], dimensions: ['name'], sums: [] } },
    ],
    [
      'named as a column only',
      { depositAs: { level: 'ROWS', fields: [{ name: 'name', type: 'text' }], dimensions: [], sums: [] } },
    ],
  ])('T8: a field outside the boundary is refused, %s by the holder', async (_how, over) => {
    const story = trusted();
    const retelling = await Retelling.begin(client, story);
    const request = { ...story.project.requests['r1'], request: 'r2' };
    await retelling.forge(story.project.id, 'RequestSent', request, story.as('lead'));
    const grant = { ...story.project.requests['r1']?.answer?.grant, ...over };
    const answer = { request: 'r2', person: personId('holder'), outcome: 'GRANTED', grant };
    await retelling.forge(story.project.id, 'RequestAnswered', answer, story.as('holder'));
    await redrawn({ requests: ['r2'] })(story, retelling);
    expect(await retelling.missing('rel2')).toContainEqual({
      rule: 'BOUNDARY',
      reason: 'outside the boundary: the field "name" of source "programme"',
    });
  });

  it('T4: a grant given by somebody who is not a data holder of that holder is none', async () => {
    const story = trusted();
    const retelling = await Retelling.begin(client, story);
    const request = { ...story.project.requests['r1'], request: 'r2' };
    await retelling.forge(story.project.id, 'RequestSent', request, story.as('lead'));
    const { grant } = story.project.requests['r1']?.answer ?? {};
    const answer = { request: 'r2', person: personId('riskOwner'), outcome: 'GRANTED', grant };
    await retelling.forge(story.project.id, 'RequestAnswered', answer, story.as('riskOwner'));
    await redrawn({ requests: ['r2'] })(story, retelling);
    expect(await retelling.rules('rel2')).toContain('GRANT');
  });
});

describe('a further wave', () => {
  it('B22, B23: needs BENEFIT on the account of this wave, from every party', async () => {
    const story = unaccounted();
    const retelling = await Retelling.begin(client, story);
    expect(await retelling.rules('rel2')).toEqual(['BENEFIT']);
    story.sign('BENEFIT', 'researcher', 'official');
    await retelling.catchUp();
    expect(await retelling.rules('rel2')).toEqual(['BENEFIT']);
    story.sign('BENEFIT', 'holder');
    await retelling.catchUp();
    expect(await retelling.rules('rel2')).toEqual([]);
  });

  it('B24: needs a rationale that cites the waves before it', async () => {
    const story = unaccounted().sign('BENEFIT', 'researcher', 'official', 'holder');
    const retelling = await Retelling.begin(client, story);
    const {
      id: _id,
      rationale: _rationale,
      ...release
    } = story.project.releases['rel2'] ?? { id: '', rationale: null };
    const uncited = { ...release, release: 'rel3', rationale: { text: 'why', cites: ['rel2'] } };
    await retelling.forge(story.project.id, 'ReleaseProposed', uncited, story.as('lead'));
    expect(await retelling.rules('rel3')).toContain('RATIONALE');
  });

  it('B10: needs every stage of the earlier cycle settled', async () => {
    const story = unaccounted().sign('BENEFIT', 'researcher', 'official', 'holder');
    const retelling = await Retelling.begin(client, story);
    await withdraw('REFLECTION', 'official')(story, retelling);
    expect(await retelling.missing('rel2')).toEqual([
      { rule: 'EARLIER_STAGE', reason: 'reflection of cycle c1 is not settled' },
    ]);
  });
});

describe('a live permit', () => {
  const live = (): Story => trusted().onProject(GATE, { type: 'GivePermit', release: 'rel1' });
  const closing = ADDED.filter(([, rule]) =>
    ['AGREEMENT', 'ETHICS', 'PROJECT', 'GRANT', 'TRUST'].includes(rule),
  );
  const reads = closing
    .filter(([what]) => !what.startsWith('T3'))
    .concat(ADDED.filter(([what]) => what.startsWith('T7')));

  it('I2: is live until something closes it, and never after it has expired', async () => {
    const story = live();
    const retelling = await Retelling.begin(client, story);
    expect(await retelling.isLive('rel1')).toBe(true);
    expect(await retelling.isLive('rel1', story.wait(200 * DAY).now)).toBe(false);
  });

  it.each(reads)('I3, T10: closes when %s (%s)', async (_what, _rule, change) => {
    const story = live();
    const retelling = await Retelling.begin(client, story);
    await change(story, retelling);
    expect(await retelling.isLive('rel1')).toBe(false);
  });

  it('outlives its signers: nobody loses a permit because somebody left', async () => {
    const story = live();
    const retelling = await Retelling.begin(client, story);
    await retelling.forge(story.programme.id, 'PersonLeft', { person: personId('holder') }, story.as('lead'));
    expect(await retelling.isLive('rel1')).toBe(true);
  });

  it('stays live under its own boundary when that is amended', async () => {
    const story = live();
    story
      .onProject(story.as('lead'), boundary(story))
      .sign('LEGAL', 'riskOwner')
      .sign('ETHICAL', 'checker', 'lay', 'holder');
    const retelling = await Retelling.begin(client, story);
    expect(await retelling.isLive('rel1')).toBe(true);
  });

  it('BENEFIT taken back closes every release of its wave, and of no other', async () => {
    const story = unaccounted().sign('BENEFIT', 'researcher', 'official', 'holder');
    story.onProject(GATE, { type: 'GivePermit', release: 'rel2' });
    const retelling = await Retelling.begin(client, story);
    await withdraw('BENEFIT', 'holder')(story, retelling);
    expect([await retelling.isLive('rel1'), await retelling.isLive('rel2')]).toEqual([true, false]);
  });
});

describe('opening a deposit', () => {
  const closing = ADDED.filter(
    ([what, rule]) => ['AGREEMENT', 'ETHICS', 'GRANT', 'DEPOSIT'].includes(rule) || what.startsWith('T7'),
  );

  it('I2: needs agreement, ethics, boundary and grant, and nothing of the release', async () => {
    const retelling = await Retelling.begin(client, deposited(atDataRequest()));
    expect(await retelling.missingForDeposit('d1')).toEqual([]);
  });

  it.each(closing)('I2: is refused when %s (%s)', async (_what, rule, change) => {
    const story = trusted();
    const retelling = await Retelling.begin(client, story);
    await change(story, retelling);
    expect(await retelling.missingForDeposit('d1')).toEqual([rule]);
  });
});
