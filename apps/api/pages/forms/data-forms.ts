// Forms about data: a request to a holder, a release in a wave, the account of earlier waves, published data.
import {
  agreementInForce,
  earlierPermitted,
  institutionsOf,
  LEGAL_CHECK_OUTCOMES,
  peopleAt,
  TIERS,
} from '#libs/domain';
import type { World } from '#libs/domain';
import { BenefitsController, ProposeBenefit } from '../../benefits/benefits.controller';
import { Because, LocalId, Nothing } from '../../http/fields';
import { said } from '../../http/said';
import { ImportsController, LegalCheckIn } from '../../imports/imports.controller';
import type { Call } from '../../ledger/call';
import { ProposeRelease, ReleasesController } from '../../releases/releases.controller';
import { RequestsController, SendRequest } from '../../requests/requests.controller';
import { form } from './declared';
import {
  boxes,
  choice,
  day,
  line,
  list,
  number,
  organisations,
  radios,
  REASON,
  releases,
  requests,
  select,
  text,
  yesNo,
} from './fields';
import { ever, having, isOpen } from './fitting';
import { given, ticked } from './reading';
import type { FormField } from './terms';

const RATIONALE: FormField[] = [
  text('rationale.text', 'Rationale', { hint: 'Why this, and why now.' }),
  list('rationale.cites', 'What it cites', {
    ...{ hint: 'Earlier waves and findings, by id, with commas.', optional: true },
  }),
];
const METHODS = { hint: 'As the catalogue names them, with commas.' };
const PURPOSE = { hint: 'One of the boundary’s.' };

const hasImports = ({ project }: World): boolean => Object.keys(project.imports).length > 0;
const importOptions = ({ project }: World) =>
  Object.values(project.imports).map(({ id, source }) => ({
    ...{ value: id, text: `${id}: ${project.sources[source]?.terms.name ?? source}` },
  }));

export const sendRequest = form({
  ...{ name: 'send-request', title: 'Send a data request', fits: isOpen },
  about: 'The holder may grant less, or decline with or without a reason. Silence is never consent.',
  route: [RequestsController, 'send'],
  schema: SendRequest,
  fields: [
    select('holder', 'Who holds the data?', organisations),
    line('ask.source', 'Source', { hint: 'As the boundary names it.' }),
    text('ask.fields', 'Fields', { hint: 'Only what the question needs, with commas.', reads: 'list' }),
    choice('ask.tier', 'How identifiable?', TIERS),
    line('ask.purpose', 'Purpose', PURPOSE),
    list('ask.methods', 'Methods', METHODS),
    yesNo('ask.linkage', 'Is it to be linked?'),
    ...RATIONALE,
    text('summary', 'Summary in plain words'),
    select('answers', 'Which refused request does this smaller ask answer?', requests, {
      ...{ optional: true, if: ({ project }) => Object.keys(project.requests).length > 0 },
    }),
    text('help', 'Which help with the extraction do you offer?', { optional: true }),
  ],
  with: (body, project) => [project, body],
});

/** Those whom a boundary names; published data alone may be read by any researcher. */
function readers({ programme, project }: World, { now }: Call) {
  const researchers = peopleAt(programme, now, { roles: ['researcher'] });
  const named = new Set([
    ...project.boundaries.flatMap(({ scope }) => scope.readers),
    ...(hasImports({ programme, project }) ? researchers.map(({ person }) => person) : []),
  ]);
  return [...named].map((id) => ({ value: id, text: said(programme.people[id]?.name) }));
}

export const proposeRelease = form({
  ...{ name: 'propose-release', title: 'Propose a release', fits: isOpen },
  about:
    'It opens only when everything the gate needs stands: the page of the project then lists what is missing.',
  route: [ReleasesController, 'propose'],
  schema: ProposeRelease,
  fields: [
    boxes('requests', 'On which requests does it rest?', requests),
    boxes('imports', 'Which published data is in it?', importOptions, {
      hint: 'Alone, it needs no boundary and no trust; beside a holder’s data it is a linked release.',
      if: hasImports,
    }),
    choice('tier', 'How identifiable?', TIERS),
    line('purpose', 'Purpose', PURPOSE),
    list('methods', 'Methods', METHODS),
    boxes('readers', 'Who reads it?', readers, {
      hint: 'Those whom a boundary names; published data alone may be read by any researcher.',
    }),
    ...RATIONALE,
    day('expires', 'Until when?'),
  ],
  besides: (fields) => (ticked(fields, 'imports').length === 0 ? { imports: undefined } : {}),
  with: (body, project) => [project, body],
});

export const openRelease = form({
  ...{ name: 'open-release', title: 'Open a release' },
  about:
    'It opens by itself once nothing is missing. Asking before that is refused, with everything that is missing and whose move it is.',
  fits: having(({ releases: all }) =>
    Object.values(all).filter(({ permit, givenUpAt }) => !permit && !givenUpAt),
  ),
  route: [ReleasesController, 'open'],
  schema: Nothing.unwrap().extend({ release: LocalId }),
  fields: [radios('release', 'Which release?', releases)],
  with: ({ release }, project) => [project, release, {}],
});

export const giveUpRelease = form({
  ...{ name: 'give-up-release', title: 'Give a release up' },
  about: 'It never opens then; the stage can settle without it. Your reason stands in the ledger.',
  fits: ever(({ releases: all }) =>
    Object.values(all).filter(({ permit, givenUpAt }) => !permit && !givenUpAt),
  ),
  route: [ReleasesController, 'giveUp'],
  schema: Because.extend({ release: LocalId }),
  fields: [radios('release', 'Which release?', releases), REASON],
  with: ({ release, ...because }, project) => [project, release, because],
});

/** Whoever signs the account: each institution, and each holder whose data an earlier wave released. */
function parties({ programme, project }: World, { now }: Call): string[] {
  const agreement = agreementInForce(programme, now);
  const holders = earlierPermitted(project, Number.MAX_SAFE_INTEGER).flatMap(({ requests: rested }) =>
    rested.flatMap((id) => project.requests[id]?.holder ?? []),
  );
  return [...new Set([...(agreement ? institutionsOf(agreement) : []), ...holders])];
}

export const proposeBenefit = form({
  ...{ name: 'propose-benefit', title: 'Account for earlier waves' },
  about:
    'What earlier waves gave and cost, party by party: each of them signs it before a further wave opens.',
  fits: having(({ releases: all }) => Object.values(all).filter(({ permit }) => permit)),
  route: [BenefitsController, 'propose'],
  schema: ProposeBenefit,
  shown: (world, call) => [
    {
      key: 'The parties',
      rows: parties(world, call).map((id, row) => [
        `Party ${row + 1}`,
        said(world.programme.organisations[id]?.name),
      ]),
    },
  ],
  fields: (world, call) => [
    number('wave', 'Which wave is to open on it?', { hint: 'The second, or a later one.' }),
    ...parties(world, call).flatMap((_, row) => [
      text(`parties.${row}.gave`, `What earlier waves gave party ${row + 1}`),
      text(`parties.${row}.cost`, `What they cost party ${row + 1}`),
    ]),
    text('summary', 'Summary in plain words'),
  ],
  besides: (fields, world, call) => ({
    parties: parties(world, call).map((organisation, row) => ({
      ...{ organisation, gave: given(fields[`parties.${row}.gave`]) },
      cost: given(fields[`parties.${row}.cost`]),
    })),
  }),
  with: (body, project) => [project, body],
});

export const legalCheck = form({
  ...{ name: 'legal-check', title: 'Record the legal check of published data' },
  fits: hasImports,
  about:
    'As risk owner of the organisation that imports it. Once you say that it may not be used, every release with it closes at once, for good.',
  route: [ImportsController, 'check'],
  schema: LegalCheckIn.extend({ import: LocalId }),
  fields: [
    radios('import', 'Which import?', importOptions),
    choice('outcome', 'May it be used?', LEGAL_CHECK_OUTCOMES),
    text('text', 'What you checked', {
      hint: 'The licence, this purpose, and whether anybody could be recognised.',
    }),
  ],
  with: ({ import: id, ...check }, project) => [project, id, check],
});
