// What bad input gets: a problem that names what, where and what to do; nothing half done; no stack trace.
import { gather, install } from './testing/installation';
import type { Installation, Team } from './testing/installation';
import type { Answer } from './testing/client';
import {
  agreementOf,
  askOf,
  atDataRequest,
  boundaryOf,
  GRANT,
  inDays,
  withAgreement,
} from './testing/setting-up';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;

beforeAll(async () => {
  installation = await install({ maxDepositBytes: 100_000 });
  team = await gather(installation);
  await withAgreement(installation, team);
  project = await atDataRequest(installation, team);
});
afterAll(() => installation?.stop());

const lead = () => team.people.lead.client;
const versionNow = async () => (await lead().see<{ version: number }>(`/projects/${project}`)).version;

/** Every error is one of these: RFC 9457, with rule and remedy, without a trace of the inside. */
function expectProblem(answer: Answer<unknown>, status: number, rule?: string) {
  expect({
    status: answer.status,
    ...(rule ? { rule: (answer.body as { rule: string }).rule } : {}),
  }).toEqual({
    status,
    ...(rule ? { rule } : {}),
  });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    remedy: expect.any(String),
  });
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:\d|at async|select |parley\./);
}

describe('who asks', () => {
  it.each([
    ['no token', null],
    ['a token nobody has', 'x'.repeat(43)],
    ['a token with a quote', "' or 1=1 --' or 1=1 --"],
  ])('%s answers 401', async (_, token) => {
    expectProblem(await installation.client(token).get('/programmes'), 401, 'TOKEN');
  });

  it('a wrong role answers 403 and says whose it is', async () => {
    const answer = await team.people.layMember.client.post(`/projects/${project}/cycles`, {
      descendsFrom: null,
    });
    expectProblem(answer, 403);
    expect(JSON.stringify(answer.body)).toContain('projectLead');
  });

  it('an administrator sees no project', async () => {
    expectProblem(await installation.administrator.get(`/projects/${project}`), 404, 'NOT_FOUND');
  });

  it('B5: once the agreement is signed, the administrator enters nobody into its organisations', async () => {
    const body = {
      organisation: team.organisations['council'],
      roles: ['signatory'],
      name: 'New',
      address: 'new@council.example',
    };
    expectProblem(await installation.administrator.post(`/programmes/${team.programme}/people`, body), 403);
  });

  it('T4: a registrar attests only their own organisation’s people', async () => {
    const body = {
      organisation: team.organisations['holder'],
      roles: ['layMember'],
      name: 'New',
      address: 'new@holder.example',
    };
    expectProblem(await team.people.layMember.client.post(`/programmes/${team.programme}/people`, body), 403);
  });
});

describe('tokens made from a token', () => {
  it('read for reading, and never widen or outlive what they come from', async () => {
    const made = await lead().post<{ token: string }>('/accounts/me/tokens', { scopes: ['read'], days: 7 });
    expect(made.status).toBe(201);
    const reader = installation.client(made.body.token);
    expect((await reader.get(`/projects/${project}`)).status).toBe(200);
    expectProblem(await reader.post(`/projects/${project}/suspension`, { reason: 'x' }), 403, 'NOT_ALLOWED');
    expectProblem(await reader.post('/accounts/me/tokens', { scopes: ['write'], days: 1 }), 403);
    expectProblem(await lead().post('/accounts/me/tokens', { scopes: ['read'], days: 365 }), 422, 'DAYS');
  });

  it('end when they are told to', async () => {
    const made = await lead().post<{ token: string }>('/accounts/me/tokens', { scopes: ['write'], days: 1 });
    const writer = installation.client(made.body.token);
    expect((await writer.send('DELETE', '/accounts/me/token')).status).toBe(204);
    expectProblem(await writer.get('/accounts/me'), 401, 'TOKEN');
  });
});

describe('what is asked about', () => {
  it.each([
    ['/nowhere', 'NO_SUCH_ROUTE'],
    ['/projects/prj_aaaaaaaaaaaaaaaa', undefined],
    ['/projects/..%2f..%2fetc', 'NOT_FOUND'],
    ["/projects/' or 1=1", 'NOT_FOUND'],
    ['/programmes/pgm_aaaaaaaaaaaaaaaa', undefined],
  ])('GET %s answers 404', async (path, rule) => {
    expectProblem(await lead().get(path), 404, rule);
  });

  it.each([
    'requests/r99',
    'releases/rel9',
    'analyses/a9',
    'checkpoints/k999',
    'questions/q9',
    'boundaries/constructor',
    'deposits/__proto__',
    'cycles/c9',
  ])('the unknown %s answers 404', async (path) =>
    expectProblem(await lead().get(`/projects/${project}/${path}`), 404, 'NOT_FOUND'),
  );

  it('a broken escape answers 400', async () => {
    expectProblem(await lead().get('/projects/%E0%A4%A'), 400);
  });

  it('a foreign programme looks like one that does not exist', async () => {
    const other = await installation.administrator.make('/programmes', { name: 'Another' });
    const foreign = await lead().get(`/programmes/${other.id}`);
    const missing = await lead().get('/programmes/pgm_aaaaaaaaaaaaaaaa');
    const shape = ({ body, status }: Answer<{ detail?: string }>) => ({
      status,
      ...body,
      detail: body.detail?.replace(/pgm_\w+/, ''),
    });
    expect(shape(foreign)).toEqual(shape(missing));
  });

  it.each(['cursor=nonsense', 'limit=0', 'limit=1e9', 'limit=all', 'cursor=%00'])(
    'a list with %s answers 422',
    async (query) => {
      expectProblem(await lead().get(`/projects/${project}/checkpoints?${query}`), 422);
    },
  );
});

describe('bodies', () => {
  const send = (body: string | Buffer, type = 'application/json') =>
    lead().send('POST', `/projects/${project}/questions`, body, { 'content-type': type });
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it.each<[string, () => ReturnType<typeof send>, number, string]>([
    ['malformed JSON', () => send('{"question": '), 400, 'MALFORMED_JSON'],
    ['a bare word', () => send('hello'), 400, 'MALFORMED_JSON'],
    ['nothing', () => send('', 'application/json'), 422, 'SHAPE'],
    ['the wrong shape', () => send('{"question": 7}'), 422, 'SHAPE'],
    ['an unknown field', () => send('{"surprise": true}'), 422, 'SHAPE'],
    ['an array', () => send('[]'), 422, 'SHAPE'],
    ['too much', () => send(JSON.stringify({ question: 'x'.repeat(300_000) })), 413, 'TOO_LARGE'],
    ['a hundred levels', () => send(`{"question": ${deep(100)}}`), 422, 'TOO_DEEP'],
    ['a hundred thousand levels', () => send(`{"question": ${deep(100_000)}}`), 422, 'TOO_DEEP'],
    ['text that is not JSON by its type', () => send('a,b', 'text/csv'), 415, 'MEDIA_TYPE'],
    ['another charset', () => send('{}', 'application/json; charset=utf-16'), 415, 'CHARSET'],
    [
      'bytes that are not UTF-8',
      () => send(Buffer.from('{"question":"\xff\xfe"}', 'latin1')),
      400,
      'NOT_UTF8',
    ],
    [
      'a NUL',
      () => send(JSON.stringify({ question: 'a\u0000b', framing: 'f', sufficient: true, summary: 's' })),
      422,
      'SHAPE',
    ],
    [
      'a lone surrogate',
      () => send('{"question":"\\ud800","framing":"f","sufficient":true,"summary":"s"}'),
      422,
      'SHAPE',
    ],
  ])('%s', async (_, attempt, status, rule) => {
    const before = await versionNow();
    expectProblem(await attempt(), status, rule);
    expect(await versionNow()).toBe(before);
  });

  it('names every field that does not fit', async () => {
    const { body } = await lead().post<{ errors: { path: string }[] }>(`/projects/${project}/requests`, {
      ...askOf(team),
      ask: { ...askOf(team).ask, tier: 'EVERYTHING', fields: [] },
    });
    expect(body.errors.map((e) => e.path).sort()).toEqual(['ask.fields', 'ask.tier']);
  });
});

describe('commands that do not fit the state', () => {
  it('T8: an ask outside the boundary is refused, naming what lies outside', async () => {
    const ask = { ...askOf(team).ask, fields: ['treat', 'diagnosis'], purpose: 'marketing' };
    const answer = await lead().post<{ detail: string }>(`/projects/${project}/requests`, {
      ...askOf(team),
      ask,
    });
    expectProblem(answer, answer.status);
    expect(answer.body.detail).toMatch(/diagnosis/);
    expect(answer.body.detail).toMatch(/marketing/);
  });

  it('B21: nothing is analysed before data is released', async () => {
    const body = {
      release: 'rel1',
      method: 'descriptive',
      params: { outcome: 're78', groups: 'treat' },
      hypothesis: 'h',
      support: 's',
    };
    expectProblem(await team.people.researcher.client.post(`/projects/${project}/analyses`, body), 404);
  });

  it('a method’s parameters are judged before anything runs', async () => {
    const body = {
      release: 'rel1',
      method: 'descriptive',
      params: { outcome: 7 },
      hypothesis: 'h',
      support: 's',
    };
    expectProblem(
      await team.people.researcher.client.post(`/projects/${project}/analyses`, body),
      422,
      'METHOD_PARAMETERS',
    );
  });

  it('a refusal cannot carry a grant, and a grant cannot be missing', async () => {
    await lead().make(`/projects/${project}/requests`, askOf(team));
    const answer = (body: object) =>
      team.people.holder.client.post(`/projects/${project}/requests/r1/answer`, body);
    expectProblem(await answer({ outcome: 'GRANTED' }), 422, 'SHAPE');
    expectProblem(
      await answer({ outcome: 'REFUSED', grant: { ...GRANT, expires: inDays(9) } }),
      422,
      'SHAPE',
    );
  });

  it('a stranger to the holder cannot answer for it', async () => {
    const body = { outcome: 'REFUSED', reasons: ['COST_EXCEEDS_BENEFIT'] };
    expectProblem(
      await team.people.official.client.post(`/projects/${project}/requests/r1/answer`, body),
      403,
    );
  });

  it('a second, different answer to a request is refused; the same one again gives the same receipt or a refusal, never two', async () => {
    const body = { outcome: 'REFUSED', reasons: ['COST_EXCEEDS_BENEFIT'], reason: 'Too dear.' };
    await team.people.holder.client.make(`/projects/${project}/requests/r1/answer`, body);
    const before = await versionNow();
    const second = { outcome: 'GRANTED', grant: { ...GRANT, expires: inDays(30) } };
    expectProblem(
      await team.people.holder.client.post(`/projects/${project}/requests/r1/answer`, second),
      409,
    );
    expect(await versionNow()).toBe(before);
    const shown = await lead().see<{ status: string; answer: { reason: string } }>(
      `/projects/${project}/requests/r1`,
    );
    expect(shown).toMatchObject({
      status: 'REFUSED',
      answer: { reason: 'Too dear.', reasons: ['COST_EXCEEDS_BENEFIT'] },
    });
  });

  it('a checkpoint whose quorum the roster cannot meet is refused, naming who is missing', async () => {
    const scope = {
      ...boundaryOf(team).scope,
      sources: [{ source: 'other', holder: team.organisations['panel'], fields: ['x'] }],
    };
    const answer = await lead().post(`/projects/${project}/boundaries`, { ...boundaryOf(team), scope });
    expectProblem(answer, answer.status);
    expect(answer.status).toBeGreaterThanOrEqual(409);
    expect(JSON.stringify(answer.body)).toContain('informationRiskOwner');
  });

  it('T4: the proposer of an agreement with rules below the floor is refused', async () => {
    const body = { ...agreementOf(team), rules: { frequencyThreshold: 3 } };
    expectProblem(await lead().post(`/programmes/${team.programme}/agreements`, body), 422);
  });

  it('B47: a suspended project takes no command but the one that resumes it', async () => {
    await lead().make(`/projects/${project}/suspension`, { reason: 'Elections.' });
    expectProblem(await lead().post(`/projects/${project}/requests`, askOf(team)), 409);
    await lead().make(`/projects/${project}/resumption`, {});
  });
});

describe('the same thing twice, and two people at once', () => {
  it('an Idempotency-Key gives the first answer again and records nothing twice', async () => {
    const body = { body: 'Committee', reference: 'REC 8', expires: inDays(90) };
    const headers = { 'idempotency-key': 'ethics-0001' };
    const first = await lead().post(`/projects/${project}/ethics`, body, headers);
    const before = await versionNow();
    const second = await lead().post(`/projects/${project}/ethics`, body, headers);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replay')).toBe('true');
    expect(await versionNow()).toBe(before);
    expectProblem(
      await lead().post(`/projects/${project}/ethics`, { ...body, reference: 'REC 9' }, headers),
      422,
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('twenty times at once under one key is once', async () => {
    const body = { body: 'Committee', reference: 'REC 10', expires: inDays(90) };
    const before = await versionNow();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        lead().post(`/projects/${project}/ethics`, body, { 'idempotency-key': 'ethics-0002' }),
      ),
    );
    expect(await versionNow()).toBe(before + 1);
    expect(new Set(answers.map((a) => a.status))).toEqual(
      new Set(answers.some((a) => a.status === 409) ? [201, 409] : [201]),
    );
  });

  it('a refused request leaves its key free', async () => {
    const headers = { 'idempotency-key': 'cycle-0001' };
    expectProblem(await lead().post(`/projects/${project}/cycles`, { descendsFrom: null }, headers), 409);
    expectProblem(await lead().post(`/projects/${project}/cycles`, { descendsFrom: null }, headers), 409);
  });

  it('two leads acting on what they read: the second is told that somebody was faster', async () => {
    const read = await lead().get(`/projects/${project}`);
    const headers = { 'if-match': read.headers.get('etag') ?? '' };
    const body = (reference: string) => ({ body: 'Committee', reference, expires: inDays(90) });
    const answers = await Promise.all(
      ['A', 'B'].map((reference) => lead().post(`/projects/${project}/ethics`, body(reference), headers)),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, 412]);
  });

  it('two leads starting a cycle at once: one does, the other is told that a cycle is open', async () => {
    const { id } = await lead().make('/projects', { programme: team.programme, title: 'Another' });
    const answers = await Promise.all(
      [1, 2, 3].map(() => lead().post(`/projects/${id}/cycles`, { descendsFrom: null })),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, 409, 409]);
  });
});

describe('deposits', () => {
  beforeAll(async () => {
    await lead().make(`/projects/${project}/requests`, askOf(team));
    const grant = { outcome: 'GRANTED', grant: { ...GRANT, expires: inDays(30) } };
    await team.people.holder.client.make(`/projects/${project}/requests/r2/answer`, grant);
    const { publicKey } = await installation.vault.keys.createDepositKeyPair(`${project}/d1`);
    const command = { type: 'InviteDeposit', request: 'r2', publicKey } as const;
    await installation.worker.ledger.onProject(project, { process: 'worker' }, () => ({ command }));
  });
  const put = (body: string | Buffer, who = team.people.holder.client, type = 'text/csv') =>
    who.send('PUT', `/projects/${project}/deposits/d1/file`, body, { 'content-type': type });

  it('a file larger than the limit is refused while it arrives, and nothing is kept', async () => {
    expectProblem(await put(Buffer.alloc(300_000, 'x')), 413, 'TOO_LARGE');
    expectProblem(await put(Buffer.alloc(30_000_000, 'x')), 413, 'TOO_LARGE');
    expect(await lead().see(`/projects/${project}/deposits/d1`)).toMatchObject({ status: 'INVITED' });
  });

  it('a stranger to the holder deposits nothing', async () => {
    expectProblem(await put('a,b\n', team.people.researcher.client), 403);
  });

  it('JSON is not a file', async () => {
    expectProblem(await put('{}', team.people.holder.client, 'application/json'), 415);
  });

  it('a second deposit is refused, and the first one stands', async () => {
    expect(await put('person,treat,re74,re78\n')).toMatchObject({ status: 201 });
    expectProblem(await put('other\n'), 409);
  });
});

describe('the API’s own pages', () => {
  it('health and readiness need no token, and name what is missing', async () => {
    const stranger = installation.client(null);
    expect(await stranger.get('/healthz')).toMatchObject({ status: 200, body: { alive: true } });
    expect(await stranger.get('/readyz')).toMatchObject({ status: 200, body: { ready: true, missing: [] } });
  });

  it('the description is OpenAPI 3.1, names every parameter in its paths, and no operation twice', async () => {
    const { body } = await installation.client(null).get<OpenApi>('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    expect(operations.length).toBeGreaterThan(70);
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(operations.length);
    for (const { path, parameters = [], responses } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      expect(
        parameters
          .filter((p) => p.in === 'path')
          .map((p) => p.name)
          .sort(),
      ).toEqual(named.sort());
      expect(Object.keys(responses)).toContain('default');
    }
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      (m) => m[1] ?? '',
    );
    for (const reference of references) expect(Object.keys(body.components.schemas)).toContain(reference);
  });

  it('the page to try it is there', async () => {
    expect((await installation.client(null).get('/docs')).status).toBe(200);
  });
});

interface OpenApi {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; parameters?: { in: string; name: string }[]; responses: object }>
  >;
  components: { schemas: object };
}
