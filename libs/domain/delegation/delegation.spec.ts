// Handing a sign-off to a colleague: within one organisation, one deep, for a time, and never so that anybody counts twice.
import {
  delegatesFor,
  effects,
  longestUntil,
  moves,
  plus,
  quorumTerms,
  roundStatus,
  settledAt,
} from '../index';
import type { AgreementRules, PersonId, ProgrammeCommand, Refusal, Role } from '../index';
import { askedAs } from './asked';
import {
  agreement,
  anAgreement,
  aRoster,
  boundary,
  COUNCIL,
  DAY,
  HOLDER,
  madeSafe,
  personId,
  question,
  UNIVERSITY,
  WORKER,
} from '../../testing/story';
import type { Name, Story } from '../../testing/story';

const DEPUTY: PersonId = 'per_deputy';
const ruleOf = (tried: { ok: true } | { ok: false; refusal: Refusal }): string =>
  tried.ok ? 'ACCEPTED' : tried.refusal.rule;

function attest(story: Story, person: PersonId, by: Name, organisation: string, roles: Role[]): void {
  const command = { person, organisation, roles, name: person, address: person };
  story.onProgramme(story.as(by), { type: 'AttestPerson', ...command });
}

/** With a project, its boundary put to its signers, and a first cycle. */
function begun(story: Story = anAgreement()): Story {
  const lead = story.as('lead');
  story.onProject(lead, { type: 'StartProject', programme: story.programme.id, title: 'title' });
  const approval = { body: 'body', reference: 'ref', conditions: null };
  story.onProject(lead, { type: 'RecordEthics', ...approval, expires: plus(story.now, 500 * DAY) });
  story.onProject(lead, boundary(story));
  return story.onProject(lead, { type: 'StartCycle', descendsFrom: null });
}

/** A question put to its signers before the council's new policy official came. */
function asked(): Story {
  const story = begun();
  story.onProject(story.as('lead'), question(story));
  attest(story, DEPUTY, 'checker', COUNCIL, ['policyOfficial']);
  return story;
}

function agreementWith(story: Story, rules: Partial<AgreementRules>): ProgrammeCommand {
  const proposed = agreement(story) as Extract<ProgrammeCommand, { type: 'ProposeAgreement' }>;
  return { ...proposed, rules: { ...proposed.rules, ...rules } };
}

function signedAgreementWith(rules: Partial<AgreementRules>): Story {
  const story = madeSafe(aRoster(), 'researcher', 'lead');
  story.onProgramme(story.as('lead'), agreementWith(story, rules));
  for (const name of ['researcher', 'checker', 'riskOwner'] as const)
    story.onProgramme(story.as(name), story.answer(name, 'k1'));
  return story;
}

const handing = (story: Story, to: PersonId, until: string | null = null, kind = 'QUESTION') => {
  const checkpoint = story.checkpoint(kind);
  const { round, needsCode } = story.round(checkpoint);
  const assurance = needsCode ? ('LINK_CODE' as const) : ('LINK' as const);
  return { type: 'DelegateSigning' as const, checkpoint, round, to, until, assurance, signedAs: 'x' };
};
const hand = (story: Story, from: Name, to: PersonId, until: string | null = null, kind = 'QUESTION') =>
  story.tryProject(story.as(from), handing(story, to, until, kind));
const takeBack = (story: Story, from: Name) => {
  const { checkpoint, round } = handing(story, DEPUTY);
  return story.tryProject(story.as(from), {
    type: 'TakeBackDelegation',
    ...{ checkpoint, round, assurance: 'LINK', signedAs: 'x' },
  });
};
const answer = (story: Story, person: PersonId) =>
  story.tryProject({ person }, story.answer('official', story.checkpoint('QUESTION')));
const current = (story: Story) => story.round(story.checkpoint('QUESTION'));
const waitingFor = (story: Story) =>
  moves(story.world, story.now).find(({ about }) => about === story.checkpoint('QUESTION'))?.who ?? [];

describe('delegation', () => {
  it('I7: the delegate signs in their own name, for the colleague, and fills the colleague’s place', () => {
    const story = asked();
    const terms = quorumTerms(current(story));
    expect(ruleOf(hand(story, 'official', DEPUTY))).toBe('ACCEPTED');
    // As many are asked, for as many places, as before.
    expect(quorumTerms(current(story))).toEqual(terms);
    expect(waitingFor(story)).toEqual(expect.arrayContaining([DEPUTY, personId('researcher')]));
    expect(waitingFor(story)).not.toContain(personId('official'));
    expect(ruleOf(answer(story, DEPUTY))).toBe('ACCEPTED');
    expect(current(story).decisions).toMatchObject([{ person: DEPUTY, onBehalfOf: personId('official') }]);
    story.sign('QUESTION', 'researcher');
    expect(roundStatus(story.programme, 'QUESTION', current(story), story.now)).toBe('SETTLED');
  });

  it('an account hands on and takes back, also where deciding needs a code: it decides nothing', () => {
    const story = begun();
    attest(story, DEPUTY, 'checker', COUNCIL, ['policyOfficial']);
    story.onProject(story.as('lead'), question(story));
    const byAccount = { ...handing(story, DEPUTY), assurance: 'ACCOUNT' as const };
    expect(ruleOf(story.tryProject(story.as('official'), byAccount))).toBe('ACCEPTED');
    const { checkpoint, round } = byAccount;
    const back = {
      type: 'TakeBackDelegation',
      checkpoint,
      round,
      assurance: 'ACCOUNT',
      signedAs: 'x',
    } as const;
    expect(ruleOf(story.tryProject(story.as('official'), back))).toBe('ACCEPTED');
    const legal = { ...handing(story, DEPUTY, null, 'LEGAL'), assurance: 'ACCOUNT' as const };
    expect(ruleOf(story.tryProject(story.as('riskOwner'), legal))).toBe('DELEGATE');
  });

  it('I7: who handed it on cannot answer too, not even when the time is over and the colleague has answered', () => {
    const story = asked();
    hand(story, 'official', DEPUTY, plus(story.now, DAY));
    expect(ruleOf(answer(story, personId('official')))).toBe('DELEGATED');
    answer(story, DEPUTY);
    story.wait(2 * DAY);
    expect(ruleOf(answer(story, personId('official')))).toBe('DELEGATED');
    expect(current(story).decisions).toHaveLength(1);
  });

  it('it ends by the clock, which only closes: the delegate is refused and the colleague asked again', () => {
    const story = asked();
    hand(story, 'official', DEPUTY, plus(story.now, DAY));
    story.wait(DAY);
    expect(ruleOf(answer(story, DEPUTY))).toBe('NOT_ASKED');
    expect(waitingFor(story)).toContain(personId('official'));
    expect(ruleOf(answer(story, personId('official')))).toBe('ACCEPTED');
  });

  it('an answer given in time counts after it', () => {
    const story = asked();
    hand(story, 'official', DEPUTY, plus(story.now, DAY));
    answer(story, DEPUTY);
    story.wait(2 * DAY).sign('QUESTION', 'researcher');
    expect(settledAt(story.programme, current(story))).not.toBeNull();
  });

  it('it is taken back until the delegate has answered, and then only they can withdraw', () => {
    const story = asked();
    hand(story, 'official', DEPUTY);
    expect(ruleOf(takeBack(story, 'official'))).toBe('ACCEPTED');
    expect(ruleOf(answer(story, DEPUTY))).toBe('NOT_ASKED');
    hand(story, 'official', DEPUTY);
    answer(story, DEPUTY);
    expect(ruleOf(takeBack(story, 'official'))).toBe('ANSWERED_FOR_YOU');
    expect(ruleOf(takeBack(story, 'researcher'))).toBe('NOTHING_DELEGATED');
    story.onProject({ person: DEPUTY }, story.withdrawal('official', story.checkpoint('QUESTION')));
    expect(ruleOf(takeBack(story, 'official'))).toBe('ACCEPTED');
    expect(ruleOf(answer(story, personId('official')))).toBe('ACCEPTED');
  });

  it('T4: not the proposer, not another organisation, not without the role, not oneself', () => {
    const story = asked();
    attest(story, 'per_clerk', 'checker', COUNCIL, ['serviceManager']);
    attest(story, 'per_scholar', 'lead', UNIVERSITY, ['policyOfficial']);
    for (const to of [personId('lead'), 'per_clerk', 'per_scholar', personId('official'), 'per_nobody'])
      expect(ruleOf(hand(story, 'official', to))).toBe('DELEGATE');
    const place = { ...story.world, checkpoints: story.project.checkpoints, now: story.now };
    const checkpoint = story.project.checkpoints[story.checkpoint('QUESTION')];
    const round = current(story);
    const own = askedAs(round, personId('official'), story.now);
    expect(checkpoint && own && delegatesFor({ ...place, checkpoint, round }, own)).toEqual([DEPUTY]);
  });

  it('T4: a proposer who could sign by role is no delegate', () => {
    const story = begun();
    attest(story, DEPUTY, 'checker', COUNCIL, ['policyOfficial']);
    story.onProject({ person: DEPUTY }, question(story));
    expect(current(story).proposer).toBe(DEPUTY);
    expect(ruleOf(hand(story, 'official', DEPUTY))).toBe('DELEGATE');
  });

  it('one deep: who signs for another, or handed their own on, hands nothing on and takes nothing', () => {
    const story = asked();
    attest(story, 'per_third', 'checker', COUNCIL, ['policyOfficial']);
    hand(story, 'official', DEPUTY);
    const further = { ...handing(story, 'per_third') };
    expect(ruleOf(story.tryProject({ person: DEPUTY }, further))).toBe('DELEGATED_ALREADY');
    expect(ruleOf(hand(story, 'official', 'per_third'))).toBe('DELEGATED');
  });

  it('I7: where both colleagues are needed, one cannot stand for the other', () => {
    const slot = {
      key: 'a second official',
      roles: ['policyOfficial' as const],
      organisation: null,
      count: 1,
    };
    const story = begun(signedAgreementWith({ moreSigners: [{ kind: 'QUESTION', slot }] }));
    attest(story, DEPUTY, 'checker', COUNCIL, ['policyOfficial']);
    story.onProject(story.as('lead'), question(story));
    expect(ruleOf(hand(story, 'official', DEPUTY))).toBe('QUORUM_IMPOSSIBLE');
  });

  it('not after answering, not without the code where one is needed, not for longer than allowed', () => {
    const story = asked();
    expect(ruleOf(hand(story, 'official', DEPUTY, plus(story.now, 400 * DAY)))).toBe('UNTIL');
    expect(ruleOf(hand(story, 'official', DEPUTY, story.now))).toBe('UNTIL');
    answer(story, personId('official'));
    expect(ruleOf(hand(story, 'official', DEPUTY))).toBe('ALREADY_DECIDED');
    attest(story, 'per_owner', 'holder', HOLDER, ['informationRiskOwner']);
    const weak = { ...handing(story, 'per_owner', null, 'LEGAL'), assurance: 'LINK' as const };
    expect(ruleOf(story.tryProject(story.as('riskOwner'), weak))).toBe('ASSURANCE');
    expect(ruleOf(hand(story, 'riskOwner', 'per_owner', null, 'LEGAL'))).toBe('ACCEPTED');
  });

  it('the delegate’s right ends with the place of the colleague', () => {
    const story = asked();
    hand(story, 'official', DEPUTY);
    story.onProgramme(story.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    expect(ruleOf(answer(story, DEPUTY))).toBe('DELEGATOR_LEFT');
  });

  it('an agreement is never handed on, nor what the agreement keeps', () => {
    const story = aRoster();
    const never = agreementWith(story, { delegation: { kinds: ['AGREEMENT'], days: 5 } });
    expect(ruleOf(story.tryProgramme(story.as('lead'), never))).toBe('DELEGATION');
    const strict = begun(signedAgreementWith({ delegation: { kinds: ['LEGAL'], days: 5 } }));
    strict.onProject(strict.as('lead'), question(strict));
    attest(strict, DEPUTY, 'checker', COUNCIL, ['policyOfficial']);
    expect(ruleOf(hand(strict, 'official', DEPUTY))).toBe('NOT_DELEGABLE');
    const round = current(strict);
    expect(longestUntil(strict.programme, round, strict.now)).toBe(plus(strict.now, 5 * DAY));
  });

  it.each([
    ['LINK', [['DEPUTY_RECEIPT', personId('official')]]],
    ['ACCOUNT', []],
  ] as const)(
    'T2: what was said by %s of who hears in one’s stead is told to the mailbox as it should be',
    (assurance, told) => {
      const story = asked();
      const before = story.world;
      const said = { assurance, signedAs: 's' } as const;
      story.onProgramme(story.as('official'), { type: 'NameDeputy', deputy: null, ...said });
      const last = story.log.at(-1);
      expect(
        last && effects(before, story.world, [last.event]).map(({ purpose, person }) => [purpose, person]),
      ).toEqual(told);
    },
  );

  it('both are told: the delegate with a link, and the colleague of what was done in their name', () => {
    const story = asked();
    const before = story.world;
    hand(story, 'official', DEPUTY);
    const last = story.log.at(-1);
    expect(
      last && effects(before, story.world, [last.event]).map(({ purpose, person }) => [purpose, person]),
    ).toEqual([
      ['DELEGATED', DEPUTY],
      ['DELEGATION_RECEIPT', personId('official')],
    ]);
    const taken = story.world;
    takeBack(story, 'official');
    const back = story.log.at(-1);
    expect(
      back && effects(taken, story.world, [back.event]).map(({ purpose, person }) => [purpose, person]),
    ).toEqual([['DELEGATION_TAKEN_BACK', DEPUTY]]);
  });

  it('T1: of a lapse both hear, but not who no longer signs for anybody', () => {
    for (const [isTakenBack, told] of [
      [false, [personId('lead'), personId('researcher'), personId('official'), DEPUTY]],
      [true, [personId('lead'), personId('researcher'), personId('official')]],
    ] as const) {
      const story = asked();
      hand(story, 'official', DEPUTY);
      if (isTakenBack) takeBack(story, 'official');
      story.wait(15 * DAY);
      const before = story.world;
      const command = { type: 'KeepTime', checkpoint: story.checkpoint('QUESTION'), round: 1 } as const;
      story.onProject(WORKER, command);
      const last = story.log.at(-1);
      const lapse = last && effects(before, story.world, [last.event]);
      expect(lapse?.map(({ person }) => person)).toEqual(told);
    }
  });
});
