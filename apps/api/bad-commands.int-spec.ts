// Commands that do not fit: refused with the reason, nothing recorded; the same thing twice, and two people at once.
import { createHash } from 'node:crypto';
import type { ApiClient } from './testing/client';
import type { Installation, Team } from './testing/installation';
import { expectProblem } from './testing/problem';
import {
  agreementOf,
  aProjectAtWork,
  askOf,
  boundaryOf,
  GRANT,
  inDays,
  proposeBoundary,
} from './testing/setting-up';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;

beforeAll(async () => {
  ({ installation, team, project } = await aProjectAtWork({ maxDepositBytes: 100_000 }));
});
afterAll(() => installation?.stop());

const lead = (): ApiClient => team.people.lead.client;
const versionNow = async () => (await lead().see<{ version: number }>(`/projects/${project}`)).version;

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

  it('a method that there is not is named as such before anything is looked up', async () => {
    const body = { release: 'rel1', method: 'magic', params: {}, hypothesis: 'h', support: 's' };
    const answer = await team.people.researcher.client.post(`/projects/${project}/analyses`, body);
    expectProblem(answer, 422, 'SHAPE');
    expect(JSON.stringify(answer.body)).toMatch(/method.*descriptive/);
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
    const answer = await proposeBoundary(lead(), `/projects/${project}`, { ...boundaryOf(team), scope });
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
    // T5: who declined before is asked again at once only on their own wish.
    await team.people.holder.client.make(`/projects/${project}/requests/r1/wish`, {});
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

  it('I11: a file that is not the one announced is refused, and nothing is kept', async () => {
    const announced = createHash('sha256').update('person,treat\n').digest('base64');
    const headers = { 'content-type': 'text/csv', 'repr-digest': `sha-256=:${announced}:` };
    const send = (body: string, more: object = {}) =>
      team.people.holder.client.send('PUT', `/projects/${project}/deposits/d1/file`, body, {
        ...headers,
        ...more,
      });
    expectProblem(await send('person,other\n'), 409, 'DIGEST_DIFFERS');
    expectProblem(await send('person,other\n', { 'repr-digest': 'md5=:x:' }), 400, 'DIGEST');
    expect(await lead().see(`/projects/${project}/deposits/d1`)).toMatchObject({ status: 'INVITED' });
  });

  it('I11: an upload goes on where it broke off; resumed with other content it is refused and nothing is kept', async () => {
    const file = Buffer.from('person,treat\np00000000000000000000001,1\n');
    const digest = createHash('sha256').update(file).digest('hex');
    const path = `/projects/${project}/deposits/d1/upload`;
    const send = (method: string, headers: Record<string, string>, body?: Buffer) =>
      team.people.holder.client.send(method, path, body, { 'tus-resumable': '1.0.0', ...headers });
    const metadata = `sha256 ${Buffer.from(digest).toString('base64')}`;
    const begin = () => send('POST', { 'upload-length': String(file.length), 'upload-metadata': metadata });
    const part = (offset: number, bytes: Buffer) =>
      send(
        'PATCH',
        { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        bytes,
      );
    expect((await send('HEAD', {})).status).toBe(404);
    const begun = await begin();
    expect([begun.status, begun.headers.get('location')]).toEqual([201, path]);
    expect((await part(0, file.subarray(0, 10))).headers.get('upload-offset')).toBe('10');
    const at = await send('HEAD', {});
    expect([at.headers.get('upload-offset'), at.headers.get('upload-length')]).toEqual([
      '10',
      String(file.length),
    ]);
    expectProblem(await part(3, file.subarray(3)), 400, 'UPLOAD_BROKEN');
    expectProblem(await part(10, Buffer.alloc(file.length - 10, 'x')), 409, 'DIGEST_DIFFERS');
    expect((await send('HEAD', {})).status).toBe(404);
    await begin();
    expect((await send('DELETE', {})).status).toBe(204);
    expectProblem(await part(0, file), 409, 'NOT_FOUND');
    expectProblem(
      await send('POST', { 'upload-length': 'x', 'upload-metadata': metadata }),
      400,
      'TUS_HEADER',
    );
    expect(await lead().see(`/projects/${project}/deposits/d1`)).toMatchObject({ status: 'INVITED' });
  });

  it('a stranger to the holder deposits nothing', async () => {
    expectProblem(await put('a,b\n', team.people.researcher.client), 403);
  });

  it('JSON is not a file', async () => {
    expectProblem(await put('{}', team.people.holder.client, 'application/json'), 415);
  });

  it('a dictionary describes it, and published it is a catalogue entry without data', async () => {
    const path = `/projects/${project}/deposits/d1/dictionary`;
    const holder = team.people.holder.client;
    const give = (variables: object[]) =>
      holder.send('PUT', path, JSON.stringify({ variables }), { 'content-type': 'application/json' });
    const all = [
      { field: 'treat', label: 'Took part', codes: [{ code: '1', meaning: 'yes' }] },
      { field: 're74', label: 'Earnings in 1974', flaws: 'Self-reported.' },
      { field: 're78', label: 'Earnings in 1978', context: 'From tax records.' },
    ];
    expectProblem(await give(all.slice(1)), 422, 'DICTIONARY');
    expect((await give(all)).status).toBe(201);
    expectProblem(await holder.get(`${path}/dcat`), 404);
    expect(await installation.client(null).see(`/register/${project}/datasets`)).toMatchObject({
      'dcat:dataset': [],
    });
    expectProblem(await lead().post(`${path}/publication`, {}), 403);
    await holder.make(`${path}/publication`, {});
    expect(await lead().see(path)).toMatchObject({
      variables: [{ field: 'treat', type: 'category', label: 'Took part' }, { flaws: 'Self-reported.' }, {}],
    });
    const entry = await lead().see(`${path}/dcat`);
    expect(entry).toMatchObject({ '@type': 'dcat:Dataset', 'dct:provenance': 'ADMINISTRATIVE' });
    expect(JSON.stringify(entry)).toContain('"csvw:titles":"Earnings in 1978"');
    // B56: what was published is for anyone, without an account.
    const catalogue = await installation.client(null).see(`/register/${project}/datasets`);
    expect(catalogue).toMatchObject({ '@type': 'dcat:Catalog', 'dcat:dataset': [entry] });
  });

  it('T10: people object through their holder alone, under pseudonyms as they stand in a deposit', async () => {
    const path = `/projects/${project}/deposits/d1/objections`;
    const body = { pseudonyms: ['p0123456789abcdef0123456789abcdef'] };
    expectProblem(await lead().post(path, body), 403);
    expectProblem(await team.people.holder.client.post(path, { pseudonyms: ['Jane Doe'] }), 422);
    expectProblem(await team.people.holder.client.post(path, body), 409, 'NOTHING_TO_LEAVE_OUT');
  });

  it('a second deposit is refused, and the first one stands', async () => {
    expect(await put('person,treat,re74,re78\n')).toMatchObject({ status: 201 });
    expectProblem(await put('other\n'), 409);
  });
});
