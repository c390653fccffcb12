// I13: what closes gates reaches whoever watches, once for each reason, and is not lost while the mail server is away.
import { createServer } from 'node:http';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { Languages } from '#libs/language';
import { addLogKey, commitText, openKeyDirectory, openLedger, readLog } from '#libs/ledger';
import type { OpenedLedger } from '#libs/ledger';
import { ALGORITHM, askWitness, newSigner, verifierText } from '#libs/log';
import type { SeenHead, SignerKey } from '#libs/log';
import { openTransport } from '#libs/mail';
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { Sending } from '../mail/sending';
import { Inbox } from '../testing/inbox';
import { Alerting } from './alerting';
import { Sequencing } from './sequencing';

let setting: Setting;
let courier: OpenedLedger;
const inbox = new Inbox();
beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withAgreement();
  courier = await openLedger({ url: setting.db.urls.COURIER });
  await inbox.open();
}, 60_000);
afterAll(async () => {
  await courier.close();
  await setting.close();
  await inbox.close();
});

const alertingBy = (transport: ReturnType<typeof openTransport>) =>
  new Alerting({
    ...{ dataSource: courier.dataSource, transport, from: 'parley@example.org' },
    ...{ to: ['ops@example.org', 'security@example.org'], language: new Languages().first },
  });
const STREAM = 'prj_aaaaaaaaaaaaaaaa';
const close = (reason: string) =>
  courier.dataSource.query(`select parley.log_close($1, 'VIEWS', $2)`, [STREAM, reason]);

it('I13: each reason is mailed once, names no person, and waits for the mail server', async () => {
  const transport = openTransport(`smtp://127.0.0.1:${inbox.port}`);
  const alerting = alertingBy(transport);
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

it('I13: the auditor and the lead hear that gates closed, in words that name nobody, and when they are open again', async () => {
  const project = (await setting.withProject()).project;
  const [name, address] = [commitText('Ada Auditor'), commitText('audit@example.org')];
  const person = {
    organisation: 'org_university',
    roles: ['auditor' as const],
    person: 'per_aaaaaaaaaaaaaaaa',
  };
  await setting.byAccount('lead', setting.programme, {
    command: { type: 'AttestPerson', ...person, name: name.commitment, address: address.commitment },
    texts: [name, address],
  });
  const transport = openTransport(`smtp://127.0.0.1:${inbox.port}`);
  const said = { from: 'parley@example.org', portalUrl: 'https://portal.example.org' };
  const speaking = { language: new Languages().first, log: pino({ level: 'silent' }) };
  const sending = new Sending({ opened: courier, transport, ...said, ...speaking });
  /** Hands over what was ordered and still waits. */
  const told = async (purpose: string) => {
    inbox.mails.splice(0);
    const waiting = await setting.db.query<{ id: string }>(
      `select id from parley.outbox where mail ->> 'purpose' = $1 and stream = $2 and done_at is null order by id`,
      [purpose, project],
    );
    for (const { id } of waiting) await sending.send({ outbox: [id] });
    return inbox.mails.map((mail) => ({ to: [mail.to].flat()[0]?.value[0]?.address, text: mail.text ?? '' }));
  };
  const closing = (kind: string) =>
    courier.dataSource.query('select parley.log_close($1, $2, $3)', [
      project,
      kind,
      `${project}: per_official`,
    ]);
  const opening = (kind: string) =>
    courier.dataSource.query('select parley.log_reopen($1, $2)', [project, kind]);

  await closing('GATE');
  await closing('GATE');
  const closed = await told('GATES_CLOSED');
  expect(closed.map(({ to }) => to).sort()).toEqual(['audit@example.org', 'lead@example.org']);
  for (const { text } of closed) {
    expect(text).toMatch(/own gate goes by/);
    expect(text).not.toMatch(/per_official/);
  }
  await closing('LOG');
  expect(await told('GATES_CLOSED')).toHaveLength(2);
  // Something else keeps them closed: nobody is told that they are open.
  await opening('GATE');
  expect(await told('GATES_OPEN')).toEqual([]);
  await opening('LOG');
  expect((await told('GATES_OPEN')).map(({ to }) => to).sort()).toEqual([
    'audit@example.org',
    'lead@example.org',
  ]);
  transport.close();
});

describe('I9, I13: a witness that saw another log', () => {
  let directory: string;
  let log: SignerKey;
  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'parley-witnessed-'));
    log = await addLogKey(path.join(directory, 'log'), 'log.example/parley');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** A witness as the specification has it, with what it saw last in memory. */
  async function aWitness() {
    const signer = await newSigner('witness.example', ALGORITHM.COSIGNATURE);
    let seen: SeenHead | null = null;
    let isAway = false;
    const server = createServer((request, response) => {
      void text(request).then(async (body) => {
        const answer = await askWitness({ signer, logs: [log] }, body, () => seen, 1_790_000_000);
        seen = answer.seen ?? seen;
        response.writeHead(isAway ? 503 : answer.status).end(isAway ? '' : answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const line = `${verifierText(signer)} ${url}\n`;
    return { line, away: (value: boolean) => (isAway = value), close: () => server.close() };
  }

  const sequencingWith = (keys: string) =>
    new Sequencing(courier.dataSource, openKeyDirectory(keys), pino({ level: 'silent' }));
  async function sequenced(sequencing: Sequencing): Promise<void> {
    while (await sequencing.pass());
  }
  const kinds = async () => (await readLog(courier.dataSource).closures()).map(({ kind }) => kind);

  it('closes every gate and is told, until it is taken off the list; one that is away changes nothing', async () => {
    const witness = await aWitness();
    const [now, before] = ['log', 'before'].map((name) => path.join(directory, name)) as [string, string];
    const list = (keys: string, lines: string) => writeFileSync(path.join(keys, 'witnesses'), lines);
    list(now, witness.line);
    const first = sequencingWith(now);
    await sequenced(first);
    cpSync(now, before, { recursive: true });
    const earlier = await setting.db.query<{ size: string }>(
      'select max(size) as size from parley.log_checkpoints',
    );
    await setting.onProgramme('lead', { command: { type: 'NameDeputy', deputy: 'per_researcher' } });
    await sequenced(first);
    await first.witness();
    expect(await kinds()).not.toContain('WITNESS');

    // Database and log directory both as they were: nothing here knows of the last entry any more, and the witness does.
    await rolledBackTo(Number(earlier[0]?.size));
    const second = sequencingWith(before);
    await sequenced(second);
    await second.probe();
    witness.away(true);
    await second.witness();
    expect(await kinds()).not.toContain('WITNESS');
    witness.away(false);
    await second.witness();
    expect(await kinds()).toContain('WITNESS');
    await expect(second.probe()).rejects.toThrow(/witness.example cosigned .* are missing/);
    const [closed] = await courier.dataSource.query<{ why: string | null }[]>(
      'select parley.log_closed_because($1) as why',
      [setting.programme],
    );
    expect(closed?.why).toMatch(/witness.example/);
    witness.away(true);
    await second.witness();
    expect(await kinds()).toContain('WITNESS');

    const transport = openTransport(`smtp://127.0.0.1:${inbox.port}`);
    await alertingBy(transport).pass();
    const told = inbox.mails.find((mail) => mail.text?.includes('A witness saw another log'));
    expect([told?.subject, told?.text]).toEqual([
      'Parley has closed gates (*)',
      expect.stringMatching(/are missing/),
    ]);
    transport.close();

    list(before, '');
    await second.witness();
    expect(await kinds()).not.toContain('WITNESS');
    witness.close();
  });

  async function rolledBackTo(size: number): Promise<void> {
    const { db } = setting;
    for (const table of ['log_checkpoints', 'log_entries', 'log_tiles'])
      await db.query(`alter table parley.${table} disable trigger user`);
    await db.query('delete from parley.log_cosignatures where size > $1', [size]);
    await db.query('delete from parley.log_checkpoints where size > $1', [size]);
    await db.query('delete from parley.log_entries where position >= $1', [size]);
    await db.query('update parley.log_tiles set hashes = substr(hashes, 1, $1) where level = 0', [size * 32]);
  }
});
