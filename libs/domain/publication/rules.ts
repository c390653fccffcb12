// Where a publication stands, and what the public register says of a project.
import type { ContentId, Instant, OrganisationId, Text, Tier } from '../words';
import type { Insight, ProjectState, World } from '../state';
import { agreementInForce, organisationsOf } from '../rules/agreement';
import { boundaryInForce } from '../rules/boundary';
import { projectStatus } from '../rules/project';
import { settledProposal } from '../rules/stages';
import { settledAt } from '../rules/standing';
import { between, earliest, latest, plus } from '../rules/time';
import { isChecked } from '../insights/rules';
import type { Publication, PublicationStatus } from './terms';

/** Suspension stops the period, as it stops every deadline of people. */
export const commentsEnd = (
  project: ProjectState,
  { at, commentsUntil }: Publication,
  now: Instant,
): Instant =>
  project.suspensions.reduce(
    // A suspension that begins after the end moves nothing any more.
    (end, { from, to }) =>
      from < end && (to ?? now) > at ? plus(end, between(latest(from, at), to ?? now)) : end,
    commentsUntil,
  );

const latestOf = (project: ProjectState, insight: string): Publication | null =>
  Object.values(project.publications).findLast((each) => each.insight === insight) ?? null;

const withheldSince = (project: ProjectState, { insight, at }: Publication): boolean =>
  project.withheldFindings.some((each) => each.insight === insight && each.at >= at);

export function publicationStatus(
  project: ProjectState,
  publication: Publication,
  now: Instant,
): PublicationStatus {
  if (publication.published) return 'PUBLISHED';
  if (withheldSince(project, publication)) return 'WITHHELD';
  if (latestOf(project, publication.insight)?.id !== publication.id) return 'REPLACED';
  if (now < commentsEnd(project, publication, now)) return 'COMMENTING';
  return publication.comments.some((comment) => comment.answer === null) ? 'ANSWERING' : 'READY';
}

/** Results an insight rests on that no longer stand, or never did. */
export const unsoundResults = (world: World, insight: Insight, now: Instant): string[] =>
  insight.analyses.filter((id) => {
    const analysis = world.project.analyses[id];
    return !analysis || !isChecked(world, analysis, now);
  });

/** The first sign-off of the project's own: from then on the public can know of it. */
export function firstSignOff({ programme, project }: World): Instant | null {
  const settled = Object.values(project.checkpoints).flatMap(({ rounds }) =>
    rounds.flatMap((round) => settledAt(programme, round) ?? []),
  );
  return settled.length === 0 ? null : earliest(...settled);
}

export type UnpublishedBecause =
  | { why: 'WITHHELD'; reason: Text }
  | { why: 'COMMENT_PERIOD'; until: Instant }
  | { why: 'COMMENTS_UNANSWERED' | 'NOT_YET_PUBLISHED' | 'NOT_PROPOSED' };

export interface RegisterEntry {
  title: Text;
  status: 'ACTIVE' | 'SUSPENDED' | 'CLOSED';
  since: Instant;
  question: ContentId | null;
  partners: OrganisationId[];
  sources: { source: string; holder: OrganisationId; tier: Tier }[];
  /** Published data that was released: asked of nobody, so named by its address. */
  published: { source: string; address: string; licence: string; version: string }[];
  legalBasis: ContentId | null;
  outputs: {
    insight: string;
    summary: Text;
    at: Instant;
    dissents: { organisation: OrganisationId; text: Text }[];
    /** Results it rests on were quarantined since; what was published cannot be recalled. */
    isInDoubt: boolean;
  }[];
  unpublished: ({ insight: string } & UnpublishedBecause)[];
  actions: { what: Text; organisation: OrganisationId; due: string; effect: Text; status: string }[];
  contact: Text | null;
}

/** Insights of reflections that were signed: what is not signed yet is nobody's finding. */
const findings = (world: World, now: Instant): Insight[] =>
  world.project.insights.filter((insight) => {
    const cycle = world.project.cycles.find((each) => each.id === insight.cycle);
    return cycle !== undefined && settledProposal(world, cycle, 'reflection', now) !== null;
  });

export const publishedOf = (project: ProjectState, insight: string): Publication | null =>
  Object.values(project.publications).findLast((each) => each.insight === insight && each.published) ?? null;

export function unpublishedBecause(project: ProjectState, insight: string, now: Instant): UnpublishedBecause {
  const withheld = project.withheldFindings.findLast((each) => each.insight === insight);
  const latest = latestOf(project, insight);
  if (withheld && (!latest || withheld.at >= latest.at)) return { why: 'WITHHELD', reason: withheld.reason };
  if (!latest) return { why: 'NOT_PROPOSED' };
  const status = publicationStatus(project, latest, now);
  if (status === 'COMMENTING') return { why: 'COMMENT_PERIOD', until: commentsEnd(project, latest, now) };
  return { why: status === 'ANSWERING' ? 'COMMENTS_UNANSWERED' : 'NOT_YET_PUBLISHED' };
}

/** Only sources whose data was released: who was asked and refused is nobody's business here (T6). */
function releasedSources({ project }: World): RegisterEntry['sources'] {
  const released = Object.values(project.releases).filter((release) => release.permit !== null);
  const all = released.flatMap((release) =>
    release.requests.flatMap((id) => {
      const request = project.requests[id];
      return request ? [{ source: request.ask.source, holder: request.holder, tier: release.tier }] : [];
    }),
  );
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

function releasedPublications({ project }: World): RegisterEntry['published'] {
  const released = Object.values(project.releases).filter((release) => release.permit !== null);
  const used = new Set(released.flatMap(({ imports }) => imports ?? []));
  return [...used].flatMap((id) => {
    const found = project.imports[id];
    if (!found) return [];
    const { address, licence, version } = found.file;
    return [{ source: project.sources[found.source]?.terms.name ?? found.source, address, licence, version }];
  });
}

function latestQuestion(world: World, now: Instant): ContentId | null {
  const settled = world.project.cycles.flatMap(
    (cycle) => settledProposal(world, cycle, 'question', now) ?? [],
  );
  return world.project.questions.find((question) => question.id === settled.at(-1))?.content.core ?? null;
}

/** B56: what anyone may know of a project, from its first sign-off on; before it, nothing. */
export function registerEntry(world: World, now: Instant): RegisterEntry | null {
  const since = firstSignOff(world);
  if (since === null) return null;
  const { project, programme } = world;
  const agreement = agreementInForce(programme, now) ?? programme.agreements.at(-1) ?? null;
  const all = findings(world, now);
  return {
    ...{ title: project.title, status: projectStatus(project), since, question: latestQuestion(world, now) },
    partners: agreement ? organisationsOf(agreement) : [],
    sources: releasedSources(world),
    published: releasedPublications(world),
    legalBasis: boundaryInForce(world, now)?.content.core ?? null,
    outputs: all.flatMap((insight) => outputOf(world, insight, now)),
    unpublished: all
      .filter((insight) => publishedOf(project, insight.id) === null)
      .map((insight) => ({ insight: insight.id, ...unpublishedBecause(project, insight.id, now) })),
    actions: Object.values(project.actions)
      .filter((action) => {
        const cycle = project.cycles.find((each) => each.id === action.cycle);
        return cycle !== undefined && settledProposal(world, cycle, 'refinement', now) !== null;
      })
      .map(({ what, organisation, due, effect, reports }) => ({
        ...{ what, organisation, due, effect, status: reports.at(-1)?.status ?? 'PLANNED' },
      })),
    contact: project.contact,
  };
}

function outputOf(world: World, insight: Insight, now: Instant): RegisterEntry['outputs'] {
  const publication = publishedOf(world.project, insight.id);
  const summary = insight.summaries.find((each) => each.version === publication?.summary);
  if (!publication?.published || !summary) return [];
  return [
    {
      ...{ insight: insight.id, summary: summary.text, at: publication.published.at },
      dissents: publication.dissents.map(({ organisation, text }) => ({ organisation, text })),
      isInDoubt: unsoundResults(world, insight, now).length > 0,
    },
  ];
}
