// The export described as an RO-Crate 1.2 by the Five Safes profile, with W3C PROV relations between what led to what.
import type { Analysis, ComputedBy, Cycle, Release, Round, World } from '#libs/domain';
import { analysesShown, requestsShown, worded } from './shown';
import type { Telling } from './shown';

type Entity = { '@id': string; '@type': string | string[] } & Record<string, unknown>;
const ref = (id: string) => ({ '@id': id });
/** RO-Crate 1.2 wants a single value where there is one. */
const refs = (ids: readonly string[]) => (ids.length === 1 ? ref(ids[0] ?? '') : ids.map(ref));
const SHP = 'https://w3id.org/shp#';
const COMPLETED = 'http://schema.org/CompletedActionStatus';
const FAILED = 'http://schema.org/FailedActionStatus';

const PROV = {
  prov: 'http://www.w3.org/ns/prov#',
  used: { '@id': 'prov:used', '@type': '@id' },
  wasGeneratedBy: { '@id': 'prov:wasGeneratedBy', '@type': '@id' },
  wasDerivedFrom: { '@id': 'prov:wasDerivedFrom', '@type': '@id' },
  wasInformedBy: { '@id': 'prov:wasInformedBy', '@type': '@id' },
  wasAttributedTo: { '@id': 'prov:wasAttributedTo', '@type': '@id' },
};

/** `ro-crate-metadata.json`. */
export function crateText(telling: Telling): string {
  const graph = [
    ...descriptor(telling),
    ...parts(telling),
    ...organisations(telling),
    ...telling.world.project.cycles.flatMap((cycle) => cycleEntities(cycle)),
    ...requestsShown(telling).map(({ id, cycle, holder }) => ({
      ...{ '@id': `#${id}`, '@type': ['CreativeWork', 'prov:Entity'], name: `Data request ${id}` },
      ...{ wasGeneratedBy: ref(`#${cycle}`), wasAttributedTo: ref(`#${holder}`) },
    })),
    ...Object.values(telling.world.project.releases).map((release) => releaseEntity(telling, release)),
    ...analysesShown(telling).map((analysis) => analysisEntity(telling, analysis)),
    ...authors(telling),
    ...signOffs(telling.world).map(({ entity }) => entity),
  ];
  const context = ['https://w3id.org/ro/crate/1.2/context', PROV];
  return `${JSON.stringify({ '@context': context, '@graph': graph }, null, 2)}\n`;
}

function descriptor(telling: Telling): Entity[] {
  const { world, now, profile } = telling;
  const { project } = world;
  const analyses = analysesShown(telling);
  const mentions = [...analyses.map(({ id }) => `#${id}`), ...signOffs(world).map(({ id }) => id)];
  const title = worded(telling, project.title) ?? project.id;
  return [
    {
      ...{ '@id': 'ro-crate-metadata.json', '@type': 'CreativeWork', about: ref('./') },
      conformsTo: ref('https://w3id.org/ro/crate/1.2'),
    },
    {
      ...{ '@id': './', '@type': 'Dataset', name: title, datePublished: now },
      description: `What was decided and found in the project “${title}”, as its ledger has it (profile: ${profile}).`,
      conformsTo: ref('https://w3id.org/5s-crate/0.4'),
      license: ref('#licence'),
      ...{ sourceOrganization: ref('#project'), publisher: ref('#operator'), mainEntity: ref('#methods') },
      hasPart: partIds(telling).map(ref),
      mentions: mentions.map(ref),
    },
    { '@id': 'https://w3id.org/5s-crate/0.4', '@type': 'Profile', name: 'Five Safes RO-Crate profile' },
    {
      ...{ '@id': '#licence', '@type': 'CreativeWork', name: 'As the collaboration agreement says' },
      description:
        'Use of this export is bound by the agreement of the institutions, which it contains where the profile allows.',
    },
    { '@id': '#operator', '@type': 'Organization', name: 'The operator of this engine' },
    {
      ...{ '@id': '#project', '@type': ['Project', 'prov:Agent'], name: title, identifier: project.id },
      member: Object.keys(world.programme.organisations).map((id) => ref(`#${id}`)),
    },
    {
      ...{ '@id': '#methods', '@type': 'CreativeWork' },
      name: 'The declared catalogue of methods',
      description: [...new Set(analyses.map(({ method }) => method))].join(', ') || 'no analysis yet',
    },
  ];
}

const PARTS: Record<string, string> = {
  'index.html': 'The whole story, to read',
  'manifest-sha256.txt': 'Digest of every file that does not prove itself',
  'content/': 'What people signed, each under the SHA-256 of its bytes',
  'ledger/': 'The ledger: signed head, entries, proofs, openings, verifier keys',
};

const LEDGER_PARTS: Record<string, string> = {
  'ledger/checkpoint': 'Signed head of the log (C2SP tlog-checkpoint)',
  'ledger/key.pub': 'Verifier keys of the log, oldest first',
  'ledger/entries.jsonl': 'One canonical entry a line',
  'ledger/proofs.jsonl': 'Inclusion proofs of these lines under the signed head (RFC 9162)',
  'ledger/receipts.jsonl': 'A receipt of each sign-off: its entry, its place and proof, and the signed head',
  'ledger/openings.jsonl': 'Texts and salts behind commitments, minus what is erased or outside the profile',
};

const ENCODING: Record<string, string> = {
  html: 'text/html',
  json: 'application/json',
  jsonl: 'application/jsonl',
  csv: 'text/csv',
  svg: 'image/svg+xml',
};
const encodingOf = (path: string) => ENCODING[path.split('.').at(-1) ?? ''] ?? 'text/plain';

const fileEntity = (id: string, name: string, description: string): Entity => ({
  ...{ '@id': id, '@type': 'File', name, description, encodingFormat: encodingOf(id) },
});

const partIds = ({ outputs }: Telling) => [
  ...Object.keys(PARTS),
  ...outputs.map(({ path }) => `outputs/${path}`),
];

const parts = ({ outputs }: Telling): Entity[] => [
  ...Object.entries(PARTS).map(([id, description]): Entity =>
    id.endsWith('/')
      ? { ...{ '@id': id, '@type': 'Dataset', name: id, description }, ...contentsOf(id) }
      : fileEntity(id, id, description),
  ),
  ...Object.entries(LEDGER_PARTS).map(([id, description]) => fileEntity(id, id, description)),
  ...outputs.map(({ path, size }) => {
    const analysis = path.split('/')[0] ?? '';
    return {
      ...fileEntity(`outputs/${path}`, path, `Released by the output check of analysis ${analysis}`),
      ...{ '@type': ['File', 'prov:Entity'], contentSize: String(size) },
      wasGeneratedBy: ref(`#${analysis}`),
    };
  }),
];

const contentsOf = (folder: string) =>
  folder === 'ledger/' ? { hasPart: Object.keys(LEDGER_PARTS).map(ref) } : {};

const organisations = (telling: Telling): Entity[] =>
  Object.values(telling.world.programme.organisations).map(({ id, name }) => ({
    ...{ '@id': `#${id}`, '@type': ['Organization', 'prov:Agent'], name: worded(telling, name) ?? id },
  }));

/** A cycle descends from the reflection of an earlier one. */
const cycleEntities = ({ id, number, startedAt, descendsFrom, reflections }: Cycle): Entity[] => [
  {
    ...{ '@id': `#${id}`, '@type': ['Action', 'prov:Activity'], name: `Cycle ${number}` },
    ...{ startTime: startedAt, result: refs(reflections.map((reflection) => `#${reflection.id}`)) },
    ...(descendsFrom === null ? {} : { used: ref(`#${descendsFrom}`) }),
  },
  ...reflections.map((reflection) => ({
    ...{ '@id': `#${reflection.id}`, '@type': ['CreativeWork', 'prov:Entity'] },
    name: `Reflection ${reflection.id}`,
    wasGeneratedBy: ref(`#${id}`),
  })),
];

function releaseEntity(telling: Telling, release: Release): Entity {
  const shown = new Set(requestsShown(telling).map(({ id }) => id));
  return {
    ...{
      '@id': `#${release.id}`,
      '@type': ['CreativeWork', 'prov:Entity'],
      name: `Release ${release.id}, wave ${release.wave}`,
    },
    description: `Tier ${release.tier}; ${release.permit ? `permitted ${release.permit.at}` : 'not permitted'}. The data is not in this export.`,
    wasGeneratedBy: ref(`#${release.cycle}`),
    wasDerivedFrom: refs(release.requests.filter((id) => shown.has(id)).map((id) => `#${id}`)),
  };
}

function analysisEntity({ outputs }: Telling, analysis: Analysis): Entity {
  const { id, method, release, author, registeredAt, ended, cycle } = analysis;
  const results = outputs
    .filter(({ path }) => path.startsWith(`${id}/`))
    .map(({ path }) => `outputs/${path}`);
  return {
    ...{ '@id': `#${id}`, '@type': ['CreateAction', 'prov:Activity'], name: `Analysis ${id}: ${method}` },
    ...{ instrument: ref('#methods'), agent: ref(`#${author}`), object: ref(`#${release}`) },
    result: refs(results),
    ...{ used: ref(`#${release}`), wasInformedBy: ref(`#${cycle}`), startTime: registeredAt },
    ...(ended ? { endTime: ended.at } : {}),
    ...(ended?.code ? { description: codeInWords(ended.code) } : {}),
    actionStatus: ended?.outcome === 'COMPLETED' ? COMPLETED : FAILED,
  };
}

const codeInWords = ({ version, digest }: ComputedBy): string =>
  `Computed by version ${version} of the method; code ${digest}, the SHA-256 of what \`parley code\` lists.`;

/** People stand by their opaque ids. */
const authors = (telling: Telling): Entity[] =>
  [...new Set(analysesShown(telling).map(({ author }) => author))].map((id) => ({
    ...{ '@id': `#${id}`, '@type': ['Person', 'prov:Agent'], name: id, memberOf: ref('#project') },
  }));

const CHECK: Partial<Record<string, string>> = { OUTPUT: 'DisclosureCheck' };

/** Every round of sign-off is an assessment; an output's is a disclosure check. */
function signOffs({ programme, project }: World): { id: string; entity: Entity }[] {
  const checkpoints = [...Object.values(programme.checkpoints), ...Object.values(project.checkpoints)];
  return checkpoints.flatMap(({ id, kind, rounds }) =>
    rounds.map((round: Round) => {
      const name = `#signoff-${kind.toLowerCase()}-${round.subject.id}-${id}-${round.round}`;
      const about =
        round.subject.type === 'output' || round.subject.type === 'release' ? `#${round.subject.id}` : './';
      const entity: Entity = {
        ...{ '@id': name, '@type': 'AssessAction', name: `${kind} on ${round.subject.id}` },
        ...{
          additionalType: ref(`${SHP}${CHECK[kind] ?? 'SignOff'}`),
          object: ref(about),
          agent: ref('#project'),
        },
        ...{ startTime: round.openedAt, actionStatus: round.lapsedAt === null ? COMPLETED : FAILED },
        description: `${round.decisions.length} answers; content ${round.content.core}`,
      };
      return { id: name, entity };
    }),
  );
}
