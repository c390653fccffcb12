// Evidence over the API, on a real Postgres and a real vault: who reads what, files, notes, consent.
import { randomBytes } from 'node:crypto';
import { gather, install } from '../testing/installation';
import type { Installation, PersonKey, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { atDataRequest, withAgreement } from '../testing/setting-up';
import { walkDescription } from '../testing/described';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let base: string;
const id = (key: PersonKey) => team.people[key].id;
const client = (key: PersonKey) => team.people[key].client;

beforeAll(async () => {
  installation = await install({ maxEvidenceBytes: 10_000 });
  team = await gather(installation);
  await withAgreement(installation, team);
  base = `/projects/${await atDataRequest(installation, team)}/evidence`;
  const members = [id('lead'), id('researcher'), id('official')];
  await client('lead').make(`/programmes/${team.programme}/core-team`, { members });
});
afterAll(() => installation?.stop());

const recording = (over: object = {}) => ({
  ...{ kind: 'COMMENT', title: 'What the officers see', audience: 'PARTNERS', text: 'They come back.' },
  attribution: { type: 'ROLE', role: 'serviceManager', organisation: null },
  provenance: { origin: 'Told at the counter.', dated: '2026-01-15T10:00:00Z' },
  ...over,
});
const record = async (key: PersonKey, over: object = {}) =>
  (await client(key).make(base, recording(over))).id;
const statusFor = async (key: PersonKey, path: string) => (await client(key).get(`${base}${path}`)).status;
const upload = (key: PersonKey, item: string, type: string, bytes: string | Buffer, name = 'minutes.pdf') =>
  client(key).send('PUT', `${base}/${item}/file?name=${encodeURIComponent(name)}`, bytes, {
    'content-type': type,
  });
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2000)]);

describe('evidence over the API', () => {
  it('B7, B1: an item is read by its audience and looks missing to everybody else, in list, view and ledger', async () => {
    const item = await record('official', { audience: 'CORE_TEAM' });
    expect(await statusFor('researcher', `/${item}`)).toBe(200);
    expectProblem(await client('holder').get(`${base}/${item}`), 404, 'NOT_FOUND');
    const seen = async (key: PersonKey) =>
      (await client(key).see<{ items: { id: string }[] }>(base)).items.map((one) => one.id);
    expect(await seen('lead')).toContain(item);
    expect(await seen('holder')).not.toContain(item);
    const ledger = async (key: PersonKey) => {
      const path = base.replace('/evidence', '/ledger?limit=500');
      const { items } = await client(key).see<{ items: { type: string; text: string | null }[] }>(path);
      return items.findLast((entry) => entry.type === 'EvidenceRecorded')?.text ?? null;
    };
    expect(await ledger('lead')).toContain('CORE_TEAM');
    expect(await ledger('holder')).toBeNull();
  });

  it('B7: shows provenance, attribution, audience and what information requests may reach', async () => {
    const item = await record('official');
    expect(await client('holder').see(`${base}/${item}`)).toMatchObject({
      ...{ kind: 'COMMENT', audience: 'PARTNERS', text: 'They come back.', author: { name: 'The official' } },
      attribution: { type: 'ROLE', role: 'serviceManager', organisation: null },
      provenance: { origin: 'Told at the counter.', dated: '2026-01-15T10:00:00.000Z' },
      informationRequests: expect.stringContaining(
        'a request to any public authority among the partners',
      ) as string,
    });
  });

  it('B7: only its author widens it; a call that took place stands without content', async () => {
    const item = await record('holder', { kind: 'CALL', text: null, audience: 'AUTHOR' });
    expect(await statusFor('official', `/${item}`)).toBe(404);
    expectProblem(await client('lead').post(`${base}/${item}/audience`, { audience: 'PUBLIC' }), 404);
    await client('holder').make(`${base}/${item}/audience`, { audience: 'PARTNERS' });
    expectProblem(
      await client('lead').post(`${base}/${item}/audience`, { audience: 'PUBLIC' }),
      ...([403, 'NOT_ITS_AUTHOR'] as const),
    );
    expect(await client('official').see(`${base}/${item}`)).toMatchObject({ text: null, notes: null });
  });

  it('B7, B20: minutes become agreed by those present, are then considered alongside data, and cited only by consent', async () => {
    const participants = [id('official'), id('researcher')];
    const item = await record('official', { kind: 'MINUTES', participants });
    const use = { in: { type: 'question', id: 'q1' }, because: 'It explains the gap.' };
    expectProblem(await client('lead').post(`${base}/${item}/considerations`, use), 409, 'NOTES_ARE_DRAFT');
    await client('researcher').make(`${base}/${item}/notes`, { text: 'They come back, some of them.' });
    expectProblem(
      await client('official').post(`${base}/${item}/agreement`, { version: 1 }),
      409,
      'NOTES_AMENDED',
    );
    await client('official').make(`${base}/${item}/agreement`, { version: 2 });
    await client('lead').make(`${base}/${item}/considerations`, use);
    const refused = await client('lead').post(`${base}/${item}/citations`, use);
    expectProblem(refused, 409, 'NO_CONSENT');
    expect(refused.body).toMatchObject({ missing: [{ waitingFor: participants }] });
    for (const key of ['official', 'researcher'] as const)
      await client(key).make(`${base}/${item}/consent`, {});
    await client('lead').make(`${base}/${item}/citations`, use);
    await client('official').make(`${base}/${item}/consent/withdrawal`, {});
    const { items } = await client('lead').see<{ items: unknown[] }>(`${base}?with=q1`);
    expect(items).toMatchObject([
      {
        ...{ id: item, notes: { status: 'AGREED' }, text: 'They come back, some of them.' },
        versions: [{ text: 'They come back.' }, { version: 2 }],
        researchUse: { allowed: false, waitingFor: [{ name: 'The official' }] },
        considered: [{ in: use.in, because: use.because, person: { name: 'The lead' } }],
        cited: [{ in: use.in }],
      },
    ]);
  });

  it('B17: a Rapid Evidence Assessment is recorded with protocol, bounded search, findings and limits', async () => {
    const assessment = {
      ...{ protocol: 'Two readers.', findings: 'Mixed.', limits: 'English only.' },
      search: {
        sources: 'Two databases',
        terms: 'take-up',
        from: '2010-01-01T00:00:00Z',
        to: '2025-01-01T00:00:00Z',
      },
    };
    const item = await record('official', { kind: 'REA', text: null, assessment });
    expect(await client('researcher').see(`${base}/${item}`)).toMatchObject({
      assessment: { limits: 'English only.', search: { from: '2010-01-01T00:00:00.000Z' } },
    });
    const without = recording({ kind: 'REA', text: null });
    expectProblem(await client('official').post(base, without), 422, 'ASSESSMENT');
  });

  it('B55: the programme has a register of its own', async () => {
    const path = `/programmes/${team.programme}/evidence`;
    const { id: item } = await client('official').make(path, recording({ audience: 'CORE_TEAM' }));
    expect((await client('researcher').get(`${path}/${item}`)).status).toBe(200);
    expect((await client('holder').get(`${path}/${item}`)).status).toBe(404);
    expect((await installation.administrator.get(path)).status).toBe(403);
  });

  it('is as its description says', async () => {
    const project = base.split('/')[2] ?? '';
    const walked = await walkDescription(client('lead'), { programme: team.programme, project });
    const own = [...walked].filter(([path]) => /evidence|core-team|ledger/.test(path));
    expect(own.map(([path]) => path).sort()).toEqual([
      '/programmes/{programme}/core-team',
      '/programmes/{programme}/evidence',
      '/programmes/{programme}/evidence/{evidence}',
      '/programmes/{programme}/ledger',
      '/projects/{project}/evidence',
      '/projects/{project}/evidence/{evidence}',
      '/projects/{project}/ledger',
    ]);
    expect(own.flatMap(([, misfits]) => misfits)).toEqual([]);
  });
});

describe('files of evidence', () => {
  it('B7: go in sealed, with their digest in the ledger, and come out as an attachment, for the audience only', async () => {
    const item = await record('official', { kind: 'DOCUMENT', text: null, audience: 'CORE_TEAM' });
    const sent = await upload('official', item, 'application/pdf', PDF, 'Report "2026" \u202e.html');
    expect(sent).toMatchObject({ status: 201, body: { id: item, bytes: PDF.length } });
    const { url } = installation;
    const got = await fetch(`${url}${base}/${item}/file`, {
      headers: { authorization: `Bearer ${client('researcher').token ?? ''}` },
    });
    expect(Buffer.from(await got.arrayBuffer()).equals(PDF)).toBe(true);
    expect(got.headers.get('content-disposition')).toMatch(/^attachment; filename=.*\.html\.pdf"/);
    expect(got.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect(got.headers.get('content-type')).toBe('application/pdf');
    expect(await statusFor('holder', `/${item}/file`)).toBe(404);
    const { digest } = sent.body as { digest: string };
    expect(await client('lead').see(`${base}/${item}`)).toMatchObject({
      file: { digest, bytes: PDF.length },
    });
  });

  it('B7: lying, oversized, empty, repeated and other people’s files are refused, and none is kept', async () => {
    const item = await record('official', { kind: 'DOCUMENT', text: null });
    expectProblem(await upload('official', item, 'application/pdf', '<html></html>'), 415, 'WRONG_TYPE');
    expectProblem(await upload('official', item, 'text/html', '<html></html>'), 415, 'WRONG_TYPE');
    expectProblem(await upload('official', item, 'text/plain', ''), 415, 'WRONG_TYPE');
    expectProblem(await upload('official', item, 'text/plain', 'x'.repeat(10_001)), 413, 'TOO_LARGE');
    expectProblem(await upload('lead', item, 'application/pdf', PDF), 403, 'NOT_ITS_AUTHOR');
    expectProblem(await client('lead').get(`${base}/${item}/file`), 404, 'NO_FILE');
    expect(await upload('official', item, 'application/pdf', PDF)).toMatchObject({ status: 201 });
    expectProblem(await upload('official', item, 'application/pdf', PDF), 409, 'HAS_A_FILE');
  });

  it('B7: the database keeps the key from whoever is not of the audience, whatever the process says', async () => {
    const item = await record('official', { kind: 'DOCUMENT', text: null, audience: 'AUTHOR' });
    await upload('official', item, 'application/pdf', PDF);
    const stream = base.split('/')[2];
    const part = async (key: PersonKey) => {
      const sql = 'select parley.open_evidence($1, $2, $3) as part';
      const parameters = [client(key).token, stream, item];
      const rows = await installation.db.query<{ part: Buffer | null }>(sql, parameters, 'API');
      return rows[0]?.part ?? null;
    };
    expect([await part('official'), await part('lead')]).toEqual([expect.any(Buffer), null]);
    await client('official').make(`${base}/${item}/audience`, { audience: 'CORE_TEAM' });
    expect([await part('lead'), await part('holder')]).toEqual([expect.any(Buffer), null]);
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown field', { colour: 'red' }, 'SHAPE'],
    ['an audience nobody has', { audience: 'EVERYBODY' }, 'SHAPE'],
    ['an oversized text', { text: 'x'.repeat(10_001) }, 'SHAPE'],
    ['a control character', { title: 'a\u0007b' }, 'SHAPE'],
    ['minutes of nobody', { kind: 'MINUTES' }, 'NOBODY_PRESENT'],
    ['a date to come', { provenance: { origin: 'x', dated: '2099-01-01T00:00:00Z' } }, 'IN_THE_FUTURE'],
    ['a stranger present', { kind: 'CALL', participants: ['per_aaaaaaaaaaaaaaaa'] }, 'UNKNOWN_PERSON'],
  ])('B7: %s is refused with its rule and a remedy', async (_what, over, rule) => {
    expectProblem(await client('official').post(base, recording(over)), 422, rule);
  });

  it('B7: HTML, right-to-left and combining characters come back as the text they are', async () => {
    const text = '<script>alert(1)</script> \u202e\u05e9\u05dc\u05d5\u05dd e\u0301\u0301\u0301';
    const item = await record('official', { text });
    const answer = await client('lead').get(`${base}/${item}`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.body).toMatchObject({ text });
  });

  it('B7: a repeated request with the same key records nothing twice', async () => {
    const headers = { 'idempotency-key': 'evidence-once' };
    const [first, second] = [
      await client('official').post(base, recording(), headers),
      await client('official').post(base, recording(), headers),
    ];
    expect(second.body).toEqual(first.body);
  });
});
