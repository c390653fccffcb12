// The portal to strangers, to forms that are not ours, and to people whose place has changed.
import { commitText } from '#libs/ledger';
import { personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
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

describe('to a visitor without a session', () => {
  const tokens = async () => {
    const used = await setting.link('official', 'QUESTION');
    const draft = await setting.decision('QUESTION');
    await setting.byLink(used, null, draft);
    const live = await setting.link('researcher', 'QUESTION');
    const tampered = `${live.slice(0, -1)}${live.endsWith('A') ? 'B' : 'A'}`;
    const voided = await setting.link('holder', 'ETHICAL');
    await setting.proposeBoundary();
    const expired = await setting.link('riskOwner', 'LEGAL');
    await setting.db.query(
      `update parley.links set expires = now() - interval '1 minute' where hash = sha256(convert_to($1, 'UTF8'))`,
      [expired],
    );
    return {
      unknown: 'A'.repeat(43),
      odd: '%F0%9F%98%80<script>',
      long: 'x'.repeat(4000),
      used,
      tampered,
      voided,
      expired,
    };
  };

  it('unknown, expired, used, void and tampered links look alike', async () => {
    const pages = [];
    for (const token of Object.values(await tokens())) {
      const page = await visitor.get(`/s/${encodeURIComponent(token)}`);
      expect(page.headers.getSetCookie()).toEqual([]);
      pages.push({ status: page.status, html: page.html.replace(/name="token" value="[^"]*"/, '') });
    }
    expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(1);
    expect(pages[0]?.status).toBe(404);
    expect(pages[0]?.html).toContain('Mail a fresh link to the address on record');
  });

  it('a fresh link is offered alike, and only orders a mail to the address on record', async () => {
    const { used, unknown } = await tokens();
    const mails = () =>
      setting.db.query<{ mail: { purpose: string } }>(
        `select mail from parley.outbox where mail ->> 'purpose' = 'FRESH_LINK' and stream = $1`,
        [setting.project],
      );
    const nothing = await visitor.post('/fresh', { token: unknown });
    expect(await mails()).toHaveLength(0);
    const something = await visitor.post('/fresh', { token: used });
    expect(something.html).toBe(nothing.html);
    expect(await mails()).toHaveLength(1);
    const { checkpoint, round } = await setting.asked('QUESTION');
    const again = `/again/${setting.project}/${checkpoint}/${round.round}/${personId('official')}`;
    expect((await visitor.get(again)).status).toBe(200);
    expect((await visitor.post(again, {})).html).toBe(nothing.html);
    expect(await mails()).toHaveLength(2);
    expect((await visitor.post(`/again/prj_aaaaaaaaaaaaaaaa/k9/1/per_a`, {})).html).toBe(nothing.html);
    expect((await visitor.post(`/again/nonsense/k/x/y`, {})).html).toBe(nothing.html);
    expect(await mails()).toHaveLength(2);
  });

  it('a clean address without its cookie shows nothing of the item', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const stranger = new Visitor(opened.portal.url);
    for (const path of [page.address, `${page.address}/receipt`, `${page.address}/withdraw`]) {
      const shown = await stranger.get(path);
      expect(shown.status).toBe(404);
      expect(shown.html).not.toContain('Did the programme');
    }
    const foreign = await visitor.get(page.address.replace(/per_.*$/, personId('researcher')));
    expect(foreign.status).toBe(404);
  });
});

describe('forms', () => {
  it('from another site, or without the proof, are refused', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const body: Record<string, string> = { ...form(page), ...approve };
    const refused = [
      await visitor.post(page.address, { ...body, csrf: '' }),
      await visitor.post(page.address, { ...body, csrf: `${body.csrf}x` }),
      await visitor.post(page.address, body, { origin: 'https://evil.example' }),
      await visitor.post(page.address, body, { 'sec-fetch-site': 'cross-site' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(await decisions()).toEqual([]);
    expect(
      (await visitor.post(page.address, body, { origin: 'null', 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(303);
  });

  it('that are too large, in another format or character set get a plain page', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    const answers = [
      await visitor.post(page.address, { ...form(page), reason: 'x'.repeat(200_000) }),
      await visitor.ask(page.address, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
      await visitor.post(page.address, form(page), {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-16',
      }),
      await visitor.ask(page.address, {
        method: 'POST',
        body: `${'a=1&'.repeat(500)}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      await visitor.get('/s/%E0%A4%A'),
      await visitor.get('/nowhere'),
      await visitor.ask('/', { method: 'DELETE' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([413, 415, 415, 413, 400, 404, 404]);
    for (const { html } of answers) {
      expect(html).toContain('<h1 ');
      expect(html).not.toMatch(/ at |node_modules|Error:/);
    }
    const nul = await visitor.post(page.address, { ...form(page), ...approve, name: 'A\0B' });
    expect(nul.status).toBe(422);
  });

  it('when the ledger is away, say so and lose nothing', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    await setting.db.query('alter function parley.find_link(text) rename to find_link_away');
    const away = await visitor.post(page.address, { ...form(page), ...approve });
    expect(away.status).toBe(503);
    expect(away.html).not.toContain('find_link');
    await setting.db.query('alter function parley.find_link_away(text) rename to find_link');
    expect((await visitor.post(page.address, { ...form(page), ...approve })).status).toBe(303);
  });
});

describe('an access link', () => {
  it('shows a token once', async () => {
    const access = {
      stream: setting.programme,
      person: personId('lead'),
      purpose: 'ACCESS',
      checkpoint: '',
      round: 0,
      core: '',
    } as const;
    const { token } = await setting.processes.courier.links.mint(access);
    const page = await visitor.arrive(token);
    expect(page.h1).toBe('Your access');
    expect((await visitor.post(page.address, {})).status).toBe(403);
    expect((await visitor.post(page.address, form(page))).status).toBe(422);
    // T2: a machine ticks and presses whatever there is, and types no name.
    expect((await visitor.post(page.address, { ...form(page), ready: 'yes', name: '' })).status).toBe(422);
    const claim = { ...form(page), name: 'Person lead' };
    const claimed = await visitor.post(page.address, claim);
    const secret = /<p class="parley-token"><code>([^<]+)</.exec(claimed.html)?.[1] ?? '';
    expect(await setting.processes.api.credentials.check(secret)).toMatchObject({ person: personId('lead') });
    expect((await visitor.post(page.address, claim)).status).toBe(404);
    expect((await visitor.get(`/s/${token}`)).status).toBe(404);
  });
});

it('says whether it is well', async () => {
  expect((await visitor.get('/healthz')).status).toBe(200);
  expect(JSON.parse((await visitor.get('/readyz')).html)).toEqual({ ready: true, missing: [] });
});

describe('people and projects that changed', () => {
  it('a suspended project says so, and takes answers when it resumes', async () => {
    const reason = commitText('A pause');
    await setting.onProject('lead', {
      command: { type: 'SuspendProject', reason: reason.commitment },
      texts: [reason],
    });
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    expect(page.html).toContain('This project is suspended');
    const posted = await visitor.post(page.address, { ...form(page), ...approve });
    expect(posted.status).toBe(409);
    expect(posted.html).toContain('Your link keeps working');
    expect(await decisions()).toEqual([]);
    await setting.onProject('lead', { command: { type: 'ResumeProject' } });
    expect((await visitor.post(page.address, { ...form(page), ...approve })).status).toBe(303);
  });

  // Last: from here on the programme has nobody to ask.
  it('a leaver cannot answer any more', async () => {
    const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
    await setting.byAccount('checker', setting.programme, {
      command: { type: 'RecordLeaver', person: personId('official') },
    });
    const shown = await visitor.get(page.address);
    expect(shown.status).toBeGreaterThanOrEqual(400);
    const late = await visitor.post(page.address, { ...form(page), ...approve });
    expect(late.status).toBeGreaterThanOrEqual(400);
    expect(await decisions()).toEqual([]);
  });
});
