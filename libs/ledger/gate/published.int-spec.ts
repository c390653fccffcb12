// Published data at the database's own gate: what opens it, and which legal checks count for nothing.
import type { Client } from 'pg';
import { aDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { check, sealedPublished } from '../../testing/published-story';
import { atDataRequest, DAY, deposited, GATE, personId, settleQuestion } from '../../testing/story';
import type { Name, Story } from '../../testing/story';
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

const forgeCheck = (retelling: Retelling, story: Story, name: Name, over: Record<string, unknown> = {}) => {
  const said = {
    import: 'imp1',
    person: personId(name),
    outcome: 'PERMITTED',
    text: 't',
    assurance: 'ACCOUNT',
  };
  return retelling.forge(story.project.id, 'LegalCheckRecorded', { ...said, ...over }, story.as(name));
};
const permitted = (): Story => {
  const story = sealedPublished();
  story.onProject(story.as('riskOwner'), check(story));
  return story.onProject(GATE, { type: 'GivePermit', release: 'rel1' });
};

it('B23: lacks its legal check alone, and opens with it', async () => {
  const story = sealedPublished();
  const retelling = await Retelling.begin(client, story);
  expect(await retelling.rules('rel1')).toEqual(['LEGAL_CHECK']);
  story.onProject(story.as('riskOwner'), check(story));
  await retelling.catchUp();
  expect(await retelling.rules('rel1')).toEqual([]);
});

it.each<[string, Name, Record<string, unknown>]>([
  ['of somebody who is no risk owner', 'lay', {}],
  ['of the importer', 'holder', {}],
  ['of another import', 'riskOwner', { import: 'imp2' }],
  ['that says no', 'riskOwner', { outcome: 'NOT_PERMITTED' }],
])('T4: a legal check %s opens nothing', async (_whose, name, over) => {
  const story = sealedPublished();
  const retelling = await Retelling.begin(client, story);
  await forgeCheck(retelling, story, name, over);
  expect(await retelling.rules('rel1')).toEqual(['LEGAL_CHECK']);
});

it('T4: what was permitted after it was refused stays refused', async () => {
  const story = sealedPublished();
  const retelling = await Retelling.begin(client, story);
  await forgeCheck(retelling, story, 'riskOwner', { outcome: 'NOT_PERMITTED' });
  await forgeCheck(retelling, story, 'riskOwner');
  expect(await retelling.rules('rel1')).toEqual(['LEGAL_CHECK']);
});

it.each<[string, string, Record<string, unknown>]>([
  ['an unknown import', 'LEGAL_CHECK', { imports: ['imp9'] }],
  ['another deposit', 'DEPOSIT', { deposits: ['d9'] }],
  ['nothing', 'GRANT', { imports: [] }],
  ['another question', 'QUESTION', { question: 'q9' }],
  ['a life that is over', 'RELEASE', { expires: '2020-01-01T00:00:00.000Z' }],
  // Beside a holder's data it is a linked release: everything is missing that such a one needs.
  ['a request beside it', 'TRUST', { requests: ['r1'] }],
  ['a request beside it, outside any boundary', 'BOUNDARY', { requests: ['r1'] }],
])('B23: a release of %s is refused (%s)', async (_what, rule, over) => {
  const story = sealedPublished();
  story.onProject(story.as('riskOwner'), check(story));
  const retelling = await Retelling.begin(client, story);
  const { id: _id, ...release } = story.project.releases['rel1'] ?? { id: '' };
  await retelling.forge(
    story.project.id,
    'ReleaseProposed',
    { ...release, release: 'rel2', ...over },
    story.as('lead'),
  );
  expect(await retelling.rules('rel2')).toContain(rule);
});

it('I3, T10: a live permit closes when the check is taken back, the copy expires or the agreement is lost', async () => {
  const story = permitted();
  const retelling = await Retelling.begin(client, story);
  expect(await retelling.isLive('rel1')).toBe(true);
  expect(await retelling.isLive('rel1', story.wait(301 * DAY).now)).toBe(false);
  const refused = permitted();
  const other = await Retelling.begin(client, refused);
  await forgeCheck(other, refused, 'riskOwner', { outcome: 'NOT_PERMITTED' });
  expect(await other.isLive('rel1')).toBe(false);
  const lost = permitted();
  lost.onProgramme(lost.as('checker'), { ...lost.withdrawal('checker', 'agreement'), checkpoint: 'k1' });
  expect(await (await Retelling.begin(client, lost)).isLive('rel1')).toBe(false);
});

it('its live permit needs no ethics and no boundary, and outlives an amended question', async () => {
  const story = permitted();
  story.onProject(story.as('lead'), { type: 'EndEthics', ethics: 'e1', reason: 'r' });
  settleQuestion(story);
  const retelling = await Retelling.begin(client, story);
  expect(await retelling.isLive('rel1')).toBe(true);
});

it('I2: its file opens while the agreement stands and nobody has said no; a holder’s deposit as ever', async () => {
  const story = sealedPublished();
  const retelling = await Retelling.begin(client, story);
  expect(await retelling.missingForDeposit('d1')).toEqual([]);
  await forgeCheck(retelling, story, 'riskOwner', { outcome: 'NOT_PERMITTED' });
  expect(await retelling.missingForDeposit('d1')).toEqual(['LEGAL_CHECK']);
  const granted = await Retelling.begin(client, deposited(atDataRequest()));
  expect(await granted.missingForDeposit('d1')).toEqual([]);
});

it('B22: a permit of published data alone makes no wave', async () => {
  const story = permitted();
  const retelling = await Retelling.begin(client, story);
  const request = { request: 'r1', cycle: 'c1', requestRound: 1, holder: 'org_holder', ask: { fields: [] } };
  await retelling.forge(story.project.id, 'RequestSent', request, story.as('lead'));
  const { id: _id, imports: _imports, ...release } = story.project.releases['rel1'] ?? { id: '' };
  const later = { ...release, release: 'rel2', requests: ['r1'], deposits: [], requestRound: 1, wave: 1 };
  await retelling.forge(story.project.id, 'ReleaseProposed', later, story.as('lead'));
  expect(await retelling.rules('rel2')).not.toContain('WAVE');
});
