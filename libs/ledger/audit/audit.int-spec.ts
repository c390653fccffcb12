// The self-audit on a real database: what agrees is left alone, what was changed by hand is found, closes, and is rebuilt.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  addLogKey,
  auditSome,
  commitText,
  openKeyDirectory,
  openLedger,
  readLog,
  rebuildGate,
  rebuildReadModels,
  Sequencer,
} from '#libs/ledger';
import type { OpenedLedger } from '#libs/ledger';
import { aDatabase, aSetting, permitted, sealed, signTrust } from '#libs/testing';
import type { Setting } from '#libs/testing';

jest.setTimeout(120_000);

let setting: Setting;
let courier: OpenedLedger;
let directory: string;

beforeEach(async () => {
  setting = await (await aSetting(await aDatabase())).withAgreement();
  courier = await openLedger({ url: setting.db.urls.COURIER });
  directory = mkdtempSync(path.join(tmpdir(), 'parley-log-'));
  await addLogKey(directory, 'log.example/parley');
});
afterEach(async () => {
  await courier.close();
  await setting.close();
  rmSync(directory, { recursive: true });
});

const audit = async () => (await auditSome(courier.dataSource, '', 100)).differences;
async function sequence(): Promise<void> {
  const sequencer = new Sequencer(courier.dataSource, openKeyDirectory(directory));
  while ((await sequencer.pass()).state === 'SIGNED');
}
/** As somebody with the database's own rights could. */
async function byHand(table: string, sql: string, parameters: unknown[]): Promise<void> {
  await setting.db.query(`alter table parley.${table} disable trigger user`);
  await setting.db.query(sql, parameters);
  await setting.db.query(`alter table parley.${table} enable trigger user`);
}

it('I10: after a whole release, read models and log are what the entries add up to', async () => {
  await permitted(setting);
  await sequence();
  expect(await audit()).toEqual([]);
});

it('I10, I13: a read model changed by hand closes its project, and rebuilding opens it again', async () => {
  await sealed(setting);
  await signTrust(setting);
  await sequence();
  await setting.db.query('update parley.project_view set lead = $2 where stream = $1', [
    setting.project,
    'per_nobody',
  ]);
  expect(await audit()).toEqual([
    { stream: setting.project, reason: `project_view differs from the entries at ${setting.project}` },
  ]);
  const { ledger } = setting.processes.worker;
  await expect(ledger.givePermit(setting.project, 'rel1')).rejects.toMatchObject({
    refusal: { rule: 'LOG_CLOSED' },
  });
  const owner = await openLedger({ url: setting.db.urls.OWNER });
  // While everything goes on: people give commands that change what is being written anew.
  const [rebuilt] = await Promise.all([rebuildReadModels(owner.dataSource), shockAndCalm(6)]);
  await owner.close();
  expect(rebuilt).toBe(2);
  expect(await audit()).toEqual([]);
  await expect(ledger.givePermit(setting.project, 'rel1')).resolves.toBeDefined();
});

async function shockAndCalm(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const reason = commitText('So it goes.');
    const [tempo, cause] = n % 2 === 0 ? (['SHOCK', 'PUBLIC_OUTCRY'] as const) : (['ROUTINE', null] as const);
    const command = { type: 'SetTempo', tempo, cause, reason: reason.commitment } as const;
    await setting.onProject('lead', { command, texts: [reason] });
  }
}

it.each([
  [
    'a decision that nobody gave',
    'gate_decisions',
    `update parley.gate_decisions set choice = 'APPROVED', person = 'per_nobody' where version = (select max(version) from parley.gate_decisions where stream = $1) and stream = $1`,
  ],
  [
    'a longer life',
    'gate_releases',
    `update parley.gate_releases set expires = expires + interval '1 year' where project = $1`,
  ],
  [
    'a grant that lasts longer',
    'gate_requests',
    `update parley.gate_requests set given_expires = given_expires + interval '1 year' where project = $1`,
  ],
  [
    'a role nobody has',
    'gate_tenures',
    `insert into parley.gate_tenures select programme, person, organisation, array['outputChecker'], since, null, 999 from parley.gate_tenures where programme = (select programme from parley.gate_projects where project = $1) limit 1`,
  ],
  [
    'a round noted as settled',
    'gate_settlements',
    `insert into parley.gate_settlements select stream, checkpoint, round, opened_version, opened_at from parley.gate_rounds where stream = $1 and kind = 'TRUST'`,
  ],
])(
  'I10, I13: what the gate goes by, changed by hand (%s), closes its gates; written anew, they open',
  async (_what, table, sql) => {
    await sealed(setting);
    await sequence();
    expect(await audit()).toEqual([]);
    await setting.db.query(sql, [setting.project]);
    expect(await audit()).toEqual([
      { stream: expect.any(String) as string, reason: expect.stringContaining(table) as string },
    ]);
    expect(await readLog(courier.dataSource).closures()).toMatchObject([{ kind: 'GATE' }]);
    await signTrust(setting);
    const { ledger } = setting.processes.worker;
    await expect(ledger.givePermit(setting.project, 'rel1')).rejects.toMatchObject({
      refusal: { rule: 'LOG_CLOSED' },
    });
    const owner = await openLedger({ url: setting.db.urls.OWNER });
    await rebuildGate(owner.dataSource);
    await owner.close();
    expect(await audit()).toEqual([]);
    await expect(ledger.givePermit(setting.project, 'rel1')).resolves.toBeDefined();
  },
);

it('I9, I13: an entry changed by hand is found by its leaf, however well its hash was made to fit', async () => {
  await permitted(setting);
  await sequence();
  await byHand(
    'events',
    `update parley.events set text = replace(text, '"rows":', '"rows":1'), hash = encode(sha256(convert_to(replace(text, '"rows":', '"rows":1'), 'UTF8')), 'hex')
       where stream = $1 and type = 'ReleaseSealed'`,
    [setting.project],
  );
  const [found] = await audit();
  expect(found).toMatchObject({
    stream: setting.project,
    reason: expect.stringMatching(/is not leaf|does not continue/) as string,
  });
  expect(await readLog(courier.dataSource).closures()).toMatchObject([
    { scope: setting.project, kind: 'LOG' },
  ]);
});

it('I13: an entry nobody here can read closes its stream, and those after it are looked at all the same', async () => {
  await setting.withProject();
  // As an entry of a later version: well linked, and of a type that this one does not know.
  await byHand(
    'events',
    `with later as (select version, regexp_replace(text, '"type":"[A-Za-z]+"', '"type":"SaidLater"') as text from parley.events
                      where stream = $1 order by version desc limit 1)
       update parley.events e set type = 'SaidLater', text = later.text, hash = encode(sha256(convert_to(later.text, 'UTF8')), 'hex')
         from later where e.stream = $1 and e.version = later.version`,
    [setting.programme],
  );
  await setting.db.query('delete from parley.project_view where stream = $1', [setting.project]);
  expect(await audit()).toMatchObject([
    { stream: setting.programme, reason: expect.stringContaining('cannot be read') as string },
    { stream: setting.project, reason: expect.stringContaining('project_view') as string },
  ]);
});

it('rows of which no entry speaks are found', async () => {
  await setting.withProject();
  await setting.db.query(
    `insert into parley.move_view (stream, id, what, about, round, since) values ($1, 'x', 'ANSWER', 'r9', 1, '')`,
    [setting.project],
  );
  expect((await audit())[0]?.reason).toContain('of which no entry speaks');
});
