// Asking a holder and being declined, told as stories.
import fc from 'fast-check';
import {
  approach,
  clarificationStatus,
  effects,
  fieldByField,
  GRANULARITIES,
  inConfidence,
  isNoFiner,
  isSmaller,
  mayReadClarifications,
  mayReadEntry,
  mayReadReasons,
  mayReadSupposition,
  moves,
  plus,
  neutralFor,
  refusalRegister,
  REFUSAL_REASONS,
  requestStatus,
  statedCategories,
} from '../index';
import type { Ask, FieldTerms, ProjectCommand, ProjectEvent, Refusal, RegisterRow } from '../index';
import {
  atDataRequest,
  deposited,
  COUNCIL,
  DAY,
  grant,
  HOLDER,
  personId,
  question,
  request,
  WORKER,
} from '../../testing/story';
import type { Name, Story } from '../../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const requestOf = (story: Story, id: string) => {
  const found = story.project.requests[id];
  if (!found) throw new Error(`no request ${id}`);
  return found;
};

type Send = Extract<ProjectCommand, { type: 'SendRequest' }>;
type Answer = Extract<ProjectCommand, { type: 'AnswerRequest' }>;

const aRequest = (story: Story, over: Partial<Ask> = {}, words: Partial<Send> = {}): Send => {
  const sent = request(story) as Send;
  return { ...sent, ask: { ...sent.ask, ...over }, ...words };
};
const refusal = (over: Partial<Answer> = {}, id = 'r1'): Answer => ({
  type: 'AnswerRequest',
  request: id,
  outcome: 'REFUSED',
  grant: null,
  reasons: [],
  reason: null,
  assurance: 'ACCOUNT',
  ...over,
});
const partly = (story: Story, over: Partial<NonNullable<Answer['grant']>>): Answer => {
  const given = grant(story, 'r1') as Answer;
  return { ...given, grant: given.grant && { ...given.grant, ...over } };
};

/** With a request out to the holder. */
const sent = (over: Partial<Ask> = {}): Story => {
  const story = atDataRequest();
  return story.onProject(story.as('lead'), aRequest(story, over));
};
const declined = (over: Partial<Answer> = {}): Story => {
  const story = sent();
  return story.onProject(story.as('holder'), refusal(over));
};
const ask = (story: Story, by: Name, id = 'r1') =>
  story.tryProject(story.as(by), { type: 'AskClarification', request: id, topic: 'LEGITIMACY', text: 'q' });

describe('clarifications', () => {
  it('B14: the holder asks, the asker answers, and the holder says that it is settled', () => {
    const story = sent();
    ask(story, 'holder');
    const status = () => story.project.clarifications.map(clarificationStatus);
    expect(status()).toEqual(['ASKED']);
    story.onProject(story.as('lead'), { type: 'AnswerClarification', clarification: 'cl1', text: 'a' });
    expect(status()).toEqual(['ANSWERED']);
    story.onProject(story.as('holder'), { type: 'SettleClarification', clarification: 'cl1' });
    expect(status()).toEqual(['SETTLED']);
  });

  it('B14: the asker may ask too, and only the side that asked says that it is settled', () => {
    const story = sent();
    ask(story, 'researcher');
    const settle = { type: 'SettleClarification', clarification: 'cl1' } as const;
    expect(ruleOf(story.tryProject(story.as('holder'), settle))).toBe('OTHER_SIDE');
    expect(ruleOf(story.tryProject(story.as('lead'), settle))).toBe('ACCEPTED');
    expect(ruleOf(story.tryProject(story.as('lead'), settle))).toBe('SETTLED');
  });

  it.each<[Name, string]>([
    ['lay', 'NEITHER_SIDE'],
    ['checker', 'NEITHER_SIDE'],
    ['official', 'ACCEPTED'],
    ['riskOwner', 'ACCEPTED'],
  ])('B14: %s asks: %s', (name, rule) => {
    expect(ruleOf(ask(sent(), name))).toBe(rule);
  });

  it('B14: comes before the answer, never after it', () => {
    expect(ruleOf(ask(declined({ reasons: ['COST_EXCEEDS_BENEFIT'] }), 'lead'))).toBe('ALREADY_ANSWERED');
    expect(ruleOf(ask(sent(), 'lead', 'r9'))).toBe('UNKNOWN_REQUEST');
  });

  it('B14: a holder that has questions of its own open does not grant; it declines whenever it likes', () => {
    const story = sent();
    ask(story, 'holder');
    expect(ruleOf(story.tryProject(story.as('holder'), grant(story, 'r1')))).toBe('CLARIFICATION_OPEN');
    expect(ruleOf(story.tryProject(story.as('holder'), refusal()))).toBe('ACCEPTED');
  });

  it('B14, B34: a holder does not lapse while it waits for an answer, and its time goes on afterwards', () => {
    const story = sent();
    story.wait(10 * DAY);
    ask(story, 'holder');
    story.wait(30 * DAY);
    const keep = { type: 'KeepRequestTime', request: 'r1' } as const;
    story.onProject(WORKER, keep);
    expect(requestStatus(requestOf(story, 'r1'))).toBe('SENT');
    story.onProject(story.as('lead'), { type: 'AnswerClarification', clarification: 'cl1', text: 'a' });
    story.wait(2 * DAY).onProject(WORKER, keep);
    expect(requestStatus(requestOf(story, 'r1'))).toBe('SENT');
    story.wait(3 * DAY).onProject(WORKER, keep);
    expect(requestStatus(requestOf(story, 'r1'))).toBe('LAPSED');
  });

  it('B14, B7: are read by the two sides and nobody else, and are somebody’s move', () => {
    const story = sent();
    ask(story, 'holder');
    const reads = (name: Name): boolean =>
      mayReadClarifications(story.world, requestOf(story, 'r1'), personId(name), story.now);
    expect({ lead: reads('lead'), custodian: reads('holder'), lay: reads('lay') }).toEqual({
      lead: true,
      custodian: true,
      lay: false,
    });
    const move = moves(story.world, story.now).find((m) => m.about === 'cl1');
    expect(move).toMatchObject({ what: 'answer the clarification', who: [personId('lead')] });
  });
});

const terms = (field: string, over: Partial<FieldTerms> = {}): FieldTerms => ({
  field,
  period: null,
  granularity: { level: 'INDIVIDUAL', vintage: null },
  ...over,
});
const AREA = { level: 'SMALL_AREA', vintage: '2011' } as const;

describe('asks and grants per field', () => {
  it('B26: granted as coarse as asked or coarser, never finer, and never by other areas', () => {
    expect(isNoFiner(AREA, { level: 'INDIVIDUAL', vintage: null })).toBe(true);
    expect(isNoFiner({ level: 'HOUSEHOLD', vintage: null }, AREA)).toBe(false);
    expect(isNoFiner({ level: 'SMALL_AREA', vintage: '2021' }, AREA)).toBe(false);
    expect(
      isNoFiner({ level: 'LOCAL_AUTHORITY', vintage: null }, { level: 'ORGANISATION', vintage: null }),
    ).toBe(false);
  });

  it('B26: coarsening is an order: two levels are each no finer than the other only if they are the same', () => {
    const level = fc.constantFrom(...GRANULARITIES).map((name) => ({ level: name, vintage: null }));
    fc.assert(
      fc.property(level, level, level, (a, b, c) => {
        expect(isNoFiner(a, a)).toBe(true);
        if (isNoFiner(a, b) && isNoFiner(b, a)) expect(a).toEqual(b);
        if (isNoFiner(a, b) && isNoFiner(b, c)) expect(isNoFiner(a, c)).toBe(true);
      }),
    );
  });

  it.each<[string, FieldTerms[]]>([
    [
      'a period that ends before it begins',
      [terms('re78', { period: { from: '2012-01-01', to: '2011-01-01' } })],
    ],
    [
      'small areas without their vintage',
      [terms('re78', { granularity: { level: 'SMALL_AREA', vintage: null } })],
    ],
    ['a field twice', [terms('re78'), terms('re78')]],
    ['a field that is not asked for', [terms('salary')]],
  ])('B26: an ask with %s is refused', (_what, detail) => {
    const story = atDataRequest();
    expect(ruleOf(story.tryProject(story.as('lead'), aRequest(story, { detail })))).toBe('FIELD_TERMS');
  });

  it('B27: a holder grants less: fewer fields with reasons, a shorter period, a coarser level', () => {
    const years = { from: '2010-01-01', to: '2014-12-31' };
    const story = sent({ detail: [terms('treat'), terms('re78', { period: years })] });
    const less = terms('re78', { period: { ...years, from: '2013-01-01' }, granularity: AREA });
    const withheld = [{ field: 're74', reason: 'COST_EXCEEDS_BENEFIT' as const, because: null }];
    story.onProject(story.as('holder'), partly(story, { detail: [terms('treat'), less], withheld }));
    const answers = Object.fromEntries(fieldByField(requestOf(story, 'r1')).map((f) => [f.field, f]));
    expect(answers['treat']?.answer).toBe('GRANTED');
    expect(answers['re78']).toMatchObject({ answer: 'GRANTED_LESS', terms: less });
    expect(answers['re74']).toMatchObject({ answer: 'WITHHELD', withheld: withheld[0] });
    expect(answers['race']).toMatchObject({ answer: 'WITHHELD', withheld: { reason: null } });
  });

  it.each<[string, FieldTerms]>([
    ['a longer period', terms('re78', { granularity: AREA })],
    ['a finer level', terms('re78', { period: { from: '2012-01-01', to: '2012-12-31' } })],
  ])('B27: a grant for %s than asked is refused', (_what, given) => {
    const asked = terms('re78', { period: { from: '2012-01-01', to: '2012-12-31' }, granularity: AREA });
    const story = sent({ detail: [asked] });
    expect(ruleOf(story.tryProject(story.as('holder'), partly(story, { detail: [given] })))).toBe(
      'FIELD_TERMS',
    );
  });

  it('B27: a field is not granted and kept back at once, and less than asked is called so', () => {
    const story = sent({ detail: [terms('re78')] });
    const withheld = [{ field: 're78', reason: null, because: null }];
    const detail = [terms('re78')];
    expect(ruleOf(story.tryProject(story.as('holder'), partly(story, { detail, withheld })))).toBe(
      'FIELD_TERMS',
    );
    const whole = { ...partly(story, { detail }), outcome: 'GRANTED' as const };
    expect(ruleOf(story.tryProject(story.as('holder'), whole))).toBe('LESS_THAN_ASKED');
  });
});

describe('refusals', () => {
  it('B30: no stated reason gives the outcome NOT_OBTAINED', () => {
    expect(requestStatus(requestOf(declined(), 'r1'))).toBe('NOT_OBTAINED');
    expect(requestStatus(requestOf(declined({ reasons: ['FEAR_OF_MONITORING'] }), 'r1'))).toBe('REFUSED');
    expect(requestStatus(requestOf(declined({ reason: 'in words only' }), 'r1'))).toBe('REFUSED');
  });

  it.each(REFUSAL_REASONS)(
    'B28, B29, B30, B31, B32, B33: %s is stated, and where it comes from apart',
    (reason) => {
      const sources = [{ reason, from: 'GOVERNANCE_TERMS' as const, where: 'clause 4' }];
      const story = declined({ reasons: [reason], sources });
      expect(requestOf(story, 'r1').answer).toMatchObject({ reasons: [reason], sources });
    },
  );

  it.each<[string, Partial<Answer>, string]>([
    [
      'the source of a reason not stated',
      { sources: [{ reason: 'BREACH_OF_CLIENT_TRUST', from: 'LAW', where: null }] },
      'REASON_SOURCE',
    ],
    ['aggregates possible without terms', { aggregatePossible: true }, 'AGGREGATE_POSSIBLE'],
    [
      'alternatives to a compatible purpose',
      { alternatives: [{ alternative: 'NARROWER_ASK', whyNot: 'w' }] },
      'ALTERNATIVES',
    ],
  ])('B29, B33: a refusal with %s is refused', (_what, over, rule) => {
    const story = sent();
    expect(ruleOf(story.tryProject(story.as('holder'), refusal(over)))).toBe(rule);
  });

  it('B30: only the core team supposes, under a name, and only where no reason was stated', () => {
    const suppose = {
      type: 'SupposeMotive',
      request: 'r1',
      motive: 'FEAR_OF_MONITORING',
      text: 't',
    } as const;
    const silent = declined();
    expect(ruleOf(silent.tryProject(silent.as('lay'), suppose))).toBe('WRONG_ROLE');
    expect(ruleOf(silent.tryProject(silent.as('official'), suppose))).toBe('ACCEPTED');
    expect(silent.project.suppositions).toMatchObject([{ person: personId('official') }]);
    const stated = declined({ reasons: ['COST_EXCEEDS_BENEFIT'] });
    expect(ruleOf(stated.tryProject(stated.as('official'), suppose))).toBe('NOTHING_TO_SUPPOSE');
  });

  it('B30: what is supposed never counts as the holder’s reason, is for the core team, and the holder may reply', () => {
    const story = declined();
    const suppose = {
      type: 'SupposeMotive',
      request: 'r1',
      motive: 'FEAR_OF_MONITORING',
      text: 't',
    } as const;
    story.onProject(story.as('researcher'), suppose);
    expect(requestStatus(requestOf(story, 'r1'))).toBe('NOT_OBTAINED');
    expect(refusalRegister(story.world, personId('official'), story.now)).toMatchObject({
      rows: [{ outcome: 'NOT_OBTAINED', reasons: [] }],
      stated: null,
      supposed: { FEAR_OF_MONITORING: 1 },
    });
    for (const name of ['holder', 'lead', 'lay'] as const) {
      expect(mayReadSupposition(story.world, personId(name), story.now)).toBe(false);
      expect(refusalRegister(story.world, personId(name), story.now).supposed).toBeNull();
    }
    const reply = {
      type: 'ReplyToSupposition',
      supposition: 'su1',
      text: 'no',
      assurance: 'ACCOUNT',
    } as const;
    expect(ruleOf(story.tryProject(story.as('lay'), reply))).toBe('NOT_THE_HOLDER');
    story.onProject(story.as('holder'), reply);
    expect(story.project.suppositions[0]?.replies).toHaveLength(1);
    expect(requestStatus(requestOf(story, 'r1'))).toBe('NOT_OBTAINED');
  });

  it('B33: alternatives to an incompatible purpose are listed by either side, and nobody is pressed', () => {
    const story = declined({ reasons: ['PURPOSE_INCOMPATIBLE'] });
    const before = story.world;
    const consider = { request: 'r1', alternative: 'RENEWED_CONSENT', whyNot: 'w' } as const;
    story.onProject(story.as('lead'), { type: 'ConsiderAlternative', ...consider });
    expect(story.project.alternatives).toMatchObject([{ ...consider, side: 'ASKER' }]);
    const event = story.log.at(-1)?.event;
    expect(event && effects(before, story.world, [event])).toEqual([]);
    const other = declined({ reasons: ['COST_EXCEEDS_BENEFIT'] });
    expect(ruleOf(other.tryProject(other.as('lead'), { type: 'ConsiderAlternative', ...consider }))).toBe(
      'NOT_INCOMPATIBLE',
    );
  });
});

describe('answering a refusal', () => {
  const costly = () => declined({ reasons: ['COST_EXCEEDS_BENEFIT'] });
  const smaller = (story: Story, over: Partial<Ask> = {}, words: Partial<Send> = {}) =>
    aRequest(story, { fields: ['treat', 're78'], ...over }, { answers: 'r1', ...words });

  it('B28: the lead answers a refusal for its cost with a smaller ask, linked to what was refused', () => {
    const story = costly();
    story.onProject(story.as('lead'), smaller(story));
    expect(requestOf(story, 'r2').answers).toBe('r1');
  });

  it('B28: or with help in the extraction of the same', () => {
    const story = costly();
    const same = aRequest(story, {}, { answers: 'r1' });
    expect(ruleOf(story.tryProject(story.as('lead'), same))).toBe('NOT_SMALLER');
    expect(ruleOf(story.tryProject(story.as('lead'), { ...same, help: 'we send somebody' }))).toBe(
      'ACCEPTED',
    );
  });

  it('B28: nobody but the lead, and not for a refusal of another kind', () => {
    const story = costly();
    expect(ruleOf(story.tryProject(story.as('researcher'), smaller(story)))).toBe('WRONG_ROLE');
    const other = declined({ reasons: ['BREACH_OF_CLIENT_TRUST'] });
    expect(ruleOf(other.tryProject(other.as('lead'), smaller(other)))).toBe('NOT_ANSWERABLE');
    const bare = sent();
    expect(ruleOf(bare.tryProject(bare.as('lead'), aRequest(bare, {}, { help: 'h' })))).toBe('HELP');
  });

  it('B29: terms that leave aggregates possible are answered by asking for aggregates', () => {
    const story = declined({ reasons: ['HOLDER_TERMS_PROHIBIT'], aggregatePossible: true });
    expect(ruleOf(story.tryProject(story.as('lead'), smaller(story)))).toBe('AGGREGATE_ONLY');
    expect(ruleOf(story.tryProject(story.as('lead'), smaller(story, { tier: 'AGGREGATE' })))).toBe(
      'ACCEPTED',
    );
    const never = declined({ reasons: ['HOLDER_TERMS_PROHIBIT'], aggregatePossible: false });
    expect(ruleOf(never.tryProject(never.as('lead'), smaller(never, { tier: 'AGGREGATE' })))).toBe(
      'NOT_ANSWERABLE',
    );
  });

  it('B28: smaller means inside what was asked, and less of it', () => {
    const asked = (requestOf(sent(), 'r1') as { ask: Ask }).ask;
    expect(isSmaller(asked, asked)).toBe(false);
    expect(isSmaller({ ...asked, fields: ['treat'] }, asked)).toBe(true);
    expect(isSmaller({ ...asked, fields: ['treat', 'salary'] }, asked)).toBe(false);
    expect(isSmaller({ ...asked, detail: [terms('re78')] }, asked)).toBe(false);
    expect(isSmaller({ ...asked, detail: [terms('re78', { granularity: AREA })] }, asked)).toBe(true);
    expect(isSmaller({ ...asked, tier: 'AGGREGATE', linkage: true }, asked)).toBe(false);
  });
});

describe('asking again after a refusal', () => {
  const again = (story: Story) => story.tryProject(story.as('lead'), aRequest(story));
  const addressees = (story: Story, id: string) => {
    const { asked, told } = requestOf(story, id);
    return { asked, told };
  };

  it('T5: who declined is left in peace, then told of a new version, then no more', () => {
    const story = declined();
    expect(ruleOf(again(story))).toBe('COOLING_OFF');
    for (const id of ['r2', 'r3']) {
      story.wait(29 * DAY);
      expect(ruleOf(again(story))).toBe('ACCEPTED');
      expect(addressees(story, id)).toEqual({ asked: [], told: [personId('holder')] });
      story.wait(29 * DAY).onProject(WORKER, { type: 'KeepRequestTime', request: id });
    }
    expect(ruleOf(again(story))).toBe('ASK_CAP');
  });

  it('T5: told means told: a mail that asks for nothing, no reminder, nobody’s move', () => {
    const story = declined();
    story.wait(29 * DAY);
    const before = story.world;
    again(story);
    const event = story.log.at(-1)?.event;
    expect(event && effects(before, story.world, [event]).map((m) => m.purpose)).toEqual([
      'DATA_REQUEST_NEW_VERSION',
    ]);
    expect(moves(story.world, story.now).find((m) => m.about === 'r2')?.who).toEqual([]);
    story.wait(6 * DAY).onProject(WORKER, { type: 'KeepRequestTime', request: 'r2' });
    const reminded = story.log.at(-1)?.event;
    expect(reminded?.type).toBe('RequestReminded');
    expect(reminded && effects(before, story.world, [reminded])).toEqual([]);
  });

  it('T5: who says that they wish it is asked at once; who has not declined cannot wish', () => {
    const story = declined();
    const wish = { type: 'WishToBeAsked', about: 'r1', assurance: 'ACCOUNT' } as const;
    expect(ruleOf(story.tryProject(story.as('lead'), wish))).toBe('NOT_DECLINED');
    story.onProject(story.as('holder'), wish);
    expect(ruleOf(again(story))).toBe('ACCEPTED');
    expect(addressees(story, 'r2')).toEqual({ asked: undefined, told: undefined });
  });

  it('T5: it is this person’s refusal that counts: a colleague who has not declined is asked', () => {
    const story = declined();
    story.onProgramme(story.as('holder'), {
      type: 'AttestPerson',
      person: 'per_second',
      organisation: HOLDER,
      roles: ['dataHolder'],
      name: 'n',
      address: 'a',
    });
    expect(ruleOf(again(story))).toBe('ACCEPTED');
    expect(addressees(story, 'r2')).toEqual({ asked: ['per_second'], told: [] });
  });

  it('B28, T5: a smaller ask need not wait, but counts towards the cap', () => {
    const story = declined({ reasons: ['COST_EXCEEDS_BENEFIT'] });
    const smaller = () =>
      story.tryProject(story.as('lead'), aRequest(story, { fields: ['treat'] }, { answers: 'r1' }));
    expect([ruleOf(smaller()), ruleOf(smaller()), ruleOf(smaller())]).toEqual([
      'ACCEPTED',
      'ACCEPTED',
      'ASK_CAP',
    ]);
  });

  it('T5: never asks within the cooling-off, nor beyond the cap, nor without a wish, whatever the numbers', () => {
    const start = '2026-01-01T00:00:00.000Z';
    fc.assert(
      fc.property(fc.nat(90), fc.nat(5), fc.nat(60), fc.nat(4), (days, asks, coolingOff, cap) => {
        const refused = { at: start, asksSince: asks, wishedAt: null };
        const now = plus(start, days * DAY);
        const { may } = approach(refused, { coolingOff: coolingOff * DAY, cap }, now);
        expect(may).toBe(asks < cap && days >= coolingOff ? 'TELL' : 'NOT');
        expect(approach({ ...refused, wishedAt: now }, { coolingOff: coolingOff * DAY, cap }, now).may).toBe(
          'ASK',
        );
      }),
    );
  });
});

describe('asking again in rounds of sign-off', () => {
  const rejected = (): Story => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), question(story));
    const checkpoint = story.checkpoint('QUESTION');
    return story.onProject(story.as('official'), story.answer('official', checkpoint, 'REJECTED'));
  };
  const propose = (story: Story) => story.tryProject(story.as('lead'), question(story));
  const round = (story: Story) => story.round(story.checkpoint('QUESTION'));

  it('T5: who declined with the wish to be asked again is asked about the next version, and nobody else may wish so', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), question(story));
    const checkpoint = story.checkpoint('QUESTION');
    const answer = (choice: 'REJECTED' | 'ABSTAINED') => ({
      ...story.answer('official', checkpoint, choice),
      askAgain: true as const,
    });
    expect(ruleOf(story.tryProject(story.as('official'), answer('ABSTAINED')))).toBe('ASK_AGAIN');
    story.onProject(story.as('official'), answer('REJECTED'));
    expect(ruleOf(story.tryProject(story.as('lead'), question(story)))).toBe('ACCEPTED');
    const next = story.round(story.checkpoint('QUESTION'));
    expect(next.asked.map(({ person }) => person)).toContain(personId('official'));
    expect(next.told ?? []).not.toContain(personId('official'));
  });

  it('T5: whom a reason may be told in confidence: neither lead, nor whoever asks, nor their colleagues', () => {
    const story = atDataRequest();
    const found = neutralFor(story.world, personId('lead'), personId('official'), story.now);
    expect(found).toEqual(['checker', 'holder', 'riskOwner', 'lay'].map((name) => personId(name as Name)));
  });

  it('T5: where the quorum rests on who declined, a new version waits for the cooling-off', () => {
    const story = rejected();
    const tried = propose(story);
    expect(ruleOf(tried)).toBe('COOLING_OFF');
    expect(tried.ok ? '' : tried.refusal.remedy).toContain('wish to be asked');
    story.wait(29 * DAY);
    expect(ruleOf(propose(story))).toBe('ACCEPTED');
    expect(round(story).told).toEqual([personId('official')]);
  });

  it('T5: who is only told may answer, and is neither asked by mail, reminded nor escalated', () => {
    const story = rejected();
    story.wait(29 * DAY);
    const before = story.world;
    propose(story);
    const opened = story.log.at(-1)?.event;
    const mails = opened ? effects(before, story.world, [opened]) : [];
    expect(mails.find((m) => m.person === personId('official'))?.purpose).toBe('NEW_VERSION');
    story.wait(6 * DAY);
    const checkpoint = story.checkpoint('QUESTION');
    story.onProject(WORKER, { type: 'KeepTime', checkpoint, round: round(story).round });
    expect(story.log.at(-1)?.event).toMatchObject({
      type: 'Reminded',
      data: { people: [personId('researcher')] },
    });
    story.sign('QUESTION', 'official', 'researcher');
    expect(story.stage('question')).toBe('SETTLED');
  });

  it('T5: with a wish the person is asked at once', () => {
    const story = rejected();
    story.onProject(story.as('official'), {
      type: 'WishToBeAsked',
      about: story.checkpoint('QUESTION'),
      assurance: 'ACCOUNT',
    });
    expect(ruleOf(propose(story))).toBe('ACCEPTED');
    expect(round(story).told).toBeUndefined();
  });

  it('T5: where others can complete the quorum, who declined is left out until they may be told', () => {
    const story = rejected();
    story.onProgramme(story.as('checker'), {
      type: 'AttestPerson',
      person: 'per_second',
      organisation: COUNCIL,
      roles: ['policyOfficial'],
      name: 'n',
      address: 'a',
    });
    expect(ruleOf(propose(story))).toBe('ACCEPTED');
    expect(round(story).asked.map((a) => a.person)).not.toContain(personId('official'));
  });

  it('T5: a reason in confidence has one neutral reader, who is not with those who ask', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), question(story));
    const answer = story.answer('official', story.checkpoint('QUESTION'), 'REJECTED', { reason: 'why' });
    const decline = (confidant: string) => story.tryProject(story.as('official'), { ...answer, confidant });
    expect(ruleOf(decline(personId('lead')))).toBe('NOT_NEUTRAL');
    expect(ruleOf(decline(personId('researcher')))).toBe('NOT_NEUTRAL');
    expect(ruleOf(decline(personId('lay')))).toBe('ACCEPTED');
    expect(inConfidence(story.world)).toEqual(['why']);
  });

  it('T5: so has the reason of a withdrawal', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), question(story));
    const checkpoint = story.checkpoint('QUESTION');
    story.onProject(story.as('official'), story.answer('official', checkpoint));
    const words = { ...story.withdrawal('official', checkpoint), reason: 'why' };
    const withdraw = (over: { confidant: string; reason?: null }) =>
      ruleOf(story.tryProject(story.as('official'), { ...words, ...over }));
    expect(withdraw({ confidant: personId('lead') })).toBe('NOT_NEUTRAL');
    expect(withdraw({ confidant: personId('lay'), reason: null })).toBe('CONFIDENCE');
    expect(withdraw({ confidant: personId('lay') })).toBe('ACCEPTED');
    expect(inConfidence(story.world)).toEqual(['why']);
  });
});

describe('words in confidence', () => {
  it.each<[string, Partial<Answer>, string]>([
    ['to the lead', { reason: 'why', confidant: personId('lead') }, 'NOT_NEUTRAL'],
    [
      'to somebody of the asking organisation',
      { reason: 'why', confidant: personId('researcher') },
      'NOT_NEUTRAL',
    ],
    ['to oneself', { reason: 'why', confidant: personId('holder') }, 'NOT_NEUTRAL'],
    ['to a stranger', { reason: 'why', confidant: 'per_nobody' }, 'NOT_NEUTRAL'],
    ['of nothing', { confidant: personId('lay') }, 'CONFIDENCE'],
    [
      'with a category for all to see',
      { reason: 'why', reasons: ['FEAR_OF_MONITORING'], confidant: personId('lay') },
      'CONFIDENCE',
    ],
    ['to somebody neutral', { reason: 'why', confidant: personId('lay') }, 'ACCEPTED'],
  ])('T5: %s', (_what, over, rule) => {
    const story = sent();
    expect(ruleOf(story.tryProject(story.as('holder'), refusal(over)))).toBe(rule);
  });

  it('T5: why a grant is withdrawn may be told in confidence too', () => {
    const story = deposited(atDataRequest());
    const words = {
      type: 'WithdrawGrant',
      request: 'r1',
      mode: 'STOP',
      atOnce: false,
      reason: 'why',
    } as const;
    const withdraw = (confidant: string) =>
      ruleOf(story.tryProject(story.as('holder'), { ...words, assurance: 'ACCOUNT', confidant }));
    expect(withdraw(personId('lead'))).toBe('NOT_NEUTRAL');
    expect(withdraw(personId('lay'))).toBe('ACCEPTED');
    expect(inConfidence(story.world)).toEqual(['why']);
  });

  it('T5: a commissioner of who declines is not neutral', () => {
    const story = sent();
    story.programme = {
      ...story.programme,
      organisations: {
        ...story.programme.organisations,
        [HOLDER]: { id: HOLDER, name: HOLDER, commissionedBy: [COUNCIL] },
      },
    };
    const decline = refusal({ reason: 'why', confidant: personId('checker') });
    expect(ruleOf(story.tryProject(story.as('holder'), decline))).toBe('NOT_NEUTRAL');
  });
});

describe('the register of refusals', () => {
  const row = (holder: string, over: Partial<RegisterRow> = {}): RegisterRow => ({
    ...{ request: `r_${holder}`, holder, outcome: 'REFUSED', isSilence: false, withheld: [] },
    ...{ reasons: ['COST_EXCEEDS_BENEFIT'], isConfidential: false, ...over },
  });

  it('T6: categories are shown only where at least three organisations could have given them', () => {
    expect(statedCategories([row('a'), row('b')])).toBeNull();
    expect(statedCategories([row('a'), row('a', { request: 'r2' }), row('b')])).toBeNull();
    expect(statedCategories([row('a'), row('b'), row('c', { reasons: [] })])).toBeNull();
    const crowd = [row('a'), row('b', { reasons: ['BREACH_OF_CLIENT_TRUST'] }), row('c')];
    expect(statedCategories(crowd)).toEqual({ COST_EXCEEDS_BENEFIT: 2, BREACH_OF_CLIENT_TRUST: 1 });
  });

  it('T6: whoever declines, no category is ever counted among fewer than three', () => {
    const rows = fc.array(
      fc.record({ holder: fc.constantFrom('a', 'b', 'c', 'd'), reason: fc.constantFrom(...REFUSAL_REASONS) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const stated = statedCategories(all.map(({ holder, reason }) => row(holder, { reasons: [reason] })));
        expect(stated === null).toBe(new Set(all.map((r) => r.holder)).size < 3);
      }),
    );
  });

  it('T6: one by one, reasons are read by who asked and by the holder; others see counts', () => {
    const story = declined({ reasons: ['EXPOSURE_WITHOUT_CONTEXT'] });
    const rows = (name: Name) => refusalRegister(story.world, personId(name), story.now).rows.length;
    expect({ lead: rows('lead'), holder: rows('holder'), lay: rows('lay') }).toEqual({
      lead: 1,
      holder: 1,
      lay: 0,
    });
    const outside = refusalRegister(story.world, null, story.now);
    expect(outside).toMatchObject({ rows: [], outcomes: { REFUSED: 1 }, stated: null, supposed: null });
    expect(mayReadReasons(story.world, requestOf(story, 'r1'), personId('checker'), story.now)).toBe(false);
  });

  it('B30, T6: the ledger keeps the same discretion, entry by entry', () => {
    const story = declined();
    story.onProject(story.as('official'), { type: 'SupposeMotive', request: 'r1', motive: null, text: 't' });
    const entries = story.log
      .filter((l) => l.stream === story.project.id)
      .map((l) => ({ ...(l.event as ProjectEvent), actor: WORKER }));
    const hidden = (name: Name) =>
      entries.filter((e) => !mayReadEntry(story.world, e, personId(name), story.now)).map((e) => e.type);
    expect(hidden('official')).toEqual([]);
    expect(hidden('holder')).toEqual(['SuppositionRecorded']);
    expect(hidden('lay')).toEqual(['RequestAnswered', 'SuppositionRecorded']);
  });

  it('B30, B34: silence is counted as data not obtained, and says that it was silence', () => {
    const story = sent();
    story.wait(20 * DAY).onProject(WORKER, { type: 'KeepRequestTime', request: 'r1' });
    const { rows, outcomes } = refusalRegister(story.world, personId('lead'), story.now);
    expect(outcomes.NOT_OBTAINED).toBe(1);
    expect(rows).toMatchObject([{ outcome: 'NOT_OBTAINED', isSilence: true, reasons: [] }]);
  });
});
