// I13: what closes gates reaches whoever watches, once for each reason, and is not lost while the mail server is away.
import { Languages } from '#libs/language';
import { openLedger } from '#libs/ledger';
import type { OpenedLedger } from '#libs/ledger';
import { openTransport } from '#libs/mail';
import { aDatabase } from '#libs/testing';
import { Inbox } from '../testing/inbox';
import { Alerting } from './alerting';

let courier: OpenedLedger;
const inbox = new Inbox();
beforeAll(async () => {
  courier = await openLedger({ url: (await aDatabase()).urls.COURIER });
  await inbox.open();
}, 60_000);
afterAll(async () => {
  await courier.close();
  await inbox.close();
});

const STREAM = 'prj_aaaaaaaaaaaaaaaa';
const close = (reason: string) =>
  courier.dataSource.query(`select parley.log_close($1, 'VIEWS', $2)`, [STREAM, reason]);

it('I13: each reason is mailed once, names no person, and waits for the mail server', async () => {
  const transport = openTransport(`smtp://127.0.0.1:${inbox.port}`);
  const alerting = new Alerting({
    ...{ dataSource: courier.dataSource, transport, from: 'parley@example.org' },
    ...{ to: ['ops@example.org', 'security@example.org'], language: new Languages().first },
  });
  await close('project_view differs from the entries');
  await inbox.close();
  await expect(alerting.pass()).rejects.toThrow();
  await inbox.open();
  await alerting.pass();
  await alerting.pass();
  expect(inbox.mails).toHaveLength(1);
  const [mail] = inbox.mails;
  expect(mail?.subject).toBe(`Parley has closed gates (${STREAM})`);
  expect(mail?.to).toMatchObject({ text: 'ops@example.org, security@example.org' });
  expect(mail?.text).toContain('project_view differs from the entries');
  expect(mail?.text).toContain('parley rebuild --read-models');
  await close('move_view differs from the entries');
  await alerting.pass();
  expect(inbox.mails[1]?.text).toContain('move_view differs');
  transport.close();
});
