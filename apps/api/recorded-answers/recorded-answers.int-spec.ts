// T15 through the API: people without e-mail, what is written down for them, and who confirms it.
import type { ApiClient } from '../testing/client';
import type { AtWork } from '../testing/setting-up';
import { aProjectAtWork, askOf, GRANT, inDays } from '../testing/setting-up';
import { expectProblem } from '../testing/problem';
import { asked, sign } from '../testing/signing';

jest.setTimeout(120_000);

let work: AtWork;
let lead: ApiClient;
let colleague: ApiClient;
/** The policy official without e-mail who takes the official’s place. */
let silent: string;
let evidence: string;

beforeAll(async () => {
  work = await aProjectAtWork();
  const { team, at } = work;
  lead = team.people.lead.client;
  colleague = team.people.checker.client;
  const people = `/programmes/${team.programme}/people`;
  await colleague.make(`${people}/${team.people.official.id}/departure`, {});
  ({ id: silent } = await colleague.make(people, {
    ...{ organisation: team.organisations['council'], roles: ['policyOfficial'] },
    ...{ name: 'Sam Silent', address: null },
  }));
  ({ id: evidence } = await lead.make(`${at}/evidence`, {
    ...{ kind: 'CALL', title: 'Call with Sam Silent', audience: 'PARTNERS' },
    ...{ participants: [], others: 1, provenance: { origin: 'telephone', dated: new Date().toISOString() } },
    attribution: { type: 'PERSON', person: team.people.lead.id },
  }));
  await lead.make(`${at}/questions`, {
    ...{ question: 'For whom did earnings rise?', framing: 'Tight.', sufficient: true, summary: 'Anew.' },
    change: { from: 'q1', kind: 'NARROWS', what: 'whom', because: 'it was asked' },
  });
});
afterAll(() => work?.installation.stop());

const round = async () => {
  const { id, current } = await asked(work.team, work.project, 'QUESTION');
  return { path: `${work.at}/checkpoints/${id}`, id, round: current.round, ...current.content };
};
const heard = () => ({ person: silent, how: 'TELEPHONE', evidence, signedAs: 'Sam Silent' });
const seen = async () =>
  (
    await lead.see<{ rounds: { status: string; decisions: Record<string, unknown>[] }[] }>(
      (await round()).path,
    )
  ).rounds.at(-1);

it('T15: whose move it is says who asks them by telephone, and no mail is ordered for them', async () => {
  const { moves } = await lead.see<{
    moves: { what: string; who: { id: string }[]; people?: { id: string }[] }[];
  }>(work.at);
  expect(moves.find(({ people }) => people?.[0]?.id === silent)).toMatchObject({
    what: 'ask by telephone or on paper, and record the answer on QUESTION',
    who: [{ id: work.team.people.lead.id }],
  });
  const rows = await work.installation.db.query("select 1 from parley.outbox where mail ->> 'person' = $1", [
    silent,
  ]);
  expect(rows).toEqual([]);
  const own = await lead.see<{ items: { what: string }[] }>('/accounts/me/moves?limit=100');
  expect(own.items.map(({ what }) => what)).toContain(
    'ask by telephone or on paper, and record the answer on QUESTION',
  );
});

it('T4, T15: nothing is recorded without evidence, of other content, or by a researcher of another organisation', async () => {
  const { path, id: _id, ...content } = await round();
  const body = { ...content, ...heard(), choice: 'APPROVED' };
  const refused = async (client: ApiClient, over: object) =>
    (await client.post(`${path}/recorded-answers`, { ...body, ...over })).body as { rule: string };
  expect((await refused(lead, { evidence: 'ev99' })).rule).toBe('NO_EVIDENCE');
  expect((await refused(lead, { core: 'a'.repeat(64) })).rule).toBe('CONTENT_CHANGED');
  expect((await refused(work.team.people.researcher.client, {})).rule).toBe('WRONG_ROLE');
  expectProblem(await lead.post(`${path}/recorded-answers`, { ...body, choice: 'MAYBE' }), 422);
});

it('T15: a recorded approval settles nothing until a colleague countersigns, and stays marked', async () => {
  await sign(work.installation, work.team, work.project, 'QUESTION', ['researcher']);
  const { path, id: _id, ...content } = await round();
  await lead.make(`${path}/recorded-answers`, { ...content, ...heard(), choice: 'APPROVED' });
  expect((await seen())?.status).toBe('OPEN');
  const confirmation = { round: content.round, person: silent, signedAs: 'C' };
  const outsider = await lead.post(`${path}/countersignatures`, confirmation);
  expect((outsider.body as { rule: string }).rule).toBe('OWN_ORGANISATION');
  const own = await colleague.see<{ items: { what: string }[] }>('/accounts/me/moves?limit=100');
  expect(own.items.map(({ what }) => what)).toContain('countersign the recorded approval of QUESTION');
  await colleague.make(`${path}/countersignatures`, confirmation);
  const now = await seen();
  expect(now?.status).toBe('SETTLED');
  expect(now?.decisions.at(-1)).toMatchObject({
    ...{ assurance: 'RECORDED', person: { id: silent, name: 'Sam Silent' } },
    written: { by: { id: work.team.people.lead.id }, how: 'TELEPHONE', evidence },
    countersigned: { by: { id: work.team.people.checker.id } },
  });
});

it('T15: a holder’s grant is taken back by telephone', async () => {
  const { team, at } = work;
  const { id: request } = await lead.make(`${at}/requests`, askOf(team));
  const taking = { person: team.people.holder.id, how: 'PAPER', evidence, mode: 'STOP' };
  const path = `${at}/requests/${request}/recorded-withdrawals`;
  expect(((await lead.post(path, taking)).body as { rule: string }).rule).toBe('NOTHING_TO_WITHDRAW');
  await team.people.holder.client.make(`${at}/requests/${request}/answer`, {
    ...{ outcome: 'GRANTED', grant: { ...GRANT, expires: inDays(300) } },
  });
  await lead.make(path, taking);
  const { status } = await lead.see<{ status: string }>(`${at}/requests/${request}`);
  expect(status).toBe('WITHDRAWN');
});

it('T15: a recorded withdrawal takes effect at once', async () => {
  const { path, round: number } = await round();
  await lead.make(`${path}/recorded-withdrawals`, { ...heard(), round: number, mode: 'STOP' });
  expect((await seen())?.status).not.toBe('SETTLED');
});

it('T15: the database itself holds to it, whatever the process says', async () => {
  const entry = { type: 'DecisionCountersigned', data: { person: silent } };
  const forged = work.installation.worker.dataSource.query('select * from parley.append_events($1, $2)', [
    work.project,
    [JSON.stringify(entry)],
  ]);
  await expect(forged).rejects.toThrow();
});
