// A short cycle, people on one side and the worker under test on the other: seven people, one question, one cell table.
import { Readable } from 'node:stream';
import { reference } from '#libs/contracts';
import { DEFAULT_RULES, roundAbout } from '#libs/domain';
import type {
  AgreementRules,
  CheckpointKind,
  Condition,
  ProjectCommand,
  Stage,
  Timings,
  World,
} from '#libs/domain';
import { commitText, signContent } from '#libs/ledger';
import type { Draft, DraftText } from '#libs/ledger';
import { personId } from '#libs/testing';
import type { AnyName, Setting } from '#libs/testing';
import { receiveDeposit } from '#libs/vault';

const DAY = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

/** Words of people's names, addresses and free texts: none may be found in any workflow history (T12). */
export const PRIVATE_WORDS = [
  'Person ',
  '@example.org',
  'raise earnings',
  'because it matters',
  'A committee',
  'REC 1',
];

const [UNIVERSITY, COUNCIL, HOLDER, PANEL] = ['org_university', 'org_council', 'org_holder', 'org_panel'];
const CSV = 'treat,n,sum_re78,sumsq_re78\n0,429,2996000,40000000000\n1,185,1174000,15000000000\n';
const SPEC = {
  level: 'CELLS' as const,
  fields: [
    { name: 'treat', type: 'category' as const, codes: ['0', '1'] },
    { name: 're78', type: 'number' as const },
  ],
  dimensions: ['treat'],
  sums: ['re78'],
};

/** The same as records of people, three of whom have no earnings before. */
const ROWS = {
  level: 'ROWS' as const,
  fields: [
    { name: 'person', type: 'pseudonym' as const },
    { name: 'treat', type: 'category' as const, codes: ['0', '1'] },
    { name: 're74', type: 'number' as const },
    { name: 're78', type: 'number' as const },
  ],
  dimensions: [],
  sums: [],
};
const PEOPLE = [
  'person,treat,re74,re78',
  ...Array.from({ length: 80 }, (_, i) => {
    const before = i < 6 && i % 2 === 0 ? '' : i * 10;
    return `person${String(i).padStart(10, '0')},${i % 2},${before},${i * 11}`;
  }),
  '',
].join('\n');

export class Journey {
  /** Whether the holder grants a table of cells, or records of people. */
  level: 'CELLS' | 'ROWS' = 'CELLS';

  constructor(
    readonly setting: Setting,
    private readonly vaultDir: string,
    /** Resolves when the ledger may have changed. */
    private readonly change: () => Promise<void>,
  ) {}

  private get tier() {
    return this.level === 'CELLS' ? ('AGGREGATE' as const) : ('DEIDENTIFIED' as const);
  }

  get project(): string {
    return this.setting.project;
  }

  world(): Promise<World> {
    return this.setting.world();
  }

  /** Waits until the engine has done its part; whoever reads a failed test sees what was awaited. */
  async until<T>(what: string, found: (world: World) => T | null | undefined | false): Promise<T> {
    const late = new Error(`Waited in vain for ${what}.`);
    const deadline = Date.now() + 60_000;
    for (;;) {
      const value = found(await this.world());
      if (value !== null && value !== undefined && value !== false) return value;
      if (Date.now() > deadline) throw late;
      await this.change();
    }
  }

  give(who: AnyName, command: ProjectCommand, more: Omit<Draft, 'command'> = {}): Promise<unknown> {
    return this.setting.onProject(who, { command, ...more });
  }

  /** An agreement with these times for answering, signed by its institutions; a project with ethics. */
  async begin(
    timings: Timings = DEFAULT_RULES.timings,
    frequencyThreshold = 10,
    more: Pick<AgreementRules, 'inTurns'> = {},
  ): Promise<void> {
    const { setting } = this;
    await setting.withRoster();
    const { content, contents } = signContent({ kind: 'AGREEMENT' }, { summary: 'because it matters' });
    const parties = [
      { organisation: UNIVERSITY ?? '', registrar: personId('lead'), signatory: personId('researcher') },
      { organisation: COUNCIL ?? '', registrar: personId('checker'), signatory: personId('checker') },
      { organisation: HOLDER ?? '', registrar: personId('holder'), signatory: personId('riskOwner') },
      { organisation: PANEL ?? '', registrar: personId('lay'), signatory: null },
    ];
    const terms = {
      content,
      parties,
      rules: { ...DEFAULT_RULES, timings, frequencyThreshold, ...more },
      expires: inDays(700),
    };
    await setting.onProgramme('lead', { command: { type: 'ProposeAgreement', ...terms }, contents });
    await setting.sign('AGREEMENT', 'researcher', 'checker', 'riskOwner');
    await setting.makeSafe('researcher', 'lead');
    const title = commitText('Did the programme raise earnings?');
    await setting.ledger.startProject(setting.programme, this.project, setting.as('lead'), {
      command: { type: 'StartProject', programme: setting.programme, title: title.commitment },
      texts: [title],
    });
    const [body, ref] = [commitText('A committee'), commitText('REC 1')];
    const ethics = {
      type: 'RecordEthics',
      body: body.commitment,
      reference: ref.commitment,
      conditions: null,
    } as const;
    await this.give('lead', { ...ethics, expires: inDays(500) }, { texts: [body, ref] });
  }

  /** Waits until those whose move it is in a stage have been told so. */
  async told(stage: Stage): Promise<void> {
    await this.until(`${stage} to be announced`, ({ project }) =>
      project.cycles.at(-1)?.announced.some((announced) => announced.stage === stage),
    );
  }

  /** These people approve the round about `about`, once it is open. */
  async sign(kind: CheckpointKind, about: string, ...names: AnyName[]): Promise<void> {
    await this.until(`${kind} about ${about} to open`, ({ project }) =>
      roundAbout(project.checkpoints, kind, about),
    );
    await this.setting.signAbout(kind, about, ...names);
  }

  async boundary(): Promise<void> {
    await this.setting.proposeBoundary();
    await this.sign('LEGAL', 'b1', 'riskOwner');
    await this.sign('ETHICAL', 'b1', 'checker', 'lay', 'holder');
  }

  async startCycle(descendsFrom: string | null = null): Promise<void> {
    await this.give('lead', { type: 'StartCycle', descendsFrom });
  }

  async question(): Promise<void> {
    await this.told('question');
    await this.setting.proposeQuestion();
    const { project } = await this.world();
    await this.sign('QUESTION', project.questions.at(-1)?.id ?? 'q1', 'official', 'researcher');
  }

  async sendRequest(): Promise<void> {
    await this.told('dataRequest');
    const { content, contents } = signContent({ kind: 'REQUEST' }, { summary: 'because it matters' });
    const why = commitText('because it matters');
    const ask = {
      source: 'programme',
      fields: this.level === 'CELLS' ? ['treat', 're78'] : ['treat', 're74', 're78'],
      tier: 'DEIDENTIFIED' as const,
      purpose: 'earnings',
      methods: ['descriptive'],
      linkage: false,
    };
    const rationale = { text: why.commitment, cites: [] };
    const command = { type: 'SendRequest' as const, holder: HOLDER ?? '', ask, content, rationale };
    await this.give('lead', command, { contents, texts: [why] });
  }

  /** The holder grants cells only, which is less than was asked. */
  async grant(expires = inDays(300), conditions: Condition[] = [], texts: DraftText[] = []): Promise<void> {
    const spec = this.level === 'CELLS' ? SPEC : ROWS;
    const fields = spec.fields.map(({ name }) => name).filter((name) => name !== 'person');
    const terms = { tier: this.tier, fields, depositAs: spec, releaseAs: spec };
    const command = {
      type: 'AnswerRequest' as const,
      request: 'r1',
      outcome: this.level === 'CELLS' ? ('PARTLY_GRANTED' as const) : ('GRANTED' as const),
      grant: { ...terms, conditions, expires },
      reasons: [],
      reason: null,
      assurance: 'ACCOUNT' as const,
    };
    await this.setting.byAccount('holder', this.project, { command, texts });
  }

  async deposit(csv = this.level === 'CELLS' ? CSV : PEOPLE, deposit = 'd1'): Promise<void> {
    const { publicKey } = await this.until(
      `an invitation to deposit ${deposit}`,
      ({ project }) => project.deposits[deposit],
    );
    const name = reference(this.project, deposit);
    const stream = Readable.from([Buffer.from(csv)]);
    const { vaultDir } = this;
    const got = await receiveDeposit({
      deposit: name,
      stream,
      maxBytes: 1e6,
      recipientPublicKey: publicKey,
      vaultDir,
    });
    const received = {
      deposit,
      digest: got.sha256,
      bytes: got.bytes,
      object: got.objectId,
      wrappedKey: got.wrappedKey,
    };
    await this.setting.ledger.receiveDeposit(this.project, this.setting.as('holder'), received);
  }

  async proposeRelease(expires = inDays(200)): Promise<void> {
    await this.until('the deposit to be accepted', ({ project }) =>
      Object.values(project.deposits).some((d) => d.outcome?.accepted),
    );
    const why = commitText('because it matters');
    const terms = {
      requests: ['r1'],
      tier: this.tier,
      purpose: 'earnings',
      methods: ['descriptive'],
    };
    const command = { type: 'ProposeRelease' as const, ...terms, readers: [personId('researcher')], expires };
    await this.give('lead', { ...command, rationale: { text: why.commitment, cites: [] } }, { texts: [why] });
  }

  async trust(release = 'rel1'): Promise<void> {
    await this.sign('TRUST', release, 'holder', 'official', 'researcher');
  }

  /** A run of `descriptive`, registered as soon as the release is open. */
  async analyse(
    params: Record<string, unknown> = { outcome: 're78', groups: 'treat' },
    release = 'rel1',
  ): Promise<void> {
    await this.until('the permit', ({ project }) => project.releases[release]?.permit);
    const [hypothesis, support] = [commitText('It did raise earnings'), commitText('a positive difference')];
    const run = { type: 'RegisterAnalysis' as const, release, method: 'descriptive', params };
    const texts = [hypothesis, support];
    await this.give(
      'researcher',
      { ...run, hypothesis: hypothesis.commitment, support: support.commitment },
      { texts },
    );
  }

  async check(): Promise<void> {
    const ended = await this.until('the run to end', ({ project }) => project.analyses['a1']?.ended);
    const why = commitText('because it matters');
    const toDecide = (ended.findings ?? []).filter(({ verdict }) => verdict === 'review');
    const findings = toDecide.map(({ id: finding }) => ({ finding, reason: why.commitment }));
    const { command, texts } = await this.setting.decision('OUTPUT');
    const decision = { ...command, assurance: 'ACCOUNT', findings } as typeof command;
    await this.setting.byAccount('checker', this.project, {
      command: decision,
      texts: [...(texts ?? []), ...(toDecide.length > 0 ? [why] : [])],
    });
    await this.give('lead', { type: 'CloseAnalysisStage' });
  }

  async reflect(): Promise<void> {
    await this.told('reflection');
    for (const [who, as] of [
      ['official', 'PRACTITIONER'],
      ['researcher', 'RESEARCHER'],
    ] as const) {
      const [text, misreading] = [commitText('because it matters'), commitText('because it matters')];
      const command = {
        type: 'AddInterpretation' as const,
        as,
        text: text.commitment,
        misreading: misreading.commitment,
      };
      await this.give(who, command, { texts: [text, misreading] });
    }
    const { content, contents } = signContent({ kind: 'REFLECTION' }, { summary: '' });
    await this.give('lead', { type: 'ProposeReflection', content }, { contents });
    await this.setting.sign('REFLECTION', 'official', 'researcher');
  }

  async refine(): Promise<void> {
    await this.told('refinement');
    const { content, contents } = signContent({ kind: 'REFINEMENT' }, { summary: '' });
    await this.give('lead', { type: 'ProposeRefinement', content, next: 'NEXT_CYCLE' }, { contents });
    await this.setting.sign('REFINEMENT', 'official', 'researcher');
  }

  /** Every step of a first cycle, in order, by name. */
  readonly steps: readonly (readonly [name: string, take: () => Promise<void>])[] = [
    ['begin', () => this.begin()],
    ['boundary', () => this.boundary()],
    ['start the cycle', () => this.startCycle()],
    ['question', () => this.question()],
    ['request', () => this.sendRequest()],
    ['grant', () => this.grant()],
    ['deposit', () => this.deposit()],
    ['release', () => this.proposeRelease()],
    ['trust', () => this.trust()],
    ['wait for analysis', () => this.told('analysis')],
    ['analyse', () => this.analyse()],
    ['check', () => this.check()],
    ['reflect', () => this.reflect()],
    ['refine', () => this.refine()],
  ];
}
