// A project on one page: where each stage stands, whose move it is and since when, what each release still lacks.
import {
  collectionCaveats,
  currentCycle,
  depositStatus,
  gateSeenBy,
  isAnswerHiddenFrom,
  moves,
  movesSeenBy,
  peopleAt,
  projectStatus,
  readGate,
  releaseStatus,
  resultStatus,
  STAGES,
  stageStatus,
  tempoOf,
  tenureOf,
} from '#libs/domain';
import type { Cycle, Missing, ProgrammeState, Release, World } from '#libs/domain';
import { party, person, said } from '../http/said';
import { worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { requestView } from '../requests/request.view';

/** `comesBack`: people at whose address mail does not arrive, since when. */
export function overview(call: Call, comesBack: ReadonlyMap<string, string> = new Map()) {
  const { now } = call;
  const world = worldOf(call);
  const { programme, project } = world;
  const cycle = currentCycle(project);
  return {
    ...{
      id: project.id,
      programme: project.programme,
      title: said(project.title),
      version: project.version,
      now,
    },
    lead: person(programme, project.lead),
    status: projectStatus(project),
    tempo: tempoOf(project),
    cycle: cycle === null ? null : cycleView(world, cycle, now),
    cycles: project.cycles.map((c) => cycleView(world, c, now)),
    moves: movesSeenBy(world, moves(world, now), call.account.person, now).map((move) => ({
      ...move,
      ...comingBack(programme, move.who, comesBack, now),
      ...(move.people ? { people: move.people.map((id) => party(programme, id)) } : {}),
      who: move.who.map((id) => party(programme, id)),
    })),
    requests: Object.values(project.requests).map((request) => requestView(call, request)),
    releases: Object.values(project.releases).map((release) => releaseView(call, release)),
    deposits: Object.values(project.deposits)
      .filter(({ request: id }) => {
        const request = project.requests[id];
        return !request || !isAnswerHiddenFrom(world, request, call.account.person, now);
      })
      .map((deposit) => ({ id: deposit.id, request: deposit.request, status: depositStatus(deposit) })),
    analyses: Object.values(project.analyses).map((analysis) => ({
      ...{ id: analysis.id, cycle: analysis.cycle, release: analysis.release, method: analysis.method },
      status: resultStatus(world, analysis, now),
    })),
  };
}

/** Of those whose move it is, whom no mail reaches, and the registrars who alone can correct that. */
function comingBack(
  programme: ProgrammeState,
  who: string[],
  comesBack: ReadonlyMap<string, string>,
  now: string,
) {
  const unreached = who.filter((id) => comesBack.has(id));
  if (unreached.length === 0) return {};
  const organisations = unreached.flatMap((id) => tenureOf(programme, id, now)?.organisation ?? []);
  const registrars = [...new Set(organisations)].flatMap((organisation) =>
    peopleAt(programme, now, { organisation, roles: ['registrar'] }),
  );
  return {
    unreached: unreached.map((id) => person(programme, id)),
    correctedBy: registrars.map((registrar) => person(programme, registrar.person)),
  };
}

export function cycleView(world: World, cycle: Cycle, now: string) {
  return {
    ...{ id: cycle.id, number: cycle.number, descendsFrom: cycle.descendsFrom, startedAt: cycle.startedAt },
    stages: STAGES.map((stage) => ({ stage, status: stageStatus(world, cycle, stage, now) })),
  };
}

export function releaseView(call: Call, release: Release) {
  const [world, { now }] = [worldOf(call), call];
  const { id, cycle, wave, tier, requests, deposits, purpose, methods, question, boundary, expires } =
    release;
  return {
    ...{ id, cycle, wave, tier, requests, deposits, purpose, methods, question, boundary, expires },
    ...{ proposedAt: release.proposedAt, sealed: release.sealed, permit: release.permit },
    ...{ givenUpAt: release.givenUpAt, destroyed: release.destroyed },
    proposer: person(world.programme, release.proposer),
    readers: release.readers.map((reader) => person(world.programme, reader)),
    rationale: { text: said(release.rationale.text), cites: release.rationale.cites },
    caveats: collectionCaveats(world.project, release),
    ...publishedView(world, release),
    status: releaseStatus(world, release, now),
    gate: release.permit ? null : gateView(world, release, call),
  };
}

/** B23: what of it was published, and how its publisher controlled it. */
function publishedView({ project }: World, { imports = [] }: Release) {
  const published = imports.flatMap((id) => {
    const found = project.imports[id];
    if (!found) return [];
    const source = project.sources[found.source]?.terms.name ?? found.source;
    return [{ import: id, source, ...found.file, disclosureControl: said(found.file.disclosureControl) }];
  });
  return { imports, published };
}

/** Open with its terms, or everything missing with whose move it is, by name; with a permit, whether it may still be read. */
export function gateView(world: World, release: Release, { account, now }: Pick<Call, 'account' | 'now'>) {
  const gate = release.permit
    ? readGate(world, release, now)
    : gateSeenBy(world, release, account.person, now);
  return gate.open ? gate : { open: false as const, missing: gate.missing.map((m) => missingView(world, m)) };
}

export const missingView = ({ programme }: World, missing: Missing) => ({
  ...missing,
  names: missing.waitingFor.map((id) => party(programme, id).name),
});
