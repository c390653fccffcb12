// How things end: a deposit that does not fit, a release that expires, a run whose release is withdrawn under it.
import { readdir } from 'node:fs/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createRunActivities } from '#activities';
import { certificateIn } from '#libs/contracts/certificate';
import { commitText } from '#libs/ledger';
import { ReleaseManifest } from '#libs/vault';
import type { Vault } from '#libs/vault';
import { Engine } from './testing/engine';
import { recordHistories } from './testing/recording';

jest.setTimeout(90_000);

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

describe('a deposit that does not fit, and a grant that expires', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    const { journey } = engine;
    for (const [name, take] of journey.steps) {
      if (name === 'grant') break;
      await take();
    }
    await journey.grant();
  });
  afterAll(async () => {
    await recordHistories(engine, 'endings');
    await engine.close();
  });

  it('is refused with a report, its bytes and key are destroyed, and another is invited', async () => {
    const { journey } = engine;
    await journey.deposit('name,pay\nJane,1\n');
    await journey.until('the next invitation', ({ project }) => project.deposits['d2']);
    const { project } = await journey.world();
    const refused = project.deposits['d1'];
    expect(refused?.outcome?.accepted).toBe(false);
    expect(refused?.destroyed).not.toBeNull();
    expect(await engine.vault.keys.has('deposit', `${journey.project}/d1`)).toBe(false);
    const wrapped = await engine.setting.db.query(
      'select deposit from parley.deposit_keys where stream = $1 and wrapped is not null',
      [journey.project],
    );
    expect(wrapped).toEqual([]);
    const report = await engine.setting.ledger.content(refused?.outcome?.report ?? '');
    expect(JSON.parse(String(report))).toMatchObject({ accepted: false });
    expect(String(report)).not.toContain('Jane');
  });

  it('T11: what is released expires by the clock; key parts and bytes are destroyed, with a certificate', async () => {
    const { journey } = engine;
    await journey.deposit(undefined, 'd2');
    await journey.proposeRelease(inSeconds(8));
    await journey.trust();
    await journey.until('the permit', ({ project }) => project.releases['rel1']?.permit);
    await journey.until('the end of the release', ({ project }) => project.releases['rel1']?.destroyed);
    const { project } = await journey.world();
    expect(await engine.vault.keys.has('release', `${journey.project}/rel1`)).toBe(false);
    const parts = await engine.setting.db.query(
      'select 1 from parley.release_key_parts where stream = $1 and part is not null',
      [journey.project],
    );
    expect(parts).toEqual([]);
    const certificate = await engine.setting.ledger.content(
      project.releases['rel1']?.destroyed?.certificate ?? '',
    );
    const [kept] = await engine.setting.db.query<{ at: Date }>(
      `select destroyed_at as at from parley.release_key_parts where stream = $1 and release = 'rel1'`,
      [journey.project],
    );
    // What the paper says is what was done, and when: here as the database holds it.
    expect(certificateIn(certificate)).toMatchObject({
      ...{ kind: 'release', keyPart: { existed: true }, left: { keyPart: false, object: false } },
      ...{ ledgerPart: { destroyedAt: kept?.at.toISOString() }, backups: { days: null, goneBy: null } },
      remains: { deposits: ['d2'], releases: [], results: [] },
    });
  });
});

describe('a grant that is taken back so that its data is destroyed at once', () => {
  let engine: Engine;
  const who = commitText(JSON.stringify(['person0000000007']));
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    engine.journey.level = 'ROWS';
    for (const [name, take] of engine.journey.steps) {
      if (name === 'check') break;
      await take();
    }
    await engine.journey.until('the result', ({ project }) => project.analyses['a1']?.ended?.result);
  });
  afterAll(() => engine.close());

  /** Names of the vault's files with bytes of these objects. */
  const kept = async (...objects: (string | null | undefined)[]) =>
    (await readdir(engine.directory, { recursive: true })).filter((name) =>
      objects.some((object) => object != null && name.includes(object)),
    );
  const parts = () =>
    engine.setting.db.query(
      `select 'release' as of from parley.release_key_parts where stream = $1 and part is not null
       union all select 'deposit' from parley.deposit_keys where stream = $1 and wrapped is not null
       union all select 'result' from parley.result_key_parts where stream = $1 and part is not null
       union all select 'units' from parley.unit_key_parts where stream = $1 and part is not null`,
      [engine.journey.project],
    );
  const units = async () => {
    const { project } = await engine.journey.world();
    const core = await engine.setting.ledger.content(project.releases['rel1']?.sealed?.content.core ?? '');
    return ReleaseManifest.parse((JSON.parse(String(core)) as { data: unknown }).data).units;
  };
  const hasKey = (kind: 'release' | 'deposit' | 'result' | 'units', id: string) =>
    engine.vault.keys.has(kind, id === '' ? engine.journey.project : `${engine.journey.project}/${id}`);

  it('T10, T11, I15: leaves neither bytes nor a part of a key of release, deposit and unchecked result, long before any would expire', async () => {
    const { journey, setting } = engine;
    const { releases, deposits, analyses } = (await journey.world()).project;
    const objects = [
      ...[releases['rel1']?.sealed?.object, deposits['d1']?.received?.object],
      analyses['a1']?.ended?.object,
    ];
    expect(await kept(...objects, await units())).toHaveLength(4);
    await setting.byAccount('holder', journey.project, {
      command: {
        ...{ type: 'RecordObjection', assurance: 'ACCOUNT', people: 1, deposit: 'd1', who: who.commitment },
      },
      texts: [who],
    });
    await setting.byAccount('holder', journey.project, {
      command: {
        ...{ type: 'WithdrawGrant', request: 'r1', mode: 'STOP_AND_DESTROY', atOnce: true },
        ...{ assurance: 'ACCOUNT', reason: null },
      },
    });
    const release = await journey.until('its end', ({ project }) => project.releases['rel1']?.destroyed);
    await journey.until('the end of the deposit', ({ project }) => project.deposits['d1']?.destroyed);
    const result = await journey.until(
      'the end of the result',
      ({ project }) => project.analyses['a1']?.destroyed,
    );
    expect(release.at < (releases['rel1']?.permit?.expires ?? '')).toBe(true);
    expect(await kept(...objects)).toEqual([]);
    for (const [kind, id] of [
      ['release', 'rel1'],
      ['deposit', 'd1'],
      ['result', 'a1'],
    ] as const)
      expect([kind, await hasKey(kind, id)]).toEqual([kind, false]);
    expect(await parts()).toEqual([{ of: 'units' }]);
    const [ofRelease, ofResult] = await Promise.all(
      [release, result].map(async ({ certificate }) =>
        certificateIn(await setting.ledger.content(certificate)),
      ),
    );
    expect(ofRelease).toMatchObject({ kind: 'release', keyPart: { existed: true } });
    expect(ofRelease?.remains).toMatchObject({ results: ['a1'], units: await units() });
    expect(ofResult).toMatchObject({
      kind: 'result',
      id: `${journey.project}/a1`,
      keyPart: { existed: true },
    });
    expect(ofResult?.bytes).toBeGreaterThan(0);
    // Whose data it was no longer matters: the pseudonyms of who objected are erased with the deposit.
    expect((await setting.ledger.texts([who.commitment])).size).toBe(0);
  });

  it('T9, T11: the project’s own key, and who was in its releases, end when the project is closed', async () => {
    const { journey } = engine;
    const reason = commitText('There is nothing left to ask.');
    expect(await kept(await units())).toHaveLength(1);
    await journey.give('lead', { type: 'CloseAnalysisStage' });
    await journey.reflect();
    await journey.refine();
    await journey.give('lead', { type: 'CloseProject', reason: reason.commitment }, { texts: [reason] });
    while ((await parts()).length > 0 || (await kept(await units())).length > 0) await engine.change();
    expect(await hasKey('units', '')).toBe(false);
  });
});

describe('runs that end without a result', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    for (const [name, take] of engine.journey.steps) {
      if (name === 'analyse') break;
      await take();
    }
  });
  afterAll(() => engine.close());

  it('T12: parameters that the data cannot answer end the run as failed, with a code and not in words', async () => {
    await engine.journey.analyse({ outcome: 're78', groups: 'unknown' });
    const found = await engine.journey.until(
      'the run to end',
      ({ project }) => project.analyses['a1']?.ended,
    );
    expect(found).toMatchObject({ outcome: 'FAILED', result: null, reason: 'INPUT_REFUSED' });
  });

  it('a run that takes too much memory ends as failed at once, with a code; the worker lives, and the release is as it was', async () => {
    const ended = (analysis: string) =>
      engine.journey.until('the run to end', ({ project }) => project.analyses[analysis]?.ended);
    await engine.rest();
    await engine.work({ memoryMb: 1 });
    const opened = (await engine.eventTypes('ReadOpened')).length;
    await engine.journey.analyse();
    expect(await ended('a2')).toMatchObject({
      ...{ outcome: 'FAILED', result: null, object: null, reason: 'TOOK_TOO_MUCH_MEMORY' },
    });
    expect(await engine.eventTypes('ReadOpened')).toHaveLength(opened + 1);
    expect(await engine.isServed()).toBe(true);
    await engine.rest();
    await engine.work();
    await engine.journey.analyse();
    expect(await ended('a3')).toMatchObject({ outcome: 'COMPLETED', reason: null });
  });

  /** A run of the analysis whose read has begun and would go on for ever, and what it comes to. */
  async function reading(analysis: string) {
    await engine.deaf();
    await engine.rest();
    await engine.journey.analyse();
    const { ledger, dataSource } = engine.setting.processes.worker;
    let begin: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => (begin = resolve));
    const endless: Vault = Object.assign(Object.create(engine.vault) as Vault, {
      readRelease: (_request: unknown, options: { signal: AbortSignal }) => {
        begin();
        return new Promise((_resolve, reject) =>
          options.signal.addEventListener('abort', () => reject(options.signal.reason as Error)),
        );
      },
    });
    const { runAnalysis } = createRunActivities({ ledger, dataSource, vault: endless });
    const attempt = () =>
      new MockActivityEnvironment().run(runAnalysis, { project: engine.journey.project, analysis });
    const run = attempt().then(
      () => 'recorded',
      (error: Error) => error.name,
    );
    await hasBegun;
    return { run, attempt };
  }

  const ended = async (analysis: string) => (await engine.journey.world()).project.analyses[analysis]?.ended;

  it('a run that its author cancels ends within 10 s, with courier and Temporal stopped; nothing of it is kept', async () => {
    const { run, attempt } = await reading('a4');
    const cancelledAt = Date.now();
    const reason = commitText('The wrong field.');
    const command = { type: 'CancelAnalysis', analysis: 'a4', reason: reason.commitment } as const;
    await engine.journey.give('researcher', command, { texts: [reason] });
    expect(['recorded', 'VaultRefusal']).toContain(await run);
    expect(Date.now() - cancelledAt).toBeLessThan(10_000);
    const opened = (await engine.eventTypes('ReadOpened')).length;
    await attempt();
    expect(await ended('a4')).toMatchObject({ outcome: 'STOPPED', result: null, reason: 'CANCELLED' });
    expect(await engine.eventTypes('ReadOpened')).toHaveLength(opened);
  });

  it('T10, I3: a withdrawal ends the read within 10 s, with courier and Temporal stopped; nothing of it is kept', async () => {
    const before = (await engine.eventTypes('ReadOpened')).length;
    const { run, attempt } = await reading('a5');
    const withdrawnAt = Date.now();
    const withdrawal = {
      type: 'WithdrawGrant',
      request: 'r1',
      mode: 'STOP',
      atOnce: false,
      assurance: 'ACCOUNT',
      reason: null,
    } as const;
    await engine.setting.byAccount('holder', engine.journey.project, { command: withdrawal });
    expect(['recorded', 'VaultRefusal']).toContain(await run);
    expect(Date.now() - withdrawnAt).toBeLessThan(10_000);

    // Whoever tries again finds the gate closed.
    await attempt();
    expect(await ended('a5')).toMatchObject({ outcome: 'STOPPED', result: null, reason: 'RELEASE_CLOSED' });
    expect(await engine.eventTypes('ReadOpened')).toHaveLength(before + 1);
  });
});
