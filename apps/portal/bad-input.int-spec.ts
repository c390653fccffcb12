// Whatever people, browsers and chance send to the sign-off page: said plainly, kept as typed, and recorded once or not at all.
import { personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { commitText } from '#libs/ledger';
import { approve, askAnew, closePortal, decisionsOn, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { Visitor } from './testing/visitor';
import type { Page } from './testing/visitor';

jest.setTimeout(120_000);

let opened: Opened;
let setting: Setting;
let visitor: Visitor;
let page: Page & { address: string };

beforeAll(async () => {
  opened = await openPortal();
});
beforeEach(async () => {
  ({ setting, visitor } = await askAnew(opened));
  page = await visitor.arrive(await setting.link('official', 'QUESTION'));
});
afterEach(() => opened.start.db.shiftClock('0'));
afterAll(() => closePortal(opened));

const submit = (fields: Record<string, string>) =>
  visitor.post(page.address, { ...form(page), ...approve, ...fields });
const decisions = () => decisionsOn(setting);

describe('what is typed', () => {
  it.each([
    ['nothing chosen', { choice: '' }, 'Choose one of the answers'],
    ['no answer there is', { choice: 'MAYBE' }, 'Choose one of the answers'],
    ['changes asked for without saying which', { choice: 'CHANGES_REQUESTED' }, 'Write what should change'],
    ['no name', { name: '' }, 'Type your full name'],
    ['a name of blanks', { name: '  \u3000 ' }, 'Type your full name'],
    ['a reason of 4,001 characters', { reason: 'x'.repeat(4001) }, 'Shorten'],
    ['a NUL', { reason: 'a\0b' }, 'cannot be shown'],
  ])('%s: said at the field, what was typed is kept, nothing recorded', async (_what, fields, said) => {
    const answered = await submit({ dissent: 'Kept <b>', ...fields });
    expect([answered.status, answered.html.includes(said)]).toEqual([422, true]);
    expect(answered.html).toContain('Kept &lt;b&gt;');
    expect(await decisions()).toEqual([]);
  });

  it('a reason of 100,000 characters is not even read, and the page says what to do', async () => {
    const answered = await submit({ reason: 'x'.repeat(100_000) });
    expect([answered.status, answered.html.includes('This is too long')]).toEqual([413, true]);
    expect(await decisions()).toEqual([]);
  });

  it.each([
    ['lookalike letters', 'Реrsоn оfficiаl'],
    ['emoji and joined ones', 'Ada 🙂 👩‍👩‍👧'],
    ['right-to-left letters and overrides', '\u202eשלום\u202c <script>alert(1)</script>'],
    ['a header in the name', 'Ada\r\nBcc: thief@example.org'],
  ])('%s are kept as they were typed, and shown as text', async (_what, name) => {
    expect((await submit({ name, dissent: name })).status).toBe(303);
    const [decision] = await decisions();
    const texts = await setting.ledger.texts([decision?.dissent ?? '']);
    expect(texts.get(decision?.dissent ?? '')).toBe(name.replaceAll('\r\n', '\n'));
    expect((await visitor.get(`${page.address}/receipt`)).html).not.toContain('<script>alert');
  });
});

describe('codes', () => {
  it('a wrong one five times ends it, and one for another checkpoint counts as wrong', async () => {
    const legal = await visitor.arrive(await setting.link('riskOwner', 'LEGAL'));
    const given = { choice: 'APPROVED', name: 'Person riskOwner' };
    const asked = await visitor.post(legal.address, { ...form(legal), ...given });
    const other = await opened.start.withAnotherProject().withProject();
    const { stream, checkpoint, round } = await other.asked('LEGAL');
    const { portal, courier } = setting.processes;
    await portal.links.askCode(await other.link('riskOwner', 'LEGAL'));
    const foreign = await courier.links.mintCode(stream, personId('riskOwner'), checkpoint, round.round);
    const own = await setting.asked('LEGAL');
    const right = await courier.links.mintCode(
      own.stream,
      personId('riskOwner'),
      own.checkpoint,
      own.round.round,
    );
    for (let time = 0; time < 5; time += 1)
      expect((await visitor.post(legal.address, { ...form(asked), code: foreign })).html).toContain(
        'not the code',
      );
    const dead = await visitor.post(legal.address, { ...form(asked), code: right });
    expect([dead.status, dead.html.includes('no longer works')]).toEqual([422, true]);
    expect((await setting.asked('LEGAL')).round.decisions).toEqual([]);
    expect((await other.asked('LEGAL')).round.decisions).toEqual([]);
  });
});

describe('twice, at once, and late', () => {
  it('I5: a thousand equal submissions at once are one decision and a thousand equal receipts', async () => {
    const all = await Promise.all(Array.from({ length: 1000 }, () => submit({})));
    expect(new Set(all.map(({ status, location }) => `${status} ${location}`))).toEqual(
      new Set([`303 ${page.address}/receipt`]),
    );
    expect(await decisions()).toHaveLength(1);
    const receipts = await Promise.all(
      Array.from({ length: 1000 }, () => visitor.get(`${page.address}/receipt`)),
    );
    expect(new Set(receipts.map(({ html }) => html)).size).toBe(1);
  });

  it('the back button and a double click: the same form again leads to the same receipt', async () => {
    const [first, second] = await Promise.all([submit({}), submit({})]);
    expect([first.location, second.location]).toEqual([`${page.address}/receipt`, `${page.address}/receipt`]);
    expect((await submit({})).location).toBe(`${page.address}/receipt`);
    expect(await decisions()).toHaveLength(1);
  });

  it('two tabs with different answers: the first counts, and the second is told so', async () => {
    const other = await visitor.get(page.address);
    expect((await submit({})).status).toBe(303);
    const late = await visitor.post(page.address, { ...form(other), ...approve, choice: 'REJECTED' });
    expect([late.status, late.h1]).toEqual([409, 'You have already answered']);
    expect(await decisions()).toMatchObject([{ choice: 'APPROVED' }]);
  });

  it('T3: content that changed between reading and answering is a 409 with the difference', async () => {
    await setting.proposeQuestion();
    expect((await submit({})).status).toBe(409);
    expect(await decisions()).toEqual([]);
  });

  it('suspended meanwhile: said, nothing recorded, nothing typed lost; resumed, the same form is taken', async () => {
    const reason = commitText('A pause');
    await setting.onProject('lead', {
      command: { type: 'SuspendProject', reason: reason.commitment },
      texts: [reason],
    });
    const answered = await submit({ dissent: 'Kept <b>', choice: 'ABSTAINED' });
    expect([answered.status, await decisions()]).toEqual([409, []]);
    // Said on the form itself, with everything that was typed.
    expect(answered.html).toContain('Kept &lt;b&gt;');
    expect(answered.html).toMatch(/value="ABSTAINED"[^>]* checked/);
    expect(answered.html).toMatch(/govuk-error-summary.*Your link keeps working/s);
    await setting.onProject('lead', { command: { type: 'ResumeProject' } });
    expect((await submit({})).status).toBe(303);
  });

  it('one second after the deadline it is still taken, since people’s deadlines bite by lapsing; lapsed, no more', async () => {
    const { checkpoint, round } = await setting.asked('QUESTION');
    const past = Date.parse(round.deadline) + 1000 - Date.now();
    const late = await opened.start.withAnotherProject().withProject();
    const theirs = await visitor.arrive(await late.link('official', 'QUESTION'));
    await setting.db.shiftClock(`${Math.ceil(past)} milliseconds`);
    // The links of both rounds ended with the deadline; a fresh one, as a reminder would bring, still answers.
    await setting.db.query(
      `update parley.links set expires = expires + interval '1 hour' where void_at is null`,
    );
    expect((await submit({})).status).toBe(303);
    expect(await decisions()).toHaveLength(1);
    const { checkpoint: other, round: theirRound } = await late.asked('QUESTION');
    await late.byWorker({ type: 'KeepTime', checkpoint: other, round: theirRound.round });
    const refused = await visitor.post(theirs.address, { ...form(theirs), ...approve });
    expect(refused.status).not.toBe(303);
    expect(await decisionsOn(late)).toEqual([]);
    expect(checkpoint).toMatch(/^k\d+$/);
  });

  it('removed from the roster meanwhile: refused, nothing recorded', async () => {
    const lay = await visitor.arrive(await setting.link('researcher', 'QUESTION'));
    await setting.db.query(`update parley.people set is_present = false where person = $1`, [
      personId('researcher'),
    ]);
    const answered = await visitor.post(lay.address, {
      ...form(lay),
      choice: 'APPROVED',
      name: 'Person researcher',
    });
    await setting.db.query(`update parley.people set is_present = true where person = $1`, [
      personId('researcher'),
    ]);
    expect([answered.status, await decisions()]).toEqual([403, []]);
  });
});

describe('browsers', () => {
  it('a very old one, which says nothing of language, origin or site, reads and answers', async () => {
    const bare = new Visitor(opened.portal.url);
    const there = await bare.arrive(await setting.link('official', 'QUESTION'));
    expect(there.html).toMatch(/<form method="post"/);
    expect(there.html).not.toMatch(/<script|type="module"|<dialog|<template/);
    const answered = await bare.post(
      there.address,
      { ...form(there), ...approve },
      { 'accept-language': '' },
    );
    expect(answered.status).toBe(303);
  });

  it('one that keeps no cookies is told what to do, and nothing is recorded', async () => {
    const forgetful = await new Visitor(opened.portal.url).post(page.address, { ...form(page), ...approve });
    expect([forgetful.status, forgetful.html.includes('allow them for this site')]).toEqual([404, true]);
    expect(await decisions()).toEqual([]);
  });
});
