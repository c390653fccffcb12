// T3: a covering text that changed is shown with the difference, from the mail's button through to the page, and who answered can object.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ParsedMail } from 'mailparser';
import { addLogKey } from '#libs/ledger';
import type { Setting } from '#libs/testing';
import { Inbox } from '../courier/testing/inbox';
import { courierFor, tokenIn } from '../courier/testing/courier';
import type { Courier } from '../courier/app';
import { approve, askAnew, closePortal, decisionsOn, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { attestColleague, COLLEAGUE } from './testing/further-states';
import { changeCover } from './testing/states';
import type { Page, Visitor } from './testing/visitor';

jest.setTimeout(60_000);

let opened: Opened;
let courier: Courier;
let setting: Setting;
let visitor: Visitor;
const inbox = new Inbox();
const logDirectory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));

beforeAll(async () => {
  opened = await openPortal();
  await inbox.open();
  await addLogKey(logDirectory, 'log.example/parley');
  const { port } = inbox;
  courier = await courierFor(opened.start, { port, logDirectory }, { portalUrl: opened.portal.url });
});
beforeEach(async () => {
  ({ setting, visitor } = await askAnew(opened));
  inbox.mails.length = 0;
});
afterAll(async () => {
  await courier?.close();
  await inbox.close();
  await closePortal(opened);
  rmSync(logDirectory, { recursive: true });
});

const mailTo = (name: string): Promise<ParsedMail> =>
  inbox.next(
    ({ subject, to }) =>
      (subject?.startsWith('A covering text has changed') ?? false) &&
      ([to].flat()[0]?.text.includes(`${name}@`) ?? false),
  );

/** What stood before and what stands now, under the heading of the covering text. */
const difference = ({ html }: Page): [before: string, now: string][] =>
  [
    ...html.matchAll(
      /<h3[^>]*>Covering text[^<]*<\/h3>\s*<dl class="parley-terms">\s*<dt>Before(.*?)<\/dl>/gs,
    ),
  ].map(([, both = '']) => {
    const [before = '', now = ''] = [...both.matchAll(/<dd[^>]*>(.*?)<\/dd>/gs)].map(([, dd = '']) =>
      dd
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );
    return [before, now];
  });

const erase = async (): Promise<void> => {
  const { round } = await setting.asked('QUESTION');
  const [answer] = await decisionsOn(setting);
  const before = answer?.cover ?? round.firstCover ?? '';
  await setting.db.query('update parley.content set bytes = null where id = $1', [before]);
};

it('T3: who has answered is led by the mail to the difference and to what they answered on, and objects there', async () => {
  await setting.sign('QUESTION', 'official');
  await changeCover(setting, 'In other words');
  const mail = await mailTo('official');
  expect(mail.text).toContain('See what changed, and withdraw your answer if you object');
  const shown = await visitor.arrive(tokenIn(mail));
  expect(shown.h1).toBe('Withdraw your answer');
  expect(difference(shown)).toEqual([['The question', 'In other words']]);
  expect(shown.html).toContain('The covering text has changed since you answered on');
  expect(shown.html).toContain('If you object to the change, withdraw your answer below');
  // What was signed, as it was signed: with the digests of then.
  const [answer] = await decisionsOn(setting);
  expect(shown.html).toMatch(new RegExp(`Read again what you answered on.*${answer?.cover}`, 's'));
  expect(shown.html).toContain(answer?.core);
  const objecting = { ...form(shown), what: 'withdraw', name: 'Person official', reason: 'Not these words' };
  expect((await visitor.post(shown.address, objecting)).status).toBe(303);
  expect((await decisionsOn(setting))[0]?.withdrawn).not.toBeNull();
});

it('T3: who has not answered is led to the page that asks, with the difference inside the round', async () => {
  await changeCover(setting, 'First attempt');
  await changeCover(setting, 'In other words');
  const mail = await mailTo('researcher');
  expect(mail.text).toContain('See what changed, and answer or object');
  const page = await visitor.arrive(tokenIn(mail));
  expect(difference(page)).toEqual([['The question', 'In other words']]);
  expect(page.html).toContain('The covering text has changed since this was first asked on');
  expect(page.html).not.toContain('This is the first version you are asked about.');
  const all = await visitor.get(`${page.address}/all`);
  expect(difference(all)).toContainEqual(['The question', 'In other words']);
  expect((await visitor.post(page.address, { ...form(page), ...approve })).status).toBe(303);
  // They answered on the present text: nothing is different from it.
  const after = await visitor.get(`${page.address}/withdraw`);
  expect(difference(after)).toEqual([]);
  expect(after.html).toContain('Read again what you answered on');
});

it('T3: a new version is compared with what the person answered on, not with a text that came later', async () => {
  await setting.sign('QUESTION', 'official');
  await changeCover(setting, 'In other words');
  await setting.proposeQuestion();
  const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
  expect(page.html).toContain('Compared with the version you last answered');
  expect(difference(page)).toEqual([]);
  await changeCover(setting, 'Other words again');
  const later = await visitor.get(page.address);
  expect(difference(later)).toEqual([
    ['The question', 'Other words again'],
    ['The question', 'Other words again'],
  ]);
});

it('T3: a text that was erased is said to be erased, on either page', async () => {
  await changeCover(setting, 'In other words');
  await erase();
  const asked = await visitor.arrive(await setting.link('researcher', 'QUESTION'));
  expect(difference(asked)).toEqual([['This covering text was erased.', 'Text In other words']]);
  await setting.sign('QUESTION', 'official');
  await changeCover(setting, 'Other words again');
  await erase();
  const answered = await visitor.arrive(await setting.link('official', 'QUESTION', 'WITHDRAW'));
  expect(difference(answered)).toEqual([['This covering text was erased.', 'Text Other words again']]);
  expect(answered.html).toContain('These bytes were erased');
});

it('T3: who handed the sign-off on sees the difference where they can take it back', async () => {
  await attestColleague(setting);
  const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
  const offered = await visitor.get(`${page.address}/delegate`);
  const handing = { ...form(offered), to: COLLEAGUE, name: 'Person official' };
  expect((await visitor.post(`${page.address}/delegate`, handing)).status).toBe(303);
  await changeCover(setting, 'In other words');
  await visitor.arrive(tokenIn(await mailTo('official')));
  const standing = await visitor.get(`${page.address}/delegate`);
  expect(difference(standing)).toEqual([['The question', 'In other words']]);
  const leaving = { type: 'RecordLeaver', person: COLLEAGUE } as const;
  await setting.byAccount('checker', setting.programme, { command: leaving });
});
