// A cycle over the API, on a real Postgres, as its people walk it: from an empty installation to a checked result.
import { reference } from '#libs/contracts';
import { rowsOf, VIEW_TABLES } from '#libs/ledger';
import { walkDescription } from './testing/described';
import { gather, install } from './testing/installation';
import type { Installation, Team } from './testing/installation';
import { expectProblem } from './testing/problem';
import { askOf, atDataRequest, GRANT, inDays, withAgreement } from './testing/setting-up';
import { asked, sign } from './testing/signing';
import { acceptDeposit, releaseOf, runAnalysis, sealRelease, WORKER } from './testing/working';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
});
afterAll(() => installation?.stop());

interface Overview {
  status: string;
  cycle: { stages: { stage: string; status: string }[] };
  moves: { what: string; who: { id: string; name: string }[]; since: string }[];
  releases: { id: string; status: string; gate: { open: boolean } | null }[];
}
const overview = () => team.people.lead.client.see<Overview>(`/projects/${project}`);

describe('a cycle over the API', () => {
  it('people find their names, roles and organisation by their own token', async () => {
    const me = await team.people.official.client.see('/accounts/me');
    expect(me).toMatchObject({
      name: 'The official',
      roles: ['policyOfficial'],
      organisation: { name: 'council' },
    });
  });

  it('B5: the agreement comes into force when every institution has signed', async () => {
    const id = await withAgreement(installation, team);
    const agreement = await team.people.lead.client.see(`/programmes/${team.programme}/agreements/${id}`);
    expect(agreement).toMatchObject({ inForce: true, status: 'SETTLED' });
  });

  it('B10, B57: a project opens its data request once boundary and question are signed', async () => {
    project = await atDataRequest(installation, team);
    const { cycle } = await overview();
    expect(cycle.stages.map((s) => s.status)).toEqual(['SETTLED', 'OPEN', 'WAITING', 'WAITING', 'WAITING']);
  });

  it('shows whose move it is, by name and since when', async () => {
    await team.people.lead.client.make(`/projects/${project}/requests`, askOf(team));
    const { moves } = await overview();
    const waiting = moves.find(
      (move) => move.what.includes('data request') && move.who.some((w) => w.id === team.people.holder.id),
    );
    expect(waiting?.who[0]?.name).toBe('The holder');
    expect(Date.parse(waiting?.since ?? '')).toBeLessThanOrEqual(Date.now());
    const mine = await team.people.holder.client.see<{ items: { what: string; about: string }[] }>(
      '/accounts/me/moves',
    );
    expect(mine.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'answer the data request', about: 'r1', stream: project }),
      ]),
    );
    // A lead's next step is a move like any other, and whoever has none is told so.
    const ofLead = await team.people.lead.client.see<{ items: { what: string }[] }>('/accounts/me/moves');
    expect(ofLead.items.map(({ what }) => what)).toContain('request data, propose releases, or settle empty');
    expect((await team.people.layMember.client.see('/accounts/me/moves'))['items']).toEqual([]);
  });

  it('B23: an early release is refused with everything missing and whose move it is', async () => {
    const answer = { outcome: 'GRANTED', grant: { ...GRANT, expires: inDays(300) } };
    await team.people.holder.client.make(`/projects/${project}/requests/r1/answer`, answer);
    const publicKey = (await installation.vault.keys.createDepositKeyPair(reference(project, 'd1')))
      .publicKey;
    await installation.worker.ledger.onProject(project, WORKER, () => ({
      command: { type: 'InviteDeposit', request: 'r1', publicKey },
    }));
    const csv = `person,treat,re74,re78\n${Array.from({ length: 40 }, (_, i) => `p${i},${i % 2},${i * 10},${i * 11}`).join('\n')}\n`;
    const sent = await team.people.holder.client.send('PUT', `/projects/${project}/deposits/d1/file`, csv, {
      'content-type': 'text/csv',
    });
    expect(sent).toMatchObject({ status: 201, body: { id: 'd1', bytes: csv.length } });
    await acceptDeposit(installation, project);
    await team.people.lead.client.make(`/projects/${project}/releases`, releaseOf(team));
    const early = await team.people.researcher.client.post(`/projects/${project}/releases/rel1/open`, {});
    expect(early.status).toBe(409);
    expect(early.headers.get('content-type')).toContain('application/problem+json');
    expect(early.body).toMatchObject({ rule: 'GATE_CLOSED', status: 409 });
    const missing = (early.body as { missing: { rule: string }[] }).missing.map((m) => m.rule);
    expect(missing).toEqual(expect.arrayContaining(['SEALED', 'TRUST']));
  });

  it('B25: the release opens when those it exposes have signed, and names who is waited for until then', async () => {
    await sealRelease(installation, project);
    await sign(installation, team, project, 'TRUST', ['official', 'researcher']);
    const early = await team.people.lead.client.post<{ missing: { rule: string; names: string[] }[] }>(
      `/projects/${project}/releases/rel1/open`,
      {},
    );
    expect(early.body.missing).toEqual([expect.objectContaining({ rule: 'TRUST', names: ['The holder'] })]);
    await sign(installation, team, project, 'TRUST', ['holder']);
    const open = await team.people.lead.client.post(`/projects/${project}/releases/rel1/open`, {});
    expect(open).toMatchObject({ status: 202, body: { status: 'SEALED', gate: { open: true } } });
    await installation.worker.ledger.givePermit(project, 'rel1');
    const { releases } = await overview();
    expect(releases).toEqual([expect.objectContaining({ id: 'rel1', status: 'PERMITTED' })]);
  });

  it('a run is registered, followed as events, and ends', async () => {
    const unknown = await register({ outcome: 'salary', groups: 'treat' });
    expect(unknown).toMatchObject({ status: 422, body: { rule: 'FIELDS_NOT_RELEASED' } });
    expect(await register({ outcome: 're78', groups: 'treat' })).toMatchObject({
      status: 201,
      body: { id: 'a1' },
    });
    const reading = follow(`/projects/${project}/analyses/a1/events`);
    await runAnalysis(installation, project);
    const told = await reading;
    expect(told).toContain('event: status\ndata: {"status":"RUNNING"}'.split('\n')[1]);
    expect(told).toMatch(/event: end\n/);
  });

  it('T4: until the check the author sees no data, a checker does; afterwards the programme does', async () => {
    const { researcher, checker, official } = team.people;
    const path = `/projects/${project}/analyses/a1/result`;
    expect((await researcher.client.get(path)).status).toBe(403);
    expect((await official.client.get(path)).status).toBe(403);
    const seen = await checker.client.see<object>(path);
    expect(seen).toMatchObject({ result: { method: 'descriptive' }, findings: { cells: 1 } });
    const output = await checker.client.see<{ core: string; cover: string; status: string }>(
      `/projects/${project}/outputs/a1`,
    );
    expect(output.status).toBe('OPEN');
    const decision = { choice: 'APPROVED', core: output.core, cover: output.cover, signedAs: 'The checker' };
    expect((await researcher.client.post(`/projects/${project}/outputs/a1/decision`, decision)).status).toBe(
      403,
    );
    await checker.client.make(`/projects/${project}/outputs/a1/decision`, decision);
    const shown = await official.client.see(path);
    expect(shown).toMatchObject({ result: { method: 'descriptive' }, findings: null, status: 'CHECKED' });
    const plot = await official.client.get(`${path}/plot-1.svg`);
    expect(plot.headers.get('content-type')).toContain('image/svg+xml');
    expect((await official.client.get(`${path}/findings.json`)).status).toBe(404);
  });

  it('B48, B49: the cycle goes on to reflection and refinement, and the next one descends from it', async () => {
    const { lead, researcher, official } = team.people;
    const at = `/projects/${project}`;
    await lead.client.make(`${at}/stages/analysis/close`, {});
    await researcher.client.make(`${at}/interpretations`, {
      as: 'RESEARCHER',
      text: 'Groups differ.',
      misreading: 'As a cause.',
    });
    await official.client.make(`${at}/interpretations`, {
      as: 'PRACTITIONER',
      text: 'Not yet.',
      misreading: 'As a failure.',
    });
    const insight = {
      status: 'DEFERRED',
      text: 'Match first.',
      authors: [official.id, researcher.id],
      analyses: ['a1'],
    };
    await researcher.client.make(`${at}/insights`, insight);
    await lead.client.make(`${at}/reflections`, {
      issue: 'Not answerable yet.',
      working: 'Well.',
      summary: 'So far.',
    });
    const { id } = await asked(team, project, 'REFLECTION');
    const shown = await lead.client.see<{ content: { core: { interpretations: { text: string }[] } } }>(
      `${at}/checkpoints/${id}`,
    );
    expect(shown.content.core.interpretations.map((i) => i.text)).toEqual(['Groups differ.', 'Not yet.']);
    await sign(installation, team, project, 'REFLECTION', ['official', 'researcher']);
    const refinement = {
      next: 'NEXT_CYCLE',
      reasons: 'Groups differed.',
      proposal: 'Match.',
      summary: 'Next.',
    };
    await lead.client.make(`${at}/refinements`, refinement);
    await sign(installation, team, project, 'REFINEMENT', ['official', 'researcher']);
    expect(await lead.client.make(`${at}/cycles`, { descendsFrom: 'c1' })).toMatchObject({ id: 'c2' });
  });

  it('T10: a holder withdraws by account, and the release closes at once', async () => {
    await team.people.holder.client.make(`/projects/${project}/requests/r1/withdrawal`, {
      mode: 'STOP',
      reason: 'New advice.',
    });
    const { releases } = await overview();
    expect(releases[0]).toMatchObject({ id: 'rel1', status: 'CLOSED' });
  });

  it('T10: nothing more is begun on what was withdrawn: refused with the reason, and nothing is recorded', async () => {
    const { lead, holder } = team.people;
    const at = `/projects/${project}`;
    const versionNow = async () => (await lead.client.see<{ version: number }>(at)).version;
    const before = await versionNow();
    const withdrawal = { mode: 'STOP', reason: 'Once more.' };
    for (const attempt of [
      register({ outcome: 're78', groups: 'treat' }),
      lead.client.post(`${at}/releases/rel1/open`, {}),
      lead.client.post(`${at}/releases`, releaseOf(team)),
      holder.client.post(`${at}/requests/r1/withdrawal`, withdrawal),
    ])
      expectProblem(await attempt, 409);
    expect(await versionNow()).toBe(before);
  });

  it('I10: the read models equal the fold of the ledger', async () => {
    const { world } = await installation.worker.ledger.world(project);
    for (const [stream, state] of [
      [project, world.project],
      [team.programme, world.programme],
    ] as const) {
      const rows = rowsOf(state);
      for (const table of VIEW_TABLES) {
        const stored = await installation.db.query<{ row: { id: string } }>(
          `select to_jsonb(t) as row from parley.${table} t where stream = $1`,
          [stream],
        );
        const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
        expect(stored.map((s) => s.row).sort(byId)).toEqual([...(rows[table] ?? [])].sort(byId));
      }
    }
  });

  it('every page is as the description says', async () => {
    const ids = { project, programme: team.programme, file: 'result.json' };
    const walked = await walkDescription(team.people.holder.client, ids);
    expect(Object.fromEntries([...walked].filter(([, misfits]) => misfits.length > 0))).toEqual({});
    expect(walked.size).toBeGreaterThan(35);
  });

  it('an auditor’s eye: entries come as recorded, each with the hash of the one before', async () => {
    const { items } = await team.people.lead.client.see<{
      items: { version: number; hash: string; prev: string }[];
    }>(`/projects/${project}/ledger?limit=500`);
    expect(items.length).toBeGreaterThan(20);
    items.forEach((entry, index) => expect(entry.prev).toBe(items[index - 1]?.hash ?? ''));
  });
});

const register = (params: object) =>
  team.people.researcher.client.post(`/projects/${project}/analyses`, {
    ...{
      release: 'rel1',
      method: 'descriptive',
      params,
      hypothesis: 'Earnings rose.',
      support: 'A difference.',
    },
  });

/** Reads an event stream to its end. */
async function follow(path: string): Promise<string> {
  const { client } = team.people.researcher;
  const response = await fetch(`${client.url}${path}`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  return response.text();
}
