// Exports over the API: what each profile holds, that a stranger verifies it offline, and that each is recorded.
import { createHash } from 'node:crypto';
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import { verifyBundle } from '#libs/verify';
import type { Verdict } from '#libs/verify';
import { foundBySigstore } from '../testing/sigstore';
import { gather, install } from '../testing/installation';
import type { Installation, PersonKey, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { askOf, atDataRequest, withAgreement } from '../testing/setting-up';
import { checked, released, runAnalysis } from '../testing/working';

jest.setTimeout(120_000);

const SECRET_WORDS = 'Our terms forbid it, between us.';
let installation: Installation;
let team: Team;
let project: string;
let auditor: string;
let key: string;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  await withAgreement(installation, team);
  auditor = await anAuditor();
  project = await atDataRequest(installation, team);
  await released(installation, team, project);
  const { lead, holder, researcher } = team.people;
  await researcher.client.make(`/projects/${project}/analyses`, {
    ...{
      release: 'rel1',
      method: 'descriptive',
      params: { outcome: 're78', groups: 'treat' },
      hypothesis: 'It rose.',
      support: 'A difference.',
    },
  });
  await runAnalysis(installation, project);
  await checked(team, project, 'a1');
  await lead.client.make(`/projects/${project}/stages/dataRequest/reopen`, { reason: 'One more.' });
  await lead.client.make(`/projects/${project}/requests`, {
    ...askOf(team),
    rationale: { text: 'One more field.', cites: ['rel1'] },
  });
  await holder.client.make(`/projects/${project}/requests/r2/answer`, {
    ...{ outcome: 'REFUSED', reasons: ['HOLDER_TERMS_PROHIBIT'], reason: SECRET_WORDS },
  });
  await installation.sequence();
  key = await (await fetch(`${installation.url}/log/keys`)).text();
});
afterAll(() => installation?.stop());

async function anAuditor(): Promise<string> {
  const { lead } = team.people;
  const body = {
    organisation: lead.organisation,
    roles: ['auditor'],
    name: 'The auditor',
    address: 'audit@example.org',
  };
  const { id } = await lead.client.make(`/programmes/${team.programme}/people`, body);
  return installation.tokenOf(team.programme, id);
}

interface Exported {
  blob: Blob;
  files: Map<string, string>;
  verdict: Verdict;
}

/** Exports, with the courier's sequencer beside it, and opens the zip. */
async function exported(profile: string, token: string): Promise<Exported> {
  const [response] = await Promise.all([fetchExport(profile, token), sequencing()]);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const blob = await response.blob();
  const files = new Map<string, string>();
  for (const entry of await new ZipReader(new BlobReader(blob)).getEntries())
    if (!entry.directory) files.set(entry.filename, await entry.getData(new TextWriter()));
  return { blob, files, verdict: await verifyBundle(blob, { keys: [key] }) };
}
const fetchExport = (profile: string, token: string) =>
  fetch(`${installation.url}/projects/${project}/export?profile=${profile}`, {
    headers: { authorization: `Bearer ${token}` },
  });
async function sequencing(): Promise<void> {
  const before = await exportsRecorded();
  while ((await exportsRecorded()) === before) await new Promise((resolve) => setImmediate(resolve));
  await installation.sequence();
}
async function exportsRecorded(): Promise<number> {
  const [row] = await installation.db.query<{ n: number }>(
    `select count(*)::int as n from parley.events where type = 'ProjectExported'`,
  );
  return row?.n ?? 0;
}
const tokenOf = (name: PersonKey) => team.people[name].client.token ?? '';
const lines = ({ files }: Exported, name: string) => (files.get(name) ?? '').split('\n').slice(0, -1);
const entriesIn = (bundle: Exported) =>
  lines(bundle, 'ledger/entries.jsonl').map(
    (line) => JSON.parse(line) as { type: string; stream: string; data: Record<string, unknown> },
  );
const whole = ({ files }: Exported) => [...files.values()].join('\n');

it('a stranger with the zip and the key finds it valid, every entry in it, and the export itself recorded', async () => {
  const bundle = await exported('auditor', auditor);
  expect(bundle.verdict.failed).toEqual([]);
  expect(bundle.verdict.outcome).toBe('VALID');
  expect(bundle.verdict.proved.join('\n')).toMatch(/I1, I3: at 1 permits and 1 reads/);
  const entries = entriesIn(bundle);
  expect(entries.at(-1)).toMatchObject({ type: 'ProjectExported', stream: project });
  const [count] = await installation.db.query<{ n: number }>(
    'select count(*)::int as n from parley.events where stream in ($1, $2)',
    [project, team.programme],
  );
  expect(entries).toHaveLength(count?.n ?? 0);
  expect(bundle.files.get('outputs/a1/result.json')).toMatch(/"method":"descriptive"/);
  expect([...bundle.files.keys()].filter((name) => name.includes('findings'))).toEqual([]);
  expect(whole(bundle)).toContain(SECRET_WORDS);
});

it('a transparency-log tool of other people finds every entry under the signed head, and none that was changed', async () => {
  const { files } = await exported('auditor', auditor);
  const entries = (files.get('ledger/entries.jsonl') ?? '').split('\n').length - 1;
  expect(foundBySigstore(files, key)).toBe(entries);
  const changed = (name: string, from: RegExp, to: string) =>
    new Map(files).set(name, (files.get(name) ?? '').replace(from, to));
  const another = changed('ledger/entries.jsonl', /"ProjectStarted"/, '"ProjectStopped"');
  expect(() => foundBySigstore(another, key)).toThrow('root hash does not match');
  const shorter = changed('ledger/checkpoint', /\n(\d+)\n/, '\n1$1\n');
  expect(() => foundBySigstore(shorter, key)).toThrow('invalid checkpoint signature');
});

it('sha256sum alone checks the files: the manifest lists all that do not prove themselves', async () => {
  const bundle = await exported('auditor', auditor);
  const listed = (bundle.files.get('manifest-sha256.txt') ?? '')
    .trim()
    .split('\n')
    .map((line) => line.split('  '));
  for (const [digest, name] of listed)
    expect(
      createHash('sha256')
        .update(bundle.files.get(name ?? '') ?? '')
        .digest('hex'),
    ).toBe(digest);
  const rest = [...bundle.files.keys()].filter(
    (name) => !listed.some(([, listedName]) => listedName === name),
  );
  expect(rest.every((name) => name === 'manifest-sha256.txt' || name.startsWith('ledger/'))).toBe(true);
});

describe('T6: outside the profile for auditors', () => {
  it.each(['partners', 'public'] as const)(
    'who was asked and who declined stand in %s by hash alone',
    async (profile) => {
      const bundle = await exported(profile, tokenOf('lead'));
      expect(bundle.verdict.failed).toEqual([]);
      expect(bundle.verdict.outcome).toBe('VALID');
      expect(bundle.verdict.noted.join('\n')).toMatch(/entries are withheld/);
      const everything = whole(bundle);
      for (const told of ['HOLDER_TERMS_PROHIBIT', SECRET_WORDS, '"r2"', 'r2,'])
        expect(everything).not.toContain(told);
      const requests = entriesIn(bundle).filter(({ data }) => data['request'] === 'r2');
      expect(requests).toEqual([]);
      expect(lines(bundle, 'ledger/withheld.jsonl').length).toBeGreaterThan(0);
    },
  );

  it('the public reads no person’s name, and no words but the register’s', async () => {
    const everything = whole(await exported('public', tokenOf('lead')));
    for (const told of ['The researcher', 'The holder', 'The checker', 'It rose.', 'Dear '])
      expect(everything).not.toContain(told);
  });

  it('partners read what was signed; reports of a holder’s deposit are not theirs', async () => {
    const bundle = await exported('partners', tokenOf('lead'));
    expect(whole(bundle)).toContain('It rose.');
    const accepted = entriesIn(bundle).find(({ type }) => type === 'DepositAccepted');
    expect(bundle.files.has(`content/${String(accepted?.data['report'])}.json`)).toBe(false);
  });

  it('the profile for auditors is for auditors', async () => {
    const refused = await team.people.lead.client.get(`/projects/${project}/export?profile=auditor`);
    expectProblem(refused, 403);
  });
});

it('is a RO-Crate by the Five Safes profile, with what led to what', async () => {
  const bundle = await exported('auditor', auditor);
  const crate = JSON.parse(bundle.files.get('ro-crate-metadata.json') ?? '') as {
    '@context': unknown[];
    '@graph': Record<string, unknown>[];
  };
  const graph = new Map(crate['@graph'].map((entity) => [String(entity['@id']), entity]));
  expect(graph.size).toBe(crate['@graph'].length);
  expect(crate['@context'][0]).toBe('https://w3id.org/ro/crate/1.2/context');
  expect(graph.get('ro-crate-metadata.json')).toMatchObject({
    about: { '@id': './' },
    conformsTo: { '@id': 'https://w3id.org/ro/crate/1.2' },
  });
  expect(graph.get('./')).toMatchObject({
    '@type': 'Dataset',
    conformsTo: { '@id': 'https://w3id.org/5s-crate/0.4' },
    license: { '@id': '#licence' },
  });
  expect(graph.get('#a1')).toMatchObject({
    used: { '@id': '#rel1' },
    result: expect.arrayContaining([{ '@id': 'outputs/a1/result.json' }]) as unknown,
  });
  expect(graph.get('#rel1')).toMatchObject({
    wasDerivedFrom: { '@id': '#r1' },
    wasGeneratedBy: { '@id': '#c1' },
  });
  // What rocrate-validator holds against a crate: an entity of PROV alone, and source code that is no file.
  for (const entity of graph.values()) {
    const types = [entity['@type']].flat().map(String);
    expect(types.some((type) => !type.startsWith('prov:'))).toBe(true);
    expect(types.includes('SoftwareSourceCode') && !types.includes('File')).toBe(false);
  }
  // Flat: whatever is referred to inside is described, and files are there.
  for (const entity of graph.values())
    for (const value of Object.values(entity).flat()) {
      const id = (value as { '@id'?: string } | null)?.['@id'];
      if (id !== undefined && !id.startsWith('http')) expect(graph.has(id)).toBe(true);
    }
  for (const part of (graph.get('./') as { hasPart: { '@id': string }[] }).hasPart) {
    const name = part['@id'];
    expect(
      [...bundle.files.keys()].some((file) => file === name || (name.endsWith('/') && file.startsWith(name))),
    ).toBe(true);
  }
});

it('tells the story to be read, with nothing in it that runs', async () => {
  const page = (await exported('auditor', auditor)).files.get('index.html') ?? '';
  expect(page).toMatch(/<html lang="en-GB">/);
  expect(page).toContain('It rose.');
  expect(page).toContain('our own terms forbid it');
  expect(page).not.toMatch(/<script/i);
});

it('an erased person is nowhere in an export, the log stays valid, and the verifier says what was erased and who decided', async () => {
  const { official, checker } = team.people;
  const path = `/programmes/${team.programme}/people/${official.id}`;
  const hypothesis = { statement: 'Only the young gained.', reason: 'I saw it.', rivals: [] };
  await official.client.make(`/projects/${project}/hypotheses`, hypothesis);
  const early = await checker.client.post(`${path}/erasure`, { reason: 'They asked for it.' });
  expectProblem(early, 409, 'STILL_ON_ROSTER');
  await checker.client.make(`${path}/departure`, {});
  expectProblem(await team.people.lead.client.post(`${path}/erasure`, { reason: 'x' }), 403);
  expect(whole(await exported('auditor', auditor))).toContain('The official');
  await checker.client.make(`${path}/erasure`, { reason: 'They asked for it.' });
  const left = await installation.db.query(
    `select from parley.openings where text like '%The official%' union all select from parley.contacts where person = $1`,
    [official.id],
  );
  expect(left).toEqual([]);
  const bundle = await exported('auditor', auditor);
  expect(bundle.verdict.outcome).toBe('VALID');
  expect(bundle.verdict.noted.join('\n')).toMatch(
    new RegExp(
      `texts that named ${official.id} or were said by them were erased .* as ${checker.id} decided`,
    ),
  );
  expect(whole(bundle)).not.toContain('The official');
  expect(whole(bundle)).toContain('Only the young gained.');

  await checker.client.make(`${path}/erasure`, { reason: 'They asked for more.', everythingSaid: true });
  const later = await exported('auditor', auditor);
  expect(later.verdict).toMatchObject({ outcome: 'VALID', failed: [] });
  expect(whole(later)).not.toContain('Only the young gained.');
  expect(entriesIn(later).some(({ data }) => data['person'] === official.id && 'statement' in data)).toBe(
    true,
  );
});

it('while the log does not sign, there is no export, and the answer says why', async () => {
  const answer = await team.people.lead.client.get(`/projects/${project}/export`);
  expectProblem(answer, 503, 'NOT_SIGNED_YET');
});
