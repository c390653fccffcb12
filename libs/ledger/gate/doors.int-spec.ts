// The doors of the database's gate against a worker that was taken over, and against everything happening at once.
import { decideProject } from '#libs/domain';
import type { Actor, Condition, DomainEvent, EventData } from '#libs/domain';
import { aDatabase, aSetting, permitted, personId, sealed, signTrust } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { entryTexts, signContent } from '../index';
import type { Place } from '../index';

const GATE: Actor = { process: 'gate' };
const WORKER: Actor = { process: 'worker' };

interface Answer {
  ok: boolean;
  refusal?: { rule: string; missing: { rule: string }[] };
}

let setting: Setting;
beforeEach(async () => {
  setting = await (await aSetting(await aDatabase())).withAgreement();
}, 30_000);
afterEach(() => setting.close());

async function texts(events: DomainEvent[], actor: Actor): Promise<string[]> {
  const sql = `select s.version, s.head, parley.instant(parley.wall_clock()) as now from parley.streams s where id = $1`;
  const [place] = await setting.db.query<Place & { now: string }>(sql, [setting.project]);
  if (!place) throw new Error('there is no project');
  return entryTexts(setting.project, place, events, actor, place.now);
}

/** Calls a door as the worker, with texts the domain has never seen. */
async function knock(door: string, events: DomainEvent[], actor = GATE, ...more: unknown[]): Promise<Answer> {
  const places = more.map((_, index) => `, $${index + 3}`).join('');
  const sql = `select parley.${door}($1, $2${places}) as answer`;
  const parameters = [setting.project, await texts(events, actor), ...more];
  return (await setting.db.query<{ answer: Answer }>(sql, parameters, 'WORKER'))[0]?.answer ?? { ok: false };
}

const rules = ({ refusal }: Answer): string[] => refusal?.missing.map(({ rule }) => rule) ?? [];

type Permit = { type: 'PermitGiven'; data: EventData<'PermitGiven'> };

/** The permit the domain would give, whether or not it may. */
async function permit(over: Partial<Permit['data']> = {}): Promise<Permit> {
  const { world, now } = await setting.ledger.world(setting.project);
  const decided = decideProject(world, { type: 'GivePermit', release: 'rel1' }, GATE, now);
  const honest = decided.ok ? (decided.events[0] as Permit).data : await unsigned();
  return { type: 'PermitGiven', data: { ...honest, ...over } };
}

async function unsigned(): Promise<Permit['data']> {
  const { programme, project } = await setting.world();
  const core = project.releases['rel1']?.sealed?.content.core ?? '';
  const expires = new Date(Date.now() + 1000 * 3600).toISOString();
  const heads = { programmeVersion: programme.version, projectVersion: project.version };
  return { release: 'rel1', wave: 1, core, conditions: [], expires, ...heads };
}

async function withdraw(kind: 'TRUST' | 'AGREEMENT', name: 'holder' | 'checker'): Promise<void> {
  const token = await setting.link(name, kind, 'WITHDRAW');
  const draft = await setting.withdrawal(kind);
  await setting.byLink(token, null, draft);
}

describe('a permit', () => {
  it('B23, I1: is refused to a worker that asks nobody, with everything that is missing', async () => {
    await sealed(setting);
    await setting.sign('TRUST', 'official', 'researcher');
    expect(rules(await knock('give_permit', [await permit()]))).toEqual(['TRUST']);
    await setting.sign('TRUST', 'holder');
    const given = await permit();
    expect(await knock('give_permit', [given])).toMatchObject({ ok: true });
    expect(await knock('give_permit', [given])).toMatchObject({
      ok: false,
      refusal: { rule: 'PERMITTED' },
    });
  }, 30_000);

  it('I6, B27: is refused with another core, a longer life, fewer conditions, other heads or anything besides', async () => {
    await sealed(setting);
    await setting.sign('TRUST', 'official', 'researcher');
    const condition: Condition = { kind: 'NO_USE_FOR', value: 'sanctions' };
    await signWith([condition]);
    const honest = await permit();
    expect(honest.data.conditions).toContainEqual(condition);
    const forged: Partial<Permit['data']>[] = [
      { core: 'f'.repeat(64) },
      { expires: '2099-01-01T00:00:00.000Z' },
      { expires: '2020-01-01T00:00:00.000Z' },
      { conditions: [] },
      { wave: 2 },
      { projectVersion: 1 },
      { programmeVersion: 1 },
    ];
    for (const over of forged)
      await expect(knock('give_permit', [await permit(over)])).rejects.toThrow('FLAWED_PERMIT');
    await expect(knock('give_permit', [honest, honest])).rejects.toThrow('FOREIGN_TYPE');
    await expect(knock('open_read', [honest])).rejects.toThrow('FOREIGN_TYPE');
    await expect(knock('give_permit', [honest], { person: personId('lead') })).rejects.toThrow(
      'FOREIGN_ACTOR',
    );
    expect(await knock('give_permit', [honest])).toMatchObject({ ok: true });
  }, 30_000);

  async function signWith(conditions: Condition[]): Promise<void> {
    const token = await setting.link('holder', 'TRUST');
    const code = await setting.code('holder', 'TRUST', token);
    const draft = await setting.decision('TRUST', 'APPROVED_WITH_CONDITIONS');
    const command = { ...draft.command, conditions } as typeof draft.command;
    await setting.byLink(token, code, { ...draft, command });
  }
});

describe('reads and results', () => {
  const read = (over: Record<string, unknown> = {}): DomainEvent => ({
    type: 'ReadOpened',
    data: { release: 'rel1', analysis: 'a1', read: 1, ...over },
  });
  const { content } = signContent({ files: [] }, { text: 'Made up' });
  const ended = (over: Record<string, unknown> = {}): DomainEvent => ({
    type: 'AnalysisEnded',
    data: { analysis: 'a1', outcome: 'COMPLETED', result: content, object: 'o', reason: null, ...over },
  });

  it('I2: no read of a run that is unknown, of another release or out of turn', async () => {
    await permitted(setting);
    expect(await knock('open_read', [read({ analysis: 'a9' })])).toMatchObject({ ok: false });
    await expect(knock('open_read', [read({ release: 'rel9' })])).rejects.toThrow('FOREIGN_READ');
    await expect(knock('open_read', [read({ read: 7 })])).rejects.toThrow('FOREIGN_READ');
    expect(await knock('open_read', [read()])).toMatchObject({ ok: true });
  }, 30_000);

  it('no result without a lease of this run, or put up as anything but what was found', async () => {
    await permitted(setting);
    const { lease } = await setting.processes.worker.ledger.openRead(setting.project, 'a1');
    const output = (core: string): DomainEvent =>
      ({
        type: 'CheckpointOpened',
        data: { kind: 'OUTPUT', subject: { type: 'output', id: 'a1' }, content: { ...content, core } },
      }) as unknown as DomainEvent;
    const end = (events: DomainEvent[], key: string | null) => knock('end_analysis', events, WORKER, key);
    await expect(end([ended()], lease.lease)).rejects.toThrow('FOREIGN_TYPE');
    await expect(end([ended(), output('other')], lease.lease)).rejects.toThrow('FOREIGN_RESULT');
    await expect(end([ended({ outcome: 'FAILED' }), output(content.core)], lease.lease)).rejects.toThrow(
      'FOREIGN_RESULT',
    );
    expect(await end([ended(), output(content.core)], null)).toMatchObject({ ok: false });
    expect(await end([ended(), output(content.core)], 'made up')).toMatchObject({ ok: false });
  }, 30_000);
});

describe('everything at once', () => {
  const versions = async (type: string): Promise<number[]> => {
    const sql = 'select version from parley.events where stream = $1 and type = $2 order by version';
    const rows = await setting.db.query<{ version: number }>(sql, [setting.project, type]);
    return rows.map(({ version }) => version);
  };

  it('I3: the permit and the withdrawal of a signature, at once: never the permit after it', async () => {
    await sealed(setting);
    await signTrust(setting);
    const worker = setting.processes.worker.ledger;
    await Promise.allSettled([
      worker.givePermit(setting.project, 'rel1'),
      withdraw('TRUST', 'holder'),
      worker.givePermit(setting.project, 'rel1'),
    ]);
    const [withdrawn] = await versions('DecisionWithdrawn');
    const given = await versions('PermitGiven');
    expect(withdrawn).toBeDefined();
    expect(given.length).toBeLessThanOrEqual(1);
    expect(given.every((version) => version < (withdrawn ?? 0))).toBe(true);
    await expect(worker.openRead(setting.project, 'a1')).rejects.toThrow();
  }, 30_000);

  it('I3: reads and the withdrawal of a signature, at once: no read begins after it', async () => {
    await permitted(setting);
    const worker = setting.processes.worker.ledger;
    const reads = Array.from({ length: 8 }, () => worker.openRead(setting.project, 'a1'));
    await Promise.allSettled([...reads.slice(0, 4), withdraw('TRUST', 'holder'), ...reads.slice(4)]);
    const [withdrawn = 0] = await versions('DecisionWithdrawn');
    expect(withdrawn).toBeGreaterThan(0);
    expect((await versions('ReadOpened')).every((version) => version < withdrawn)).toBe(true);
    const leases = (await Promise.allSettled(reads)).flatMap((r) =>
      r.status === 'fulfilled' ? [r.value] : [],
    );
    for (const { lease } of leases) expect(await worker.renewLease(lease.lease)).toBe(false);
  }, 30_000);

  it('I3: an institution leaves the agreement, in the other stream: no lease is renewed and no read begins', async () => {
    await permitted(setting);
    const worker = setting.processes.worker.ledger;
    const { lease } = await worker.openRead(setting.project, 'a1');
    expect(await worker.renewLease(lease.lease)).toBe(true);
    await withdraw('AGREEMENT', 'checker');
    expect(await worker.renewLease(lease.lease)).toBe(false);
    expect(
      await knock('open_read', [{ type: 'ReadOpened', data: { release: 'rel1', analysis: 'a1', read: 2 } }]),
    ).toMatchObject({ ok: false });
  }, 30_000);
});
