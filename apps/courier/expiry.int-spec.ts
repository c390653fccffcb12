// T11 by mail: whoever gave data is warned 30, 7 and 1 day before it ends, and told with the certificate that it is gone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ParsedMail } from 'mailparser';
import { addLogKey, contentOf } from '#libs/ledger';
import { aDatabase, aSetting, permitted } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { Courier } from './app';
import { courierFor } from './testing/courier';
import { Inbox } from './testing/inbox';

jest.setTimeout(60_000);

const inbox = new Inbox();
let setting: Setting;
let courier: Courier;
let logDirectory: string;
let given = 0;

beforeAll(async () => {
  setting = await aSetting(await aDatabase());
  await setting.withAgreement();
  await permitted(setting);
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

/** How often somebody was told that data ends soon. */
const warned = (name: string): number =>
  inbox.mails.filter(({ to, subject }) => isTo(to, name) && subject?.includes('Data ends soon') === true)
    .length;
const isTo = (to: ParsedMail['to'], name: string): boolean =>
  [to].flat()[0]?.text.includes(`${name}@example.org`) === true;

it.each([
  [30, '170 days 1 hour'],
  [7, '193 days 1 hour'],
  [1, '199 days 1 hour'],
])(
  'T11: the holder and the lead hear of the end of a release %d days before it, once',
  async (days, later) => {
    await setting.db.shiftClock(later);
    await setting.byWorker({ type: 'KeepExpiryTime' });
    const { project } = await setting.world();
    expect(project.expiryWarnings.map((warning) => [warning.id, warning.days])).toContainEqual([
      'rel1',
      days,
    ]);
    given += 1;
    await inbox.next(() => warned('holder') === given && warned('lead') === given);
    await setting.byWorker({ type: 'KeepExpiryTime' });
    expect((await setting.world()).project.expiryWarnings).toHaveLength(project.expiryWarnings.length);
  },
);

it('T11: when it is destroyed, what the certificate says is in the holder’s mail, with a link to where the data went', async () => {
  await setting.db.shiftClock('200 days 1 hour');
  const destroyedAt = '2027-01-05T09:00:00.000Z';
  const paper = contentOf({
    ...{ format: 2, paper: 'certificate of destruction', kind: 'release', objectId: 'o', bytes: 4321 },
    ...{ id: `${setting.project}/rel1`, keyPart: { existed: true, destroyedAt }, at: destroyedAt },
    ...{ ledgerPart: { destroyedAt }, left: { keyPart: false, object: false } },
    remains: { deposits: ['d1'], releases: [], results: [], units: null },
    backups: { days: null, goneBy: null },
  });
  const { ledger } = setting.processes.worker;
  await ledger.destroyReleaseKey(setting.project, 'rel1');
  await ledger.onProject(setting.project, { process: 'worker' }, () => ({
    command: { type: 'CertifyReleaseDestroyed', release: 'rel1', certificate: paper.id },
    contents: [paper],
  }));
  const mail = await inbox.next(({ text }) => text?.includes(paper.id) === true);
  expect(isTo(mail.to, 'holder')).toBe(true);
  const text = mail.text?.replace(/\s+/g, ' ');
  for (const said of [
    ...[
      '4,321 bytes removed',
      'destroyed on Tuesday 5 January 2027',
      'neither the key nor the bytes were there',
    ],
    ...['the operator has not said', 'See where your data went'],
  ])
    expect(text).toContain(said);
  const token = /\/s\/([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
  expect(await setting.processes.portal.links.recall(token)).toMatchObject({
    purpose: 'ANSWER',
    state: 'LIVE',
  });
});
