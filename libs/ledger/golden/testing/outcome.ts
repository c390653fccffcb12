// What a ledger comes to, in the domain's own words: the part of a fold that must be the same in every later version.
import {
  agreementInForce,
  depositStatus,
  projectStatus,
  releaseGate,
  releaseStatus,
  requestStatus,
  resultStatus,
  roundStatus,
  stageStatus,
  STAGES,
} from '#libs/domain';
import type { Checkpoint, Instant, World } from '#libs/domain';

const mapped = <T, R>(all: Record<string, T>, of: (each: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(all).map(([id, each]) => [id, of(each)]));

export function outcome(world: World, now: Instant) {
  const { programme, project } = world;
  const rounds = (checkpoints: Record<string, Checkpoint>) =>
    mapped(checkpoints, ({ kind, rounds: all }) => ({
      kind,
      rounds: all.map((round) => roundStatus(programme, kind, round, now)),
      decisions: all.map((round) => round.decisions.map(({ person, choice }) => `${person} ${choice}`)),
    }));
  return {
    now,
    versions: { programme: programme.version, project: project.version },
    agreement: agreementInForce(programme, now)?.id ?? null,
    status: projectStatus(project),
    checkpoints: { programme: rounds(programme.checkpoints), project: rounds(project.checkpoints) },
    cycles: project.cycles.map((cycle) => STAGES.map((stage) => `${stage} ${stageStatus(world, cycle, stage, now)}`)),
    requests: mapped(project.requests, (request) => requestStatus(request)),
    deposits: mapped(project.deposits, (deposit) => depositStatus(deposit)),
    releases: mapped(project.releases, (release) => ({
      status: releaseStatus(world, release, now),
      isOpen: releaseGate(world, release, now).open,
    })),
    results: mapped(project.analyses, (analysis) => resultStatus(world, analysis, now)),
  };
}
