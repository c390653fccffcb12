// A hostile insider of the API with somebody's token in hand, against the key of a result: the release gate's own rules decide, in the database.
import { aDatabase, aSetting, permitted } from '#libs/testing';
import type { AnyName, Setting } from '#libs/testing';
import type { WithdrawalMode } from '#libs/domain';
import { commitText, destroyResultPart, keepResultPart, openResult, signContent } from '../index';

jest.setTimeout(60_000);

let start: Setting;
let setting: Setting;
beforeAll(async () => {
  start = await (await aSetting(await aDatabase())).withAgreement();
});
beforeEach(async () => {
  setting = start.withAnotherProject();
  await permitted(setting);
  const { ledger, dataSource } = setting.processes.worker;
  const { lease } = await ledger.openRead(setting.project, 'a1');
  await keepResultPart(dataSource, setting.project, 'a1');
  const { content, contents } = signContent({ files: [] }, { text: 'The result' });
  const command = { type: 'EndAnalysis', analysis: 'a1', outcome: 'COMPLETED', reason: null } as const;
  await ledger.endAnalysis(setting.project, lease.lease, {
    command: { ...command, result: content, object: 'o' },
    contents,
  });
});
afterAll(() => start.close());

/** Whether the API, with this person's token, is given the database's half. */
async function isGiven(name: AnyName): Promise<boolean> {
  const secret = await setting.secretOf(name);
  return (await openResult(setting.processes.api.dataSource, secret, setting.project, 'a1')) !== null;
}

async function checks(): Promise<void> {
  const { command, ...rest } = await setting.decision('OUTPUT');
  const draft = { ...rest, command: { ...command, assurance: 'ACCOUNT' } as typeof command };
  await setting.byAccount('checker', setting.project, draft);
}

async function takesBack(): Promise<void> {
  const { command, ...rest } = await setting.withdrawal('OUTPUT');
  const draft = { ...rest, command: { ...command, assurance: 'ACCOUNT' } as typeof command };
  await setting.byAccount('checker', setting.project, draft);
}

const withdrawsGrant = (mode: WithdrawalMode) =>
  setting.byAccount('holder', setting.project, {
    command: {
      ...{ type: 'WithdrawGrant', request: 'r1', mode, atOnce: false, assurance: 'ACCOUNT', reason: null },
    },
  });

const close = (scope: string) =>
  setting.processes.courier.dataSource.query(`select parley.log_close($1, 'VIEWS', 'they differ')`, [scope]);
const reopen = (scope: string) =>
  setting.processes.courier.dataSource.query(`select parley.log_reopen($1, 'VIEWS')`, [scope]);

describe('the API, taken over, with a token in its hands', () => {
  it('is given the key by a checker’s before the check, by nobody else’s, and by everybody’s afterwards', async () => {
    expect([await isGiven('checker'), await isGiven('researcher'), await isGiven('holder')]).toEqual([
      true,
      false,
      false,
    ]);
    await checks();
    expect([await isGiven('researcher'), await isGiven('holder')]).toEqual([true, true]);
  });

  it('I15: is not given the key of a result whose approval was taken back, but by a checker’s', async () => {
    await checks();
    await takesBack();
    expect([await isGiven('researcher'), await isGiven('checker')]).toEqual([false, true]);
    await checks();
    expect(await isGiven('researcher')).toBe(true);
  });

  it.each([
    ['STOP', true],
    ['STOP_AND_DESTROY', true],
    ['UNLAWFUL', false],
  ] as const)(
    'I15: after a grant was taken back as %s, a checked result is given: %s',
    async (mode, given) => {
      await checks();
      await withdrawsGrant(mode);
      expect([await isGiven('researcher'), await isGiven('checker')]).toEqual([given, true]);
    },
  );

  it('is not given the key of a result that was withheld', async () => {
    const reason = commitText('Too small');
    await setting.onProject('checker', {
      ...{ command: { type: 'WithholdOutput', analysis: 'a1', reason: reason.commitment }, texts: [reason] },
    });
    expect(await isGiven('researcher')).toBe(false);
  });

  it.each(['*', 'the project', 'the programme'])(
    'I13: is given no key by anybody’s while the log is found wrong for %s',
    async (what) => {
      await checks();
      const scope =
        { '*': '*', 'the project': setting.project, 'the programme': setting.programme }[what] ?? '';
      await close(scope);
      for (const name of ['researcher', 'checker'] as const)
        await expect(isGiven(name)).rejects.toMatchObject({ refusal: { rule: 'LOG_CLOSED' } });
      await reopen(scope);
      expect(await isGiven('researcher')).toBe(true);
    },
  );
});

describe('the worker, taken over,', () => {
  it('cannot destroy the key of a result that passed its check and stands; of any other it can, once and for ever', async () => {
    const { dataSource } = setting.processes.worker;
    await checks();
    await expect(destroyResultPart(dataSource, setting.project, 'a1')).rejects.toMatchObject({
      refusal: { rule: 'STILL_NEEDED' },
    });
    await withdrawsGrant('UNLAWFUL');
    const at = await destroyResultPart(dataSource, setting.project, 'a1');
    expect(await destroyResultPart(dataSource, setting.project, 'a1')).toBe(at);
    expect(await isGiven('checker')).toBe(false);
    await expect(keepResultPart(dataSource, setting.project, 'a1')).rejects.toThrow('DESTROYED');
  });

  it('makes no key of a run whose key it was told to destroy before there was one', async () => {
    const { dataSource } = setting.processes.worker;
    await destroyResultPart(dataSource, setting.project, 'a9');
    await expect(keepResultPart(dataSource, setting.project, 'a9')).rejects.toThrow(
      /DESTROYED|NOT_REGISTERED/,
    );
  });
});
