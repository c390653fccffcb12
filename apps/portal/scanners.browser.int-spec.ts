// T2: a mail scanner with a real browser opens every link of every mail, follows everything and presses every button: nothing is decided.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ParsedMail } from 'mailparser';
import pino from 'pino';
import type { Browser } from 'playwright-core';
import { addLogKey, commitText, signContent } from '#libs/ledger';
import { aDatabase, aSetting, granted, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { launchBrowser } from '../../infra/dev/testing/browser';
import { createCourier } from '../courier/app';
import type { Courier } from '../courier/app';
import { Inbox } from '../courier/testing/inbox';
import { confirmationLink, noteOfCall, recordedApproval } from './testing/confirmations';
import { depositLink } from './testing/deposits';
import { answerLink } from './testing/requests';
import { Scanner } from './testing/scanner';
import { aPortal } from './testing/visitor';
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

/** Mails of every kind that carries a link: asked, answered, withdrawn from, changed, reminded, given access. */
async function aRunningProject(): Promise<void> {
  await setting.withQuestion();
  await setting.sign('QUESTION', 'official');
  const { links } = setting.processes.portal;
  const { stream, checkpoint } = await setting.asked('QUESTION');
  await links.askFreshAbout(stream, personId('official'), checkpoint, 1);
  await links.askFreshAbout(stream, personId('researcher'), checkpoint, 1);
  await setting.processes.api.credentials.invite(setting.programme, personId('lead'));
  const legal = await setting.asked('LEGAL');
  const { content, contents } = signContent({}, { text: 'In other words' });
  const cover = { type: 'ChangeCover', checkpoint: legal.checkpoint, cover: content.cover } as const;
  await setting.onProject('lead', { command: cover, contents });
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
async function allSent(): Promise<void> {
  const end = AbortSignal.timeout(60_000);
  for (;;) {
    const left = await setting.db.query(
      `select 1 from parley.outbox where kind = 'mail' and done_at is null`,
    );
    if (left.length === 0) return;
    if (end.aborted) throw new Error(`${left.length} mails were not sent within a minute`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

/** Everything recorded, in every stream: entries are counted and chained, so equal heads are equal histories. */
const recorded = () => setting.db.query('select id, version, head from parley.streams order by id');

const credentials = () =>
  setting.db.query(`select encode(hash, 'hex') as hash from parley.credentials order by hash`);

const linksIn = (mail: ParsedMail): string[] => [
  ...new Set(
    [...`${mail.text ?? ''} ${mail.html || ''}`.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) => link),
  ),
];

it('T2: no scanner decides, withdraws, objects, delegates, or uses up what a person needs', async () => {
  const mails = [...inbox.mails];
  const links = [...new Set(mails.flatMap(linksIn))];
  const tokens = links.flatMap((link) => /\/s\/([A-Za-z0-9_-]{43})$/.exec(link)?.[1] ?? []);
  expect(tokens.length).toBeGreaterThanOrEqual(8);
  const find = (token: string) => setting.processes.portal.links.find(token);
  const live = await Promise.all(tokens.map(async (token) => [token, await find(token)] as const));
  const [before, accounts] = [await recorded(), await credentials()];

  const presses: number[] = [];
  for (const link of links) {
    // A scanner keeps nothing from one mail to the next, but sends cookies as a browser does.
    const context = await browser.newContext();
    const scanner = new Scanner(await context.newPage(), portal.url);
    await scanner.scan(link);
    // The page that verifies has no way back to the portal: its button works in the page alone.
    if (link !== `${portal.url}/verify`) presses.push(scanner.presses);
    await context.close();
  }

  expect(await recorded()).toEqual(before);
  expect(await credentials()).toEqual(accounts);
  for (const [token, target] of live) expect(await find(token)).toEqual(target);
  // It really pressed: every page behind a link has at least one button, in four manners.
  expect(Math.min(...presses)).toBeGreaterThanOrEqual(4);
  await allSent();
  // Pressing mails codes and fresh links to the address on record, at most three of each an hour and person.
  const extra = inbox.mails.slice(mails.length).map(({ subject }) => subject?.split(' (')[0]);
  expect(extra.filter((subject) => subject !== 'Your fresh link' && subject !== 'Your access')).toEqual([]);
});

it('T2, T10, T15: no scanner hands over a file, takes a grant back or confirms what was written down; it mails codes at most', async () => {
  const [granting, hearing] = [setting.withAnotherProject(), setting.withAnotherProject()];
  await granted(granting);
  await hearing.withProject();
  await noteOfCall(hearing);
  await recordedApproval(hearing);
  await allSent();
  const [before, sent] = [await recorded(), inbox.mails.length];
  const tokens = [await depositLink(granting), await answerLink(granting), await confirmationLink(hearing)];
  for (const token of tokens) {
    const context = await browser.newContext();
    const scanner = new Scanner(await context.newPage(), portal.url);
    await scanner.scan(`${portal.url}/s/${token}`);
    expect(scanner.presses).toBeGreaterThanOrEqual(4);
    await context.close();
  }
  expect(await recorded()).toEqual(before);
  await allSent();
  const extra = inbox.mails.slice(sent).map(({ subject }) => subject?.split(' [')[0]);
  expect(
    extra.filter(
      (subject) => !/^(Your code|Your fresh link|A deposit is open|A recorded approval)/.test(subject ?? ''),
    ),
  ).toEqual([]);
});

it('the scanner would find a page that decides on one press', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  let decided = 0;
  await page.route(`${portal.url}/careless*`, (route) => {
    if (route.request().method() === 'POST') decided += 1;
    const body = '<form method="post" action="/careless"><button>Approve</button></form>';
    return route.fulfill({ contentType: 'text/html', body });
  });
  await page.route(`${portal.url}/leading`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<a href="/careless">Go on</a>' }),
  );
  await new Scanner(page, portal.url).scan(`${portal.url}/leading`);
  expect(decided).toBeGreaterThan(0);
  await context.close();
});
