// The third cycle: the boundary is amended for matching, a third wave brings what else was known before, and like is matched with like.
import { ApiRefused } from './api';
import { called } from './cast';
import { FIELDS_AMENDED, MATCHING, METHODS_AMENDED, ROWS_TO_MATCH } from './data-terms';
import { analyse, awaitRelease, awaitStage, checkOutput, resultOf } from './deeds';
import { grantOfRows, proposedWave, requestOf } from './further-wave';
import type { FurtherWave } from './further-wave';
import { signed } from './report';
import { numberIn, tableOf } from './results';
import type { CheckedTable } from './results';
import { ETHICAL_SIGNERS, LEGAL_SIGNERS, proposedBoundary } from './setting-up';
import type { Tour } from './tour';

export async function cycleThree(tour: Tour): Promise<void> {
  tour.report.chapter('Cycle 3: like is matched with like');
  await question(tour);
  await amendment(tour);
  const request = await grantOfRows(tour, WAVE);
  const release = await proposedWave(tour, request, WAVE);
  await signatures(tour, release);
  await matching(tour, release);
  await conclusion(tour);
}

const WAVE: FurtherWave = {
  ...{ number: 3, cites: 'rel2', methods: METHODS_AMENDED, rows: ROWS_TO_MATCH },
  why: 'Strata of one field could not make the groups alike; what else was known before can.',
  summary: 'Everything known before the programme, one row per person.',
  grants: 'grants it, in the order of the records: of two equally near people the first is the match',
  saysMore: 'The second release showed how much earlier earnings decide; these rows hold the rest.',
  account: {
    university: ['An answer for those without earlier earnings.', 'Three days of work.'],
    council: ['Whom the programme may have helped.', 'Two meetings.'],
    holder: ['A reading by whom the programme was made for.', 'An hour to prepare rows.'],
  },
};

async function question(tour: Tour): Promise<void> {
  await tour.step(
    'c3',
    `${called('lead')}, starts a cycle that descends from that reflection`,
    '',
    async () => {
      await tour.as('lead').post(tour.at('/cycles'), { descendsFrom: 'c2' });
      await tour.as('lead').post(tour.at('/questions'), {
        question: 'Compared with people like them, did those who took part earn more afterwards?',
        framing: 'Narrowed by the second cycle: like in everything known before.',
        change: {
          from: 'q2',
          kind: 'NARROWS',
          what: 'From the same earnings before to alike in everything known before.',
          because: 'Groups with the same earnings still differed in much else.',
          cites: ['f2'],
        },
        sufficient: true,
        summary: 'The same question, asked of matched people.',
      });
      await tour.signAll('QUESTION', ['official', 'researcher']);
      await awaitStage(tour, 'question', 'SETTLED');
    },
  );
}

async function amendment(tour: Tour): Promise<void> {
  const outside = await tour.step(
    'early 3',
    `${called('lead')}, asks for them at once: refused`,
    'What lies outside the boundary is not asked for before its amendment is signed afresh. The engine says what does:',
    async () => {
      try {
        await tour.as('lead').attempt(tour.at('/requests'), requestOf(tour, WAVE));
      } catch (error) {
        if (error instanceof ApiRefused && error.problem.rule === 'OUTSIDE_BOUNDARY')
          return error.problem.detail ?? '';
        throw error;
      }
      throw new Error('The request went out although it lies outside the boundary');
    },
  );
  tour.report.note(`– ${outside}`);
  const { id } = await tour.step(
    'b2',
    `${called('lead')}, proposes to amend the boundary: matching, and the remaining covariates`,
    '',
    () =>
      proposedBoundary(tour, {
        ...{ fields: FIELDS_AMENDED, methods: METHODS_AMENDED },
        summary: 'As before, with age, education and earnings of 1975, to match people who are alike.',
      }),
  );
  await tour.step('b2 signed', 'It is signed afresh, as lawful and, apart from that, as acceptable', '', () =>
    Promise.all([tour.signAll('LEGAL', LEGAL_SIGNERS, id), tour.signAll('ETHICAL', ETHICAL_SIGNERS, id)]),
  );
}

async function signatures(tour: Tour, release: string): Promise<void> {
  await tour.step(
    'rel3 open',
    'The account of both waves and the release are signed, each by those it needs; the gate opens',
    '',
    async () => {
      await Promise.all([
        tour.signAll('BENEFIT', ['researcher', 'checker', 'riskOwner']),
        tour.signAll('TRUST', ['researcher', 'holder', 'official'], release),
      ]);
      await awaitRelease(tour, release, 'PERMITTED');
    },
  );
}

async function matching(tour: Tour, release: string): Promise<void> {
  const analysis = await tour.step(
    'a3',
    `${called('researcher')}, matches each person who took part with the one nearest in propensity`,
    'The propensity is how likely somebody was to take part, given everything known before.',
    () =>
      analyse(tour, {
        ...{ release, method: 'matching', params: MATCHING },
        hypothesis: 'Compared with people like them, those who took part earned more.',
        support: 'A positive effect among the matched, whose interval leaves out zero.',
      }),
  );
  await tour.step('a3 checked', `${called('checker')}, looks at the result and passes it`, '', () =>
    checkOutput(tour, analysis),
  );
  const { result } = await resultOf(tour, analysis);
  const effect = tableOf(result, 'effect');
  tour.report.checked(effect, result.thresholds.frequency, ['estimate', 'standard_error', 'lower', 'upper']);
  tour.report.note(readingOf(effect, tableOf(result, 'balance')));
}

const SCORE = 'propensity score';

/** What the numbers say, whatever they are. */
function readingOf(effect: CheckedTable, balance: CheckedTable): string {
  const key = { model: 'difference of means', errors: 'clustered by pair' };
  const [estimate, lower, upper] = ['estimate', 'lower', 'upper'].map((name) => numberIn(effect, name, key));
  const apart = (sample: string) => numberIn(balance, 'difference', { covariate: SCORE, sample }).toFixed(2);
  const isSupported = lower! > 0 || upper! < 0;
  return (
    `Among the matched, taking part goes with ${signed(estimate!)} dollars (${signed(lower!)} to ${signed(upper!)}): ` +
    `${isSupported ? 'zero lies outside' : 'zero lies within'}. The scores of the two groups were ${apart('all')} standard ` +
    `deviations apart before and are ${apart('matched')} after, so some of those who took part still have nobody like them.`
  );
}

async function conclusion(tour: Tour): Promise<void> {
  await tour.step('c3 reflection', 'Both read it, and the reflection is signed', '', async () => {
    await tour.as('lead').post(tour.at('/stages/analysis/close'), {});
    await tour.interpret(
      {
        by: 'official',
        text: 'Nothing here says that the programme harms, and the first table seemed to.',
        misreading: 'As proof that it helps everybody.',
      },
      {
        by: 'researcher',
        text: 'The sign has turned, and the interval is wide: not what was registered as support.',
        misreading: 'As an effect of this size.',
      },
    );
    await tour.as('lead').post(tour.at('/insights'), {
      status: 'PARTLY_ACTIONABLE',
      text: 'Compared with people like them, those who took part did not earn less.',
      authors: [tour.person('official'), tour.person('researcher')],
      analyses: ['a3'],
    });
    await tour.as('lead').post(tour.at('/reflections'), {
      issue: 'Harm is not seen once like is compared with like; a gain is neither shown nor excluded.',
      working: 'Three waves, each asked for with what the one before had taught.',
      summary: 'What this data can say.',
    });
    await tour.signAll('REFLECTION', ['official', 'researcher']);
    await awaitStage(tour, 'reflection', 'SETTLED');
  });
  await tour.step(
    'c3 refinement',
    'The refinement is signed: the question closes, with its reasons',
    '',
    async () => {
      await tour.as('lead').post(tour.at('/refinements'), {
        next: 'CLOSE',
        reasons: 'More of these records would not narrow the interval; a trial would.',
        proposal: 'Close, and keep the first table from being read as an effect.',
        summary: 'What this data can say has been said.',
      });
      await tour.signAll('REFINEMENT', ['official', 'researcher']);
      await awaitStage(tour, 'refinement', 'SETTLED');
    },
  );
}
