// An objection at the database's gate: it closes there too, and nobody but the holder's own account can record one.
import { aDatabase, aSetting, permitted, personId, sealed, signTrust } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { commitText, signContent } from '../index';

let setting: Setting;
beforeEach(async () => {
  setting = await (await aSetting(await aDatabase())).withAgreement();
}, 30_000);
afterEach(() => setting.close());

function objection(name: 'holder' | 'researcher' | 'official', deposit = 'd1') {
  const who = commitText('["pseudonym00000001"]');
  const command = {
    ...({ type: 'RecordObjection', assurance: 'ACCOUNT', people: 1 } as const),
    ...{ deposit, who: who.commitment },
  };
  return setting.byAccount(name, setting.project, { command, texts: [who] });
}

it('T10, I3: a read that was open ends with its next renewal, and none begins any more', async () => {
  await permitted(setting);
  const worker = setting.processes.worker.ledger;
  const { lease } = await worker.openRead(setting.project, 'a1');
  expect(await worker.renewLease(lease.lease)).toBe(true);
  await objection('holder');
  expect(await worker.renewLease(lease.lease)).toBe(false);
  await expect(worker.openRead(setting.project, 'a1')).rejects.toThrow();
}, 60_000);

/** A second release of the same deposit. */
async function proposeAnew(): Promise<void> {
  const why = commitText('The first wave, without who objected');
  await setting.onProject('lead', {
    command: {
      ...({ type: 'ProposeRelease', requests: ['r1'], tier: 'AGGREGATE', purpose: 'earnings' } as const),
      ...{ methods: ['descriptive'], readers: [personId('researcher')] },
      ...{ rationale: { text: why.commitment, cites: [] }, expires: inDays(100) },
    },
    texts: [why],
  });
}

function seal(heeded: string[], compared: string[]) {
  const { content, contents } = signContent({ kind: 'RELEASE', n: 2 }, { text: 'The manifest' });
  const command = {
    ...({ type: 'SealRelease', release: 'rel2', content, rows: 2, bytes: 10 } as const),
    ...{ digest: 'd'.repeat(64), object: 'obj_2', heeded, compared },
  };
  const worker = setting.processes.worker.ledger;
  return worker.sealRelease(setting.project, Buffer.alloc(32, 1), { command, contents });
}

const gate = async (release: string): Promise<string[]> =>
  (
    await setting.db.query<{ rule: string }>('select rule from parley.gate_missing($1, $2, now())', [
      setting.project,
      release,
    ])
  ).map(({ rule }) => rule);

it('a release made afterwards is not closed by it: both gates give its permit', async () => {
  await permitted(setting);
  await objection('holder');
  await proposeAnew();
  await seal(['ob1'], ['rel1']);
  await signTrust(setting);
  await expect(setting.processes.worker.ledger.givePermit(setting.project, 'rel2')).resolves.toBeDefined();
}, 60_000);

it('T10, I3: one recorded while a release is made is not taken for heeded, whatever the clock says', async () => {
  await permitted(setting);
  await objection('holder');
  await proposeAnew();
  await objection('holder');
  await expect(seal(['ob1'], ['rel1'])).rejects.toThrow('OBJECTIONS_SINCE');
  await expect(seal(['ob1', 'ob2'], [])).rejects.toThrow('RELEASES_SINCE');
  await seal(['ob1', 'ob2'], ['rel1']);
  await signTrust(setting);
  expect(await gate('rel2')).toEqual([]);
  // Had the worker not named it, the database would not open, though it is older than the sealing.
  await setting.db.query(`update parley.gate_releases set heeded = '{ob1}' where release = 'rel2'`);
  expect(await gate('rel2')).toEqual(['RELEASE']);
  await expect(setting.processes.worker.ledger.givePermit(setting.project, 'rel2')).rejects.toThrow(
    'people objected',
  );
}, 60_000);

it('T10: one that comes before the permit closes the release at the database too', async () => {
  await sealed(setting);
  await signTrust(setting);
  expect(await gate('rel1')).toEqual([]);
  await objection('holder');
  expect(await gate('rel1')).toEqual(['RELEASE']);
}, 60_000);

it('T10, T11: the pseudonyms of who objected are erased with the deposit, and not before', async () => {
  await permitted(setting);
  await objection('holder');
  await objection('holder');
  const { world } = await setting.ledger.world(setting.project);
  const who = world.project.objections.map((each) => each.who);
  expect((await setting.ledger.texts(who)).size).toBe(2);
  await setting.byWorker({ type: 'CertifyDepositDestroyed', deposit: 'd1', certificate: 'c'.repeat(64) });
  expect((await setting.ledger.texts(who)).size).toBe(0);
  const kept = await setting.db.query(
    'select 1 from parley.openings where commitment = any ($1) and (salt is not null or text is not null)',
    [who],
  );
  expect(kept).toEqual([]);
}, 60_000);

it('an objection brings its own words: it cannot have others erased with its deposit', async () => {
  await permitted(setting);
  const [named] = await setting.db.query<{ commitment: string }>(
    'select commitment from parley.openings where text is not null limit 1',
  );
  const command = {
    ...({ type: 'RecordObjection', assurance: 'ACCOUNT', people: 1 } as const),
    ...{ deposit: 'd1', who: named!.commitment },
  };
  await expect(setting.byAccount('holder', setting.project, { command })).rejects.toThrow('FOREIGN_WORDS');
}, 60_000);

it('nobody else records one: another role, another deposit, or a process by itself', async () => {
  await permitted(setting);
  await expect(objection('researcher')).rejects.toThrow(/role|needs/i);
  await expect(objection('holder', 'd9')).rejects.toThrow(/no deposit/);
  for (const role of ['API', 'WORKER', 'PORTAL'] as const)
    await expect(
      setting.db.query(
        `insert into parley.gate_objections values ($1, 'd1', 99, now(), 'ob9')`,
        [setting.project],
        role,
      ),
    ).rejects.toThrow('permission denied');
}, 60_000);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
