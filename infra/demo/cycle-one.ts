// The first cycle: the holder grants less than was asked, cells instead of people, and the question stays open.
import { readFile } from 'node:fs/promises';
import type { Done } from './api';
import { called } from './cast';
import { CELLS, FIELDS, METHODS, PURPOSE, SOURCE } from './data-terms';
import { analyse, awaitRelease, awaitStage, checkOutput, deposit, prepare, resultOf } from './deeds';
import { inThousands, signed } from './report';
import { numberIn, suppressedIn, tableOf } from './results';
import type { Tour } from './tour';
import type { Finding } from './views';

export async function cycleOne(tour: Tour): Promise<void> {
  tour.report.chapter('Cycle 1: what can be known from cells');
  const release = await untilFirstRelease(tour);
  await firstAnalysis(tour, release);
  await reflection(tour);
}

/** As far as the permit of the first release; gives its id. */
export async function untilFirstRelease(tour: Tour): Promise<string> {
  await question(tour);
  const request = await grantOfCells(tour);
  await deposits(tour, request);
  return firstRelease(tour, request);
}

async function question(tour: Tour): Promise<void> {
  await tour.step(
    'c1',
    `${called('lead')}, starts the cycle with a question`,
    'A policy question, not data, starts a cycle.',
    async () => {
      await tour.as('lead').post(tour.at('/cycles'), { descendsFrom: null });
      await tour.as('lead').post(tour.at('/questions'), {
        question: 'Did the employment programme raise the earnings of those who took part?',
        framing: 'A broad aim, to be narrowed step by step.',
        sufficient: true,
        summary: 'Compare earnings in 1978 of people who took part with those of people who did not.',
      });
    },
  );
  await tour.step('c1 question', 'The policy official and the researcher sign it', '', async () => {
    await tour.signAll('QUESTION', ['official', 'researcher']);
    await awaitStage(tour, 'question', 'SETTLED');
  });
}

async function grantOfCells(tour: Tour): Promise<string> {
  const { id } = await tour.step(
    'r1',
    `${called('lead')}, asks the holder for records of individuals`,
    '',
    () =>
      tour.as('lead').post<Done>(tour.at('/requests'), {
        holder: tour.organisation('holder'),
        ask: {
          source: SOURCE,
          fields: FIELDS,
          tier: 'DEIDENTIFIED',
          purpose: PURPOSE,
          methods: METHODS,
          linkage: false,
        },
        rationale: {
          text: 'The question needs earnings of both groups, and what else differs between them.',
          cites: [],
        },
        summary: 'A first look at the programme’s records.',
      }),
  );
  await tour.step(
    'r1 answer',
    `${called('holder')}, grants less: a table of cells, no individuals`,
    'A holder may always grant less. What is granted is checked by the machine: fields, level, tier.',
    () =>
      tour.as('holder').post(tour.at(`/requests/${id}/answer`), {
        outcome: 'PARTLY_GRANTED',
        grant: {
          tier: 'AGGREGATE',
          fields: CELLS.fields.map(({ name }) => name),
          depositAs: CELLS,
          releaseAs: CELLS,
          expires: tour.memory.inDays(300),
        },
        reason: 'We begin with cells: whether more is needed is not clear yet.',
      }),
  );
  return id;
}

async function deposits(tour: Tour, request: string): Promise<void> {
  const report = await tour.step(
    'raw',
    `${called('holder')}, deposits the raw file by mistake; it is refused`,
    '',
    async () => {
      const raw = new Uint8Array(await readFile(tour.places.data));
      const { id, isAccepted } = await deposit(tour, request, raw);
      if (isAccepted) throw new Error('The raw file should have been refused, and was accepted');
      return tour.as('holder').get<{ findings: { findings: Finding[] } }>(tour.at(`/deposits/${id}/report`));
    },
  );
  tour.report.note(
    'Its bytes were discarded. The report, which the holder gets by mail, says what was wrong:',
  );
  for (const message of tellingFindings(report.findings.findings)) tour.report.note(`– ${message}`);

  const prepared = await tour.step(
    'prepared',
    '`parley prepare` makes the cell table on the holder’s machine',
    '',
    async () => {
      const { file, said } = await prepare(tour, CELLS);
      return { file: Buffer.from(file).toString('base64'), said };
    },
  );
  for (const line of prepared.said.split('\n').filter((each) => /^(Read|Prepared|Removed|Small)/.test(each)))
    tour.report.note(line.replace(/, sha256 .*/, ''));

  await tour.step(
    'deposited',
    'The prepared table is deposited, encrypted on arrival, checked and accepted',
    '',
    async () => {
      const { isAccepted } = await deposit(
        tour,
        request,
        new Uint8Array(Buffer.from(prepared.file, 'base64')),
      );
      if (!isAccepted) throw new Error('The prepared table should have been accepted, and was refused');
    },
  );
}

/** What should not be in the file says more than what is missing from it. */
function tellingFindings(findings: readonly Finding[]): string[] {
  const isUnasked = ({ code }: Finding) => code === 'UNKNOWN_COLUMN';
  const sorted = [...findings.filter(isUnasked), ...findings.filter((finding) => !isUnasked(finding))];
  return sorted.slice(0, 3).map(({ message = '' }) => message);
}

async function firstRelease(tour: Tour, request: string): Promise<string> {
  const { id } = await tour.step(
    'rel1',
    `${called('lead')}, proposes the first release; the engine seals it`,
    'Sealed: encrypted, its digest in the manifest that people sign, readable by nobody yet.',
    async () => {
      const done = await tour.as('lead').post<Done>(tour.at('/releases'), {
        ...{ requests: [request], tier: 'AGGREGATE', purpose: PURPOSE, methods: METHODS },
        ...{ readers: [tour.person('researcher')], expires: tour.memory.inDays(200) },
        rationale: { text: 'The first wave: the least that can speak to the question.', cites: [] },
      });
      await awaitRelease(tour, done.id, 'SEALED');
      return done;
    },
  );
  await tour.step(
    'rel1 trust',
    'Holder, policy official and researcher sign TRUST on this release; it opens',
    'The gate stands twice: in the domain, and again in Postgres in the transaction that gives the permit.',
    async () => {
      await tour.signAll('TRUST', ['holder', 'official', 'researcher'], id);
      await awaitRelease(tour, id, 'PERMITTED');
    },
  );
  return id;
}

async function firstAnalysis(tour: Tour, release: string): Promise<void> {
  const analysis = await tour.step(
    'a1',
    `${called('researcher')}, runs \`descriptive\` on it`,
    'Hypothesis and what would support it are on record before results are seen. Until checked, the author sees no data.',
    () =>
      analyse(tour, {
        release,
        params: { outcome: 're78', groups: 'treat', strata: ['race', 'married'] },
        hypothesis: 'People who took part earned more in 1978 than people who did not.',
        support: 'A higher mean among those who took part.',
      }),
  );
  await tour.step(
    'a1 checked',
    `${called('checker')}, looks at the result and passes it`,
    'By account, and never by its author.',
    () => checkOutput(tour, analysis),
  );
  const { result } = await resultOf(tour, analysis);
  const [groups, cells] = [tableOf(result, 'by_group'), tableOf(result, 'by_group_and_stratum')];
  tour.report.checked(cells, result.thresholds.frequency);
  tour.report.checked(groups, result.thresholds.frequency);
  const [took, others] = ['1', '0'].map((treat) => numberIn(groups, 'mean', { treat })) as [number, number];
  const difference = numberIn(tableOf(result, 'difference'), 'difference');
  tour.report.note(
    `Those who took part earned ${inThousands(took)} dollars against ${inThousands(others)}: ${signed(difference)}. ` +
      `${suppressedIn(cells)} cells rest on too few people and are hidden.`,
  );
}

async function reflection(tour: Tour): Promise<void> {
  await tour.step(
    'c1 reading',
    'A practitioner and a researcher say how they read it, and how it could be misread',
    '',
    async () => {
      await tour.as('lead').post(tour.at('/stages/analysis/close'), {});
      await tour.interpret(
        {
          by: 'official',
          text: 'It would be read as: the programme harms. Those we sent were the ones furthest from work.',
          misreading: 'As proof that the programme should end.',
        },
        {
          by: 'researcher',
          text: 'Not answerable yet: the groups differed before the programme began.',
          misreading: 'As an effect. It is a difference between two different groups.',
        },
      );
      await tour.as('lead').post(tour.at('/insights'), {
        status: 'DEFERRED',
        text: 'The pooled difference says nothing of the programme until earlier earnings are taken into account.',
        authors: [tour.person('official'), tour.person('researcher')],
        analyses: ['a1'],
      });
    },
  );
  await tour.step(
    'c1 reflection',
    'The reflection is signed: not answerable yet, the groups differed before',
    '',
    async () => {
      await tour.as('lead').post(tour.at('/reflections'), {
        issue: 'The groups differed before, so the question cannot be answered with these cells.',
        working: 'The holder’s caution cost little and built trust. People who took part were not heard.',
        summary: 'Not answerable yet.',
      });
      await tour.signAll('REFLECTION', ['official', 'researcher']);
      await awaitStage(tour, 'reflection', 'SETTLED');
    },
  );
  await tour.step(
    'c1 refinement',
    'The refinement is signed: ask for earlier earnings, in a next cycle',
    '',
    async () => {
      await tour.as('lead').post(tour.at('/refinements'), {
        next: 'NEXT_CYCLE',
        reasons: 'Only earnings before the programme can tell whether like was compared with like.',
        proposal: 'A second cycle with de-identified rows: took part or not, earnings before and after.',
        summary: 'What we would need next.',
      });
      await tour.signAll('REFINEMENT', ['official', 'researcher']);
      await awaitStage(tour, 'refinement', 'SETTLED');
    },
  );
}
