// The second cycle: rows, a second wave, a gate that refuses until everybody whose trust it needs has signed.
import { ApiRefused } from './api';
import type { Missing } from './api';
import { called } from './cast';
import { METHODS, ROWS } from './data-terms';
import { analyse, awaitRelease, awaitStage, checkOutput, resultOf } from './deeds';
import { grantOfRows, proposedWave } from './further-wave';
import type { FurtherWave } from './further-wave';
import { lastSignature } from './last-signature';
import { signed } from './report';
import { numberIn, tableOf } from './results';
import type { CheckedTable } from './results';
import type { Tour } from './tour';

/** False when the newcomer did not approve, so that nothing further could happen. */
export async function cycleTwo(tour: Tour): Promise<boolean> {
  tour.report.chapter('Cycle 2: rows, and a second wave that rests on the first');
  await question(tour);
  const request = await grantOfRows(tour, WAVE);
  const release = await proposedWave(tour, request, WAVE);
  await earlyAttempt(tour, release);
  await signatures(tour, release);
  if (!(await lastSignature(tour, release))) return false;
  await tour.step('rel2 open', 'The gate opens: everything the release needs now stands', '', () =>
    awaitRelease(tour, release, 'PERMITTED'),
  );
  await secondAnalysis(tour, release);
  await conclusion(tour);
  return true;
}

async function question(tour: Tour): Promise<void> {
  await tour.step(
    'c2',
    `${called('lead')}, starts a cycle that descends from that reflection`,
    '',
    async () => {
      await tour.as('lead').post(tour.at('/cycles'), { descendsFrom: 'c1' });
      await tour.as('lead').post(tour.at('/questions'), {
        question: 'Among people with the same earnings before, did those who took part earn more afterwards?',
        framing: 'Narrowed by the first cycle: like with like.',
        change: {
          from: 'q1',
          kind: 'NARROWS',
          what: 'From everybody to people with the same earnings before.',
          because: 'The groups differed before, so the first comparison could not answer.',
          cites: ['f1'],
        },
        sufficient: true,
        summary: 'The same question, asked of comparable people.',
      });
      await tour.signAll('QUESTION', ['official', 'researcher']);
      await awaitStage(tour, 'question', 'SETTLED');
    },
  );
}

const WAVE: FurtherWave = {
  ...{ number: 2, cites: 'rel1', methods: METHODS, rows: ROWS },
  why: 'The cells of the first wave could not say whether the groups were alike before.',
  summary: 'Fewer fields than before, one row per person.',
  grants: 'grants it: pseudonym, taking part, earnings',
  saysMore: 'The first release showed that the groups differed; these rows say how much.',
  account: {
    university: ['A first description, and a sharper question.', 'Two days of work.'],
    council: ['A warning not to read the difference as an effect.', 'One meeting.'],
    holder: ['A result that protects its programme from a false reading.', 'Half a day to prepare cells.'],
  },
};

async function earlyAttempt(tour: Tour, release: string): Promise<void> {
  const missing: readonly Missing[] = await tour.step(
    'early',
    `${called('researcher')}, tries to open it at once: refused`,
    'Nothing is released early. The gate says what is missing and whose move it is:',
    async () => {
      await tour.asked('TRUST', release);
      try {
        await tour.as('researcher').attempt(tour.at(`/releases/${release}/open`), {});
      } catch (error) {
        if (error instanceof ApiRefused && error.problem.missing) return error.problem.missing;
        throw error;
      }
      throw new Error('The release opened although nobody had signed');
    },
  );
  tour.report.missing(missing);
}

const DISSENT =
  'I approve, and put on record: people without earnings before are few and easy to speak about as one group. They are not one.';

async function signatures(tour: Tour, release: string): Promise<void> {
  await tour.step('benefit', 'One person of each party signs what the first wave gave and cost', '', () =>
    tour.signAll('BENEFIT', ['researcher', 'checker', 'riskOwner']),
  );
  await tour.step(
    'trust',
    'Researcher and holder sign TRUST; the holder has dissent recorded beside it',
    'Dissent is never overwritten by a sign-off; the newcomer’s page shows it.',
    async () => {
      const checkpoint = await tour.asked('TRUST', release);
      await Promise.all([
        tour.sign('researcher', checkpoint),
        tour.sign('holder', checkpoint, { dissent: DISSENT }),
      ]);
    },
  );
}

async function secondAnalysis(tour: Tour, release: string): Promise<void> {
  const analysis = await tour.step('a2', `${called('researcher')}, stratifies by earlier earnings`, '', () =>
    analyse(tour, {
      release,
      params: { outcome: 're78', groups: 'treat', strata: [{ field: 're74', split: 'zero' }] },
      hypothesis: 'Among people alike in earlier earnings, those who took part earned more.',
      support: 'A positive difference in both strata.',
    }),
  );
  await tour.step('a2 checked', `${called('checker')}, looks at the result and passes it`, '', () =>
    checkOutput(tour, analysis),
  );
  const { result } = await resultOf(tour, analysis);
  const strata = tableOf(result, 'difference_by_stratum');
  tour.report.checked(tableOf(result, 'by_group_and_stratum'), result.thresholds.frequency);
  tour.report.checked(strata, result.thresholds.frequency);
  tour.report.note(readingOf(strata, numberIn(tableOf(result, 'difference'), 'difference')));
}

/** What the numbers say, whatever they are. */
function readingOf(strata: CheckedTable, pooled: number): string {
  const of = (re74: string) => numberIn(strata, 'difference', { re74 });
  const [none, some] = [of('zero'), of('not zero')];
  const flips =
    Math.sign(none) !== Math.sign(pooled) ? 'the sign of the pooled difference flips' : 'the sign stays';
  return (
    `All together: ${signed(pooled)} dollars. Without earnings in 1974: ${signed(none)}; with some: ${signed(some)}. ` +
    `Among people without earlier earnings ${flips}.`
  );
}

async function conclusion(tour: Tour): Promise<void> {
  await tour.step('c2 reflection', 'Both read it again, and the reflection is signed', '', async () => {
    await tour.as('lead').post(tour.at('/stages/analysis/close'), {});
    await tour.interpret(
      {
        by: 'official',
        text: 'For those with no earnings before, the programme may have helped; that is whom it was made for.',
        misreading: 'As proof, before like has been matched with like.',
      },
      {
        by: 'researcher',
        text: 'Stratifying once already turns the sign for some. Other differences between the groups remain.',
        misreading: 'As an effect for each group.',
      },
    );
    await tour.as('lead').post(tour.at('/reflections'), {
      issue: 'The answer depends on earlier earnings; the groups still differ in much else.',
      working:
        'The second wave rested on a signed account of the first, and one signer’s dissent is on record.',
      summary: 'A partial answer, and a better question.',
    });
    await tour.signAll('REFLECTION', ['official', 'researcher']);
    await awaitStage(tour, 'reflection', 'SETTLED');
  });
  await tour.step(
    'c2 refinement',
    'The refinement is signed. Next: matching',
    'Each person who took part is to be compared with somebody like them.',
    async () => {
      await tour.as('lead').post(tour.at('/refinements'), {
        next: 'NEXT_CYCLE',
        reasons: 'Strata of one field do not make two groups alike.',
        proposal: 'Propensity score matching on everything known before the programme.',
        summary: 'Matching is next.',
      });
      await tour.signAll('REFINEMENT', ['official', 'researcher']);
      await awaitStage(tour, 'refinement', 'SETTLED');
    },
  );
}
