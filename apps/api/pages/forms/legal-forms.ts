// Forms about what is allowed: ethical approvals, the legal file, the boundary signed with it, incidents.
import {
  ADVICES,
  ARTICLE_6,
  ARTICLE_9,
  INCIDENT_OUTCOMES,
  LEGAL_PARTS,
  RESIDUAL_RISKS,
  TIERS,
} from '#libs/domain';
import type { BoundaryScope, World } from '#libs/domain';
import { wordsOf } from '#libs/web';
import { BoundariesController, ProposeBoundary } from '../../boundaries/boundaries.controller';
import { EthicsController, RecordEthics } from '../../ethics/ethics.controller';
import { Because, LocalId, ScopeField } from '../../http/fields';
import { said } from '../../http/said';
import { IncidentIn, IncidentsController, Report } from '../../incidents/incidents.controller';
import { AdviceIn, Draft, LegalFilesController } from '../../legal-files/legal-files.controller';
import { form } from './declared';
import {
  among,
  boxes,
  choice,
  day,
  line,
  list,
  listedBy,
  namedBy,
  number,
  organisations,
  people,
  REASON,
  select,
  text,
  yesNo,
} from './fields';
import { ever, having, isOpen } from './fitting';
import type { FormField, Prefill } from './terms';

export const recordEthics = form({
  ...{ name: 'record-ethics', title: 'Record an ethical approval', fits: isOpen },
  about:
    'A committee’s approval is a document. Nothing is released without one in force, and it does not replace ETHICAL.',
  route: [EthicsController, 'record'],
  schema: RecordEthics,
  fields: [
    line('body', 'Which body approved?'),
    line('reference', 'Its reference'),
    text('conditions', 'Its conditions', { optional: true }),
    day('expires', 'Until when does it stand?'),
  ],
  with: (body, project) => [project, body],
});

export const endEthics = form({
  ...{
    name: 'end-ethics',
    title: 'Record that an ethical approval ended',
    fits: ever(({ ethics }) => ethics),
  },
  about: 'Before its time: what rests on it closes at once.',
  route: [EthicsController, 'end'],
  schema: Because.extend({ ethics: LocalId }),
  fields: [
    select(
      'ethics',
      'Which approval?',
      namedBy(
        ({ project }) => project.ethics.filter(({ endedAt }) => endedAt === null),
        ({ expires }) => `until ${expires.slice(0, 10)}`,
      ),
    ),
    REASON,
  ],
  with: ({ ethics, ...because }, project) => [project, ethics, because],
});

/** The scope last written for: a further boundary mostly changes one thing in it. */
const lastScope = ({ project }: World): BoundaryScope | undefined =>
  project.legalFiles.at(-1)?.scope ?? project.boundaries.at(-1)?.scope;
const FURTHER_ROWS = 2;

/** A row for each source there is, and some more. */
function sourceRows(world: World): FormField[] {
  const known = lastScope(world)?.sources.length ?? 0;
  const rows = Math.max(known, Object.keys(world.project.sources).length) + FURTHER_ROWS;
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => [
    line(`sources.${row}.source`, `Source ${row + 1}`, {
      ...{ optional: row > 0, hint: 'As the register and requests name it.' },
    }),
    select(`sources.${row}.holder`, `Who holds source ${row + 1}?`, organisations, { optional: row > 0 }),
    list(`sources.${row}.fields`, `Fields of source ${row + 1}`, { optional: row > 0 }),
  ]);
}

const SCOPE: FormField[] = [
  text('purposes', 'Purposes', { hint: 'One a line. A request names one of them.', reads: 'lines' }),
  yesNo('linkage', 'May the sources be linked?'),
  choice('tier', 'How identifiable, at most?', TIERS),
  list('methods', 'Methods', { hint: 'As the catalogue names them, with commas.' }),
  boxes('readers', 'Who reads rows?', people()),
  boxes('exposed', 'Whose standing is exposed?', organisations, {
    hint: 'They sign TRUST on each release; its holders always do.',
  }),
  number('retentionDays', 'For how many days is data kept?'),
  day('expires', 'Until when does the boundary stand?'),
];

const PARTS: FormField[] = LEGAL_PARTS.flatMap((part) => [
  text(`parts.${part}.text`, wordsOf(part), { optional: true }),
  line(`parts.${part}.notApplicable`, `${wordsOf(part)}: or why it is not applicable`, { optional: true }),
]);

const scopeFields = (world: World): FormField[] => [...sourceRows(world), ...SCOPE];

/** What the last version says of the scope stands in the form. */
function scopeValues(world: World): Prefill {
  const scope = lastScope(world);
  if (!scope) return {};
  const rows = scope.sources.flatMap(({ source, holder, fields }, row) => [
    [`sources.${row}.source`, source],
    [`sources.${row}.holder`, holder],
    [`sources.${row}.fields`, fields.join(', ')],
  ]);
  const boxed = [
    ...scope.readers.map((id) => [`readers.${id}`, 'yes']),
    ...scope.exposed.map((id) => [`exposed.${id}`, 'yes']),
  ];
  return {
    ...(Object.fromEntries([...rows, ...boxed]) as Prefill),
    ...{ purposes: scope.purposes.join('\n'), linkage: scope.linkage ? 'yes' : 'no', tier: scope.tier },
    ...{ methods: scope.methods.join(', '), retentionDays: String(scope.retentionDays) },
    expires: scope.expires.slice(0, 'YYYY-MM-DD'.length),
  };
}

/** The words of the last version, and what it named. */
function lastFile(world: World): Prefill {
  const last = world.project.legalFiles.at(-1);
  if (!last) return {};
  const parts = LEGAL_PARTS.flatMap((part) => {
    const entry = last.parts[part];
    const name = entry?.state === 'NOT_APPLICABLE' ? 'notApplicable' : 'text';
    return entry ? [[`parts.${part}.${name}`, said(entry.text)] as const] : [];
  });
  const { article6, article9, residualRisk } = last;
  return { ...Object.fromEntries(parts), article6, article9, residualRisk };
}

export const draftLegalFile = form({
  ...{ name: 'draft-legal-file', title: 'Draft the legal file', fits: isOpen },
  about:
    'For the boundary that you write here. Each part stands in words, or says why it is not applicable; controllers, retention and the sharing agreement are filled in where you leave them empty. A boundary is then proposed with it.',
  route: [LegalFilesController, 'draft'],
  schema: Draft.omit({ scope: true }).extend({ ...ScopeField.shape, parts: Draft.shape.parts.default({}) }),
  fields: (world) => [
    ...scopeFields(world),
    select('article6', 'Basis under Article 6 UK GDPR', among(ARTICLE_6), { optional: true }),
    select('article9', 'Condition under Article 9 UK GDPR', among(ARTICLE_9), { optional: true }),
    select('residualRisk', 'Residual risk', among(RESIDUAL_RISKS), { optional: true }),
    ...PARTS,
  ],
  values: (world) => ({ ...scopeValues(world), ...lastFile(world) }),
  with: ({ parts, article6, article9, residualRisk, ...scope }, project) => [
    project,
    { scope, parts, article6, article9, residualRisk },
  ],
});

const file = select(
  'file',
  'Which version of the legal file?',
  namedBy(
    ({ project }) => [...project.legalFiles].reverse(),
    ({ scope }) => scope.purposes.join('; '),
  ),
);
const ofFile = { file: LocalId };
const hasFile = having(({ legalFiles }) => legalFiles);

export const adviseOnLegalFile = form({
  ...{ name: 'advise-on-legal-file', title: 'Advise on the legal file', fits: hasFile },
  about:
    'As data protection officer. You neither sign nor veto; against your advice a risk owner has to give a reason that every signer reads.',
  route: [LegalFilesController, 'advise'],
  schema: AdviceIn.extend(ofFile),
  fields: [file, choice('advice', 'What do you advise?', ADVICES), text('text', 'Your advice')],
  with: ({ file: id, ...body }, project) => [project, id, body],
});

export const overrideAdvice = form({
  ...{ name: 'override-advice', title: 'Go against the officer’s advice', fits: hasFile },
  about: 'As risk owner. Every signer reads your reason.',
  route: [LegalFilesController, 'override'],
  schema: Because.extend(ofFile),
  fields: [file, REASON],
  with: ({ file: id, ...because }, project) => [project, id, because],
});

export const proposeBoundary = form({
  ...{ name: 'propose-boundary', title: 'Propose the boundary', fits: hasFile },
  about:
    'Or its amendment. It allows exactly what the legal file was written for. LEGAL and ETHICAL are signed apart, and neither stands in for the other.',
  route: [BoundariesController, 'propose'],
  schema: ProposeBoundary,
  fields: [{ ...file, name: 'legalFile' }, text('summary', 'Summary in plain words')],
  besides: ({ legalFile }, { project }) => ({
    scope: project.legalFiles.find(({ id }) => id === legalFile)?.scope,
  }),
  with: (body, project) => [project, body],
});

export const recordIncident = form({
  ...{ name: 'record-incident', title: 'Record an incident', fits: () => true },
  about: 'Its clock of 72 hours runs from when somebody became aware (UK GDPR Article 33).',
  route: [IncidentsController, 'record'],
  schema: IncidentIn,
  fields: [
    text('what', 'What happened'),
    line('awareAt', 'When did somebody become aware?', {
      hint: 'With the zone, such as 2027-03-31T14:30:00Z.',
    }),
  ],
  with: (body, project) => [project, body],
});

export const reportIncident = form({
  ...{ name: 'report-incident', title: 'Report an incident' },
  about: 'To the supervisory authority, or why it need not be.',
  fits: ({ project }) => project.incidents.some(({ reported }) => reported === null),
  route: [IncidentsController, 'report'],
  schema: Report.extend({ incident: LocalId }),
  fields: [
    select(
      'incident',
      'Which incident?',
      listedBy(
        ({ project }) => project.incidents.filter(({ reported }) => reported === null),
        ({ what }) => what,
      ),
    ),
    choice('outcome', 'Was it reported?', INCIDENT_OUTCOMES),
    text('text', 'The reference it was reported under, or why it need not be'),
    text('delay', 'Why it comes after 72 hours', { optional: true }),
  ],
  with: ({ incident, ...body }, project) => [project, incident, body],
});
