// Whose signatures the database's gate counts: Hall's condition against the domain's assignment, and the sign-off matrix.
import fc from 'fast-check';
import type { Client } from 'pg';
import { emptySlots, ROLES, roundAbout } from '#libs/domain';
import type { Role, Slot } from '#libs/domain';
import { aDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import {
  agreement,
  analysed,
  aCycle,
  aRoster,
  atDataRequest,
  boundary,
  CAST,
  deposited,
  permitted,
  personId,
  question,
  sealedRelease,
  secondWave,
} from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import { play } from '../../testing/histories';
import { Retelling } from './testing/retelling';

let db: TestDatabase;
let client: Client;
beforeAll(async () => {
  db = await aDatabase();
  client = await Retelling.connect(db);
});
afterAll(async () => {
  await client.end();
  await db.drop();
});

const organisation = fc.constantFrom('org_a', 'org_b', 'org_c');
const roles = (max: number) =>
  fc.uniqueArray(fc.constantFrom<Role[]>(...ROLES.slice(0, 4)), { maxLength: max });
const slot = fc.record({
  roles: roles(2),
  organisation: fc.option(organisation),
  count: fc.constantFrom(1, 1, 1, 2),
});
const signer = fc.record({ organisation, roles: roles(3) });
const quorum = fc.record({
  slots: fc.array(slot, { minLength: 1, maxLength: 5 }),
  signers: fc.array(signer, { maxLength: 7 }),
});

async function filledInDatabase(
  slots: Slot[],
  signers: { person: string; organisation: string; roles: Role[] }[],
) {
  const { rows } = await client.query<{ filled: boolean }>(
    `select parley.gate_filled($1, array(
       select (s.person, s.organisation, s.roles)::parley.gate_signer
         from jsonb_to_recordset($2::jsonb) s(person text, organisation text, roles text[]))) as filled`,
    [JSON.stringify(slots), JSON.stringify(signers)],
  );
  return rows[0]?.filled;
}

describe('filling slots', () => {
  it("I7, T4: Hall's condition and the domain's assignment agree on who fills which slots", async () => {
    await fc.assert(
      fc.asyncProperty(quorum, async ({ slots, signers }) => {
        const keyed = slots.map((each, index) => ({ key: `s${index}`, ...each }));
        const people = signers.map((each, index) => ({ person: `per_${index}`, ...each }));
        const isFilled = emptySlots({ slots: keyed, people: 0, organisations: 0 }, people).length === 0;
        expect(await filledInDatabase(keyed, people)).toBe(isFilled);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('one person with every role still counts once', async () => {
    const slots = (['researcher', 'policyOfficial'] as Role[]).map((role) => ({
      key: role,
      roles: [role],
      organisation: null,
      count: 1,
    }));
    const both = {
      person: 'per_1',
      organisation: 'org_a',
      roles: ['researcher', 'policyOfficial'] as Role[],
    };
    expect(await filledInDatabase(slots, [both])).toBe(false);
    expect(await filledInDatabase(slots, [both, { ...both, person: 'per_2' }])).toBe(true);
  });
});

interface Row {
  kind: string;
  subject: string;
  signers: Name[];
  asked: () => Story;
}

const withBoundary = (): Story => {
  const story = atDataRequest();
  return story.onProject(story.as('lead'), boundary(story));
};
const withBenefit = (): Story => {
  const story = secondWave();
  return story.onProject(story.as('lead'), { type: 'ProposeBenefit', wave: 2, content: story.content() });
};
const withQuestion = (): Story => {
  const story = aCycle();
  story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' });
  return story.onProject(story.as('lead'), question(story));
};
const withReflection = (): Story => {
  const story = aCycle();
  const reflection = { type: 'ProposeReflection', content: story.content() } as const;
  return story.onProject(story.as('lead'), reflection);
};

const MATRIX: Row[] = [
  { kind: 'QUESTION', subject: 'q2', signers: ['official', 'researcher'], asked: withQuestion },
  { kind: 'LEGAL', subject: 'b2', signers: ['riskOwner'], asked: withBoundary },
  { kind: 'ETHICAL', subject: 'b2', signers: ['checker', 'lay', 'holder'], asked: withBoundary },
  {
    kind: 'TRUST',
    subject: 'rel1',
    signers: ['official', 'researcher', 'holder'],
    asked: () => sealedRelease(deposited(atDataRequest())),
  },
  { kind: 'BENEFIT', subject: 'w2', signers: ['researcher', 'official', 'holder'], asked: withBenefit },
  { kind: 'OUTPUT', subject: 'a1', signers: ['checker'], asked: () => analysed(permitted()) },
  { kind: 'REFLECTION', subject: 'f2', signers: ['official', 'researcher'], asked: withReflection },
];

describe.each(MATRIX)('the sign-off matrix: $kind', ({ kind, subject, signers, asked }) => {
  it('B23: stands with every signer, and with none of them left out', async () => {
    for (const absent of [null, ...signers]) {
      const story = asked();
      const retelling = await Retelling.begin(client, story);
      story.sign(kind, ...signers.filter((name) => name !== absent));
      await retelling.catchUp();
      expect({ absent, stands: await retelling.stands(kind, subject) }).toEqual({
        absent,
        stands: absent === null,
      });
    }
  });

  const last = signers.at(-1) ?? 'official';
  const other = 'f'.repeat(64);
  it.each<[string, Name, Record<string, unknown>]>([
    ['T4: the proposer signs in their place', 'lead', {}],
    ['I6, I8: it is another core', last, { core: other }],
    ['T4: they speak for another organisation', last, { organisation: 'org_panel_two' }],
    ['I7: nobody knows them', last, { person: 'per_stranger' }],
    ['T1: it is an abstention', last, { choice: 'ABSTAINED' }],
  ])('I7: does not count when %s', async (_why, name, over) => {
    const story = asked();
    story.sign(kind, ...signers.slice(0, -1));
    const retelling = await Retelling.begin(client, story);
    await retelling.forgeApproval(name, story.checkpoint(kind), over);
    expect(await retelling.stands(kind, subject)).toBe(false);
  });

  it('T3: somebody who left before it settled does not count', async () => {
    const story = asked();
    const retelling = await Retelling.begin(client, story);
    story.sign(kind, last);
    await retelling.catchUp();
    await retelling.forge(story.programme.id, 'PersonLeft', { person: personId(last) }, story.as('lead'));
    for (const name of signers.slice(0, -1)) await retelling.forgeApproval(name, story.checkpoint(kind));
    expect(await retelling.stands(kind, subject)).toBe(kind === 'LEGAL' || kind === 'OUTPUT');
  });

  it('T3: who leaves after it settled still counts, except where the permit judges again', async () => {
    const story = asked().sign(kind, ...signers);
    const retelling = await Retelling.begin(client, story);
    await retelling.forge(story.programme.id, 'PersonLeft', { person: personId(last) }, story.as('lead'));
    expect(await retelling.stands(kind, subject)).toBe(kind !== 'TRUST' && kind !== 'BENEFIT');
  });

  it('a signature taken back no longer counts', async () => {
    const story = asked().sign(kind, ...signers);
    const retelling = await Retelling.begin(client, story);
    const checkpoint = story.checkpoint(kind);
    const { round } = story.round(checkpoint);
    const withdrawal = { checkpoint, round, person: personId(last), mode: 'STOP' };
    await retelling.forge(story.project.id, 'DecisionWithdrawn', withdrawal, story.as(last));
    expect(await retelling.stands(kind, subject)).toBe(false);
  });

  it('a rule weaker than the table does not weaken the quorum', async () => {
    const story = asked();
    const retelling = await Retelling.begin(client, story);
    const checkpoint = story.checkpoint(kind);
    const weak = { key: 'any', roles: [], organisation: null, count: 1 };
    const { round } = await retelling.forgeRound(checkpoint, {
      rule: { slots: [weak], people: 1, organisations: 1 },
    });
    for (const name of signers.slice(0, -1)) await retelling.forgeApproval(name, checkpoint, { round });
    const outsider = (Object.keys(CAST) as Name[]).find((name) => !signers.includes(name) && name !== 'lead');
    if (outsider) await retelling.forgeApproval(outsider, checkpoint, { round });
    expect(await retelling.stands(kind, subject)).toBe(false);
  });
});

it('T7: who signed LEGAL does not count for ETHICAL of the same boundary', async () => {
  const story = withBoundary();
  story.sign('LEGAL', 'riskOwner').sign('ETHICAL', 'checker', 'lay');
  const retelling = await Retelling.begin(client, story);
  const checkpoint = story.checkpoint('ETHICAL');
  // The same round again with the risk owner among those asked, so that they could sign as the holder's official.
  const { round } = await retelling.forgeRound(checkpoint, {});
  for (const name of ['checker', 'lay', 'riskOwner'] as const)
    await retelling.forgeApproval(name, checkpoint, { round });
  expect(await retelling.stands('ETHICAL', 'b2')).toBe(false);
  await retelling.forgeApproval('holder', checkpoint, { round });
  expect(await retelling.stands('ETHICAL', 'b2')).toBe(true);
});

it('B5: what the agreement asks for beyond the table is counted too, whatever the round says', async () => {
  const story = aRoster();
  const proposed = agreement(story);
  if (proposed.type !== 'ProposeAgreement') throw new Error('unreachable');
  const lay = { key: 'lay', roles: ['layMember' as const], organisation: null, count: 1 };
  const rules = { ...proposed.rules, moreSigners: [{ kind: 'QUESTION' as const, slot: lay }] };
  story.onProgramme(story.as('lead'), { ...proposed, rules });
  for (const name of ['researcher', 'checker', 'riskOwner'] as const)
    story.onProgramme(story.as(name), story.answer(name, 'k1'));
  const lead = story.as('lead');
  story.onProject(lead, { type: 'StartProject', programme: story.programme.id, title: 'title' });
  story.onProject(lead, { type: 'StartCycle', descendsFrom: null });
  story.onProject(lead, question(story));
  const checkpoint = story.checkpoint('QUESTION');
  const { rule } = story.round(checkpoint);
  const retelling = await Retelling.begin(client, story);
  const table = { ...rule, slots: rule.slots.filter(({ key }) => key !== 'lay') };
  const { round } = await retelling.forgeRound(checkpoint, { rule: table });
  for (const name of ['official', 'researcher'] as const)
    await retelling.forgeApproval(name, checkpoint, { round });
  expect(await retelling.stands('QUESTION', 'q1')).toBe(false);
  await retelling.forgeApproval('lay', checkpoint, { round });
  expect(await retelling.stands('QUESTION', 'q1')).toBe(true);
});

it.each([
  { raised: { people: 4 }, home: CAST.official.organisation, registrar: 'checker' as const },
  { raised: { organisations: 4 }, home: CAST.lay.organisation, registrar: 'lay' as const },
])(
  'B5: the minimum $raised that the agreement asks for is counted too, whatever the round says',
  async ({ raised, home, registrar }) => {
    const story = atDataRequest({ quorums: [{ kind: 'TRUST', ...raised }] });
    const fourth = { person: 'per_fourth', organisation: home };
    const roles = { roles: ['policyOfficial' as const], name: 'n', address: 'a' };
    story.onProgramme(story.as(registrar), { type: 'AttestPerson', ...fourth, ...roles });
    const checkpoint = sealedRelease(deposited(story)).checkpoint('TRUST');
    const { rule, asked } = story.round(checkpoint);
    const retelling = await Retelling.begin(client, story);
    const table = { ...rule, people: 2, organisations: 2 };
    const { round } = await retelling.forgeRound(checkpoint, { rule: table, asked });
    for (const name of ['official', 'researcher', 'holder'] as const)
      await retelling.forgeApproval(name, checkpoint, { round });
    expect(await retelling.stands('TRUST', 'rel1')).toBe(false);
    await retelling.forgeApproval('official', checkpoint, { round, ...fourth });
    expect(await retelling.stands('TRUST', 'rel1')).toBe(true);
  },
);

it('I7: a role given up before the permit no longer fills its slot, and does again when it is given back', async () => {
  const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', 'official', 'researcher', 'holder');
  const retelling = await Retelling.begin(client, story);
  const become = (roles: string[]) =>
    retelling.forge(
      story.programme.id,
      'RolesChanged',
      { person: personId('holder'), roles },
      story.as('holder'),
    );
  await become(['dataCustodian', 'registrar']);
  expect(await retelling.stands('TRUST', 'rel1')).toBe(false);
  await become(['dataHolder', 'registrar']);
  expect(await retelling.stands('TRUST', 'rel1')).toBe(true);
});

it('T3: after a clock was set back, an entry from before a round settled changes what had been noted of it', async () => {
  const story = atDataRequest();
  const retelling = await Retelling.begin(client, story);
  expect(await retelling.stands('QUESTION', 'q1')).toBe(true);
  const before = story.log.find(({ event }) => event.type === 'QuestionProposed')?.event.at ?? '';
  const person = personId('official');
  await retelling.forgeAt(
    before,
    story.programme.id,
    'PersonLeft',
    { person },
    { person: personId('checker') },
  );
  expect(await retelling.stands('QUESTION', 'q1')).toBe(false);
  expect((await retelling.notes()).wrong).toEqual([]);
});

it('T3: after a clock was set back, a delegation ended before it was used no longer counts, whatever had been noted', async () => {
  const story = withQuestion();
  play(story, { do: 'delegate', name: 'official', kind: 'QUESTION' });
  const before = story.now;
  play(story, { do: 'wait', ms: 1000 });
  play(story, { do: 'signFor', name: 'official', kind: 'QUESTION' });
  play(story, { do: 'sign', name: 'researcher', kind: 'QUESTION' });
  const retelling = await Retelling.begin(client, story);
  expect(await retelling.stands('QUESTION', 'q2')).toBe(true);
  const round = roundAbout(story.project.checkpoints, 'QUESTION', 'q2');
  const checkpoint = Object.values(story.project.checkpoints).find(
    (c) => round && c.rounds.includes(round),
  )?.id;
  const person = personId('official');
  const ended = { checkpoint, round: round?.round, person };
  await retelling.forgeAt(before, story.project.id, 'DelegationTakenBack', ended, { person });
  expect(await retelling.stands('QUESTION', 'q2')).toBe(false);
  expect((await retelling.notes()).wrong).toEqual([]);
});
