// Every word the courier puts into a mail is the catalogue's or a person's: sent in a language nobody speaks, so that any other shows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { latinIn, pseudoLanguage } from '#libs/language/testing';
import { addLogKey, commitText, signContent } from '#libs/ledger';
import { aDatabase, aSetting, granted, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { createCourier } from './app';
import type { Courier } from './app';
import { Inbox } from './testing/inbox';

jest.setTimeout(120_000);

/** What people named, and what programs read: addresses (first and whole: a link's token may hold what looks like an id), digests, ids, file names. */
const VALUES = [
  ...['Work and earnings', 'Did the programme raise earnings?', 'Core team', 'Room 4', 'No quorum', 'Parley'],
  ...['org_university', 'org_council', 'org_holder', 'org_panel'],
];
const IDS =
  /https?:\/\/\S+|[A-Za-z0-9+\/]{43}=|\b(?:prj|pgm|per|org)_\w+|\b[0-9a-f]{8,64}\b|\b[a-z]{1,3}\d+\b|\bPerson \w+\b|\S+@\S+/g;

let setting: Setting;
let courier: Courier;
const inbox = new Inbox();
const logDirectory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));

beforeAll(async () => {
  setting = await aSetting(await aDatabase());
  await inbox.open();
  await addLogKey(logDirectory, 'log.example/parley');
  courier = await createCourier(
    {
      ...{ databaseUrl: setting.db.urls.COURIER, logDirectory, sequenceEvery: 100, pollEvery: 200 },
      ...{ smtpUrl: `smtp://127.0.0.1:${inbox.port}`, from: 'Parley <parley@example.org>' },
      ...{ portalUrl: 'https://portal.example.org', language: pseudoLanguage(), headsEvery: 500 },
      temporal: {
        ...{ address: process.env.TEMPORAL_ADDRESS ?? '', namespace: 'default' },
        taskQueue: `words-${setting.programme}`,
      },
    },
    pino({ level: 'silent' }),
  );
});

afterAll(async () => {
  await courier?.close();
  await inbox.close();
  await setting?.close();
  rmSync(logDirectory, { recursive: true });
});

/** Everything ordered so far is sent, or was found to be needless. */
async function sent(): Promise<void> {
  const end = AbortSignal.timeout(30_000);
  for (;;) {
    const left = await setting.db.query(
      `select 1 from parley.outbox where kind = 'mail' and done_at is null`,
    );
    if (left.length === 0) return;
    if (end.aborted) throw new Error(`${left.length} mails were not sent within half a minute`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

/** A project's life as far as its mails go. */
async function live(): Promise<void> {
  await setting.withAgreement();
  await sent();
  await granted(setting);
  await sent();
  const { links } = setting.processes.portal;
  for (const [name, kind] of [
    ['official', 'QUESTION'],
    ['riskOwner', 'LEGAL'],
  ] as const) {
    const { stream, checkpoint, round } = await setting.asked(kind);
    await links.askFreshAbout(stream, personId(name), checkpoint, round.round);
  }
  await nameDeputy();
  await setting.processes.api.credentials.invite(setting.programme, personId('lay'));
  await requestData();
  await meet();
  await takeBack();
  // Before the clock is moved: a code that was ordered long ago is not sent any more.
  await setting.proposeBoundary();
  await links.askCode(await setting.link('riskOwner', 'LEGAL'));
  await sent();
  await ask();
  await sent();
}

async function nameDeputy(): Promise<void> {
  const [token, signedAs] = [await setting.link('riskOwner', 'LEGAL'), commitText('Person riskOwner')];
  const command = { type: 'NameDeputy', deputy: null, assurance: 'LINK' } as const;
  await setting.processes.portal.ledger.byCode({ token, code: null, stream: setting.programme }, () => ({
    ...{ command: { ...command, signedAs: signedAs.commitment }, texts: [signedAs] },
  }));
}

async function meet(): Promise<void> {
  const [title, place, reason] = [commitText('Core team'), commitText('Room 4'), commitText('No quorum')];
  const startsAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const call = { startsAt, minutes: 60, invited: [personId('researcher')] };
  const named = { title: title.commitment, place: place.commitment };
  await setting.onProgramme('lead', {
    command: { type: 'CallMeeting', ...call, ...named },
    texts: [title, place],
  });
  await sent();
  const cancel = { type: 'CancelMeeting', meeting: 'mt1', reason: reason.commitment } as const;
  await setting.onProgramme('lead', { command: cancel, texts: [reason] });
}

/** A second question: its covering text changes, it is asked for again, reminded, escalated, and lapses; an incident nobody reports. */
async function ask(): Promise<void> {
  await setting.proposeQuestion();
  const what = commitText('Incident');
  const awareAt = new Date(Date.now() - 60_000).toISOString();
  const record = { type: 'RecordIncident', what: what.commitment, awareAt } as const;
  await setting.onProject('lead', { command: record, texts: [what] });
  const { checkpoint, round } = await setting.asked('QUESTION');
  const { content, contents } = signContent({}, { text: 'In other words' });
  const cover = { type: 'ChangeCover', checkpoint, cover: content.cover } as const;
  await setting.onProject('lead', { command: cover, contents });
  await sent();
  for (const later of ['6 days', '11 days', '15 days']) {
    await setting.db.shiftClock(later);
    await setting.byWorker({ type: 'KeepTime', checkpoint, round: round.round });
    await setting.byWorker({ type: 'KeepIncidentTime' });
    await setting.byWorker({ type: 'KeepRequestTime', request: 'r2' });
    await sent();
  }
  await setting.db.shiftClock('0');
}

/** A second request, which nobody answers. */
async function requestData(): Promise<void> {
  const { content, contents } = signContent({ kind: 'REQUEST' }, { text: 'What we ask' });
  const why = commitText('To answer the question');
  const ask = { source: 'programme', fields: ['treat'], tier: 'DEIDENTIFIED', purpose: 'earnings' } as const;
  await setting.onProject('lead', {
    command: {
      ...{
        type: 'SendRequest',
        holder: 'org_holder',
        content,
        rationale: { text: why.commitment, cites: [] },
      },
      ask: { ...ask, fields: ['treat'], methods: ['descriptive'], linkage: false },
    },
    contents,
    texts: [why],
  });
}

async function takeBack(): Promise<void> {
  const token = await setting.link('checker', 'ETHICAL', 'WITHDRAW');
  const draft = await setting.withdrawal('ETHICAL');
  await setting.byLink(token, null, {
    ...draft,
    command: { ...draft.command, disowned: true },
  } as typeof draft);
}

it('no mail the courier sends says a word from outside the catalogue', async () => {
  await live();
  const purposes = new Set(
    inbox.mails.map(({ messageId }) => /\.([a-z_]+)\.\d+\.per/.exec(messageId ?? '')?.[1]),
  );
  const found = inbox.mails.flatMap(({ subject, text }) =>
    [subject ?? '', text ?? ''].flatMap((part) => latinIn(part.replace(IDS, ' '), VALUES)),
  );
  expect(found).toEqual([]);
  // What a project's life sends: were one of these missing, nothing would have been looked at.
  const missing = [
    ...[
      'sign_request',
      'sign_code',
      'sign_receipt',
      'round_outcome',
      'fresh_link',
      'cover_changed',
      'access',
    ],
    ...['sign_reminder', 'sign_escalation', 'round_lapsed', 'withdrawal_notice', 'data_request'],
    ...[
      'incident_reminder',
      'data_request_lapsed',
      'grant_notice',
      'deposit_invited',
      'meeting_invitation',
      'meeting_cancelled',
      'log_head',
      'deputy_receipt',
    ],
  ].filter((purpose) => !purposes.has(purpose));
  expect(missing).toEqual([]);
});
