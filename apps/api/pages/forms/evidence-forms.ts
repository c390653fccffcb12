// Forms about evidence that is not data: recorded for an audience, agreed by those present, considered and cited beside data.
import { AUDIENCES, CONSIDERED_IN, EVIDENCE_KINDS, mayRead, ROLES } from '#libs/domain';
import type { World } from '#libs/domain';
import type { Fields } from '#libs/web/http';
import { EvidenceController } from '../../evidence/evidence.controller';
import { AgreeNotes, AmendNotes, ChangeAudience, RecordEvidence, UseEvidence } from '../../evidence/bodies';
import { LocalId, Nothing } from '../../http/fields';
import type { Call } from '../../ledger/call';
import { form } from './declared';
import {
  among,
  boxes,
  choice,
  line,
  list,
  listedBy,
  number,
  organisations,
  people,
  select,
  text,
} from './fields';
import { having, isOpen } from './fitting';
import { given } from './reading';

/** Only what the person may read. */
const readable = ({ programme, project }: World, { account, now }: Call) =>
  project.evidence.filter((item) => mayRead(programme, item, account.person ?? '', now));
export const evidenceItems = listedBy(readable, ({ title }) => title);
const item = select('evidence', 'Which item?', evidenceItems);
const of = { evidence: LocalId };
const hasSome = (world: World, call: Call): boolean =>
  having(({ evidence }) => evidence)(world) && readable(world, call).length > 0;

const TIME = 'With the zone, such as 2027-03-31T14:30:00Z.';
const OF_REA = { optional: true, hint: 'Of a rapid evidence assessment, and of nothing else.' };

/** Whose word it is, as one of the three ways to say so. */
function attributionOf(fields: Fields): object | undefined {
  const [person, role, outside] = ['person', 'role', 'who'].map((part) =>
    given(fields[`attribution.${part}`]),
  );
  if (person !== undefined) return { type: 'PERSON', person };
  if (outside !== undefined) return { type: 'OUTSIDE', who: outside };
  if (role === undefined) return undefined;
  return { type: 'ROLE', role, organisation: given(fields['attribution.organisation']) ?? null };
}

export const recordEvidence = form({
  ...{ name: 'record-evidence', title: 'Record evidence', fits: isOpen },
  about:
    'A document, comment, minutes, mail or call, for the audience you name; only you can change that. A call may stand without content. Notes are drafts until those present agree.',
  route: [EvidenceController, 'record'],
  schema: RecordEvidence,
  fields: [
    choice('kind', 'What is it?', EVIDENCE_KINDS),
    line('title', 'Title'),
    choice('audience', 'Who may read it?', AUDIENCES),
    select('attribution.person', 'Whose word is it? A person', people(), { optional: true }),
    select('attribution.role', 'or a role', among(ROLES), { optional: true }),
    select('attribution.organisation', 'of which organisation', organisations, { optional: true }),
    line('attribution.who', 'or somebody outside', { optional: true }),
    text('provenance.origin', 'Where does it come from?'),
    line('provenance.dated', 'When was it made, or did it take place?', { hint: TIME }),
    list('provenance.derivedFrom', 'From which other items?', {
      hint: 'Ids such as e1, with commas.',
      optional: true,
    }),
    boxes('participants', 'Who was present, or wrote and received it?', people(), { optional: true }),
    number('others', 'How many more, who are not on the roster?', { optional: true }),
    text('text', 'What it says', { optional: true }),
    text('assessment.protocol', 'Protocol', OF_REA),
    text('assessment.search.sources', 'Where was searched', OF_REA),
    text('assessment.search.terms', 'For what', OF_REA),
    line('assessment.search.from', 'The search began', { optional: true, hint: TIME }),
    line('assessment.search.to', 'The search ended', { optional: true, hint: TIME }),
    text('assessment.findings', 'Findings', OF_REA),
    text('assessment.limits', 'What it does not show', OF_REA),
    select(
      'unseen',
      'Of which refused request does it tell, cited and not seen?',
      ({ project }) => Object.keys(project.requests).map((id) => ({ value: id, text: id })),
      { optional: true },
    ),
  ],
  besides: (fields) => ({ attribution: attributionOf(fields) }),
  with: (body) => [body],
});

export const changeAudience = form({
  ...{ name: 'change-audience', title: 'Change who reads an item', fits: hasSome },
  about: 'As its author. Narrower only until somebody relies on it.',
  route: [EvidenceController, 'audience'],
  schema: ChangeAudience.extend(of),
  fields: [item, choice('audience', 'Who may read it?', AUDIENCES)],
  with: ({ evidence, ...body }) => [evidence, body],
});

export const amendNotes = form({
  ...{ name: 'amend-notes', title: 'Amend notes', fits: hasSome },
  about: 'As one of those present. The others are asked again.',
  route: [EvidenceController, 'amend'],
  schema: AmendNotes.extend(of),
  fields: [item, text('text', 'The notes as they should read')],
  with: ({ evidence, ...body }) => [evidence, body],
});

export const agreeNotes = form({
  ...{ name: 'agree-notes', title: 'Agree to notes', fits: hasSome },
  about: 'As one of those present, to exactly the version you read.',
  route: [EvidenceController, 'agree'],
  schema: AgreeNotes.extend(of),
  fields: [item, number('version', 'The version you read', { hint: 'The first is 1.' })],
  with: ({ evidence, ...body }) => [evidence, body],
});

export const consentToUse = form({
  ...{ name: 'consent-to-use', title: 'Consent to use as research data', fits: hasSome },
  about: 'For yourself. Without the consent of everybody whose words it holds it is not cited as data.',
  route: [EvidenceController, 'consent'],
  schema: Nothing.unwrap().extend(of),
  fields: [item],
  with: ({ evidence }) => [evidence],
});

export const withdrawConsent = form({
  ...{
    name: 'withdraw-consent',
    title: 'Take a consent back',
    fits: (world, call) => readable(world, call).length > 0,
  },
  about: 'What rests on it is shown as such at once.',
  route: [EvidenceController, 'withdrawConsent'],
  schema: Nothing.unwrap().extend(of),
  fields: [item],
  with: ({ evidence }) => [evidence],
});

const USED = [
  item,
  choice('in.type', 'With what?', CONSIDERED_IN),
  line('in.id', 'Which one?', { hint: 'Its id, such as q1, a2 or i3.' }),
  text('because', 'Why'),
];

export const considerEvidence = form({
  ...{ name: 'consider-evidence', title: 'Record that evidence was considered', fits: hasSome },
  about: 'Data is one form of evidence: what it is admitted alongside is recorded too.',
  route: [EvidenceController, 'consider'],
  schema: UseEvidence.extend(of),
  fields: USED,
  with: ({ evidence, ...body }) => [evidence, body],
});

export const citeEvidence = form({
  ...{ name: 'cite-evidence', title: 'Cite evidence as research data', fits: hasSome },
  about: 'Only with the consent of everybody whose words it holds.',
  route: [EvidenceController, 'cite'],
  schema: UseEvidence.extend(of),
  fields: USED,
  with: ({ evidence, ...body }) => [evidence, body],
});
