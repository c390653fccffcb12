// Admissibility as stories: who may say what about a field, what that forbids, and what travels with a result.
import fc from 'fast-check';
import {
  caveatsFor,
  crosses,
  openChallenges,
  periodsOverlap,
  restingOn,
  seenBefore,
  subpopulationsOverlap,
} from './rules';
import type { Admissibility, Ground, Intention, Place, Subpopulation } from './terms';
import { ADMISSIBILITIES, GROUNDS } from './terms';
import { ADMISSIBILITY_TRANSITIONS } from '../transitions';
import type { ProjectCommand } from '../index';
import { analysed, analysis, CELLS, permitted } from '../../testing/story';
import type { Name, Story } from '../../testing/story';

const ALL = { from: null, to: null };
const INFANTS = { field: 'race', values: ['R', '1', '2'] };

const open = (over: Partial<Place> = {}) =>
  ({
    ...{ type: 'OpenAdmissibility', source: 'programme', field: 're78', uses: ['TREND'], period: ALL },
    ...{ subpopulation: null, ...over },
  }) as const satisfies ProjectCommand;

const judge = (status: Admissibility, ground: Ground = 'VALIDITY', over: object = {}) =>
  ({
    ...{ type: 'JudgeAdmissibility', place: 'ad1', status, ground, reason: 'why' },
    ...{ caveat: status === 'ADMISSIBLE_WITH_CAVEAT' ? 'so far' : null, seriesBreak: null },
    ...{ answers: [] as string[], knowledge: [] as string[], ...over },
  }) as const satisfies ProjectCommand;

const challenge = (over: object = {}) =>
  ({
    ...{ type: 'RaiseChallenge', place: 'ad1', kind: 'MISSING_OBSERVATIONS', claim: 'c', evidence: 'e' },
    ...{ against: null, ...over },
  }) as const satisfies ProjectCommand;

const run = (story: Story, intention?: Intention): ProjectCommand => ({
  ...analysis(story),
  ...(intention ? { intention } : {}),
});

/** The rule that refuses, or OK. */
const outcome = (story: Story, name: Name, command: ProjectCommand): string => {
  const decided = story.tryProject(story.as(name), command);
  return decided.ok ? 'OK' : decided.refusal.rule;
};

const withPlace = (over: Partial<Place> = {}): Story => {
  const story = permitted();
  return story.onProject(story.as('official'), open(over));
};

describe('admissibility', () => {
  it('B38: across the break refused, with date and place in the reason; before and after it, and for other uses, not', () => {
    const story = withPlace({ subpopulation: INFANTS });
    const seriesBreak = { at: '2014-09-01', cause: 'policy' };
    story.onProject(story.as('official'), judge('INADMISSIBLE', 'VALIDITY', { seriesBreak }));
    const infants = { fields: ['re78'], use: 'TREND', subpopulation: INFANTS } as const;
    const across = story.tryProject(
      story.as('researcher'),
      run(story, {
        ...infants,
        fields: ['re78'],
        window: { from: '2012-01-01', to: '2016-01-01', by: 'year' },
      }),
    );
    expect(across).toMatchObject({ ok: false, refusal: { rule: 'INADMISSIBLE', missing: [{}] } });
    expect(!across.ok && across.refusal.reason).toContain('2014-09-01');
    const attempts: [Intention, string][] = [
      [{ ...infants, fields: ['re78'], window: { from: '2014-09-01', to: null, by: 'year' } }, 'OK'],
      [{ ...infants, fields: ['re78'], window: { from: null, to: '2014-08-31', by: 'year' } }, 'OK'],
      [
        { ...infants, fields: ['re78'], window: { from: null, to: '2014-09-01', by: 'year' } },
        'INADMISSIBLE',
      ],
      [{ ...infants, fields: ['re78'], window: { from: '2014-09-01', to: null } }, 'INADMISSIBLE'],
      [{ ...infants, fields: ['re78'], window: { from: null, to: '2014-08-31' } }, 'INADMISSIBLE'],
      [{ fields: ['re78'], use: 'TREND', subpopulation: { field: 'race', values: ['5'] } }, 'OK'],
      [
        { fields: ['re78'], use: 'TREND', subpopulation: { field: 'married', values: ['5'] } },
        'INADMISSIBLE',
      ],
      [{ fields: ['re78'], use: 'DESCRIPTION' }, 'OK'],
      [{ fields: ['treat'], use: 'TREND' }, 'OK'],
      [{}, 'INADMISSIBLE'],
    ];
    for (const [intention, expected] of attempts)
      expect([intention, outcome(story, 'researcher', run(story, intention))]).toEqual([intention, expected]);
    expect(outcome(story, 'researcher', run(story))).toBe('INADMISSIBLE');
  });

  it('B36: a field nobody took care of is excluded, and kept for an equality check', () => {
    const story = withPlace({
      field: 'race',
      uses: ['DESCRIPTION', 'COMPARISON', 'CLUSTERING', 'PREDICTION'],
    });
    story.onProject(story.as('official'), challenge({ kind: 'CARE_DOUBTED' }));
    story.onProject(story.as('researcher'), judge('INADMISSIBLE', 'CARE', { answers: ['ch1'] }));
    expect(outcome(story, 'researcher', run(story, { fields: ['race'], use: 'CLUSTERING' }))).toBe(
      'INADMISSIBLE',
    );
    expect(outcome(story, 'researcher', run(story, { fields: ['race'], use: 'EQUALITY_CHECK' }))).toBe('OK');
    expect(outcome(story, 'researcher', run(story, { fields: ['re78'], use: 'CLUSTERING' }))).toBe('OK');
  });

  it('B35: a challenge is a claim, and the ledger says whether results were seen before it', () => {
    const story = withPlace();
    story.onProject(story.as('official'), challenge());
    analysed(story).onProject(story.as('official'), challenge({ kind: 'HUMAN_ERROR' }));
    story.onProject(story.as('checker'), challenge());
    story.sign('OUTPUT', 'checker').onProject(story.as('official'), challenge({ against: 'a1' }));
    const entry = story.project.matrix['ad1'];
    const seen = entry?.challenges.map(({ person, at }) =>
      seenBefore(story.world, restingOn(story.project, entry), person, at).map((a) => a.id),
    );
    // The checker saw the result before its check; the official only after it passed.
    expect(seen).toEqual([[], [], ['a1'], ['a1']]);
    expect(entry?.status).toBe('CONTESTED');
  });

  it('B35: a challenged field is not excluded by the claim alone; the challenge travels with the run', () => {
    const story = withPlace().onProject(permitted().as('official'), challenge());
    expect(outcome(story, 'researcher', run(story, { use: 'TREND' }))).toBe('OK');
    expect(story.project.analyses['a1']?.caveats).toMatchObject([
      { place: 'ad1', status: 'CONTESTED', challenges: ['ch1'] },
    ]);
  });

  it('T4: nobody answers their own challenge, nor weighs their own knowledge', () => {
    const story = withPlace().onProject(permitted().as('official'), challenge());
    story.onProject(story.as('official'), {
      ...{ type: 'AddLocalKnowledge', place: 'ad1', kind: 'CORRECTS_RECORD', text: 't' },
    });
    const answer = judge('ADMISSIBLE_WITH_CAVEAT', 'VALIDITY', { answers: ['ch1'] });
    expect(outcome(story, 'official', answer)).toBe('SELF_APPROVAL');
    const weighed = judge('INADMISSIBLE', 'VALIDITY', { knowledge: ['lk1'] });
    expect(outcome(story, 'official', weighed)).toBe('SELF_APPROVAL');
    expect(outcome(story, 'holder', judge('ADMISSIBLE_WITH_CAVEAT'))).toBe('CHALLENGES_OPEN');
    expect(outcome(story, 'holder', answer)).toBe('OK');
  });

  it('B40: an excluded field comes back only with a caveat, on attributed knowledge of those who know the records', () => {
    const story = withPlace().onProject(permitted().as('researcher'), judge('INADMISSIBLE', 'COMPLETENESS'));
    const back = (over: object = {}) => judge('ADMISSIBLE_WITH_CAVEAT', 'COMPLETENESS', over);
    expect(outcome(story, 'official', judge('ADMISSIBLE', 'COMPLETENESS'))).toBe('TRANSITION');
    expect(outcome(story, 'official', back())).toBe('NO_KNOWLEDGE');
    const knowledge: ProjectCommand = {
      type: 'AddLocalKnowledge',
      place: 'ad1',
      kind: 'FILLS_GAP',
      text: 't',
    };
    expect(outcome(story, 'researcher', knowledge)).toBe('WRONG_ROLE');
    story.onProject(story.as('holder'), knowledge);
    expect(outcome(story, 'researcher', back({ knowledge: ['lk1'] }))).toBe('WRONG_ROLE');
    expect(outcome(story, 'official', back({ knowledge: ['lk9'] }))).toBe('UNKNOWN_REFERENCE');
    expect(outcome(story, 'official', back({ knowledge: ['lk1'], caveat: null }))).toBe('NO_CAVEAT');
    story.onProject(story.as('official'), back({ knowledge: ['lk1'] }));
    story.onProject(story.as('researcher'), run(story, { use: 'TREND' }));
    expect(story.project.analyses['a1']?.caveats).toMatchObject([{ text: 'so far', knowledge: ['lk1'] }]);
  });

  it('B41: an exclusion on ethical ground is not lifted on legal ground, nor by those who sign LEGAL', () => {
    const story = withPlace().onProject(permitted().as('lay'), judge('INADMISSIBLE', 'ETHICAL'));
    story.onProject(story.as('holder'), {
      ...{ type: 'AddLocalKnowledge', place: 'ad1', kind: 'FILLS_GAP', text: 't' },
    });
    const lift = (ground: Ground) => judge('ADMISSIBLE_WITH_CAVEAT', ground, { knowledge: ['lk1'] });
    expect(outcome(story, 'riskOwner', lift('LEGAL'))).toBe('GROUND');
    expect(outcome(story, 'riskOwner', lift('ETHICAL'))).toBe('WRONG_ROLE');
    expect(outcome(story, 'checker', lift('ETHICAL'))).toBe('OK');
  });

  it('B37: activity thought accurate and outcomes contested although valued more: both are recorded', () => {
    const story = withPlace();
    const rate = (
      field: string,
      accuracy: 'THOUGHT_ACCURATE' | 'DOUBTED',
      worth: 'VALUED_MORE' | 'VALUED_LESS',
    ) => ({ type: 'RateField', source: 'programme', field, accuracy, worth, reason: 'r' }) as const;
    story.onProject(story.as('official'), rate('treat', 'THOUGHT_ACCURATE', 'VALUED_LESS'));
    story.onProject(story.as('holder'), rate('re78', 'DOUBTED', 'VALUED_MORE'));
    expect(story.project.ratings.map(({ field, accuracy, worth }) => [field, accuracy, worth])).toEqual([
      ['treat', 'THOUGHT_ACCURATE', 'VALUED_LESS'],
      ['re78', 'DOUBTED', 'VALUED_MORE'],
    ]);
    expect(outcome(story, 'official', rate('re79', 'DOUBTED', 'VALUED_MORE'))).toBe('UNKNOWN_FIELD');
  });

  it('B42: expectation and reservation are each evidenced or anticipated; evidence is named or it is none', () => {
    const story = withPlace();
    const react = (standing: 'EVIDENCED' | 'ANTICIPATED', evidence: string | null) =>
      ({ type: 'RecordPublicReaction', reaction: 'RESERVATION', standing, text: 't', evidence }) as const;
    expect(outcome(story, 'lay', react('EVIDENCED', null))).toBe('EVIDENCE');
    expect(outcome(story, 'lay', react('ANTICIPATED', 'a survey'))).toBe('EVIDENCE');
    expect(outcome(story, 'lay', react('EVIDENCED', 'a survey'))).toBe('OK');
    expect(outcome(story, 'lay', react('ANTICIPATED', null))).toBe('OK');
  });

  it('refuses a place nobody asked about, twice the same, and one that ends before it begins', () => {
    const story = withPlace({ uses: ['TREND', 'PREDICTION'] });
    expect(outcome(story, 'lead', open({ uses: ['PREDICTION', 'TREND'] }))).toBe('ALREADY_OPEN');
    expect(outcome(story, 'lead', open({ source: 'elsewhere' }))).toBe('UNKNOWN_FIELD');
    expect(outcome(story, 'lead', open({ uses: [] }))).toBe('EMPTY');
    expect(outcome(story, 'lead', open({ period: { from: '2015-01-02', to: '2015-01-01' } }))).toBe('PERIOD');
    expect(outcome(story, 'lead', judge('ADMISSIBLE'))).toBe('WRONG_ROLE');
    expect(outcome(story, 'lead', challenge({ against: 'a9' }))).toBe('UNKNOWN_ANALYSIS');
    expect(outcome(story, 'lead', challenge({ place: 'ad9' }))).toBe('UNKNOWN_PLACE');
    const window = { from: '2015-01-02', to: '2015-01-01' };
    expect(outcome(story, 'researcher', run(story, { window }))).toBe('PERIOD');
  });

  it('no judgement makes a change that the table does not name, whoever gives it on whatever ground', () => {
    const names: Name[] = ['lead', 'researcher', 'official', 'checker', 'holder', 'riskOwner', 'lay'];
    const step = fc.oneof(
      fc.record({
        name: fc.constantFrom(...names),
        status: fc.constantFrom(...ADMISSIBILITIES),
        ground: fc.constantFrom(...GROUNDS),
      }),
      fc.record({ name: fc.constantFrom(...names), challenge: fc.constant(true) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const story = withPlace();
        story.onProject(story.as('holder'), {
          type: 'AddLocalKnowledge',
          place: 'ad1',
          kind: 'FILLS_GAP',
          text: 't',
        });
        for (const each of steps) {
          const before = story.project.matrix['ad1'];
          if (!before) throw new Error('no place');
          const answers = openChallenges(before).map((c) => c.id);
          const command =
            'status' in each ? judge(each.status, each.ground, { answers, knowledge: ['lk1'] }) : challenge();
          story.tryProject(story.as(each.name), command);
          const after = story.project.matrix['ad1'];
          if (!after || after.status === before.status) continue;
          expect(ADMISSIBILITY_TRANSITIONS[before.status][after.status]).toBeDefined();
          if (after.status !== 'INADMISSIBLE') continue;
          expect(outcome(story, 'researcher', run(story, { use: 'TREND' }))).toBe('INADMISSIBLE');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('what an analysis leaves unsaid touches at least whatever it would touch by saying it', () => {
    const story = withPlace({ period: { from: '2010-01-01', to: '2015-12-31' }, subpopulation: INFANTS });
    const release = story.project.releases['rel1'];
    if (!release) throw new Error('no release');
    const day = fc
      .integer({ min: 0, max: 5000 })
      .map((n) => new Date(n * 86_400_000 + 1.2e12).toISOString().slice(0, 10));
    const said = fc.record({
      fields: fc.subarray([...CELLS.dimensions, ...CELLS.sums]),
      use: fc.constantFrom('TREND' as const, 'MATCHING' as const),
      window: fc.record({ from: fc.option(day), to: fc.option(day) }),
      subpopulation: fc.constant<Subpopulation>({ field: 'race', values: ['R'] }),
    });
    fc.assert(
      fc.property(said, fc.subarray(['fields', 'use', 'window', 'subpopulation'] as const), (whole, kept) => {
        const less = Object.fromEntries(kept.map((key) => [key, whole[key]])) as Intention;
        const few = caveatsFor(story.project, release, whole).map((c) => c.place);
        expect(caveatsFor(story.project, release, less).map((c) => c.place)).toEqual(
          expect.arrayContaining(few),
        );
      }),
    );
  });

  it('B38: a window crosses a break exactly when it has days on both sides', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2014-09-${String(n).padStart(2, '0')}`);
    fc.assert(
      fc.property(day, day, day, (from, to, at) => {
        fc.pre(from <= to);
        expect(crosses({ from, to }, at)).toBe(from < at && to >= at);
        expect(periodsOverlap({ from, to }, { from: at, to: at })).toBe(from <= at && at <= to);
      }),
    );
    expect(subpopulationsOverlap(INFANTS, { field: 'race', values: ['3'] })).toBe(false);
    expect(subpopulationsOverlap(INFANTS, { field: 'sex', values: ['3'] })).toBe(true);
  });
});
