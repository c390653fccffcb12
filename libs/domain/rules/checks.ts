// What the release gate looks at, one check per rule of B23: nothing found missing means the rule is met.
import type { CheckpointKind, Instant, OrganisationId, Role, RoundStatus, Stage } from '../words';
import type { Missing } from '../refusal';
import type { Cycle, DataRequest, Release, Round, World } from '../state';
import { agreementInForce } from './agreement';
import { boundaryStands, releaseOutside, signedBoundary } from './boundary';
import { acceptedDeposit, earlierPermitted, grantStands, requestStatus, waveOf } from './requests';
import { projectStatus } from './project';
import { currentQuestion, stageStatus } from './stages';
import { roundAbout, roundsOf, roundStatus, unanswered } from './standing';
import { unsafeReaders } from '../safe-people/rules';
import { releaseClosure } from './withdrawal';
import { sufficiency } from '../questions/sufficiency';
import { participants } from '../participation/taking-part';
import { importsMissing } from '../published/rules';
import { STAGES } from '../words';

export const missing = (
  rule: string,
  reason: string,
  waitingFor: string[] = [],
  since: string | null = null,
): Missing => ({
  rule,
  reason,
  waitingFor,
  since,
});

export type Check = (world: World, release: Release, now: Instant) => Missing[];

const withRole = (world: World, now: Instant, roles: Role[], organisation?: OrganisationId): string[] =>
  participants(world, now, { roles, ...(organisation === undefined ? {} : { organisation }) }).map(
    (p) => p.person,
  );

const IN_WORDS: Record<RoundStatus, string> = {
  OPEN: 'answers are awaited',
  SETTLED: 'signed',
  REJECTED: 'it was rejected',
  CHANGES_REQUESTED: 'changes were asked for',
  LAPSED: 'nobody completed it in time',
  VOID: 'it was replaced',
  WITHDRAWN: 'a signer withdrew',
};

/** What a round still lacks, and of whom. */
function roundMissing(
  world: World,
  kind: CheckpointKind,
  round: Round | null,
  what: string,
  now: Instant,
): Missing[] {
  if (!round)
    return [missing(kind, `${what} has not been put up for sign-off`, withRole(world, now, ['projectLead']))];
  const status = roundStatus(world.programme, kind, round, now);
  if (status === 'SETTLED') return [];
  const waiting = status === 'OPEN' ? unanswered(world.programme, round, now) : [round.proposer];
  return [missing(kind, `${kind} on ${what}: ${IN_WORDS[status]}`, waiting, round.openedAt)];
}

export const agreement: Check = ({ programme, project: _project }, _release, now) =>
  agreementInForce(programme, now) ? [] : [missing('AGREEMENT', 'no collaboration agreement is in force')];

export const ethics: Check = (world, _release, now) =>
  world.project.ethics.some((e) => e.endedAt === null && now < e.expires)
    ? []
    : [missing('ETHICS', 'no ethical approval is in force', withRole(world, now, ['projectLead']))];

const boundary: Check = (world, release, now) => {
  const { project } = world;
  const bound = project.boundaries.find((b) => b.id === release.boundary);
  if (!bound) return [missing('BOUNDARY', `the boundary ${release.boundary} is unknown`)];
  if (signedBoundary(world)?.id !== release.boundary) {
    const unsigned = (['LEGAL', 'ETHICAL'] as const).flatMap((kind) =>
      roundMissing(world, kind, roundAbout(project.checkpoints, kind, bound.id), `boundary ${bound.id}`, now),
    );
    return unsigned.length > 0
      ? unsigned
      : [
          missing('BOUNDARY', `the boundary ${bound.id} has been amended; propose the release anew`, [
            release.proposer,
          ]),
        ];
  }
  if (!boundaryStands(world, bound.id, now))
    return [missing('BOUNDARY', `the boundary ${bound.id} was withdrawn or has expired`)];
  const found = releaseOutside(project, bound.scope, release);
  return found.length === 0
    ? []
    : [missing('BOUNDARY', `outside the boundary: ${found.join(', ')}; amend it first`, [release.proposer])];
};

export const requestMissing = (world: World, request: DataRequest, now: Instant): Missing[] => {
  if (grantStands(request, now)) return [];
  const status = requestStatus(request);
  const waiting = status === 'SENT' ? withRole(world, now, ['dataHolder'], request.holder) : [];
  return [
    missing(
      'GRANT',
      `request ${request.id} to ${request.holder}: ${status}, no grant stands`,
      waiting,
      request.sentAt,
    ),
  ];
};

const grants: Check = (world, release, now) =>
  release.requests.flatMap((id) => {
    const request = world.project.requests[id];
    if (!request) return [missing('GRANT', `the request ${id} is unknown`)];
    const lacking = requestMissing(world, request, now);
    if (lacking.length > 0) return lacking;
    const deposit = acceptedDeposit(world.project, id);
    return deposit && release.deposits.includes(deposit.id)
      ? []
      : [
          missing(
            'DEPOSIT',
            `no accepted deposit for request ${id} is part of this release`,
            withRole(world, now, ['dataCustodian'], request.holder),
          ),
        ];
  });

const unsettled = (world: World, cycle: Cycle, stage: Stage, now: Instant): Missing[] => {
  const status = stageStatus(world, cycle, stage, now);
  return status === 'SETTLED' ? [] : [missing('EARLIER_STAGE', `${stage} of cycle ${cycle.id} is ${status}`)];
};

const earlierStages: Check = (world, release, now) => {
  const { cycles } = world.project;
  const own = cycles.findIndex((c) => c.id === release.cycle);
  return cycles
    .slice(0, own + 1)
    .flatMap((cycle, index) =>
      STAGES.filter((stage) => index < own || stage === 'question').flatMap((stage) =>
        unsettled(world, cycle, stage, now),
      ),
    );
};

/** Published data does not wait for earlier cycles, only for the question it is read for. */
const ownQuestion: Check = (world, release, now) => {
  const cycle = world.project.cycles.find((c) => c.id === release.cycle);
  return cycle ? unsettled(world, cycle, 'question', now) : [];
};

const questionVersion: Check = (world, release, now) => {
  const cycle = world.project.cycles.find((c) => c.id === release.cycle);
  const current = cycle && currentQuestion(world, cycle, now);
  return current?.id === release.question
    ? []
    : [
        missing(
          'QUESTION',
          `the release rests on question ${release.question}, which is not the one in force`,
          [release.proposer],
        ),
      ];
};

/** B18: once revoked, no wave opens until a newly signed version says that the data suffices. */
const sufficient: Check = (world, _release, now) => {
  const { status, since, by } = sufficiency(world, now);
  if (status !== 'REVOKED') return [];
  const reason = `the sufficiency of the data for the question was revoked by ${by}; a signed version has to grant it again`;
  return [missing('SUFFICIENCY', reason, withRole(world, now, ['policyOfficial', 'researcher']), since)];
};

const sealed: Check = (_world, release) =>
  release.sealed ? [] : [missing('SEALED', 'the release has not been materialised and sealed yet')];

const trust: Check = (world, release, now) => {
  const round = roundAbout(world.project.checkpoints, 'TRUST', release.id);
  const stale = round && release.sealed && round.content.core !== release.sealed.content.core;
  if (stale)
    return [missing('TRUST', 'TRUST was given on other content than what is sealed', [release.proposer])];
  return roundMissing(world, 'TRUST', round, `release ${release.id}`, now);
};

/** The account of earlier waves that TRUST's manifest refers to: the last proposed for this wave. */
export const benefitRound = ({ project }: World, wave: number): Round | null =>
  roundsOf(project.checkpoints, 'BENEFIT').findLast(
    (r) => r.subject.type === 'wave' && r.subject.wave === wave,
  ) ?? null;

const benefit: Check = (world, release, now) => {
  if (release.wave < 2) return [];
  const cited = release.rationale.cites;
  const earlier = earlierPermitted(world.project, release.wave).map((r) => r.id);
  const uncited = cited.length === 0 || cited.some((id) => !earlier.includes(id));
  return [
    ...roundMissing(
      world,
      'BENEFIT',
      benefitRound(world, release.wave),
      `the account of waves before ${release.wave}`,
      now,
    ),
    ...(uncited
      ? [missing('RATIONALE', 'a further wave must cite the releases it rests on', [release.proposer])]
      : []),
  ];
};

/** B53: from version 2 on a boundary is signed with its legal file; one without binds nobody. */
const legalFile: Check = ({ project: state }, release) => {
  const bound = state.boundaries.find((b) => b.id === release.boundary);
  return state.rulesVersion < 2 || bound?.legalFile
    ? []
    : [missing('LEGAL_FILE', `the boundary ${release.boundary} was signed without a legal file`)];
};

/** B22: counted again, because a permit given meanwhile in an earlier request round makes this a later wave. */
const wave: Check = ({ project: state }, release) => {
  const due = waveOf(state, release.requestRound);
  return due === release.wave
    ? []
    : [
        missing('WAVE', `the release was proposed as wave ${release.wave} and would now be wave ${due}`, [
          release.proposer,
        ]),
      ];
};

export const project: Check = (world) => {
  const status = projectStatus(world.project);
  return status === 'ACTIVE' ? [] : [missing('PROJECT', `the project is ${status}`)];
};

export const alive: Check = (world, release, now) => {
  if (release.givenUpAt) return [missing('RELEASE', 'the release was given up')];
  if (release.destroyed) return [missing('RELEASE', 'the release was destroyed')];
  if (release.expires <= now) return [missing('RELEASE', `the release expired at ${release.expires}`)];
  const closure = releaseClosure(world, release);
  return closure
    ? [missing('WITHDRAWN', `closed by a withdrawal at ${closure.at}; a new release is needed`)]
    : [];
};

/** B23: published data alone is nobody's to grant or to trust with; what is left is agreement, question and legal check. */
export const PUBLISHED_CHECKS: Check[] = [
  ...[project, agreement, ownQuestion, questionVersion],
  ...[sealed, importsMissing, alive],
];

export const CHECKS: Check[] = [
  project,
  agreement,
  ethics,
  boundary,
  grants,
  earlierStages,
  questionVersion,
  sealed,
  trust,
  benefit,
  wave,
  alive,
  sufficient,
  unsafeReaders,
  legalFile,
  importsMissing,
];
