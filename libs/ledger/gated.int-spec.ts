// Permits, reads and deposits through the ledger, as the worker asks for them, with the database's gate behind.
import { aDatabase, aSetting, permitted, granted, receive, sealed, signTrust } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { Refused, signContent } from './index';
import type { Draft, Ledger } from './index';

// A loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

let start: Setting;
let setting: Setting;
let worker: Ledger;
beforeAll(async () => {
  start = await (await aSetting(await aDatabase())).withAgreement();
});
beforeEach(() => {
  setting = start.withAnotherProject();
  worker = setting.processes.worker.ledger;
});
afterEach(() => start.db.shiftClock('0'));
afterAll(() => start.close());

const types = async (): Promise<string[]> =>
  (
    await setting.db.query<{ type: string }>(
      'select type from parley.events where stream = $1 order by version',
      [setting.project],
    )
  ).map(({ type }) => type);

function ended(analysis: string): Draft & { command: { type: 'EndAnalysis' } } {
  const { content, contents } = signContent({ files: [] }, { text: 'The result' });
  const command = {
    type: 'EndAnalysis',
    analysis,
    outcome: 'COMPLETED',
    result: content,
    object: 'o',
    reason: null,
  } as const;
  return { command, contents };
}

async function withdraw(kind: 'TRUST' | 'LEGAL', name: 'holder' | 'riskOwner'): Promise<void> {
  const token = await setting.link(name, kind, 'WITHDRAW');
  const draft = await setting.withdrawal(kind);
  await setting.byLink(token, null, draft);
}

it('B23, I1: the permit is refused with what is missing, and given when the last signature stands', async () => {
  await sealed(setting);
  await setting.sign('TRUST', 'official', 'researcher');
  const early = worker.givePermit(setting.project, 'rel1');
  await expect(early).rejects.toMatchObject({
    refusal: { missing: [expect.objectContaining({ rule: 'TRUST' })] },
  });
  expect(await types()).not.toContain('PermitGiven');
  await setting.sign('TRUST', 'holder');
  const receipt = await worker.givePermit(setting.project, 'rel1');
  expect(receipt.entries.map(({ type }) => type)).toEqual(['PermitGiven']);
});

it('I2: a read opens with the key part that was sealed, under a lease that can be renewed', async () => {
  const { keyPart } = await permitted(setting);
  const read = await worker.openRead(setting.project, 'a1');
  expect(read.keyPart.equals(keyPart)).toBe(true);
  expect(await worker.renewLease(read.lease.lease)).toBe(true);
  expect(await worker.renewLease('nonsense')).toBe(false);
  const receipt = await worker.endAnalysis(setting.project, read.lease.lease, ended('a1'));
  expect(receipt.entries.map(({ type }) => type)).toEqual(['AnalysisEnded', 'CheckpointOpened']);
});

it('I3, T10: after a withdrawal no lease is renewed, no read opens and no result is recorded', async () => {
  await permitted(setting);
  const { lease } = await worker.openRead(setting.project, 'a1');
  await withdraw('TRUST', 'holder');
  expect(await worker.renewLease(lease.lease)).toBe(false);
  await expect(worker.openRead(setting.project, 'a1')).rejects.toBeInstanceOf(Refused);
  await expect(worker.endAnalysis(setting.project, lease.lease, ended('a1'))).rejects.toBeInstanceOf(Refused);
  const stopped = {
    type: 'EndAnalysis',
    analysis: 'a1',
    outcome: 'STOPPED',
    result: null,
    object: null,
    reason: 'RELEASE_CLOSED',
  } as const;
  await worker.endAnalysis(setting.project, lease.lease, { command: stopped });
  expect((await types()).at(-1)).toBe('AnalysisEnded');
});

it('I3: withdrawn before the permit, the permit is never given', async () => {
  await sealed(setting);
  await signTrust(setting);
  await withdraw('LEGAL', 'riskOwner');
  await expect(worker.givePermit(setting.project, 'rel1')).rejects.toBeInstanceOf(Refused);
  expect(await types()).not.toContain('PermitGiven');
});

it('a lease that ran out stays out', async () => {
  await permitted(setting);
  const { lease } = await worker.openRead(setting.project, 'a1');
  await setting.db.shiftClock('6 seconds');
  expect(await worker.renewLease(lease.lease)).toBe(false);
});

it('I2, I3: no result is recorded under a lease that ran out; the run still ends without one', async () => {
  await permitted(setting);
  const { lease } = await worker.openRead(setting.project, 'a1');
  await setting.db.shiftClock('6 seconds');
  const late = worker.endAnalysis(setting.project, lease.lease, ended('a1'));
  await expect(late).rejects.toMatchObject({ refusal: { rule: 'LEASE_OVER' } });
  const { command } = ended('a1');
  const stopped = {
    ...command,
    outcome: 'STOPPED',
    result: null,
    object: null,
    reason: 'LEASE_LOST',
  } as const;
  await worker.endAnalysis(setting.project, null, { command: stopped });
  expect((await types()).at(-1)).toBe('AnalysisEnded');
});

it('I3: no result is recorded of a reader who is no safe person any more, though the lease lasts', async () => {
  await permitted(setting);
  const { lease } = await worker.openRead(setting.project, 'a1');
  await setting.db.query(`update parley.gate_analyses set author = 'per_other' where project = $1`, [
    setting.project,
  ]);
  const late = worker.endAnalysis(setting.project, lease.lease, ended('a1'));
  await expect(late).rejects.toMatchObject({ refusal: { rule: 'NOT_READABLE' } });
});

it('with its key part destroyed, a release is read by nobody', async () => {
  await permitted(setting);
  await worker.destroyReleaseKey(setting.project, 'rel1');
  await expect(worker.openRead(setting.project, 'a1')).rejects.toBeInstanceOf(Refused);
});

it('I2: a deposit opens only while its grant stands, and each opening is recorded', async () => {
  await granted(setting);
  await receive(setting);
  const { wrappedKey } = await worker.openDeposit(setting.project, 'd1', 'check');
  expect(wrappedKey).toBe('wrapped');
  expect((await types()).at(-1)).toBe('DepositOpened');
  await setting.byAccount('holder', setting.project, {
    command: {
      type: 'WithdrawGrant',
      request: 'r1',
      mode: 'STOP',
      atOnce: false,
      assurance: 'ACCOUNT',
      reason: null,
    },
  });
  await expect(worker.openDeposit(setting.project, 'd1', 'check')).rejects.toBeInstanceOf(Refused);
});
