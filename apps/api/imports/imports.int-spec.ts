// Published data over the real API: imported, handed over to the last byte, checked by law, released without TRUST.
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { reference } from '#libs/contracts';
import { contentOf, signContent } from '#libs/ledger';
import { walkDescription } from '../testing/described';
import type { Installation, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { aProjectAtWork, inDays } from '../testing/setting-up';

jest.setTimeout(120_000);

const FILE = `area,rate\n${Array.from({ length: 40 }, (_, i) => `E0100${i},${i / 10}`).join('\n')}\n`;
const DIGEST = createHash('sha256').update(FILE).digest('hex');
const AREAS = {
  level: 'ROWS',
  fields: [
    { name: 'area', type: 'text' },
    { name: 'rate', type: 'number' },
  ],
};
const access = {
  ...{
    kind: 'PUBLISHED',
    address: 'https://data.example/areas.csv',
    licence: 'Open Government Licence v3.0',
  },
  ...{ version: '2027-01', disclosureControl: 'Counts below five are suppressed.' },
};
const source = {
  ...{ name: 'areas', heldBy: 'The national statistics office.', collectedFor: 'Statistics.' },
  ...{ missing: 'Areas without a rate.', measure: 'FLOW', provenance: 'PUBLISHED', access },
};
const terms = () => ({
  ...{ source: 'src1', version: access.version, licence: access.licence, digest: DIGEST },
  ...{ depositAs: AREAS, releaseAs: AREAS, expires: inDays(300) },
});

let installation: Installation;
let team: Team;
let at: string;
let project: string;
beforeAll(async () => {
  ({ installation, team, project, at } = await aProjectAtWork());
  const { official, lead } = team.people;
  await official.client.make(`${at}/sources`, source);
  await official.client.make(`${at}/discovery`, { claim: 'EXISTS', source: 'src1', text: 'It is there.' });
  await lead.client.make(`${at}/discovery`, {
    claim: 'RELEVANT',
    source: 'src1',
    question: 'q1',
    text: 'It says where.',
  });
});
afterAll(() => installation?.stop());

const WORKER = { process: 'worker' } as const;
const release = () => ({
  ...{ imports: ['imp1'], tier: 'DEIDENTIFIED', purpose: 'evaluate the programme', methods: ['descriptive'] },
  ...{ readers: [team.people.researcher.id], rationale: { text: 'Where.', cites: [] }, expires: inDays(200) },
});

it('B52: an import says address, licence, version and digest, and is refused where they are not the register’s', async () => {
  const { holder, official, lead } = team.people;
  const post = (body: object, who = holder) => who.client.post(`${at}/imports`, body);
  expectProblem(await post(terms(), official), 403);
  expectProblem(await post({ ...terms(), version: '2026-01' }), 409, 'OTHER_VERSION');
  expectProblem(await post({ ...terms(), digest: 'short' }), 422, 'SHAPE');
  expectProblem(await post({ ...terms(), source: 'src9' }), 404, 'UNKNOWN_SOURCE');
  expectProblem(await post({ ...terms(), wave: 1 }), 422, 'SHAPE');
  expectProblem(await post(terms(), lead), 409, 'NO_RISK_OWNER');
  expectProblem(await post(terms(), team.people.riskOwner), 403);
  await holder.client.make(`${at}/imports`, terms());
  const mails = await installation.db.query<{ mail: { purpose: string; person: string } }>(
    `select mail from parley.outbox where mail ->> 'purpose' = 'LEGAL_CHECK_ASKED'`,
  );
  expect(mails.map(({ mail }) => mail.person)).toEqual([team.people.riskOwner.id]);
  expect(await holder.client.see(`${at}/imports/imp1`)).toMatchObject({
    ...{ status: 'UNCHECKED', name: 'areas', digest: DIGEST, checks: [] },
    file: { address: access.address, licence: access.licence, disclosureControl: access.disclosureControl },
    waitingFor: [{ name: 'The riskOwner' }],
  });
});

it('B23: its file enters by the deposits’ own way, and no other file than was imported', async () => {
  const { vault, worker } = installation;
  const { publicKey } = await vault.keys.createDepositKeyPair(reference(project, 'd1'));
  await worker.ledger.onProject(project, WORKER, () => ({
    command: { type: 'InviteDeposit', request: 'imp1', publicKey },
  }));
  const put = (who: keyof Team['people'], body: string) =>
    team.people[who].client.send('PUT', `${at}/deposits/d1/file`, body, { 'content-type': 'text/csv' });
  expectProblem(await put('researcher', FILE), 403, 'NOT_YOUR_DATA');
  expectProblem(await put('holder', `${FILE}E01999,7\n`), 422, 'OTHER_FILE');
});

describe('its file in parts (tus 1.0)', () => {
  const upload = () => `${at}/deposits/d1/upload`;
  const holder = () => team.people.holder.client;
  const begin = (length: number, sha256: string) =>
    holder().send('POST', upload(), '', {
      ...{ 'tus-resumable': '1.0.0', 'upload-length': String(length) },
      'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
    });
  const patch = (offset: number, body: string) =>
    holder().send('PATCH', upload(), body, {
      ...{ 'tus-resumable': '1.0.0', 'upload-offset': String(offset) },
      'content-type': 'application/offset+octet-stream',
    });
  const offset = async () => {
    const { headers } = await holder().send('HEAD', upload());
    return Number(headers.get('upload-offset'));
  };
  /** Announces all of these bytes, sends some of them, and breaks the connection when they have arrived. */
  async function cut(from: number, announced: number, body: string): Promise<void> {
    const { url, token } = holder();
    const sending = request(`${url}${upload()}`, {
      method: 'PATCH',
      headers: {
        ...{ authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0', 'upload-offset': String(from) },
        ...{ 'content-type': 'application/offset+octet-stream', 'content-length': String(announced) },
      },
    });
    const broken = new Promise((resolve) => sending.once('error', resolve));
    sending.write(body);
    while ((await offset()) !== from + body.length) await new Promise((soon) => setImmediate(soon));
    sending.destroy(new Error('the line is cut'));
    await broken;
  }

  it('other bytes than announced are refused with the last one, and nothing of them is kept', async () => {
    expect((await begin(FILE.length, 'a'.repeat(64))).status).toBe(201);
    expectProblem(await patch(0, FILE), 409, 'DIGEST_DIFFERS');
    expect(await holder().see(`${at}/deposits/d1`)).toMatchObject({ status: 'INVITED', received: null });
    expect((await holder().send('HEAD', upload())).status).toBe(404);
  });

  it('T11: a file sent in pieces, whose line is cut in one of them, goes on where it was and is the deposit', async () => {
    const begun = await begin(FILE.length, DIGEST);
    expect([begun.status, begun.headers.get('location')]).toEqual([201, upload()]);
    expect((await patch(0, FILE.slice(0, 100))).headers.get('upload-offset')).toBe('100');
    await cut(100, FILE.length - 100, FILE.slice(100, 150));
    expectProblem(await patch(100, FILE.slice(100)), 400, 'UPLOAD_BROKEN');
    const at150 = await patch(await offset(), FILE.slice(150, 200));
    expect([at150.status, at150.headers.get('upload-offset')]).toEqual([204, '200']);
    expect((await patch(200, FILE.slice(200))).status).toBe(204);
    expect(await holder().see(`${at}/deposits/d1`)).toMatchObject({
      ...{ status: 'RECEIVED', received: { digest: DIGEST, bytes: FILE.length } },
    });
  });
});

it('B23: what was received is checked and accepted', async () => {
  const { worker } = installation;
  await worker.ledger.openDeposit(project, 'd1', 'check');
  const { content, contents } = signContent({ findings: [] }, {});
  await worker.ledger.onProject(project, WORKER, () => ({
    command: { type: 'AcceptDeposit', deposit: 'd1', rows: 40, report: content.core },
    contents: contents.filter(({ id }) => id === content.core),
  }));
});

it('B52, B56: what its columns mean is described by whoever imports it, and stands in the public catalogue with its licence', async () => {
  const { holder, official } = team.people;
  const path = `${at}/deposits/d1/dictionary`;
  expect(await official.client.see(path)).toMatchObject({
    variables: [{ field: 'area' }, { field: 'rate' }],
  });
  const put = (who: typeof holder) => {
    const variables = ['area', 'rate'].map((field) => ({ field, label: `The ${field}` }));
    return who.client.send('PUT', path, JSON.stringify({ variables }), {
      'content-type': 'application/json',
    });
  };
  expectProblem(await put(official), 403);
  expect((await put(holder)).status).toBe(201);
  await holder.client.make(`${path}/publication`, {});
  const catalogue = await installation.client(null).see(`/register/${project}/datasets`);
  expect(catalogue).toMatchObject({
    'dcat:dataset': [
      {
        ...{ 'dct:title': 'areas', 'dct:license': access.licence, 'dcat:landingPage': access.address },
        'csvw:tableSchema': {
          'csvw:column': [
            { 'csvw:name': 'area', 'csvw:titles': 'The area', 'csvw:datatype': 'string' },
            { 'csvw:name': 'rate', 'csvw:datatype': 'double' },
          ],
        },
      },
    ],
  });
});

it('B23: released after its legal check alone: both gates say so, and a check that says no closes it', async () => {
  const { lead, riskOwner } = team.people;
  const { ledger } = installation.worker;
  expectProblem(await lead.client.post(`${at}/releases`, { ...release(), imports: undefined }), 422, 'SHAPE');
  await lead.client.make(`${at}/releases`, release());
  await ledger.openDeposit(project, 'd1', 'materialise');
  const { content, contents } = signContent(
    { kind: 'RELEASE', release: 'rel1', data: { sha256: 'd'.repeat(64) } },
    {},
  );
  await ledger.sealRelease(project, randomBytes(32), {
    command: {
      ...{
        type: 'SealRelease',
        release: 'rel1',
        content,
        digest: 'd'.repeat(64),
        rows: 40,
        bytes: 9,
        object: 'o',
        ...{ heeded: [], compared: [] },
      },
    },
    contents,
  });
  const closed = await lead.client.post<{ missing: { rule: string; names: string[] }[] }>(
    `${at}/releases/rel1/open`,
    {},
  );
  expectProblem(closed, 409, 'GATE_CLOSED');
  expect(closed.body.missing).toMatchObject([{ rule: 'LEGAL_CHECK', names: ['The riskOwner'] }]);
  await expect(ledger.givePermit(project, 'rel1')).rejects.toThrow();
  const path = `${at}/imports/imp1/legal-check`;
  const check = { outcome: 'PERMITTED', text: 'The licence allows it; nobody can be recognised.' };
  expectProblem(await lead.client.post(path, check), 403);
  expectProblem(await riskOwner.client.post(path, { outcome: 'PERMITTED' }), 422, 'SHAPE');
  await riskOwner.client.make(path, check);
  expectProblem(await riskOwner.client.post(path, check), 409, 'ALREADY_CHECKED');
  await ledger.givePermit(project, 'rel1');
  expect(await lead.client.see(`${at}/releases/rel1`)).toMatchObject({
    ...{ status: 'PERMITTED', wave: 0, boundary: '', requests: [], imports: ['imp1'] },
    published: [{ source: 'areas', disclosureControl: access.disclosureControl, version: access.version }],
  });
  const walked = await walkDescription(lead.client, { project, programme: team.programme });
  expect(walked.get('/projects/{project}/imports/{import}')).toEqual([]);
  expect(walked.get('/projects/{project}/releases/{release}')).toEqual([]);
  await riskOwner.client.make(path, { outcome: 'NOT_PERMITTED', text: 'The licence has ended.' });
  expect(await lead.client.see(`${at}/releases/rel1`)).toMatchObject({ status: 'CLOSED' });
  expectProblem(await riskOwner.client.post(path, check), 409, 'ALREADY_CHECKED');
});

it('T11: when it is destroyed, what was seen can be read with an account at any time', async () => {
  const { lead } = team.people;
  const { vault, worker } = installation;
  expect(await lead.client.see(`${at}/certificates`)).toMatchObject({ items: [] });
  expectProblem(await lead.client.get(`${at}/certificates/d1`), 404);
  const destroyedAt = await worker.ledger.destroyDepositKey(project, 'd1');
  const { world } = await worker.ledger.world(project);
  const object = world.project.deposits['d1']?.received?.object ?? '';
  const proof = await vault.destroy('deposit', reference(project, 'd1'), object);
  const paper = contentOf({
    ...{ format: 2, paper: 'certificate of destruction', ...proof, ledgerPart: { destroyedAt } },
    ...{ remains: { deposits: [], releases: ['rel1'], results: [], units: null } },
    backups: { days: null, goneBy: null },
  });
  await worker.ledger.onProject(project, WORKER, () => ({
    command: { type: 'CertifyDepositDestroyed', deposit: 'd1', certificate: paper.id },
    contents: [paper],
  }));
  const says = { kind: 'deposit', bytes: proof.bytes, keyPart: { existed: true }, left: { object: false } };
  const listed = { id: 'd1', certificate: paper.id };
  expect(await lead.client.see(`${at}/certificates/d1`)).toMatchObject({ ...listed, says });
  expect(proof.bytes).toBeGreaterThan(FILE.length);
  expect(await lead.client.see(`${at}/certificates`)).toMatchObject({ items: [listed] });
  const walked = await walkDescription(lead.client, { project, programme: team.programme });
  expect(walked.get('/projects/{project}/certificates')).toEqual([]);
});
