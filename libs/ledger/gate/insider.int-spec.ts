// A hostile insider with each process's own credentials, against what keeps data shut: keys, permits, leases, objections, and the machine itself.
import { aDatabase, aSetting, permitted, personId } from '#libs/testing';
import type { Setting, TestRole } from '#libs/testing';
import type { Actor, DomainEvent } from '#libs/domain';
import { entryTexts } from '../index';
import type { Place } from '../index';

const ROLES: TestRole[] = ['API', 'PORTAL', 'WORKER', 'COURIER', 'AUDITOR'];
const DENIED = /permission denied|must be (owner|superuser)|only (superuser|roles)|not allowed|Only roles/i;

jest.setTimeout(60_000);

let setting: Setting;
let lease: string;
beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withAgreement();
  await permitted(setting);
  lease = (await setting.processes.worker.ledger.openRead(setting.project, 'a1')).lease.lease;
});
afterAll(() => setting.close());

const attempt = (role: TestRole, sql: string, parameters: unknown[] = []) =>
  setting.db.query<Record<string, unknown>>(sql, parameters, role);

/** Entries that are well-formed in everything but what they claim. */
async function forged(type: string, data: object, actor: Actor): Promise<string[]> {
  const [place] = await setting.db.query<Place>('select version, head from parley.streams where id = $1', [
    setting.project,
  ]);
  const event = { type, data } as unknown as DomainEvent;
  return entryTexts(setting.project, place!, [event], actor, new Date().toISOString());
}

/** What the project's last entry of this type says; nothing where there is none. */
async function recorded(type: string): Promise<object> {
  const [last] = await setting.db.query<{ data: object }>(
    'select data from parley.events where stream = $1 and type = $2 order by version desc limit 1',
    [setting.project, type],
  );
  return last?.data ?? {};
}

const CORE = 'c'.repeat(64);
const TRIES: readonly (readonly [string, string])[] = [
  ['reads the halves of release keys', 'select part from parley.release_key_parts'],
  ['reads the halves of result keys', 'select part from parley.result_key_parts'],
  ['reads the halves of keys to evidence', 'select part from parley.evidence_key_parts'],
  ['reads the key by which releases are compared', 'select part from parley.unit_key_parts'],
  ['reads the wrapped keys of deposits', 'select * from parley.deposit_keys'],
  ['plants a key half of its own', `insert into parley.release_key_parts values ('prj', 'rel1', '\\x00')`],
  ['plants a unit key of its own', `insert into parley.unit_key_parts values ('prj', '\\x00')`],
  ['writes itself a permit', `insert into parley.gate_permits select * from parley.gate_permits`],
  ['prolongs a permit', `update parley.gate_permits set expires = 'infinity'`],
  ['prolongs a grant', `update parley.gate_requests set given_expires = 'infinity'`],
  ['unwithdraws a grant', 'update parley.gate_requests set withdrawn_at = null'],
  ['unwithdraws a sign-off', 'update parley.gate_decisions set withdrawn_at = null'],
  ['forgets an objection', 'delete from parley.gate_objections'],
  ['moves a sealing after an objection', `update parley.gate_releases set sealed_at = 'infinity'`],
  ['says that a release heeds an objection', `update parley.gate_releases set heeded = '{ob1}'`],
  ['accepts a refused deposit', 'update parley.gate_deposits set accepted = true'],
  ['settles a round', 'insert into parley.gate_settlements select * from parley.gate_settlements'],
  [
    'lets published data be used',
    'insert into parley.gate_legal_checks select * from parley.gate_legal_checks',
  ],
  [
    'says that somebody is a safe person',
    'insert into parley.gate_safe_people select * from parley.gate_safe_people',
  ],
  ['reopens what the self-audit closed', 'delete from parley.log_closures'],
  ['revives what was destroyed', 'update parley.gate_releases set destroyed_at = null'],
  ['makes a lease that never ends', `update parley.leases set expires = 'infinity'`],
  ['swaps the sealed core of a release', `update parley.gate_releases set sealed_core = 'x'`],
  [
    'lets a role decide by account',
    `insert into parley.account_decisions (type, roles) values ('PermitGiven', '{}')`,
  ],
  ['lets itself append permits', `insert into parley.append_whitelist values ('parley_api', 'PermitGiven')`],
  [
    'replaces the withdrawal table',
    `create or replace function parley.gate_is_withdrawn(a text, b text) returns boolean language sql as 'select false'`,
  ],
  ['drops the trigger that fills the gate', 'drop trigger gate_fill_objections on parley.events'],
  ['disables the triggers of the ledger', 'alter table parley.events disable trigger all'],
  ['replays as a replica, past every trigger', 'set session_replication_role = replica'],
  ['calls the gate’s own trigger function', 'select parley.gate_fill_objections()'],
  ['asks the gate’s inner rule', `select parley.gate_is_withdrawn('prj', 'rel1')`],
  ['becomes the owner', 'set role parley_owner'],
  ['grants itself the owner', 'grant parley_owner to current_user'],
  ['makes itself superuser', 'alter role current_user superuser'],
  ['makes a role of its own', 'create role mallory login'],
  ['reads a file of the machine', `select pg_read_file('/etc/passwd')`],
  ['lists a directory of the machine', `select pg_ls_dir('/')`],
  ['runs a program', `copy (select 1) to program 'id'`],
  ['writes a file', `copy (select 1) to '/tmp/parley-insider'`],
  ['loads a library', `create function f() returns int language c as '/tmp/x.so', 'f'`],
  ['installs an extension', 'create extension dblink'],
  ['imports a file as a large object', `select lo_import('/etc/passwd')`],
  ['changes the server’s settings', `alter system set fsync = off`],
  ['reads the passwords of roles', 'select rolpassword from pg_authid'],
  ['makes a table in the ledger’s schema', 'create table parley.events2 (id int)'],
  [
    'ends a worker’s connection',
    // Whether or not one is connected at this moment, who may not signal its role is refused.
    `select pg_terminate_backend(pid) from (select max(pid) as pid from pg_stat_activity where usename not in (current_user, '')) other`,
  ],
  ['has the server read its settings again', 'select pg_reload_conf()'],
];

describe.each(ROLES)('%s, taken over,', (role) => {
  it.each(TRIES)('is refused when it %s', async (_what, statement) => {
    await expect(attempt(role, statement)).rejects.toThrow(DENIED);
  });
});

describe('doors that are not one’s own', () => {
  const DOORS: readonly (readonly [string, string, TestRole[]])[] = [
    ['opens a deposit', `parley.open_deposit('prj', '{}')`, ['API', 'PORTAL', 'COURIER', 'AUDITOR']],
    ['opens a read', `parley.open_read('prj', '{}')`, ['API', 'PORTAL', 'COURIER', 'AUDITOR']],
    ['renews a lease', `parley.renew_lease('x')`, ['API', 'PORTAL', 'COURIER', 'AUDITOR']],
    ['gives a permit', `parley.give_permit('prj', '{}')`, ['API', 'PORTAL', 'COURIER', 'AUDITOR']],
    [
      'stores a key half',
      `parley.store_key_part('prj', 'r', '\\x00')`,
      ['API', 'PORTAL', 'COURIER', 'AUDITOR'],
    ],
    ['keeps the unit key', `parley.keep_unit_part('prj', '\\x00')`, ['API', 'PORTAL', 'COURIER', 'AUDITOR']],
    [
      'destroys a result’s key',
      `parley.destroy_result_part('prj', 'a')`,
      ['API', 'PORTAL', 'COURIER', 'AUDITOR'],
    ],
    ['asks for unnamed objects', `parley.unnamed_objects('{}')`, ['API', 'PORTAL', 'COURIER', 'AUDITOR']],
    ['prunes leases', 'parley.prune_leases()', ['API', 'PORTAL', 'COURIER', 'AUDITOR']],
    ['destroys the unit key', `parley.destroy_unit_part('prj')`, ['API', 'PORTAL', 'COURIER', 'AUDITOR']],
    [
      'destroys a release’s key',
      `parley.destroy_release_key('prj', 'r')`,
      ['API', 'PORTAL', 'COURIER', 'AUDITOR'],
    ],
    ['opens a result', `parley.open_result('s', 'prj', 'a')`, ['WORKER', 'PORTAL', 'COURIER', 'AUDITOR']],
    ['decides by account', `parley.record_account_decision('s', '{}')`, ['WORKER', 'COURIER', 'AUDITOR']],
    ['decides by link', `parley.record_decision('t', null, '{}')`, ['WORKER', 'COURIER', 'AUDITOR']],
    [
      'mints a link',
      `parley.mint_link('\\x00', 'a', 'b', 'c', 'd', 1, 'e')`,
      ['WORKER', 'API', 'PORTAL', 'AUDITOR'],
    ],
  ];
  for (const [what, call, roles] of DOORS)
    it.each(roles)(`%s is refused when it ${what}`, async (role) => {
      await expect(attempt(role, `select ${call}`)).rejects.toThrow(/permission denied|does not exist/);
    });
});

describe('a worker with its own doors', () => {
  const WORKER: Actor = { process: 'worker' };

  /** Whole data of each type: what is in the ledger already, where something is, but for these. */
  it.each([
    [
      ...(['records an objection itself', 'ObjectionRecorded'] as const),
      {
        ...{ objection: 'ob1', deposit: 'd1', request: 'r1', people: 1, who: CORE },
        ...{ person: personId('holder'), assurance: 'ACCOUNT' },
      },
    ],
    ['answers a request for the holder', 'RequestAnswered', {}],
    [
      ...(['takes a grant back for the holder', 'GrantWithdrawn'] as const),
      {
        ...{ request: 'r1', person: personId('holder'), mode: 'STOP', atOnce: false },
        ...{ assurance: 'ACCOUNT', reason: null },
      },
    ],
    ['signs for somebody', 'DecisionRecorded', { person: personId('lay') }],
    ['gives a permit past the gate', 'PermitGiven', { expires: '2099-01-01T00:00:00.000Z' }],
    ['opens a read past the gate', 'ReadOpened', { read: 2 }],
    ['opens a deposit past the gate', 'DepositOpened', { purpose: 'materialise' }],
    [
      ...(['ends an analysis without its lease', 'AnalysisEnded'] as const),
      {
        ...{ analysis: 'a1', outcome: 'COMPLETED', object: 'o', reason: null },
        result: { core: CORE, cover: CORE },
      },
    ],
    ['proposes a release', 'ReleaseProposed', { release: 'rel9' }],
  ])('is refused when it %s', async (_what, type, over) => {
    const texts = await forged(type, { ...(await recorded(type)), ...over }, WORKER);
    await expect(
      attempt('WORKER', 'select parley.append_events($1, $2)', [setting.project, texts]),
    ).rejects.toThrow(/FOREIGN_TYPE/);
  });

  it('is heard, in the same form, when it says what is its own to say', async () => {
    const warning = { what: 'RELEASE', id: 'rel1', days: 30, ends: '2099-01-01T00:00:00.000Z' };
    const texts = await forged('ExpiryWarned', warning, WORKER);
    expect(
      await attempt('WORKER', 'select parley.append_events($1, $2)', [setting.project, texts]),
    ).toHaveLength(1);
  });

  it('is refused when it speaks as a person', async () => {
    const texts = await forged(
      'ExpiryWarned',
      { what: 'RELEASE', id: 'rel1' },
      { person: personId('holder') },
    );
    await expect(
      attempt('WORKER', 'select parley.append_events($1, $2)', [setting.project, texts]),
    ).rejects.toThrow(/FOREIGN/);
  });

  it('keeps the unit key of each project apart, and cannot end it while releases are left', async () => {
    const worker = setting.processes.worker.ledger;
    const part = await worker.keepUnitPart(setting.project);
    expect(await worker.keepUnitPart(setting.project)).toEqual(part);
    await expect(worker.destroyUnitPart(setting.project)).rejects.toThrow('STILL_NEEDED');
    expect(await worker.keepUnitPart(setting.project)).toEqual(part);
  });

  it('I2: opens what a holder deposited for its release alone, and to compare results with it only what is published', async () => {
    const opening = async (purpose: string) => {
      const texts = await forged('DepositOpened', { deposit: 'd1', purpose }, { process: 'gate' });
      return attempt('WORKER', 'select parley.open_deposit($1, $2)', [setting.project, texts]);
    };
    await expect(opening('compare')).rejects.toThrow(/only published data is opened to compare/);
    await expect(opening('look')).rejects.toThrow(/ENTRY_MALFORMED/);
    expect(await opening('check')).toHaveLength(1);
  });

  it('renews its own lease and no invented one', async () => {
    const worker = setting.processes.worker.ledger;
    expect(await worker.renewLease(lease)).toBe(true);
    expect(await worker.renewLease('00000000-0000-0000-0000-000000000000')).toBe(false);
  });
});
