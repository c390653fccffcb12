// One mail a day, where the agreement says so: what waits for one person comes together, and nothing is lost or sent twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ParsedMail } from 'mailparser';
import pino from 'pino';
import { addLogKey } from '#libs/ledger';
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { createCourier } from '../app';
import type { Courier } from '../app';
import { Inbox } from '../testing/inbox';

jest.setTimeout(60_000);

let setting: Setting;
let inbox: Inbox;
let courier: Courier;
let logDirectory: string;

beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withRoster();
  await setting.proposeAgreement({ oneMailADay: { at: '08:00', timeZone: 'Europe/London' } });
  await setting.sign('AGREEMENT', 'researcher', 'checker', 'riskOwner');
  logDirectory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));
  await addLogKey(logDirectory, 'log.example/parley');
  inbox = new Inbox();
  await inbox.open();
  courier = await createCourier(
    {
      ...{ databaseUrl: setting.db.urls.COURIER, logDirectory, from: 'Parley <parley@example.org>' },
      temporal: { address: process.env.TEMPORAL_ADDRESS ?? '', namespace: 'default', taskQueue: 'digest' },
      ...{ smtpUrl: `smtp://127.0.0.1:${inbox.port}`, portalUrl: 'https://portal.example.org' },
      ...{ sequenceEvery: 100, pollEvery: 200 },
    },
    pino({ level: 'silent' }),
  );
});

afterAll(async () => {
  await courier?.close();
  await inbox?.close();
  await setting?.close();
  rmSync(logDirectory, { recursive: true });
});

const to = (name: string) => (mail: ParsedMail) => [mail.to].flat()[0]?.text.includes(`${name}@`) ?? false;
const asks = (mail: ParsedMail) =>
  /^(What waits for you|Your decision is asked)/.test(mail.subject ?? '') &&
  !mail.subject?.includes('Work and');
const held = () =>
  setting.db.query<{ id: string; person: string }>(
    `select id::text, mail ->> 'person' as person from parley.outbox
       where digest_at is not null and done_at is null and not_before < 'infinity'`,
  );
async function untilNothingIsHeld(): Promise<void> {
  for (const end = Date.now() + 50_000; (await held()).length > 0;) {
    if (Date.now() > end) throw new Error(`still held: ${JSON.stringify(await held())}`);
    await new Promise((soon) => setImmediate(soon));
  }
}

it('requests of one person wait for the hour and come in one mail with one link; what is over is left out', async () => {
  await setting.withProject();
  await setting.withAnotherProject().withProject();
  // Replaces the first project's question: what was asked there is over, what is asked now waits beside the rest.
  await setting.proposeQuestion();
  expect((await held()).filter(({ person }) => person === personId('official'))).toHaveLength(3);
  expect(inbox.mails.filter(asks)).toEqual([]);
  await setting.db.shiftClock('25 hours');
  await untilNothingIsHeld();
  for (const name of ['official', 'researcher', 'riskOwner', 'lay']) {
    const mails = inbox.mails.filter(to(name)).filter(asks);
    expect(mails.map(({ subject }) => subject)).toEqual(['What waits for you today']);
    expect(mails[0]?.text?.match(/https:\/\/portal\.example\.org\/s\/[\w-]{43}/g)).toHaveLength(1);
    expect(mails[0]?.text?.match(/Did the programme raise earnings\?: /g)).toHaveLength(2);
    expect(mails[0]?.text).toContain('2 decisions wait for you');
  }
});

it('a single thing comes on its day as it always does', async () => {
  const before = inbox.mails.filter(to('official')).filter(asks).length;
  await setting.proposeQuestion();
  expect((await held()).length).toBeGreaterThan(0);
  await setting.db.shiftClock('50 hours');
  await untilNothingIsHeld();
  const later = inbox.mails.filter(to('official')).filter(asks).slice(before);
  expect(later.map(({ subject }) => subject?.startsWith('Your decision is asked'))).toEqual([true]);
});

it('T1: what lapsed comes with what waits, once to each of those who were asked; where nothing waits, one mail tells all of it', async () => {
  const lapse = async (kind: 'QUESTION' | 'LEGAL' | 'ETHICAL', at: Setting) => {
    const { checkpoint, round } = await at.asked(kind);
    await at.byWorker({ type: 'KeepTime', checkpoint, round: round.round });
  };
  const other = setting.withAnotherProject();
  await other.withProject();
  await setting.db.shiftClock('70 days');
  await untilNothingIsHeld();
  const before = inbox.mails.length;
  await setting.proposeQuestion();
  for (const kind of ['LEGAL', 'ETHICAL'] as const) await lapse(kind, setting);
  await lapse('LEGAL', other);
  await lapse('QUESTION', other);
  await setting.db.shiftClock('72 days');
  await untilNothingIsHeld();
  const since = (name: string) => inbox.mails.slice(before).filter(to(name));
  const told = (name: string) =>
    since(name).map(({ subject = '', text = '' }) => ({
      subject: subject.replace(/ \(.*/, ''),
      lapsed: Number(/(\d+) further/.exec(text)?.[1] ?? 0),
      links: text.match(/\/s\/[\w-]{43}/g)?.length ?? 0,
    }));
  expect(told('official')).toEqual([{ subject: 'What waits for you today', lapsed: 1, links: 1 }]);
  expect(since('official')[0]?.text).toContain('1 decision waits for you');
  expect(told('riskOwner')).toEqual([{ subject: 'Lapsed without approval', lapsed: 1, links: 0 }]);
  expect(told('lay')).toEqual([{ subject: 'Lapsed without approval', lapsed: 0, links: 0 }]);
  // Whoever asked and leads is told of all four.
  expect(told('lead')).toEqual([{ subject: 'Lapsed without approval', lapsed: 3, links: 0 }]);
});

it('what was given up, since nobody could make it arrive, holds nothing back that is asked later', async () => {
  const ofOfficial = async () => (await held()).filter(({ person }) => person === personId('official'));
  await setting.proposeQuestion();
  const refused = await ofOfficial();
  expect(refused.length).toBeGreaterThan(0);
  await setting.processes.courier.outbox.giveUp(
    refused.map(({ id }) => id),
    'SMTP 550',
  );
  expect(await ofOfficial()).toEqual([]);
  const before = inbox.mails.filter(to('official')).filter(asks).length;
  await setting.withAnotherProject().withProject();
  expect((await ofOfficial()).length).toBeGreaterThan(0);
  await setting.db.shiftClock('100 days');
  await untilNothingIsHeld();
  expect(inbox.mails.filter(to('official')).filter(asks)).toHaveLength(before + 1);
});
