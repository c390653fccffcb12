// B57 at the page: a person's open items with a choice each, one name and one mailed code, each recorded by itself.
import type { CheckpointKind } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { askAnew, closePortal, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { Visitor } from './testing/visitor';
import type { Page } from './testing/visitor';

jest.setTimeout(60_000);

let opened: Opened;
/** Two projects: the risk owner is asked about the boundary of each. */
let one: Setting;
let other: Setting;
let visitor: Visitor;
let page: Page & { address: string };
let all: string;
let keys: { one: string; other: string };

beforeAll(async () => {
  opened = await openPortal();
});

beforeEach(async () => {
  // What earlier tests left open would be listed here, too.
  await opened.start.db.query('update parley.rounds set ended_at = now()');
  ({ setting: one, visitor } = await askAnew(opened));
  other = await opened.start.withAnotherProject().withProject();
  page = await visitor.arrive(await one.link('riskOwner', 'LEGAL'));
  all = `${page.address}/all`;
  keys = { one: await keyOf(one), other: await keyOf(other) };
});

afterEach(() => opened.start.db.shiftClock('0'));
afterAll(() => closePortal(opened));

async function keyOf(setting: Setting, kind: CheckpointKind = 'LEGAL'): Promise<string> {
  const { stream, checkpoint, round } = await setting.asked(kind);
  return `${stream}-${checkpoint}-${round.round}`;
}

/** The code that was ordered last, made where its mail would be written. */
async function mailedCode(): Promise<string> {
  const [row] = await opened.start.db.query<{ stream: string; mail: { items: [] } }>(
    `select stream, mail from parley.outbox where mail ->> 'purpose' = 'ITEMS_CODE' order by id desc limit 1`,
  );
  const { links } = opened.start.processes.courier;
  return links.mintItemsCode(row?.stream ?? '', personId('riskOwner'), row?.mail.items ?? []);
}

const decisionsOf = async (setting: Setting) =>
  (await setting.asked('LEGAL')).round.decisions.filter(({ person }) => person === personId('riskOwner'));

const answers = (chosen: Record<string, string>, over: Record<string, string> = {}) => ({
  ...Object.fromEntries(Object.entries(chosen).map(([key, choice]) => [`choice-${key}`, choice])),
  name: 'Person riskOwner',
  ...over,
});

async function asked(chosen: Record<string, string>, over: Record<string, string> = {}): Promise<Page> {
  const list = await visitor.get(all);
  return visitor.post(all, { ...form(list), ...answers(chosen, over) });
}

it('B57: shows each item’s exact content, nothing preselected, and nobody else’s', async () => {
  const list = await visitor.get(all);
  expect(list.status).toBe(200);
  for (const setting of [one, other]) {
    const { round } = await setting.asked('LEGAL');
    expect(list.html).toContain(round.content.core);
    expect(list.html).toContain(`choice-${await keyOf(setting)}`);
  }
  expect(list.html).not.toContain(await keyOf(one, 'QUESTION'));
  expect(list.html).not.toContain(' checked');
  expect(list.html).not.toContain('<script');
  expect((await visitor.get(page.address)).html).toContain(`${page.address}/all`);
});

it('B57: one code records each answer for its own content, with a receipt each', async () => {
  const codePage = await asked({ [keys.one]: 'APPROVED', [keys.other]: 'REJECTED' });
  expect(codePage.status).toBe(200);
  expect(codePage.h1).toBe('Type the code we mailed you');
  for (const setting of [one, other]) {
    const { round } = await setting.asked('LEGAL');
    expect(codePage.html).toContain(`content code <code>${round.content.core.slice(0, 8)}</code>`);
  }
  const done = await visitor.post(all, { ...form(codePage), code: await mailedCode() });
  expect(done.status).toBe(200);
  for (const [setting, choice] of [
    [one, 'APPROVED'],
    [other, 'REJECTED'],
  ] as const) {
    const { round } = await setting.asked('LEGAL');
    const [decision] = await decisionsOf(setting);
    expect(decision).toMatchObject({ choice, core: round.content.core, assurance: 'LINK_CODE' });
    expect(done.html).toContain(`${setting.project}/${decision?.version}`);
    expect(done.html).toContain(`/again/${setting.project}/`);
    const mails = await setting.db.query(
      `select 1 from parley.outbox where stream = $1 and mail ->> 'purpose' = 'SIGN_RECEIPT'`,
      [setting.project],
    );
    expect(mails).toHaveLength(1);
  }
  expect((await visitor.get(all)).h1).toBe('Nothing waits for your decision');
});

it('B57: what is left open stays open, and the code covers it not', async () => {
  const codePage = await asked({ [keys.other]: 'APPROVED' });
  const code = await mailedCode();
  const smuggled = { ...form(await visitor.get(all)), ...answers({ [keys.one]: 'APPROVED' }), code };
  expect((await visitor.post(all, smuggled)).status).toBe(422);
  expect(await decisionsOf(one)).toHaveLength(0);
  expect((await visitor.post(all, { ...form(codePage), code })).status).toBe(200);
  expect(await decisionsOf(other)).toHaveLength(1);
  const rest = await visitor.get(all);
  expect(rest.html).toContain(`choice-${keys.one}`);
  expect(rest.html).not.toContain(`choice-${keys.other}`);
});

it('B57: what changed meanwhile is said of that item, and the others are recorded', async () => {
  const codePage = await asked({ [keys.one]: 'APPROVED', [keys.other]: 'APPROVED' });
  await changeCover(other);
  const done = await visitor.post(all, { ...form(codePage), code: await mailedCode() });
  expect(done.status).toBe(200);
  expect(done.html).toContain('It has changed');
  expect(await decisionsOf(one)).toHaveLength(1);
  expect(await decisionsOf(other)).toHaveLength(0);
});

it('B57: what changed before the code is asked for is not covered by it', async () => {
  const list = await visitor.get(all);
  await changeCover(other);
  const both = { ...form(list), ...answers({ [keys.one]: 'APPROVED', [keys.other]: 'APPROVED' }) };
  const codePage = await visitor.post(all, both);
  expect(codePage.html).toContain('It has changed');
  const done = await visitor.post(all, { ...form(codePage), code: await mailedCode() });
  expect(done.html).not.toContain('Not recorded.');
  expect([await decisionsOf(one), await decisionsOf(other)].map((each) => each.length)).toEqual([1, 0]);
});

async function changeCover(setting: Setting): Promise<void> {
  const { checkpoint } = await setting.asked('LEGAL');
  const { content, contents } = signContent({ kind: 'X' }, { summary: 'Other words' });
  const command = { type: 'ChangeCover' as const, checkpoint, cover: content.cover };
  await setting.onProject('lead', { command, contents });
}

describe('bad input', () => {
  it.each([
    ['nothing chosen', {}, {}, 'Choose an answer for at least one'],
    ['no name', { one: 'APPROVED' }, { name: '' }, 'Type your full name'],
    ['no word of what should change', { one: 'CHANGES_REQUESTED' }, {}, 'Write what should change'],
    ['conditions named by nobody', { one: 'APPROVED_WITH_CONDITIONS' }, {}, 'Set at least one condition'],
  ])('%s: said at the field, and what was typed is kept', async (_what, chosen, over, said) => {
    const named = Object.fromEntries(
      Object.entries(chosen).map(() => [keys.one, Object.values(chosen)[0] ?? '']),
    );
    const answered = await asked(named, { [`dissent-${keys.other}`]: 'Kept words', ...over });
    expect(answered.status).toBe(422);
    expect(answered.html).toContain(said);
    expect(answered.html).toContain('Kept words');
    expect(await decisionsOf(one)).toHaveLength(0);
  });

  it('a reason of 4,001 characters is said to be too long, one of 100,000 is not even read', async () => {
    const chosen = { [keys.one]: 'REJECTED' };
    expect((await asked(chosen, { [`reason-${keys.one}`]: 'x'.repeat(4001) })).html).toContain('Shorten');
    expect((await asked(chosen, { [`reason-${keys.one}`]: 'x'.repeat(100_000) })).status).toBe(413);
  });

  it('emoji, lookalikes and right-to-left letters are kept as typed, and shown as text', async () => {
    const name = 'Реrsоn ‮rיskOwner 🦉 <b>';
    const codePage = await asked({ [keys.one]: 'APPROVED' }, { name });
    expect(codePage.html).not.toContain('<b>');
    await visitor.post(all, { ...form(codePage), code: await mailedCode() });
    const [row] = await one.db.query<{ text: string }>(
      `select o.text from parley.events e join parley.openings o on o.commitment = e.data ->> 'signedAs'
         where e.stream = $1 and e.type = 'DecisionRecorded'`,
      [one.project],
    );
    expect(row?.text).toBe(name);
  });

  it('a wrong code five times ends it for all items, and counts once however many there are', async () => {
    const codePage = await asked({ [keys.one]: 'APPROVED', [keys.other]: 'APPROVED' });
    const code = await mailedCode();
    const wrong = code === '00000000' ? '00000001' : '00000000';
    for (let time = 0; time < 4; time += 1)
      expect((await visitor.post(all, { ...form(codePage), code: wrong })).status).toBe(422);
    expect((await visitor.post(all, { ...form(codePage), code: 'abc' })).html).toContain('8 digits');
    const last = await visitor.post(all, { ...form(codePage), code: wrong });
    expect(last.html).toContain('not the code');
    expect((await visitor.post(all, { ...form(codePage), code })).html).toContain('no longer works');
    expect([await decisionsOf(one), await decisionsOf(other)].flat()).toEqual([]);
  });

  it('a form of another site, of another link, or of the page of one item records nothing', async () => {
    const list = await visitor.get(all);
    const fields = { ...form(list), ...answers({ [keys.one]: 'APPROVED' }) };
    const foreign = await visitor.post(all, fields, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    const single = await visitor.get(page.address);
    expect((await visitor.post(all, { ...fields, csrf: form(single).csrf ?? '' })).status).toBe(403);
    expect((await new Visitor(opened.portal.url).post(all, fields)).status).toBe(404);
  });

  it('two tabs with different answers: the first counts, the second is told so', async () => {
    const first = await asked({ [keys.one]: 'APPROVED', [keys.other]: 'APPROVED' });
    const firstCode = await mailedCode();
    const second = await asked({ [keys.one]: 'REJECTED', [keys.other]: 'APPROVED' });
    await visitor.post(all, { ...form(first), code: firstCode });
    const told = await visitor.post(all, { ...form(second), code: await mailedCode() });
    expect(told.html).toContain('Not recorded.');
    expect(await decisionsOf(one)).toMatchObject([{ choice: 'APPROVED' }]);
  });

  it('suspended, lapsed or off the roster meanwhile: refused, and the page lists it no more', async () => {
    const codePage = await asked({ [keys.one]: 'APPROVED', [keys.other]: 'APPROVED' });
    const reason = { command: { type: 'SuspendProject' as const, reason: 'x'.repeat(64) } };
    await other.onProject('lead', reason);
    const done = await visitor.post(all, { ...form(codePage), code: await mailedCode() });
    expect(done.status).toBe(200);
    expect(done.html).toContain('Not recorded.');
    expect(await decisionsOf(other)).toHaveLength(0);
    expect((await visitor.get(all)).html).not.toContain(`choice-${keys.other}`);
  });

  it('after the deadline it is taken until the round has lapsed, and then no more: an outage extends, a lapse ends', async () => {
    const codePage = await asked({ [keys.one]: 'APPROVED', [keys.other]: 'APPROVED' });
    const { checkpoint, round } = await other.asked('LEGAL');
    await opened.start.db.shiftClock('14 days 1 second');
    await other.byWorker({ type: 'KeepTime', checkpoint, round: round.round });
    // The link has lived as long as the round could; the code would be too old as well.
    expect((await visitor.post(all, form(codePage))).status).toBe(404);
    await opened.start.db.shiftClock('0');
    expect((await visitor.get(all)).html).not.toContain(`choice-${keys.other}`);
    await opened.start.db.query('delete from parley.asks');
    const late = await asked({ [keys.one]: 'APPROVED', [keys.other]: 'APPROVED' });
    expect(late.status).toBe(422);
    expect(late.html).toContain('Read the page again');
    expect(await decisionsOf(other)).toHaveLength(0);
  });

  it('off the roster meanwhile: the link is void, and nothing is recorded', async () => {
    const codePage = await asked({ [keys.one]: 'APPROVED' });
    const code = await mailedCode();
    await opened.start.db.query(`update parley.links set void_at = now() where person = $1`, [
      personId('riskOwner'),
    ]);
    expect((await visitor.post(all, { ...form(codePage), code })).status).toBe(404);
    expect(await decisionsOf(one)).toHaveLength(0);
  });

  it('T2: pressing the button, even with every answer chosen, mails at most a code', async () => {
    const list = await visitor.get(all);
    const pressed = await visitor.post(all, form(list));
    expect(pressed.status).toBe(422);
    const codePage = await asked({ [keys.one]: 'APPROVED' }, { name: 'A machine' });
    for (const { action, fields } of codePage.forms) await visitor.post(action, fields);
    expect(await decisionsOf(one)).toHaveLength(0);
  });
});

it('I5: a thousand equal submissions at once are one decision each and a thousand equal receipts', async () => {
  const codePage = await asked({ [keys.one]: 'APPROVED', [keys.other]: 'REJECTED' });
  const fields = { ...form(codePage), code: await mailedCode() };
  const pages = await Promise.all(Array.from({ length: 1000 }, () => visitor.post(all, fields)));
  expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(pages.map(({ html }) => html)).size).toBe(1);
  expect([await decisionsOf(one), await decisionsOf(other)].map((each) => each.length)).toEqual([1, 1]);
});

it('a link that decided its own item still opens the list; a void one does not', async () => {
  const codePage = await asked({ [keys.one]: 'APPROVED' });
  await visitor.post(all, { ...form(codePage), code: await mailedCode() });
  const list = await visitor.get(all);
  expect(list.html).toContain(`choice-${keys.other}`);
  await opened.start.db.query('update parley.links set void_at = now() where void_at is null');
  expect((await visitor.get(all)).status).toBe(404);
});

describe('how requests reach a person', () => {
  const held = async (setting: Setting) => {
    await setting.proposeBoundary();
    const rows = await setting.db.query<{ held: boolean }>(
      `select digest_at is not null as held from parley.outbox
         where mail ->> 'purpose' = 'SIGN_REQUEST' and mail ->> 'person' = $1 order by id desc limit 1`,
      [personId('riskOwner')],
    );
    return rows[0]?.held;
  };

  it('one mail a day, by their own setting and for themselves alone; or each as it comes', async () => {
    const list = await visitor.get(all);
    expect(list.html).toContain('Now each request comes as it is made.');
    const wish = (mail: string, wishName = 'Person riskOwner') =>
      visitor.post(all, { ...form(list), act: 'mail', mail, wishName });
    expect(await held(other)).toBe(false);
    expect((await wish('')).status).toBe(422);
    expect((await wish('03:33')).status).toBe(422);
    // T2: a machine chooses and presses, but types no name.
    const unnamed = await wish('08:00', '');
    expect([unnamed.status, unnamed.html.includes('value="08:00" selected')]).toEqual([422, true]);
    expect((await wish('08:00')).status).toBe(303);
    expect(await held(other)).toBe(true);
    expect((await visitor.get(`${all}?recorded=yes`)).html).toContain(
      'one mail a day, at 08:00 (Europe/London)',
    );
    expect((await visitor.post(all, { act: 'mail', mail: 'each', csrf: 'x' })).status).toBe(403);
    expect((await wish('each')).status).toBe(303);
    expect(await held(other)).toBe(false);
  });
});
