// A sign-off handed to a colleague, past the domain: the database refuses by itself what would let anybody count twice.
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { CheckpointKind, Role } from '#libs/domain';
import type { Draft } from './index';
import { commitText, Refused } from './index';
import { COUNCIL, HOLDER } from '../testing/story';

jest.setTimeout(60_000);

const DEPUTY = 'per_deputy';
let start: Setting;
let setting: Setting;

beforeAll(async () => {
  start = await (await aSetting(await aDatabase())).withAgreement();
});
beforeEach(async () => {
  // The colleague comes after the round was opened, or they would be asked in their own right.
  setting = await start.withAnotherProject().withProject();
  await attest(DEPUTY, 'checker', COUNCIL, ['policyOfficial']);
  await start.db.query('delete from parley.asks');
});
afterEach(async () => {
  await start.db.shiftClock('0');
  await start.byAccount('checker', start.programme, { command: { type: 'RecordLeaver', person: DEPUTY } });
});
afterAll(() => start.close());

async function attest(person: string, by: 'checker' | 'holder', organisation: string, roles: Role[]) {
  const [name, address] = [commitText(person), commitText(`${person}@example.org`)];
  const command = { person, organisation, roles, name: name.commitment, address: address.commitment };
  await start.byAccount(by, start.programme, {
    command: { type: 'AttestPerson', ...command },
    texts: [name, address],
  });
}

async function verdict(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'ACCEPTED';
  } catch (error) {
    if (error instanceof Refused) return error.refusal.rule;
    throw error;
  }
}

async function handing(to: string, over: Record<string, unknown> = {}, kind: CheckpointKind = 'QUESTION') {
  const { checkpoint, round } = await setting.asked(kind);
  const signedAs = commitText('A. Signer');
  const said = {
    checkpoint,
    round: round.round,
    to,
    until: null,
    assurance: 'LINK',
    signedAs: signedAs.commitment,
  };
  return { command: { type: 'DelegateSigning', ...said, ...over }, texts: [signedAs] } as Draft;
}

async function takingBack(): Promise<Draft> {
  const { command, texts } = await handing(DEPUTY);
  const { checkpoint, round, signedAs } = command as Extract<typeof command, { type: 'DelegateSigning' }>;
  const said = { checkpoint, round, signedAs, assurance: 'LINK' as const };
  return { command: { type: 'TakeBackDelegation', ...said }, texts: texts ?? [] };
}

async function linkOf(person: string, kind: CheckpointKind = 'QUESTION'): Promise<string> {
  const { stream, checkpoint, round } = await setting.asked(kind);
  const link = {
    stream,
    person,
    purpose: 'SIGN' as const,
    checkpoint,
    round: round.round,
    core: round.content.core,
  };
  return (await start.processes.courier.links.mint(link)).token;
}

/** Hands entries to record_decision as a portal that was taken over would, without the domain. */
async function forge(token: string, type: string, data: Record<string, unknown>): Promise<unknown> {
  const { stream } = await setting.asked('QUESTION');
  const [head] = await start.db.query<{ version: number; head: string; at: string }>(
    `select version, head, parley.instant(greatest(parley.wall_clock(), last_at)) as at from parley.streams where id = $1`,
    [stream],
  );
  const { canonicalText } = await import('#libs/log');
  const text = canonicalText({
    actor: { person: data.person },
    at: head?.at,
    data,
    format: 1,
    prev: head?.head,
    stream,
    type,
    typeVersion: 1,
    version: (head?.version ?? 0) + 1,
  });
  const rows = await start.processes.portal.dataSource.query<
    { answer: { ok: boolean; refusal?: { rule: string } } }[]
  >('select parley.record_decision($1, null, $2) as answer', [token, [text]]);
  return rows[0]?.answer.refusal?.rule ?? 'ACCEPTED';
}

async function delegation(over: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const { checkpoint, round } = await setting.asked('QUESTION');
  const own = round.asked.find(({ person }) => person === personId('official'));
  return {
    ...{ checkpoint, round: round.round, person: personId('official'), to: DEPUTY },
    ...{ organisation: own?.organisation, slots: own?.slots, until: round.deadline },
    ...{ assurance: 'LINK', signedAs: commitText('x').commitment, ...over },
  };
}

it('I7: the delegate signs by a link of their own, for the colleague, who then cannot', async () => {
  const own = await setting.link('official', 'QUESTION');
  await expect(linkOf(DEPUTY)).rejects.toThrow('NOT_ASKED');
  await setting.byLink(own, null, await handing(DEPUTY));
  expect((await start.processes.portal.links.recall(own))?.state).toBe('LIVE');
  const theirs = await linkOf(DEPUTY);
  expect(await verdict(setting.byLink(own, null, await setting.decision('QUESTION')))).toBe('DELEGATED');
  await setting.byLink(theirs, null, await setting.decision('QUESTION'));
  const { round } = await setting.asked('QUESTION');
  expect(round.decisions).toMatchObject([{ person: DEPUTY, onBehalfOf: personId('official') }]);
  expect(await verdict(setting.byLink(own, null, await takingBack()))).toBe('ANSWERED_FOR_YOU');
});

it('taken back, the delegate’s link decides nothing and the colleague’s does', async () => {
  const own = await setting.link('official', 'QUESTION');
  await setting.byLink(own, null, await handing(DEPUTY));
  const theirs = await linkOf(DEPUTY);
  await setting.byLink(own, null, await takingBack());
  expect(await verdict(setting.byLink(theirs, null, await setting.decision('QUESTION')))).toBe('NOT_ASKED');
  expect(await verdict(setting.byLink(own, null, await setting.decision('QUESTION')))).toBe('ACCEPTED');
});

it('what needs a code to be decided needs it to be handed on', async () => {
  await attest('per_owner', 'holder', HOLDER, ['informationRiskOwner']);
  const own = await setting.link('riskOwner', 'LEGAL');
  const bare = await handing('per_owner', { assurance: 'LINK_CODE' }, 'LEGAL');
  await expect(setting.byLink(own, null, bare)).rejects.toThrow('CODE_NEEDED');
  const code = await setting.code('riskOwner', 'LEGAL', own);
  expect(await verdict(setting.byLink(own, code, bare))).toBe('ACCEPTED');
  await start.byAccount('holder', start.programme, {
    command: { type: 'RecordLeaver', person: 'per_owner' },
  });
});

describe('past the domain', () => {
  it.each([
    ['to the proposer', { to: personId('lead') }, 'DELEGATE'],
    ['to another organisation', { to: personId('researcher') }, 'DELEGATE'],
    ['to a colleague without the role', { to: personId('checker') }, 'DELEGATE'],
    ['to oneself', { to: personId('official') }, 'DELEGATE'],
    ['to nobody known', { to: 'per_nobody' }, 'DELEGATE'],
  ])('T4: nothing is handed %s', async (_to, over, rule) => {
    const own = await setting.link('official', 'QUESTION');
    expect(await forge(own, 'SigningDelegated', await delegation(over))).toBe(rule);
  });

  it.each([
    ['beyond the round', { until: '2099-01-01T00:00:00.000Z' }],
    ['for another organisation', { organisation: HOLDER }],
    ['for other slots', { slots: ['researcher'] }],
    ['with more assurance than there was', { assurance: 'LINK_CODE' }],
  ])('nothing is handed on %s', async (_what, over) => {
    const own = await setting.link('official', 'QUESTION');
    await expect(forge(own, 'SigningDelegated', await delegation(over))).rejects.toThrow(/FOREIGN_/);
  });

  it('I7: neither twice, nor on, nor by who has answered', async () => {
    const own = await setting.link('official', 'QUESTION');
    expect(await forge(own, 'SigningDelegated', await delegation())).toBe('ACCEPTED');
    expect(await forge(own, 'SigningDelegated', await delegation())).toBe('DELEGATED_ALREADY');
    const theirs = await linkOf(DEPUTY);
    const on = await delegation({ person: DEPUTY, to: personId('official') });
    expect(await forge(theirs, 'SigningDelegated', on)).toBe('DELEGATED_ALREADY');
  });

  it('I7: a decision says for whom it is, truly', async () => {
    const own = await setting.link('official', 'QUESTION');
    await setting.byLink(own, null, await handing(DEPUTY));
    const theirs = await linkOf(DEPUTY);
    const { checkpoint, round } = await setting.asked('QUESTION');
    const decision = {
      ...{ checkpoint, round: round.round, person: DEPUTY, organisation: COUNCIL, roles: ['policyOfficial'] },
      ...{
        choice: 'APPROVED',
        ...round.content,
        assurance: 'LINK',
        conditions: [],
        reason: null,
        dissent: null,
      },
      ...{ signedAs: commitText('x').commitment, page: null },
    };
    await expect(forge(theirs, 'DecisionRecorded', decision)).rejects.toThrow('FOREIGN_DELEGATION');
    await start.db.shiftClock('20 days');
    const late = { ...decision, onBehalfOf: personId('official') };
    expect(['NOT_ASKED', 'LINK_DEAD']).toContain(await forge(theirs, 'DecisionRecorded', late));
  });
});
