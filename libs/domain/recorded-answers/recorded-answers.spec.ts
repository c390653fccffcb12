// T15 told as stories: what is written down for people without e-mail, when it counts, and who may not write it.
import { moves, programmeMoves, readGate, releaseGate, roundStatus } from '../index';
import type { Choice } from '../index';
import type { Name, Story } from '../../testing/story';
import {
  ADMINISTRATOR,
  aRoster,
  atDataRequest,
  COUNCIL,
  deposited,
  noteOfCall,
  permitted,
  personId,
  question,
  sealedRelease,
  UNIVERSITY,
} from '../../testing/story';
import { effects } from '../rules/effects';

const asked = (): Story => {
  const story = sealedRelease(deposited(atDataRequest()));
  noteOfCall(story);
  return story;
};

const record = (
  story: Story,
  name: Name,
  by: Name,
  choice: Choice = 'APPROVED',
  over: { evidence?: string; kind?: string } = {},
) => {
  const checkpoint = story.checkpoint(over.kind ?? 'TRUST');
  const { assurance: _link, page: _none, ...answer } = story.answer(name, checkpoint, choice);
  const heard = { how: 'TELEPHONE', evidence: over.evidence ?? noteOfCall(story) } as const;
  return story.tryProject(story.as(by), {
    ...{ ...answer, ...heard, type: 'RecordAnswerOf', person: personId(name) },
  });
};

const countersign = (story: Story, name: Name, by: Name) => {
  const checkpoint = story.checkpoint('TRUST');
  const { round } = story.round(checkpoint);
  return story.tryProject(story.as(by), {
    ...{ type: 'CountersignDecision', checkpoint, round, person: personId(name) },
    ...{ assurance: 'ACCOUNT', signedAs: by },
  });
};

const takeBack = (story: Story, name: Name, by: Name) => {
  const { assurance: _a, disowned: _d, ...withdrawal } = story.withdrawal(name, story.checkpoint('TRUST'));
  const heard = { how: 'PAPER', evidence: noteOfCall(story), person: personId(name) } as const;
  return story.tryProject(story.as(by), { ...withdrawal, ...heard, type: 'RecordWithdrawalOf' });
};

const ruleOf = (tried: ReturnType<typeof record>): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const isOpen = (story: Story): boolean => {
  const release = story.project.releases['rel1'];
  return release !== undefined && releaseGate(story.world, release, story.now).open;
};
const status = (story: Story): string =>
  roundStatus(story.programme, 'TRUST', story.round(story.checkpoint('TRUST')), story.now);

describe('answers of people without e-mail', () => {
  it('T15: a recorded approval opens nothing until a colleague has countersigned it, and then it is marked for ever', () => {
    const story = asked().sign('TRUST', 'researcher', 'holder');
    expect(ruleOf(record(story, 'official', 'lead'))).toBe('ACCEPTED');
    expect([status(story), isOpen(story)]).toEqual(['OPEN', false]);
    story.wait(1000);
    expect(isOpen(story)).toBe(false);
    expect(ruleOf(countersign(story, 'official', 'checker'))).toBe('ACCEPTED');
    expect([status(story), isOpen(story)]).toEqual(['SETTLED', true]);
    expect(story.round(story.checkpoint('TRUST')).decisions.at(-1)).toMatchObject({
      ...{ person: personId('official'), assurance: 'RECORDED' },
      written: { by: personId('lead'), how: 'TELEPHONE', evidence: noteOfCall(story) },
      countersigned: { by: personId('checker') },
    });
  });

  it.each(['REJECTED', 'CHANGES_REQUESTED'] as const)('T15: a recorded %s counts at once', (choice) => {
    const story = asked();
    expect(ruleOf(record(story, 'official', 'lead', choice))).toBe('ACCEPTED');
    expect(status(story)).toBe(choice);
  });

  it('T15: a recorded withdrawal closes at once, also in a suspended project, and whatever is lived by', () => {
    const story = permitted();
    noteOfCall(story);
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    expect(ruleOf(takeBack(story, 'official', 'lead'))).toBe('ACCEPTED');
    expect(story.round(story.checkpoint('TRUST')).decisions[0]?.assurance).toBe('LINK_CODE');
    expect(isOpen(story)).toBe(false);
    expect(ruleOf(takeBack(story, 'official', 'lead'))).toBe('NOTHING_TO_WITHDRAW');
  });

  it('T15: an approval taken back before anybody confirmed it never counted, and cannot be confirmed', () => {
    const story = asked().sign('TRUST', 'researcher', 'holder');
    record(story, 'official', 'lead');
    expect(ruleOf(takeBack(story, 'official', 'checker'))).toBe('ACCEPTED');
    expect(ruleOf(countersign(story, 'official', 'checker'))).toBe('NOTHING_TO_COUNTERSIGN');
    expect(status(story)).toBe('OPEN');
    expect(ruleOf(record(story, 'official', 'lead'))).toBe('ACCEPTED');
  });

  it.each<[string, Name]>([
    ['OWN_ORGANISATION', 'researcher'],
    ['OWN_ORGANISATION', 'lead'],
    ['NOT_ANOTHER', 'official'],
  ])('T15: countersigning is refused (%s) to %s', (rule, by) => {
    const story = asked();
    record(story, 'official', 'lead');
    expect(ruleOf(countersign(story, 'official', by))).toBe(rule);
  });

  it('T15: a colleague who wrote it down does not confirm it as well', () => {
    const story = asked();
    expect(ruleOf(record(story, 'official', 'checker'))).toBe('ACCEPTED');
    expect(ruleOf(countersign(story, 'official', 'checker'))).toBe('NOT_ANOTHER');
  });

  it('T15: a round that lapsed meanwhile takes no countersignature', () => {
    const story = asked();
    record(story, 'official', 'lead');
    const checkpoint = story.checkpoint('TRUST');
    story.wait(15 * 24 * 3_600_000);
    story.onProject({ process: 'worker' }, { type: 'KeepTime', checkpoint, round: 1 });
    expect(ruleOf(countersign(story, 'official', 'checker'))).toBe('LAPSED');
  });

  it('T15: nothing is recorded without evidence, for oneself, by a stranger, or of a result', () => {
    const story = asked();
    expect(ruleOf(record(story, 'official', 'lead', 'APPROVED', { evidence: 'ev99' }))).toBe('NO_EVIDENCE');
    expect(ruleOf(record(story, 'official', 'official'))).toBe('OWN_ANSWER');
    expect(ruleOf(record(story, 'official', 'researcher'))).toBe('WRONG_ROLE');
    expect(ruleOf(record(story, 'lay', 'lead'))).toBe('NOT_ASKED');
    const own = { ...story.answer('official', story.checkpoint('TRUST')), assurance: 'RECORDED' } as const;
    expect(ruleOf(story.tryProject(story.as('official'), own))).toBe('ASSURANCE');
  });

  it('T15: evidence that its author alone reads confirms nothing', () => {
    const story = asked();
    const evidence = noteOfCall(story);
    story.onProject(story.as('lead'), { type: 'ChangeAudience', evidence, audience: 'AUTHOR' });
    record(story, 'official', 'lead');
    expect(ruleOf(countersign(story, 'official', 'checker'))).toBe('EVIDENCE_UNREAD');
  });

  it('T15: a holder’s grant is taken back by telephone, and closes at once what rests on it; nobody else’s is', () => {
    const story = permitted();
    const evidence = noteOfCall(story);
    const take = (name: Name, by: Name, item = evidence) =>
      story.tryProject(story.as(by), {
        ...{ type: 'RecordGrantWithdrawalOf', request: 'r1', person: personId(name), how: 'TELEPHONE' },
        ...{ evidence: item, mode: 'STOP', atOnce: false, reason: null },
      });
    const release = () => story.project.releases['rel1'];
    const live = () => {
      const found = release();
      return found !== undefined && readGate(story.world, found, story.now).open;
    };
    expect(live()).toBe(true);
    expect(ruleOf(take('official', 'lead'))).toBe('WRONG_ROLE');
    expect(ruleOf(take('holder', 'lead', 'ev9'))).toBe('NO_EVIDENCE');
    expect(ruleOf(take('holder', 'official'))).toBe('WRONG_ROLE');
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    expect(ruleOf(take('holder', 'lead'))).toBe('ACCEPTED');
    expect(live()).toBe(false);
    expect(story.log.at(-1)?.event.data).toMatchObject({
      ...{ person: personId('holder'), assurance: 'RECORDED' },
      written: { by: personId('lead'), how: 'TELEPHONE', evidence },
    });
  });

  it('T4, T15: whoever commissions a provider writes down no answer for it, and it is asked by its own registrar', () => {
    const story = aRoster();
    const commissioned = { organisation: 'org_charity', name: 'n', commissionedBy: [UNIVERSITY] };
    story.onProgramme(ADMINISTRATOR, { type: 'AddOrganisation', ...commissioned });
    for (const [person, roles] of [
      ['per_clerk', ['registrar']],
      ['per_warden', ['signatory', 'civilSociety']],
    ] as const)
      story.onProgramme(ADMINISTRATOR, {
        ...{ type: 'AttestPerson', organisation: 'org_charity', roles: [...roles], name: 'n' },
        ...{ person, address: person === 'per_clerk' ? 'a' : null },
      });
    const parties = [
      { organisation: UNIVERSITY, registrar: personId('lead'), signatory: personId('researcher') },
      { organisation: COUNCIL, registrar: personId('checker'), signatory: personId('checker') },
      { organisation: 'org_charity', registrar: 'per_clerk', signatory: 'per_warden' },
    ];
    story.onProgramme(story.as('lead'), {
      ...{ type: 'ProposeAgreement', content: story.content(), parties, expires: '2030-01-01T00:00:00.000Z' },
      rules: {
        ...{ frequencyThreshold: 10, timings: { remindAfter: 1, escalateAfter: 2, lapseAfter: 3e9 } },
        ...{ codeAlsoFor: [], moreSigners: [], addressDelay: 1 },
      },
    });
    const round = story.round('agreement');
    story.onProgramme(story.as('lead'), {
      ...{ type: 'RecordEvidence', kind: 'CALL', title: 'call', audience: 'PARTNERS', text: null },
      ...{ attribution: { type: 'PERSON', person: personId('lead') }, participants: [], others: 1 },
      provenance: { origin: 'o', dated: story.now, derivedFrom: [] },
      ...{ meeting: null, assessment: null },
    });
    const command = {
      type: 'RecordAnswerOf' as const,
      ...{ checkpoint: 'k1', round: 1, person: 'per_warden', choice: 'APPROVED' as const },
      ...{ ...round.content, conditions: [], reason: null, dissent: null, signedAs: 's' },
      ...{ how: 'PAPER' as const, evidence: 'ev1' },
    };
    expect(ruleOf(story.tryProgramme(story.as('lead'), command) as never)).toBe('COMMISSIONER');
    expect(ruleOf(story.tryProgramme({ person: 'per_clerk' }, command) as never)).toBe('ACCEPTED');
    const who = programmeMoves(story.programme, story.now).map(({ what, who: people }) => [what, people]);
    expect(who).toContainEqual(['countersign the recorded approval of AGREEMENT', []]);
  });

  it('T15: whose move it is says who asks somebody without an address, and nothing is mailed to them', () => {
    const story = atDataRequest();
    story.onProgramme(story.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    story.onProgramme(story.as('checker'), {
      ...{ type: 'AttestPerson', person: personId('official'), organisation: COUNCIL, name: 'n' },
      ...{ roles: ['policyOfficial'], address: null },
    });
    const before = story.world;
    const decided = story.tryProject(story.as('lead'), question(story));
    const checkpoint = story.checkpoint('QUESTION');
    const recorded = story.log.slice(-(decided.ok ? decided.events.length : 0)).map(({ event }) => event);
    const told = effects(before, story.world, recorded).map(({ purpose, person }) => `${purpose} ${person}`);
    expect(told).toEqual(['SIGN_REQUEST per_researcher']);
    expect(moves(story.world, story.now)).toContainEqual(
      expect.objectContaining({
        ...{ about: checkpoint, who: [personId('lead')], people: [personId('official')] },
        what: 'ask by telephone or on paper, and record the answer on QUESTION',
      }),
    );
  });
});
