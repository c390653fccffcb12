// Exports over the API: what each profile holds, that a stranger verifies it offline, and that each is recorded.
import { createHash } from 'node:crypto';
import { entriesIn, exportedFrom, lines, whole } from '../testing/exporting';
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

const exported = (profile: string, token: string) =>
  exportedFrom(installation, { project, profile, token, key });
const tokenOf = (name: PersonKey) => team.people[name].client.token ?? '';
it('a stranger with the zip and the key finds it valid, every entry in it, and the export itself recorded', async () => {
  const bundle = await exported('auditor', auditor);
  expect(bundle.verdict.failed).toEqual([]);
  expect(bundle.verdict.outcome).toBe('VALID');
  expect(bundle.verdict.proved.join('\n')).toMatch(/I1, I3: at 1 permit and 1 read/);
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
      expect(bundle.verdict.noted.join('\n')).toMatch(/entries are withheld|entry is withheld/);
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
  // Whatever it leads to is in the same zip, or on the same page.
  const { files } = await exported('partners', tokenOf('lead'));
  const story = files.get('index.html') ?? '';
  const links = [...story.matchAll(/href="([^"]+)"/g)].map(([, to]) => to ?? '');
  expect(links.filter((to) => to.startsWith('content/')).length).toBeGreaterThan(3);
  expect(links).toContain('outputs/a1/result.json');
  for (const to of links)
    expect(to.startsWith('#') ? story.includes(`id="${to.slice(1)}"`) : files.has(to)).toBe(true);
});

it('I13: closed gates open nothing and say so where people look, not in whose row; what is recorded is exported all the same', async () => {
  const { client } = team.people.lead;
  const open = () => client.post(`/projects/${project}/releases/rel1/open`, {});
  expect((await open()).status).toBe(202);
  const reason = `${project}: gate_decisions differs at per_official`;
  await installation.db.query(`select parley.log_close($1, 'GATE', $2)`, [project, reason]);
  expectProblem(await open(), 409, 'LOG_CLOSED');
  const shown = await client.get(`/projects/${project}`);
  expect(shown.body).toMatchObject({ closures: [{ kind: 'GATE', since: expect.any(String) as string }] });
  expect(JSON.stringify(shown.body)).not.toContain('gate_decisions');
  expect((await exported('auditor', auditor)).verdict.outcome).toBe('VALID');
  await installation.db.query(`select parley.log_reopen($1, 'GATE')`, [project]);
  expect((await open()).status).toBe(202);
});

it('while the log does not sign, there is no export, and the answer says why', async () => {
  const answer = await team.people.lead.client.get(`/projects/${project}/export`);
  expectProblem(answer, 503, 'NOT_SIGNED_YET');
});
