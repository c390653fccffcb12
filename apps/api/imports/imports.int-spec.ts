// Published data over the real API: imported, handed over to the last byte, checked by law, released without TRUST.
import { createHash, randomBytes } from 'node:crypto';
import { reference } from '#libs/contracts';
import { signContent } from '#libs/ledger';
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
  expect((await put('holder', FILE)).status).toBe(201);
  await worker.ledger.openDeposit(project, 'd1', 'check');
  const { content, contents } = signContent({ findings: [] }, {});
  await worker.ledger.onProject(project, WORKER, () => ({
    command: { type: 'AcceptDeposit', deposit: 'd1', rows: 40, report: content.core },
    contents: contents.filter(({ id }) => id === content.core),
  }));
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
