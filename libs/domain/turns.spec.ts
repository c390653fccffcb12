// Quorum rules as data: what a signer is told, people asked in turns, and time counted in working days.
import {
  decideProgramme,
  effects,
  moves,
  plus,
  quorumTerms,
  roundStatus,
  stirs,
  timesFrom,
  turnOfPerson,
} from './index';
import type { AgreementRules, ProjectEvent, Recorded } from './index';
import { DEFAULT_RULES } from './index';
import type { Story } from '../testing/story';
import { agreement, aRoster, atDataRequest, DAY, personId, question, WORKER } from '../testing/story';

/** At the data request, under rules with these changes, and a question out for sign-off again. */
function asked(over: Partial<AgreementRules>): Story {
  const story = atDataRequest();
  const signed = story.programme.agreements.at(-1);
  if (!signed) throw new Error('no agreement');
  story.programme = {
    ...story.programme,
    agreements: [{ ...signed, rules: { ...signed.rules, ...over } }],
  };
  return story.onProject(story.as('lead'), question(story));
}
const TURNS = { inTurns: [{ kind: 'QUESTION' as const, turns: [['policyOfficial' as const]] }] };
const round = (story: Story) => story.round(story.checkpoint('QUESTION'));
const keepTime = (story: Story) => {
  const before = story.world;
  const command = { type: 'KeepTime', checkpoint: story.checkpoint('QUESTION'), round: 1 } as const;
  const decided = story.tryProject(WORKER, { ...command, round: round(story).round });
  const recorded = story.log.slice(-(decided.ok ? decided.events.length : 0)).map(({ event }) => event);
  if (!decided.ok || decided.events.length === 0) return [];
  return [
    ...decided.events.map(({ type }) => type),
    ...effects(before, story.world, recorded).map(({ purpose, person }) => `${purpose} ${person}`),
  ];
};

describe('a quorum as data', () => {
  it('T4: says how many of how many are needed, from how many organisations, for which places', () => {
    expect(quorumTerms(round(asked({})))).toEqual({
      places: [
        { roles: ['policyOfficial'], organisation: null, count: 1, of: 1 },
        { roles: ['researcher'], organisation: null, count: 1, of: 1 },
      ],
      ...{ people: 2, asked: 2, organisations: 2, isBlind: false, turns: null },
    });
  });

  it('T4: counts places that want several people, and organisations that the rule names', () => {
    const story = asked({});
    const one = round(story);
    const slots = [
      { key: 'a', roles: [], organisation: 'org_a', count: 2 },
      { key: 'b', roles: [], organisation: 'org_b', count: 1 },
      { key: 'c', roles: [], organisation: 'org_c', count: 1 },
    ];
    const terms = quorumTerms({ ...one, rule: { slots, people: 1, organisations: 1 } });
    expect([terms.people, terms.organisations]).toEqual([4, 3]);
  });
});

describe('people asked in turns', () => {
  it('the later are asked when the earlier have answered, and cannot answer before', () => {
    const story = asked(TURNS);
    expect(round(story).turns).toEqual([[personId('official')], [personId('researcher')]]);
    expect(turnOfPerson(round(story), personId('researcher'))).toBe(2);
    const early = story.tryProject(
      story.as('researcher'),
      story.answer('researcher', story.checkpoint('QUESTION')),
    );
    expect(early).toMatchObject({ ok: false, refusal: { rule: 'NOT_YET_ASKED' } });
    expect(keepTime(story)).toEqual([]);
    expect(moves(story.world, story.now)).toContainEqual(
      expect.objectContaining({ what: 'answer QUESTION', who: [personId('official')] }),
    );
    story.wait(4 * DAY);
    const before = story.world;
    story.sign('QUESTION', 'official');
    // The round is as open as before, and still its workflow has to look: somebody is to be asked.
    const given = story.log.slice(-1).map(({ event }) => event);
    expect(stirs(before, story.world, given as Parameters<typeof stirs>[2])).toBe(true);
    expect(keepTime(story)).toEqual(['TurnBegun', 'SIGN_REQUEST per_researcher']);
    expect(round(story)).toMatchObject({ turn: 2, deadline: plus(round(story).turnBegunAt ?? '', 14 * DAY) });
    expect(keepTime(story)).toEqual([]);
    story.sign('QUESTION', 'researcher');
    expect(roundStatus(story.programme, 'QUESTION', round(story), story.now)).toBe('SETTLED');
  });

  it('I14: the answer by which somebody’s turn comes wakes the workflow, one that only adds to others does not', () => {
    for (const [rules, isStirring] of [
      [TURNS, true],
      [{}, false],
    ] as const) {
      const story = asked(rules);
      const [before, from] = [story.world, story.log.length];
      story.sign('QUESTION', 'official');
      const events = story.log.slice(from).map(({ event }) => event as Recorded<ProjectEvent>);
      expect(stirs(before, story.world, events)).toBe(isStirring);
    }
  });

  it('T1: silence in the first turn lapses the round, and asks nobody else', () => {
    const story = asked(TURNS).wait(15 * DAY);
    expect(keepTime(story)).toEqual([
      ...['RoundLapsed', 'ROUND_LAPSED per_lead', 'ROUND_LAPSED per_official'],
    ]);
    expect(round(story).turn).toBeUndefined();
  });

  it('T1: a lapse is told once to the asker, the lead and everybody asked, answered or not, but to nobody who has left', () => {
    const story = asked({});
    story.sign('QUESTION', 'official').wait(15 * DAY);
    expect(keepTime(story).slice(1)).toEqual([
      ...['ROUND_LAPSED per_lead', 'ROUND_LAPSED per_researcher', 'ROUND_LAPSED per_official'],
    ]);
    const left = asked({});
    left.sign('QUESTION', 'official').wait(15 * DAY);
    left.onProgramme(left.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    expect(keepTime(left).slice(1)).toEqual(['ROUND_LAPSED per_lead', 'ROUND_LAPSED per_researcher']);
  });

  it('T5: a lapse is not told to who declined an earlier version and was only told of this one', () => {
    const story = asked({});
    story.onProject(story.as('official'), story.answer('official', story.checkpoint('QUESTION'), 'REJECTED'));
    const colleague = { person: 'per_colleague', organisation: 'org_council', name: 'n', address: 'a' };
    const roles = { roles: ['policyOfficial' as const] };
    story.onProgramme(story.as('checker'), { type: 'AttestPerson', ...colleague, ...roles });
    story.wait(40 * DAY);
    story.onProject(story.as('lead'), question(story));
    expect(round(story).told).toEqual([personId('official')]);
    story.wait(15 * DAY);
    expect(keepTime(story).slice(1)).toEqual([
      ...['ROUND_LAPSED per_lead', 'ROUND_LAPSED per_researcher', 'ROUND_LAPSED per_colleague'],
    ]);
  });

  it('T3: a turn whose people have left does not hold up the next, where the quorum can still be met', () => {
    const story = asked({
      inTurns: [{ kind: 'QUESTION', turns: [['researcher'], ['policyOfficial']] }],
    });
    story.onProgramme(story.as('lead'), { type: 'RecordLeaver', person: personId('researcher') });
    // Nobody else is a researcher, so the round is the proposer's to open anew, and nobody is mailed for nothing.
    expect(moves(story.world, story.now)).toContainEqual(
      expect.objectContaining({ who: [personId('lead')], about: story.checkpoint('QUESTION') }),
    );
  });
});

describe('working days', () => {
  it('T1: reminder, escalation and lapse are counted without weekends and holidays', () => {
    const rules = { ...DEFAULT_RULES, workingDays: { remindAfter: 1, escalateAfter: 2, lapseAfter: 3 } };
    // Thursday 24 December 2026; 25 and 28 are holidays.
    expect(timesFrom(rules, '2026-12-24T10:00:00.000Z')).toEqual({
      remindAt: '2026-12-30T00:00:00.000Z',
      escalateAt: '2026-12-31T00:00:00.000Z',
      deadline: '2027-01-01T00:00:00.000Z',
    });
  });

  it('B5: an agreement whose working days are out of order is refused', () => {
    const story = aRoster();
    const proposed = agreement(story);
    if (proposed.type !== 'ProposeAgreement') throw new Error('no agreement');
    const workingDays = { remindAfter: 5, escalateAfter: 3, lapseAfter: 9 };
    const command = { ...proposed, rules: { ...proposed.rules, workingDays } };
    expect(decideProgramme(story.programme, command, story.as('lead'), story.now)).toMatchObject({
      ...{ ok: false, refusal: { rule: 'TIMINGS' } },
    });
  });
});
