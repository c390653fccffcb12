// The courier on real Postgres, BullMQ, SMTP and Temporal: mails and wakes arrive, and survive whatever is away for a while.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { ParsedMail } from 'mailparser';
import { workflowId } from '#libs/contracts';
import { ReceiptSchema } from '#libs/contracts/receipt';
import { addLogKey, commitText, openKeyDirectory } from '#libs/ledger';
import {
  fromBase64,
  isIncluded,
  leafHash,
  parseCheckpoint,
  parseNote,
  parseVerifier,
  signedBy,
} from '#libs/log';
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { Courier, CourierSettings } from './app';
import { courierFor, tokenIn } from './testing/courier';
import { Inbox } from './testing/inbox';
import { Jobs } from './testing/jobs';

jest.setTimeout(60_000);

let setting: Setting;
let inbox: Inbox;
let logDirectory: string;
const couriers: Courier[] = [];

beforeEach(async () => {
  setting = await aSetting(await aDatabase());
  await setting.withRoster();
  logDirectory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));
  await addLogKey(logDirectory, 'log.example/parley');
  inbox = new Inbox();
  await inbox.open();
});

afterEach(async () => {
  await Promise.all(couriers.splice(0).map(({ close }) => close()));
  await inbox.close();
  await setting.close();
  rmSync(logDirectory, { recursive: true });
});

async function startCourier(more: Partial<CourierSettings> = {}): Promise<Courier> {
  const courier = await courierFor(setting, { port: inbox.port, logDirectory }, more);
  couriers.push(courier);
  return courier;
}

const pending = async (kind: string) =>
  (
    await setting.db.query<{ id: string }>(
      'select id from parley.outbox where kind = $1 and done_at is null',
      [kind],
    )
  ).length;

it('T12: mails every signer a link of their own, and jobs hold an outbox id only', async () => {
  await startCourier();
  const keptJobs = await new Jobs(setting.db).keep();
  await setting.proposeAgreement();
  await inbox.has(3);
  await until(async () => (await pending('mail')) === 0);
  expect(inbox.mails.map(({ to }) => [to].flat()[0]?.text).sort()).toEqual([
    expect.stringContaining('checker@example.org'),
    expect.stringContaining('researcher@example.org'),
    expect.stringContaining('riskOwner@example.org'),
  ]);
  const { round, checkpoint } = await setting.asked('AGREEMENT');
  const persons = new Set<string>();
  for (const mail of inbox.mails) {
    expect(mail.text).toContain(round.content.core.slice(0, 8));
    expect(mail.subject).toContain('Work and earnings');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    const target = await setting.processes.portal.links.find(tokenIn(mail));
    expect(target).toMatchObject({ stream: setting.programme, checkpoint, round: 1, purpose: 'SIGN' });
    persons.add(target?.person ?? '');
  }
  expect(persons.size).toBe(3);
  const jobs = await keptJobs();
  expect(jobs).toHaveLength(3);
  for (const { data } of jobs) expect(data).toEqual({ outbox: expect.stringMatching(/^\d+$/) as string });
  const everything = JSON.stringify(await new Jobs(setting.db).everything());
  for (const personal of ['@example.org', 'Person ', 'Work and earnings', '/s/'])
    expect(everything).not.toContain(personal);
});

it('sends the code and the receipt of a decision', async () => {
  await startCourier();
  await setting.proposeAgreement();
  await inbox.has(3);
  const token = await setting.link('riskOwner', 'AGREEMENT');
  await setting.processes.portal.links.askCode(token);
  const code = await inbox.next(({ subject }) => subject?.startsWith('Your code') ?? false);
  const digits = /^ {4}(\d{8})$/m.exec(code.text ?? '')?.[1] ?? '';
  const draft = await setting.decision('AGREEMENT');
  const receipt = await setting.byLink(token, digits, draft);
  const mail = await inbox.next(({ subject }) => subject?.startsWith('Receipt') ?? false);
  expect(mail.text).toContain(`${setting.programme}/${receipt.version}`);
  expect(mail.text).toContain(receipt.head);
  expect(mail.text).toContain(`https://portal.example.org/again/${setting.programme}/`);
  expect(tokenIn(mail)).toBe('');
  expect(mail.inReplyTo).toBe(code.inReplyTo);
});

it('I4: the receipt’s attachment proves that a signed head of the log holds the decision', async () => {
  await startCourier();
  await setting.proposeAgreement();
  await setting.sign('AGREEMENT', 'riskOwner');
  const mail = await inbox.next(({ subject }) => subject?.startsWith('Receipt') ?? false);
  const [attached] = mail.attachments;
  expect([attached?.filename, attached?.contentType]).toEqual(['receipt.json', 'application/json']);
  const receipt = ReceiptSchema.parse(JSON.parse(attached?.content.toString() ?? ''));
  expect(JSON.parse(receipt.entry)).toMatchObject({
    type: 'DecisionRecorded',
    actor: { person: personId('riskOwner') },
  });
  const note = parseNote(receipt.checkpoint);
  const head = parseCheckpoint(note?.text ?? '');
  if (note === null || head === null) throw new Error('no checkpoint');
  expect(await signedBy(note, parseVerifier(receipt.keys[0] ?? ''))).toBe('SIGNED');
  const path = receipt.path.map((hash) => fromBase64(hash) ?? new Uint8Array());
  expect(isIncluded(leafHash(receipt.entry), receipt.index, head, path)).toBe(true);
  expect(mail.text).toContain(`${receipt.index} of ${head.size}`);
});

it('I9: signatories and auditors are mailed the signed head to keep, once a week, with every sign-off in their name', async () => {
  await setting.proposeAgreement();
  await setting.sign('AGREEMENT', 'riskOwner');
  await startCourier({ headsEvery: 200 });
  const heads = (mail: ParsedMail) => mail.subject?.startsWith('The signed head') ?? false;
  const mail = await inbox.next(
    (each) => heads(each) && [each.to].flat()[0]?.text.includes('riskOwner') === true,
  );
  const [checkpoint, signOffs] = mail.attachments;
  const note = parseNote(checkpoint?.content.toString() ?? '');
  const [signer] = await openKeyDirectory(logDirectory).signers();
  expect(note && signer && (await signedBy(note, signer))).toBe('SIGNED');
  expect(signOffs?.content.toString()).toMatch(
    new RegExp(`${setting.programme}/\\d+\t.*\tAPPROVED\t${personId('riskOwner')}`),
  );
  await until(async () => (await pending('mail')) === 0);
  expect(inbox.mails.filter(heads)).toHaveLength(3);
});

it('a fresh link withdraws what was answered, and signs what was not', async () => {
  await startCourier();
  await setting.proposeAgreement();
  await setting.sign('AGREEMENT', 'riskOwner');
  const { checkpoint } = await setting.asked('AGREEMENT');
  for (const [name, purpose] of [
    ['riskOwner', 'WITHDRAW'],
    ['researcher', 'SIGN'],
  ] as const) {
    await setting.processes.portal.links.askFreshAbout(setting.programme, personId(name), checkpoint, 1);
    const mail = await inbox.next(
      (each) =>
        [each.to].flat()[0]?.text.includes(name) === true &&
        each.subject?.startsWith('Your fresh link') === true,
    );
    expect(await setting.processes.portal.links.find(tokenIn(mail))).toMatchObject({
      purpose,
      person: personId(name),
    });
  }
});

it('B12: invites to a meeting with a calendar entry, and takes it back under the same UID', async () => {
  await startCourier();
  const [title, place, reason] = [commitText('Core team'), commitText('Room 4'), commitText('No quorum')];
  const invited = [personId('researcher')];
  const startsAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const call = { startsAt, minutes: 60, invited, title: title.commitment, place: place.commitment };
  await setting.onProgramme('lead', { command: { type: 'CallMeeting', ...call }, texts: [title, place] });
  const entryIn = (mail: ParsedMail) =>
    mail.attachments.find((each) => each.contentType.includes('calendar'))?.content.toString() ?? '';
  const about = (subject: string) => (mail: ParsedMail) =>
    mail.subject?.startsWith(subject) === true && [mail.to].flat()[0]?.text.includes('researcher') === true;
  const invitation = await inbox.next(about('Invitation to a meeting'));
  expect(invitation.text).toContain('Place: Room 4');
  expect(entryIn(invitation)).toMatch(/METHOD:REQUEST[^]*SEQUENCE:0/);
  const cancel = { type: 'CancelMeeting', meeting: 'mt1', reason: reason.commitment } as const;
  await setting.onProgramme('lead', { command: cancel, texts: [reason] });
  const cancellation = await inbox.next(about('A meeting is cancelled'));
  expect(cancellation.text).toContain('Reason: No quorum');
  expect(entryIn(cancellation)).toMatch(/METHOD:CANCEL[^]*SEQUENCE:1/);
  const uid = (mail: ParsedMail) => /^UID:.*$/m.exec(entryIn(mail))?.[0];
  expect([uid(cancellation), uid(invitation)]).toEqual([
    `UID:${setting.programme}.mt1@example.org`,
    `UID:${setting.programme}.mt1@example.org`,
  ]);
});

it('waits while SMTP is away, and sends each mail once when it is back', async () => {
  await inbox.close();
  await startCourier();
  await setting.proposeAgreement();
  // Each was tried, given back and tried again.
  const jobs = new Jobs(setting.db);
  await until(async () => (await jobs.tried(2)) === 3);
  expect(await pending('mail')).toBe(3);
  expect(inbox.mails).toEqual([]);
  await inbox.open();
  await inbox.has(3);
  await until(async () => (await pending('mail')) === 0);
  expect(new Set(inbox.mails.map(({ messageId }) => messageId)).size).toBe(3);
  expect(inbox.mails).toHaveLength(3);
});

it('hands over no more mails a second than the mail server takes: the others wait for the next one', async () => {
  const jobs = new Jobs(setting.db);
  const endSecond = await jobs.holdSecond();
  const courier = await startCourier({ mailsPerSecond: 1 });
  await setting.proposeAgreement();
  await until(async () => {
    const { active, waiting } = await jobs.standing();
    return active === 0 && waiting === 2;
  });
  expect(inbox.mails).toHaveLength(1);
  await courier.close();
  couriers.splice(0);
  await endSecond();
  await startCourier();
  await until(async () => (await pending('mail')) === 0);
  expect(new Set(inbox.mails.map(({ to }) => [to].flat()[0]?.text)).size).toBeGreaterThanOrEqual(3);
});

it('after a crash between handing over and noting it, at most one extra mail goes out, and either link works', async () => {
  await setting.proposeAgreement();
  const dying = await startCourier();
  await inbox.has(3);
  await until(async () => (await pending('mail')) === 0);
  await dying.close();
  couriers.splice(0);
  // As if the process had died just before it noted that the mail was handed over.
  await setting.db.query(
    `update parley.outbox set done_at = null, not_before = '-infinity' where id = (select min(id) from parley.outbox where kind = 'mail')`,
  );
  await new Jobs(setting.db).forget();
  await startCourier();
  await inbox.has(4);
  await until(async () => (await pending('mail')) === 0);
  // The second courier also sends the signed head that is due.
  const asked = inbox.mails.filter(({ subject }) => !subject?.startsWith('The signed head'));
  expect(asked).toHaveLength(4);
  const twice = asked.filter(
    ({ messageId }) => asked.filter((other) => other.messageId === messageId).length === 2,
  );
  expect(twice).toHaveLength(2);
  for (const mail of twice) expect(await setting.processes.portal.links.find(tokenIn(mail))).not.toBeNull();
});

it('does not mail what is over meanwhile', async () => {
  await setting.proposeAgreement();
  await setting.sign('AGREEMENT', 'riskOwner');
  await startCourier();
  await until(async () => (await pending('mail')) === 0);
  const asked = inbox.mails.filter(({ subject }) => subject?.startsWith('Your decision is asked'));
  expect(asked.map(({ to }) => [to].flat()[0]?.text).join()).not.toContain('riskOwner');
});

it('wakes the workflow of a stream, starting it where it is missing', async () => {
  await startCourier();
  await setting.proposeAgreement();
  await until(async () => (await pending('wake')) === 0);
  const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS ?? '' });
  const handle = new Client({ connection }).workflow.getHandle(workflowId.programme(setting.programme));
  const { type, status } = await handle.describe();
  expect([type, status.name]).toEqual(['programme', 'RUNNING']);
  await handle.terminate();
  // The ledger is ahead of what any workflow has read, so the sweep starts it again without a new wake.
  await until(async () => (await handle.describe()).status.name === 'RUNNING');
  await handle.terminate();
  await connection.close();
});

it('keeps wakes while Temporal is away, and says so', async () => {
  const { app } = await startCourier({ temporal: { address: '127.0.0.1:1', namespace: 'default' } });
  await app.listen(0, '127.0.0.1');
  await setting.proposeAgreement();
  await inbox.has(3);
  expect(await pending('wake')).toBeGreaterThan(0);
  const { port } = (app.getHttpServer() as { address(): { port: number } }).address();
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ ready: false, missing: ['temporal'] });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('waited 20 seconds in vain');
    await wait(50);
  }
}
