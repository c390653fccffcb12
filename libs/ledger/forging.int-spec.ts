// What each database role tries when its process was taken over: everything it must not, refused by the database itself.
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Name, Setting, TestRole } from '#libs/testing';
import type { Actor, DomainEvent } from '#libs/domain';
import { commitText, entryTexts } from './index';
import type { Place } from './index';

const ROLES: TestRole[] = ['API', 'PORTAL', 'WORKER', 'COURIER', 'AUDITOR'];
const DENIED = /permission denied/;

// A loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

let setting: Setting;
beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withQuestion();
});
afterAll(() => setting.close());

const attempt = (role: TestRole, sql: string, parameters: unknown[] = []) =>
  setting.db.query(sql, parameters, role);

async function place(stream: string): Promise<Place> {
  const [row] = await setting.db.query<Place>('select version, head from parley.streams where id = $1', [
    stream,
  ]);
  if (!row) throw new Error(`no stream ${stream}`);
  return row;
}

/** The next entry of the project, well-formed in every respect but for what it claims. */
async function forged(
  type: string,
  data: Record<string, unknown>,
  actor: Actor = { person: personId('lead') },
) {
  const event = { type, data } as unknown as DomainEvent;
  return entryTexts(setting.project, await place(setting.project), [event], actor, new Date().toISOString());
}

describe.each(ROLES)('%s', (role) => {
  it.each([
    `insert into parley.events select * from parley.events limit 1`,
    `update parley.events set text = 'x'`,
    `delete from parley.events`,
    `truncate parley.events`,
    `update parley.streams set version = 0`,
    `alter table parley.events disable trigger all`,
    `insert into parley.append_whitelist values ('parley_${role.toLowerCase()}', 'PermitGiven')`,
    `update parley.rounds set needs_code = false`,
    `update parley.people set roles = '{registrar}'`,
    `delete from parley.decisions`,
    `create table parley.mine (id int)`,
    `create function parley.wall_clock(int) returns int language sql as 'select 1'`,
    `set role parley_owner`,
  ])('is refused: %s', async (statement) => {
    await expect(attempt(role, statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it.each([
    'links',
    'codes',
    'credentials',
    'administrators',
    'contacts',
    'asks',
    'release_key_parts',
    'deposit_keys',
    'result_key_parts',
    'leases',
    'bounces',
    'bounce_key',
    'gate_pending',
  ])('cannot read %s', async (table) => {
    await expect(attempt(role, `select * from parley.${table}`)).rejects.toThrow(DENIED);
  });

  it('cannot append what only the deciding functions and the gate append', async () => {
    for (const type of [
      'DecisionRecorded',
      'RequestAnswered',
      'GrantWithdrawn',
      'PersonAttested',
      'PermitGiven',
      'ReadOpened',
      'DepositOpened',
      'SuppositionReplied',
      'AskingWished',
      'TrainingRecorded',
      'UndertakingSigned',
      'InterestsDeclared',
      'AdviceRecorded',
      'AdviceOverridden',
      'LegalCheckRecorded',
      'DecisionCountersigned',
      'AddressChangeCancelled',
    ]) {
      const texts = await forged(
        type,
        {},
        role === 'WORKER' ? { process: 'worker' } : { person: personId('lead') },
      );
      const appending = attempt(role, 'select * from parley.append_events($1, $2)', [setting.project, texts]);
      await expect(appending).rejects.toThrow(/FOREIGN_TYPE|permission denied/);
    }
  });

  it('cannot call the functions behind the functions', async () => {
    const texts = await forged('PermitGiven', { release: 'rel1' });
    for (const sql of [
      `select parley.append_checked($1, $2, array['PermitGiven'], array['person'])`,
      `select parley.appended($1, $2, array['PermitGiven'], array['person'])`,
    ])
      await expect(attempt(role, sql, [setting.project, texts])).rejects.toThrow(DENIED);
  });
});

describe('the role that mints links cannot decide, and the role that decides cannot mint', () => {
  const decide = 'select parley.record_decision($1, null, $2) as answer';
  const mint = `select parley.mint_link(sha256('x'), $1, $2, 'SIGN', 'k1', 1, 'core')`;

  it.each(['API', 'WORKER', 'COURIER', 'AUDITOR'] as const)('%s cannot decide by link', async (role) => {
    await expect(attempt(role, decide, ['token', ['{}']])).rejects.toThrow(DENIED);
    await expect(attempt(role, 'select * from parley.find_link($1)', ['token'])).rejects.toThrow(DENIED);
  });

  it.each(['PORTAL', 'WORKER', 'COURIER', 'AUDITOR'] as const)(
    '%s cannot decide by account',
    async (role) => {
      const sql = 'select parley.record_account_decision($1, $2)';
      await expect(attempt(role, sql, ['secret', ['{}']])).rejects.toThrow(DENIED);
    },
  );

  it.each(['API', 'PORTAL', 'WORKER', 'AUDITOR'] as const)(
    '%s can mint neither links nor codes',
    async (role) => {
      await expect(attempt(role, mint, [setting.project, personId('lay')])).rejects.toThrow(DENIED);
      const code = `select parley.mint_code($1, $2, '[]', 'x', 'x')`;
      await expect(attempt(role, code, [setting.project, personId('lay')])).rejects.toThrow(DENIED);
    },
  );

  it.each(['API', 'PORTAL', 'WORKER', 'AUDITOR'] as const)('%s cannot read an address', async (role) => {
    await expect(attempt(role, 'select parley.address_of($1)', [personId('lay')])).rejects.toThrow(DENIED);
  });

  it.each(['API', 'PORTAL', 'WORKER', 'COURIER', 'AUDITOR'] as const)(
    '%s cannot make an administrator',
    async (role) => {
      const sql = `select parley.create_administrator('adm_x', 'x@example.org', sha256('x'), 1)`;
      await expect(attempt(role, sql)).rejects.toThrow(DENIED);
    },
  );
});

describe('the portal, with a live link in hand', () => {
  const NAME: Name = 'official';
  let token: string;
  let honest: Record<string, unknown>;

  beforeAll(async () => {
    token = await setting.link(NAME, 'QUESTION');
    const { command } = await setting.decision('QUESTION');
    const { type: _type, ...data } = command;
    honest = { ...data, person: personId(NAME), organisation: 'org_council', roles: ['policyOfficial'] };
  });

  const decide = async (
    change: Record<string, unknown>,
    actor: Actor = { person: personId(NAME) },
    type = 'DecisionRecorded',
  ) => {
    const texts = await forged(type, { ...honest, ...change }, actor);
    const sql = 'select parley.record_decision($1, null, $2) as answer';
    return attempt('PORTAL', sql, [token, texts]) as Promise<
      { answer: { ok: boolean; refusal?: { rule: string } } }[]
    >;
  };

  it.each([
    ['another person', { person: 'per_researcher' }],
    ['a stronger assurance', { assurance: 'LINK_CODE' }],
    ['roles nobody gave', { roles: ['policyOfficial', 'signatory'] }],
    ['another organisation', { organisation: 'org_holder' }],
    ['a choice that does not exist', { choice: 'YES' }],
  ])('cannot record %s', async (_what, change) => {
    await expect(decide(change)).rejects.toThrow(/FOREIGN_|ENTRY_MALFORMED/);
  });

  it.each([
    ['another core', { core: 'c'.repeat(64) }, 'STALE_CONTENT'],
    ['another cover', { cover: 'c'.repeat(64) }, 'STALE_CONTENT'],
    ['a round that does not exist', { round: 7 }, 'NO_SUCH_ROUND'],
  ])('is refused with %s', async (_what, change, rule) => {
    expect((await decide(change))[0]?.answer.refusal?.rule).toBe(rule);
  });

  it('cannot act as somebody else, as a process, or with another type', async () => {
    await expect(decide({}, { person: personId('lay') })).rejects.toThrow('FOREIGN_PERSON');
    await expect(decide({}, { process: 'gate' })).rejects.toThrow('FOREIGN_PERSON');
    await expect(decide({ release: 'rel1' }, { person: personId(NAME) }, 'PermitGiven')).rejects.toThrow(
      'FOREIGN_TYPE',
    );
  });

  it('cannot shadow the tables the function reads', async () => {
    await attempt('PORTAL', 'create temp table links (like parley.people)').catch(() => undefined);
    expect((await decide({}))[0]?.answer.ok).toBe(true);
  });
});

describe('the API, with an account in hand', () => {
  it('cannot attest in the name of another registrar', async () => {
    const secret = await setting.secretOf('lay');
    const data = {
      person: 'per_new',
      organisation: 'org_council',
      roles: ['policyOfficial'],
      name: 'n',
      address: 'a',
    };
    const event = { type: 'PersonAttested', data } as unknown as DomainEvent;
    const actor = { person: personId('checker') };
    const texts = entryTexts(
      setting.programme,
      await place(setting.programme),
      [event],
      actor,
      new Date().toISOString(),
    );
    const sql = 'select parley.record_account_decision($1, $2)';
    await expect(attempt('API', sql, [secret, texts])).rejects.toThrow('FOREIGN_PERSON');
  });

  it('stores an address only where a registrar attested it', async () => {
    const sql = `select parley.store_address($1, $2, encode(sha256('s'::bytea || '\\x00' || 'x@example.org'::bytea), 'hex'), 's', 'x@example.org')`;
    await expect(attempt('API', sql, [setting.programme, personId('lay')])).rejects.toThrow('NOT_ATTESTED');
  });
});

describe('T15: answers written down for somebody, past the domain', () => {
  const signer = personId('checker');
  const byAccount = async (name: Name, type: string, data: Record<string, unknown>) => {
    const texts = await forged(type, data, { person: personId(name) });
    const sql = 'select parley.record_account_decision($1, $2) as answer';
    const rows = await setting.db.query<{ answer: { ok: boolean; refusal?: { rule: string } } }>(
      sql,
      [await setting.secretOf(name), texts],
      'API',
    );
    const answer = rows[0]?.answer;
    return answer?.ok ? 'ACCEPTED' : answer?.refusal?.rule;
  };
  const answer = async (over: Record<string, unknown> = {}) => {
    const { checkpoint, round } = await setting.asked('ETHICAL');
    return {
      ...{
        checkpoint,
        round: round.round,
        person: signer,
        organisation: 'org_council',
        choice: 'APPROVED',
      },
      ...{ roles: ['ethicsReviewer'], ...round.content, assurance: 'RECORDED', conditions: [], reason: null },
      ...{ dissent: null, signedAs: 's', page: null },
      written: { by: personId('lead'), how: 'TELEPHONE', evidence: 'ev1' },
      ...over,
    };
  };
  const confirmation = async (by: Name, over: Record<string, unknown> = {}) => {
    const { checkpoint, round } = await setting.asked('ETHICAL');
    return {
      ...{ checkpoint, round: round.round, person: signer, by: personId(by), organisation: 'org_council' },
      ...{ roles: ['ethicsReviewer'], assurance: 'ACCOUNT', signedAs: 's', ...over },
    };
  };

  it('nothing is recorded without evidence, in another’s name, of oneself, or by who may not', async () => {
    const rule = async (name: Name, over: Record<string, unknown> = {}) =>
      byAccount(name, 'DecisionRecorded', await answer(over));
    expect(await rule('lead')).toBe('NO_EVIDENCE');
    await expect(rule('researcher')).rejects.toThrow('FOREIGN_PERSON');
    await expect(rule('lead', { person: personId('lead') })).rejects.toThrow('FOREIGN_PERSON');
    const written = { by: personId('researcher'), how: 'TELEPHONE', evidence: 'ev1' };
    expect(await rule('researcher', { written })).toBe('WRONG_ROLE');
  });

  it('an approval is confirmed by a third person of the signer’s organisation, with roles the signer holds, or not at all', async () => {
    const rule = async (name: Name, over: Record<string, unknown> = {}) =>
      byAccount(name, 'DecisionCountersigned', await confirmation(name, over));
    expect(await rule('official')).toBe('NOTHING_TO_COUNTERSIGN');
    const [title, origin] = [commitText('A call'), commitText('telephone')];
    await setting.onProject('lead', {
      command: {
        ...{
          type: 'RecordEvidence',
          kind: 'CALL',
          title: title.commitment,
          audience: 'PARTNERS',
          text: null,
        },
        ...{ attribution: { type: 'PERSON', person: personId('lead') }, participants: [], others: 1 },
        provenance: { origin: origin.commitment, dated: new Date().toISOString(), derivedFrom: [] },
        ...{ meeting: null, assessment: null },
      },
      texts: [title, origin],
    });
    expect(await byAccount('lead', 'DecisionRecorded', await answer())).toBe('ACCEPTED');
    expect(await rule('lead')).toBe('OWN_ORGANISATION');
    await expect(rule('official', { by: personId('lay') })).rejects.toThrow('FOREIGN_PERSON');
    await expect(rule('official', { roles: ['researcher'] })).rejects.toThrow('FOREIGN_ROLE');
    expect(await rule('official')).toBe('ACCEPTED');
    expect(await rule('official')).toBe('NOTHING_TO_COUNTERSIGN');
  });
});

describe('the worker', () => {
  it('cannot act as a person, nor as the gate', async () => {
    const sql = 'select * from parley.append_events($1, $2)';
    for (const actor of [
      { person: personId('lead') },
      { process: 'gate' as const },
      { process: 'courier' as const },
    ]) {
      const texts = await forged('RoundLapsed', { checkpoint: 'k1', round: 1 }, actor);
      await expect(attempt('WORKER', sql, [setting.project, texts])).rejects.toThrow('FOREIGN_ACTOR');
    }
  });

  it('cannot record a result outside the gate', async () => {
    const data = {
      analysis: 'a1',
      outcome: 'COMPLETED',
      result: { core: 'c', cover: 'd' },
      object: 'o',
      reason: null,
    };
    const texts = await forged('AnalysisEnded', data, { process: 'worker' });
    const sql = 'select * from parley.append_events($1, $2)';
    await expect(attempt('WORKER', sql, [setting.project, texts])).rejects.toThrow('FOREIGN_TYPE');
  });

  it('cannot put a key part where no release was sealed, nor read one', async () => {
    const sql = `select parley.store_key_part($1, 'rel1', sha256('x'))`;
    await expect(attempt('WORKER', sql, [setting.project])).rejects.toThrow('NOT_SEALED');
  });
});

describe('every function of the schema', () => {
  it('pins its search_path', async () => {
    const loose = await setting.db.query<{ name: string }>(
      `select p.oid::regprocedure::text as name from pg_proc p
         where p.pronamespace = 'parley'::regnamespace and p.prosecdef
           and not coalesce(p.proconfig::text like '%search_path=%', false)`,
    );
    expect(loose.map(({ name }) => name)).toEqual([]);
  });

  it('can be executed only by roles it was granted to', async () => {
    const open = await setting.db.query<{ name: string }>(
      `select p.oid::regprocedure::text as name from pg_proc p
         where p.pronamespace = 'parley'::regnamespace
           and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`,
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });
});
