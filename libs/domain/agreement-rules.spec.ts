// What an agreement may say of sign-offs as data: minimums raised, answers hidden, and the calendar time is counted by.
import fc from 'fast-check';
import {
  areAnswersHidden,
  CHECKPOINT_KINDS,
  decideProgramme,
  DEFAULT_RULES,
  floorOf,
  holidaysOf,
  HOLIDAYS,
  quorumRule,
  quorumTerms,
  roundStatus,
  timesFrom,
  unmeetable,
} from './index';
import type { AgreementRules, Role } from './index';
import type { Story } from '../testing/story';
import {
  agreement,
  anAgreement,
  aRoster,
  atDataRequest,
  COUNCIL,
  HOLDER,
  PANEL,
  question,
  UNIVERSITY,
} from '../testing/story';

const DEPUTY = 'per_deputy';
const proposing = (rules: Partial<AgreementRules>) => {
  const story = aRoster();
  return decideProgramme(story.programme, agreement(story, { rules }), story.as('lead'), story.now);
};
const ruleOf = (rules: Partial<AgreementRules>) => {
  const decided = proposing(rules);
  return decided.ok ? 'ACCEPTED' : decided.refusal.rule;
};

/** A question put to three under an agreement that asks for all of them. */
function asked(rules: Partial<AgreementRules>, roles: Role[] = ['policyOfficial']): Story {
  const story = atDataRequest();
  const signed = story.programme.agreements.map((each) => ({ ...each, rules: { ...each.rules, ...rules } }));
  story.programme = { ...story.programme, agreements: signed };
  const deputy = { person: DEPUTY, organisation: COUNCIL, roles, name: 'n', address: 'a' };
  story.onProgramme(story.as('checker'), { type: 'AttestPerson', ...deputy });
  return story;
}
const put = (story: Story) => story.tryProject(story.as('lead'), question(story));
const round = (story: Story) => story.round(story.checkpoint('QUESTION'));
const status = (story: Story) => roundStatus(story.programme, 'QUESTION', round(story), story.now);

describe('minimums', () => {
  it('B5: three of three, as the agreement asks, and the places of the table alone settle nothing', () => {
    const story = asked({ quorums: [{ kind: 'QUESTION', people: 3 }] });
    put(story);
    expect(quorumTerms(round(story))).toMatchObject({ people: 3, asked: 3, organisations: 2 });
    story.sign('QUESTION', 'official', 'researcher');
    expect(status(story)).toBe('OPEN');
    const answer = story.answer('official', story.checkpoint('QUESTION'));
    story.onProject({ person: DEPUTY }, answer);
    expect(status(story)).toBe('SETTLED');
  });

  it('T3: a minimum that the roster cannot meet is refused at the opening, and warned of when it is saved', () => {
    const quorums = [
      { kind: 'QUESTION' as const, people: 4 },
      { kind: 'LEGAL' as const, people: 2 },
    ];
    const decided = put(asked({ quorums }));
    expect(decided).toMatchObject({
      ok: false,
      refusal: { rule: 'QUORUM_IMPOSSIBLE', reason: expect.stringContaining('3 of 4 people') as string },
    });
    const story = aRoster();
    const all = [UNIVERSITY, COUNCIL, HOLDER, PANEL];
    const lacking = unmeetable(story.programme, { ...DEFAULT_RULES, quorums }, all, story.now);
    expect(lacking).toEqual([
      { kind: 'QUESTION', lacking: ['2 of 4 people'] },
      { kind: 'LEGAL', lacking: ['1 of 2 people'] },
    ]);
    expect(unmeetable(story.programme, DEFAULT_RULES, all, story.now)).toEqual([]);
  });

  it.each<[Partial<AgreementRules>, string]>([
    [{ quorums: [{ kind: 'TRUST', people: 1 }] }, 'BELOW_FLOOR'],
    [{ quorums: [{ kind: 'QUESTION', organisations: 1 }] }, 'BELOW_FLOOR'],
    [{ quorums: [{ kind: 'LEGAL', people: 0 }] }, 'BELOW_FLOOR'],
    [{ quorums: [{ kind: 'ETHICAL', organisations: 5 }] }, 'QUORUM'],
    [
      {
        quorums: [
          { kind: 'TRUST', people: 3 },
          { kind: 'TRUST', blind: true },
        ],
      },
      'QUORUM',
    ],
    // The agreement's own round is opened under its own rules, and three institutions sign it.
    [{ quorums: [{ kind: 'AGREEMENT', people: 4 }] }, 'QUORUM_IMPOSSIBLE'],
    [{ holidays: ['2027-02-30'] }, 'HOLIDAYS'],
    [{ holidays: ['soon'] }, 'HOLIDAYS'],
    [{ quorums: [{ kind: 'LEGAL', people: 1, organisations: 4 }], holidays: ['2028-02-29'] }, 'ACCEPTED'],
  ])('B5: %j is %s', (rules, expected) => {
    expect(ruleOf(rules)).toBe(expected);
  });

  it('B5: whatever an agreement says, no kind ever rests on fewer than the table asks', () => {
    const raised = fc.record(
      { people: fc.nat(9), organisations: fc.nat(9), blind: fc.boolean() },
      { requiredKeys: [] },
    );
    const context = { holders: [HOLDER], exposed: [], institutions: [COUNCIL, HOLDER], parties: [COUNCIL] };
    fc.assert(
      fc.property(fc.constantFrom(...CHECKPOINT_KINDS), raised, (kind, more) => {
        const { people, organisations } = quorumRule(kind, context, {
          ...DEFAULT_RULES,
          quorums: [{ kind, ...more }],
        });
        const floor = floorOf(kind);
        expect([people, organisations]).toEqual([
          Math.max(floor.people, more.people ?? 0),
          Math.max(floor.organisations, more.organisations ?? 0),
        ]);
      }),
    );
  });
});

describe('answers hidden', () => {
  it.each([
    [true, true],
    [false, false],
  ])('T5: blind as the agreement says (%s), until the round closes', (blind, isHidden) => {
    const story = asked({ quorums: [{ kind: 'QUESTION', blind }] });
    put(story);
    story.sign('QUESTION', 'official');
    const hidden = () => areAnswersHidden(story.programme, { kind: 'QUESTION' }, round(story), story.now);
    expect(hidden()).toBe(isHidden);
    story.sign('QUESTION', 'researcher');
    expect(hidden()).toBe(false);
  });
});

describe('holidays', () => {
  const workingDays = { remindAfter: 1, escalateAfter: 2, lapseAfter: 3 };
  const rules = { ...DEFAULT_RULES, workingDays };
  // A Wednesday. In Scotland 2 January is a holiday too, and kept on Monday the 4th.
  const from = '2026-12-30T10:00:00.000Z';

  it('T1: reminder, escalation and lapse pass over the agreement’s own, which stand instead of the default', () => {
    const holidays = [...HOLIDAYS, '2027-01-04'];
    expect(timesFrom(rules, from)).toMatchObject({ escalateAt: '2027-01-05T00:00:00.000Z' });
    expect(timesFrom({ ...rules, holidays }, from)).toEqual({
      remindAt: '2027-01-01T00:00:00.000Z',
      escalateAt: '2027-01-06T00:00:00.000Z',
      deadline: '2027-01-07T00:00:00.000Z',
    });
    expect(timesFrom({ ...rules, holidays: [] }, from).deadline).toBe('2027-01-05T00:00:00.000Z');
  });

  it('B12, B27, B56: packs, reviews and comments are counted by the calendar of the agreement signed last', () => {
    const story = anAgreement({ holidays: ['2027-01-04'] });
    expect(holidaysOf(story.programme)).toEqual(['2027-01-04']);
    expect(holidaysOf(aRoster().programme)).toBe(HOLIDAYS);
    story.onProgramme(story.as('lead'), agreement(story, { rules: { holidays: [] } }));
    // An amendment changes nothing before it is signed.
    expect(holidaysOf(story.programme)).toEqual(['2027-01-04']);
    const called = story.tryProgramme(story.as('lead'), {
      ...{ type: 'CallMeeting', title: 't', startsAt: '2027-01-06T10:00:00.000Z', minutes: 60 },
      ...{ place: 'p', invited: [] },
    });
    expect(called).toMatchObject({ ok: true, events: [{ data: { packDue: '2027-01-01T10:00:00.000Z' } }] });
  });
});
