// What should be going in a stream, by its ledger: names and marks only, never a word of what it is about. Pure.
import { createHash } from 'node:crypto';
import { workflowId } from '#libs/contracts';
import { isCycleSettled, projectStatus, STAGES, stageStatus } from '#libs/domain';
import type { Cycle, Instant, ProgrammeState, ProjectState, World } from '#libs/domain';
import { nextForRelease } from '../releases/next';
import { nextForImport, nextForRequest } from '../requests/next';
import { roundStanding } from '../signing/round';

/** One workflow that should be going. `mark` changes when its part of the ledger has changed so that it must look. */
export interface Part {
  id: string;
  workflow: 'cycle' | 'checkpoint' | 'request' | 'release' | 'analysis';
  input: Record<string, string | number>;
  mark: string;
}

export function projectParts(world: World, now: Instant): Part[] {
  const { project } = world;
  return [
    ...cycleParts(world, now),
    ...roundParts(world.programme, project, now),
    ...Object.values(project.requests).flatMap((request) => {
      const next = nextForRequest(world, request, now);
      const input = { project: project.id, request: request.id };
      return next.move === 'DONE'
        ? []
        : part(workflowId.request(project.id, request.id), 'request', input, next);
    }),
    ...Object.values(project.imports).flatMap((found) => {
      const next = nextForImport(world, found, now);
      const input = { project: project.id, request: found.id };
      return next.move === 'DONE'
        ? []
        : part(workflowId.request(project.id, found.id), 'request', input, next);
    }),
    ...Object.values(project.releases).flatMap((release) => {
      const next = nextForRelease(world, release, now);
      const input = { project: project.id, release: release.id };
      return next.move === 'DONE'
        ? []
        : part(workflowId.release(project.id, release.id), 'release', input, next);
    }),
    ...Object.values(project.analyses).flatMap(({ id, ended }) =>
      ended
        ? []
        : part(
            workflowId.analysis(project.id, id),
            'analysis',
            { project: project.id, analysis: id },
            'GOING',
          ),
    ),
  ];
}

/** The rounds of the programme's own checkpoints, or of a project's. */
export function roundParts(programme: ProgrammeState, project: ProjectState | null, now: Instant): Part[] {
  const stream = project ?? programme;
  return Object.values(stream.checkpoints).flatMap(({ id, kind, rounds }) => {
    const round = rounds.at(-1);
    const standing = round && roundStanding(programme, project, kind, round, now);
    if (!round || !standing?.isOpen) return [];
    const input = { stream: stream.id, checkpoint: id, round: round.round };
    return part(workflowId.checkpoint(stream.id, id, round.round), 'checkpoint', input, standing.due);
  });
}

/** Every cycle that is not settled: usually the last, and an earlier one when something in it was withdrawn. */
function cycleParts(world: World, now: Instant): Part[] {
  const { project } = world;
  if (projectStatus(project) === 'CLOSED') return [];
  return project.cycles
    .filter((cycle) => !isCycleSettled(world, cycle, now))
    .flatMap((cycle) => {
      const input = { project: project.id, cycle: cycle.id };
      return part(workflowId.cycle(project.id, cycle.id), 'cycle', input, standingOf(world, cycle, now));
    });
}

const standingOf = (world: World, cycle: Cycle, now: Instant) => [
  projectStatus(world.project),
  cycle.reopened.length,
  ...STAGES.map((stage) => stageStatus(world, cycle, stage, now)),
];

/** Changes when something has that projects live by: all of the programme but what its core team notes and meets about. */
export function sharedMark(programme: ProgrammeState): string {
  const { version: _version, lastAt: _lastAt, evidence: _evidence, ...rest } = programme;
  const { meetings: _meetings, agendaItems: _agenda, outcomes: _outcomes, series: _series, ...shared } = rest;
  return markOf(shared);
}

const markOf = (standing: unknown): string =>
  createHash('sha256').update(JSON.stringify(standing)).digest('hex').slice(0, 8);

function part(id: string, workflow: Part['workflow'], input: Part['input'], standing: unknown): Part[] {
  return [{ id, workflow, input, mark: markOf(standing) }];
}
