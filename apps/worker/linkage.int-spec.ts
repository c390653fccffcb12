// Two holders' deposits through the running engine: joined as one signed release, closed by an objection, and made anew without that person.
import { Readable } from 'node:stream';
import { reference } from '#libs/contracts';
import { commitText, signContent } from '#libs/ledger';
import { ReleaseManifest } from '#libs/vault';
import { receiveDeposit } from '#libs/vault/deposit';
import type { AnyName } from '#libs/testing';
import { personId } from '#libs/testing';
import { Engine } from './testing/engine';

jest.setTimeout(120_000);

const [COUNCIL, HOLDER] = ['org_council', 'org_holder'];
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** What each holder gives: the pseudonyms are those that `parley prepare link` made the same. */
const SOURCES = [
  {
    ...{ source: 'programme', holder: HOLDER, by: 'holder' as const, fields: ['treat', 're78'] },
    line: (n: number) => `${n % 2},${n * 11}`,
    types: [
      { name: 'treat', type: 'category' as const, codes: ['0', '1'] },
      { name: 're78', type: 'number' as const },
    ],
  },
  {
    ...{ source: 'benefits', holder: COUNCIL, by: 'steward' as const, fields: ['weeks'] },
    line: (n: number) => String(n % 7),
    types: [{ name: 'weeks', type: 'integer' as const }],
  },
];
const pseudonymOf = (n: number) => `linked${String(n).padStart(12, '0')}`;
/** The first holder knows 0 to 59, the second 20 to 79: forty are in both. */
const people = (from: number) => Array.from({ length: 60 }, (_, n) => from + n);

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open();
  await engine.work();
  const { journey, setting } = engine;
  await journey.begin();
  for (const name of ['steward', 'guardian'] as const) await setting.attest(name, 'checker');
  await setting.proposeBoundary({
    linkage: true,
    tier: 'LINKED_DEIDENTIFIED',
    sources: SOURCES.map(({ source, holder, fields }) => ({ source, holder, fields })),
    exposed: [HOLDER, COUNCIL],
  });
  await journey.sign('LEGAL', 'b1', 'riskOwner', 'guardian');
  await journey.sign('ETHICAL', 'b1', 'checker', 'lay', 'holder', 'steward');
  await journey.startCycle();
  await journey.question();
  await journey.told('dataRequest');
});
afterAll(() => engine.close());

async function ask({ source, holder, fields }: (typeof SOURCES)[number]): Promise<void> {
  const { content, contents } = signContent({ kind: 'REQUEST', source }, { summary: 'because it matters' });
  const why = commitText('because it matters');
  const asked = {
    source,
    fields,
    tier: 'LINKED_DEIDENTIFIED',
    purpose: 'earnings',
    methods: ['descriptive'],
  } as const;
  await engine.journey.give(
    'lead',
    {
      ...{ type: 'SendRequest', holder, content, rationale: { text: why.commitment, cites: [] } },
      ask: { ...asked, fields, methods: ['descriptive'], linkage: true },
    },
    { contents, texts: [why] },
  );
}

async function give(each: (typeof SOURCES)[number], request: string, from: number): Promise<void> {
  const { journey, setting, directory } = engine;
  const fields = [{ name: 'person', type: 'pseudonym' as const, unique: true }, ...each.types];
  const spec = { level: 'ROWS' as const, fields, dimensions: [], sums: [] };
  const terms = {
    tier: 'LINKED_DEIDENTIFIED' as const,
    fields: each.fields,
    depositAs: spec,
    releaseAs: spec,
  };
  await setting.byAccount(each.by, journey.project, {
    command: {
      ...({ type: 'AnswerRequest', outcome: 'GRANTED', reasons: [], reason: null } as const),
      ...{ request, assurance: 'ACCOUNT', grant: { ...terms, conditions: [], expires: inDays(300) } },
    },
  });
  const [deposit, { publicKey }] = await journey.until(`an invitation of ${request}`, ({ project }) =>
    Object.entries(project.deposits).find(([, found]) => found.request === request),
  );
  const lines = people(from).map((n) => `${pseudonymOf(n)},${each.line(n)}`);
  const csv = ['person', ...each.fields].join(',') + `\n${lines.join('\n')}\n`;
  const got = await receiveDeposit({
    ...{ deposit: reference(journey.project, deposit), stream: Readable.from([Buffer.from(csv)]) },
    ...{ maxBytes: 1e6, recipientPublicKey: publicKey, vaultDir: `${directory}/vault` },
  });
  const { sha256: digest, bytes, objectId: object, wrappedKey } = got;
  await setting.ledger.receiveDeposit(journey.project, setting.as(each.by), {
    ...{ deposit, digest, bytes, object, wrappedKey },
  });
  await journey.until(
    `${deposit} to be accepted`,
    ({ project }) => project.deposits[deposit]?.outcome?.accepted,
  );
}

async function propose(): Promise<void> {
  const why = commitText('because it matters');
  await engine.journey.give(
    'lead',
    {
      ...({ type: 'ProposeRelease', requests: ['r1', 'r2'], tier: 'LINKED_DEIDENTIFIED' } as const),
      ...{ purpose: 'earnings', methods: ['descriptive'], readers: [personId('researcher')] },
      ...{ expires: inDays(100), rationale: { text: why.commitment, cites: [] } },
    },
    { texts: [why] },
  );
}

async function permitted(release: string): Promise<ReleaseManifest> {
  const { journey, setting } = engine;
  const signers: AnyName[] = ['holder', 'steward', 'official', 'researcher'];
  await journey.sign('TRUST', release, ...signers);
  await journey.until(`the permit of ${release}`, ({ project }) => project.releases[release]?.permit);
  const { project } = await journey.world();
  const core = project.releases[release]?.sealed?.content.core ?? '';
  const signed = JSON.parse(String(await setting.ledger.content(core))) as { data: unknown };
  return ReleaseManifest.parse(signed.data);
}

it('B8: the deposits of two holders are joined as one signed release, with the match in its manifest', async () => {
  for (const [index, each] of SOURCES.entries()) {
    await ask(each);
    await give(each, `r${index + 1}`, index * 20);
  }
  await propose();
  const manifest = await permitted('rel1');
  expect(manifest).toMatchObject({ tier: 'LINKED_DEIDENTIFIED', rows: 80, linkage: { inAll: 40 } });
  expect(manifest.linkage?.people.map(({ people }) => people)).toEqual([60, 60]);
  expect(manifest.fields.map(({ name }) => name)).toEqual(['person', 'treat', 're78', 'weeks']);
});

it('T10: an objection to one deposit closes the joined release, and a new one without that person is made and signed', async () => {
  const { journey, setting } = engine;
  const who = commitText(JSON.stringify([pseudonymOf(30)]));
  const { project } = await journey.world();
  const deposit = Object.values(project.deposits).find(({ request }) => request === 'r2')?.id ?? '';
  await setting.byAccount('steward', journey.project, {
    command: {
      ...({ type: 'RecordObjection', assurance: 'ACCOUNT', people: 1 } as const),
      ...{ deposit, who: who.commitment },
    },
    texts: [who],
  });
  await expect(journey.analyse({ outcome: 're78', groups: 'treat' })).rejects.toThrow();
  await propose();
  const manifest = await permitted('rel2');
  // Their rows of the other holder stay: nobody objected there. They are no longer joined to anything.
  expect(manifest).toMatchObject({ rows: 80, linkage: { inAll: 39 } });
  expect(manifest.linkage?.people.map(({ people }) => people)).toEqual([60, 59]);
  await journey.analyse({ outcome: 're78', groups: 'treat' }, 'rel2');
  const ended = await journey.until('the run to end', ({ project }) => project.analyses['a1']?.ended);
  expect(ended.outcome).toBe('COMPLETED');
});
