// What bad input gets: a problem that names what, where and what to do; nothing half done; no stack trace.
import type { Installation, Team } from './testing/installation';
import type { Answer } from './testing/client';
import { expectProblem } from './testing/problem';
import { aProjectAtWork, askOf } from './testing/setting-up';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;

beforeAll(async () => {
  ({ installation, team, project } = await aProjectAtWork({ maxDepositBytes: 100_000 }));
});
afterAll(() => installation?.stop());

const lead = () => team.people.lead.client;
const versionNow = async () => (await lead().see<{ version: number }>(`/projects/${project}`)).version;

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

it.each(['/projects', '/accounts/me/moves'])(
  '%s with the cursor of another list answers 422',
  async (path) => {
    const foreign = Buffer.from('r1').toString('base64url');
    expectProblem(await lead().get(`${path}?cursor=${foreign}`), 422, 'CURSOR');
  },
);

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

  it('T14: no answer has a place for a score of trust: what is shown is who signed what, and what is missing', async () => {
    const { body } = await installation.client(null).get('/openapi.json');
    const fields = [...JSON.stringify(body).matchAll(/"(\w+)":\{/g)].map(([, name = '']) => name);
    expect(fields).toEqual(expect.arrayContaining(['missing', 'conditions', 'decisions']));
    expect(fields.filter((name) => /score|rating|rank|reputation|trust.*(level|index)/i.test(name))).toEqual(
      [],
    );
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
