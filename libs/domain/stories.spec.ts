// The rules told as stories: each behaviour and trap of the foundation, by name.
import type { Refusal } from './index';
import {
  agreementInForce,
  boundaryInForce,
  currentCycle,
  effects,
  moves,
  plus,
  projectStatus,
  readGate,
  releaseDestructionDue,
  releaseGate,
  releaseStatus,
  requestStatus,
  resultStatus,
  roundStatus,
  waveOf,
} from './index';
import type { Name, Story } from '../testing/story';
import {
  aCycle,
  ADMINISTRATOR,
  agreement,
  analysed,
  analysis,
  anAgreement,
  aRoster,
  atDataRequest,
  boundary,
  DAY,
  deposited,
  GATE,
  grant,
  HOLDER,
  permitted,
  COUNCIL,
  PANEL,
  personId,
  question,
  release,
  request,
  sealedRelease,
  sealing,
  secondWave,
  settleQuestion,
  TRUSTED,
  UNIVERSITY,
  WORKER,
} from '../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const gate = (story: Story, id = 'rel1') => {
  const found = story.project.releases[id];
  if (!found) throw new Error(`no release ${id}`);
  return releaseGate(story.world, found, story.now);
};
const missing = (story: Story, id?: string): string[] => {
  const answer = gate(story, id);
  return answer.open ? [] : answer.missing.map((m) => m.rule);
};
const reading = (story: Story, id = 'rel1'): boolean => {
  const found = story.project.releases[id];
  return found ? readGate(story.world, found, story.now).open : false;
};
const statusOf = (story: Story, kind: string): string => {
  const checkpoint = story.project.checkpoints[story.checkpoint(kind)];
  if (!checkpoint) throw new Error(`no ${kind}`);
  return roundStatus(story.programme, checkpoint.kind, story.round(checkpoint.id), story.now);
};

describe('the collaboration agreement', () => {
  it('B5: is in force only once every institution has signed', () => {
    const story = aRoster();
    story.onProgramme(story.as('lead'), agreement(story));
    story.onProgramme(story.as('researcher'), story.answer('researcher', 'k1'));
    story.onProgramme(story.as('checker'), story.answer('checker', 'k1'));
    expect(agreementInForce(story.programme, story.now)).toBeNull();
    story.onProgramme(story.as('riskOwner'), story.answer('riskOwner', 'k1'));
    expect(agreementInForce(story.programme, story.now)?.id).toBe('g1');
  });

  it('B5: without one in force nothing is requested or released', () => {
    const story = atDataRequest();
    story.onProgramme(story.as('checker'), story.withdrawal('checker', 'k1'));
    expect(ruleOf(story.tryProject(story.as('lead'), request(story)))).toBe('NO_AGREEMENT');
    const released = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
    released.wait(701 * DAY);
    expect(missing(released)).toContain('AGREEMENT');
  });

  it('B5: once in force the administrator changes no one in its organisations', () => {
    const story = anAgreement();
    const intruder = {
      type: 'AttestPerson',
      person: 'per_x',
      organisation: HOLDER,
      roles: ['signatory'],
      name: 'x',
      address: 'x',
    } as const;
    expect(ruleOf(story.tryProgramme(ADMINISTRATOR, { ...intruder, roles: ['signatory'] }))).toBe(
      'AGREEMENT_IN_FORCE',
    );
  });

  it('B5: a registrar attests only their own organisation, and never themselves', () => {
    const story = anAgreement();
    const hire = {
      type: 'AttestPerson',
      person: 'per_x',
      organisation: HOLDER,
      roles: ['dataHolder' as const],
      name: 'x',
      address: 'x',
    } as const;
    expect(ruleOf(story.tryProgramme(story.as('checker'), { ...hire, roles: ['dataHolder'] }))).toBe(
      'NOT_THEIR_REGISTRAR',
    );
    const own = {
      type: 'ChangeRoles',
      person: personId('holder'),
      roles: ['registrar' as const, 'layMember' as const],
    } as const;
    expect(ruleOf(story.tryProgramme(story.as('holder'), { ...own, roles: [...own.roles] }))).toBe(
      'OWN_ENTRY',
    );
  });

  it('B5: a proposed amendment changes nothing until it is signed', () => {
    const story = anAgreement();
    story.onProgramme(story.as('lead'), agreement(story));
    expect(agreementInForce(story.programme, story.now)?.id).toBe('g1');
    for (const name of ['researcher', 'checker', 'riskOwner'] as const)
      story.onProgramme(story.as(name), story.answer(name, 'k1'));
    expect(agreementInForce(story.programme, story.now)?.id).toBe('g2');
  });
});

describe('the boundary', () => {
  it.each(['LEGAL', 'ETHICAL'] as const)('B41, T7: %s alone establishes nothing', (kind) => {
    const story = anAgreement();
    story.onProject(story.as('lead'), { type: 'StartProject', programme: story.programme.id, title: 't' });
    story.onProject(story.as('lead'), boundary(story));
    if (kind === 'LEGAL') story.sign('LEGAL', 'riskOwner');
    else story.sign('ETHICAL', 'checker', 'lay', 'holder');
    expect(boundaryInForce(story.world, story.now)).toBeNull();
  });

  it('T7: who is asked for LEGAL is not asked for ETHICAL', () => {
    const story = atDataRequest();
    const legal = story.round(story.checkpoint('LEGAL')).asked.map((a) => a.person);
    const ethical = story.round(story.checkpoint('ETHICAL')).asked.map((a) => a.person);
    expect(ethical.filter((p) => legal.includes(p))).toEqual([]);
  });

  it('T8, B57: a request beyond the fields, purpose, tier or methods is refused until the boundary is amended', () => {
    const story = atDataRequest();
    const base = request(story);
    if (base.type !== 'SendRequest') throw new Error('a request');
    for (const change of [
      { fields: ['treat', 'age'] },
      { purpose: 'fraud detection' },
      { methods: ['psm'] },
      { linkage: true },
      { tier: 'LINKED_DEIDENTIFIED' as const },
    ])
      expect(ruleOf(story.tryProject(story.as('lead'), { ...base, ask: { ...base.ask, ...change } }))).toBe(
        'OUTSIDE_BOUNDARY',
      );
  });

  it('B57: an amendment leaves the old version in force until it is signed, and a release of the old one then needs proposing anew', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
    story.onProject(story.as('lead'), boundary(story, { tier: 'AGGREGATE' }));
    expect(boundaryInForce(story.world, story.now)?.id).toBe('b1');
    expect(gate(story).open).toBe(true);
    story.sign('LEGAL', 'riskOwner').sign('ETHICAL', 'checker', 'lay', 'holder');
    expect(boundaryInForce(story.world, story.now)?.id).toBe('b2');
    expect(missing(story)).toContain('BOUNDARY');
  });

  it('B6: with no ethical approval in force the gate stays closed', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
    expect(gate(story).open).toBe(true);
    story.onProject(story.as('lead'), { type: 'EndEthics', ethics: 'e1', reason: 'r' });
    expect(missing(story)).toEqual(['ETHICS']);
  });
});

describe('the cycle', () => {
  it('B9: nothing is requested before a question is settled', () => {
    const story = anAgreement();
    story.onProject(story.as('lead'), { type: 'StartProject', programme: story.programme.id, title: 't' });
    story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: null });
    expect(ruleOf(story.tryProject(story.as('lead'), request(story)))).toBe('WRONG_STAGE');
  });

  it('B10: the stages follow one another, each waiting for the one before', () => {
    const story = atDataRequest();
    expect([story.stage('question'), story.stage('dataRequest'), story.stage('analysis')]).toEqual([
      'SETTLED',
      'OPEN',
      'WAITING',
    ]);
    expect(
      ruleOf(story.tryProject(story.as('lead'), { type: 'ProposeReflection', content: story.content() })),
    ).toBe('WRONG_STAGE');
  });

  it('B10: dataRequest and analysis may settle empty, with a reason', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), { type: 'SettleEmpty', stage: 'dataRequest', reason: 'r' });
    expect(story.stage('analysis')).toBe('OPEN');
    story.onProject(story.as('lead'), { type: 'SettleEmpty', stage: 'analysis', reason: 'r' });
    expect(story.stage('reflection')).toBe('OPEN');
  });

  it('B10: analysis settles only when every result is checked, withheld or quarantined', () => {
    const story = analysed(permitted());
    story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' });
    expect(story.stage('analysis')).toBe('OPEN');
    story.sign('OUTPUT', 'checker');
    expect(story.stage('analysis')).toBe('SETTLED');
  });

  it('B11, B48: a settled refinement ends the cycle, and the next one descends from its reflection', () => {
    const story = aCycle();
    expect(ruleOf(story.tryProject(story.as('lead'), { type: 'StartCycle', descendsFrom: null }))).toBe(
      'LINEAGE',
    );
    story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' });
    expect(currentCycle(story.project)).toMatchObject({ id: 'c2', descendsFrom: 'c1' });
    expect(ruleOf(story.tryProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' }))).toBe(
      'CYCLE_OPEN',
    );
  });

  it('B10, I12: amending a settled question reopens the stage, and a lapsed amendment does not close it again by itself', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), question(story));
    expect(story.stage('question')).toBe('REOPENED');
    expect(story.stage('dataRequest')).toBe('WAITING');
    story
      .wait(15 * DAY)
      .onProject(WORKER, { type: 'KeepTime', checkpoint: story.checkpoint('QUESTION'), round: 2 });
    expect(story.stage('question')).toBe('LAPSED');
    settleQuestion(story);
    expect(story.stage('question')).toBe('SETTLED');
  });

  it('B48: a cycle cannot be closed half done', () => {
    expect(
      ruleOf(atDataRequest().tryProject({ person: personId('lead') }, { type: 'CloseProject', reason: 'r' })),
    ).toBe('CYCLE_OPEN');
  });

  it('B46: a refusal beside enough approvals is kept and overwritten by nothing', () => {
    const story = atDataRequest();
    const second = { person: 'per_second' };
    story.onProgramme(story.as('checker'), {
      ...{ type: 'AttestPerson', ...second, organisation: 'org_council', roles: ['policyOfficial'] },
      ...{ name: 'n', address: 'a' },
    });
    story.onProject(story.as('lead'), question(story));
    const checkpoint = story.checkpoint('QUESTION');
    story.onProject(
      second,
      story.answer('official', checkpoint, 'REJECTED', { reason: 'no', dissent: 'why' }),
    );
    expect(statusOf(story, 'QUESTION')).toBe('OPEN');
    story.sign('QUESTION', 'official', 'researcher');
    expect(statusOf(story, 'QUESTION')).toBe('SETTLED');
    const said = () =>
      story
        .round(checkpoint)
        .decisions.map((d) => [d.person, d.choice, d.reason, d.dissent, d.withdrawn !== null]);
    const approvals = (['official', 'researcher'] as const).map((name) => {
      return [personId(name), 'APPROVED', null, null, false];
    });
    expect(said()).toEqual([['per_second', 'REJECTED', 'no', 'why', false], ...approvals]);
    // Taken back and answered anew, the first answer stays beside the second, with its words.
    story.onProject(second, story.withdrawal('official', checkpoint));
    story.onProject(second, story.answer('official', checkpoint));
    expect(said()).toEqual([
      ['per_second', 'REJECTED', 'no', 'why', true],
      ...approvals,
      ['per_second', 'APPROVED', null, null, false],
    ]);
  });

  it('T13: a suspended project refuses commands, moves people’s deadlines and resumes in its place', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), question(story));
    const checkpoint = story.checkpoint('QUESTION');
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    expect(projectStatus(story.project)).toBe('SUSPENDED');
    expect(ruleOf(story.tryProject(story.as('official'), story.answer('official', checkpoint)))).toBe(
      'PROJECT_SUSPENDED',
    );
    story.wait(20 * DAY).onProject(WORKER, { type: 'KeepTime', checkpoint, round: 2 });
    expect(statusOf(story, 'QUESTION')).toBe('OPEN');
    story.onProject(story.as('lead'), { type: 'ResumeProject' });
    story.wait(DAY).onProject(WORKER, { type: 'KeepTime', checkpoint, round: 2 });
    expect(statusOf(story, 'QUESTION')).toBe('OPEN');
    story.wait(14 * DAY).onProject(WORKER, { type: 'KeepTime', checkpoint, round: 2 });
    expect(statusOf(story, 'QUESTION')).toBe('LAPSED');
  });
});

describe('sign-off', () => {
  const asked = (): Story => {
    const story = atDataRequest();
    return story.onProject(story.as('lead'), question(story));
  };

  it('T1, B34: silence is reminded, escalated and lapses; it is never approval', () => {
    const story = asked();
    const checkpoint = story.checkpoint('QUESTION');
    const keep = () => story.onProject(WORKER, { type: 'KeepTime', checkpoint, round: 2 });
    story.wait(6 * DAY);
    keep();
    keep();
    expect(story.round(checkpoint).reminders).toBe(1);
    story.wait(5 * DAY);
    keep();
    expect(story.log.at(-1)?.event).toMatchObject({ type: 'Escalated', data: { to: [personId('lead')] } });
    story.wait(4 * DAY);
    keep();
    expect(statusOf(story, 'QUESTION')).toBe('LAPSED');
    expect(ruleOf(story.tryProject(story.as('official'), story.answer('official', checkpoint)))).toBe(
      'LAPSED',
    );
  });

  it('T1: escalation goes to the asker and to a deputy the addressee named, never to their manager', () => {
    const story = asked();
    story.onProgramme(story.as('official'), { type: 'NameDeputy', deputy: personId('lay') });
    story
      .wait(11 * DAY)
      .onProject(WORKER, { type: 'KeepTime', checkpoint: story.checkpoint('QUESTION'), round: 2 });
    const escalated = story.log.at(-1)?.event;
    expect(escalated).toMatchObject({ data: { to: [personId('lead'), personId('lay')] } });
  });

  it('T1: a deputy is taken back, by link is a colleague of one’s own, and is never of whoever commissions', () => {
    const story = asked();
    const name = (deputy: string | null, assurance?: 'LINK') =>
      ruleOf(
        story.tryProgramme(story.as('official'), {
          ...{ type: 'NameDeputy', deputy },
          ...(assurance && { assurance, signedAs: 's' }),
        }),
      );
    const deputy = () => story.programme.people[personId('official')]?.deputy;
    expect(name(personId('lay'), 'LINK')).toBe('DEPUTY');
    expect(name(personId('official'))).toBe('DEPUTY');
    expect(name(personId('checker'), 'LINK')).toBe('ACCEPTED');
    expect(deputy()).toBe(personId('checker'));
    expect(name(null, 'LINK')).toBe('ACCEPTED');
    expect(deputy()).toBeNull();
    const { organisations } = story.programme;
    const council = { ...organisations[COUNCIL]!, commissionedBy: [PANEL] };
    story.programme = { ...story.programme, organisations: { ...organisations, [COUNCIL]: council } };
    expect(name(personId('lay'))).toBe('DEPUTY');
  });

  it('B34: a holder who does not answer lapses, which is no grant', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), request(story));
    const [before, from] = [story.wait(15 * DAY).world, story.log.length];
    story.onProject(WORKER, { type: 'KeepRequestTime', request: 'r1' });
    const events = story.log.slice(from).map(({ event }) => event);
    expect(effects(before, story.world, events).map(({ purpose, person }) => [purpose, person])).toEqual(
      [personId('lead'), personId('holder')].map((person) => ['DATA_REQUEST_LAPSED', person]),
    );
    const lapsed = story.project.requests['r1'];
    expect(lapsed && requestStatus(lapsed)).toBe('LAPSED');
    expect(ruleOf(story.tryProject(story.as('holder'), grant(story, 'r1')))).toBe('ALREADY_ANSWERED');
  });

  it('T3, I8: a changed core voids pending answers and the old page can no longer be signed', () => {
    const story = asked();
    const checkpoint = story.checkpoint('QUESTION');
    const old = story.answer('official', checkpoint);
    story.onProject(story.as('researcher'), story.answer('researcher', checkpoint));
    story.onProject(story.as('lead'), question(story));
    expect(ruleOf(story.tryProject(story.as('official'), old))).toBe('CONTENT_CHANGED');
    expect(story.round(checkpoint).decisions).toEqual([]);
  });

  it('T3: a changed cover voids nobody’s answer and everybody asked is told', () => {
    const story = asked();
    const checkpoint = story.checkpoint('QUESTION');
    story.sign('QUESTION', 'official');
    const before = story.world;
    story.onProject(story.as('lead'), { type: 'ChangeCover', checkpoint, cover: 'another cover' });
    const event = story.log.at(-1)?.event;
    const told = event ? effects(before, story.world, [event]) : [];
    expect(told.map((m) => [m.purpose, m.person])).toEqual([
      ['COVER_CHANGED', personId('researcher')],
      ['COVER_CHANGED', personId('official')],
    ]);
    expect(story.sign('QUESTION', 'researcher').stage('question')).toBe('SETTLED');
  });

  it('T3: a round remembers the cover it began with, and an answer the one it was given on', () => {
    const story = asked();
    const checkpoint = story.checkpoint('QUESTION');
    const first = story.round(checkpoint).content.cover;
    expect(story.round(checkpoint).firstCover).toBeUndefined();
    story.onProject(story.as('lead'), { type: 'ChangeCover', checkpoint, cover: 'second cover' });
    story.sign('QUESTION', 'official');
    story.onProject(story.as('lead'), { type: 'ChangeCover', checkpoint, cover: 'third cover' });
    const { firstCover, content, decisions } = story.round(checkpoint);
    expect([firstCover, decisions[0]?.cover, content.cover]).toEqual([first, 'second cover', 'third cover']);
  });

  it('T3: a quorum the roster cannot meet is refused when the checkpoint would open, naming who is missing', () => {
    const story = atDataRequest();
    story.onProgramme(story.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    const tried = story.tryProject(story.as('lead'), question(story));
    expect(ruleOf(tried)).toBe('QUORUM_IMPOSSIBLE');
    expect(tried.ok ? '' : tried.refusal.reason).toContain('policyOfficial');
  });

  it('T3: a leaver voids their own answer only while the round is not settled', () => {
    const settled = atDataRequest();
    settled.onProgramme(settled.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    expect(settled.stage('question')).toBe('SETTLED');
    const pending = asked().sign('QUESTION', 'official');
    pending.onProgramme(pending.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    pending.sign('QUESTION', 'researcher');
    expect(statusOf(pending, 'QUESTION')).not.toBe('SETTLED');
  });

  it('T3: TRUST is judged again at the permit, so a leaver’s approval no longer counts', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
    expect(gate(story).open).toBe(true);
    story.onProgramme(story.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    expect(missing(story)).toContain('TRUST');
  });

  it.each<[Name, string]>([
    ['lead', 'SELF_APPROVAL'],
    ['lay', 'NOT_ASKED'],
  ])('T4: %s cannot sign the lead’s question: %s', (name, rule) => {
    const story = asked();
    expect(ruleOf(story.tryProject(story.as(name), story.answer(name, story.checkpoint('QUESTION'))))).toBe(
      rule,
    );
  });

  it('I5: a second answer by the same person is refused; after a withdrawal another may be given', () => {
    const story = asked().sign('QUESTION', 'official');
    const checkpoint = story.checkpoint('QUESTION');
    expect(
      ruleOf(story.tryProject(story.as('official'), story.answer('official', checkpoint, 'REJECTED'))),
    ).toBe('ALREADY_DECIDED');
    story.onProject(story.as('official'), story.withdrawal('official', checkpoint));
    expect(
      ruleOf(story.tryProject(story.as('official'), story.answer('official', checkpoint, 'REJECTED'))),
    ).toBe('ACCEPTED');
  });

  it('B25: the kinds that need it are refused without the mailed code', () => {
    const story = sealedRelease(deposited(atDataRequest()));
    const answer = { ...story.answer('official', story.checkpoint('TRUST')), assurance: 'LINK' as const };
    expect(ruleOf(story.tryProject(story.as('official'), answer))).toBe('ASSURANCE');
  });

  it('B25: OUTPUT is never signed by link, and never by its author', () => {
    const story = analysed(permitted());
    const answer = story.answer('checker', story.checkpoint('OUTPUT'));
    expect(ruleOf(story.tryProject(story.as('checker'), { ...answer, assurance: 'LINK_CODE' }))).toBe(
      'ASSURANCE',
    );
    expect(ruleOf(story.tryProject(story.as('researcher'), answer))).toBe('SELF_APPROVAL');
  });
});

describe('release and trust', () => {
  it('B23: an early release is refused with everything missing and whose move it is', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', 'official');
    const tried = story.tryProject(GATE, { type: 'GivePermit', release: 'rel1' });
    expect(tried.ok).toBe(false);
    if (tried.ok) return;
    expect(tried.refusal.rule).toBe('GATE_CLOSED');
    expect(tried.refusal.missing).toEqual([
      expect.objectContaining({ rule: 'TRUST', waitingFor: [personId('researcher'), personId('holder')] }),
    ]);
  });

  it('B23, I1: with every sign-off standing the permit is given, once', () => {
    const story = permitted();
    const permits = () => story.log.filter(({ event }) => event.type === 'PermitGiven').length;
    story.onProject(GATE, { type: 'GivePermit', release: 'rel1' });
    expect(permits()).toBe(1);
    expect(reading(story)).toBe(true);
  });

  it('B22: a release after a permit in an earlier request round is wave 2, whatever its tier', () => {
    const story = sealedBenefit();
    expect(story.project.releases['rel2']).toMatchObject({ wave: 2, tier: 'DEIDENTIFIED' });
    expect(waveOf(story.project, 1)).toBe(1);
  });

  const sealedBenefit = (): Story => {
    const story = secondWave();
    story.onProject(story.as('lead'), { type: 'ProposeBenefit', wave: 2, content: story.content() });
    return sealedRelease(story, ['rel1'], 'DEIDENTIFIED');
  };

  it('B24: a further wave must cite the releases it rests on', () => {
    const story = secondWave();
    expect(ruleOf(story.tryProject(story.as('lead'), release(story, [])))).toBe('RATIONALE');
    expect(ruleOf(story.tryProject(story.as('lead'), release(story, ['rel9'])))).toBe('RATIONALE');
  });

  it('B23: TRUST asks the holders of this release and whom the boundary exposes, and no holder whose data is not in it', () => {
    const story = deposited(atDataRequest());
    const [drawn] = story.project.boundaries;
    const other = { source: 'rent', holder: UNIVERSITY, fields: ['owed'] };
    const scope = { ...drawn!.scope, sources: [...drawn!.scope.sources, other], exposed: [] };
    story.project = { ...story.project, boundaries: [{ ...drawn!, scope }] };
    sealedRelease(story);
    const slots = story.round(story.checkpoint('TRUST')).rule.slots.map(({ key }) => key);
    expect(slots).toEqual([`exposed ${HOLDER}`, 'policyOfficial', 'researcher']);
  });

  it('B23: from wave 2 the gate also needs BENEFIT from every party', () => {
    const story = sealedBenefit().sign('TRUST', ...TRUSTED);
    expect(missing(story, 'rel2')).toEqual(['BENEFIT']);
    story.sign('BENEFIT', 'researcher', 'official', 'riskOwner');
    expect(gate(story, 'rel2').open).toBe(true);
  });

  it('B23: nothing of wave 2 is sealed before the account of earlier waves is written', () => {
    const story = secondWave();
    story.onProject(story.as('lead'), release(story, ['rel1'], { tier: 'DEIDENTIFIED' }));
    expect(ruleOf(story.tryProject(WORKER, sealing(story)))).toBe('NO_BENEFIT_ACCOUNT');
  });

  it('B27: a grant may give less than asked, never more', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), request(story, [], 'AGGREGATE'));
    expect(ruleOf(story.tryProject(story.as('holder'), grant(story, 'r1', { tier: 'DEIDENTIFIED' })))).toBe(
      'MORE_THAN_ASKED',
    );
    expect(ruleOf(story.tryProject(story.as('holder'), grant(story, 'r1')))).toBe('ACCEPTED');
  });

  it('B27, T8: fields that only the deposit or release specification names count as granted', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), request(story));
    const given = grant(story, 'r1');
    if (given.type !== 'AnswerRequest' || !given.grant) throw new Error('a grant');
    const wider = { ...given.grant, releaseAs: { ...given.grant.releaseAs, sums: ['age'] } };
    expect(ruleOf(story.tryProject(story.as('holder'), { ...given, grant: wider }))).toBe('MORE_THAN_ASKED');
  });

  it('B6: a permit ends with the ethical approval it rests on', () => {
    const story = anAgreement();
    const lead = story.as('lead');
    const ends = plus(story.now, 30 * DAY);
    story.onProject(lead, { type: 'StartProject', programme: story.programme.id, title: 't' });
    story.onProject(lead, {
      type: 'RecordEthics',
      body: 'b',
      reference: 'r',
      conditions: null,
      expires: ends,
    });
    story
      .onProject(lead, boundary(story))
      .sign('LEGAL', 'riskOwner')
      .sign('ETHICAL', 'checker', 'lay', 'holder');
    story.onProject(lead, { type: 'StartCycle', descendsFrom: null });
    sealedRelease(deposited(settleQuestion(story))).sign('TRUST', ...TRUSTED);
    expect(gate(story)).toMatchObject({ open: true, expires: ends });
  });

  it('B27: the permit carries the conditions of holder and signers, and the earliest expiry', () => {
    const story = sealedRelease(deposited(atDataRequest()));
    const ends = '2026-03-01T00:00:00.000Z';
    const conditions = [
      { kind: 'EARLIER_EXPIRY' as const, value: ends },
      { kind: 'NO_USE_FOR' as const, value: 'ranking' },
    ];
    story.onProject(
      story.as('holder'),
      story.answer('holder', story.checkpoint('TRUST'), 'APPROVED_WITH_CONDITIONS', { conditions }),
    );
    story.sign('TRUST', 'official', 'researcher');
    expect(gate(story)).toEqual({ open: true, conditions, expires: ends });
  });

  it('B25: a method that was not signed cannot be run', () => {
    const story = permitted();
    const run = { ...analysis(story), method: 'psm' } as ReturnType<typeof analysis>;
    expect(ruleOf(story.tryProject(story.as('researcher'), run))).toBe('METHOD_NOT_SIGNED');
  });
});

describe('T10: withdrawal closes at once', () => {
  type Withdrawal = [string, (story: Story) => void];
  const cases: Withdrawal[] = [
    ['a TRUST signer', (s) => s.onProject(s.as('official'), s.withdrawal('official', s.checkpoint('TRUST')))],
    [
      'a LEGAL signer',
      (s) => s.onProject(s.as('riskOwner'), s.withdrawal('riskOwner', s.checkpoint('LEGAL'))),
    ],
    ['an ETHICAL signer', (s) => s.onProject(s.as('lay'), s.withdrawal('lay', s.checkpoint('ETHICAL')))],
    [
      'the holder',
      (s) =>
        s.onProject(s.as('holder'), {
          type: 'WithdrawGrant',
          request: 'r1',
          mode: 'STOP',
          atOnce: false,
          assurance: 'ACCOUNT',
          reason: null,
        }),
    ],
    ['an institution', (s) => s.onProgramme(s.as('checker'), s.withdrawal('checker', 'k1'))],
  ];

  it.each(cases)('I3: %s withdraws and no read begins afterwards', (_who, withdraw) => {
    const story = permitted();
    story.onProject(story.as('researcher'), analysis(story));
    expect(reading(story)).toBe(true);
    withdraw(story);
    expect(reading(story)).toBe(false);
    expect(ruleOf(story.tryProject(GATE, { type: 'OpenRead', analysis: 'a1' }))).toBe('NOT_READABLE');
  });

  it.each(cases)('I3: %s withdraws before the permit and none is given', (_who, withdraw) => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
    withdraw(story);
    expect(gate(story).open).toBe(false);
  });

  it('I3: is possible while the project is suspended', () => {
    const story = permitted();
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    cases[0]?.[1](story);
    const found = story.project.releases['rel1'];
    expect(found && releaseStatus(story.world, found, story.now)).toBe('CLOSED');
  });

  it('I3: a withdrawal recorded in the same millisecond as the permit closes it', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
    const at = story.now;
    story.onProject(GATE, { type: 'GivePermit', release: 'rel1' });
    story.now = at;
    story.onProject(story.as('official'), story.withdrawal('official', story.checkpoint('TRUST')));
    expect(reading(story)).toBe(false);
  });

  it('T1: a lapsed round never stands again, even when a leaver comes back', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', 'official', 'researcher');
    story.onProject(story.as('holder'), story.answer('holder', story.checkpoint('TRUST')));
    story.onProgramme(story.as('checker'), { type: 'RecordLeaver', person: personId('official') });
    story
      .wait(15 * DAY)
      .onProject(WORKER, { type: 'KeepTime', checkpoint: story.checkpoint('TRUST'), round: 1 });
    expect(statusOf(story, 'TRUST')).toBe('LAPSED');
    const back = {
      person: personId('official'),
      organisation: 'org_council',
      roles: ['policyOfficial' as const],
    };
    story.onProgramme(story.as('checker'), { type: 'AttestPerson', ...back, name: 'n', address: 'a' });
    expect(statusOf(story, 'TRUST')).toBe('LAPSED');
  });

  it('I15: STOP flags checked results and quarantines unchecked ones', () => {
    const story = analysed(analysed(permitted()).sign('OUTPUT', 'checker'));
    cases[0]?.[1](story);
    const results = Object.values(story.project.analyses).map((a) => resultStatus(story.world, a, story.now));
    expect(results).toEqual(['FLAGGED', 'QUARANTINED']);
  });

  it('I15: UNLAWFUL quarantines checked results too, and demands destruction after 24 hours', () => {
    const story = analysed(permitted()).sign('OUTPUT', 'checker');
    const at = story.now;
    story.onProject(story.as('holder'), {
      type: 'WithdrawGrant',
      request: 'r1',
      mode: 'UNLAWFUL',
      atOnce: false,
      assurance: 'ACCOUNT',
      reason: null,
    });
    const [run] = Object.values(story.project.analyses);
    const found = story.project.releases['rel1'];
    expect(run && resultStatus(story.world, run, story.now)).toBe('QUARANTINED');
    expect(found && Date.parse(releaseDestructionDue(story.world, found)) - Date.parse(at)).toBe(DAY);
  });

  it('I15: a second institution’s stricter mode counts, though another withdrew before it', () => {
    const story = analysed(permitted()).sign('OUTPUT', 'checker');
    story.onProgramme(story.as('researcher'), story.withdrawal('researcher', 'k1', 'STOP'));
    const [run] = Object.values(story.project.analyses);
    expect(run && resultStatus(story.world, run, story.now)).toBe('FLAGGED');
    story.onProgramme(story.as('riskOwner'), story.withdrawal('riskOwner', 'k1', 'UNLAWFUL'));
    expect(run && resultStatus(story.world, run, story.now)).toBe('QUARANTINED');
  });

  it('T10: a checker who withdraws quarantines that result', () => {
    const story = analysed(permitted()).sign('OUTPUT', 'checker');
    story.onProject(story.as('checker'), {
      ...story.withdrawal('checker', story.checkpoint('OUTPUT')),
      assurance: 'ACCOUNT',
    });
    const [run] = Object.values(story.project.analyses);
    expect(run && resultStatus(story.world, run, story.now)).toBe('QUARANTINED');
  });

  it('T10: a signer of a settled question withdraws and the stage is reopened', () => {
    const story = atDataRequest();
    story.onProject(story.as('official'), story.withdrawal('official', story.checkpoint('QUESTION')));
    expect(story.stage('question')).toBe('REOPENED');
  });

  it('I3: a closed release never opens again, even when the signer signs anew', () => {
    const story = permitted();
    cases[0]?.[1](story);
    story.tryProject(story.as('official'), story.answer('official', story.checkpoint('TRUST')));
    expect(reading(story)).toBe(false);
  });
});

describe('whose move it is', () => {
  it('B10: names the people waited for and since when', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', 'official');
    const waiting = moves(story.world, story.now).find((move) => move.what === 'answer TRUST');
    expect(waiting?.who).toEqual([personId('researcher'), personId('holder')]);
    expect(waiting?.since).toBe(story.round(story.checkpoint('TRUST')).openedAt);
  });

  it('T12: what a command causes carries identifiers only', () => {
    const story = atDataRequest();
    const before = story.world;
    story.onProject(story.as('lead'), request(story));
    const event = story.log.at(-1)?.event;
    expect(event && effects(before, story.world, [event])).toEqual([
      { purpose: 'DATA_REQUEST', person: personId('holder'), about: 'r1', round: 0, count: 1 },
    ]);
  });
});
