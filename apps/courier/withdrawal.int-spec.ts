// T10 by mail: who received what was withdrawn is told, each by a mail of their own, and the queue holds nothing of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Draft } from '#libs/ledger';
import { addLogKey, signContent } from '#libs/ledger';
import { aDatabase, aSetting, permitted } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { CAST } from '../../libs/testing/story';
import type { Courier } from './app';
import { courierFor } from './testing/courier';
import { Inbox } from './testing/inbox';
import { Jobs, outboxIds } from './testing/jobs';

jest.setTimeout(60_000);

const inbox = new Inbox();
let setting: Setting;
let courier: Courier;
let logDirectory: string;

beforeAll(async () => {
  setting = await aSetting(await aDatabase());
  await setting.withAgreement();
  await permitted(setting);
  await checked();
  logDirectory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));
  await addLogKey(logDirectory, 'log.example/parley');
  await inbox.open();
  courier = await courierFor(setting, { port: inbox.port, logDirectory });
});
afterAll(async () => {
  await courier.close();
  await inbox.close();
  await setting.close();
  rmSync(logDirectory, { recursive: true });
});

/** The run `a1` with a result that its checker let go. */
async function checked(): Promise<void> {
  const { ledger } = setting.processes.worker;
  const { lease } = await ledger.openRead(setting.project, 'a1');
  const { content, contents } = signContent({ files: [] }, { text: 'The result' });
  const end = { type: 'EndAnalysis', analysis: 'a1', outcome: 'COMPLETED', result: content } as const;
  await ledger.endAnalysis(setting.project, lease.lease, {
    command: { ...end, object: 'o', reason: null },
    contents,
  });
  const draft = await setting.decision('OUTPUT');
  const command = { ...draft.command, assurance: 'ACCOUNT' } as Draft['command'];
  await setting.byAccount('checker', setting.project, { ...draft, command });
}

/** Who has a notice that says this, by the name before the @; each is named as often as they were told. */
const told = (words: string): string[] =>
  inbox.mails
    .filter(({ subject, text }) => subject?.includes('Withdrawn') === true && text?.includes(words) === true)
    .map(({ to }) => /(\w+)@example\.org/.exec([to].flat()[0]?.text ?? '')?.[1] ?? '')
    .sort();
const everybody = Object.keys(CAST).sort();

it('B27: of a grant taken back as unlawful, whoever was shown the checked result; jobs hold outbox ids only (T12)', async () => {
  const keptJobs = await new Jobs(setting.db).keep();
  await setting.byAccount('holder', setting.project, {
    command: {
      ...{ type: 'WithdrawGrant', request: 'r1', mode: 'UNLAWFUL', atOnce: false },
      ...{ assurance: 'ACCOUNT', reason: null },
    },
  });
  await inbox.next(() => told('the grant of org_holder for request r1').length >= everybody.length);
  expect(told('Stop, because using the data was unlawful')).toEqual(everybody);
  expect(outboxIds(await keptJobs()).length).toBeGreaterThanOrEqual(everybody.length);
});

it('B5, B55: of the agreement that an institution takes back, the roster of the programme, the leads of its projects among it', async () => {
  const token = await setting.link('riskOwner', 'AGREEMENT', 'WITHDRAW');
  await setting.byLink(token, null, await setting.withdrawal('AGREEMENT'));
  await inbox.next(() => told('Work and earnings').length >= everybody.length);
  expect(told('Work and earnings')).toEqual(everybody);
});
