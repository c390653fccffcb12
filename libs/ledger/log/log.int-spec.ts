// The log on a real database: every entry becomes a leaf once, whoever crashes; a database behind its signed head opens nothing.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  inclusionRanges,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  parseNote,
  sameBytes,
  signedBy,
  splitOf,
} from '#libs/log';
import {
  acceptLoss,
  addLogKey,
  openKeyDirectory,
  openLedger,
  readLog,
  retireLogKeys,
  Sequencer,
} from '#libs/ledger';
import type { KeyDirectory, OpenedLedger } from '#libs/ledger';
import { aDatabase, aSetting, granted, permitted, receive, sealed, signTrust } from '#libs/testing';
import type { Setting } from '#libs/testing';

jest.setTimeout(120_000);

const ORIGIN = 'log.example/parley';
let setting: Setting;
let courier: OpenedLedger;
let directory: string;
let keys: KeyDirectory;

beforeEach(async () => {
  setting = await (await aSetting(await aDatabase())).withAgreement();
  courier = await openLedger({ url: setting.db.urls.COURIER });
  directory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));
  await addLogKey(directory, ORIGIN);
  keys = openKeyDirectory(directory);
});

afterEach(async () => {
  await courier.close();
  await setting.close();
  rmSync(directory, { recursive: true });
});

const aSequencer = (kept = keys) => new Sequencer(courier.dataSource, kept);
const log = () => readLog(courier.dataSource);
const mth = (leaves: Uint8Array[]): Uint8Array => {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const k = splitOf(leaves.length);
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
};

async function leaves(): Promise<{ stream: string; version: number; text: string }[]> {
  return setting.db.query(
    `select l.stream, l.version, e.text from parley.log_entries l join parley.events e using (stream, version) order by position`,
  );
}

/** A deed of the programme, as many times as wanted. */
async function busy(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1)
    await setting.onProgramme('lead', {
      command: { type: 'NameDeputy', deputy: i % 2 === 0 ? 'per_researcher' : 'per_checker' },
    });
}

async function untilIdle(sequencer = aSequencer()): Promise<void> {
  for (let pass = await sequencer.pass(); pass.state === 'SIGNED'; pass = await sequencer.pass());
}

it('a receipt is handed out to be sent once a signed head holds its entry, and other mails before', async () => {
  const { outbox } = courier; // three people have signed the agreement
  const purposes = async () => {
    const rows = await outbox.pending('mail', 1000);
    await outbox.done(rows.map(({ id }) => id));
    return rows.map(({ mail }) => mail?.purpose);
  };
  const before = await purposes();
  expect(before).toContain('SIGN_REQUEST');
  expect(before).not.toContain('SIGN_RECEIPT');
  await courier.dataSource.query('select parley.log_integrate(1000)');
  expect(await purposes()).toEqual([]); // in the log, and under no signed head yet
  await untilIdle();
  expect(await purposes()).toEqual(['SIGN_RECEIPT', 'SIGN_RECEIPT', 'SIGN_RECEIPT']);
});

it('I9: every entry is one leaf, each stream in its order, and every leaf is proved by the signed head', async () => {
  await untilIdle();
  await busy(300);
  await untilIdle();
  const entries = await leaves();
  const [count] = await setting.db.query<{ n: number }>('select count(*)::int as n from parley.events');
  expect(entries).toHaveLength(count?.n ?? 0);
  const last = new Map<string, number>();
  for (const { stream, version } of entries) {
    expect(version).toBe((last.get(stream) ?? 0) + 1);
    last.set(stream, version);
  }
  const head = await log().head();
  if (head === null) throw new Error('nothing was signed');
  const hashes = entries.map(({ text }) => leafHash(text));
  expect(head.size).toBe(entries.length);
  expect(sameBytes(head.root, mth(hashes))).toBe(true);
  const [signer] = await keys.signers();
  const note = parseNote(head.note);
  expect(note && signer && (await signedBy(note, signer))).toBe('SIGNED');
  const tree = log().tree(head.size);
  for (const [index, hash] of hashes.entries())
    expect(isIncluded(hash, index, head, await tree.hashesOf(inclusionRanges(index, head.size)))).toBe(true);
});

it('I9: any later head extends any earlier one', async () => {
  await untilIdle();
  const first = await log().head();
  await busy(5);
  await untilIdle();
  const second = await log().head();
  if (first === null || second === null) throw new Error('nothing was signed');
  expect(second.size).toBe(first.size + 5);
  expect(isConsistent(first, second, await log().consistency(first.size, second.size))).toBe(true);
});

it('I4: a commit that comes late is not passed over', async () => {
  const owner = await openLedger({ url: setting.db.urls.OWNER });
  const runner = owner.dataSource.createQueryRunner();
  await runner.startTransaction();
  // A project's first entry, written and not yet committed, while the programme's own go on.
  await runner.query(
    `insert into parley.streams values ('prj_aaaaaaaaaaaaaaaa', 'project', $1, 1, 'x', now() - interval '1 hour')`,
    [setting.programme],
  );
  await runner.query(
    `insert into parley.events select 'prj_aaaaaaaaaaaaaaaa', 1, 'Nothing', 1, '{}', encode(sha256('{}'), 'hex'), '', now() - interval '1 hour', '{}', '{}', 'test'`,
  );
  await untilIdle();
  const before = (await log().head())?.size ?? 0;
  await runner.commitTransaction();
  await runner.release();
  await owner.close();
  await untilIdle();
  expect((await log().head())?.size).toBe(before + 1);
  expect(await log().positionOf('prj_aaaaaaaaaaaaaaaa', 1)).toBe(before);
});

it('two sequencers at once give one log', async () => {
  const pair = [aSequencer(), aSequencer()];
  await Promise.all([busy(40), ...pair.map((each) => untilIdle(each))]);
  await Promise.all(pair.map((each) => untilIdle(each)));
  await untilIdle();
  const entries = await leaves();
  expect(
    sameBytes((await log().head())?.root ?? new Uint8Array(), mth(entries.map(({ text }) => leafHash(text)))),
  ).toBe(true);
});

it.each(['before the head is kept', 'before the head is published'])(
  'a crash %s loses nothing',
  async (when) => {
    await untilIdle();
    await busy(3);
    const crashing: KeyDirectory = {
      ...keys,
      async keep(note) {
        if (when === 'before the head is published') await keys.keep(note);
        throw new Error('crash');
      },
    };
    await expect(aSequencer(crashing).pass()).rejects.toThrow('crash');
    await untilIdle();
    const head = await log().head();
    expect(head?.size).toBe((await leaves()).length);
    expect(await keys.lastSigned()).toBe(head?.note);
    expect(await log().closures()).toEqual([]);
  },
);

describe('I9: a database that is behind its last signed head', () => {
  /** What an old backup brings back: the database as it was, while the key directory went on. */
  async function restoreOldBackup(): Promise<void> {
    await untilIdle();
    await busy(4);
    const { size } = (await log().head()) ?? { size: 0 };
    await untilIdle();
    const note = await keys.lastSigned();
    // The tail is lost, as in a dump taken before it.
    for (const table of ['log_checkpoints', 'log_entries', 'events'])
      await setting.db.query(`alter table parley.${table} disable trigger user`);
    await setting.db.query('delete from parley.log_checkpoints where size > $1', [size]);
    await setting.db.query('delete from parley.log_entries where position >= $1', [size]);
    await setting.db.query(
      `delete from parley.events e where not exists (select from parley.log_entries l where (l.stream, l.version) = (e.stream, e.version))`,
    );
    for (const table of ['log_checkpoints', 'log_entries', 'events'])
      await setting.db.query(`alter table parley.${table} enable trigger user`);
    await setting.db.query('delete from parley.outbox');
    writeFileSync(path.join(directory, 'last-signed'), note ?? '');
  }

  it('is closed, and says which entries are missing', async () => {
    await restoreOldBackup();
    const pass = await aSequencer().pass();
    const size = (await leaves()).length;
    expect(pass).toEqual({
      state: 'CLOSED',
      reason: `the database is behind its log: entries ${size} to ${size + 3} were signed and are missing`,
    });
    expect(await log().closures()).toMatchObject([{ scope: '*', kind: 'LOG' }]);
  });

  it('opens again once a person has ended that log, under another name to which its key handed over', async () => {
    await restoreOldBackup();
    expect((await aSequencer().pass()).state).toBe('CLOSED');
    const owner = await openLedger({ url: setting.db.urls.OWNER });
    const loss = { by: 'The operator and the auditor', reason: 'The disk of 3 May' };
    await expect(acceptLoss(owner.dataSource, directory, { origin: ORIGIN, ...loss })).rejects.toThrow(
      'a name of its own',
    );
    await acceptLoss(owner.dataSource, directory, { origin: 'log.example/second', ...loss });
    await owner.close();
    await untilIdle();
    expect(await log().closures()).toEqual([]);
    await setting.db.query(
      `update parley.streams s set (version, head) = (select e.version, e.hash from parley.events e where e.stream = s.id order by version desc limit 1)`,
    );
    await busy(1);
    await untilIdle();
    expect((await log().head())?.origin).toBe('log.example/second');
    expect(await log().handovers()).toHaveLength(1);
  });

  it('stays closed when it has grown past that head another way', async () => {
    await restoreOldBackup();
    await setting.db.query(
      `update parley.streams s set (version, head) = (select e.version, e.hash from parley.events e where e.stream = s.id order by version desc limit 1)`,
    );
    await busy(9);
    const pass = await aSequencer().pass();
    expect(pass).toMatchObject({
      state: 'CLOSED',
      reason: expect.stringMatching(/missing|not those that were signed/) as string,
    });
  });
});

describe('I13: while something is wrong with the log', () => {
  const worker = () => setting.processes.worker.ledger;
  const opened = () => worker().openDeposit(setting.project, 'd1', 'check');

  it('no permit is given, no deposit opened, no lease renewed; people go on deciding, and withdrawing', async () => {
    await sealed(setting);
    await signTrust(setting);
    await courier.dataSource.query(`select parley.log_close($1, 'VIEWS', 'they differ')`, [setting.project]);
    const closed = {
      refusal: { rule: 'LOG_CLOSED', reason: expect.stringContaining('they differ') as string },
    };
    await expect(worker().givePermit(setting.project, 'rel1')).rejects.toMatchObject(closed);
    const token = await setting.link('holder', 'TRUST', 'WITHDRAW');
    await setting.byLink(token, null, await setting.withdrawal('TRUST'));
    await courier.dataSource.query(`select parley.log_reopen($1, 'VIEWS')`, [setting.project]);
    const [wake] = await setting.db.query(
      `select from parley.outbox where key like 'wake/%/reopened/%' and stream = $1`,
      [setting.project],
    );
    expect(wake).toBeDefined();
  });

  it('a lease is not renewed once the log is found wrong', async () => {
    await permitted(setting);
    const { lease } = await worker().openRead(setting.project, 'a1');
    expect(await worker().renewLease(lease.lease)).toBe(true);
    await courier.dataSource.query(`select parley.log_close('*', 'LOG', 'lost')`);
    await expect(worker().renewLease(lease.lease)).rejects.toThrow('LOG_CLOSED');
  });

  it('a restored database opens nothing until it was compared with the last signed head', async () => {
    await granted(setting);
    await receive(setting);
    await untilIdle();
    // As a dump brings it back: the row is there, the table is another one.
    await setting.db.query('update parley.log_attested set of_table = of_table::bigint + 1');
    await expect(opened()).rejects.toThrow('has not been compared');
    await untilIdle();
    await expect(opened()).resolves.toBeDefined();
  });
});

it('I13: where heads were signed before and the last one is missing, or is not signed by the key, nothing opens', async () => {
  await untilIdle();
  const note = readFileSync(path.join(directory, 'last-signed'), 'utf8');
  rmSync(path.join(directory, 'last-signed'));
  expect(await aSequencer().pass()).toMatchObject({
    state: 'CLOSED',
    reason: expect.stringContaining('is missing') as string,
  });
  writeFileSync(path.join(directory, 'last-signed'), note.replace(/\n\d+\n/, '\n1\n'));
  expect(await aSequencer().pass()).toMatchObject({
    state: 'CLOSED',
    reason: expect.stringContaining('not signed') as string,
  });
  writeFileSync(path.join(directory, 'last-signed'), note);
  expect(await aSequencer().pass()).toEqual({ state: 'IDLE' });
  expect(await log().closures()).toEqual([]);
});

it('a new key takes over with a note that both sign, and the log goes on', async () => {
  await untilIdle();
  await addLogKey(directory, ORIGIN);
  const both = await keys.signers();
  await busy(1);
  await untilIdle();
  const head = parseNote((await log().head())?.note ?? '');
  const [handover] = await log().handovers();
  for (const signer of both) {
    expect(head && (await signedBy(head, signer))).toBe('SIGNED');
    const note = parseNote(handover ?? '');
    expect(note && (await signedBy(note, signer))).toBe('SIGNED');
  }
  await retireLogKeys(directory);
  await busy(1);
  await untilIdle();
  const next = parseNote((await log().head())?.note ?? '');
  if (next === null) throw new Error('nothing was signed');
  const states = await Promise.all(both.map((signer) => signedBy(next, signer)));
  expect(states).toEqual(['NOT_SIGNED', 'SIGNED']);
});

it('nobody but the courier sequences, and nobody changes what is in the log', async () => {
  await untilIdle();
  for (const role of ['API', 'PORTAL', 'WORKER', 'AUDITOR'] as const)
    await expect(setting.db.query('select parley.log_integrate(1)', [], role)).rejects.toThrow(
      'permission denied',
    );
  for (const role of ['COURIER', 'API'] as const) {
    await expect(setting.db.query('delete from parley.log_waiting', [], role)).rejects.toThrow(
      'permission denied',
    );
    await expect(setting.db.query(`update parley.log_tiles set hashes = hashes`, [], role)).rejects.toThrow(
      'permission denied',
    );
  }
  await expect(setting.db.query('delete from parley.log_entries')).rejects.toThrow('IMMUTABLE');
  await expect(setting.db.query('update parley.log_checkpoints set note = note')).rejects.toThrow(
    'IMMUTABLE',
  );
});
