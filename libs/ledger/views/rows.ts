// The shape of every read model's row, and the fold that yields them: pure functions of one stream's state.
//
// A row holds facts that do not change by themselves. What depends on the time (expiry) or on the other stream
// (a leaver's answer) is computed from the state at reading time, so that no row is ever wrong by waiting.
import { programmeWaiting, projectWaiting, remembered, tempoOf } from '#libs/domain';
import type {
  Analysis,
  Checkpoint,
  Cycle,
  DataRequest,
  ProgrammeState,
  ProjectState,
  Release,
  Waiting,
} from '#libs/domain';

export const VIEW_TABLES = [
  'programme_view',
  'organisation_view',
  'person_view',
  'project_view',
  'cycle_view',
  'checkpoint_view',
  'request_view',
  'release_view',
  'analysis_view',
  'move_view',
] as const;
export type ViewTable = (typeof VIEW_TABLES)[number];

/** A row under the column names of its table; `(stream, id)` is its key everywhere. */
export type ViewRow = { stream: string; id: string } & Record<string, unknown>;
export type ViewRows = Partial<Record<ViewTable, ViewRow[]>>;

/** The read models of a programme's own stream. */
export function programmeRows(programme: ProgrammeState): ViewRows {
  const stream = programme.id;
  return {
    programme_view: [
      { stream, id: stream, name: programme.name, agreement: programme.agreements.at(-1)?.id ?? null },
    ],
    organisation_view: Object.values(programme.organisations).map((o) => ({
      stream,
      id: o.id,
      name: o.name,
      commissioned_by: o.commissionedBy,
    })),
    person_view: Object.values(programme.people).map((person) => {
      const tenure = person.tenures.at(-1);
      return {
        stream,
        id: person.id,
        name: person.name,
        organisation: tenure?.organisation ?? '',
        roles: tenure?.roles ?? [],
        since: tenure?.from ?? '',
        left_at: tenure?.to ?? null,
      };
    }),
    checkpoint_view: checkpointRows(programme.checkpoints, stream),
    move_view: moveRows(stream, programmeWaiting(programme)),
  };
}

/** The read models of a project's stream. */
export function projectRows(project: ProjectState): ViewRows {
  const stream = project.id;
  return {
    project_view: [
      {
        stream,
        id: stream,
        programme: project.programme,
        title: project.title,
        lead: project.lead,
        started_at: project.startedAt,
        suspended_since: project.suspensions.find((s) => s.to === null)?.from ?? null,
        closed_at: project.closedAt,
        cycle: project.cycles.at(-1)?.id ?? null,
        tempo: tempoOf(project),
      },
    ],
    cycle_view: cycleRows(project.cycles, project.questions, stream),
    checkpoint_view: checkpointRows(project.checkpoints, stream),
    request_view: Object.values(project.requests).map((request) => requestRow(request, stream)),
    release_view: Object.values(project.releases).map((release) => releaseRow(release, stream)),
    analysis_view: Object.values(project.analyses).map((analysis) => analysisRow(analysis, stream)),
    move_view: moveRows(stream, projectWaiting(project)),
  };
}

const cycleRows = remembered(
  (cycles: ProjectState['cycles'], questions: ProjectState['questions'], stream: string): ViewRow[] => {
    const lastOf = new Map(questions.map((question) => [question.cycle, question.id]));
    return cycles.map((cycle) => cycleRow(cycle, lastOf.get(cycle.id) ?? null, stream));
  },
);

const cycleRow = remembered((cycle: Cycle, question: string | null, stream: string): ViewRow => ({
  stream,
  id: cycle.id,
  number: cycle.number,
  descends_from: cycle.descendsFrom,
  started_at: cycle.startedAt,
  question,
  request_rounds: cycle.requestRounds.length,
  analysis_closed_at: cycle.analysisClosedAt,
  next: cycle.refinements.at(-1)?.next ?? null,
}));

const checkpointRows = remembered((checkpoints: Record<string, Checkpoint>, stream: string): ViewRow[] =>
  Object.values(checkpoints).flatMap((checkpoint) => checkpointRow(checkpoint, stream)),
);

const checkpointRow = remembered(({ id, kind, rounds }: Checkpoint, stream: string): ViewRow[] => {
  const round = rounds.at(-1);
  if (round === undefined) return [];
  return [
    {
      stream,
      id,
      kind,
      round: round.round,
      subject: round.subject.type,
      subject_id: round.subject.id,
      core: round.content.core,
      opened_at: round.openedAt,
      deadline: round.deadline,
      asked: round.asked.filter(({ onBehalfOf }) => onBehalfOf === undefined).length,
      answered: round.decisions.filter((d) => d.withdrawn === null).length,
      lapsed_at: round.lapsedAt,
      voided_at: round.voidedAt,
    },
  ];
});

const requestRow = remembered((request: DataRequest, stream: string): ViewRow => ({
  stream,
  id: request.id,
  cycle: request.cycle,
  holder: request.holder,
  source: request.ask.source,
  tier: request.ask.tier,
  sent_at: request.sentAt,
  deadline: request.deadline,
  outcome: request.answer?.outcome ?? null,
  answered_at: request.answer?.at ?? null,
  lapsed_at: request.lapsedAt,
  withdrawn_at: request.withdrawn?.at ?? null,
}));

const releaseRow = remembered((release: Release, stream: string): ViewRow => ({
  stream,
  id: release.id,
  cycle: release.cycle,
  wave: release.wave,
  tier: release.tier,
  proposed_at: release.proposedAt,
  expires: release.expires,
  sealed_at: release.sealed?.at ?? null,
  permitted_at: release.permit?.at ?? null,
  permit_expires: release.permit?.expires ?? null,
  given_up_at: release.givenUpAt,
  destroyed_at: release.destroyed?.at ?? null,
}));

const analysisRow = remembered((analysis: Analysis, stream: string): ViewRow => ({
  stream,
  id: analysis.id,
  cycle: analysis.cycle,
  release: analysis.release,
  method: analysis.method,
  author: analysis.author,
  registered_at: analysis.registeredAt,
  outcome: analysis.ended?.outcome ?? null,
  ended_at: analysis.ended?.at ?? null,
  withheld_at: analysis.withheldAt,
}));

/** Whom the stream may be waiting for; whether it does is judged from its state when somebody asks. */
function moveRows(stream: string, waiting: Waiting[]): ViewRow[] {
  return [...new Map(waiting.map((each) => moveRow(each, stream)).map((row) => [row.id, row])).values()];
}

const moveRow = remembered((waiting: Waiting, stream: string): ViewRow => {
  const { what, about, person, organisation, roles, since, due } = waiting;
  return {
    ...{ stream, id: `${what}/${about}/${person ?? organisation ?? ''}`, what, about, round: 0 },
    ...{ person, organisation, since, deadline: due, roles },
  };
});
