// Questions over the API on a real Postgres: the chain of versions, and a second wave that waits for sufficiency.
import type { Installation, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { concludeCycle, sealRelease } from '../testing/releasing';
import { aProjectAtWork } from '../testing/setting-up';
import { sign } from '../testing/signing';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;
let at: string;

beforeAll(async () => {
  ({ installation, team, project, at } = await aProjectAtWork());
});
afterAll(() => installation?.stop());

const CHANGE = { from: 'q1', kind: 'NARROWS', what: 'To like people.', because: 'Groups differed.' };
const version = (over: object = {}) => ({
  ...{
    question: 'Among whom did earnings rise?',
    framing: 'Like with like.',
    sufficient: true,
    summary: 's',
  },
  change: {
    from: 'q1',
    kind: 'NARROWS',
    what: 'To like people.',
    because: 'Groups differed.',
    cites: ['f1'],
  },
  ...over,
});
const signQuestion = () => sign(installation, team, project, 'QUESTION', ['official', 'researcher']);
const gateOf = async (release: string) => {
  const shown = await team.people.lead.client.see<{ gate: { open: boolean; missing?: { rule: string }[] } }>(
    `${at}/releases/${release}`,
  );
  return (shown.gate.missing ?? []).map(({ rule }) => rule);
};
/** What the database's own gate says, whatever the domain thinks. */
const secondGate = async (release: string) => {
  const rows = await installation.db.query<{ rule: string; reason: string }>(
    'select rule, reason from parley.gate_missing($1, $2, parley.gate_now($1))',
    [project, release],
  );
  return rows.map(({ reason }) => reason);
};
const sufficiency = () => team.people.lead.client.see<{ status: string; by: string }>(`${at}/sufficiency`);

describe('questions over the API', () => {
  it('B10, B13: the second cycle’s question goes on from the first, says what it narrows and why, and is signed so', async () => {
    const { lead } = team.people;
    const release = await sealRelease(installation, team, project, 1);
    await sign(installation, team, project, 'TRUST', ['official', 'researcher', 'holder']);
    await installation.worker.ledger.givePermit(project, release);
    await concludeCycle(installation, team, project);
    await lead.client.make(`${at}/cycles`, { descendsFrom: 'c1' });
    const silent = version({ change: undefined });
    expectProblem(await lead.client.post(`${at}/questions`, silent), 422, 'CHAIN');
    const tight = { aim: 'TIGHT', options: ['Visits', '<b>Letters</b>'] };
    await team.people.layMember.client.make(`${at}/questions`, version(tight));
    await signQuestion();
    expect(await lead.client.see(`${at}/questions/q2`)).toMatchObject({
      ...{ cycle: 'c2', status: 'SETTLED', aim: 'TIGHT', options: ['Visits', '<b>Letters</b>'] },
      descendsFrom: { cycle: 'c1', reflection: 'f1' },
      change: { from: 'q1', kind: 'NARROWS', because: 'Groups differed.', cites: ['f1'] },
    });
    expect(await lead.client.see(`${at}/questions/q1`)).toMatchObject({ descendsFrom: null, change: null });
    expect(await sufficiency()).toMatchObject({ status: 'GRANTED', by: 'q2' });
  });

  it('B18: sufficiency revoked, no second wave opens at either gate', async () => {
    const { official, layMember, lead } = team.people;
    const release = await sealRelease(installation, team, project, 2, ['rel1']);
    await sign(installation, team, project, 'TRUST', ['official', 'researcher', 'holder']);
    await sign(installation, team, project, 'BENEFIT', ['official', 'researcher', 'holder']);
    expect([await gateOf(release), await secondGate(release)]).toEqual([[], []]);
    const revocation = { reason: 'The assessment found other explanations.', cites: ['q2'] };
    expectProblem(await layMember.client.post(`${at}/sufficiency/revocations`, revocation), 403);
    expectProblem(
      await official.client.post(`${at}/sufficiency/revocations`, { ...revocation, cites: ['ev7'] }),
      422,
      'UNKNOWN_CITATION',
    );
    await official.client.make(`${at}/sufficiency/revocations`, revocation);
    expect(await sufficiency()).toMatchObject({ status: 'REVOKED', by: 'srv1' });
    expect(await gateOf(release)).toEqual(['SUFFICIENCY']);
    expect(await secondGate(release)).toEqual(['the sufficiency of the data for the question was revoked']);
    const early = await lead.client.post(`${at}/releases/${release}/open`, {});
    expectProblem(early, 409, 'GATE_CLOSED');
    await expect(installation.worker.ledger.givePermit(project, release)).rejects.toThrow(/sufficiency/);
    const { moves } = await lead.client.see<{ moves: { what: string }[] }>(at);
    expect(moves.map(({ what }) => what)).toContain('propose a question for which the data suffices');
    expectProblem(
      await official.client.post(`${at}/sufficiency/revocations`, revocation),
      409,
      'NOT_SUFFICIENT',
    );
  });

  it('B18: it opens again only for a release of a newly signed version that the data suffices for', async () => {
    const { layMember, lead } = team.people;
    const change = {
      from: 'q2',
      kind: 'WIDENS',
      what: 'To experience.',
      because: 'The assessment.',
      cites: [],
    };
    await layMember.client.make(`${at}/questions`, version({ change, sufficient: false }));
    await sign(installation, team, project, 'QUESTION', ['researcher']);
    expect((await sufficiency()).status).toBe('REVOKED');
    const enough = { from: 'q3', kind: 'REWORDS', what: 'With the survey.', because: 'It is agreed.' };
    await lead.client.make(`${at}/questions`, version({ change: enough }));
    expect((await sufficiency()).status).toBe('REVOKED');
    await signQuestion();
    expect(await sufficiency()).toMatchObject({ status: 'GRANTED', by: 'q4' });
    expect(await gateOf('rel2')).toEqual(['QUESTION']);
    expect(await secondGate('rel2')).toEqual([
      'the release rests on question q2, which is not the one in force',
    ]);
  });

  it.each<[string, number, string, object]>([
    ['a tight aim without options', 422, 'OPTIONS', { aim: 'TIGHT' }],
    ['options of a broad aim', 422, 'OPTIONS', { options: ['Visits'] }],
    ['an aim that is none', 422, 'SHAPE', { aim: 'VAGUE' }],
    ['a change of nothing there', 422, 'CHAIN', { change: { ...CHANGE, from: 'q9' } }],
    ['a change without a why', 422, 'SHAPE', { change: { ...CHANGE, because: '' } }],
    ['a change of no kind', 422, 'SHAPE', { change: { ...CHANGE, kind: 'SHIFTS' } }],
    ['something invented to rest on', 422, 'UNKNOWN_CITATION', { change: { ...CHANGE, cites: ['i77'] } }],
    ['an unknown field', 422, 'SHAPE', { urgent: true }],
    ['oversized text', 422, 'SHAPE', { change: { ...CHANGE, what: 'x'.repeat(10_001) } }],
  ])('refuses %s (%i %s), and records nothing', async (_what, status, rule, over) => {
    const { client } = team.people.lead;
    const before = (await client.see<{ version: number }>(at)).version;
    expectProblem(await client.post(`${at}/questions`, version(over)), status, rule);
    expect((await client.see<{ version: number }>(at)).version).toBe(before);
  });

  it('refuses a revocation without a reason, and shows markup and right-to-left text as text', async () => {
    const { researcher, lead } = team.people;
    const revocations = `${at}/sufficiency/revocations`;
    expectProblem(await researcher.client.post(revocations, { cites: [] }), 422, 'SHAPE');
    expectProblem(await researcher.client.post(revocations, { reason: ' ' }), 422, 'SHAPE');
    const reason = '<img src=x onerror=alert(1)> \u202eלא מספיק\u202c';
    await researcher.client.make(revocations, { reason });
    const shown = await lead.client.see<{ revocations: { because: string }[] }>(`${at}/sufficiency`);
    expect(shown.revocations.at(-1)?.because).toBe(reason);
  });
});
