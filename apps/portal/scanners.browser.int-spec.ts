// T2: a mail scanner with a real browser opens every link of every mail, follows everything and presses every button: nothing is decided.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ParsedMail } from 'mailparser';
import pino from 'pino';
import type { Browser } from 'playwright-core';
import { addLogKey, commitText } from '#libs/ledger';
import { aDatabase, aSetting, granted, personId, requested } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { launchBrowser } from '../../infra/dev/testing/browser';
import { createCourier } from '../courier/app';
import type { Courier } from '../courier/app';
import { Inbox } from '../courier/testing/inbox';
import { confirmationLink, noteOfCall, recordedApproval } from './testing/confirmations';
import { form } from './testing/asking';
import { depositCode, depositLink } from './testing/deposits';
import { attestColleague, COLLEAGUE } from './testing/further-states';
import { answerLink } from './testing/requests';
import { Scanner } from './testing/scanner';
import { changeCover } from './testing/states';
import { aPortal, Visitor } from './testing/visitor';
import type { RunningPortal } from './testing/visitor';

jest.setTimeout(420_000);

let setting: Setting;
let portal: RunningPortal;
let courier: Courier;
let browser: Browser;
const inbox = new Inbox();
const logDirectory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));

beforeAll(async () => {
  browser = await launchBrowser();
  setting = await aSetting(await aDatabase());
  portal = await aPortal(setting.db.urls.PORTAL);
  await inbox.open();
  await addLogKey(logDirectory, 'log.example/parley');
  courier = await createCourier(
    {
      ...{ databaseUrl: setting.db.urls.COURIER, logDirectory, sequenceEvery: 100, pollEvery: 200 },
      ...{ smtpUrl: `smtp://127.0.0.1:${inbox.port}`, from: 'Parley <parley@example.org>' },
      portalUrl: portal.url,
      temporal: {
        ...{ address: process.env.TEMPORAL_ADDRESS ?? '', namespace: 'default' },
        taskQueue: `scanners-${setting.programme}`,
      },
    },
    pino({ level: 'silent' }),
  );
  await aRunningProject();
});

afterAll(async () => {
  await browser?.close();
  await courier?.close();
  await inbox.close();
  await portal?.close();
  await setting?.close();
  rmSync(logDirectory, { recursive: true });
});

/** Mails that carry a link: asked, answered, changed, asked for anew, given access; more in `furtherMails`. */
async function aRunningProject(): Promise<void> {
  await setting.withQuestion();
  await setting.sign('QUESTION', 'official');
  const { links } = setting.processes.portal;
  const { stream, checkpoint } = await setting.asked('QUESTION');
  await links.askFreshAbout(stream, personId('official'), checkpoint, 1);
  await links.askFreshAbout(stream, personId('researcher'), checkpoint, 1);
  await setting.processes.api.credentials.invite(setting.programme, personId('lead'));
  // Of something that one has answered and another has not.
  await changeCover(setting, 'In other words');
  const agreement = await setting.asked('AGREEMENT');
  await links.askFreshAbout(agreement.stream, personId('researcher'), agreement.checkpoint, 1);
  const contact = commitText('The office');
  await setting.onProject('lead', {
    command: { type: 'NameContact', contact: contact.commitment },
    texts: [contact],
  });
  await allSent();
}

/** Every mail that was ordered has arrived, or had nothing to say any more. */
async function allSent(which = 'true'): Promise<void> {
  const end = AbortSignal.timeout(60_000);
  for (;;) {
    const left = await setting.db.query(
      `select 1 from parley.outbox where kind = 'mail' and done_at is null and ${which}`,
    );
    if (left.length === 0) return;
    if (end.aborted) throw new Error(`${left.length} mails were not sent within a minute`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

/** Everything recorded, in every stream: entries are counted and chained, so equal heads are equal histories. */
const recorded = () => setting.db.query('select id, version, head from parley.streams order by id');

/** How requests reach people by mail, each by their own setting. */
const wishes = () => setting.db.query('select person, at from parley.mail_wishes order by person');

const credentials = () =>
  setting.db.query(`select encode(hash, 'hex') as hash from parley.credentials order by hash`);

const linksIn = (mail: ParsedMail): string[] => [
  ...new Set(
    [...`${mail.text ?? ''} ${mail.html || ''}`.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) => link),
  ),
];

/** Machines at work at once, as at a large organisation. */
const SCANNERS = 3;

/** How many buttons, in how many manners, a scanner tried behind each link. */
async function scanAll(links: string[]): Promise<number[]> {
  const tried: number[] = [];
  const alike = new Set<string>();
  const left = [...links];
  const work = async () => {
    for (let link = left.pop(); link !== undefined; link = left.pop()) {
      // A scanner keeps nothing from one mail to the next, but sends cookies as a browser does.
      const context = await browser.newContext();
      const scanner = new Scanner(await context.newPage(), portal.url, alike);
      await scanner.scan(link);
      // The page that verifies has no way back to the portal: its button works in the page alone.
      if (link.includes('/s/')) tried.push(scanner.tried);
      await context.close();
    }
  };
  await Promise.all(Array.from({ length: SCANNERS }, work));
  return tried;
}

const tokensIn = (links: string[]) =>
  links.flatMap((link) => /\/s\/([A-Za-z0-9_-]{43})$/.exec(link)?.[1] ?? []);
/** Which of them work, and for what. */
const found = (tokens: string[]) =>
  Promise.all(
    tokens.map(async (token) => [token, await setting.processes.portal.links.find(token)] as const),
  );

/** What a courier sent, from the part of the Message-ID that says why. */
const purposeOf = ({ messageId }: ParsedMail) => /\.([a-z_]+)\.\d+\.per/.exec(messageId ?? '')?.[1] ?? '';

it('T2: no scanner decides, withdraws, objects, delegates, or uses up what a person needs', async () => {
  const mails = [...inbox.mails];
  const links = [...new Set(mails.flatMap(linksIn))];
  const tokens = tokensIn(links);
  expect(tokens.length).toBeGreaterThanOrEqual(8);
  const [live, before, accounts] = [await found(tokens), await recorded(), await credentials()];

  const presses = await scanAll(links);

  expect(await recorded()).toEqual(before);
  expect(await credentials()).toEqual(accounts);
  expect(await found(tokens)).toEqual(live);
  expect(await wishes()).toEqual([]);
  // It really pressed: every page behind a link has at least one button, in four manners.
  expect(Math.min(...presses)).toBeGreaterThanOrEqual(4);
  await allSent();
  // Pressing mails codes and fresh links to the address on record, at most three of each an hour and person.
  const extra = inbox.mails.slice(mails.length).map(({ subject }) => subject?.split(' (')[0]);
  expect(extra.filter((subject) => subject !== 'Your fresh link' && subject !== 'Your access')).toEqual([]);
});

/** Requests for data, talked about; sign-offs handed on; what waits in one mail a day. */
async function furtherMails(): Promise<void> {
  const { links } = setting.processes.portal;
  const official = await setting.link('official', 'QUESTION', 'WITHDRAW');
  await links.wishMail(official, { at: '08:00', timeZone: 'Europe/London' });
  await setting.withAnotherProject().withProject();
  await setting.withAnotherProject().withProject();
  const handed = await setting.withAnotherProject().withProject();
  await talkedAbout(setting.withAnotherProject());
  // Nobody asks the colleague, so each page offers to hand on to them.
  await attestColleague(setting);
  await handedOn(handed);
  await allSent(`mail ->> 'purpose' <> 'SIGN_REQUEST'`);
  await setting.db.shiftClock('25 hours');
  await allSent();
  await setting.db.shiftClock('0');
  await links.wishMail(official, null);
}

async function handedOn(project: Setting): Promise<void> {
  const visitor = new Visitor(portal.url);
  const { address } = await visitor.arrive(await project.link('official', 'QUESTION'));
  const offered = await visitor.get(`${address}/delegate`);
  const handing = { ...form(offered), to: COLLEAGUE, name: 'Person official' };
  expect((await visitor.post(`${address}/delegate`, handing)).status).toBe(303);
}

async function talkedAbout(project: Setting): Promise<void> {
  await requested(project);
  const [question, reply] = [commitText('In which unit?'), commitText('In dollars')];
  const asked = {
    type: 'AskClarification',
    request: 'r1',
    topic: 'OTHER',
    text: question.commitment,
  } as const;
  await project.byAccount('holder', project.project, { command: asked, texts: [question] });
  const answered = { type: 'AnswerClarification', clarification: 'cl1', text: reply.commitment } as const;
  await project.onProject('lead', { command: answered, texts: [reply] });
}

it('T2: nor by mails of requests for data, of questions about them, of handing on, and of one mail a day', async () => {
  const before = inbox.mails.length;
  await furtherMails();
  const PURPOSES = ['data_request', 'clarification', 'delegated', 'delegation_receipt', 'daily_digest'];
  const all = inbox.mails.slice(before);
  // One of each kind that has a link: others lead to the same pages.
  const mails = PURPOSES.flatMap(
    (purpose) => all.findLast((mail) => purposeOf(mail) === purpose && linksIn(mail).length > 0) ?? [],
  );
  expect(mails.map(purposeOf)).toEqual(PURPOSES);
  const links = [...new Set(mails.flatMap(linksIn))];
  const tokens = tokensIn(links);
  const asBefore = async () => [await recorded(), await wishes(), await credentials(), await found(tokens)];
  const [was, sent] = [await asBefore(), inbox.mails.length];
  expect(Math.min(...(await scanAll(links)))).toBeGreaterThanOrEqual(4);
  expect(await asBefore()).toEqual(was);
  await allSent();
  expect(inbox.mails.slice(sent).filter((mail) => purposeOf(mail) !== 'fresh_link')).toEqual([]);
});

it('T2, T10, T15: no scanner hands over a file, takes a grant back or confirms what was written down, and none locks out its custodian', async () => {
  const [granting, hearing] = [setting.withAnotherProject(), setting.withAnotherProject()];
  await granted(granting);
  await hearing.withProject();
  await noteOfCall(hearing);
  await recordedApproval(hearing);
  await allSent();
  const [before, sent] = [await recorded(), inbox.mails.length];
  const tokens = [await depositLink(granting), await answerLink(granting), await confirmationLink(hearing)];
  const presses = await scanAll(tokens.map((token) => `${portal.url}/s/${token}`));
  expect(presses).toHaveLength(3);
  expect(Math.min(...presses)).toBeGreaterThanOrEqual(4);
  expect(await recorded()).toEqual(before);
  await allSent();
  const extra = inbox.mails.slice(sent).map(({ subject }) => subject?.split(' [')[0]);
  expect(
    extra.filter(
      (subject) => !/^(Your fresh link|A deposit is open|A recorded approval)/.test(subject ?? ''),
    ),
  ).toEqual([]);
  // Whoever the mail was for comes after the machine: the code is mailed, and opens the way for the file.
  const custodian = new Visitor(portal.url);
  const page = await custodian.arrive(await depositLink(granting));
  const asked = await custodian.post(`${page.address}/code`, { ...form(page), name: 'Person holder' });
  expect(asked.status).toBe(200);
  const code = await depositCode(setting.processes.courier.links, granting.project);
  const done = await custodian.post(`${page.address}/code`, { ...form(asked), code });
  expect([done.status, (await custodian.get(page.address)).html.includes('type="file"')]).toEqual([
    303,
    true,
  ]);
});

it('the scanner would find a page that decides on one press, on a tick or on a choice from a list', async () => {
  for (const inputs of [
    '',
    '<input type="checkbox" name="ready" value="yes">',
    '<select name="mail"><option value="">Choose</option><option value="yes">Once a day</option></select>',
  ]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    let decided = 0;
    await page.route(`${portal.url}/careless*`, (route) => {
      const sent = route.request().postData() ?? '';
      if (route.request().method() === 'POST' && (inputs === '' || sent.includes('=yes'))) decided += 1;
      const body = `<form method="post" action="/careless">${inputs}<button>Approve</button></form>`;
      return route.fulfill({ contentType: 'text/html', body });
    });
    await page.route(`${portal.url}/leading`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<a href="/careless">Go on</a>' }),
    );
    await new Scanner(page, portal.url).scan(`${portal.url}/leading`);
    expect(decided).toBeGreaterThan(0);
    await context.close();
  }
});
