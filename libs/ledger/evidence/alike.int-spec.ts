// Who reads evidence is written twice, in the domain and in the database: both say the same of generated registers.
import fc from 'fast-check';
import { AUDIENCES, EVIDENCE_KINDS, mayRead } from '#libs/domain';
import type { Audience, EvidenceCommands, EvidenceKind } from '#libs/domain';
import type { Draft } from '..';
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Name, Setting } from '#libs/testing';

jest.setTimeout(120_000);

const NAMES: Name[] = ['lead', 'researcher', 'official', 'checker', 'holder', 'riskOwner', 'lay'];
const SOME = 'f'.repeat(64);
let setting: Setting;
beforeAll(async () => {
  setting = await aSetting(await aDatabase());
  await setting.withAgreement();
  await setting.byAccount('lead', setting.programme, {
    command: {
      ...{ type: 'AttestPerson', person: 'per_auditor', organisation: 'org_university' },
      ...{ roles: ['auditor'], name: SOME, address: SOME },
    },
  });
});
afterAll(() => setting?.close());

const anItem = fc.record({
  author: fc.constantFrom(...NAMES),
  kind: fc.constantFrom(...EVIDENCE_KINDS),
  participants: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }),
  audience: fc.constantFrom(...AUDIENCES),
  becomes: fc.constantFrom(...AUDIENCES),
});

interface Item {
  author: Name;
  kind: EvidenceKind;
  participants: Name[];
  audience: Audience;
  becomes: Audience;
}

async function record({ author, kind, participants, audience, becomes }: Item) {
  const at = '2020-01-01T00:00:00.000Z';
  const search = { sources: SOME, terms: SOME, from: at, to: '2021-01-01T00:00:00.000Z' };
  const assessment = kind === 'REA' ? { protocol: SOME, findings: SOME, limits: SOME, search } : null;
  const recording: EvidenceCommands['RecordEvidence'] = {
    ...{ kind, audience, title: SOME, text: SOME, others: 0, meeting: null, assessment },
    ...{ participants: participants.map(personId), attribution: { type: 'OUTSIDE', who: SOME } },
    provenance: { origin: SOME, dated: at, derivedFrom: [] },
  };
  await setting.onProgramme(author, { command: { type: 'RecordEvidence', ...recording } });
  const { state } = await setting.ledger.programme(setting.programme);
  const evidence = state.evidence.at(-1)?.id ?? '';
  // Refused where it would be no change, or is not allowed: then the first audience stands, for both.
  const change = { command: { type: 'ChangeAudience', evidence, audience: becomes } } as Draft;
  await setting.byAccount(author, setting.programme, change).catch(() => undefined);
}

async function compare(): Promise<number> {
  const { state, now } = await setting.ledger.programme(setting.programme);
  const people = [...NAMES.map(personId), 'per_auditor', 'per_stranger'];
  const sql = 'select parley.reads_evidence($1, $1, $2, $3) as reads';
  let compared = 0;
  for (const item of state.evidence) {
    for (const person of people) {
      // The domain's PUBLIC reaches people without an account too; keys are for accounts only.
      if (item.audience === 'PUBLIC' && !state.people[person]?.tenures.some((t) => t.to === null)) continue;
      const rows = await setting.db.query<{ reads: boolean }>(sql, [setting.programme, item.id, person]);
      const domain = mayRead(state, item, person, now);
      expect([item.kind, item.audience, person, rows[0]?.reads]).toEqual([
        item.kind,
        item.audience,
        person,
        domain,
      ]);
      compared += 1;
    }
  }
  return compared;
}

it('B7: before and after a core team is named, and after people have left', async () => {
  for (const item of fc.sample(anItem, { numRuns: 40, seed: 7 })) await record(item);
  expect(await compare()).toBeGreaterThan(200);
  const members = [personId('lead'), personId('researcher'), personId('official')];
  await setting.onProgramme('lead', { command: { type: 'NameCoreTeam', members } });
  await compare();
  const leaver = { command: { type: 'RecordLeaver', person: personId('researcher') } } as Draft;
  await setting.byAccount('lead', setting.programme, leaver);
  await compare();
});

it('B7: nobody says for another what only they can say, whoever holds the process', async () => {
  const { state } = await setting.ledger.programme(setting.programme);
  const foreign = state.evidence.find((item) => item.author !== personId('lead'));
  const sql = 'select parley.record_own_word($1, $2)';
  const secret = await setting.secretOf('lead');
  const { version, head } = await setting.onProgramme('lead', {
    command: { type: 'ProposeAgendaItem', text: SOME },
  });
  const entry = (type: string, data: object, actor: string) => {
    const at = new Date().toISOString();
    const parts = { actor: { person: actor }, at, data, format: 1, prev: head, stream: setting.programme };
    return JSON.stringify({ ...parts, type, typeVersion: 1, version: version + 1 });
  };
  const forged = [
    entry('AudienceChanged', { audience: 'PUBLIC', evidence: foreign?.id }, personId('lead')),
    entry('ResearchUseConsented', { evidence: foreign?.id, person: personId('official') }, personId('lead')),
    entry(
      'NotesAgreed',
      { evidence: foreign?.id, person: personId('official'), version: 1 },
      personId('official'),
    ),
  ];
  for (const text of forged)
    await expect(setting.db.query(sql, [secret, [text]], 'API')).rejects.toThrow('FOREIGN_PERSON');
  const plain = 'select * from parley.append_events($1, $2)';
  for (const text of forged)
    await expect(setting.db.query(plain, [setting.programme, [text]], 'API')).rejects.toThrow('FOREIGN_TYPE');
});
