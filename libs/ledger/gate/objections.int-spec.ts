// An objection at the database's gate: it closes there too, and nobody but the holder's own account can record one.
import { aDatabase, aSetting, permitted, personId, signTrust } from '#libs/testing';
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

it('a release sealed afterwards is not closed by it: both gates give its permit', async () => {
  await permitted(setting);
  await objection('holder');
  const why = commitText('The first wave, without who objected');
  await setting.onProject('lead', {
    command: {
      ...({ type: 'ProposeRelease', requests: ['r1'], tier: 'AGGREGATE', purpose: 'earnings' } as const),
      ...{ methods: ['descriptive'], readers: [personId('researcher')] },
      ...{ rationale: { text: why.commitment, cites: [] }, expires: inDays(100) },
    },
    texts: [why],
  });
  const { content, contents } = signContent({ kind: 'RELEASE', n: 2 }, { text: 'The manifest' });
  const command = {
    ...({ type: 'SealRelease', release: 'rel2', content, rows: 2, bytes: 10 } as const),
    ...{ digest: 'd'.repeat(64), object: 'obj_2' },
  };
  const worker = setting.processes.worker.ledger;
  await worker.sealRelease(setting.project, Buffer.alloc(32, 1), { command, contents });
  await signTrust(setting);
  await expect(worker.givePermit(setting.project, 'rel2')).resolves.toBeDefined();
}, 60_000);

it('nobody else records one: another role, another deposit, or a process by itself', async () => {
  await permitted(setting);
  await expect(objection('researcher')).rejects.toThrow(/role|needs/i);
  await expect(objection('holder', 'd9')).rejects.toThrow(/no deposit/);
  for (const role of ['API', 'WORKER', 'PORTAL'] as const)
    await expect(
      setting.db.query(
        `insert into parley.gate_objections values ($1, 'd1', 99, now())`,
        [setting.project],
        role,
      ),
    ).rejects.toThrow('permission denied');
}, 60_000);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
