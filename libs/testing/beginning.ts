// How a project in memory begins: roster, agreement, boundary and question, up to its first data request.
import type {
  Actor,
  AgreementRules,
  BoundaryScope,
  Instant,
  LegalParts,
  LegalReference,
  ProgrammeCommand,
  ProjectCommand,
  ProjectState,
  QuestionChange,
  QuestionForm,
} from '#libs/domain';
import { LEGAL_PARTS, plus } from '#libs/domain';
import { ADMINISTRATOR, CAST, COUNCIL, DAY, HOLDER, PANEL, personId, UNIVERSITY } from './cast';
import type { Member, Name } from './cast';
import { Story } from './telling';

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
