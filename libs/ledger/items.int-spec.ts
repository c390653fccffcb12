// B57: several open sign-offs of one person with one code, which decides exactly what it lists, each item once.
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { CheckpointKind, Choice } from '#libs/domain';
import type { Draft, ItemRef } from './index';
import { Refused } from './index';

jest.setTimeout(60_000);

let start: Setting;
/** Two projects side by side: the risk owner is asked about the boundary of each. */
let one: Setting;
let other: Setting;
let token: string;

beforeAll(async () => {
  start = await (await aSetting(await aDatabase())).withAgreement();
});
beforeEach(async () => {
  one = await start.withAnotherProject().withProject();
  other = await start.withAnotherProject().withProject();
  token = await one.link('riskOwner', 'LEGAL');
  await start.db.query('delete from parley.asks');
});
afterEach(() => start.db.shiftClock('0'));
afterAll(() => start.close());

const portal = () => start.processes.portal;

async function verdict(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'ACCEPTED';
  } catch (error) {
    if (error instanceof Refused) return error.refusal.rule;
    throw error;
  }
}

async function item(setting: Setting, kind: CheckpointKind = 'LEGAL'): Promise<ItemRef> {
  const { stream, checkpoint, round } = await setting.asked(kind);
  return { stream, checkpoint, round: round.round };
}

/** Asks for the code as the page does, and reads it where the mail would be written. */
async function codeFor(...items: ItemRef[]): Promise<string> {
  await portal().links.askItemsCode(token, items);
  return start.processes.courier.links.mintItemsCode(one.project, personId('riskOwner'), items);
}

async function decide(
  setting: Setting,
  code: string,
  choice: Choice = 'APPROVED',
  kind: CheckpointKind = 'LEGAL',
) {
  const draft = await setting.decision(kind, choice);
  const listed = { ...draft, command: { ...draft.command, assurance: 'LINK_CODE' } } as Draft;
  return portal().ledger.byCode({ token, code, stream: setting.project }, () => listed);
}

it('B57: a live link lists what waits for its person in every project, and for nobody else', async () => {
  const open = await portal().links.openItems(token);
  expect(open).toEqual(expect.arrayContaining([await item(one), await item(other)]));
  expect(open).not.toContainEqual(await item(one, 'QUESTION'));
  expect(await portal().links.openItems('nobody')).toEqual([]);
});

it('B57: one code decides each item it lists, and the link it was asked by stays good for its own', async () => {
  const code = await codeFor(await item(other), await item(one));
  expect((await decide(other, code)).entries).toHaveLength(1);
  expect((await portal().links.recall(token))?.state).toBe('LIVE');
  expect((await decide(one, code)).entries).toHaveLength(1);
  expect(await portal().links.openItems(token)).not.toContainEqual(await item(one));
});

it('B57: a code decides nothing that it does not list, not even of the same person', async () => {
  const code = await codeFor(await item(one));
  expect(await verdict(decide(other, code))).toBe('CODE_DEAD');
  expect(await verdict(decide(one, code))).toBe('ACCEPTED');
});

it('B57: a code decides an item once; after a withdrawal it needs another', async () => {
  const code = await codeFor(await item(one), await item(other));
  await decide(other, code);
  const withdraw = await other.link('riskOwner', 'LEGAL', 'WITHDRAW');
  await other.byLink(withdraw, null, await other.withdrawal('LEGAL'));
  expect(await verdict(decide(other, code, 'REJECTED'))).not.toBe('ACCEPTED');
});

it('B57: the same again gives the same receipt, also when the code is used up', async () => {
  const code = await codeFor(await item(one), await item(other));
  const [first] = [await decide(other, code), await decide(one, code)];
  const again = await Promise.all(Array.from({ length: 100 }, () => decide(other, code)));
  expect(new Set(again.map((receipt) => JSON.stringify(receipt)))).toEqual(new Set([JSON.stringify(first)]));
});

it('B57: a wrong code counts against the one that was mailed, and five of them end it', async () => {
  const code = await codeFor(await item(one), await item(other));
  const wrong = code === '00000000' ? '00000001' : '00000000';
  for (let time = 0; time < 5; time += 1) expect(await verdict(decide(other, wrong))).toBe('CODE_WRONG');
  expect(await verdict(decide(one, code))).toBe('CODE_DEAD');
});

it('B57: codes come only for what is open for this person, and three an hour', async () => {
  const { links } = portal();
  expect(await verdict(links.askItemsCode(token, [await item(one, 'QUESTION')]))).toBe('ITEM_CLOSED');
  expect(await verdict(links.askItemsCode(token, []))).toBe('ITEM_CLOSED');
  for (let time = 0; time < 3; time += 1) await links.askItemsCode(token, [await item(one)]);
  expect(await verdict(links.askItemsCode(token, [await item(one)]))).toBe('TOO_MANY_CODES');
  const mint = start.processes.courier.links.mintItemsCode(one.project, personId('riskOwner'), [
    await item(other),
  ]);
  await expect(mint).rejects.toThrow('NOT_ASKED');
});

it('B57: a link of one project decides nothing in another without a code', async () => {
  const draft = await other.decision('LEGAL');
  const bare = portal().ledger.byLink({ token, code: null, stream: other.project }, () => draft);
  expect(await verdict(bare)).toBe('LINK_DEAD');
});

it('T2: after “this was not me” no other link and no code of the person decides the item', async () => {
  const code = await codeFor(await item(one), await item(other));
  const second = await one.link('riskOwner', 'LEGAL');
  await decide(one, code, 'REJECTED');
  const withdrawal = await one.withdrawal('LEGAL');
  const command = { ...withdrawal.command, disowned: true } as Draft['command'];
  await one.byLink(token, null, { ...withdrawal, command });
  expect(await verdict(decide(other, code))).toBe('CODE_DEAD');
  await start.db.query('delete from parley.asks');
  expect(await verdict(portal().links.askCode(second))).toBe('LINK_DEAD');
  expect(await portal().links.openItems(await one.link('riskOwner', 'LEGAL'))).toContainEqual(
    await item(one),
  );
});
