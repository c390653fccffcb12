// Right to erasure over the API: what is shown before, what is gone afterwards everywhere, and an export that stays valid and says so.
import { entriesIn, exportedFrom, whole } from '../testing/exporting';
import { gather, install } from '../testing/installation';
import type { Installation, Member, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { agreementOf, atDataRequest, withAgreement } from '../testing/setting-up';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;
let auditor: string;
let official: Member;
let registrar: Member;
let path: string;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  ({ official, checker: registrar } = team.people);
  path = `/programmes/${team.programme}/people/${official.id}`;
  await withAgreement(installation, team);
  const body = {
    ...{ organisation: team.people.lead.organisation, roles: ['auditor'] },
    ...{ name: 'The auditor', address: 'audit@example.org' },
  };
  const { id } = await team.people.lead.client.make(`/programmes/${team.programme}/people`, body);
  auditor = await installation.tokenOf(team.programme, id);
  project = await atDataRequest(installation, team);
});
afterAll(() => installation?.stop());

const exported = async () => {
  await installation.sequence();
  const key = await (await fetch(`${installation.url}/log/keys`)).text();
  return exportedFrom(installation, { project, profile: 'auditor', token: auditor, key });
};
const asSuperuser = <T extends object>(sql: string, parameters: unknown[] = []) =>
  installation.db.query<T>(sql, parameters);

/** Every row in which a word stands, of whatever table and column. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await asSuperuser<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('parley', 'parley_jobs') and table_type = 'BASE TABLE'`,
  );
  const found = [];
  for (const { name } of tables) {
    const rows = await asSuperuser(
      `select from ${name} t where t::text ilike $1 or t::text ilike '%' || encode(convert_to($2, 'UTF8'), 'hex') || '%' limit 1`,
      [`%${word}%`, word],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

/** What the official says, what others say of them, and a file of theirs. */
async function leaveTraces() {
  const { lead } = team.people;
  const at = `/projects/${project}`;
  const hypothesis = { statement: 'Only the young gained.', reason: 'I saw it.', rivals: [] };
  await official.client.make(`${at}/hypotheses`, hypothesis);
  await official.client.make(`${at}/tempo`, {
    ...{ tempo: 'SHOCK', cause: 'PUBLIC_OUTCRY', reason: 'My phone does not stop.' },
  });
  const evidence = {
    ...{ kind: 'DOCUMENT', title: 'Letters I got', audience: 'PARTNERS', text: null },
    attribution: { type: 'PERSON', person: official.id },
    provenance: { origin: 'My desk.', dated: '2026-01-15T10:00:00Z' },
  };
  const { id } = await official.client.make(`${at}/evidence`, evidence);
  const file = await official.client.send('PUT', `${at}/evidence/${id}/file?name=Letters`, 'Dear sir', {
    'content-type': 'text/plain',
  });
  expect(file.status).toBe(201);
  await lead.client.make(`${at}/evidence`, {
    ...{ ...evidence, kind: 'COMMENT', title: 'Who said it', text: 'THE OFFICIAL doubts it.' },
    attribution: { type: 'ROLE', role: 'policyOfficial', organisation: null },
  });
  await lead.client.make(`/programmes/${team.programme}/agreements`, {
    ...agreementOf(team),
    summary: 'The official keeps the register.',
  });
  await asSuperuser(
    `insert into parley.sign_ins values (sha256('x'), 'Official@Council.example', now() + interval '10 minutes', null)`,
  );
  return { evidence: id };
}

interface Shown {
  names: number;
  said: number;
  files: string[];
  mentions: { digest: string; stream: string; type: string }[];
}

it('erases who a person was, what they said, and what was said of them, and nothing else; the log stays valid', async () => {
  const { evidence } = await leaveTraces();
  const file = `/projects/${project}/evidence/${evidence}/file`;
  expect((await team.people.lead.client.get(file)).status).toBe(200);
  const early = await registrar.client.post(`${path}/erasure`, { reason: 'They asked for it.' });
  expectProblem(early, 409, 'STILL_ON_ROSTER');
  await registrar.client.make(`${path}/departure`, {});
  expectProblem(await team.people.lead.client.post(`${path}/erasure`, { reason: 'x' }), 403);
  expectProblem(await team.people.lead.client.get(`${path}/erasure`), 403, 'NOT_OWN_ORGANISATION');

  const shown = await registrar.client.see<Shown>(`${path}/erasure`);
  expect(shown).toMatchObject({ names: expect.any(Number) as number, files: [`${project}/${evidence}`] });
  expect(shown.mentions.map(({ type }) => type).sort()).toEqual(['AgreementProposed', 'EvidenceRecorded']);
  const proposed = shown.mentions.find(({ type }) => type === 'AgreementProposed')?.digest ?? '';
  const told = shown.mentions.find(({ type }) => type === 'EvidenceRecorded')?.digest ?? '';

  await registrar.client.make(`${path}/erasure`, { reason: 'They asked for it.' });
  expect(await tablesWith('official@council.example')).toEqual([]);
  const bundle = await exported();
  expect(bundle.verdict).toMatchObject({ outcome: 'VALID', failed: [] });
  expect(whole(bundle)).toContain('Only the young gained.');
  expect(await tablesWith('The official')).toEqual(['parley.content', 'parley.openings']);

  const signing = await registrar.client.post(`${path}/erasure`, { reason: 'More.', about: [proposed] });
  expectProblem(signing, 409, 'STILL_SIGNED');
  await asSuperuser(`update parley.rounds set deadline = now() where $1 in (core, cover)`, [proposed]);
  const everything = { everythingSaid: true, about: [told, proposed] };
  await registrar.client.make(`${path}/erasure`, { reason: 'They asked for more.', ...everything });
  for (const word of ['The official', 'Only the young gained', 'My phone does not', 'Letters', 'Dear sir'])
    expect([word, await tablesWith(word)]).toEqual([word, []]);
  expectProblem(await team.people.lead.client.get(file), 403, 'FILE_CLOSED');

  const later = await exported();
  expect(later.verdict).toMatchObject({ outcome: 'VALID', failed: [] });
  expect(later.verdict.noted.join('\n')).toMatch(
    new RegExp(
      `texts that named ${official.id} .*, 2 texts of others or signed contents .*, and 1 file of theirs were erased .* as ${registrar.id} decided`,
    ),
  );
  for (const word of ['The official', 'Only the young gained', 'My phone does not'])
    expect(whole(later)).not.toContain(word);
  expect(whole(later)).toContain('The lead');
  expect(entriesIn(later).some(({ data }) => 'statement' in data)).toBe(true);
});

it('what is nobody’s of theirs is not erased in their name: neither other people’s names nor other programmes’ words', async () => {
  const [lead] = await asSuperuser<{ name: string }>(
    `select data ->> 'name' as name from parley.events where type = 'PersonAttested' and data ->> 'person' = $1`,
    [team.people.lead.id],
  );
  for (const digest of [lead?.name ?? '', 'a'.repeat(64)]) {
    const answer = await registrar.client.post(`${path}/erasure`, { reason: 'x', about: [digest] });
    expectProblem(answer, 403, 'NOT_RECORDED_HERE');
  }
});
