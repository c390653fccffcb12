// Financial hardship (contested): a broad question, three bodies that say no for good reasons, and a finding that nobody here can act on.
import { awaitRelease, awaitStage } from '../../demo/deeds';
import { boundary, opening } from '../opening';
import { checkedByLaw, imported } from '../publishing';
import { entrusted, established, granted, proposed, released, requestOf, settled } from '../telling';
import type { Story } from '../telling';
import { ADVICE, AREAS_PUBLISHED, BENEFITS, EMPLOYMENT, EMPLOYMENT_BY_AREA, LIMITS, RENT } from './cast';
import { exposure } from './exposure';
import { nextLever, remit } from './remit';

export async function financialHardship(story: Story): Promise<void> {
  await opening(story, {
    ...{
      setting: 'financial-hardship',
      signatories: ['researcher', 'official', 'checker'],
      reader: 'researcher',
    },
    coreTeam: ['lead', 'researcher', 'colleague', 'official', 'neighbour'],
  });
  await broad(story);
  await localBenefits(story);
  await nationalTerms(story);
  await costAndTrust(story);
  await release(story);
  await doubted(story);
  await exposure(story);
  await remit(story);
  await nextLever(story);
}

async function broad(story: Story): Promise<void> {
  story.report.chapter('1  A broad question, and what is known to exist');
  await story.step(
    'q1',
    `${story.called('official')}, and the researcher sign a broad question`,
    'It is an aim, not a hypothesis: what changed, for whom, how badly. It is narrowed by what is found.',
    async () => {
      await story.as('lead').post(story.at('/cycles'), { descendsFrom: null });
      await story.as('lead').post(story.at('/questions'), {
        ...{ question: 'How have the frequency and intensity of financial hardship changed here?' },
        ...{ framing: 'After the downturn and the changes to benefits.', aim: 'BROAD', sufficient: true },
        summary: 'Who is in hardship, and how hard it is.',
      });
      await settled(story, 'QUESTION', 'question', ['official', 'researcher']);
    },
  );
  await story.step(
    'sources',
    'Each holder says whether its source exists and matters; the small areas’ statistics are published',
    'Nobody is asked for what is published: it is used from its address, under its licence.',
    async () => {
      await established(story, 'benefits', BENEFITS.source, 'q1', 'We pay by it, while somebody claims.');
      await established(story, 'national', EMPLOYMENT.source, 'q1', 'Everybody out of work who claims.');
      await established(story, 'housing', RENT.source, 'q1', 'Of our own tenants.');
      await established(story, 'advice', ADVICE.source, 'q1', 'What people in debt told us.');
      await established(story, 'colleague', AREAS_PUBLISHED.source, 'q1', 'Court judgements by small area.');
    },
  );
  await boundary(story, 'boundary', LIMITS);
}

async function localBenefits(story: Story): Promise<void> {
  story.report.chapter('2  The council’s own benefits data, and what is published of its areas');
  const request = await granted(story, 'benefits', 'r1', BENEFITS, {
    says: 'grants it: joined with council tax, both its own, and pseudonymised before it leaves the council',
  });
  story.memory.keep('benefits', request);
  story.memory.keep('areas published', await imported(story, 'imp1', AREAS_PUBLISHED));
}

async function nationalTerms(story: Story): Promise<void> {
  story.report.chapter('3  A national body may not, and says what it may');
  const asked = requestOf(story, EMPLOYMENT);
  const { id } = await story.says(
    ...(['r2', 'lead', 'asks the national employment service for claims', '/requests', asked] as const),
  );
  await story.says(
    ...(['r2 answer', 'national', 'refuses: its terms forbid it', `/requests/${id}/answer`] as const),
    {
      ...{ outcome: 'REFUSED', reasons: ['HOLDER_TERMS_PROHIBIT'], aggregatePossible: true },
      sources: [
        {
          ...{ reason: 'HOLDER_TERMS_PROHIBIT', from: 'GOVERNANCE_TERMS' },
          where: 'Charter for information about claimants, section 4.',
        },
      ],
      reason: 'Individual records that are held nationally leave us for nobody. Sums of small areas may.',
    },
    'Where the reason comes from stands apart from the reason: these are its own terms of governance.',
  );
  const byArea = await granted(
    story,
    'national',
    'r3',
    { ...EMPLOYMENT_BY_AREA, answers: id },
    {
      says: 'grants people and months by small area: the smaller ask answers what was said',
      spec: { level: 'CELLS', fields: EMPLOYMENT_BY_AREA.fields, dimensions: ['lsoa'], sums: ['months'] },
    },
  );
  story.memory.keep('by area', byArea);
}

async function costAndTrust(story: Story): Promise<void> {
  story.report.chapter('4–5  One holder cannot afford it, another promised its clients');
  const { id: rent } = await story.says(
    ...(['r4', 'lead', 'asks the housing association for rent accounts', '/requests'] as const),
    requestOf(story, RENT),
  );
  await story.says(
    ...([
      'r4 answer',
      'housing',
      'refuses: it costs more than it gives',
      `/requests/${rent}/answer`,
    ] as const),
    {
      ...{ outcome: 'REFUSED', reasons: ['COST_EXCEEDS_BENEFIT'] },
      reason: 'Two systems, no common key, and nobody here who could join them before the autumn.',
    },
  );
  const { id: cases } = await story.says(
    ...(['r5', 'lead', 'asks the charity for what its clients owe', '/requests'] as const),
    requestOf(story, ADVICE),
  );
  await story.says(
    ...(['r5 answer', 'advice', 'refuses: a breach of trust', `/requests/${cases}/answer`] as const),
    {
      ...{ outcome: 'REFUSED', reasons: ['BREACH_OF_CLIENT_TRUST'] },
      sources: [{ reason: 'BREACH_OF_CLIENT_TRUST', from: 'PROMISE_TO_CLIENTS', where: 'Our intake form.' }],
      reason: 'They told us because we promised that it goes no further. The council is often whom they owe.',
    },
    'The council commissions this charity: who declines is not asked again before they wish it.',
  );
  await dispute(story, cases);
}

/** How many are in debt, and what advice is for: told side by side, each by the role that holds it. */
async function dispute(story: Story, request: string): Promise<void> {
  const tells = (by: string, heldAs: string, text: string) =>
    story
      .as(by)
      .post(story.at('/narratives'), { ...{ heldAs, isOwn: true, isNamed: by === 'advice' }, text });
  await story.step(
    'dispute',
    'The dispute over how many, and over what services are for, is recorded side by side',
    'A narrative is held by a role; only who agrees to it is named.',
    async () => {
      await tells(
        'advice',
        'civilSociety',
        'Twice as many as the council counts: most debts never reach it.',
      );
      await tells('official', 'policyOfficial', 'Advice cases double, because people ask in several places.');
      await tells('advice', 'civilSociety', 'Advice is there for the client, not to report on them.');
    },
  );
  const { id } = await story.says(
    ...(['cited', 'advice', 'puts its count on record all the same: cited, not seen', '/evidence'] as const),
    {
      ...{ kind: 'DOCUMENT', title: 'Yearly report of Westmere Advice', audience: 'PARTNERS' },
      attribution: { type: 'ROLE', role: 'civilSociety', organisation: story.organisation('advice') },
      provenance: { origin: 'Counted from cases that stay with us.', dated: story.memory.inDays(-60) },
      text: 'One in three of those who came to us last year was in work, most of them for low pay.',
      unseen: request,
    },
  );
  story.memory.keep('cited', id);
}

async function release(story: Story): Promise<void> {
  const outside = ['advice', 'official', 'researcher'];
  const id = story.memory.recall<string>('areas published') ?? '';
  const linked = await story.step(
    'rel1',
    'The release of local benefits, with what is published of each area beside it, is signed for by those it exposes',
    'On exactly this release, by the charity too: it declined, and its clients stand in the council’s file.',
    async () => {
      const benefits = story.memory.recall<string>('benefits') ?? '';
      const release = await proposed(story, [benefits], BENEFITS, [id]);
      await entrusted(story, release, ['benefits', ...outside]);
      return release;
    },
  );
  await checkedByLaw(story, {
    ...{ key: 'imp1', release: linked, id, by: 'riskOwner' },
    text: 'The licence allows it. Areas of some 1,500 people, rounded: beside a claimant it says where, and nothing of them.',
  });
  await awaitRelease(story, linked, 'PERMITTED');
  const byArea = story.memory.recall<string>('by area') ?? '';
  await story.step('rel2', 'The national sums by area are signed for, too', '', () =>
    released(story, {
      ...{ requests: [byArea], asked: EMPLOYMENT_BY_AREA },
      signers: ['benefits', 'national', ...outside],
    }),
  );
  await awaitStage(story, 'dataRequest', 'SETTLED');
}

async function doubted(story: Story): Promise<void> {
  story.report.chapter('6  A field nobody cared for, and people whom retention hides');
  const place = (key: string, by: string, does: string, field: string, uses: readonly string[]) =>
    story.says(key, by, does, '/admissibility', { source: BENEFITS.source, field, uses });
  const analytic = ['DESCRIPTION', 'TREND', 'COMPARISON', 'CLUSTERING', 'PREDICTION'];
  const { id: ethnicity } = await place(
    ...(['ad1', 'benefits', 'opens the question of ethnicity', 'ethnicity', analytic] as const),
  );
  const { id: claim } = await story.says(
    ...(['ch1', 'benefits', 'challenges it', `/admissibility/${ethnicity}/challenges`] as const),
    {
      ...{
        kind: 'CARE_DOUBTED',
        claim: 'It never mattered for eligibility: whoever typed took the first code.',
      },
      evidence: 'Three in ten are empty, and most of the rest say A.',
    },
  );
  await story.says(
    ...(['ad1 judged', 'official', 'excludes it', `/admissibility/${ethnicity}/judgements`] as const),
    {
      ...{ status: 'INADMISSIBLE', ground: 'CARE', answers: [claim] },
      reason: 'Nobody relied on it, so nobody looked after it.',
    },
  );
  const { id: equality } = await place(
    ...(['ad2', 'lay', 'asks to keep it for an equality check', 'ethnicity', ['EQUALITY_CHECK']] as const),
  );
  await story.says(
    ...(['ad2 judged', 'neighbour', 'admits it for that', `/admissibility/${equality}/judgements`] as const),
    {
      ...{ status: 'ADMISSIBLE_WITH_CAVEAT', ground: 'CARE' },
      reason: 'Without it nobody could tell whether a model errs more for some than for others.',
      caveat: 'Recorded without care: a difference that is found may be one of recording.',
    },
  );
  const { id: months } = await place(
    ...(['ad3', 'benefits', 'speaks of who is not in it', 'months', analytic] as const),
  );
  await story.says(
    ...(['ad3 judged', 'benefits', 'attaches what is kept', `/admissibility/${months}/judgements`] as const),
    {
      ...{ status: 'ADMISSIBLE_WITH_CAVEAT', ground: 'COMPLETENESS' },
      reason: 'Accounts are removed once somebody has stopped claiming.',
      caveat: 'Claims that ended within four months are gone: short and repeated need is under-represented.',
    },
    'The caveat travels with every result that uses the field, whoever runs it.',
  );
}
