// People who join, leave and change roles while a cycle runs, and both sides speaking: the rules told as stories.
import type { AgreementRules, CheckpointKind, Refusal, Role } from './index';
import { DEFAULT_RULES, effects, moves, outOfReach, roundStatus, unanswered, unmeetable } from './index';
import type { Name, Story } from '../testing/story';
import {
  aCycle,
  analysed,
  anAgreement,
  atDataRequest,
  COUNCIL,
  deposited,
  GATE,
  HOLDER,
  PANEL,
  permitted,
  personId,
  question,
  request,
  sealedRelease,
  TRUSTED,
  UNIVERSITY,
} from '../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);

const asked = (): Story => {
  const story = atDataRequest();
  return story.onProject(story.as('lead'), question(story));
};
const leave = (story: Story, name: Name, by: Name): Story =>
  story.onProgramme(story.as(by), { type: 'RecordLeaver', person: personId(name) });
const become = (story: Story, name: Name, by: Name, ...roles: Role[]): Story =>
  story.onProgramme(story.as(by), { type: 'ChangeRoles', person: personId(name), roles });
const join = (story: Story, person: string, ...roles: Role[]): Story =>
  story.onProgramme(story.as('checker'), {
    ...{ type: 'AttestPerson', person, organisation: COUNCIL, roles, name: 'n', address: 'a' },
  });
const statusOf = (story: Story, kind: 'QUESTION' | 'TRUST'): string =>
  roundStatus(story.programme, kind, story.round(story.checkpoint(kind)), story.now);
const waitedFor = (story: Story) =>
  unanswered(story.programme, story.round(story.checkpoint('QUESTION')), story.now);

describe('the core team', () => {
  it('B1: three researchers and three officials of two statutory bodies are all asked, and one of each is enough', () => {
    const story = join(atDataRequest(), 'per_second', 'policyOfficial');
    const third = { person: 'per_third', organisation: HOLDER, roles: ['policyOfficial' as const] };
    story.onProgramme(story.as('holder'), { type: 'AttestPerson', ...third, name: 'n', address: 'a' });
    for (const person of ['per_r2', 'per_r3'])
      story.onProgramme(story.as('lead'), {
        ...{ type: 'AttestPerson', person, organisation: UNIVERSITY, name: 'n', address: 'a' },
        roles: ['researcher'],
      });
    story.onProject(story.as('lead'), question(story));
    const checkpoint = story.checkpoint('QUESTION');
    const six = [personId('official'), 'per_second', 'per_third', personId('researcher'), 'per_r2', 'per_r3'];
    expect(
      story
        .round(checkpoint)
        .asked.map((a) => a.person)
        .sort(),
    ).toEqual([...six].sort());
    for (const person of ['per_third', 'per_r3'])
      story.onProject({ person }, story.answer('official', checkpoint));
    expect(statusOf(story, 'QUESTION')).toBe('SETTLED');
  });
});

describe('people join, leave and change roles mid-cycle', () => {
  it('B1, T3: who joins is asked in the next round, and not in one that is open', () => {
    const story = join(asked(), 'per_new', 'policyOfficial');
    const checkpoint = story.checkpoint('QUESTION');
    const answer = story.answer('official', checkpoint);
    expect(ruleOf(story.tryProject({ person: 'per_new' }, answer))).toBe('NOT_ASKED');
    story.onProject(story.as('lead'), question(story));
    expect(story.round(checkpoint).asked.map((a) => a.person)).toContain('per_new');
  });

  it('T3: who lost the role they were asked in is no longer waited for, and cannot answer', () => {
    const story = asked();
    expect(waitedFor(story)).toContain(personId('official'));
    become(story, 'official', 'checker', 'serviceManager');
    expect(waitedFor(story)).not.toContain(personId('official'));
    const answer = story.answer('official', story.checkpoint('QUESTION'));
    expect(ruleOf(story.tryProject(story.as('official'), answer))).toBe('ROLE_LOST');
  });

  it('T3: a round that leavers put out of reach says what is missing, and whose move it is', () => {
    const story = leave(asked(), 'official', 'checker');
    const round = story.round(story.checkpoint('QUESTION'));
    expect(outOfReach(story.programme, round, story.now).join()).toContain('policyOfficial');
    const move = moves(story.world, story.now).find((m) => m.about === story.checkpoint('QUESTION'));
    expect(move).toMatchObject({ who: [personId('lead')] });
    expect(move?.what).toContain('propose QUESTION again: nobody for "policyOfficial"');
    join(story, 'per_new', 'policyOfficial').onProject(story.as('lead'), question(story));
    expect(outOfReach(story.programme, story.round(story.checkpoint('QUESTION')), story.now)).toEqual([]);
  });

  it('T3: a leaver voids their own answer in an open round and nobody else’s', () => {
    const story = asked().sign('QUESTION', 'official', 'researcher');
    expect(statusOf(story, 'QUESTION')).toBe('SETTLED');
    const open = leave(asked().sign('QUESTION', 'official'), 'official', 'checker').sign(
      'QUESTION',
      'researcher',
    );
    expect(statusOf(open, 'QUESTION')).toBe('OPEN');
    const decisions = open.round(open.checkpoint('QUESTION')).decisions.map((d) => d.person);
    expect(decisions).toEqual([personId('official'), personId('researcher')]);
  });

  it('T3: a change of role after settling changes nothing that was settled', () => {
    const story = become(atDataRequest(), 'official', 'checker', 'serviceManager');
    expect(story.stage('question')).toBe('SETTLED');
  });

  it('T3: TRUST falls with a leaver until the permit is given, and not after', () => {
    const before = leave(
      sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED),
      'official',
      'checker',
    );
    expect(statusOf(before, 'TRUST')).not.toBe('SETTLED');
    expect(ruleOf(before.tryProject(GATE, { type: 'GivePermit', release: 'rel1' }))).toBe('GATE_CLOSED');
    const after = leave(permitted(), 'official', 'checker');
    after.onProject(after.as('researcher'), {
      ...{ type: 'RegisterAnalysis', release: 'rel1', method: 'descriptive', params: {} },
      ...{ hypothesis: 'h', support: 's' },
    });
    expect(ruleOf(after.tryProject(GATE, { type: 'OpenRead', analysis: 'a1' }))).toBe('ACCEPTED');
  });

  it('T3: who comes back in the same role counts again before the permit', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
    become(story, 'official', 'checker', 'serviceManager');
    expect(statusOf(story, 'TRUST')).not.toBe('SETTLED');
    become(story, 'official', 'checker', 'policyOfficial');
    expect(statusOf(story, 'TRUST')).toBe('SETTLED');
  });
});

describe('a project’s own roster', () => {
  const joined = (): Story => join(atDataRequest(), 'per_other', 'policyOfficial', 'dataHolder');
  const name = (story: Story, by: Name, people: string[] | null): Story =>
    story.onProject(story.as(by), { type: 'SetProjectRoster', people });
  const propose = (story: Story): string[] => {
    story.onProject(story.as('lead'), question(story));
    return story.round(story.checkpoint('QUESTION')).asked.map((a) => a.person);
  };
  const core = [personId('official'), personId('checker')];

  it('B1: everybody on the programme’s roster takes part until their organisation names its people for the project', () => {
    const story = joined();
    expect(propose(story)).toEqual(expect.arrayContaining([personId('official'), 'per_other']));
    name(story, 'checker', core);
    expect(propose(story)).not.toContain('per_other');
    expect(ruleOf(story.tryProject({ person: 'per_other' }, question(story)))).toBe('NOT_IN_PROJECT');
    name(story, 'checker', [...core, 'per_other']);
    expect(propose(story)).toContain('per_other');
    name(story, 'checker', null);
    expect(propose(story)).toContain('per_other');
  });

  it('B1, T4: only a registrar names, only people of their own, and never without the lead', () => {
    const story = joined();
    const tried = (by: Name, people: string[]) =>
      ruleOf(story.tryProject(story.as(by), { type: 'SetProjectRoster', people }));
    expect(tried('official', core)).toBe('WRONG_ROLE');
    expect(tried('lead', core)).toBe('NOT_YOUR_PERSON');
    expect(tried('lead', [personId('researcher')])).toBe('LEAD');
    expect(tried('lead', [personId('researcher'), personId('lead')])).toBe('ACCEPTED');
  });

  it('B1, T3: who is left out takes no place in a quorum away: the checkpoint does not open, and says who is missing', () => {
    const story = name(atDataRequest(), 'checker', [personId('checker')]);
    const tried = story.tryProject(story.as('lead'), question(story));
    expect(ruleOf(tried)).toBe('QUORUM_IMPOSSIBLE');
    expect(tried.ok ? '' : tried.refusal.reason).toContain('policyOfficial');
  });

  it('B1, T10: a holder who no longer takes part can still withdraw its grant', () => {
    const story = name(permitted(), 'holder', [personId('riskOwner')]);
    const withdrawal = { type: 'WithdrawGrant', request: 'r1', mode: 'STOP', atOnce: false } as const;
    const given = { ...withdrawal, assurance: 'ACCOUNT' as const, reason: null };
    expect(ruleOf(story.tryProject(story.as('holder'), given))).toBe('ACCEPTED');
  });

  it('B1: a request to an organisation that named no data holder for the project is not sent', () => {
    const story = name(atDataRequest(), 'holder', [personId('riskOwner')]);
    expect(ruleOf(story.tryProject(story.as('lead'), request(story)))).toBe('NO_HOLDER');
  });
});

describe('a quorum the roster cannot meet', () => {
  const everybody = [UNIVERSITY, COUNCIL, HOLDER, PANEL];
  const rules = (kind: CheckpointKind, role: Role, count = 1): AgreementRules => ({
    ...DEFAULT_RULES,
    moreSigners: [{ kind, slot: { key: role, roles: [role], organisation: null, count } }],
  });

  it('T3: is seen when the rule is saved, naming the kind and who is missing', () => {
    const story = anAgreement();
    expect(unmeetable(story.programme, DEFAULT_RULES, everybody, story.now)).toEqual([]);
    for (const kind of ['QUESTION', 'TRUST', 'LEGAL'] as const)
      expect(unmeetable(story.programme, rules(kind, 'civilSociety'), everybody, story.now)).toEqual([
        { kind, lacking: expect.arrayContaining(['nobody for "civilSociety"']) as string[] },
      ]);
    expect(unmeetable(story.programme, rules('TRUST', 'layMember', 2), everybody, story.now)).toHaveLength(1);
    expect(unmeetable(story.programme, rules('TRUST', 'layMember'), everybody, story.now)).toEqual([]);
  });

  it('T3: people who leave make it so, and people who join undo it', () => {
    const story = leave(anAgreement(), 'official', 'checker');
    const kinds = () => unmeetable(story.programme, DEFAULT_RULES, everybody, story.now).map((u) => u.kind);
    expect(kinds()).toEqual(['QUESTION', 'REFLECTION', 'REFINEMENT']);
    join(story, 'per_new', 'policyOfficial');
    expect(kinds()).toEqual([]);
  });

  it('T3: counts only organisations that are party to the agreement', () => {
    const story = anAgreement();
    const without = everybody.filter((organisation) => organisation !== COUNCIL);
    expect(unmeetable(story.programme, DEFAULT_RULES, without, story.now).map((u) => u.kind)).toContain(
      'QUESTION',
    );
  });
});

describe('both sides speak', () => {
  const reflecting = (): Story => {
    const story = analysed(permitted()).sign('OUTPUT', 'checker');
    return story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' });
  };
  const says = (as: 'PRACTITIONER' | 'RESEARCHER') =>
    ({ type: 'AddInterpretation', as, text: 't', misreading: 'm' }) as const;
  const reflect = (story: Story): string =>
    ruleOf(story.tryProject(story.as('lead'), { type: 'ProposeReflection', content: story.content() }));

  it('B49: a reflection waits for both kinds of interpretation', () => {
    const story = reflecting();
    expect(reflect(story)).toBe('INTERPRETATIONS');
    story.onProject(story.as('researcher'), says('RESEARCHER'));
    expect(reflect(story)).toBe('INTERPRETATIONS');
    story.onProject(story.as('official'), says('PRACTITIONER'));
    expect(reflect(story)).toBe('ACCEPTED');
  });

  it('B49: one person who is both does not speak for both sides', () => {
    const story = reflecting();
    become(story, 'official', 'checker', 'policyOfficial', 'researcher');
    story.onProject(story.as('official'), says('PRACTITIONER'));
    story.onProject(story.as('official'), says('RESEARCHER'));
    expect(reflect(story)).toBe('INTERPRETATIONS');
    story.onProject(story.as('researcher'), says('RESEARCHER'));
    expect(reflect(story)).toBe('ACCEPTED');
  });

  it('B49: an interpretation is given in a role one holds', () => {
    const story = reflecting();
    expect(ruleOf(story.tryProject(story.as('lay'), says('PRACTITIONER')))).toBe('WRONG_ROLE');
    expect(ruleOf(story.tryProject(story.as('official'), says('RESEARCHER')))).toBe('WRONG_ROLE');
  });

  it('B49: an insight names a practitioner and a researcher as its authors', () => {
    const story = reflecting();
    const insight = (...authors: string[]) => ({
      type: 'RecordInsight' as const,
      status: 'ACTIONABLE' as const,
      text: 't',
      authors,
      analyses: ['a1'],
    });
    const tried = (...authors: string[]) => ruleOf(story.tryProject(story.as('lay'), insight(...authors)));
    expect(tried(personId('researcher'))).toBe('AUTHORS');
    expect(tried(personId('official'))).toBe('AUTHORS');
    expect(tried(personId('official'), 'per_nobody')).toBe('UNKNOWN_PERSON');
    expect(tried(personId('official'), personId('researcher'))).toBe('ACCEPTED');
  });

  it('B11: a settled cycle’s insights raise the next question', () => {
    const story = aCycle();
    story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' });
    const raised = question(story, { change: { kind: 'WIDENS', cites: ['n1', 'n2'] } });
    expect(ruleOf(story.tryProject(story.as('lay'), raised))).toBe('ACCEPTED');
  });
});

it('T4: a change of address is told to the address that was, and to every auditor but the person themselves', () => {
  const story = asked();
  join(story, 'per_auditor', 'auditor');
  join(story, 'per_own', 'auditor', 'policyOfficial');
  const mails = (person: string, address: string) => {
    const [before, from] = [story.programme, story.log.length];
    story.onProgramme(story.as('checker'), { type: 'ChangeAddress', person, address });
    const events = story.log.slice(from).map(({ event }) => event);
    return effects(before, story.programme, events).map((mail) => `${mail.purpose} ${mail.person}`);
  };
  expect(mails(personId('official'), 'new')).toEqual([
    ...['ADDRESS_CHANGED per_official', 'ADDRESS_CHANGE_NOTICE per_auditor', 'ADDRESS_CHANGE_NOTICE per_own'],
  ]);
  expect(mails('per_own', 'other')).toEqual([
    ...['ADDRESS_CHANGED per_own', 'ADDRESS_CHANGE_NOTICE per_auditor'],
  ]);
});
