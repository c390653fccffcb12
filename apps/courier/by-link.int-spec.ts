// What people do by the links and codes of real mails: several sign-offs at once, handing on, answering a data request.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ParsedMail } from 'mailparser';
import { addLogKey, commitText } from '#libs/ledger';
import { aDatabase, aSetting, granted, personId, requested } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { Courier } from './app';
import { CELLS } from '../../libs/testing/story';
import { noteOfCall, recordedApproval } from '../portal/testing/confirmations';
import { courierFor, tokenIn } from './testing/courier';
import { Inbox } from './testing/inbox';

jest.setTimeout(60_000);

let setting: Setting;
let inbox: Inbox;
let logDirectory: string;
let courier: Courier | undefined;

beforeEach(async () => {
  setting = await aSetting(await aDatabase());
  await setting.withRoster();
  logDirectory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));
  await addLogKey(logDirectory, 'log.example/parley');
  inbox = new Inbox();
  await inbox.open();
});

afterEach(async () => {
  await courier?.close();
  await inbox.close();
  await setting.close();
  rmSync(logDirectory, { recursive: true });
});

async function startCourier(): Promise<void> {
  courier = await courierFor(setting, { port: inbox.port, logDirectory });
}

/** An agreement in force, and a project put to its signers. */
async function begun(): Promise<void> {
  await setting.proposeAgreement();
  await setting.sign('AGREEMENT', 'researcher', 'checker', 'riskOwner');
}

it('B57: one mail with one code names exactly the sign-offs it covers, and the code decides them', async () => {
  await begun();
  await setting.withProject();
  await startCourier();
  const token = await setting.link('riskOwner', 'LEGAL');
  const { stream, checkpoint, round } = await setting.asked('LEGAL');
  const { links, ledger } = setting.processes.portal;
  await links.askItemsCode(token, [{ stream, checkpoint, round: round.round }]);
  const mail = await inbox.next(({ subject }) => subject?.startsWith('Your code') ?? false);
  expect(mail.text?.replace(/\s+/g, ' ')).toContain(`content code ${round.content.core.slice(0, 8)}`);
  expect(tokenIn(mail)).toBe('');
  const code = /^ {4}(\d{8})$/m.exec(mail.text ?? '')?.[1] ?? '';
  const draft = await setting.decision('LEGAL');
  const receipt = await ledger.byCode({ token, code, stream }, () => draft);
  expect(receipt.entries.map(({ type }) => type)).toEqual(['DecisionRecorded']);
});

it('a delegate is mailed a link of their own, and nobody’s name but theirs', async () => {
  await begun();
  await setting.withProject();
  const [name, address, signedAs] = [
    commitText('Person deputy'),
    commitText('deputy@example.org'),
    commitText('x'),
  ];
  const deputy = { person: 'per_deputy', organisation: 'org_council', roles: ['policyOfficial' as const] };
  await setting.byAccount('checker', setting.programme, {
    command: { type: 'AttestPerson', ...deputy, name: name.commitment, address: address.commitment },
    texts: [name, address],
  });
  await startCourier();
  const { checkpoint, round } = await setting.asked('QUESTION');
  const handing = { checkpoint, round: round.round, to: deputy.person, until: null } as const;
  await setting.byLink(await setting.link('official', 'QUESTION'), null, {
    command: { type: 'DelegateSigning', ...handing, assurance: 'LINK', signedAs: signedAs.commitment },
    texts: [signedAs],
  });
  const mail = await inbox.next(({ subject }) => subject?.includes('handed to you') ?? false);
  expect([mail.to].flat()[0]?.text).toContain('deputy@example.org');
  expect(mail.text).not.toContain('Person official');
  const target = await setting.processes.portal.links.find(tokenIn(mail));
  expect(target).toMatchObject({ person: deputy.person, purpose: 'SIGN', checkpoint });
  const told = await inbox.next(({ subject }) => subject?.startsWith('You handed on') ?? false);
  expect(told.text).toContain('https://portal.example.org/again/');
});

it('a fresh link for what is over leads to what waits for that person now', async () => {
  await begun();
  await setting.withProject();
  const token = await setting.link('riskOwner', 'LEGAL');
  const { checkpoint, round } = await setting.asked('LEGAL');
  await setting.db.shiftClock('15 days');
  await setting.byWorker({ type: 'KeepTime', checkpoint, round: round.round });
  const later = await setting.withAnotherProject().withProject();
  await startCourier();
  await setting.processes.portal.links.askFresh(token);
  const mail = await inbox.next(({ subject }) => subject?.startsWith('Your fresh link') ?? false);
  const target = await setting.processes.portal.links.find(tokenIn(mail));
  const next = await later.asked('LEGAL');
  const about = { stream: later.project, checkpoint: next.checkpoint, round: next.round.round };
  expect(target).toMatchObject({ ...about, person: personId('riskOwner'), purpose: 'SIGN' });
  expect(mail.text).toContain(next.round.content.core.slice(0, 8));
  // In the thread of what it leads to, not of what is over.
  const [thread] = [mail.references].flat();
  expect(thread).toBe(`<${later.project}.${next.checkpoint}.${personId('riskOwner')}@example.org>`);
});

/** A request for data has come by mail, and the code for its answer after it. */
async function askedForData(): Promise<{ token: string; code: string }> {
  await begun();
  await startCourier();
  await requested(setting);
  const mail = await inbox.next(({ subject }) => subject?.startsWith('A request for data') ?? false);
  const token = tokenIn(mail);
  await setting.processes.portal.links.askCode(token);
  const codes = (each: ParsedMail) =>
    (each.subject?.startsWith('Your code') ?? false) && (each.text?.includes('request for data') ?? false);
  const code = /^ {4}(\d{8})$/m.exec((await inbox.next(codes)).text ?? '')?.[1] ?? '';
  return { token, code };
}

it('a data request is answered by the link of its mail and a mailed code', async () => {
  const { token, code } = await askedForData();
  const { links } = setting.processes.portal;
  expect(await links.find(token)).toMatchObject({ person: personId('holder'), purpose: 'ANSWER' });
  const said = { request: 'r1', outcome: 'REFUSED' as const, grant: null, reasons: [], reason: null };
  const receipt = await setting.byLink(token, code, {
    command: { type: 'AnswerRequest', ...said, assurance: 'LINK_CODE' },
  });
  expect(receipt.entries.map(({ type }) => type)).toEqual(['RequestAnswered']);
  const proof = await inbox.next(({ subject }) => subject?.startsWith('Receipt for your answer') ?? false);
  expect(proof.text).toContain(`${setting.project}/${receipt.version}`);
});

it('T10: the receipt of a grant names the address from which a fresh link comes, and that takes it back', async () => {
  const { token, code } = await askedForData();
  const { links } = setting.processes.portal;
  const cells = { ...CELLS, dimensions: ['treat'] };
  const grant = {
    ...{ tier: 'AGGREGATE' as const, fields: ['treat', 're78'], depositAs: cells, releaseAs: cells },
    ...{ conditions: [], expires: new Date(Date.now() + 300 * 86_400_000).toISOString() },
  };
  const said = { request: 'r1', outcome: 'PARTLY_GRANTED' as const, grant, reasons: [], reason: null };
  await setting.byLink(token, code, { command: { type: 'AnswerRequest', ...said, assurance: 'LINK_CODE' } });
  const proof = await inbox.next(({ subject }) => subject?.startsWith('Receipt for your answer') ?? false);
  const undated = `https://portal.example.org/again/${setting.project}/r1/0/${personId('holder')}`;
  expect(proof.text).toContain(undated);
  await links.askFreshAbout(setting.project, personId('holder'), 'r1', 0);
  const fresh = await inbox.next(({ subject }) => subject?.startsWith('Your fresh link') ?? false);
  expect(fresh.text).toContain('request for data r1');
  expect(tokenIn(fresh)).not.toBe(token);
  const name = commitText('Person holder');
  const how = { mode: 'STOP', atOnce: false, assurance: 'LINK', reason: null } as const;
  const receipt = await setting.byLink(tokenIn(fresh), null, {
    command: { type: 'WithdrawGrant', request: 'r1', ...how, signedAs: name.commitment },
    texts: [name],
  });
  const told = await inbox.next(
    (each) => each.text?.includes(`${setting.project}/${receipt.version}`) ?? false,
  );
  expect(told.text).toContain('The grant was withdrawn');
  expect(told.text).not.toContain(undated);
});

it('a file is handed over by the link of its mail and a mailed code; the receipt names its digest', async () => {
  await begun();
  await startCourier();
  await granted(setting);
  const mail = await inbox.next(({ subject }) => subject?.startsWith('A deposit is open') ?? false);
  expect(mail.text).toMatch(/Open until: \w+day/);
  const token = tokenIn(mail);
  const { links, ledger } = setting.processes.portal;
  expect(await links.find(token)).toMatchObject({ person: personId('holder'), purpose: 'DEPOSIT' });
  const digest = 'd'.repeat(64);
  const file = { deposit: 'd1', digest, bytes: 10, object: 'obj_1', wrappedKey: 'wrapped' };
  const handed = (by: string) =>
    ledger.receiveDepositByLink({ token: by, project: setting.project }, file, commitText('Person holder'));
  await expect(handed(token)).rejects.toMatchObject({ refusal: { rule: 'LINK_DEAD' } });
  await links.askCode(token);
  const codes = (each: ParsedMail) => each.text?.includes('handing over a file') ?? false;
  const code = /^ {4}(\d{8})$/m.exec((await inbox.next(codes)).text ?? '')?.[1] ?? '';
  const opened = await links.beginDeposit(token, code);
  await expect(links.beginDeposit(token, code)).rejects.toMatchObject({ refusal: { rule: 'CODE_DEAD' } });
  const receipt = await handed(opened.token);
  expect(receipt.entries.map(({ type }) => type)).toEqual(['DepositReceived']);
  const proof = await inbox.next(({ subject }) => subject?.startsWith('Receipt for a file') ?? false);
  for (const said of [digest, `${setting.project}/${receipt.version}`]) expect(proof.text).toContain(said);
  // Whoever kept an old link is mailed what there is to know now.
  await setting.processes.worker.ledger.openDeposit(setting.project, 'd1', 'check');
  await setting.byWorker({ type: 'RefuseDeposit', deposit: 'd1', report: 'a'.repeat(64) });
  const refused = (each: ParsedMail) => each.subject?.startsWith('A deposit was refused') ?? false;
  const told = await inbox.next(refused);
  expect(await links.find(tokenIn(told))).toMatchObject({ purpose: 'DEPOSIT', checkpoint: 'd1' });
  await links.askFresh(token);
  await inbox.next((each) => refused(each) && tokenIn(each) !== tokenIn(told));
});

it('T15: a colleague is mailed a link of their own, a code that confirms, and the receipt', async () => {
  await begun();
  await setting.withProject();
  await noteOfCall(setting);
  await startCourier();
  await recordedApproval(setting);
  const mail = await inbox.next(
    ({ subject }) => subject?.startsWith('A recorded approval to confirm') ?? false,
  );
  expect(mail.text).not.toContain('Person official');
  const token = tokenIn(mail);
  const { links } = setting.processes.portal;
  expect(await links.find(token)).toMatchObject({ person: personId('checker'), purpose: 'COUNTERSIGN' });
  await links.askCode(token);
  const codes = (each: ParsedMail) => each.text?.includes('confirming a recorded approval') ?? false;
  const code = /^ {4}(\d{8})$/m.exec((await inbox.next(codes)).text ?? '')?.[1] ?? '';
  const { checkpoint, round } = await setting.asked('QUESTION');
  const signedAs = commitText('Person checker');
  const whose = { checkpoint, round: round.round, person: personId('official') };
  const receipt = await setting.byLink(token, code, {
    command: { type: 'CountersignDecision', ...whose, assurance: 'LINK_CODE', signedAs: signedAs.commitment },
    texts: [signedAs],
  });
  const proof = await inbox.next(
    ({ subject }) => subject?.startsWith('Receipt for what you confirmed') ?? false,
  );
  expect(proof.text).toContain(`${setting.project}/${receipt.version}`);
});
