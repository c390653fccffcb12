// Sources, the issue and the tempo over the API on a real Postgres: what is said is kept, shown with discretion, opens nothing.
import type { Installation, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { aProjectAtWork, askOf } from '../testing/setting-up';
import { walkDescription } from '../testing/described';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;
let at: string;

beforeAll(async () => {
  ({ installation, team, project, at } = await aProjectAtWork());
});
afterAll(() => installation?.stop());

const versionNow = async () =>
  (await team.people.lead.client.see<{ version: number }>(`/projects/${project}`)).version;
const source = (over: object = {}) => ({
  ...{ name: 'register', holder: team.organisations['holder'], collectedFor: 'Paying benefits.' },
  ...{ missing: 'Whoever never claimed.', measure: 'STOCK', provenance: 'ADMINISTRATIVE' },
  access: { kind: 'REQUESTED' },
  ...over,
});
const PUBLISHED = {
  ...{ kind: 'PUBLISHED', address: 'https://statistics.example/lsoa', licence: 'OGL 3.0' },
  ...{ version: '2026-11', disclosureControl: 'Counts rounded to five.' },
};
const says = (claim: string, over: object = {}) => ({ claim, source: 'src1', text: 'We looked.', ...over });

describe('discovery over the API', () => {
  it('B52, B49: anybody registers a source: who holds it, for what, who is not in it, flow or stock', async () => {
    const text = '<script>alert(1)</script> \u202eילד\u202c e\u0301';
    await team.people.layMember.client.make(`${at}/sources`, source({ missing: text }));
    expect(await team.people.lead.client.see(`${at}/sources/src1`)).toMatchObject({
      ...{
        name: 'register',
        holder: { name: 'holder' },
        missing: text,
        measure: 'STOCK',
        existence: 'UNKNOWN',
      },
      ...{ access: { kind: 'REQUESTED' }, registeredBy: { name: 'The layMember' }, conversation: [] },
    });
  });

  it('B52: a boundary’s names resolve to the register', async () => {
    expect(await team.people.lead.client.see(`${at}/boundaries/b1`)).toMatchObject({
      sources: [{ source: 'register', registered: 'src1' }],
    });
  });

  it('B52, B21: nothing is requested until it is established that the source exists and is relevant to the question', async () => {
    const { lead, holder, official } = team.people;
    const ask = () => lead.client.post(`${at}/requests`, askOf(team));
    expectProblem(await ask(), 409, 'NOT_DISCOVERED');
    await holder.client.make(`${at}/discovery`, says('EXISTS'));
    expectProblem(await ask(), 409, 'NOT_RELEVANT');
    await official.client.make(`${at}/discovery`, says('UNSURE', { question: 'q1' }));
    await official.client.make(`${at}/discovery`, says('REMARK', { source: null }));
    await holder.client.make(`${at}/discovery`, says('RELEVANT', { question: 'q1' }));
    expect(await lead.client.see(`${at}/sources/src1`)).toMatchObject({
      ...{ existence: 'EXISTS', relevance: [{ question: 'q1', relevance: 'RELEVANT' }] },
      conversation: [{ claim: 'EXISTS' }, { claim: 'UNSURE' }, { claim: 'RELEVANT', text: 'We looked.' }],
    });
    expect((await ask()).status).toBe(201);
  });

  it('B52: published data keeps its address, licence, version and its publisher’s own disclosure control', async () => {
    const published = {
      holder: null,
      heldBy: 'The statistics office.',
      provenance: 'PUBLISHED',
      access: PUBLISHED,
    };
    await team.people.researcher.client.make(`${at}/sources`, source({ name: 'areas', ...published }));
    expect(await team.people.lead.client.see(`${at}/sources/src2`)).toMatchObject({
      ...{ holder: null, heldBy: 'The statistics office.', access: PUBLISHED },
    });
  });

  it('a revision keeps what was said before, with its reason', async () => {
    const revision = source({ measure: 'FLOW', reason: 'Leavers are kept after all.' });
    await team.people.holder.client.make(`${at}/sources/src1/revisions`, revision);
    expect(await team.people.lead.client.see(`${at}/sources/src1`)).toMatchObject({
      measure: 'FLOW',
      earlier: [{ measure: 'STOCK', because: 'Leavers are kept after all.' }],
    });
  });

  it.each<[string, number, string, () => object]>([
    ['an unknown field', 422, 'SHAPE', () => source({ owner: 'x' })],
    ['no word on who is missing', 422, 'SHAPE', () => source({ missing: '' })],
    [
      'an address that is none',
      422,
      'SHAPE',
      () => source({ access: { ...PUBLISHED, address: 'javascript:1' } }),
    ],
    [
      'a licence for what is requested',
      422,
      'SHAPE',
      () => source({ access: { kind: 'REQUESTED', licence: 'x' } }),
    ],
    ['oversized text', 422, 'SHAPE', () => source({ collectedFor: 'x'.repeat(10_001) })],
    ['two holders', 422, 'HOLDER', () => source({ name: 'x', heldBy: 'Somebody.' })],
    ['found data that is published', 422, 'PROVENANCE', () => source({ name: 'x', access: PUBLISHED })],
    ['a second source of that name', 409, 'KNOWN_SOURCE', () => source()],
  ])('refuses a source with %s (%i %s)', async (_what, status, rule, body) => {
    const before = await versionNow();
    expectProblem(await team.people.lead.client.post(`${at}/sources`, body()), status, rule);
    expect(await versionNow()).toBe(before);
  });

  it.each<[string, number, string, object]>([
    ['relevance to no question', 422, 'CLAIM', { claim: 'RELEVANT', source: 'src1', text: 't' }],
    ['an unknown source', 404, 'UNKNOWN_SOURCE', { claim: 'EXISTS', source: 'src9', text: 't' }],
    ['an unknown claim', 422, 'SHAPE', { claim: 'GUESSED', source: 'src1', text: 't' }],
    ['no words', 422, 'SHAPE', { claim: 'EXISTS', source: 'src1' }],
  ])('refuses %s in the conversation (%i %s)', async (_what, status, rule, body) => {
    expectProblem(await team.people.lead.client.post(`${at}/discovery`, body), status, rule);
  });
});

describe('the issue over the API', () => {
  const seen = (degree: string) => ({ degree, because: 'As heard at the meeting.' });
  const profile = { contested: seen('YES'), urgent: seen('NO'), open: seen('SOMEWHAT'), risky: seen('YES') };

  it('B44: profiles are dated and stand beside each other', async () => {
    const { official, layMember, lead } = team.people;
    await official.client.make(`${at}/issue-profiles`, profile);
    await layMember.client.make(`${at}/issue-profiles`, { ...profile, contested: seen('NO') });
    const { items } = await lead.client.see<{ items: { at: string }[] }>(`${at}/issue-profiles`);
    expect(items).toMatchObject([
      { id: 'ip1', cycle: 'c1', person: { name: 'The official' }, contested: { degree: 'YES' } },
      { id: 'ip2', contested: { degree: 'NO', because: 'As heard at the meeting.' } },
    ]);
    expectProblem(await lead.client.post(`${at}/issue-profiles`, { contested: seen('YES') }), 422, 'SHAPE');
  });

  it('B44: a narrative is held by role, in lists and in the ledger, until its holder agrees to be named', async () => {
    const { official, lead, researcher } = team.people;
    const told = { heldAs: 'policyOfficial', isOwn: true, text: 'The service works, the figures do not.' };
    await official.client.make(`${at}/narratives`, told);
    await researcher.client.make(`${at}/narratives`, { ...told, heldAs: 'civilSociety', isOwn: false });
    const holders = async (client = lead.client) => {
      const { items } = await client.see<{ items: { heldAs: string; holder: { name: string } | null }[] }>(
        `${at}/narratives`,
      );
      return items.map((item) => [item.heldAs, item.holder?.name ?? null]);
    };
    const reported = ['civilSociety', null];
    expect(await holders()).toEqual([['policyOfficial', null], reported]);
    expect(await holders(official.client)).toEqual([['policyOfficial', 'The official'], reported]);
    const entries = async (client = lead.client) => {
      const { items } = await client.see<{ items: { type: string; text: string | null; hash: string }[] }>(
        `${at}/ledger?limit=500`,
      );
      return items.filter((entry) => entry.type === 'NarrativeTold').map((entry) => entry.text !== null);
    };
    expect(await entries()).toEqual([false, false]);
    expect(await entries(official.client)).toEqual([true, false]);
    const naming = `${at}/narratives/nar1/naming`;
    expectProblem(await lead.client.post(naming, { isNamed: true }), 403, 'NOT_YOURS');
    await official.client.make(naming, { isNamed: true });
    expect(await holders()).toEqual([['policyOfficial', 'The official'], reported]);
  });

  it('B44: refuses a narrative in a role not held, or naming somebody else', async () => {
    const { layMember } = team.people;
    const told = { heldAs: 'policyOfficial', isOwn: true, text: 't' };
    expectProblem(await layMember.client.post(`${at}/narratives`, told), 403, 'WRONG_ROLE');
    const named = { ...told, isOwn: false, isNamed: true };
    expectProblem(await layMember.client.post(`${at}/narratives`, named), 422, 'NOT_YOURS');
  });
});

describe('tempo over the API', () => {
  interface Seen {
    tempo: string;
    cycle: { stages: { stage: string; status: string }[] };
    moves: { what: string; about: string; due: string | null }[];
    status: string;
  }
  const overview = () => team.people.lead.client.see<Seen>(at);

  it('B47, T13: a shock has a cause, is shown, and skips nothing', async () => {
    const { lead, official, layMember } = team.people;
    const reason = 'The newspapers.';
    const before = await overview();
    expectProblem(await lead.client.post(`${at}/tempo`, { tempo: 'SHOCK', reason }), 422, 'CAUSE');
    expectProblem(await lead.client.post(`${at}/tempo`, { tempo: 'PANIC', reason }), 422, 'SHAPE');
    const shock = { tempo: 'SHOCK', cause: 'PUBLIC_OUTCRY', reason };
    expectProblem(await layMember.client.post(`${at}/tempo`, shock), 403);
    await official.client.make(`${at}/tempo`, shock);
    const after = await overview();
    expect(after.tempo).toBe('SHOCK');
    await lead.client.make('/projects', {
      programme: team.programme,
      title: 'Another, at its routine tempo',
    });
    const listed = async (path: string) =>
      (await lead.client.see<{ items: { id: string; tempo: string }[]; next: string | null }>(path)).items;
    const all = await listed('/projects');
    expect(all.map(({ tempo }) => tempo)).toEqual([...all.map(({ tempo }) => tempo)].sort().reverse());
    expect(all[0]).toMatchObject({ id: project, tempo: 'SHOCK' });
    const [first] = await listed('/projects?limit=1');
    const { next } = await lead.client.see<{ next: string }>('/projects?limit=1');
    const others = await listed(`/projects?cursor=${next}`);
    expect([first, ...others].map((each) => each?.id)).toEqual(all.map(({ id }) => id));
    const waiting = await listed('/projects?waiting=me');
    expect(waiting.map(({ id }) => id)).toContain(project);
    const own = await lead.client.see<{ items: { stream: string }[] }>('/accounts/me/moves?limit=1');
    expect([...new Set(own.items.map(({ stream }) => stream))]).toEqual([project]);
    expect([after.cycle.stages, after.moves]).toEqual([before.cycle.stages, before.moves]);
    await lead.client.make(`${at}/tempo`, { tempo: 'ROUTINE', reason: 'It is over.' });
    expect(await lead.client.see(`${at}/tempo`)).toMatchObject({
      tempo: 'ROUTINE',
      changes: [{ cause: 'PUBLIC_OUTCRY', reason, person: { name: 'The official' } }, { cause: null }],
    });
  });

  it('B47, T13: suspended and resumed, nothing loses its place and deadlines move', async () => {
    const { lead, holder } = team.people;
    const before = await overview();
    const dueOf = (seen: Seen) => seen.moves.find((move) => move.about === 'r1')?.due ?? '';
    await lead.client.make(`${at}/suspension`, { reason: 'An election.' });
    expect(await overview()).toMatchObject({ status: 'SUSPENDED', moves: [{ what: 'resume the project' }] });
    expectProblem(
      await lead.client.post(`${at}/sources`, source({ name: 'other' })),
      409,
      'PROJECT_SUSPENDED',
    );
    await lead.client.make(`${at}/resumption`, {});
    const after = await overview();
    expect(after.cycle.stages).toEqual(before.cycle.stages);
    expect(dueOf(after) > dueOf(before)).toBe(true);
    await holder.client.make(`${at}/requests/r1/answer`, {
      outcome: 'REFUSED',
      reasons: ['COST_EXCEEDS_BENEFIT'],
    });
  });

  it('every page is as the description says', async () => {
    const ids = { project, programme: team.programme };
    const walked = await walkDescription(team.people.lead.client, ids);
    expect(Object.fromEntries([...walked].filter(([, misfits]) => misfits.length > 0))).toEqual({});
    for (const noun of ['sources', 'discovery', 'issue-profiles', 'narratives', 'tempo', 'sufficiency'])
      expect([...walked.keys()].some((path) => path.endsWith(`/${noun}`))).toBe(true);
  });
});
