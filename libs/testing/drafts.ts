// What people of a story put forward, sign or take back, as commands with their texts and contents.
import { LEGAL_PARTS } from '#libs/domain';
import type {
  AgreementRules,
  BoundaryScope,
  Choice,
  LegalParts,
  LegalReference,
  ProgrammeCommand,
  ProjectCommand,
  Round,
} from '#libs/domain';
import { commitText, contentOf, signContent } from '#libs/ledger';
import type { Draft } from '#libs/ledger';
import { CAST, COUNCIL, DAY, HOLDER, PANEL, personId, SECOND_HOLDER, UNIVERSITY } from './story';
import type { AnyName } from './story';

/** What somebody is asked about. */
export interface Asked {
  stream: string;
  checkpoint: string;
  round: Round;
}

const RULES: AgreementRules = {
  frequencyThreshold: 10,
  timings: { remindAfter: 5 * DAY, escalateAfter: 10 * DAY, lapseAfter: 14 * DAY },
  codeAlsoFor: [],
  moreSigners: [],
  addressDelay: 3 * DAY,
};

export const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

export function decision({ checkpoint, round }: Omit<Asked, 'stream'>, choice: Choice): Draft {
  const signedAs = commitText('A. Signer');
  const command = {
    type: 'RecordDecision' as const,
    checkpoint,
    round: round.round,
    choice,
    ...round.content,
    assurance: round.needsCode ? ('LINK_CODE' as const) : ('LINK' as const),
    conditions: [],
    reason: null,
    dissent: null,
    signedAs: signedAs.commitment,
    page: null,
  };
  return { command, texts: [signedAs] };
}

export function withdrawal({ checkpoint, round }: Asked): Draft {
  const signedAs = commitText('A. Signer');
  const command = {
    type: 'WithdrawDecision' as const,
    checkpoint,
    round: round.round,
    mode: 'STOP' as const,
    atOnce: false,
    disowned: false,
    assurance: 'LINK' as const,
    reason: null,
    signedAs: signedAs.commitment,
  };
  return { command, texts: [signedAs] };
}

export function organisation(id: string): Draft<ProgrammeCommand> {
  const called = commitText(id);
  const command = {
    type: 'AddOrganisation' as const,
    organisation: id,
    name: called.commitment,
    commissionedBy: [],
  };
  return { command, texts: [called] };
}

export function attestation(name: AnyName, address: string): Draft<ProgrammeCommand> {
  const { organisation: of, roles } = { ...CAST, ...SECOND_HOLDER }[name];
  const [called, at] = [commitText(`Person ${name}`), commitText(address)];
  const command = {
    type: 'AttestPerson' as const,
    person: personId(name),
    organisation: of,
    roles: [...roles],
    name: called.commitment,
    address: at.commitment,
  };
  return { command, texts: [called, at] };
}

/** Between the three institutions of the story and its panel, which signs nothing. */
export function agreement(over: Partial<AgreementRules>): Draft<ProgrammeCommand> {
  const { content, contents } = signContent({ kind: 'AGREEMENT' }, { text: 'What we agree' });
  const parties = [
    { organisation: UNIVERSITY, registrar: personId('lead'), signatory: personId('researcher') },
    { organisation: COUNCIL, registrar: personId('checker'), signatory: personId('checker') },
    { organisation: HOLDER, registrar: personId('holder'), signatory: personId('riskOwner') },
    { organisation: PANEL, registrar: personId('lay'), signatory: null },
  ];
  const command = {
    type: 'ProposeAgreement' as const,
    content,
    parties,
    rules: { ...RULES, ...over },
    expires: inDays(700),
  };
  return { command, contents };
}

export function ethics(): Draft<ProjectCommand> {
  const [body, reference] = [commitText('A committee'), commitText('REC 1')];
  const command = {
    type: 'RecordEthics' as const,
    body: body.commitment,
    reference: reference.commitment,
    conditions: null,
    expires: inDays(500),
  };
  return { command, texts: [body, reference] };
}

export const scopeOf = (over: Partial<BoundaryScope>): BoundaryScope => ({
  purposes: ['earnings'],
  sources: [{ source: 'programme', holder: HOLDER, fields: ['id', 'treat', 're74', 're78'] }],
  linkage: false,
  tier: 'DEIDENTIFIED',
  methods: ['descriptive'],
  readers: [personId('researcher')],
  exposed: [HOLDER],
  retentionDays: 365,
  expires: inDays(600),
  ...over,
});

export function boundary(scope: BoundaryScope, legalFile: LegalReference): Draft<ProjectCommand> {
  const { content, contents } = signContent(
    { kind: 'BOUNDARY', scope, legalFile },
    { text: 'What may be done' },
  );
  return { command: { type: 'ProposeBoundary', content, scope, legalFile }, contents };
}

/** B53: a complete version of the legal file, and its digest. */
export function legalFile(scope: BoundaryScope): { draft: Draft<ProjectCommand>; digest: string } {
  const words = commitText('As the law asks');
  const because = commitText('No officer is on the roster');
  const present = { state: 'PRESENT' as const, text: words.commitment };
  const parts: LegalParts = Object.fromEntries(LEGAL_PARTS.map((part) => [part, present]));
  parts.OFFICER_ADVICE = { state: 'NOT_APPLICABLE', text: because.commitment };
  const content = contentOf({ kind: 'LEGAL_FILE', scope });
  const terms = { article6: 'PUBLIC_TASK', article9: 'ARCHIVING_RESEARCH_STATISTICS' } as const;
  const digest = content.id;
  const draft: Draft<ProjectCommand> = {
    command: { type: 'DraftLegalFile', scope, parts, ...terms, residualRisk: 'LOW', digest },
    texts: [words, because],
    contents: [content],
  };
  return { draft, digest };
}
