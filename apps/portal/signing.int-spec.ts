// The sign-off protocol at the page, on a real ledger: what a link can do, what it cannot, and what people are told.
import { Client } from 'pg';
import { CHOICES } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { nextForm, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { readOnlyUrl } from './app';
import { approve, askAnew, closePortal, decisionsOn, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { Visitor } from './testing/visitor';

jest.setTimeout(60_000);

let opened: Opened;
let setting: Setting;
let visitor: Visitor;

beforeAll(async () => {
  opened = await openPortal();
});

beforeEach(async () => {
  ({ setting, visitor } = await askAnew(opened));
});

afterEach(() => opened.start.db.shiftClock('0'));

afterAll(() => closePortal(opened));

const decisions = () => decisionsOn(setting);
const heads = async () =>
  JSON.stringify(await setting.db.query('select id, version, head from parley.streams order by id'));

describe('a link', () => {
  it('leads to a clean address and shows exactly what is signed', async () => {
    const token = await setting.link('official', 'QUESTION');
    const page = await visitor.arrive(token);
    const { round } = await setting.asked('QUESTION');
    expect(page.status).toBe(200);
    expect(page.address).not.toContain(token);
    expect(page.html).not.toContain(token);
    expect(page.html).toContain(round.content.core);
    expect(page.html).toContain(round.content.core.slice(0, 8));
    expect(page.html).toContain('Did the programme raise earnings?');
    expect(page.html).toContain('The question');
    // Nothing is answered yet, so there is no receipt.
    expect((await visitor.get(`${page.address}/receipt`)).location).toBe(page.address);
    expect(page.html).not.toContain('checked');
    expect(page.html).not.toContain('<script');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('sets a cookie that is the token, for the clean address only', async () => {
    const token = await setting.link('official', 'QUESTION');
    const first = await visitor.get(`/s/${token}`);
    expect(first.status).toBe(303);
    expect(first.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(`^parley_link=${token}; Path=${first.location}; .*HttpOnly; SameSite=Lax$`),
      ),
    ]);
  });

  it('T2: GET and HEAD, and pressing every button once without a name or a code, change nothing', async () => {
    const token = await setting.link('official', 'QUESTION');
    const legal = await setting.link('riskOwner', 'LEGAL');
    const before = await heads();
    for (const each of [token, legal]) {
      for (const method of ['HEAD', 'GET']) {
        const scanner = new Visitor(opened.portal.url);
        const first = await scanner.get(`/s/${each}`, method);
        const page = await scanner.get(first.location);
        await scanner.get(first.location, 'HEAD');
        await scanner.get(`${first.location}/withdraw`);
        for (const { action, fields } of page.forms) {
          for (const choice of ['', ...CHOICES]) {
            const pressed = await scanner.post(action, { ...fields, choice });
            expect(pressed.status).toBe(422);
          }
        }
      }
    }
    // A machine that even types a name is stopped by the code where one is needed.
    const scanner = new Visitor(opened.portal.url);
    const page = await scanner.arrive(legal);
    const asked = await scanner.post(page.address, { ...form(page), choice: 'APPROVED', name: 'A machine' });
    expect(asked.h1).toBe('Type the code we mailed you');
    for (const { action, fields } of asked.forms) await scanner.post(action, fields);
    expect(await heads()).toBe(before);
    expect(await setting.processes.portal.links.find(token)).not.toBeNull();
  });

  it('T2: the connections behind GET cannot write at all', async () => {
    const client = new Client({ connectionString: readOnlyUrl(setting.db.urls.PORTAL) });
    await client.connect();
    await expect(client.query(`insert into parley.content (id) values (repeat('0', 64))`)).rejects.toThrow(
      'read-only transaction',
    );
    await client.end();
  });
});

describe('an answer', () => {
  it('is recorded with its receipt: position, entry hash, what happens next', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const posted = await visitor.post(page.address, {
      ...form(page),
      ...approve,
      reason: 'It is clear.',
      dissent: 'Too narrow.',
    });
    expect(posted.status).toBe(303);
    const receipt = await visitor.get(posted.location);
    const [decision] = await decisions();
    expect(receipt.h1).toBe('Your decision is recorded');
    expect(receipt.html).toContain(`${setting.project}/${decision?.version}`);
    const [entry] = await setting.db.query<{
      hash: string;
      data: { page: { locale: string; digest: string } };
    }>('select hash, data from parley.events where stream = $1 and version = $2', [
      setting.project,
      decision?.version,
    ]);
    expect(receipt.html).toContain(entry?.hash);
    expect(receipt.html).toContain('/again/');
    expect(entry?.data.page).toEqual({
      locale: 'en-GB',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(decision).toMatchObject({ person: personId('official'), choice: 'APPROVED', assurance: 'LINK' });
  });

  it('I5: a second, different answer is refused and the first one shown', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    await visitor.post(page.address, { ...form(page), ...approve });
    const second = await visitor.post(page.address, {
      ...form(page),
      choice: 'REJECTED',
      name: 'Person official',
    });
    expect(second.status).toBe(409);
    expect(second.h1).toBe('You have already answered');
    expect(await decisions()).toMatchObject([{ choice: 'APPROVED' }]);
    const again = await visitor.get(page.address);
    expect(again.location).toBe(`${page.address}/receipt`);
  });

  it.each(['REJECTED', 'ABSTAINED'])('T5: %s needs no more than a name', async (choice) => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const posted = await visitor.post(page.address, { ...form(page), choice, name: 'Person official' });
    expect(posted.status).toBe(303);
    expect(await decisions()).toMatchObject([{ choice }]);
  });

  it('says what is missing, and keeps what was typed', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const incomplete = await visitor.post(page.address, {
      ...form(page),
      choice: 'CHANGES_REQUESTED',
      dissent: '<b>no</b>',
    });
    expect(incomplete.status).toBe(422);
    expect(incomplete.html).toContain('Write what should change');
    expect(incomplete.html).toContain('Type your full name');
    expect(incomplete.html).toContain('&lt;b&gt;no&lt;/b&gt;');
    expect(await decisions()).toEqual([]);
  });

  it('carries conditions that only narrow', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const fields = { ...form(page), choice: 'APPROVED_WITH_CONDITIONS', name: 'Person official' };
    expect((await visitor.post(page.address, fields)).html).toContain('Set at least one condition');
    const bad = await visitor.post(page.address, {
      ...fields,
      minOrganisations: '1',
      earlierExpiry: '2001-01-01',
    });
    expect(bad.html).toContain('Write a whole number from 2 to 1000');
    expect(bad.html).toContain('Give a day in the future');
    await visitor.post(page.address, { ...fields, noBreakdownBy: 'provider', noUseFor: 'Ranking of people' });
    const [decision] = await decisions();
    expect(decision?.conditions).toEqual([
      { kind: 'NO_BREAKDOWN_BY', value: 'provider' },
      { kind: 'NO_USE_FOR', value: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    ]);
    const researcher = await new Visitor(opened.portal.url).arrive(
      await setting.link('researcher', 'QUESTION'),
    );
    expect(researcher.html).toContain('No breakdown by this field: provider');
    expect(researcher.html).toContain('Ranking of people');
  });

  it('T3, I8: content that changed gives 409 with the difference, and records nothing', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const { content, contents } = signContent(
      { kind: 'QUESTION', question: 'Another one?' },
      { text: 'The question' },
    );
    await setting.onProject('lead', {
      command: {
        type: 'ProposeQuestion',
        content,
        sufficient: true,
        form: nextForm((await setting.world()).project),
      },
      contents,
    });
    const late = await visitor.post(page.address, { ...form(page), ...approve });
    expect(late.status).toBe(409);
    expect(late.h1).toBe('What you read has changed');
    expect(late.html).toContain('Another one?');
    // I8: the old link is void, and says so to whoever holds it.
    const shown = await visitor.get(page.address);
    expect([shown.status, shown.h1]).toEqual([410, 'This has been replaced']);
    expect(await decisions()).toEqual([]);
  });

  it('T3: a covering text that changed gives 409 with the difference, and the link still works', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const { checkpoint } = await setting.asked('QUESTION');
    const { content, contents } = signContent({}, { text: 'In other words' });
    await setting.onProject('lead', {
      command: { type: 'ChangeCover', checkpoint, cover: content.cover },
      contents,
    });
    const late = await visitor.post(page.address, { ...form(page), ...approve });
    expect(late.status).toBe(409);
    expect(late.html).toContain('In other words');
    const fresh = await visitor.get(page.address);
    expect((await visitor.post(page.address, { ...form(fresh), ...approve })).status).toBe(303);
  });

  it('T1: nothing is answered after the round has lapsed', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    await setting.db.shiftClock('13 days 23 hours 59 minutes');
    const still = await visitor.get(page.address);
    expect(still.status).toBe(200);
    const { checkpoint, round } = await setting.asked('QUESTION');
    await setting.db.shiftClock('14 days 1 minute');
    await setting.byWorker({ type: 'KeepTime', checkpoint, round: round.round });
    const late = await visitor.post(page.address, { ...form(page), ...approve });
    expect(late.status).toBeGreaterThanOrEqual(400);
    expect(await decisions()).toEqual([]);
  });
});

describe('a kind that needs the mailed code', () => {
  const newCode = async () => {
    const { stream, checkpoint, round } = await setting.asked('LEGAL');
    return setting.processes.courier.links.mintCode(stream, personId('riskOwner'), checkpoint, round.round);
  };

  it('asks for it, keeps the answers, and records once it is given', async () => {
    const page = await visitor.arrive(await setting.link('riskOwner', 'LEGAL'));
    const first = await visitor.post(page.address, {
      ...form(page),
      choice: 'APPROVED',
      name: 'Person riskOwner',
      dissent: 'With doubts',
    });
    expect(first.status).toBe(200);
    expect(first.h1).toBe('Type the code we mailed you');
    const code = await newCode();
    const wrong = await visitor.post(page.address, {
      ...form(first),
      code: code === '00000000' ? '00000001' : '00000000',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('This is not the code');
    const malformed = await visitor.post(page.address, { ...form(first), code: '12' });
    expect(malformed.html).toContain('Type the 8 digits');
    const given = await visitor.post(page.address, {
      ...form(first),
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
    });
    expect(given.location).toBe(`${page.address}/receipt`);
    const again = await visitor.post(page.address, { ...form(first), code });
    expect(again.location).toBe(given.location);
    const { round } = await setting.asked('LEGAL');
    expect(round.decisions).toMatchObject([{ choice: 'APPROVED', assurance: 'LINK_CODE' }]);
  });

  it('sends at most three an hour and says so', async () => {
    const page = await visitor.arrive(await setting.link('riskOwner', 'LEGAL'));
    const body = { ...form(page), choice: 'APPROVED', name: 'Person riskOwner' };
    for (let i = 0; i < 3; i += 1) expect((await visitor.post(page.address, body)).status).toBe(200);
    const fourth = await visitor.post(page.address, body);
    expect(fourth.status).toBe(429);
    expect(fourth.html).toContain('Three codes have been sent');
  });
});

describe('a withdrawal', () => {
  it('by the link already used takes a choice and a typed name, and no code', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    await visitor.post(page.address, { ...form(page), ...approve });
    const shown = await visitor.get(`${page.address}/withdraw`);
    expect(shown.h1).toBe('Withdraw your answer');
    expect(shown.html).toContain('and nothing else closes');
    expect(shown.html).toContain(`href="${page.address}/receipt"`);
    expect((await visitor.post(`${page.address}/withdraw`, form(shown))).status).toBe(422);
    const body = { ...form(shown), what: 'withdraw', name: 'Person official' };
    const done = await visitor.post(`${page.address}/withdraw`, body);
    expect(done.location).toBe(`${page.address}/receipt`);
    const receipt = await visitor.get(done.location);
    expect(receipt.h1).toBe('Your withdrawal is recorded');
    expect(receipt.html).toContain('As long as you are asked, you can answer anew');
    expect((await visitor.post(`${page.address}/withdraw`, body)).location).toBe(done.location);
    expect(await decisions()).toMatchObject([{ withdrawn: { mode: 'STOP', disowned: false } }]);
  });

  it('T5: may give its reason in confidence, to somebody neutral', async () => {
    await setting.sign('QUESTION', 'official');
    const page = await visitor.arrive(await setting.link('official', 'QUESTION', 'WITHDRAW'));
    expect(page.html).toContain('In confidence: only Person lay');
    const said = { what: 'withdraw', name: 'Person official', reason: 'Between us' };
    const partial = await visitor.post(page.address, {
      ...{ ...form(page), ...said, confidant: personId('lead') },
    });
    expect(partial.status).toBe(422);
    expect(await decisions()).toMatchObject([{ withdrawn: null }]);
    const given = { ...form(page), ...said, confidant: personId('lay') };
    expect((await visitor.post(page.address, given)).status).toBe(303);
    expect(await decisions()).toMatchObject([{ withdrawn: { confidant: personId('lay') } }]);
  });

  it('says "this was not me" with a fresh link', async () => {
    await setting.sign('QUESTION', 'official');
    const page = await visitor.arrive(await setting.link('official', 'QUESTION', 'WITHDRAW'));
    const done = await visitor.post(page.address, { ...form(page), what: 'disown', name: 'Person official' });
    expect(done.status).toBe(303);
    expect(await decisions()).toMatchObject([{ withdrawn: { disowned: true } }]);
    expect((await visitor.get(done.location)).html).toContain('a fresh link is on its way to your address');
  });

  it('says what closes by it: of what nobody has settled, or of an answer that did not approve, nothing', async () => {
    const shown = async (choice: string) => {
      const project = await opened.start.withAnotherProject().withProject();
      const page = await visitor.arrive(await project.link('official', 'QUESTION'));
      const given = { ...form(page), ...approve, choice };
      expect((await visitor.post(page.address, given)).status).toBe(303);
      await project.sign('QUESTION', 'researcher');
      return (await visitor.get(`${page.address}/withdraw`)).html;
    };
    expect(await shown('REJECTED')).toContain('and nothing else closes');
    expect(await shown('APPROVED')).not.toContain('and nothing else closes');
  });

  // Last: from here on no agreement is in force.
  it('of an institution from the agreement offers every mode; of a signer, only to stop', async () => {
    const page = await visitor.arrive(await setting.link('researcher', 'AGREEMENT', 'WITHDRAW'));
    expect(page.html).toContain('Stop, and destroy the data');
    const body = { ...form(page), what: 'withdraw', name: 'R' };
    expect((await visitor.post(page.address, body)).html).toContain('Choose how far it should go');
    expect(
      (await visitor.post(page.address, { ...body, mode: 'STOP_AND_DESTROY', atOnce: 'yes' })).status,
    ).toBe(303);
    const { round } = await setting.asked('AGREEMENT');
    expect(round.decisions.map(({ withdrawn }) => withdrawn)).toContainEqual(
      expect.objectContaining({ mode: 'STOP_AND_DESTROY', atOnce: true }),
    );
    const legal = await visitor.arrive(await setting.link('riskOwner', 'LEGAL'));
    await setting.sign('LEGAL', 'riskOwner');
    const used = await visitor.get(`${legal.address}/withdraw`);
    expect(used.html).not.toContain('Stop, and destroy the data');
  });
});
