// Handing a sign-off to a colleague, and "this was not me", at the page and in the mails that follow.
import type { Role } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { COUNCIL } from '../../libs/testing/story';
import { approve, askAnew, closePortal, decisionsOn, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { Visitor } from './testing/visitor';

jest.setTimeout(60_000);

const DEPUTY = 'per_deputy';
let opened: Opened;
let setting: Setting;
let visitor: Visitor;

beforeAll(async () => {
  opened = await openPortal();
});

beforeEach(async () => {
  ({ setting, visitor } = await askAnew(opened));
  await attest(DEPUTY, ['policyOfficial']);
});

afterEach(() =>
  setting.byAccount('checker', setting.programme, { command: { type: 'RecordLeaver', person: DEPUTY } }),
);

afterAll(() => closePortal(opened));

async function attest(person: string, roles: Role[]): Promise<void> {
  const [name, address] = [commitText('Person deputy'), commitText(`${person}@example.org`)];
  const command = { type: 'AttestPerson' as const, person, organisation: COUNCIL, roles };
  await setting.byAccount('checker', setting.programme, {
    command: { ...command, name: name.commitment, address: address.commitment },
    texts: [name, address],
  });
}

async function linkOf(person: string): Promise<string> {
  const { stream, checkpoint, round } = await setting.asked('QUESTION');
  const about = { stream, checkpoint, round: round.round, core: round.content.core };
  return (await setting.processes.courier.links.mint({ ...about, person, purpose: 'SIGN' })).token;
}

const mailsTo = async (person: string, stream = setting.project): Promise<string[]> =>
  (
    await setting.db.query<{ purpose: string }>(
      `select mail ->> 'purpose' as purpose from parley.outbox where stream = $1 and mail ->> 'person' = $2 order by id`,
      [stream, person],
    )
  ).map(({ purpose }) => purpose);

async function handOn(address: string, over: Record<string, string> = {}) {
  const page = await visitor.get(`${address}/delegate`);
  return visitor.post(`${address}/delegate`, { ...form(page), to: DEPUTY, name: 'Person official', ...over });
}

describe('delegation', () => {
  it('I7: a colleague gets a link, signs on behalf, and the delegator’s page says so', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    expect(page.html).toContain(`${page.address}/delegate`);
    const list = await visitor.get(`${page.address}/delegate`);
    expect(list.html).toContain('Person deputy');
    expect(list.html).not.toContain('Person checker');
    expect(list.html).not.toContain(' checked');
    expect((await handOn(page.address)).location).toBe(`${page.address}/delegate`);
    expect(await mailsTo(DEPUTY)).toEqual(['DELEGATED']);
    expect(await mailsTo(personId('official'))).toContain('DELEGATION_RECEIPT');
    expect((await visitor.get(page.address)).location).toBe(`${page.address}/delegate`);

    const elsewhere = await new Visitor(opened.portal.url).arrive(
      await setting.link('researcher', 'QUESTION'),
    );
    expect(elsewhere.html).toContain('handed on to Person deputy: not yet');
    // The colleague fills a place that was counted already.
    expect(elsewhere.html).toContain('2 of the 2 people asked');
    const theirs = await visitor.arrive(await linkOf(DEPUTY));
    expect(theirs.html).toContain('on behalf of Person official');
    expect(theirs.html).not.toContain('handed on to');
    const posted = await visitor.post(theirs.address, { ...form(theirs), ...approve, name: 'Person deputy' });
    expect(posted.status).toBe(303);
    expect(await decisionsOn(setting)).toMatchObject([
      { person: DEPUTY, onBehalfOf: personId('official'), choice: 'APPROVED' },
    ]);
    expect((await visitor.get(`${page.address}/delegate`)).html).toContain('Your colleague has answered');
    expect((await visitor.get(page.address)).location).toBe(`${page.address}/delegate`);
  });

  it('taken back: the colleague is told, their link answers no more, and the decision is one’s own again', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    await handOn(page.address);
    const theirs = await visitor.arrive(await linkOf(DEPUTY));
    const standing = await visitor.get(`${page.address}/delegate`);
    const back = { ...form(standing), name: 'Person official' };
    expect((await visitor.post(`${page.address}/delegate`, back)).status).toBe(422);
    const taken = await visitor.post(`${page.address}/delegate`, { ...back, what: 'takeBack' });
    expect(taken.status).toBe(303);
    expect((await visitor.get(taken.location)).html).toContain(
      'You took it back: the decision is yours again.',
    );
    const elsewhere = await new Visitor(opened.portal.url).arrive(
      await setting.link('researcher', 'QUESTION'),
    );
    expect(elsewhere.html).not.toMatch(/<td[^>]*>Person deputy|handed on to/);
    expect(await mailsTo(DEPUTY)).toEqual(['DELEGATED', 'DELEGATION_TAKEN_BACK']);
    expect((await visitor.get(theirs.address)).status).toBe(410);
    expect((await visitor.post(theirs.address, { ...form(theirs), ...approve })).status).toBe(403);
    const own = await visitor.get(page.address);
    expect((await visitor.post(page.address, { ...form(own), ...approve })).status).toBe(303);
    expect(await decisionsOn(setting)).toMatchObject([{ person: personId('official') }]);
  });

  it('pressed twice it is the same; nothing chosen, no name, a day gone by and a stranger are said at the field', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    for (const [over, said] of [
      [{ to: '' }, 'Choose one of the colleagues listed'],
      [{ name: '' }, 'Type your full name'],
      [{ until: '2020-01-01' }, 'Give a day in the future'],
      [{ until: '2031-01-01' }, 'Choose an earlier day'],
      [{ to: personId('lead') }, 'This colleague cannot sign here'],
      [{ to: 'per_x"><script>' }, 'Choose one of the colleagues listed'],
    ] as [Record<string, string>, string][]) {
      const answered = await handOn(page.address, over);
      expect([answered.status, answered.html.includes(said)]).toEqual([422, true]);
      expect(answered.html).not.toContain('<script');
    }
    const list = await visitor.get(`${page.address}/delegate`);
    const fields = { ...form(list), to: DEPUTY, name: 'Person official' };
    const pressed = await Promise.all([1, 2, 3].map(() => visitor.post(`${page.address}/delegate`, fields)));
    expect(new Set(pressed.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await mailsTo(DEPUTY)).toEqual(['DELEGATED']);
  });

  it('a form of elsewhere, a used link and the delegate’s own link hand nothing on', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const list = await visitor.get(`${page.address}/delegate`);
    const fields = { ...form(list), to: DEPUTY, name: 'x' };
    const address = `${page.address}/delegate`;
    expect((await visitor.post(address, { ...fields, csrf: form(page).csrf ?? '' })).status).toBe(403);
    expect((await visitor.post(address, fields, { origin: 'https://evil.example' })).status).toBe(403);
    await handOn(page.address);
    const theirs = await visitor.arrive(await linkOf(DEPUTY));
    expect((await visitor.get(`${theirs.address}/delegate`)).h1).toBe('There is nobody to hand this to');
    await visitor.post(theirs.address, { ...form(theirs), ...approve });
    expect((await visitor.get(`${theirs.address}/delegate`)).status).toBe(404);
  });

  it('B57: what was handed to a person stands in their list, and no more in the delegator’s', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    await handOn(page.address);
    expect((await visitor.get(`${page.address}/all`)).html).not.toContain(`choice-${setting.project}`);
    const theirs = await visitor.arrive(await linkOf(DEPUTY));
    const list = await visitor.get(`${theirs.address}/all`);
    expect(list.html).toContain(`choice-${setting.project}`);
    expect(list.html).toContain('on behalf of Person official');
  });
});

describe('“this was not me”', () => {
  it('voids the answer, tells lead, proposer and auditor, and asks anew by a link that is the only one left', async () => {
    await setting.byAccount('lead', setting.programme, auditor());
    const token = await setting.link('official', 'QUESTION');
    const second = await setting.link('official', 'QUESTION');
    const page = await visitor.arrive(token);
    await visitor.post(page.address, { ...form(page), ...approve });
    const withdrawing = await visitor.get(`${page.address}/withdraw`);
    const said = { ...form(withdrawing), what: 'disown', name: 'Person official' };
    expect((await visitor.post(`${page.address}/withdraw`, said)).status).toBe(303);
    expect(await decisionsOn(setting)).toMatchObject([{ withdrawn: { disowned: true } }]);
    for (const person of [personId('lead'), 'per_auditor'])
      expect(await mailsTo(person)).toContain('DISOWNED');
    expect(await mailsTo(personId('official'))).toContain('FRESH_LINK');
    // Whoever answered may hold the other mail: it decides nothing any more.
    const other = await visitor.arrive(second);
    expect(other.status).toBe(404);
    // The link that was mailed afresh asks the same again.
    const fresh = await visitor.arrive(await setting.link('official', 'QUESTION'));
    expect(fresh.h1).toBe('Policy question');
    expect((await visitor.post(fresh.address, { ...form(fresh), ...approve })).status).toBe(303);
    expect((await decisionsOn(setting)).filter(({ withdrawn }) => withdrawn === null)).toHaveLength(1);
  });

  function auditor() {
    const [name, address] = [commitText('Person auditor'), commitText('auditor@example.org')];
    const command = { type: 'AttestPerson' as const, person: 'per_auditor', organisation: 'org_university' };
    const roles: Role[] = ['auditor'];
    return {
      command: { ...command, roles, name: name.commitment, address: address.commitment },
      texts: [name, address],
    };
  }
});

describe('a deputy', () => {
  const named = async () => (await setting.world()).programme.people[personId('official')]?.deputy;

  it('T1: is named by the link of any mail with a typed name, hears of an escalation, and is taken back', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const address = `${page.address}/deputy`;
    expect(page.html).toContain(`href="${address}"`);
    const shown = await visitor.get(address);
    expect(shown.html).toContain('Person deputy');
    // Of the person's own organisation only, and nobody is chosen beforehand.
    expect(shown.html).not.toContain('Person researcher');
    expect(shown.html).not.toContain(' checked');
    for (const [over, said] of [
      [{}, 'Choose one of the colleagues listed'],
      [{ deputy: DEPUTY, name: '' }, 'Type your full name'],
      [{ deputy: personId('researcher') }, 'This colleague cannot be named'],
      [{ deputy: 'per_x"><script>' }, 'Choose one of the colleagues listed'],
    ] as [Record<string, string>, string][]) {
      const answered = await visitor.post(address, { ...form(shown), name: 'Person official', ...over });
      expect([answered.status, answered.html.includes(said)]).toEqual([422, true]);
      expect(answered.html).not.toContain('<script');
    }
    expect(await named()).toBeNull();
    const given = { ...form(shown), name: 'Person official' };
    const done = await visitor.post(address, { ...given, deputy: DEPUTY });
    expect(await named()).toBe(DEPUTY);
    expect(await mailsTo(personId('official'), setting.programme)).toContain('DEPUTY_RECEIPT');
    const recorded = 'govuk-notification-banner--success';
    for (const [at, isSaid] of [
      [done.location, true],
      [address, false],
    ] as const) {
      const { html } = await visitor.get(at);
      expect(html).toContain('At present Person deputy would be told');
      expect(html.includes(recorded)).toBe(isSaid);
    }
    await setting.db.shiftClock('11 days');
    const { checkpoint, round } = await setting.asked('QUESTION');
    await setting.byWorker({ type: 'KeepTime', checkpoint, round: round.round });
    await setting.db.shiftClock('0');
    expect(await mailsTo(DEPUTY)).toEqual(['SIGN_ESCALATION']);
    await visitor.post(address, { ...given, deputy: 'nobody' });
    expect(await named()).toBeNull();
  });

  it('I7: is written by link in the programme alone, for the link’s own person and organisation', async () => {
    const token = await setting.link('official', 'QUESTION');
    const { ledger } = setting.processes.portal;
    const name = (deputy: string, stream = setting.programme, assurance: 'LINK' | 'ACCOUNT' = 'LINK') =>
      ledger.byCode({ token, code: null, stream }, () => ({
        command: { type: 'NameDeputy' as const, deputy, assurance, signedAs: commitText('x').commitment },
      }));
    await expect(name(personId('lay'))).rejects.toMatchObject({ refusal: { rule: 'DEPUTY' } });
    await expect(name(DEPUTY, setting.programme, 'ACCOUNT')).rejects.toThrow('FOREIGN_ASSURANCE');
    await setting.db.shiftClock('15 days');
    await expect(name(DEPUTY)).rejects.toMatchObject({ refusal: { rule: 'LINK_DEAD' } });
    await setting.db.shiftClock('0');
    expect(await named()).toBeNull();
  });
});
