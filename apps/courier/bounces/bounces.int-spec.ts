// Mail that cannot be delivered, on a real mail server: noted, told once to those who can act, cleared by a new address.
import { generateKeyPairSync, verify } from 'node:crypto';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import pino from 'pino';
import { SMTPServer } from 'smtp-server';
import { addLogKey, commitText } from '#libs/ledger';
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { createCourier } from '../app';
import type { Courier, CourierSettings } from '../app';
import { Jobs, outboxIds } from '../testing/jobs';
import { aReport } from '../testing/report';

jest.setTimeout(60_000);

interface Taken {
  from: string;
  to: string;
  raw: string;
}

let setting: Setting;
let logDirectory: string;
let courier: Courier | undefined;
let server: SMTPServer;
let port: number;
/** Recipients the mail server refuses for good, and those it refuses for now. */
let refused: Set<string>;
let busy: Set<string>;
let taken: Taken[];
let logged: string;

beforeEach(async () => {
  [refused, busy, taken, logged] = [new Set(), new Set(), [], ''];
  setting = await aSetting(await aDatabase());
  await setting.withRoster();
  logDirectory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));
  await addLogKey(logDirectory, 'log.example/parley');
  server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] },
    onRcptTo: ({ address }, _session, done) =>
      done(
        refused.has(address)
          ? Object.assign(new Error(`5.1.1 <${address}>: no such user`), { responseCode: 550 })
          : busy.has(address)
            ? Object.assign(new Error(`4.2.1 <${address}>: try again`), { responseCode: 450 })
            : undefined,
      ),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const raw = Buffer.concat(chunks).toString('latin1');
        taken.push({ from, to: envelope.rcptTo[0]?.address ?? '', raw });
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.server.address() as { port: number }).port;
});

afterEach(async () => {
  await courier?.close();
  courier = undefined;
  await new Promise<void>((closed) => server.close(closed));
  await setting.close();
  rmSync(logDirectory, { recursive: true });
});

async function startCourier(more: Partial<CourierSettings> = {}): Promise<Courier> {
  const log = pino({ level: 'debug' }, { write: (line: string) => void (logged += line) });
  courier = await createCourier(
    {
      ...{ databaseUrl: setting.db.urls.COURIER, logDirectory },
      temporal: { address: process.env.TEMPORAL_ADDRESS ?? '', namespace: 'default', taskQueue: 'bounces' },
      ...{ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Parley <parley@example.org>' },
      ...{ portalUrl: 'https://portal.example.org', sequenceEvery: 100, pollEvery: 200, lockDuration: 2000 },
      ...more,
    },
    log,
  );
  return courier;
}

const BOUNCES = { bounces: { address: 'bounces@example.org', port: 0 } };

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; !(await isSo());) {
    if (Date.now() > end) throw new Error(`${what}: ${taken.map(({ to }) => to).join(', ')}\n${logged}`);
    await new Promise((soon) => setImmediate(soon));
  }
}

const notices = () => taken.filter(({ raw }) => /^Subject: .*Mail comes back/m.test(raw));
const undeliverable = async () =>
  (
    await setting.db.query<{ person: string }>('select person from parley.undeliverable($1)', [
      setting.programme,
    ])
  ).map(({ person }) => person);

/** Hands a report to the courier's own mail server, as the one that could not deliver does. */
async function comesBack(to: string, report: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: courier?.bouncePort ?? 0, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from: '', to }, raw: report });
  } finally {
    transport.close();
  }
}

it('a report by the keyed return path marks the address, tells the lead and the registrar once, and nothing else', async () => {
  await startCourier(BOUNCES);
  await setting.proposeAgreement();
  await until(() => taken.length === 3, 'three requests');
  const sent = taken.find(({ to }) => to.startsWith('riskOwner'));
  expect(sent?.from).toMatch(/^bounces\+\d+-[0-9a-f]{12}-[0-9a-f]{20}@example\.org$/);
  await expect(comesBack('bounces+1-aaaaaaaaaaaa-aaaaaaaaaaaaaaaaaaaa@example.org', '')).rejects.toThrow(
    /550/,
  );
  await comesBack(sent?.from ?? '', aReport({ action: 'delayed', status: '4.4.1' }));
  expect(await undeliverable()).toEqual([]);
  const report = aReport({ action: 'failed', status: '5.1.1', to: sent?.to ?? '' });
  await comesBack(sent?.from ?? '', report);
  await comesBack(sent?.from ?? '', report);
  expect(await undeliverable()).toEqual([personId('riskOwner')]);
  await until(() => notices().length === 2, 'two notices');
  expect(
    notices()
      .map(({ to }) => to.split('@')[0])
      .sort(),
  ).toEqual(['holder', 'lead']);
  for (const { raw } of notices()) expect(raw).not.toMatch(/Person riskOwner|riskOwner@/);
  const jobs = JSON.stringify(await new Jobs(setting.db).everything());
  for (const personal of ['@example.org', 'Person ']) expect(jobs + logged).not.toContain(personal);
});

it('a recipient refused for good while sending is the same, and a new address of theirs clears it', async () => {
  refused.add('official@example.org');
  await startCourier(BOUNCES);
  await setting.db.query(`insert into parley.outbox (key, kind, stream, version, mail)
    values ('test', 'mail', '${setting.programme}', 1,
      '{"purpose":"ACCESS","person":"${personId('official')}","about":"","round":0,"count":1}')`);
  await until(async () => (await undeliverable()).length === 1, 'the refusal');
  expect(await undeliverable()).toEqual([personId('official')]);
  await until(() => notices().length > 0, 'a notice');
  const address = commitText('official@elsewhere.example');
  await setting.byAccount('checker', setting.programme, {
    command: { type: 'ChangeAddress', person: personId('official'), address: address.commitment },
    texts: [address],
  });
  await setting.db.query(`update parley.contacts set effective_at = now() where person = $1`, [
    personId('official'),
  ]);
  expect(await undeliverable()).toEqual([]);
});

it('of mails taken together, one refused for good is given up, one refused for now tried again, and neither holds others back', async () => {
  refused.add('riskOwner@example.org');
  busy.add('checker@example.org');
  await setting.proposeAgreement();
  const requests = await setting.db.query<{ id: string }>(
    `select id::text from parley.outbox where mail ->> 'purpose' = 'SIGN_REQUEST'`,
  );
  await startCourier();
  const jobs = new Jobs(setting.db);
  await until(async () => {
    const again = await jobs.tried(2);
    return requests.every(({ id }) => again.includes(id));
  }, 'the job of all three, tried again');
  const asked = () =>
    taken.filter(({ raw }) => /^Subject: Your decision is asked/m.test(raw)).map(({ to }) => to);
  expect(asked()).toEqual(['researcher@example.org']);
  busy.clear();
  await until(() => asked().length === 2, 'the one refused for now');
  await until(async () => (await jobs.tried(0)).length === 0, 'no job any more');
  expect(asked()).toEqual(['researcher@example.org', 'checker@example.org']);
  expect(await undeliverable()).toEqual([personId('riskOwner')]);
  const open = await setting.db.query(
    `select mail ->> 'person' as person, failure, not_before = 'infinity' as is_over, job from parley.outbox
       where kind = 'mail' and mail ->> 'purpose' = 'SIGN_REQUEST' and done_at is null`,
  );
  expect(open).toEqual([
    {
      ...{ person: personId('riskOwner'), failure: expect.stringContaining('550') as string },
      ...{ is_over: true, job: null },
    },
  ]);
});

it('a job is no more mails than the server takes in a tenth of a second, so that urgent ones wait no longer', async () => {
  const keptJobs = await new Jobs(setting.db).keep();
  await setting.proposeAgreement();
  await startCourier({ mailsPerSecond: 20 });
  await until(() => taken.length === 3, 'three requests');
  expect(taken[0]?.from).toBe('parley@example.org');
  const sizes = (await keptJobs()).map((job) => outboxIds([job]).length);
  expect(Math.max(...sizes)).toBe(2);
});

it('DKIM: each mail is signed as the domain, and the signature holds (RFC 6376)', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await startCourier({ dkim: { domainName: 'example.org', keySelector: 'parley2027', privateKey: pem } });
  await setting.proposeAgreement();
  await until(() => taken.length === 3, 'three requests');
  for (const { raw } of taken) {
    const { tags, signed, body } = dkimOf(raw);
    expect(tags).toMatchObject({ a: 'rsa-sha256', d: 'example.org', s: 'parley2027', c: 'relaxed/relaxed' });
    expect(tags['h']?.toLowerCase().split(':')).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'message-id']),
    );
    expect(createHash('sha256').update(body, 'latin1').digest('base64')).toBe(tags['bh']);
    const signature = Buffer.from(tags['b'] ?? '', 'base64');
    expect(verify('sha256', Buffer.from(signed, 'latin1'), publicKey, signature)).toBe(true);
    const tampered = signed.replace(/subject:/, 'subject: x');
    expect(verify('sha256', Buffer.from(tampered, 'latin1'), publicKey, signature)).toBe(false);
  }
});

const relaxed = (header: string): string => {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${header.slice(0, colon).trim().toLowerCase()}:${value}`;
};

/** What a verifier hashes: header fields and body in relaxed canonical form (RFC 6376 § 3.4, § 3.7). */
function dkimOf(raw: string) {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, end).split(/\r\n(?![ \t])/);
  const own = headers.find((header) => /^dkim-signature:/i.test(header)) ?? '';
  const tags = Object.fromEntries(
    own
      .slice(own.indexOf(':') + 1)
      .split(';')
      .map((tag) => tag.replace(/\s+/g, ''))
      .filter((tag) => tag.includes('='))
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  ) as Record<string, string>;
  const unused = headers.filter((header) => header !== own);
  const chosen = (tags['h'] ?? '').split(':').flatMap((name) => {
    const at = unused.findLastIndex((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at < 0 ? [] : unused.splice(at, 1).map(relaxed);
  });
  const unsigned = relaxed(own).replace(/(\bb=)[^;]*/, '$1');
  const lines = raw
    .slice(end + 4)
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return {
    tags,
    signed: [...chosen, unsigned].join('\r\n'),
    body: lines.map((line) => `${line}\r\n`).join(''),
  };
}
