// Forms about data: a request to a holder, a release in a wave.
import { LEGAL_CHECK_OUTCOMES, peopleAt, TIERS } from '#libs/domain';
import type { World } from '#libs/domain';
import { LegalCheckIn } from '../../imports/imports.controller';
import { LocalId } from '../../http/fields';
import { said } from '../../http/said';
import { ProposeRelease } from '../../releases/releases.controller';
import { SendRequest } from '../../requests/requests.controller';
import { isOpen, options, YES_OR_NO } from './cycle-forms';
import { endOf, given, listed, ticked, yesOrNo } from './reading';
import { read } from './terms';
import type { Form, FormField } from './terms';

const RATIONALE: FormField[] = [
  { name: 'rationale.text', label: 'Rationale', hint: 'Why this, and why now.', kind: 'text' },
  {
    ...{ name: 'rationale.cites', label: 'What it cites', kind: 'line', optional: true },
    hint: 'Earlier waves and findings, by id, with commas.',
  },
];
const METHODS = {
  label: 'Methods',
  hint: 'As the catalogue names them, with commas.',
  kind: 'line',
} as const;

const hasImports = ({ project }: World): boolean => Object.keys(project.imports).length > 0;
const importOptions = ({ project }: World) =>
  Object.values(project.imports).map(({ id, source }) => ({
    ...{ value: id, text: `${id}: ${project.sources[source]?.terms.name ?? source}` },
  }));
const someOf = (ids: string[]): string[] | undefined => (ids.length === 0 ? undefined : ids);

export const sendRequest: Form = {
  ...{ name: 'send-request', title: 'Send a data request', action: 'request.send', fits: isOpen },
  about: 'The holder may grant less, or decline with or without a reason. Silence is never consent.',
  fields: [
    {
      ...{ name: 'holder', label: 'Who holds the data?', kind: 'select' },
      options: ({ programme }) =>
        Object.values(programme.organisations).map(({ id, name }) => ({ value: id, text: said(name) })),
    },
    { name: 'ask.source', label: 'Source', hint: 'As the boundary names it.', kind: 'line' },
    { name: 'ask.fields', label: 'Fields', hint: 'Only what the question needs, with commas.', kind: 'text' },
    { name: 'ask.tier', label: 'How identifiable?', kind: 'radios', options: options(TIERS) },
    { name: 'ask.purpose', label: 'Purpose', hint: 'One of the boundary’s.', kind: 'line' },
    { name: 'ask.methods', ...METHODS },
    { name: 'ask.linkage', label: 'Is it to be linked?', kind: 'radios', options: YES_OR_NO },
    ...RATIONALE,
    { name: 'summary', label: 'Summary in plain words', kind: 'text' },
    {
      ...{ name: 'answers', label: 'Which refused request does this smaller ask answer?', kind: 'select' },
      optional: true,
      if: ({ project }) => Object.keys(project.requests).length > 0,
      options: ({ project }) => Object.keys(project.requests).map((id) => ({ value: id, text: id })),
    },
  ],
  send: (handlers, call, project, fields) => {
    const body = {
      holder: given(fields.holder),
      ask: {
        ...{ source: given(fields['ask.source']), fields: listed(fields['ask.fields']) },
        ...{ tier: given(fields['ask.tier']), purpose: given(fields['ask.purpose']) },
        ...{ methods: listed(fields['ask.methods']), linkage: yesOrNo(fields['ask.linkage']) },
      },
      rationale: { text: given(fields['rationale.text']), cites: listed(fields['rationale.cites']) },
      ...{ summary: given(fields.summary), answers: given(fields.answers) },
    };
    return handlers.data.requests.send(call, project, read(SendRequest, body));
  },
};

export const proposeRelease: Form = {
  ...{ name: 'propose-release', title: 'Propose a release', action: 'release.propose', fits: isOpen },
  about:
    'It opens only when everything the gate needs stands: the page of the project then lists what is missing.',
  fields: [
    {
      ...{ name: 'requests', label: 'On which requests does it rest?', kind: 'boxes' },
      options: ({ project }) =>
        Object.values(project.requests).map(({ id, ask }) => ({ value: id, text: `${id}: ${ask.source}` })),
    },
    {
      ...{ name: 'imports', label: 'Which published data is in it?', kind: 'boxes', if: hasImports },
      hint: 'Alone, it needs no boundary and no trust; beside a holder’s data it is a linked release.',
      options: importOptions,
    },
    { name: 'tier', label: 'How identifiable?', kind: 'radios', options: options(TIERS) },
    { name: 'purpose', label: 'Purpose', hint: 'One of the boundary’s.', kind: 'line' },
    { name: 'methods', ...METHODS },
    {
      ...{ name: 'readers', label: 'Who reads it?', kind: 'boxes' },
      hint: 'Those whom a boundary names; published data alone may be read by any researcher.',
      options: ({ programme, project }) => {
        const researchers = peopleAt(programme, programme.lastAt ?? '', { roles: ['researcher'] });
        const named = new Set([
          ...project.boundaries.flatMap(({ scope }) => scope.readers),
          ...(hasImports({ programme, project }) ? researchers.map(({ person }) => person) : []),
        ]);
        return [...named].map((id) => ({ value: id, text: said(programme.people[id]?.name) }));
      },
    },
    ...RATIONALE,
    { name: 'expires', label: 'Until when?', hint: 'A day such as 2027-03-31.', kind: 'line' },
  ],
  send: (handlers, call, project, fields) => {
    const body = {
      ...{ requests: ticked(fields, 'requests'), imports: someOf(ticked(fields, 'imports')) },
      ...{ tier: given(fields.tier), purpose: given(fields.purpose) },
      ...{ methods: listed(fields.methods), readers: ticked(fields, 'readers') },
      rationale: { text: given(fields['rationale.text']), cites: listed(fields['rationale.cites']) },
      expires: endOf(fields.expires),
    };
    return handlers.data.releases.propose(call, project, read(ProposeRelease, body));
  },
};

export const legalCheck: Form = {
  ...{ name: 'legal-check', title: 'Record the legal check of published data', action: 'import.check' },
  fits: (world) => isOpen(world) && hasImports(world),
  about:
    'As risk owner of the organisation that imports it. Once you say that it may not be used, every release with it closes at once, for good.',
  fields: [
    { name: 'import', label: 'Which import?', kind: 'radios', options: importOptions },
    { name: 'outcome', label: 'May it be used?', kind: 'radios', options: options(LEGAL_CHECK_OUTCOMES) },
    {
      ...{ name: 'text', label: 'What you checked', kind: 'text' },
      hint: 'The licence, this purpose, and whether anybody could be recognised.',
    },
  ],
  send: (handlers, call, project, fields) => {
    const body = {
      ...{ import: given(fields.import), outcome: given(fields.outcome), text: given(fields.text) },
    };
    const { import: id, ...check } = read(LegalCheckIn.extend({ import: LocalId }), body);
    return handlers.data.imports.check(call, project, id, check);
  },
};
