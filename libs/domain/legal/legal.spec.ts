// The legal file, its officer's advice, and incidents, told as stories.
import {
  effects,
  incidentReminderDue,
  incidentStatus,
  LEGAL_PARTS,
  missingParts,
  moves,
  nextIncidentReminder,
  plus,
  prefilled,
  releaseGate,
} from '../index';
import type { LegalParts, ProjectCommand, Refusal } from '../index';
import {
  anAgreement,
  boundary,
  COUNCIL,
  DAY,
  deposited,
  atDataRequest,
  HOLDER,
  HOUR,
  legalFile,
  personId,
  sealedRelease,
  TRUSTED,
  UNIVERSITY,
  WORKER,
} from '../../testing/story';
import type { Story } from '../../testing/story';

type Tried = { ok: true } | { ok: false; refusal: Refusal };
const ruleOf = (tried: Tried): string => (tried.ok ? 'ACCEPTED' : tried.refusal.rule);
const OFFICER = { person: 'per_officer' };

type Boundary = Extract<ProjectCommand, { type: 'ProposeBoundary' }>;
type Draft = Extract<ProjectCommand, { type: 'DraftLegalFile' }>;

/** A project under agreement, nothing proposed yet. */
const started = (): Story => {
  const story = anAgreement();
  return story.onProject(story.as('lead'), {
    type: 'StartProject',
    programme: story.programme.id,
    title: 't',
  });
};
const proposal = (story: Story): Boundary => boundary(story) as Boundary;

/** What a complete file says, by part; the advice is the officer's to give. */
const PARTS = Object.fromEntries(
  LEGAL_PARTS.map((part) => [part, { state: 'PRESENT', text: 'w' } as const]),
) as LegalParts;
const without = (...parts: (keyof LegalParts)[]): LegalParts =>
  Object.fromEntries(Object.entries(PARTS).filter(([part]) => !parts.includes(part as keyof LegalParts)));
const NO_OFFICER = { OFFICER_ADVICE: { state: 'NOT_APPLICABLE', text: 'nobody' } } as const;

const draft = (story: Story, over: Partial<Draft> = {}): Draft => ({
  ...{ type: 'DraftLegalFile', scope: proposal(story).scope, parts: { ...PARTS, ...NO_OFFICER } },
  ...{ article6: 'PUBLIC_TASK', article9: 'ARCHIVING_RESEARCH_STATISTICS', residualRisk: 'LOW' },
  ...{ digest: story.content().core, ...over },
});
/** The boundary of the latest draft, with the latest draft. */
const propose = (story: Story, over: Partial<Boundary> = {}) => {
  const file = story.project.legalFiles.at(-1);
  const content = story.content();
  const scope = file?.scope ?? proposal(story).scope;
  const reference = { file: file?.id ?? '', digest: file?.digest ?? '' };
  return story.tryProject(story.as('lead'), {
    ...{ type: 'ProposeBoundary', content, scope, legalFile: reference, ...over },
  });
};
/** With an officer of the holder on the roster, and a draft waiting for their advice. */
const withOfficer = (): Story => {
  const story = started();
  story.onProgramme(story.as('holder'), {
    ...{ type: 'AttestPerson', person: OFFICER.person, organisation: HOLDER, name: 'n', address: 'a' },
    roles: ['dataProtectionOfficer'],
  });
  return story.onProject(story.as('lead'), draft(story, { parts: without('OFFICER_ADVICE') }));
};
const advise = (story: Story, advice: 'PROCEED' | 'DO_NOT_PROCEED', by = OFFICER) => {
  const file = story.project.legalFiles.at(-1)?.id ?? '';
  return story.tryProject(by, { type: 'RecordAdvice', file, advice, text: 'a', assurance: 'ACCOUNT' });
};

describe('the legal file', () => {
  it('B53: LEGAL opens only when each part is present or not applicable, because', () => {
    const story = started();
    for (const part of LEGAL_PARTS.filter((p) => p !== 'OFFICER_ADVICE')) {
      story.onProject(story.as('lead'), draft(story, { parts: { ...without(part), ...NO_OFFICER } }));
      const tried = propose(story);
      expect({ part, rule: ruleOf(tried) }).toEqual({ part, rule: 'LEGAL_FILE_INCOMPLETE' });
      expect(tried.ok ? '' : tried.refusal.reason).toContain(part);
    }
    story.onProject(story.as('lead'), draft(story));
    expect(ruleOf(propose(story))).toBe('ACCEPTED');
    expect(story.checkpoint('LEGAL')).toBe('k1');
  });

  it.each<[string, Partial<Draft>]>([
    ['no basis of Art. 6', { article6: null }],
    ['no condition of Art. 9 for special categories', { article9: null }],
    ['no residual risk', { residualRisk: null }],
    ['advice written by somebody else', { parts: PARTS }],
    [
      'controllers not applicable',
      { parts: { ...PARTS, ...NO_OFFICER, CONTROLLERS: { state: 'NOT_APPLICABLE', text: 'w' } } },
    ],
    [
      'a condition of Art. 9 though nothing special is inside',
      { parts: { ...PARTS, ...NO_OFFICER, SPECIAL_CATEGORY: { state: 'NOT_APPLICABLE', text: 'w' } } },
    ],
  ])('B53: a draft with %s is refused', (_what, over) => {
    const story = started();
    expect(ruleOf(story.tryProject(story.as('lead'), draft(story, over)))).toBe('LEGAL_FILE');
  });

  it('B53: is versioned; the boundary is signed with the latest version, by its digest', () => {
    const story = started();
    story.onProject(story.as('lead'), draft(story));
    const first = story.project.legalFiles[0];
    story.onProject(story.as('lead'), draft(story));
    const old = { file: first?.id ?? '', digest: first?.digest ?? '' };
    expect(ruleOf(propose(story, { legalFile: old }))).toBe('LEGAL_FILE');
    expect(ruleOf(propose(story, { legalFile: { ...old, file: 'lf2' } }))).toBe('LEGAL_FILE');
    expect(ruleOf(propose(story))).toBe('ACCEPTED');
    const bound = story.project.boundaries.at(-1);
    expect(bound?.legalFile?.digest).toBe(story.project.legalFiles.at(-1)?.digest);
  });

  it('B53, T8: a file written for another scope does not do', () => {
    const story = started();
    story.onProject(story.as('lead'), draft(story));
    const { scope } = proposal(story);
    story.onProject(story.as('lead'), draft(story));
    expect(ruleOf(propose(story, { scope: { ...scope, methods: ['descriptive', 'clusters'] } }))).toBe(
      'LEGAL_FILE_OTHER_SCOPE',
    );
    expect(ruleOf(propose(story, { scope: { ...scope, expires: plus(story.now, 9 * DAY) } }))).toBe(
      'ACCEPTED',
    );
  });

  it('B53: is prefilled from the project: controllers with their risk owners, recipients, agreement, retention', () => {
    const story = started();
    const facts = prefilled(story.world, proposal(story).scope, story.now);
    expect(facts).toMatchObject({
      controllers: [{ organisation: HOLDER, sources: ['programme'], riskOwners: [personId('riskOwner')] }],
      ...{ recipients: [UNIVERSITY], agreement: { id: 'g1' }, retentionDays: 365, officers: [] },
    });
  });

  it('B53: a boundary signed without a file opens no gate', () => {
    const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
    const bare = story.project.boundaries.map(({ legalFile: _file, ...b }) => b);
    story.project = { ...story.project, boundaries: bare };
    const release = story.project.releases['rel1'];
    const gate = release && releaseGate(story.world, release, story.now);
    expect(gate && !gate.open ? gate.missing.map((m) => m.rule) : []).toEqual(['LEGAL_FILE']);
  });
});

describe('the officer’s advice', () => {
  it('B53: is waited for where an officer is on the roster, and cannot be called not applicable', () => {
    const story = withOfficer();
    expect(ruleOf(propose(story))).toBe('LEGAL_FILE_INCOMPLETE');
    const skipped = draft(story);
    expect(ruleOf(story.tryProject(story.as('lead'), skipped))).toBe('LEGAL_FILE');
    expect(ruleOf(advise(story, 'PROCEED'))).toBe('ACCEPTED');
    const file = story.project.legalFiles.at(-1);
    expect(file && missingParts(file)).toEqual([]);
    expect(ruleOf(propose(story))).toBe('ACCEPTED');
  });

  it('B53: the officer records advice and never signs', () => {
    const story = withOfficer();
    advise(story, 'PROCEED');
    propose(story);
    const legal = story.round(story.checkpoint('LEGAL')).asked.map((a) => a.person);
    expect(legal).not.toContain(OFFICER.person);
    expect(ruleOf(advise(story, 'PROCEED', { person: personId('lead') }))).toBe('WRONG_ROLE');
  });

  it('B53: going against advice needs a risk owner’s reason', () => {
    const story = withOfficer();
    advise(story, 'DO_NOT_PROCEED');
    expect(ruleOf(propose(story))).toBe('ADVICE_AGAINST');
    const file = story.project.legalFiles.at(-1)?.id ?? '';
    const override = { type: 'OverrideAdvice', file, reason: 'r', assurance: 'ACCOUNT' } as const;
    expect(ruleOf(story.tryProject(story.as('lead'), override))).toBe('WRONG_ROLE');
    story.onProject(story.as('riskOwner'), override);
    expect(ruleOf(story.tryProject(story.as('riskOwner'), override))).toBe('NOTHING_AGAINST');
    expect(ruleOf(propose(story))).toBe('ACCEPTED');
  });

  it('B53: advice given again after the reason stands again', () => {
    const story = withOfficer();
    advise(story, 'DO_NOT_PROCEED');
    const file = story.project.legalFiles.at(-1)?.id ?? '';
    story.onProject(story.as('riskOwner'), {
      type: 'OverrideAdvice',
      file,
      reason: 'r',
      assurance: 'ACCOUNT',
    });
    advise(story, 'DO_NOT_PROCEED');
    expect(ruleOf(propose(story))).toBe('ADVICE_AGAINST');
    advise(story, 'PROCEED');
    expect(ruleOf(propose(story))).toBe('ACCEPTED');
  });

  it('B53: is about the latest version, by an officer whose organisation’s data is inside', () => {
    const story = withOfficer();
    story.onProject(story.as('lead'), draft(story, { parts: without('OFFICER_ADVICE') }));
    const advice = { type: 'RecordAdvice', advice: 'PROCEED', text: 'a', assurance: 'ACCOUNT' } as const;
    expect(ruleOf(story.tryProject(OFFICER, { ...advice, file: 'lf1' }))).toBe('OLD_VERSION');
    expect(ruleOf(story.tryProject(OFFICER, { ...advice, file: 'lf99' }))).toBe('UNKNOWN_LEGAL_FILE');
    story.onProgramme(story.as('checker'), {
      ...{ type: 'AttestPerson', person: 'per_other', organisation: COUNCIL, name: 'n', address: 'a' },
      roles: ['dataProtectionOfficer'],
    });
    expect(ruleOf(advise(story, 'PROCEED', { person: 'per_other' }))).toBe('NOT_THEIR_DATA');
  });
});

describe('incidents', () => {
  const record = (story: Story, awareAt = story.now) =>
    story.tryProject(story.as('lay'), { type: 'RecordIncident', what: 'w', awareAt });
  const report = (
    story: Story,
    delay: string | null = null,
    outcome: 'REPORTED' | 'NOT_REPORTABLE' = 'REPORTED',
  ) =>
    story.tryProject(story.as('riskOwner'), {
      type: 'ReportIncident',
      incident: 'in1',
      outcome,
      text: 't',
      delay,
    });
  const status = (story: Story) => story.project.incidents.map((i) => incidentStatus(i, story.now));

  it('B53: run a clock of 72 hours from when they were known', () => {
    const story = atDataRequest();
    const awareAt = plus(story.now, -10 * HOUR);
    expect(ruleOf(record(story, awareAt))).toBe('ACCEPTED');
    expect(story.project.incidents[0]?.due).toBe(plus(awareAt, 72 * HOUR));
    const move = moves(story.world, story.now).find((m) => m.about === 'in1');
    expect(move).toMatchObject({ who: [personId('riskOwner')], due: plus(awareAt, 72 * HOUR) });
    expect(status(story)).toEqual(['OPEN']);
    expect(ruleOf(report(story))).toBe('ACCEPTED');
    expect(status(story)).toEqual(['REPORTED']);
  });

  it('B53: a late report says why it is late; one in time has nothing to say', () => {
    const story = atDataRequest();
    record(story);
    expect(ruleOf(report(story, 'slow'))).toBe('DELAY');
    story.wait(73 * HOUR);
    expect(status(story)).toEqual(['OVERDUE']);
    expect(ruleOf(report(story))).toBe('DELAY');
    expect(ruleOf(report(story, 'slow'))).toBe('ACCEPTED');
    expect(ruleOf(report(story, 'slow'))).toBe('REPORTED');
  });

  it('B53: are reminded of a day before their clock ends and when it has, once each, and no more once reported', () => {
    const story = atDataRequest();
    const officer = { person: 'per_officer', organisation: HOLDER, name: 'n', address: 'a' };
    const roles = { roles: ['dataProtectionOfficer' as const] };
    story.onProgramme(story.as('holder'), { type: 'AttestPerson', ...officer, ...roles });
    record(story);
    const told: string[][] = [];
    const keep = (hours: number): void => {
      story.now = plus(story.project.incidents[0]!.due, hours * HOUR);
      const [before, from] = [story.world, story.log.length];
      story.onProject(WORKER, { type: 'KeepIncidentTime' });
      const events = story.log.slice(from).map(({ event }) => event);
      told.push(effects(before, story.world, events).map(({ purpose, person }) => `${purpose} ${person}`));
    };
    const everybody = [personId('riskOwner'), 'per_officer', personId('lead')].map(
      (person) => `INCIDENT_REMINDER ${person}`,
    );
    const due = story.project.incidents[0]!.due;
    expect(nextIncidentReminder(story.project, story.now)).toBe(plus(due, -24 * HOUR));
    for (const hours of [-25, -24, -23, -1]) keep(hours);
    expect(nextIncidentReminder(story.project, story.now)).toBe(due);
    for (const hours of [0, 30]) keep(hours);
    expect(told).toEqual([[], everybody, [], [], everybody, []]);
    expect(story.project.incidents[0]?.reminders.map(({ hoursLeft }) => hoursLeft)).toEqual([24, 0]);
    expect(moves(story.world, story.now).find((m) => m.about === 'in1')?.what).toContain('overdue');
    expect(nextIncidentReminder(story.project, story.now)).toBeNull();
  });

  it('B53: reported in time, or known so late that the time had come when it was recorded, they remind nobody', () => {
    const story = atDataRequest();
    record(story);
    report(story);
    record(story, plus(story.now, -60 * HOUR));
    record(story, plus(story.now, -100 * HOUR));
    expect(nextIncidentReminder(story.project, story.now)).toBe(story.project.incidents[1]?.due);
    story.wait(11 * HOUR);
    expect(story.project.incidents.map((i) => incidentReminderDue(i, story.now))).toEqual([null, null, null]);
    story.wait(61 * HOUR);
    expect(story.project.incidents.map((i) => incidentReminderDue(i, story.now))).toEqual([null, 0, null]);
    expect(ruleOf(story.tryProject(story.as('lead'), { type: 'KeepIncidentTime' }))).toBe('ENGINE_ONLY');
  });

  it('B53: what was thought not reportable can still be reported, and never the other way', () => {
    const story = atDataRequest();
    record(story);
    expect(ruleOf(report(story, null, 'NOT_REPORTABLE'))).toBe('ACCEPTED');
    expect(ruleOf(report(story))).toBe('ACCEPTED');
    expect(ruleOf(report(story, null, 'NOT_REPORTABLE'))).toBe('REPORTED');
  });

  it('B53: cannot be known tomorrow, and are recorded in every project state', () => {
    const story = atDataRequest();
    expect(ruleOf(record(story, plus(story.now, DAY)))).toBe('AWARE_LATER');
    story.onProject(story.as('lead'), { type: 'SuspendProject', reason: 'r' });
    expect(ruleOf(record(story))).toBe('ACCEPTED');
    expect(ruleOf(report(story))).toBe('ACCEPTED');
  });

  it('B53: a file is drafted by those who propose, and known by its id', () => {
    const story = atDataRequest();
    expect(legalFile(story, proposal(story).scope).file).toMatch(/^lf\d+$/);
    expect(ruleOf(story.tryProject(story.as('lay'), draft(story)))).toBe('WRONG_ROLE');
  });
});
