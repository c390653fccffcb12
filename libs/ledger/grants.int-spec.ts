// A holder's grant taken back by link: what it closes, by which links and by whom, and what an insider with such a link cannot write.
import { aDatabase, aSetting, granted, grantRequested, permitted, personId, requested } from '#libs/testing';
import type { Name, Setting } from '#libs/testing';
import type { Actor, DomainEvent, Role } from '#libs/domain';
import { commitText, entryTexts, Refused } from './index';
import type { Draft, Place } from './index';

// A loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

let start: Setting;
let setting: Setting;
beforeAll(async () => {
  start = await (await aSetting(await aDatabase())).withAgreement();
});
beforeEach(async () => {
  setting = start.withAnotherProject();
  await start.db.query('delete from parley.asks');
});
afterEach(() => start.db.shiftClock('0'));
afterAll(() => start.close());

const request = async () => (await setting.world()).project.requests['r1'];

async function link(name: Name = 'holder'): Promise<string> {
  const core = (await request())?.content.core ?? '';
  const about = { stream: setting.project, checkpoint: 'r1', round: 0, core };
  const { links } = setting.processes.courier;
  return (await links.mint({ ...about, person: personId(name), purpose: 'ANSWER' })).token;
}

function withdrawal(): Draft {
  const signedAs = commitText('Person holder');
  const how = { mode: 'STOP_AND_DESTROY', atOnce: true, assurance: 'LINK', reason: null } as const;
  return {
    command: { type: 'WithdrawGrant', request: 'r1', ...how, signedAs: signedAs.commitment },
    texts: [signedAs],
  };
}

const mails = async (purpose: string) =>
  setting.db.query<{ person: string; round: number }>(
    `select mail ->> 'person' as person, (mail ->> 'round')::int as round from parley.outbox
       where stream = $1 and mail ->> 'purpose' = $2 order by id`,
    [setting.project, purpose],
  );

it('T10, I3: after a grant was withdrawn by link no read opens, no lease is renewed, no deposit opens', async () => {
  await permitted(setting);
  const worker = setting.processes.worker.ledger;
  const { lease } = await worker.openRead(setting.project, 'a1');
  const receipt = await setting.byLink(await link(), null, withdrawal());
  expect(receipt.entries.map(({ type }) => type)).toEqual(['GrantWithdrawn']);
  expect((await request())?.withdrawn).toMatchObject({
    person: personId('holder'),
    mode: 'STOP_AND_DESTROY',
  });
  expect(await worker.renewLease(lease.lease)).toBe(false);
  await expect(worker.openRead(setting.project, 'a1')).rejects.toBeInstanceOf(Refused);
  await expect(worker.openDeposit(setting.project, 'd1', 'check')).rejects.toBeInstanceOf(Refused);
  expect(await mails('ANSWER_RECEIPT')).toMatchObject([{ person: personId('holder') }]);
});

it('T10: in a suspended project, and by the next link where it was withdrawn and there is nothing more', async () => {
  await granted(setting);
  const reason = commitText('A pause');
  const command = { type: 'SuspendProject', reason: reason.commitment } as const;
  await setting.onProject('lead', { command, texts: [reason] });
  await setting.byLink(await link(), null, withdrawal());
  const again = setting.byLink(await link(), null, withdrawal());
  await expect(again).rejects.toMatchObject({ refusal: { rule: 'NOTHING_TO_WITHDRAW' } });
});

it('T10: whoever answers for the risk takes a grant back by a link of their own, which does nothing else', async () => {
  await requested(setting);
  // Nothing is granted: there is nothing they could take back, and they do not answer.
  await expect(link('riskOwner')).rejects.toThrow('NOT_ASKED');
  await grantRequested(setting);
  expect(await mails('GRANT_NOTICE')).toEqual([{ person: personId('riskOwner'), round: 0 }]);
  await expect(link('checker')).rejects.toThrow('NOT_ASKED');
  const token = await link('riskOwner');
  const asking = commitText('Why?');
  const talk = { type: 'AskClarification', request: 'r1', topic: 'OTHER', text: asking.commitment } as const;
  const talking = setting.byLink(token, null, { command: talk, texts: [asking] });
  await expect(talking).rejects.toMatchObject({ refusal: {} });
  await setting.byLink(token, null, withdrawal());
  expect((await request())?.withdrawn).toMatchObject({ person: personId('riskOwner') });
  await expect(setting.byLink(token, null, withdrawal())).rejects.toMatchObject({
    refusal: { rule: 'NOTHING_TO_WITHDRAW' },
  });
});

it('T10: a fresh link comes to who answers for the holder or its risk, after the answer too, and every time it is asked for', async () => {
  await granted(setting);
  const { links } = setting.processes.portal;
  await links.askFresh(await link());
  for (const name of ['holder', 'riskOwner', 'lead'] as const)
    await links.askFreshAbout(setting.project, personId(name), 'r1', 0);
  await links.askFreshAbout(setting.project, personId('holder'), 'r9', 0);
  expect(await mails('FRESH_LINK')).toEqual([
    { person: personId('holder'), round: 0 },
    { person: personId('holder'), round: 0 },
    { person: personId('riskOwner'), round: 0 },
  ]);
  setting = start.withAnotherProject();
  await requested(setting);
  const before = (await mails('DATA_REQUEST')).length;
  const token = await link();
  await links.askFresh(token);
  await links.askFresh(token);
  expect(await mails('DATA_REQUEST')).toHaveLength(before + 2);
});

describe('the portal, with a live link of a request in hand', () => {
  let token: string;

  /** The next entry of the project, well-formed in every respect but for what it claims. */
  const forged = async (type: string, data: Record<string, unknown>, actor: Actor) => {
    const [place] = await setting.db.query<Place>('select version, head from parley.streams where id = $1', [
      setting.project,
    ]);
    if (!place) throw new Error('no such project');
    const events = [{ type, data } as unknown as DomainEvent];
    return entryTexts(setting.project, place, events, actor, new Date().toISOString());
  };
  const honest = {
    ...{ request: 'r1', person: personId('holder'), mode: 'STOP', atOnce: false },
    ...{ assurance: 'LINK', reason: null },
  };
  /** ACCEPTED, or the rule that refused. */
  const record = async (
    change: Record<string, unknown> = {},
    by = token,
    actor: Actor = { person: personId('holder') },
  ): Promise<string | undefined> => {
    const rows = await setting.db.query<{ answer: { ok: boolean; refusal?: { rule: string } } }>(
      'select parley.record_decision($1, null, $2) as answer',
      [by, await forged('GrantWithdrawn', { ...honest, ...change }, actor)],
      'PORTAL',
    );
    const answer = rows[0]?.answer;
    return answer?.ok ? 'ACCEPTED' : answer?.refusal?.rule;
  };

  beforeEach(async () => {
    await granted(setting);
    token = await link();
  });

  it.each([
    ['another person', { person: personId('riskOwner') }],
    ['a code nobody typed', { assurance: 'LINK_CODE' }],
    ['an account', { assurance: 'ACCOUNT' }],
    ['a call nobody heard', { assurance: 'RECORDED' }],
    ['a mode that does not exist', { mode: 'PERHAPS' }],
    ['no mode', { mode: null }],
  ])('cannot record %s', async (_what, change) => {
    await expect(record(change)).rejects.toThrow(/FOREIGN_|ENTRY_MALFORMED/);
    expect((await request())?.withdrawn).toBeNull();
  });

  it('cannot act as somebody else or as a process, and withdraws no other request', async () => {
    await expect(record({}, token, { person: personId('lead') })).rejects.toThrow('FOREIGN_PERSON');
    await expect(record({}, token, { process: 'worker' })).rejects.toThrow('FOREIGN_PERSON');
    expect(await record({ request: 'r2' })).toBe('LINK_DEAD');
    expect(await record({ request: null })).toBe('LINK_DEAD');
  });

  it('withdraws nothing by a link for something else, by none, or by one that is too old', async () => {
    expect(await record({}, await setting.link('holder', 'ETHICAL', 'WITHDRAW'))).toBe('LINK_DEAD');
    expect(await record({}, 'nonsense')).toBe('LINK_DEAD');
    const { links } = setting.processes.courier;
    const core = (await request())?.content.core ?? '';
    const deposit = { stream: setting.project, checkpoint: 'd1', round: 0, core };
    const other = await links.mint({ ...deposit, person: personId('holder'), purpose: 'DEPOSIT' });
    expect(await record({}, other.token)).toBe('LINK_DEAD');
    await setting.db.shiftClock('15 days');
    expect(await record()).toBe('LINK_DEAD');
  });

  it('withdraws once, in a closed project too, and not what nobody granted', async () => {
    const texts = await forged('ProjectClosed', { reason: 'r' }, { person: personId('lead') });
    await setting.db.query('select * from parley.append_events($1, $2)', [setting.project, texts], 'API');
    expect(await record()).toBe('ACCEPTED');
    expect(await record()).toBe('NOTHING_TO_WITHDRAW');
    setting = start.withAnotherProject();
    await requested(setting);
    expect(await record({}, await link())).toBe('NOTHING_TO_WITHDRAW');
  });

  it('withdraws nothing for who answers neither for the holder nor for its risk any more', async () => {
    const holding = async (roles: Role[]) =>
      start.byAccount('holder', start.programme, {
        command: { type: 'ChangeRoles', person: personId('riskOwner'), roles },
      });
    const own = await link('riskOwner');
    const actor = { person: personId('riskOwner') };
    await holding(['signatory']);
    expect(await record(actor, own, actor)).toBe('WRONG_ROLE');
    expect((await request())?.withdrawn).toBeNull();
    await holding(['informationRiskOwner', 'signatory']);
    expect(await record(actor, own, actor)).toBe('ACCEPTED');
  });
});
