// T15 by link: a colleague reads what was written down and its evidence, and confirms it once with the mailed code.
import { personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { askAnew, closePortal, decisionsOn, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { confirmationCode, confirmationLink, noteOfCall, recordedApproval } from './testing/confirmations';
import { Visitor } from './testing/visitor';
import type { Page } from './testing/visitor';

jest.setTimeout(60_000);

let opened: Opened;
let setting: Setting;
let visitor: Visitor;
let page: Page & { address: string };

beforeAll(async () => {
  opened = await openPortal();
});
beforeEach(async () => {
  ({ setting, visitor } = await askAnew(opened));
  await noteOfCall(setting);
  await recordedApproval(setting);
  page = await visitor.arrive(await confirmationLink(setting));
});
afterAll(() => closePortal(opened));

const yes = { whose: personId('official'), name: 'Person checker' };
const submit = (fields: Record<string, string>) => visitor.post(page.address, { ...form(page), ...fields });
const theirs = async () => (await decisionsOn(setting)).find(({ person }) => person === personId('official'));
const recorded = () =>
  setting.db.query<{ assurance: string; by: string }>(
    `select data ->> 'assurance' as assurance, data ->> 'by' as by from parley.events
       where stream = $1 and type = 'DecisionCountersigned'`,
    [setting.project],
  );

it('T15: the page says who is said to have approved what, who wrote it down, and shows the evidence', () => {
  expect(page.status).toBe(200);
  for (const said of [
    'Person official',
    'by telephone',
    'Person lead',
    'Note of a call',
    'doing nothing approves nothing',
  ])
    expect(page.html).toContain(said);
  expect(page.html).not.toMatch(/<input[^>]* checked/);
  expect(page.html).not.toContain('<script');
});

it('T15: confirmed by link and code it counts, is recorded under the colleague, and a receipt is mailed', async () => {
  const asked = await submit(yes);
  expect(asked.h1).toBe('Type the code we mailed you');
  expect((await theirs())?.countersigned).toBeUndefined();
  const done = await visitor.post(page.address, { ...form(asked), code: await confirmationCode(setting) });
  expect([done.status, done.location]).toEqual([303, page.address]);
  expect((await theirs())?.countersigned?.by).toBe(personId('checker'));
  expect(await recorded()).toEqual([{ assurance: 'LINK_CODE', by: personId('checker') }]);
  const shown = await visitor.get(page.address);
  expect([shown.status, shown.h1]).toEqual([200, 'You confirmed it']);
  const [mail] = await setting.db.query<{ person: string }>(
    `select mail ->> 'person' as person from parley.outbox where stream = $1 and mail ->> 'purpose' = 'COUNTERSIGN_RECEIPT'`,
    [setting.project],
  );
  expect(mail?.person).toBe(personId('checker'));
});

it('I5: a hundred equal submissions at once are one countersignature and equal answers', async () => {
  const asked = await submit(yes);
  const fields = { ...form(asked), code: await confirmationCode(setting) };
  const all = await Promise.all(Array.from({ length: 100 }, () => visitor.post(page.address, fields)));
  for (const { status } of all) expect([200, 303]).toContain(status);
  expect(await recorded()).toHaveLength(1);
});

it('T2: every button pressed once confirms nothing', async () => {
  for (const { action, fields } of page.forms) await visitor.post(action, fields);
  expect(await recorded()).toEqual([]);
});

it('a code for a sign-off confirms nothing, and a code for a confirmation signs nothing', async () => {
  const { stream, checkpoint, round } = await setting.asked('ETHICAL');
  const { portal, courier } = setting.processes;
  const token = await setting.link('checker', 'ETHICAL');
  await portal.links.askCode(token);
  const forSigning = await courier.links.mintCode(stream, personId('checker'), checkpoint, round.round);
  const asked = await submit(yes);
  const wrong = await visitor.post(page.address, { ...form(asked), code: forSigning });
  expect([wrong.status, await recorded()]).toEqual([422, []]);
  const forConfirming = await confirmationCode(setting);
  await expect(setting.byLink(token, forConfirming, await setting.decision('ETHICAL'))).rejects.toMatchObject(
    {
      refusal: { rule: 'CODE_WRONG' },
    },
  );
});

it.each([
  ['nobody chosen', { whose: '' }, 'Choose whose approval'],
  ['somebody whose answer does not wait', { whose: personId('researcher') }, 'Choose whose approval'],
  ['no name', { name: '' }, 'Type your full name'],
  ['a name of 100,000 characters cut to what a form may hold', { name: 'x'.repeat(60_000) }, 'Shorten'],
])('%s: said at the field, nothing recorded', async (_what, fields, said) => {
  const answered = await submit({ ...yes, ...fields });
  expect([answered.status, answered.html.includes(said), await recorded()]).toEqual([422, true, []]);
});

it('a wrong code five times and then the right one; a form of elsewhere; no link for whom it does not await', async () => {
  const asked = await submit(yes);
  const code = await confirmationCode(setting);
  const wrong = code === '00000000' ? '00000001' : '00000000';
  for (let time = 0; time < 5; time += 1)
    expect((await visitor.post(page.address, { ...form(asked), code: wrong })).html).toContain(
      'not the code',
    );
  expect((await visitor.post(page.address, { ...form(asked), code })).html).toContain('no longer works');
  expect((await visitor.post(page.address, { ...yes, csrf: 'x' })).status).toBe(403);
  expect((await new Visitor(opened.portal.url).get(page.address)).status).toBe(404);
  for (const name of ['researcher', 'official', 'lead', 'lay'] as const)
    await expect(confirmationLink(setting, name)).rejects.toThrow('NOT_ASKED');
  expect(await recorded()).toEqual([]);
});

it('taken back or replaced meanwhile: the page says so, and records nothing', async () => {
  const asked = await submit(yes);
  const code = await confirmationCode(setting);
  await setting.proposeQuestion();
  const late = await visitor.post(page.address, { ...form(asked), code });
  expect([late.status, late.h1]).toEqual([410, 'Nothing waits to be confirmed']);
  expect(await recorded()).toEqual([]);
});
