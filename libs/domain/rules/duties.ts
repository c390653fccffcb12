// What people owe beside sign-offs and answers: safety, reports, notes, comments, checks; each with whose move it is.
import { unreportedActions } from '../actions/rules';
import { collectionStatus, whyNotBegin } from '../collection/rules';
import { awaitedForNotes, mayRead } from '../evidence/rules';
import type { Evidence } from '../evidence/terms';
import { untriedRivals } from '../hypotheses/rules';
import { officersFor } from '../legal/rules';
import { outputReview } from '../output-check/rules';
import { participants } from '../participation/taking-part';
import { commentsEnd, publicationStatus } from '../publication/rules';
import { checkersOf, importStatus } from '../published/rules';
import { unsafeReaders } from '../safe-people/rules';
import type { ProgrammeState, World } from '../state';
import type { Instant, Role } from '../words';
import { PRACTITIONERS } from '../words';
import { benefitRound } from './checks';
import { releaseStatus } from './gate';
import type { Move } from './moves';
import { depositStatus } from './requests';
import { resultStatus } from './results';
import { currentCycle } from './stages';
import { latest } from './time';

/** B54: what keeps the gate closed for a reader is that reader's move, and their registrar's. */
const becomingSafe = (world: World, now: Instant): Move[] =>
  Object.values(world.project.releases)
    .filter((release) => ['PROPOSED', 'SEALED'].includes(releaseStatus(world, release, now)))
    .flatMap((release) =>
      unsafeReaders(world, release, now).map(({ reason, waitingFor }) => ({
        ...{ what: `make reading safe: ${reason}`, about: release.id, who: waitingFor },
        ...{ since: release.proposedAt, due: null },
      })),
    );

/** B53: the 72 hours of an incident run on, also for whoever did not cause it. */
const reporting = (world: World, now: Instant): Move[] =>
  world.project.incidents
    .filter(({ reported }) => reported === null)
    .map(({ id, awareAt, due }) => ({
      ...{ about: id, since: awareAt, due },
      what:
        now < due
          ? 'report the incident, or say why it need not be'
          : 'report the incident, which is overdue, or say why it need not be',
      who: participants(world, now, { roles: ['informationRiskOwner', 'dataProtectionOfficer'] }).map(
        (p) => p.person,
      ),
    }));

/** What is asked of one person about a hypothesis of theirs, or an action they own. */
function accounting(world: World, now: Instant): Move[] {
  const { project } = world;
  const cycle = currentCycle(project);
  const unanswered = untriedRivals(world, now).flatMap(({ id, holder, versions, untestable }) =>
    untestable
      .filter((found) => found.version === versions.length)
      .map((found) => ({ about: id, who: [holder], since: found.at })),
  );
  const unreported = cycle ? unreportedActions(project, cycle.id) : [];
  return [
    ...unanswered.map((asked) => ({
      what: 'answer whether the hypothesis is untestable',
      ...asked,
      due: null,
    })),
    ...unreported.map(({ id, owner }) => ({
      ...{ what: 'say what became of the action', about: id, who: [owner], due: null },
      since: cycle?.startedAt ?? now,
    })),
  ];
}

/** Notes that wait for those present; silence agrees to nothing, and nobody is pressed. */
export const agreeing = (
  programme: ProgrammeState,
  { evidence }: { evidence: Evidence[] },
  now: Instant,
): Move[] =>
  evidence.flatMap((item) => {
    const who = awaitedForNotes(programme, item, now).filter((person) =>
      mayRead(programme, item, person, now),
    );
    const since = item.versions.at(-1)?.at ?? item.recordedAt;
    return who.length === 0
      ? []
      : [{ what: 'agree or amend the notes', about: item.id, who, since, due: null }];
  });

/** B27: a holder that asked to review a result may comment on it, and need not. */
const reviewing = (world: World, now: Instant): Move[] =>
  Object.values(world.project.analyses).flatMap((analysis) => {
    const review = outputReview(world, analysis, now);
    if (!review || now >= review.until) return [];
    return review.awaited.map((organisation) => ({
      ...{ what: 'comment on the result, if there is something to say', about: analysis.id },
      who: participants(world, now, { organisation, roles: ['dataHolder', 'informationRiskOwner'] }).map(
        (p) => p.person,
      ),
      ...{ since: analysis.ended?.at ?? now, due: review.until },
    }));
  });

/** B23: a published file waits for whoever imports it, its legal check for their risk owner. */
const importing = (world: World, now: Instant): Move[] =>
  Object.values(world.project.imports).flatMap((found) => {
    const { id, person, at } = found;
    const handing = Object.values(world.project.deposits)
      .filter((deposit) => deposit.request === id && depositStatus(deposit) === 'INVITED')
      .map((deposit) => ({
        ...{ what: 'hand over the published file', about: deposit.id, who: [person] },
        ...{ since: deposit.invitedAt, due: null },
      }));
    const check = { what: 'record the legal check', about: id, who: checkersOf(world, found, now) };
    return importStatus(found, now) === 'UNCHECKED'
      ? [...handing, { ...check, since: at, due: null }]
      : handing;
  });

/** B53: the officers' advice on the latest file, until the boundary is put up for LEGAL with it. */
const advising = (world: World, now: Instant): Move[] => {
  const { programme, project } = world;
  const file = project.legalFiles.at(-1);
  if (!file || file.advice.length > 0 || project.boundaries.some((b) => b.legalFile?.file === file.id))
    return [];
  const who = officersFor(programme, file.scope, now);
  return who.length === 0
    ? []
    : [{ what: 'advise on the legal file', about: file.id, who, since: file.at, due: null }];
};

/** B22: a further wave is sealed only once there is an account of what earlier ones gave and cost. */
const accountingForWaves = (world: World, now: Instant): Move[] =>
  Object.values(world.project.releases)
    .filter((r) => r.wave > 1 && releaseStatus(world, r, now) === 'PROPOSED' && !benefitRound(world, r.wave))
    .map(({ id, proposer, proposedAt }) => ({
      ...{ what: 'propose the account of earlier waves', about: id, who: [proposer] },
      ...{ since: proposedAt, due: null },
    }));

/** An exception waits for a second checker, who made neither the analysis nor the proposal. */
const excepting = (world: World, now: Instant): Move[] =>
  world.project.exceptions
    .filter(({ granted, analysis: id }) => {
      const analysis = world.project.analyses[id];
      const waits = analysis && ['UNCHECKED', 'WITHHELD'].includes(resultStatus(world, analysis, now));
      return granted === null && waits;
    })
    .map(({ id, analysis, person, at }) => ({
      ...{ what: 'grant or leave the exception', about: id, since: at, due: null },
      who: participants(world, now, { roles: ['outputChecker'] })
        .map((p) => p.person)
        .filter((one) => one !== person && one !== world.project.analyses[analysis]?.author),
    }));

/** B56: a summary waits for a practitioner, comments for the lead's answer, and what is ready for the lead's command. */
const publishing = (world: World, now: Instant): Move[] => {
  const { project } = world;
  const approving = project.insights.flatMap((insight) => {
    const summary = insight.summaries.at(-1);
    if (!summary || summary.approved) return [];
    const who = participants(world, now, { roles: PRACTITIONERS })
      .map((p) => p.person)
      .filter((person) => person !== summary.person);
    return [{ what: 'approve the plain summary', about: insight.id, who, since: summary.at, due: null }];
  });
  const deciding = Object.values(project.publications).flatMap((publication): Move[] => {
    const { id, at, comments } = publication;
    const status = publicationStatus(project, publication, now);
    const move = { about: id, who: [project.lead], due: null };
    const unanswered = comments.find(({ answer }) => answer === null);
    if (unanswered && ['COMMENTING', 'ANSWERING'].includes(status))
      return [{ ...move, what: 'answer the comments', since: unanswered.at }];
    return status === 'READY'
      ? [
          {
            ...move,
            what: 'publish the finding, or say why not',
            since: latest(at, commentsEnd(project, publication, now)),
          },
        ]
      : [];
  });
  return [...approving, ...deciding];
};

/** B19: a collection waits for its beginning, and once it closed for its collector's report. */
const collecting = (world: World, now: Instant): Move[] =>
  world.project.collections.flatMap((collection): Move[] => {
    const { id, at, closes, collector } = collection;
    const status = collectionStatus(collection, now);
    if (status === 'PLANNED')
      return whyNotBegin(world, collection, now) === null
        ? [{ what: 'begin the collection', about: id, who: [world.project.lead], since: at, due: null }]
        : [];
    if (status !== 'CLOSED') return [];
    const roles: Role[] = ['dataHolder', 'dataCustodian', 'researcher'];
    const who = participants(world, now, { organisation: collector, roles }).map((p) => p.person);
    return [{ what: 'report who responded', about: id, who, since: closes, due: null }];
  });

export const duties = (world: World, now: Instant): Move[] => [
  ...becomingSafe(world, now),
  ...reporting(world, now),
  ...accounting(world, now),
  ...accountingForWaves(world, now),
  ...agreeing(world.programme, world.project, now),
  ...reviewing(world, now),
  ...importing(world, now),
  ...advising(world, now),
  ...excepting(world, now),
  ...publishing(world, now),
  ...collecting(world, now),
];
