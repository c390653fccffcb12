// Every act of the portal by keyboard alone: in reading order, the focus always seen, and on the errors where something was wrong.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { commitText } from '#libs/ledger';
import { granted, personId, requested } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { launchBrowser } from '../../infra/dev/testing/browser';
import { closePortal, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { confirmationCode, confirmationLink, noteOfCall, recordedApproval } from './testing/confirmations';
import { depositCode, depositLink, grantedRows, theVault } from './testing/deposits';
import { attestColleague, COLLEAGUE } from './testing/further-states';
import { Keyboard } from './testing/keyboard';
import { answerLink } from './testing/requests';

jest.setTimeout(180_000);

let opened: Opened;
let setting: Setting;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let keys: Keyboard;

beforeAll(async () => {
  [browser, opened] = await Promise.all([launchBrowser(), openPortal()]);
  await attestColleague(opened.start);
});
afterAll(async () => {
  await browser?.close();
  await closePortal(opened);
});
beforeEach(async () => {
  setting = opened.start.withAnotherProject();
  await setting.db.query('delete from parley.asks');
  await begin();
});
afterEach(async () => {
  await context.close();
  expect(keys.faults).toEqual([]);
});

async function begin(): Promise<void> {
  await context?.close();
  context = await browser.newContext({ locale: 'en-GB' });
  page = await context.newPage();
  keys = new Keyboard(page);
}

const open = (token: string) => page.goto(`${opened.portal.url}/s/${token}`);
const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const text = (said: string) => page.getByText(said).first().waitFor();
/** Codes and links as the mails would carry them. */
const links = () => opened.start.processes.courier.links;
const codeFor = async (kind: 'LEGAL' | 'ETHICAL', name: 'riskOwner' | 'lay') => {
  const { stream, checkpoint, round } = await setting.asked(kind);
  return links().mintCode(stream, personId(name), checkpoint, round.round);
};

describe('a sign-off', () => {
  it('the first stop leads past the header; what is wrong is told first, and leads to its field', async () => {
    await setting.withProject();
    await open(await setting.link('official', 'QUESTION'));
    await keys.press('Tab');
    expect((await keys.focus()).text).toBe('Skip to the main text');
    await keys.press('Enter');
    await keys.sendEmpty('Record my decision');
    await keys.choose('choice', 'APPROVED');
    await keys.type('name', 'Person official');
    await keys.enter();
    await heading('Your decision is recorded');
  });

  it.each([
    ['APPROVED_WITH_CONDITIONS', 'You approved with conditions.'],
    ['CHANGES_REQUESTED', 'You asked for changes.'],
    ['REJECTED', 'You declined.'],
    ['ABSTAINED', 'You abstained.'],
  ])('%s', async (choice, said) => {
    await setting.withProject();
    await open(await setting.link('official', 'QUESTION'));
    await keys.choose('choice', choice);
    if (choice === 'APPROVED_WITH_CONDITIONS') {
      await keys.unfold('Conditions');
      await keys.type('noBreakdownBy', 'provider');
    }
    if (choice === 'CHANGES_REQUESTED') await keys.type('reason', 'Say which years.');
    await keys.type('name', 'Person official');
    await keys.enter();
    await heading('Your decision is recorded');
    await text(said);
  });

  it('with its mailed code, wrong at first', async () => {
    await setting.withProject();
    await open(await setting.link('riskOwner', 'LEGAL'));
    await keys.choose('choice', 'REJECTED');
    await keys.type('name', 'Person riskOwner');
    await keys.enter();
    await heading('Type the code we mailed you');
    const code = await codeFor('LEGAL', 'riskOwner');
    await keys.sendEmpty('Record my decision');
    await keys.type('code', code);
    await keys.enter();
    await heading('Your decision is recorded');
  });

  it.each([
    ['withdraw', 'You withdrew your answer.'],
    ['disown', 'You said that the answer in your name was not yours.'],
  ])('%s, from the receipt', async (what, said) => {
    await setting.withProject();
    await setting.sign('QUESTION', 'official');
    await open(await setting.link('official', 'QUESTION', 'WITHDRAW'));
    await keys.sendEmpty('Record it');
    await keys.choose('what', what);
    await keys.type('name', 'Person official');
    await keys.enter();
    await text(said);
  });

  it('handed on to a colleague, and taken back', async () => {
    await setting.withProject();
    await open(await setting.link('official', 'QUESTION'));
    await keys.follow('Hand this decision to a colleague of your organisation');
    await keys.sendEmpty('Hand it on');
    await keys.choose('to', COLLEAGUE);
    await keys.type('name', 'Person official');
    await keys.enter();
    await heading('A colleague decides instead of you');
    await keys.sendEmpty('Record this');
    await keys.choose('what', 'takeBack');
    await keys.type('name', 'Person official');
    await keys.enter();
    // As long as it is handed on, the page of the decision leads to the colleague instead.
    await page.goto(page.url().replace(/\/delegate$/, ''));
    await heading('Policy question');
  });

  it('a deputy is named, and nobody again', async () => {
    await setting.withProject();
    await open(await setting.link('official', 'QUESTION'));
    await keys.follow('Say who should hear when you do not answer');
    await keys.sendEmpty('Record my deputy');
    for (const deputy of [COLLEAGUE, 'nobody']) {
      await keys.choose('deputy', deputy);
      await keys.type('name', 'Person official');
      await keys.enter();
    }
    await text('At present nobody is told');
  });

  it('everything that waits is answered on one page, with one code', async () => {
    await setting.withProject();
    await open(await setting.link('lay', 'ETHICAL'));
    await keys.follow('See everything that waits for your decision');
    const [first = ''] = await page
      .locator('[name^=choice]')
      .evaluateAll((all) => all.map((one) => (one as unknown as { name: string }).name));
    await keys.sendEmpty('Continue');
    await keys.choose(first, 'ABSTAINED');
    await keys.type('name', 'Person lay');
    await keys.enter();
    const [, stream = '', checkpoint = '', round = ''] = /^choice-(.+)-(k\d+)-(\d+)$/.exec(first) ?? [];
    const items = [{ stream, checkpoint, round: Number(round) }];
    const code = await links().mintItemsCode(stream, personId('lay'), items);
    await keys.type('code', code);
    await keys.enter();
    await heading('Your answer is recorded');
    await keys.follow('See what is left');
  });

  it('how requests reach a person is chosen from a list', async () => {
    await setting.withProject();
    await open(await setting.link('lay', 'ETHICAL'));
    await keys.follow('See everything that waits for your decision');
    await keys.pick('mail', '08:00');
    await keys.type('wishName', 'Person lay');
    await keys.enter();
    await text('one mail a day, at 08:00');
    await keys.pick('mail', 'each');
    await keys.type('wishName', 'Person lay');
    await keys.enter();
    await text('Now each request comes as it is made.');
  });

  it('T15: what was written down for a colleague is confirmed', async () => {
    await setting.withProject();
    await noteOfCall(setting);
    await recordedApproval(setting);
    await open(await confirmationLink(setting));
    await keys.sendEmpty('Continue');
    await keys.choose('whose', personId('official'));
    await keys.type('name', 'Person checker');
    await keys.enter();
    await keys.type('code', await confirmationCode(setting));
    await keys.enter();
    await heading('You confirmed it');
  });
});

describe('a request for data', () => {
  it('a question first, then a grant of less: one field counted, one kept back, a condition, and the code', async () => {
    await requested(setting);
    await open(await answerLink(setting));
    await keys.unfold('Ask a question first');
    await keys.choose('topic', 'COST');
    await keys.type('question', 'What does it take?');
    await keys.type('askingName', 'Person holder');
    await keys.enter();
    const reply = commitText('An hour');
    const answered = { type: 'AnswerClarification', clarification: 'cl1', text: reply.commitment } as const;
    await setting.onProject('lead', { command: answered, texts: [reply] });
    await page.reload();
    await keys.tick('settles-cl1');
    await keys.type('talkName-cl1', 'Person holder');
    await keys.enter();
    await text('Settled.');
    await keys.sendEmpty('Continue');
    await keys.choose('outcome', 'PARTLY_GRANTED');
    await keys.pick('as-0', 'dimension');
    await keys.pick('as-1', 'keep');
    await keys.pick('why-1', 'EXPOSURE_WITHOUT_CONTEXT');
    await keys.type('because-1', 'Low volumes');
    await keys.pick('tier', 'AGGREGATE');
    // Part by part, and the browser's language says which is the day: here it is the same as the month.
    await keys.type('expires', '12122027');
    await keys.unfold('Conditions');
    await keys.type('minOrganisations', '4');
    await keys.type('name', 'Person holder');
    await keys.enter();
    await heading('Type the code we mailed you');
    await keys.type('code', await links().mintAnswerCode(setting.project, personId('holder'), 'r1'));
    await keys.enter();
    const answer = (await setting.world()).project.requests['r1']?.answer;
    expect(answer?.grant).toMatchObject({
      ...{ tier: 'AGGREGATE', fields: ['treat'], expires: '2027-12-12T23:59:59.999Z' },
      withheld: [{ field: 're78', reason: 'EXPOSURE_WITHOUT_CONTEXT' }],
      conditions: [{ kind: 'MIN_ORGANISATIONS', value: '4' }],
    });
  });

  it.each(['STOP', 'STOP_AND_DESTROY', 'UNLAWFUL'] as const)('the grant is taken back: %s', async (mode) => {
    await granted(setting);
    await open(await answerLink(setting));
    await keys.follow('Withdraw the grant now');
    await keys.sendEmpty('Record it');
    await keys.choose('mode', mode);
    if (mode === 'STOP_AND_DESTROY') await keys.tick('atOnce');
    await keys.type('name', 'Person holder');
    await keys.enter();
    const request = (await setting.world()).project.requests['r1'];
    expect(request?.withdrawn).toMatchObject({ mode, atOnce: mode === 'STOP_AND_DESTROY' });
  });

  it('a file is handed over after its code', async () => {
    const vault = await theVault(opened.start, opened.portal.vaultDir);
    await grantedRows(setting);
    await vault.invite(setting.project);
    await open(await depositLink(setting));
    await keys.sendEmpty('Mail me a code');
    await keys.type('name', 'Person holder');
    await keys.enter();
    await keys.type('code', await depositCode(links(), setting.project));
    await keys.enter();
    await keys.sendEmpty('Hand the file over');
    await keys.type('name', 'Person holder');
    const chooser = page.waitForEvent('filechooser');
    await keys.type('file', ' ');
    const buffer = Buffer.from('id,treat,re78\nperson-000000000001,1,2');
    await (await chooser).setFiles({ name: 'rows.csv', mimeType: 'text/csv', buffer });
    await keys.button('Hand the file over');
    expect((await setting.world()).project.deposits['d1']?.received).not.toBeNull();
    vault.clear();
  });
});

describe('what else a link is for', () => {
  it('access is shown once, after a name', async () => {
    const about = { stream: setting.programme, person: personId('lead'), checkpoint: '', round: 0, core: '' };
    await open((await links().mint({ ...about, purpose: 'ACCESS' })).token);
    await keys.sendEmpty('Show my access token once');
    await keys.type('name', 'Person lead');
    await keys.enter();
    await heading('Your access token');
  });

  it('a dead link leads to a fresh one', async () => {
    await open('A'.repeat(43));
    await keys.button('Mail a fresh link to the address on record');
    await heading('If there is something to send, it is on its way');
  });
});
