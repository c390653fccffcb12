// Different rosters over the API on a real Postgres: partners who hold, remote holders, opponents; who joins, leaves, changes.
import type { Role } from '#libs/domain';
import type { ApiClient } from '../testing/client';
import { gather, install } from '../testing/installation';
import type { Installation, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { concludeCycle, interpret, sealRelease } from '../testing/releasing';
import {
  agreementOf,
  askOf,
  atDataRequest,
  boundaryOf,
  FIELDS,
  proposeBoundary,
  withAgreement,
} from '../testing/setting-up';
import { asked, sign } from '../testing/signing';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
const lead = (): ApiClient => team.people.lead.client;
const people = () => `/programmes/${team.programme}/people`;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  await withAgreement(installation, team);
});
afterAll(() => installation?.stop());

interface Joined {
  id: string;
  client: ApiClient;
}

/** A person who joins, entered by whoever may. */
async function join(by: ApiClient, organisation: string, roles: Role[], name: string): Promise<Joined> {
  const body = {
    organisation,
    roles,
    name,
    address: `${name.toLowerCase().replace(' ', '.')}@joined.example`,
  };
  const { id } = await by.make(people(), body);
  return { id, client: installation.client(await installation.tokenOf(team.programme, id)) };
}

const question = (over: object = {}) => ({
  ...{ question: 'Did earnings rise?', framing: 'Broad.', sufficient: true, summary: 's', ...over },
});
const stagesOf = async (project: string) => {
  const { cycle } = await lead().see<{ cycle: { stages: { status: string }[] } }>(`/projects/${project}`);
  return cycle.stages.map(({ status }) => status);
};

describe('several projects side by side', () => {
  it('B4: each goes at its own pace, and one that rests holds up no other', async () => {
    const [first, second] = [
      await atDataRequest(installation, team),
      await atDataRequest(installation, team),
    ];
    await lead().make(`/projects/${first}/suspension`, { reason: 'An election.' });
    await lead().make(`/projects/${second}/stages/dataRequest/settle-empty`, {
      reason: 'No data is needed.',
    });
    await concludeCycle(installation, team, second);
    await lead().make(`/projects/${first}/resumption`, {});
    expect(await stagesOf(first)).toEqual(['SETTLED', 'OPEN', 'WAITING', 'WAITING', 'WAITING']);
    expect(await stagesOf(second)).toEqual(['SETTLED', 'SETTLED', 'SETTLED', 'SETTLED', 'SETTLED']);
  });

  it('B21: a question remains without data, through to its refinement', async () => {
    const project = await atDataRequest(installation, team);
    await lead().make(`/projects/${project}/stages/dataRequest/settle-empty`, {
      reason: 'An REA answers it.',
    });
    await concludeCycle(installation, team, project);
    const shown = await lead().see<{ requests: unknown[]; releases: unknown[] }>(`/projects/${project}`);
    expect([shown.requests, shown.releases]).toEqual([[], []]);
  });
});

describe('people join, leave and change roles mid-cycle', () => {
  it('B1, T3: a joiner is asked next time; a leaver leaves a round out of reach, and it says so', async () => {
    const { checker, layMember } = team.people;
    const project = await atDataRequest(installation, team);
    const change = { from: 'q1', kind: 'NARROWS', what: 'Where?', because: 'So asked.' };
    await layMember.client.make(`/projects/${project}/questions`, question({ change }));
    const council = team.organisations['council'] ?? '';
    await checker.client.make(`${people()}/${team.people.official.id}/roles`, { roles: ['serviceManager'] });
    const open = await asked(team, project, 'QUESTION');
    expect(open.current).toMatchObject({
      status: 'OPEN',
      outOfReach: expect.arrayContaining(['nobody for "policyOfficial"']) as string[],
    });
    const again = question({ change: { ...change, from: 'q2' } });
    const refused = await layMember.client.post<{ detail: string }>(`/projects/${project}/questions`, again);
    expectProblem(refused, 409, 'QUORUM_IMPOSSIBLE');
    expect(refused.body.detail).toContain('policyOfficial');
    const joiner = await join(checker.client, council, ['policyOfficial'], 'Joiner');
    await layMember.client.make(`/projects/${project}/questions`, again);
    const { current } = await asked(team, project, 'QUESTION');
    expect(current).toMatchObject({
      ...{ status: 'OPEN', outOfReach: [] },
      asked: expect.arrayContaining([expect.objectContaining({ id: joiner.id })]) as unknown[],
    });
    await checker.client.make(`${people()}/${joiner.id}/departure`, {});
    await checker.client.make(`${people()}/${team.people.official.id}/roles`, { roles: ['policyOfficial'] });
  });

  it('T3: a leaver’s TRUST no longer counts before the permit, and the gate names who is missing', async () => {
    const { checker } = team.people;
    const project = await atDataRequest(installation, team);
    await sealRelease(installation, team, project, 1);
    await sign(installation, team, project, 'TRUST', ['official', 'researcher', 'holder']);
    await checker.client.make(`${people()}/${team.people.official.id}/roles`, { roles: ['serviceManager'] });
    const early = await lead().post<{ missing: { rule: string }[] }>(
      `/projects/${project}/releases/rel1/open`,
      {},
    );
    expect(early.body.missing.map((m) => m.rule)).toEqual(['TRUST']);
    const rows = await installation.db.query<{ rule: string }>(
      'select rule from parley.gate_missing($1, $2, parley.gate_now($1))',
      [project, 'rel1'],
    );
    expect(rows.map(({ rule }) => rule)).toEqual(['TRUST']);
    await checker.client.make(`${people()}/${team.people.official.id}/roles`, { roles: ['policyOfficial'] });
    expect((await lead().post(`/projects/${project}/releases/rel1/open`, {})).status).toBe(202);
  });

  it('T3: an agreement whose quorum the roster cannot meet is saved with a warning that names who is missing', async () => {
    const slot = { key: 'a critic', roles: ['civilSociety'], organisation: null, count: 1 };
    const rules = { moreSigners: [{ kind: 'REFLECTION', slot }] };
    const answer = await lead().post<{ id: string; warnings: string[] }>(
      `/programmes/${team.programme}/agreements`,
      { ...agreementOf(team), rules },
    );
    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toEqual([expect.stringContaining('REFLECTION')]);
    expect(answer.body.warnings[0]).toContain('a critic');
    const shown = await lead().see(`/programmes/${team.programme}/agreements/${answer.body.id}`);
    expect(shown).toMatchObject({ warnings: answer.body.warnings, inForce: false });
  });
});

describe('a roster of its own', () => {
  const asked = async (project: string) => {
    const path = `/projects/${project}/checkpoints?limit=100`;
    const { items } = await lead().see<{ items: { kind: string; current: { asked: { id: string }[] } }[] }>(
      path,
    );
    return items.findLast(({ kind }) => kind === 'QUESTION')?.current.asked.map(({ id }) => id) ?? [];
  };

  it('B1, B4: differs per project and changes over time, each organisation naming its own people', async () => {
    const { checker, official, layMember } = team.people;
    const [one, other] = [await atDataRequest(installation, team), await atDataRequest(installation, team)];
    const second = await join(checker.client, checker.organisation, ['policyOfficial'], 'Second');
    const change = { from: 'q1', kind: 'REWORDS', what: 'The words.', because: 'Clarity.' };
    const roster = `/projects/${one}/roster`;
    expectProblem(await official.client.post(roster, { people: [official.id] }), 403);
    expectProblem(await checker.client.post(roster, { people: [layMember.id] }), 422, 'NOT_YOUR_PERSON');
    expectProblem(await checker.client.post(roster, { people: ['nobody'] }), 422, 'SHAPE');
    await checker.client.make(roster, { people: [checker.id, official.id] });
    for (const project of [one, other])
      await lead().make(`/projects/${project}/questions`, question({ change }));
    expect(await asked(one)).not.toContain(second.id);
    expect(await asked(other)).toContain(second.id);
    const proposal = question({ change: { ...change, from: 'q2' } });
    expectProblem(await second.client.post(`/projects/${one}/questions`, proposal), 403, 'NOT_IN_PROJECT');
    const { items } = await lead().see<{ items: { id: string; named: boolean }[] }>(roster);
    expect(items.map(({ id }) => id)).not.toContain(second.id);
    await checker.client.make(roster, { people: null });
    await lead().make(`/projects/${one}/questions`, proposal);
    expect(await asked(one)).toContain(second.id);
    await checker.client.make(`${people()}/${second.id}/departure`, {});
  });
});

describe('who holds, and who opposes', () => {
  const scopeOf = (holder: string) => ({
    ...boundaryOf(team).scope,
    ...{ sources: [{ source: 'register', holder, fields: FIELDS }], exposed: [holder] },
  });
  const askOfHolder = (holder: string) => ({ ...askOf(team), holder });

  it('B2: a policy partner can also be the holder, and its own official does not answer for its holder', async () => {
    const { checker, official, researcher } = team.people;
    const council = team.organisations['council'] ?? '';
    const project = await atDataRequest(installation, team);
    const owner = await join(checker.client, council, ['informationRiskOwner'], 'Owner');
    const keeper = await join(checker.client, council, ['dataHolder'], 'Keeper');
    const boundary = { ...boundaryOf(team), scope: scopeOf(council) };
    expect((await proposeBoundary(lead(), `/projects/${project}`, boundary)).status).toBe(201);
    const legal = await asked(team, project, 'LEGAL');
    expect((legal.current as unknown as { asked: { id: string }[] }).asked.map((a) => a.id)).toEqual([
      owner.id,
    ]);
    await signAs(owner.id, project, 'LEGAL');
    await sign(installation, team, project, 'ETHICAL', ['checker', 'layMember', 'official']);
    await lead().make(`/projects/${project}/requests`, askOfHolder(council));
    const refusal = { outcome: 'REFUSED', reasons: ['COST_EXCEEDS_BENEFIT'] };
    expectProblem(await official.client.post(`/projects/${project}/requests/r1/answer`, refusal), 403);
    expectProblem(await researcher.client.post(`/projects/${project}/requests/r1/answer`, refusal), 403);
    await keeper.client.make(`/projects/${project}/requests/r1/answer`, refusal);
  });

  it('B3: a remote national body holds without being a partner: it signs for its own data, and nothing else waits for it', async () => {
    const { requests, question: stage } = await withOutsider('Ministry', 'dataHolder');
    expect([stage, requests]).toEqual(['SETTLED', ['REFUSED']]);
  });

  it('B3: a third-sector body is holder and opponent: it refuses its data, and its narrative and reading stand beside the others', async () => {
    const { project, holder } = await withOutsider('Foodbank', 'civilSociety');
    const told = { heldAs: 'civilSociety', isOwn: true, text: 'The scale is denied.' };
    await holder.client.make(`/projects/${project}/narratives`, told);
    const says = { as: 'PRACTITIONER', text: 'It is larger than shown.', misreading: 'As a few cases.' };
    await lead().make(`/projects/${project}/stages/dataRequest/settle-empty`, { reason: 'It was refused.' });
    await lead().make(`/projects/${project}/stages/analysis/settle-empty`, { reason: 'There is no data.' });
    await holder.client.make(`/projects/${project}/interpretations`, says);
    await interpret(team, project);
    const { items } = await lead().see<{ items: { person: { name: string } }[] }>(
      `/projects/${project}/interpretations`,
    );
    expect(items.map(({ person }) => person.name)).toContain('Foodbank holder');
  });

  /** An organisation from outside joins by an amended agreement, is asked for data, and refuses. */
  async function withOutsider(name: string, role: 'dataHolder' | 'civilSociety') {
    const at = `/programmes/${team.programme}`;
    const { administrator } = installation;
    const { id: organisation } = await administrator.make(`${at}/organisations`, { name });
    const registrar = await join(administrator, organisation, ['registrar'], `${name} registrar`);
    const agreement = agreementOf(team);
    const parties = [...agreement.parties, { organisation, registrar: registrar.id, signatory: null }];
    await lead().make(`${at}/agreements`, { ...agreement, parties });
    await sign(installation, team, team.programme, 'AGREEMENT', ['researcher', 'checker', 'riskOwner']);
    const holder = await join(registrar.client, organisation, ['dataHolder', role], `${name} holder`);
    const owner = await join(registrar.client, organisation, ['informationRiskOwner'], `${name} owner`);
    const project = await atDataRequest(installation, team);
    const boundary = { ...boundaryOf(team), scope: scopeOf(organisation) };
    expect((await proposeBoundary(lead(), `/projects/${project}`, boundary)).status).toBe(201);
    await signAs(owner.id, project, 'LEGAL');
    await signAs(holder.id, project, 'ETHICAL');
    await sign(installation, team, project, 'ETHICAL', ['checker', 'layMember']);
    await lead().make(`/projects/${project}/requests`, askOfHolder(organisation));
    const refusal = {
      outcome: 'REFUSED',
      reasons: ['HOLDER_TERMS_PROHIBIT'],
      reason: 'Our terms forbid it.',
    };
    await holder.client.make(`/projects/${project}/requests/r1/answer`, refusal);
    const shown = await lead().see<{ requests: { status: string }[] }>(`/projects/${project}`);
    const [stage] = await stagesOf(project);
    return { project, holder, question: stage, requests: shown.requests.map((r) => r.status) };
  }

  /** Signs for somebody who is not in the team's cast. */
  async function signAs(person: string, project: string, kind: 'LEGAL' | 'ETHICAL'): Promise<void> {
    const people = {
      ...team.people,
      riskOwner: { ...team.people.riskOwner, id: person },
    };
    await sign(installation, { ...team, people }, project, kind, ['riskOwner']);
  }
});

describe('equality over the API', () => {
  it('B49: a reflection and an insight need a practitioner and a researcher', async () => {
    const { layMember, official, researcher } = team.people;
    const project = await atDataRequest(installation, team);
    const at = `/projects/${project}`;
    await lead().make(`${at}/stages/dataRequest/settle-empty`, { reason: 'None needed.' });
    await lead().make(`${at}/stages/analysis/settle-empty`, { reason: 'None needed.' });
    const reflection = { issue: 'i', working: 'w', summary: 's' };
    const says = { text: 'It rose.', misreading: 'As an effect.' };
    expectProblem(await lead().post(`${at}/reflections`, reflection), 409, 'INTERPRETATIONS');
    await researcher.client.make(`${at}/interpretations`, { as: 'RESEARCHER', ...says });
    expectProblem(await lead().post(`${at}/reflections`, reflection), 409, 'INTERPRETATIONS');
    const asPractitioner = { as: 'PRACTITIONER', ...says };
    expectProblem(await layMember.client.post(`${at}/interpretations`, asPractitioner), 403, 'WRONG_ROLE');
    expectProblem(
      await official.client.post(`${at}/interpretations`, { as: 'PRACTITIONER', text: 'It rose.' }),
      422,
      'SHAPE',
    );
    await official.client.make(`${at}/interpretations`, asPractitioner);
    const insight = { status: 'DEFERRED', text: 'Not yet.', authors: [researcher.id], analyses: [] };
    expectProblem(await layMember.client.post(`${at}/insights`, insight), 422, 'AUTHORS');
    await layMember.client.make(`${at}/insights`, { ...insight, authors: [researcher.id, official.id] });
    await lead().make(`${at}/reflections`, reflection);
  });
});
