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

const toWhom = (mail: ParsedMail): string => [mail.to].flat()[0]?.text ?? '';
const held = () =>
  setting.db.query<{ person: string }>(
    `select mail ->> 'person' as person from parley.outbox where digest_at is not null and done_at is null`,
  );

it('requests of one person wait for the hour, come in one mail with one link, and single ones as they always do', async () => {
  await setting.withProject();
  const waiting = (await held()).map(({ person }) => person);
  expect(waiting.filter((person) => person === personId('holder'))).toHaveLength(1);
  expect(waiting.filter((person) => person === personId('researcher'))).toHaveLength(1);
  // A second question replaces the first: what it asked is over, and what it asks waits beside the rest.
  await setting.proposeQuestion();
  const twice = waiting.find((person) => waiting.filter((other) => other === person).length > 1);
  await setting.db.shiftClock('25 hours');
  const digest = await inbox.next(({ subject }) => subject?.startsWith('What waits for you today') ?? false);
  expect(digest.subject).not.toContain('earnings');
  expect(digest.text).toContain('Did the programme raise earnings?: whether the data boundary is');
  expect(digest.text?.match(/https:\/\/portal\.example\.org\/s\/[\w-]{43}/g)).toHaveLength(1);
  expect(toWhom(digest)).toContain(String(twice).replace('per_', ''));
  await inbox.next(
    (mail) => toWhom(mail).includes('researcher') && (mail.subject ?? '').startsWith('Your decision'),
  );
  for (const end = Date.now() + 40_000; (await held()).length > 0;) {
    if (Date.now() > end) throw new Error(`still held: ${JSON.stringify(await held())}`);
    await new Promise((soon) => setImmediate(soon));
  }
  const about = (name: string) =>
    inbox.mails.filter(
      (mail) =>
        toWhom(mail).includes(name) &&
        /decision|What waits/.test(mail.subject ?? '') &&
        !mail.subject?.includes('Work and'),
    );
  expect(about(String(twice).replace('per_', ''))).toHaveLength(1);
  expect(about('researcher')).toHaveLength(1);
});
