// Forms about the issue behind the question and the sources that might speak to it: profile, narratives, register, discovery.
import { ACCESSES, DEGREES, DISCOVERY_CLAIMS, MEASURES, PROVENANCES, ROLES, TRAITS } from '#libs/domain';
import { wordsOf } from '#libs/web';
import { LocalId } from '../../http/fields';
import { IssueController, Naming, Tell } from '../../issue/issue.controller';
import { Profile } from '../../issue/profiling';
import { DiscoveryController, Entry } from '../../sources/discovery.controller';
import { Source } from '../../sources/registering';
import { Revision, SourcesController } from '../../sources/sources.controller';
import { form } from './declared';
import { among, choice, line, listedBy, namedBy, organisations, REASON, select, text, yesNo } from './fields';
import { having, isOpen } from './fitting';
import type { FormField } from './terms';

export const profileIssue = form({
  ...{ name: 'profile-issue', title: 'Say how the issue is seen now', fits: isOpen },
  about: 'Dated, so that it shows how the issue changed.',
  route: [IssueController, 'profile'],
  schema: Profile,
  fields: TRAITS.flatMap((trait) => [
    choice(`${trait}.degree`, `Is it ${trait}?`, DEGREES),
    text(`${trait}.because`, `${wordsOf(trait)}: why`),
  ]),
  with: (body, project) => [project, body],
});

export const tellNarrative = form({
  ...{ name: 'tell-narrative', title: 'Tell a narrative', fits: isOpen },
  about: 'What the issue is, as it is told. Competing narratives stand side by side, held by a role.',
  route: [IssueController, 'tell'],
  schema: Tell,
  fields: [
    text('text', 'The narrative'),
    select('heldAs', 'Which role holds it?', among(ROLES)),
    yesNo('isOwn', 'Is it your own?', { hint: 'Otherwise you report it, and nobody is named.' }),
    yesNo('isNamed', 'Do you agree to be named as its holder?', { optional: true }),
  ],
  with: (body, project) => [project, body],
});

export const nameNarrative = form({
  ...{ name: 'name-narrative', title: 'Be named as holder of your narrative, or not' },
  about: 'You can take it back at any time.',
  fits: having(({ narratives }) => narratives),
  route: [IssueController, 'name'],
  schema: Naming.extend({ narrative: LocalId }),
  fields: [
    select(
      'narrative',
      'Which narrative?',
      listedBy(
        ({ project }, { account }) =>
          project.narratives.filter(({ isOwn, person }) => isOwn && person === account.person),
        (each) => each.text,
      ),
    ),
    yesNo('isNamed', 'Do you agree to be named?'),
  ],
  with: ({ narrative, ...body }, project) => [project, narrative, body],
});

const PUBLISHED = { optional: true, hint: 'Of a published source only.' } as const;
const SOURCE: FormField[] = [
  line('name', 'Name', { hint: 'As boundaries and requests name it.' }),
  select('holder', 'Who holds it?', organisations, { optional: true }),
  line('heldBy', 'Or who holds it, if no organisation of the programme', { optional: true }),
  text('collectedFor', 'What was it collected for?'),
  text('missing', 'Who is not in it?'),
  choice('measure', 'Does it hold everybody who came (flow) or whoever is there now (stock)?', MEASURES),
  choice('provenance', 'Where does it come from?', PROVENANCES),
  choice('access.kind', 'How would it be come by?', ACCESSES),
  line('access.address', 'Address', PUBLISHED),
  line('access.licence', 'Licence', PUBLISHED),
  line('access.version', 'Version', PUBLISHED),
  text('access.disclosureControl', 'What the publisher did against disclosure', PUBLISHED),
];
const sources = namedBy(
  ({ project }) => Object.values(project.sources),
  ({ terms }) => terms.name,
);

export const registerSource = form({
  ...{ name: 'register-source', title: 'Register a source', fits: isOpen },
  about: 'Anybody may. Whether it exists and is relevant is for the conversation, before any request.',
  route: [SourcesController, 'register'],
  schema: Source,
  fields: SOURCE,
  with: (body, project) => [project, body],
});

export const reviseSource = form({
  ...{ name: 'revise-source', title: 'Describe a source anew', fits: having((project) => project.sources) },
  about: 'What was said before stays.',
  route: [SourcesController, 'revise'],
  schema: Revision.extend({ source: LocalId }),
  fields: [select('source', 'Which source?', sources), ...SOURCE, REASON],
  with: ({ source, ...body }, project) => [project, source, body],
});

export const recordDiscovery = form({
  ...{ name: 'record-discovery', title: 'Add to the conversation about sources', fits: isOpen },
  about: 'Does it exist, and is it relevant to this version of the question?',
  route: [DiscoveryController, 'record'],
  schema: Entry,
  fields: [
    choice('claim', 'What do you say?', DISCOVERY_CLAIMS),
    select('source', 'Of which source?', sources, { optional: true }),
    select(
      'question',
      'For which question?',
      ({ project }) => project.questions.map(({ id }) => ({ value: id, text: id })),
      { optional: true },
    ),
    text('text', 'In words'),
  ],
  with: (body, project) => [project, body],
});
