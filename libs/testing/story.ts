// A project's life in memory: the domain's own decide and evolve over the demonstration's cast, for tests that read as stories.
import type {
  Actor,
  AgreementRules,
  Choice,
  Condition,
  DataSpec,
  Decided,
  DomainEvent,
  BoundaryScope,
  Instant,
  LegalParts,
  LegalReference,
  PersonId,
  ProgrammeCommand,
  ProgrammeEvent,
  ProgrammeState,
  ProjectCommand,
  ProjectEvent,
  ProjectState,
  QuestionChange,
  QuestionForm,
  Recorded,
  Refusal,
  Role,
  Round,
  Stage,
  World,
} from '#libs/domain';
import {
  currentCycle,
  currentRound,
  decideProgramme,
  decideProject,
  emptyProgramme,
  emptyProject,
  evolveProgramme,
  evolveProject,
  heedOf,
  LEGAL_PARTS,
  plus,
  stageStatus,
} from '#libs/domain';

export const UNIVERSITY = 'org_university';
export const COUNCIL = 'org_council';
export const HOLDER = 'org_holder';
export const PANEL = 'org_panel';

interface Member {
  organisation: string;
  roles: Role[];
}

/** The demonstration's seven people. */
export const CAST = {
  lead: { organisation: UNIVERSITY, roles: ['projectLead', 'registrar'] },
  researcher: { organisation: UNIVERSITY, roles: ['researcher', 'signatory'] },
  official: { organisation: COUNCIL, roles: ['policyOfficial'] },
  checker: { organisation: COUNCIL, roles: ['signatory', 'ethicsReviewer', 'outputChecker', 'registrar'] },
  holder: { organisation: HOLDER, roles: ['dataHolder', 'dataCustodian', 'registrar'] },
  riskOwner: { organisation: HOLDER, roles: ['informationRiskOwner', 'signatory'] },
  lay: { organisation: PANEL, roles: ['layMember', 'registrar'] },
} as const satisfies Record<string, { organisation: string; roles: readonly Role[] }>;
export type Name = keyof typeof CAST;

/** The council holds data of its own, where a story needs two holders (B2); nobody is on the roster unless attested. */
export const SECOND_HOLDER = {
  steward: { organisation: COUNCIL, roles: ['dataHolder', 'dataCustodian'] },
  guardian: { organisation: COUNCIL, roles: ['informationRiskOwner'] },
} as const satisfies Record<string, { organisation: string; roles: readonly Role[] }>;
export type AnyName = Name | keyof typeof SECOND_HOLDER;

export const WORKER: Actor = { process: 'worker' };
export const GATE: Actor = { process: 'gate' };
export const ADMINISTRATOR: Actor = { administrator: 'adm_1' };

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const START = '2026-01-05T09:00:00.000Z';

export const CELLS: DataSpec = {
  level: 'CELLS',
  fields: [],
  dimensions: ['treat', 'race', 'married'],
  sums: ['re78'],
};
export const ROWS: DataSpec = {
  level: 'ROWS',
  fields: [
    { name: 'id', type: 'pseudonym' },
    { name: 'treat', type: 'integer' },
    { name: 're78', type: 'number' },
  ],
  dimensions: [],
  sums: [],
};

/** Thrown when a step that the story takes for granted is refused. */
export class Stuck extends Error {
  constructor(readonly refusal: Refusal) {
    super(`${refusal.rule}: ${refusal.reason}`);
  }
}

export class Story {
  programme: ProgrammeState = emptyProgramme('pgm_aaaaaaaaaaaaaaaa');
  project: ProjectState = emptyProject('prj_aaaaaaaaaaaaaaaa', START);
  now: Instant = START;
  /** Every entry in order of recording, with its stream. */
  readonly log: { stream: string; event: Recorded }[] = [];
  private contents = 0;

  get world(): World {
    return { programme: this.programme, project: this.project };
  }

  /** Lets time pass. */
  wait(ms: number): this {
    this.now = plus(this.now, ms);
    return this;
  }

  content(): { core: string; cover: string } {
    this.contents += 1;
    return { core: `core-${this.contents}`, cover: `cover-${this.contents}` };
  }

  /** Tries a command on the programme; records its events if it is accepted. */
  tryProgramme(actor: Actor, command: ProgrammeCommand): Decided<ProgrammeEvent> {
    const decided = decideProgramme(this.programme, command, actor, this.now);
    if (decided.ok) for (const event of decided.events) this.record(this.programme.id, actor, event);
    return decided;
  }

  /** Tries a command on the project; records its events if it is accepted. */
  tryProject(actor: Actor, command: ProjectCommand): Decided<ProjectEvent> {
    const decided = decideProject(this.world, command, actor, this.now);
    if (decided.ok) for (const event of decided.events) this.record(this.project.id, actor, event);
    return decided;
  }

  private record(stream: string, actor: Actor, event: DomainEvent): void {
    const isProgramme = stream === this.programme.id;
    const version = (isProgramme ? this.programme : this.project).version + 1;
    const recorded = { ...event, at: this.now, actor, version };
    if (isProgramme)
      this.programme = evolveProgramme(this.programme, stream, recorded as Recorded<ProgrammeEvent>);
    else this.project = evolveProject(this.project, stream, recorded as Recorded<ProjectEvent>);
    this.log.push({ stream, event: recorded });
    // Entries of one millisecond would leave order to chance.
    this.now = plus(this.now, 1);
  }

  onProgramme(actor: Actor, command: ProgrammeCommand): this {
    return this.must(this.tryProgramme(actor, command));
  }

  onProject(actor: Actor, command: ProjectCommand): this {
    return this.must(this.tryProject(actor, command));
  }

  private must(decided: Decided<DomainEvent>): this {
    if (!decided.ok) throw new Stuck(decided.refusal);
    return this;
  }

  as(name: Name): Actor {
    return { person: personId(name) };
  }

  round(checkpoint: string): Round {
    const all = { ...this.programme.checkpoints, ...this.project.checkpoints };
    const round = currentRound(
      checkpoint === 'agreement' ? this.programme.checkpoints['k1'] : all[checkpoint],
    );
    if (!round) throw new Error(`no checkpoint ${checkpoint}`);
    return round;
  }

  /** The id of the project's latest checkpoint of a kind. */
  checkpoint(kind: string, subject?: string): string {
    const found = Object.values(this.project.checkpoints).findLast(
      (c) => c.kind === kind && (subject === undefined || c.rounds.some((r) => r.subject.id === subject)),
    );
    if (!found) throw new Error(`no checkpoint of kind ${kind}`);
    return found.id;
  }

  answer(
    name: Name,
    checkpoint: string,
    choice: Choice = 'APPROVED',
    extra: { conditions?: Condition[]; dissent?: string; reason?: string } = {},
  ) {
    const round = this.project.checkpoints[checkpoint] ? this.round(checkpoint) : this.round('agreement');
    const kind = this.project.checkpoints[checkpoint]?.kind ?? 'AGREEMENT';
    return {
      type: 'RecordDecision',
      checkpoint,
      round: round.round,
      choice,
      ...round.content,
      assurance: kind === 'OUTPUT' ? 'ACCOUNT' : round.needsCode ? 'LINK_CODE' : 'LINK',
      conditions: extra.conditions ?? [],
      reason: extra.reason ?? (choice === 'CHANGES_REQUESTED' ? 'why' : null),
      dissent: extra.dissent ?? null,
      signedAs: name,
      page: null,
    } as const satisfies ProjectCommand;
  }

  sign(kind: string, ...names: Name[]): this {
    for (const name of names) this.onProject(this.as(name), this.answer(name, this.checkpoint(kind)));
    return this;
  }

  withdrawal(name: Name, checkpoint: string, mode: 'STOP' | 'STOP_AND_DESTROY' | 'UNLAWFUL' = 'STOP') {
    const round = this.project.checkpoints[checkpoint] ? this.round(checkpoint) : this.round('agreement');
    return {
      type: 'WithdrawDecision',
      checkpoint,
      round: round.round,
      mode,
      atOnce: false,
      disowned: false,
      assurance: 'LINK',
      reason: null,
      signedAs: name,
    } as const;
  }

  stage(stage: Stage): string {
    const cycle = currentCycle(this.project);
    return cycle ? stageStatus(this.world, cycle, stage, this.now) : 'NONE';
  }
}

/** The registered note of a telephone call, which anybody on the roster reads; the first one made does for all. */
export function noteOfCall(story: Story): string {
  if (story.project.evidence.length === 0)
    story.tryProject(story.as('lead'), {
      ...{ type: 'RecordEvidence', kind: 'CALL', title: 'call', audience: 'PARTNERS', text: null },
      ...{ attribution: { type: 'PERSON', person: personId('lead') }, participants: [], others: 1 },
      provenance: { origin: 'o', dated: story.now, derivedFrom: [] },
      ...{ meeting: null, assessment: null },
    });
  return story.project.evidence[0]?.id ?? 'none';
}

export const personId = (name: AnyName): PersonId => `per_${name}`;

/** A programme with its cast attested and no agreement yet. */
export function aRoster(): Story {
  const story = new Story();
  story.onProgramme(ADMINISTRATOR, { type: 'StartProgramme', name: 'name' });
  for (const organisation of [UNIVERSITY, COUNCIL, HOLDER, PANEL])
    story.onProgramme(ADMINISTRATOR, {
      type: 'AddOrganisation',
      organisation,
      name: organisation,
      commissionedBy: [],
    });
  const attest = (name: Name, by: Actor): void => {
    const { organisation, roles }: Member = { ...CAST[name], roles: [...CAST[name].roles] };
    story.onProgramme(by, {
      type: 'AttestPerson',
      person: personId(name),
      organisation,
      roles,
      name,
      address: name,
    });
  };
  for (const name of ['lead', 'researcher', 'checker', 'holder', 'riskOwner', 'lay'] as const)
    attest(name, ADMINISTRATOR);
  attest('official', story.as('checker'));
  return story;
}

export const agreement = (
  story: Story,
  overrides: { expires?: Instant; rules?: Partial<AgreementRules> } = {},
): ProgrammeCommand => ({
  type: 'ProposeAgreement',
  content: story.content(),
  parties: [
    { organisation: UNIVERSITY, registrar: personId('lead'), signatory: personId('researcher') },
    { organisation: COUNCIL, registrar: personId('checker'), signatory: personId('checker') },
    { organisation: HOLDER, registrar: personId('holder'), signatory: personId('riskOwner') },
    { organisation: PANEL, registrar: personId('lay'), signatory: null },
  ],
  rules: {
    frequencyThreshold: 10,
    timings: { remindAfter: 5 * DAY, escalateAfter: 10 * DAY, lapseAfter: 14 * DAY },
    codeAlsoFor: [],
    moreSigners: [],
    addressDelay: 3 * DAY,
    ...overrides.rules,
  },
  expires: overrides.expires ?? plus(story.now, 700 * DAY),
});

/** B54: what a person needs to be let near data: training by their registrar, undertaking and interests by themselves. */
export function madeSafe(story: Story, name: Name, by: Name): Story {
  story.onProgramme(story.as(by), {
    type: 'RecordTraining',
    person: personId(name),
    course: 'course',
    completed: plus(story.now, -DAY),
    expires: plus(story.now, 650 * DAY),
  });
  const assurance = 'ACCOUNT';
  story.onProgramme(story.as(name), { type: 'SignUndertaking', text: 'text', signedAs: name, assurance });
  return story.onProgramme(story.as(name), { type: 'DeclareInterests', interests: null, assurance });
}

/** With the agreement signed by all three institutions, and the one reader safe to read. */
export function anAgreement(rules: Partial<AgreementRules> = {}): Story {
  const story = madeSafe(aRoster(), 'researcher', 'lead');
  story.onProgramme(story.as('lead'), agreement(story, { rules }));
  for (const name of ['researcher', 'checker', 'riskOwner'] as const)
    story.onProgramme(story.as(name), story.answer(name, 'k1'));
  return story;
}

export const boundary = (
  story: Story,
  overrides: Partial<Parameters<typeof scope>[1]> = {},
): ProjectCommand => {
  const content = story.content();
  const drawn = scope(story, overrides);
  return { type: 'ProposeBoundary', content, scope: drawn, legalFile: legalFile(story, drawn) };
};

/** B53: a version of the legal file for this scope, complete; where the project takes none, one that nobody knows. */
export function legalFile(story: Story, of: BoundaryScope): LegalReference {
  const entry = { state: 'PRESENT', text: 'words' } as const;
  const stated = LEGAL_PARTS.filter((part) => part !== 'OFFICER_ADVICE').map((part) => [part, entry]);
  const parts = {
    ...(Object.fromEntries(stated) as LegalParts),
    OFFICER_ADVICE: { state: 'NOT_APPLICABLE', text: 'no officer is on the roster' },
  } as const;
  const terms = { article6: 'PUBLIC_TASK', article9: 'ARCHIVING_RESEARCH_STATISTICS' } as const;
  const digest = story.content().core;
  story.tryProject(story.as('lead'), {
    ...{ type: 'DraftLegalFile', scope: of, parts, ...terms, residualRisk: 'LOW', digest },
  });
  const latest = story.project.legalFiles.at(-1);
  return { file: latest?.id ?? 'lf0', digest: latest?.digest ?? digest };
}

const scope = (
  story: Story,
  overrides: {
    fields?: string[];
    tier?: 'AGGREGATE' | 'DEIDENTIFIED';
    methods?: string[];
    expires?: Instant;
  },
) => ({
  purposes: ['earnings'],
  sources: [
    {
      source: 'programme',
      holder: HOLDER,
      fields: overrides.fields ?? ['id', 'treat', 'race', 'married', 're74', 're78'],
    },
  ],
  linkage: false,
  tier: overrides.tier ?? ('DEIDENTIFIED' as const),
  methods: overrides.methods ?? ['descriptive'],
  readers: [personId('researcher')],
  exposed: [HOLDER],
  retentionDays: 365,
  expires: overrides.expires ?? plus(story.now, 600 * DAY),
});

/** With a project, ethics, a signed boundary, a first cycle and its question settled. */
export function atDataRequest(rules: Partial<AgreementRules> = {}): Story {
  const story = anAgreement(rules);
  const lead = story.as('lead');
  story.onProject(lead, { type: 'StartProject', programme: story.programme.id, title: 'title' });
  story.onProject(lead, {
    type: 'RecordEthics',
    body: 'body',
    reference: 'ref',
    conditions: null,
    expires: plus(story.now, 500 * DAY),
  });
  story
    .onProject(lead, boundary(story))
    .sign('LEGAL', 'riskOwner')
    .sign('ETHICAL', 'checker', 'lay', 'holder');
  story.onProject(lead, { type: 'StartCycle', descendsFrom: null });
  return settleQuestion(story);
}

/** The form of a project's next version: its first question, or a change of the latest one. */
export function nextForm(project: ProjectState, change: Partial<QuestionChange> = {}): QuestionForm {
  const from = project.questions.at(-1)?.id;
  const rewords = { kind: 'REWORDS' as const, what: 'w', because: 'b', cites: [] };
  return {
    aim: 'BROAD',
    options: [],
    change: from === undefined ? null : { from, ...rewords, ...change },
  };
}

/** A version of the question, as `nextForm` says unless told otherwise. */
export const question = (
  story: Story,
  overrides: { sufficient?: boolean; change?: Partial<QuestionChange>; form?: Partial<QuestionForm> } = {},
): ProjectCommand => ({
  type: 'ProposeQuestion',
  content: story.content(),
  sufficient: overrides.sufficient ?? true,
  form: { ...nextForm(story.project, overrides.change), ...overrides.form },
});

export function settleQuestion(story: Story, overrides: Parameters<typeof question>[1] = {}): Story {
  story.onProject(story.as('lead'), question(story, overrides));
  return story.sign('QUESTION', 'official', 'researcher');
}

export const request = (
  story: Story,
  cites: string[] = [],
  tier: 'AGGREGATE' | 'DEIDENTIFIED' = 'DEIDENTIFIED',
): ProjectCommand => ({
  type: 'SendRequest',
  holder: HOLDER,
  ask: {
    source: 'programme',
    fields: ['treat', 'race', 'married', 're74', 're78'],
    tier,
    purpose: 'earnings',
    methods: ['descriptive'],
    linkage: false,
  },
  content: story.content(),
  rationale: { text: 'why', cites },
});

export const grant = (
  story: Story,
  id: string,
  overrides: { tier?: 'AGGREGATE' | 'DEIDENTIFIED'; conditions?: Condition[]; expires?: Instant } = {},
): ProjectCommand => {
  const spec = overrides.tier === 'DEIDENTIFIED' ? ROWS : CELLS;
  return {
    type: 'AnswerRequest',
    request: id,
    outcome: 'PARTLY_GRANTED',
    grant: {
      tier: overrides.tier ?? 'AGGREGATE',
      fields: ['treat', 're78'],
      depositAs: spec,
      releaseAs: spec,
      conditions: overrides.conditions ?? [],
      expires: overrides.expires ?? plus(story.now, 300 * DAY),
    },
    reasons: [],
    reason: null,
    assurance: 'ACCOUNT',
  };
};

/** With a request granted as cells, deposited and accepted. */
export function deposited(
  story: Story,
  cites: string[] = [],
  tier: 'AGGREGATE' | 'DEIDENTIFIED' = 'AGGREGATE',
): Story {
  story.onProject(story.as('lead'), request(story, cites));
  const id = last(story.project.requests);
  story.onProject(story.as('holder'), grant(story, id, { tier }));
  story.onProject(WORKER, { type: 'InviteDeposit', request: id, publicKey: 'key' });
  const deposit = last(story.project.deposits);
  story.onProject(story.as('holder'), {
    type: 'ReceiveDeposit',
    deposit,
    digest: 'digest',
    bytes: 10,
    object: 'object',
  });
  story.onProject(WORKER, { type: 'OpenDeposit', deposit, purpose: 'check' });
  return story.onProject(WORKER, { type: 'AcceptDeposit', deposit, rows: 12, report: 'report' });
}

const last = (record: Record<string, unknown>): string => Object.keys(record).at(-1) ?? '';

export const release = (
  story: Story,
  cites: string[] = [],
  overrides: { tier?: 'AGGREGATE' | 'DEIDENTIFIED'; expires?: Instant } = {},
): ProjectCommand => ({
  type: 'ProposeRelease',
  requests: [last(story.project.requests)],
  tier: overrides.tier ?? 'AGGREGATE',
  purpose: 'earnings',
  methods: ['descriptive'],
  readers: [personId('researcher')],
  rationale: { text: 'why', cites },
  expires: overrides.expires ?? plus(story.now, 200 * DAY),
});

/** With a release proposed and sealed, TRUST out for sign-off. */
export function sealedRelease(
  story: Story,
  cites: string[] = [],
  tier: 'AGGREGATE' | 'DEIDENTIFIED' = 'AGGREGATE',
): Story {
  story.onProject(story.as('lead'), release(story, cites, { tier }));
  return story.onProject(WORKER, sealing(story));
}

/** Seals the latest release, heeding all there is to heed. */
export function sealing(
  story: Story,
  over: Partial<Extract<ProjectCommand, { type: 'SealRelease' }>> = {},
): ProjectCommand {
  const release = last(story.project.releases);
  return {
    ...{ type: 'SealRelease', release, content: story.content(), digest: 'digest', rows: 12, bytes: 100 },
    ...{ object: `object-${release}`, ...heedOf(story.project, story.project.releases[release]!), ...over },
  };
}

export const TRUSTED = ['official', 'researcher', 'holder'] as const;

/** With the first release permitted. */
export function permitted(): Story {
  const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', ...TRUSTED);
  return story.onProject(GATE, { type: 'GivePermit', release: 'rel1' });
}

/** Registers a run on the latest release. */
export const analysis = (story: Story): ProjectCommand => ({
  type: 'RegisterAnalysis',
  release: last(story.project.releases),
  method: 'descriptive',
  params: {},
  hypothesis: 'h',
  support: 's',
});

/** A run with a result waiting for its output check. */
export function analysed(story: Story): Story {
  story.onProject(story.as('researcher'), analysis(story));
  const id = last(story.project.analyses);
  story.onProject(GATE, { type: 'OpenRead', analysis: id });
  return story.onProject(WORKER, {
    type: 'EndAnalysis',
    analysis: id,
    outcome: 'COMPLETED',
    result: story.content(),
    object: 'o',
    reason: null,
  });
}

/** The current cycle carried from its analysis stage to a settled refinement. */
export function concluded(story: Story): Story {
  story.onProject(story.as('lead'), { type: 'CloseAnalysisStage' });
  story.onProject(story.as('official'), {
    type: 'AddInterpretation',
    as: 'PRACTITIONER',
    text: 't',
    misreading: 'm',
  });
  story.onProject(story.as('researcher'), {
    type: 'AddInterpretation',
    as: 'RESEARCHER',
    text: 't',
    misreading: 'm',
  });
  story.onProject(story.as('lead'), { type: 'ProposeReflection', content: story.content() });
  story.sign('REFLECTION', 'official', 'researcher');
  story.onProject(story.as('lead'), {
    type: 'ProposeRefinement',
    content: story.content(),
    next: 'NEXT_CYCLE',
  });
  return story.sign('REFINEMENT', 'official', 'researcher');
}

/** A whole first cycle, concluded. */
export function aCycle(): Story {
  return concluded(analysed(permitted()).sign('OUTPUT', 'checker'));
}

/** In the second cycle, its question settled, a second wave deposited as rows. */
export function secondWave(): Story {
  const story = aCycle();
  story.onProject(story.as('lead'), { type: 'StartCycle', descendsFrom: 'c1' });
  return deposited(settleQuestion(story), ['rel1'], 'DEIDENTIFIED');
}
