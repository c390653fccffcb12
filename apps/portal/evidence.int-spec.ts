// Evidence beside a sign-off: listed as far as its signer reads it, and its file handed on through the API, which alone can open it.
import { randomBytes } from 'node:crypto';
import { evidenceProof } from '#libs/ledger';
import { gather, install } from '../api/testing/installation';
import type { Installation, PersonKey, Team } from '../api/testing/installation';
import { atDataRequest, withAgreement } from '../api/testing/setting-up';
import { aPortal, Visitor } from './testing/visitor';
import type { Page, RunningPortal } from './testing/visitor';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let portal: RunningPortal;
let project: string;
let page: Page & { address: string };
let visitor: Visitor;
let token: string;
const id = (key: PersonKey) => team.people[key].id;
const client = (key: PersonKey) => team.people[key].client;
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2000)]);

const recording = (title: string, audience: string) => ({
  ...{ kind: 'DOCUMENT', title, audience, text: `Words of ${title} <b>` },
  attribution: { type: 'ROLE', role: 'serviceManager', organisation: null },
  provenance: { origin: 'Told at the counter', dated: '2026-01-15T10:00:00Z' },
});
async function record(by: PersonKey, title: string, audience: string, name?: string): Promise<string> {
  const at = `/projects/${project}/evidence`;
  const { id: item } = await client(by).make(at, recording(title, audience));
  if (name === undefined) return item;
  const type = { 'content-type': 'application/pdf' };
  const path = `${at}/${item}/file?name=${encodeURIComponent(name)}`;
  expect((await client(by).send('PUT', path, PDF, type)).status).toBe(201);
  return item;
}

async function linkFor(key: PersonKey): Promise<string> {
  const { world } = await installation.portal.ledger.world(project);
  const checkpoint = Object.values(world.project.checkpoints).findLast(({ kind }) => kind === 'QUESTION');
  const round = checkpoint?.rounds.at(-1);
  const about = { stream: project, checkpoint: checkpoint?.id ?? '', round: round?.round ?? 0 };
  const core = round?.content.core ?? '';
  return (await installation.courier.links.mint({ ...about, core, person: id(key), purpose: 'SIGN' })).token;
}

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  await withAgreement(installation, team);
  project = await atDataRequest(installation, team);
  portal = await aPortal(installation.db.urls.PORTAL, undefined, installation.url);
  await record('official', 'Shared report', 'PARTNERS', 'report<script>.html');
  await record('researcher', 'For its author', 'AUTHOR', 'secret.pdf');
  await record('lead', 'Cited nowhere', 'PARTNERS');
  await client('lead').make(`/projects/${project}/questions`, {
    ...{ question: 'Did earnings rise by more?', framing: 'ev2', sufficient: true, summary: 'Anew' },
    change: { from: 'q1', kind: 'REWORDS', what: 'By more', because: 'It is asked so', cites: [] },
  });
  const { world } = await installation.portal.ledger.world(project);
  const question = world.project.questions.at(-1)?.id ?? '';
  await client('lead').make(`/projects/${project}/evidence/ev1/considerations`, {
    ...{ in: { type: 'question', id: question }, because: 'It speaks of it.' },
  });
  token = await linkFor('official');
  visitor = new Visitor(portal.url);
  page = await visitor.arrive(token);
});
afterAll(async () => {
  await portal?.close();
  await installation?.stop();
});

it('B20: what the sign-off rests on is listed with its words and its file, as far as its signer reads it', async () => {
  expect(page.status).toBe(200);
  for (const said of [
    'Evidence it rests on',
    'Shared report',
    'Told at the counter',
    'Words of Shared report &lt;b&gt;',
  ])
    expect(page.html).toContain(said);
  expect(page.html).not.toContain('For its author');
  expect(page.html).not.toContain('Cited nowhere');
  const researcher = await new Visitor(portal.url).arrive(await linkFor('researcher'));
  expect(researcher.html).toContain('For its author');
});

it('B7: a file is handed on as an attachment that no browser runs, whatever it was called', async () => {
  const file = await visitor.get(`${page.address}/evidence/ev1`);
  expect(file.status).toBe(200);
  expect(Buffer.byteLength(file.html)).toBeGreaterThan(1000);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    ...{
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    ...{ 'content-security-policy': "default-src 'none'; sandbox", 'referrer-policy': 'no-referrer' },
    'content-disposition': expect.stringMatching(/^attachment; filename=.*\.pdf"?/) as string,
  });
});

it('B7: what is not cited, not for this person, or asked for without the link looks as if it were not there', async () => {
  for (const item of ['ev2', 'ev3', 'ev99', '..%2f..']) {
    const { status, html } = await visitor.get(`${page.address}/evidence/${item}`);
    expect([item, status, html.includes('secret.pdf')]).toEqual([item, 404, false]);
  }
  expect((await new Visitor(portal.url).get(`${page.address}/evidence/ev1`)).status).toBe(404);
});

it('the API opens a file for the portal on proof of the link alone: of this person, file and minute', async () => {
  const until = new Date(Date.now() + 60_000).toISOString();
  const asked = { person: id('official'), stream: project, evidence: 'ev1', until };
  const proof = evidenceProof(token, asked);
  const ask = async (over: Partial<typeof asked & { proof: string }> = {}) => {
    const { evidence, person, until: end, proof: shown } = { ...asked, proof, ...over };
    const headers = { 'parley-person': person, 'parley-until': end, 'parley-proof': shown };
    return (await fetch(`${installation.url}/linked-evidence/${project}/${evidence}/file`, { headers }))
      .status;
  };
  expect(await ask()).toBe(200);
  const late = new Date(Date.now() + 3_600_000).toISOString();
  for (const over of [
    ...[
      { evidence: 'ev2' },
      { person: id('lead') },
      { until: late },
      { proof: 'a'.repeat(64) },
      { proof: 'x' },
    ],
    { until: late, proof: evidenceProof(token, { ...asked, until: late }) },
    { evidence: 'ev2', proof: evidenceProof(token, { ...asked, evidence: 'ev2' }) },
  ])
    expect([over, await ask(over)]).toEqual([over, 404]);
  await installation.db.query('update parley.links set void_at = now()');
  expect(await ask()).toBe(404);
});

it('with the API away the page stands, and its file says that it cannot be had now', async () => {
  const alone = await aPortal(installation.db.urls.PORTAL);
  const person = new Visitor(alone.url);
  const there = await person.arrive(await linkFor('official'));
  expect(there.html).toContain('Shared report');
  expect((await person.get(`${there.address}/evidence/ev1`)).status).toBe(503);
  await alone.close();
});
