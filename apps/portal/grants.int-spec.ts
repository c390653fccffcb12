// A grant taken back by the link of its request: from the page of what was granted, or by a fresh link any day later; nothing else does it.
import { personId, requested } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { closePortal, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { answerLink } from './testing/requests';
import { Visitor } from './testing/visitor';

jest.setTimeout(60_000);

let opened: Opened;
let setting: Setting;
let visitor: Visitor;
let address: string;

beforeAll(async () => {
  opened = await openPortal();
});

beforeEach(async () => {
  setting = opened.start.withAnotherProject();
  visitor = new Visitor(opened.portal.url);
  await requested(setting);
  await setting.db.query('delete from parley.asks');
  ({ address } = await visitor.arrive(await answerLink(setting)));
});

afterEach(() => opened.start.db.shiftClock('0'));
afterAll(() => closePortal(opened));

const name = { name: 'Person holder' };
const signed = { mode: 'STOP_AND_DESTROY', atOnce: 'yes', reason: 'Our board decided', ...name };
const withdrawn = async () => (await setting.world()).project.requests['r1']?.withdrawn;

async function answer(fields: Record<string, string>): Promise<void> {
  const asked = (await visitor.get(address)).forms.at(-1)?.fields ?? {};
  const codePage = await visitor.post(address, { ...asked, ...name, ...fields });
  const { links } = setting.processes.courier;
  const code = await links.mintAnswerCode(setting.project, personId('holder'), 'r1');
  expect((await visitor.post(address, { ...form(codePage), code })).status).toBe(303);
}

/** Granted by link and code; the page that says so, and the form it leads to. */
async function grantedByLink() {
  await answer({ outcome: 'GRANTED', 'as-0': 'integer', 'as-1': 'number', expires: '2027-06-30' });
  const receipt = await visitor.get(address);
  const way = /href="([^"]*\/withdraw)"/.exec(receipt.html)?.[1] ?? '';
  expect(way).toBe(`${address}/withdraw`);
  return { receipt, way, shown: await visitor.get(way) };
}

it('T10: by the link that gave it, with a mode, a reason and a typed name, and no code', async () => {
  const { way, shown } = await grantedByLink();
  expect([shown.status, shown.h1]).toEqual([200, 'Withdraw the grant']);
  for (const said of ['Stop, and destroy the data', 'cannot be called back', 'after 24 hours'])
    expect(shown.html).toContain(said);
  expect(shown.html).not.toMatch(/<(input|option)[^>]* (checked|selected)/);
  const done = await visitor.post(way, { ...form(shown), ...signed });
  expect([done.status, done.location]).toEqual([303, address]);
  expect(await withdrawn()).toMatchObject({
    ...{ person: personId('holder'), mode: 'STOP_AND_DESTROY', atOnce: true },
  });
  const [entry] = await setting.db.query<{ version: number; said: string[]; assurance: string }>(
    `select version, data ->> 'assurance' as assurance,
            array(select o.text from parley.openings o where o.commitment in (data ->> 'reason', data ->> 'signedAs') order by 1) as said
       from parley.events where stream = $1 and type = 'GrantWithdrawn'`,
    [setting.project],
  );
  expect(entry).toMatchObject({ assurance: 'LINK', said: ['Our board decided', 'Person holder'] });
  const proof = await visitor.get(address);
  expect([proof.status, proof.h1]).toEqual([200, 'Your withdrawal is recorded']);
  expect(proof.html).toContain(`${setting.project}/${entry?.version}`);
  expect(proof.html).not.toContain('/withdraw"');
  // Pressed twice, or opened again: what stands, and nothing more.
  expect((await visitor.post(way, { ...form(shown), ...signed })).location).toBe(address);
  expect((await visitor.get(way)).location).toBe(address);
});

it('I3: closes what a file would be handed over for, at once', async () => {
  const { way, shown } = await grantedByLink();
  await setting.byWorker({ type: 'InviteDeposit', request: 'r1', publicKey: 'key' });
  await visitor.post(way, { ...form(shown), ...signed });
  const file = { deposit: 'd1', digest: 'd'.repeat(64), bytes: 10, object: 'obj_1', wrappedKey: 'w' };
  const handed = setting.ledger.receiveDeposit(setting.project, setting.as('holder'), file);
  await expect(handed).rejects.toMatchObject({ refusal: {} });
});

it('T10: by a link that came later, from the undated address of the receipt', async () => {
  const { receipt } = await grantedByLink();
  const undated = `/again/${setting.project}/r1/0/${personId('holder')}`;
  expect(receipt.html).toContain(undated);
  const stranger = new Visitor(opened.portal.url);
  expect((await stranger.post(undated, {})).status).toBe(200);
  const mailed = await setting.db.query(
    `select 1 from parley.outbox where stream = $1 and mail ->> 'purpose' = 'FRESH_LINK' and mail ->> 'person' = $2`,
    [setting.project, personId('holder')],
  );
  expect(mailed).toHaveLength(1);
  const later = await stranger.arrive(await answerLink(setting));
  const shown = await stranger.get(`${later.address}/withdraw`);
  expect((await stranger.post(`${later.address}/withdraw`, { ...form(shown), ...signed })).status).toBe(303);
  expect((await withdrawn())?.mode).toBe('STOP_AND_DESTROY');
});

it('T10: by whoever answers for the risk, who is mailed a link when somebody grants', async () => {
  await grantedByLink();
  const own = new Visitor(opened.portal.url);
  const page = await own.arrive(await answerLink(setting, personId('riskOwner')));
  expect([page.status, page.h1]).toEqual([200, 'Your organisation has answered']);
  const way = `${page.address}/withdraw`;
  expect(page.html).toContain(`href="${way}"`);
  const shown = await own.get(way);
  expect(shown.html).toContain('Person riskOwner');
  const taken = await own.post(way, { ...form(shown), ...signed, name: 'Person riskOwner' });
  expect([taken.status, taken.location]).toEqual([303, page.address]);
  expect(await withdrawn()).toMatchObject({ person: personId('riskOwner'), mode: 'STOP_AND_DESTROY' });
  expect((await visitor.get(address)).h1).toBe('Your organisation has withdrawn its grant');
});

it('T5: with the reason in confidence, to somebody neutral', async () => {
  const { way, shown } = await grantedByLink();
  expect(shown.html).toContain('In confidence: only Person lay');
  const given = { ...form(shown), ...signed, confidant: personId('lay') };
  const empty = await visitor.post(way, { ...given, reason: '' });
  expect([empty.status, empty.html.includes('Write the reason')]).toEqual([422, true]);
  const partial = await visitor.post(way, { ...given, confidant: personId('lead') });
  expect([partial.status, partial.html.includes('is not neutral')]).toEqual([422, true]);
  expect((await visitor.post(way, given)).status).toBe(303);
  expect(await withdrawn()).toMatchObject({ confidant: personId('lay') });
});

it('T10: by a colleague’s account meanwhile: the page says so', async () => {
  const { way, shown } = await grantedByLink();
  const how = { mode: 'STOP', atOnce: false, assurance: 'ACCOUNT', reason: null } as const;
  const command = { type: 'WithdrawGrant', request: 'r1', ...how } as const;
  await setting.byAccount('riskOwner', setting.project, { command });
  expect((await visitor.post(way, { ...form(shown), ...signed })).location).toBe(address);
  expect((await visitor.get(address)).h1).toBe('Your organisation has withdrawn its grant');
  expect((await withdrawn())?.mode).toBe('STOP');
});

it.each([
  ['nothing', {}, ['Choose how far it should go', 'Type your full name']],
  ['no name', { mode: 'STOP' }, ['Type your full name']],
  ['no mode', name, ['Choose how far it should go']],
  ['a mode that does not exist', { ...name, mode: 'PERHAPS' }, ['Choose how far it should go']],
  ['a reason of 4,001 characters', { ...signed, reason: 'x'.repeat(4001) }, ['Shorten']],
])('T2: %s given: said at the field, nothing recorded', async (_what, fields, said) => {
  const { way, shown } = await grantedByLink();
  const answered = await visitor.post(way, { ...form(shown), ...fields });
  expect(answered.status).toBe(422);
  for (const words of said) expect(answered.html).toContain(words);
  expect(await withdrawn()).toBeNull();
});

it('T10: not from elsewhere, without the cookie, for another person or request, or with a link that is dead', async () => {
  const { way, shown } = await grantedByLink();
  const given = { ...form(shown), ...signed };
  expect((await visitor.post(way, given, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await visitor.post(way, { ...given, csrf: '' })).status).toBe(403);
  const stranger = new Visitor(opened.portal.url);
  const refused = await stranger.post(way, given);
  expect([refused.status, refused.forms[0]?.action]).toEqual([
    404,
    `/again/${setting.project}/r1/0/${personId('holder')}`,
  ]);
  expect((await visitor.post(way.replace('per_holder', 'per_riskOwner'), given)).status).toBe(404);
  expect((await visitor.post(way.replace('/r1/', '/r2/'), given)).status).toBe(404);
  await setting.db.shiftClock('15 days');
  expect((await visitor.post(way, given)).status).toBe(404);
  expect(await withdrawn()).toBeNull();
});

it('T10: is not offered where nothing was granted', async () => {
  expect((await visitor.get(`${address}/withdraw`)).location).toBe(address);
  await answer({ outcome: 'REFUSED' });
  const declined = await visitor.get(address);
  expect(declined.html).not.toContain('/withdraw"');
  expect((await visitor.get(`${address}/withdraw`)).location).toBe(address);
});
