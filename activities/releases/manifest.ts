// What `TRUST` signs: the release's manifest as core, the terms of engagement as cover (B25). Pure.
import { benefitRound, collectionCaveats, provenanceOf, suppliesOf } from '#libs/domain';
import type { Release, World } from '#libs/domain';
import type { ReleaseManifest } from '#libs/vault';
import { assessmentInWords } from './assessment';

/** The core: whoever changes any of this asks for new signatures. People and organisations stand under their ids. */
export function manifestCore(world: World, release: Release, manifest: ReleaseManifest) {
  const { project } = world;
  const boundary = project.boundaries.find((b) => b.id === release.boundary);
  const question = project.questions.find((q) => q.id === release.question);
  const requests = release.requests.flatMap((id) => project.requests[id] ?? []);
  const provenances = new Map(requests.map((request) => [request.id, provenanceOf(project, request)]));
  return {
    format: 1,
    kind: 'RELEASE',
    project: project.id,
    release: release.id,
    cycle: release.cycle,
    wave: release.wave,
    tier: release.tier,
    purpose: release.purpose,
    methods: release.methods,
    recipients: release.readers,
    linkage: release.tier === 'LINKED_DEIDENTIFIED',
    sources: requests.map(({ id, holder, ask, answer }) => ({
      request: id,
      holder,
      source: ask.source,
      fields: answer?.grant?.fields ?? [],
      provenance: provenances.get(id) ?? 'ADMINISTRATIVE',
    })),
    // B52: where it was published, under which licence, which version, to the last byte.
    ...(release.imports ? { published: publishedIn(world, release) } : {}),
    // B19: who answered and who did not is signed with the data, and said beside every result.
    caveats: collectionCaveats(project, release),
    ...admissibilityIn(world, release),
    conditions: requests.flatMap(({ answer }) => answer?.grant?.conditions ?? []),
    retention: { expires: release.expires, days: boundary?.scope.retentionDays ?? 0 },
    question: { id: release.question, core: question?.content.core ?? null },
    boundary: { id: release.boundary, core: boundary?.content.core ?? null },
    benefit: release.wave > 1 ? (benefitRound(world, release.wave)?.content.core ?? null) : null,
    cites: release.rationale.cites,
    // What was made: rows, fields, assessment, and the digest that every later reading is held to.
    data: manifest,
  };
}

/** What was decided of the fields it holds, and what the holders say cannot be, as both stood when it was made (B35). */
function admissibilityIn({ project }: World, release: Release) {
  const supplies = suppliesOf(project, release);
  const places = Object.values(project.matrix).flatMap(
    ({ source, field, uses, period, subpopulation, status }) =>
      supplies.some((supply) => supply.source === source && supply.delivered.includes(field))
        ? [{ source, field, uses, period, subpopulation, status }]
        : [],
  );
  const structuralZeros = release.deposits.flatMap((id) => project.dictionaries[id]?.structuralZeros ?? []);
  return {
    ...(places.length > 0 ? { admissibility: places } : {}),
    ...(structuralZeros.length > 0 ? { structuralZeros } : {}),
  };
}

const publishedIn = ({ project }: World, { imports = [] }: Release) =>
  imports.flatMap((id) => {
    const found = project.imports[id];
    if (!found) return [];
    const { source, digest, file } = found;
    return [{ import: id, source, provenance: 'PUBLISHED', digest, ...file }];
  });

/** The cover: the same terms in sentences, and what explains them. */
export function termsOfEngagement(
  world: World,
  release: Release,
  manifest: ReleaseManifest,
  rationale: string | null,
) {
  return {
    format: 1,
    kind: 'TERMS_OF_ENGAGEMENT',
    rationale,
    willBeDone: `The methods ${release.methods.join(', ')} for the purpose "${release.purpose}", and nothing else.`,
    willNotBeDone: [
      'No other field, period or level of detail than listed is read.',
      'Nobody is looked up, contacted or decided about as an individual.',
      manifest.linkage
        ? 'Beyond the sources listed the data is linked with no other, and it is not copied out of the vault.'
        : 'The data is not linked with any other and is not copied out of the vault.',
      'No result is shown before an output checker, who is not its author, has passed it.',
    ],
    whoSees: {
      rows: 'Nobody: only the declared methods read them, in a separate process, for the readers named.',
      results: 'Output checkers first; researchers and partners once a result has passed its check.',
      until: release.expires,
    },
    assessment: assessmentInWords(manifest),
    concerns: concernsOf(world, release),
  };
}

/** Earlier sign-offs of this purpose that came back, by commitment: the page shows their words where they may be shown. */
function concernsOf({ project }: World, release: Release): { checkpoint: string; reason: string }[] {
  return Object.values(project.checkpoints).flatMap(({ id, kind, rounds }) =>
    kind !== 'TRUST' && kind !== 'LEGAL' && kind !== 'ETHICAL'
      ? []
      : rounds
          .filter(({ subject }) => subject.id === release.id || subject.id === release.boundary)
          .flatMap(({ decisions }) => decisions)
          // T5: what was said in confidence is in nobody's content.
          .flatMap(({ reason, confidant }) =>
            reason === null || confidant !== undefined ? [] : [{ checkpoint: id, reason }],
          ),
  );
}
