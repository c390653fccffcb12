// Decisions by link and by account: once, by the right person, on exactly what was shown.
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { Draft, Receipt } from './index';
import { commitText, Refused, signContent } from './index';

// A loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

let start: Setting;
let setting: Setting;
beforeAll(async () => {
  start = await (await aSetting(await aDatabase())).withAgreement();
});
beforeEach(async () => {
  setting = await start.withAnotherProject().withProject();
});
afterEach(() => start.db.shiftClock('0'));
afterAll(() => start.close());

const byLink = (token: string, code: string | null, draft: Draft): Promise<Receipt> =>
  setting.byLink(token, code, draft);

/** The rule by which something is refused, or ACCEPTED. */
async function verdict(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'ACCEPTED';
  } catch (error) {
    if (error instanceof Refused) return error.refusal.rule;
    throw error;
  }
}

const decisions = (person: string) =>
  setting.db.query<{ version: number }>(
    `select version from parley.events where type = 'DecisionRecorded' and data ->> 'person' = $1 and stream = $2`,
    [person, setting.project],
  );

describe('once', () => {
  it('I5: a thousand equal submissions at once give one decision and one receipt', async () => {
    const token = await setting.link('riskOwner', 'LEGAL');
    const code = await setting.code('riskOwner', 'LEGAL', token);
    const draft = await setting.decision('LEGAL');
    const receipts = await Promise.all(Array.from({ length: 1000 }, () => byLink(token, code, draft)));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(await decisions(personId('riskOwner'))).toHaveLength(1);
  });

  it('I5: a second, different decision is refused', async () => {
    const token = await setting.link('official', 'QUESTION');
    await byLink(token, null, await setting.decision('QUESTION'));
    expect(await verdict(byLink(token, null, await setting.decision('QUESTION', 'REJECTED')))).toBe(
      'ALREADY_DECIDED',
    );
    expect(await decisions(personId('official'))).toHaveLength(1);
  });

  it('I5: two links of one person in one round give one decision', async () => {
    const [first, second] = [
      await setting.link('official', 'QUESTION'),
      await setting.link('official', 'QUESTION'),
    ];
    const draft = await setting.decision('QUESTION');
    const receipts = await Promise.all([byLink(first, null, draft), byLink(second, null, draft)]);
    expect(receipts[0]).toEqual(receipts[1]);
    expect(await decisions(personId('official'))).toHaveLength(1);
  });

  it('I5: the database itself refuses a second one, whatever the process believes', async () => {
    const token = await setting.link('official', 'QUESTION');
    const receipt = await byLink(token, null, await setting.decision('QUESTION'));
    const [row] = await setting.db.query<{ text: string }>(
      'select text from parley.events where stream = $1 and version = $2',
      [setting.project, receipt.version],
    );
    const again = (row?.text ?? '')
      .replace(`"version":${receipt.version}}`, `"version":${receipt.version + 1}}`)
      .replace(/"prev":"[^"]*"/, `"prev":"${receipt.head}"`);
    const fresh = await setting.link('official', 'QUESTION');
    const [answer] = await setting.db.query<{ answer: { refusal: { rule: string } } }>(
      'select parley.record_decision($1, null, $2) as answer',
      [fresh, [again]],
      'PORTAL',
    );
    expect(answer?.answer.refusal.rule).toBe('ALREADY_DECIDED');
  });
});

describe('exactly what was shown', () => {
  it('T3, I8: when the core has changed, the old link decides nothing', async () => {
    const token = await setting.link('official', 'QUESTION');
    const draft = await setting.decision('QUESTION');
    await setting.proposeQuestion();
    expect(await setting.processes.portal.links.find(token)).toBeNull();
    expect((await setting.processes.portal.links.recall(token))?.state).toBe('VOID');
    expect(await verdict(byLink(token, null, draft))).toBe('CONTENT_CHANGED');
    expect(await decisions(personId('official'))).toHaveLength(0);
  });

  it('T3: a decision on another cover than the present one is refused as stale', async () => {
    const token = await setting.link('official', 'QUESTION');
    const draft = await setting.decision('QUESTION');
    const { checkpoint } = await setting.asked('QUESTION');
    const { content, contents } = signContent({}, { text: 'A clearer explanation' });
    await setting.onProject('lead', {
      command: { type: 'ChangeCover', checkpoint, cover: content.cover },
      contents,
    });
    expect(await verdict(byLink(token, null, draft))).toBe('CONTENT_CHANGED');
    expect(await verdict(byLink(token, null, await setting.decision('QUESTION')))).toBe('ACCEPTED');
  });

  it('T2, I12: looking at a link, however often, changes nothing', async () => {
    const token = await setting.link('official', 'QUESTION');
    const { portal } = setting.processes;
    const before = await setting.world();
    for (let visit = 0; visit < 20; visit += 1) await portal.links.find(token);
    expect(await setting.world()).toEqual(before);
    expect(await verdict(byLink(token, null, await setting.decision('QUESTION')))).toBe('ACCEPTED');
  });

  it('T4: the proposer is refused even with a link of their own', async () => {
    await expect(setting.link('lead', 'QUESTION')).rejects.toThrow('NOT_ASKED');
  });
});

describe('links', () => {
  it.each(['nonsense', '', 'a'.repeat(43)])('an unknown token (%j) is a dead link', async (token) => {
    expect(await setting.processes.portal.links.recall(token)).toBeNull();
    expect(await verdict(byLink(token, null, await setting.decision('QUESTION')))).toBe('LINK_DEAD');
  });

  it('an expired link is dead', async () => {
    const token = await setting.link('official', 'QUESTION');
    await setting.db.shiftClock('15 days');
    expect(await setting.processes.portal.links.find(token)).toBeNull();
    expect(await verdict(byLink(token, null, await setting.decision('QUESTION')))).toBe('LINK_DEAD');
  });

  it('a link is good for its own checkpoint only', async () => {
    const token = await setting.link('official', 'QUESTION');
    expect(await verdict(byLink(token, null, await setting.decision('LEGAL')))).not.toBe('ACCEPTED');
    const foreign = await setting.link('riskOwner', 'LEGAL');
    expect(await verdict(byLink(foreign, null, await setting.decision('QUESTION')))).not.toBe('ACCEPTED');
  });

  it('a used link can still withdraw, with no code, and withdrawing twice gives one receipt', async () => {
    const token = await setting.link('official', 'QUESTION');
    await byLink(token, null, await setting.decision('QUESTION'));
    expect(await setting.processes.portal.links.find(token)).toBeNull();
    const first = await byLink(token, null, await setting.withdrawal('QUESTION'));
    const second = await byLink(token, null, await setting.withdrawal('QUESTION'));
    expect(second).toEqual(first);
    const [decision] = (await setting.asked('QUESTION')).round.decisions;
    expect(decision?.withdrawn).not.toBeNull();
  });

  it('a fresh link is mailed to the address on record, at most three times an hour', async () => {
    const token = await setting.link('official', 'QUESTION');
    const { portal, courier } = setting.processes;
    for (let time = 0; time < 5; time += 1) await portal.links.askFresh(token);
    await portal.links.askFresh('unknown');
    const rows = await courier.outbox.pending('mail', 1000);
    expect(
      rows.filter(({ stream, mail }) => stream === setting.project && mail?.purpose === 'FRESH_LINK'),
    ).toHaveLength(3);
  });
});

describe('codes', () => {
  it('a decision that needs the code is refused without it, with a wrong one, and after five tries', async () => {
    const token = await setting.link('riskOwner', 'LEGAL');
    const draft = await setting.decision('LEGAL');
    expect(await verdict(byLink(token, null, draft))).toBe('CODE_NEEDED');
    const code = await setting.code('riskOwner', 'LEGAL', token);
    const wrong = code === '00000000' ? '11111111' : '00000000';
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await verdict(byLink(token, wrong, draft))).toBe('CODE_WRONG');
    expect(await verdict(byLink(token, code, draft))).toBe('CODE_DEAD');
    expect(await decisions(personId('riskOwner'))).toHaveLength(0);
  });

  it('a code lives ten minutes', async () => {
    const token = await setting.link('riskOwner', 'LEGAL');
    const code = await setting.code('riskOwner', 'LEGAL', token);
    await setting.db.shiftClock('11 minutes');
    expect(await verdict(byLink(token, code, await setting.decision('LEGAL')))).toBe('CODE_DEAD');
  });

  it('a code of one person opens nothing for another', async () => {
    const [mine, theirs] = [await setting.link('checker', 'ETHICAL'), await setting.link('lay', 'ETHICAL')];
    await setting.code('checker', 'ETHICAL', mine);
    const theirCode = await setting.code('lay', 'ETHICAL', theirs);
    expect(await verdict(byLink(mine, theirCode, await setting.decision('ETHICAL')))).toBe('CODE_WRONG');
  });

  it('three codes an hour', async () => {
    const token = await setting.link('riskOwner', 'LEGAL');
    const { links } = setting.processes.portal;
    for (let time = 0; time < 3; time += 1) await links.askCode(token);
    expect(await verdict(links.askCode(token))).toBe('TOO_MANY_CODES');
  });

  it('nobody gets a code they did not ask for', async () => {
    const { checkpoint } = await setting.asked('LEGAL');
    const { links } = setting.processes.courier;
    const mint = links.mintCode(setting.project, personId('riskOwner'), checkpoint, 1);
    await expect(mint).rejects.toThrow('NOT_ASKED');
  });
});

describe('by account', () => {
  it('an account does not replace a link', async () => {
    const draft = await setting.decision('QUESTION');
    expect(await verdict(setting.byAccount('official', setting.project, draft))).not.toBe('ACCEPTED');
    expect(await decisions(personId('official'))).toHaveLength(0);
  });

  it('an account withdraws what its person signed by link', async () => {
    await setting.sign('QUESTION', 'official');
    const draft = await setting.withdrawal('QUESTION');
    const command = { ...draft.command, assurance: 'ACCOUNT' } as Draft['command'];
    const receipt = await setting.byAccount('official', setting.project, { ...draft, command });
    expect(receipt.entries.map(({ type }) => type)).toEqual(['DecisionWithdrawn']);
  });

  it('a token that may only read decides nothing', async () => {
    await setting.sign('QUESTION', 'official');
    const { ledger, credentials } = setting.processes.api;
    const narrow = await credentials.narrow(await setting.secretOf('official'), ['read'], 1);
    const draft = await setting.withdrawal('QUESTION');
    const command = { ...draft.command, assurance: 'ACCOUNT' } as Draft['command'];
    expect(await verdict(ledger.byAccount(narrow, setting.project, () => ({ ...draft, command })))).toBe(
      'SCOPES',
    );
  });
});

describe('the roster', () => {
  it('B5: with the agreement signed, the administrator changes no one in its organisations', async () => {
    const command = { type: 'ChangeRoles', person: personId('official'), roles: ['signatory'] } as const;
    const draft = { command: { ...command, roles: [...command.roles] } };
    expect(await verdict(setting.byAccount('administrator', setting.programme, draft))).not.toBe('ACCEPTED');
  });

  it('T4: only the registrar of the own organisation changes an address; links die at once', async () => {
    const token = await setting.link('official', 'QUESTION');
    const address = commitText('elsewhere@example.org');
    const command = {
      type: 'ChangeAddress' as const,
      person: personId('official'),
      address: address.commitment,
    };
    const draft = { command, texts: [address] };
    expect(await verdict(setting.byAccount('holder', setting.programme, draft))).not.toBe('ACCEPTED');
    expect(await verdict(setting.byAccount('checker', setting.programme, draft))).toBe('ACCEPTED');
    expect(await setting.processes.portal.links.find(token)).toBeNull();
    const present = 'select parley.address_of($1) as address';
    const { dataSource } = setting.processes.courier;
    const addressNow = () => dataSource.query(present, [personId('official')]);
    expect(await addressNow()).toEqual([{ address: 'official@example.org' }]);
    await setting.db.shiftClock('4 days');
    expect(await addressNow()).toEqual([{ address: 'elsewhere@example.org' }]);
  });

  it('T4: a change of address that has not taken effect is called off, and mail goes on as before', async () => {
    const cancel = { command: { type: 'CancelAddressChange' as const, person: personId('official') } };
    expect(await verdict(setting.byAccount('lead', setting.programme, cancel))).toBe('NOT_THEIR_REGISTRAR');
    await setting.byAccount('checker', setting.programme, cancel);
    expect(await verdict(setting.byAccount('checker', setting.programme, cancel))).toBe('NOTHING_PENDING');
    await setting.db.shiftClock('4 days');
    const rows = await setting.db.query('select parley.address_of($1) as address', [personId('official')]);
    await setting.db.shiftClock('0 days');
    expect(rows).toEqual([{ address: 'official@example.org' }]);
  });

  it('T4: an address belongs to one person of a programme', async () => {
    const address = commitText('LAY@example.org');
    const command = {
      type: 'ChangeAddress' as const,
      person: personId('official'),
      address: address.commitment,
    };
    expect(
      await verdict(setting.byAccount('checker', setting.programme, { command, texts: [address] })),
    ).toBe('ADDRESS_TAKEN');
  });

  it('an unknown, expired or revoked token is nobody', async () => {
    const draft = await setting.withdrawal('QUESTION');
    const { credentials, ledger } = setting.processes.api;
    expect(await verdict(ledger.byAccount('prl_nonsense', setting.project, () => draft))).toBe('NO_ACCOUNT');
    const revoked = await credentials.narrow(await setting.secretOf('official'), ['write'], 1);
    await credentials.revoke(revoked);
    expect(await credentials.check(revoked)).toBeNull();
    const other = await setting.secretOf('lay');
    await setting.db.shiftClock('31 days');
    expect(await credentials.check(other)).toBeNull();
  });
});
