// What each entry changes in the gate's tables, told a second time: sql/functions/gate/filling says it for the database.
import type { DomainEvent, EventData, EventType, Recorded } from '#libs/domain';
import { FILLS_OF_DATA } from './gate-fills-of-data';
import type { GateRow, GateRows } from './gate-rows';

export type Filling = {
  [T in EventType]?: (rows: GateRows, data: EventData<T>, entry: Recorded & { stream: string }) => void;
};

/** Follows one more entry of a stream. */
export function fillGate(rows: GateRows, stream: string, event: Recorded<DomainEvent>): void {
  for (const fills of [SIGNING, PEOPLE, COURSE, FILLS_OF_DATA]) {
    const fill = fills[event.type] as
      ((rows: GateRows, data: unknown, entry: Recorded & { stream: string }) => void) | undefined;
    fill?.(rows, event.data, { ...event, stream });
  }
}

const isApproval = (choice: string): boolean =>
  choice === 'APPROVED' || choice === 'APPROVED_WITH_CONDITIONS';

const SIGNING: Filling = {
  CheckpointOpened(rows, data, { stream, at, version, actor }) {
    const { checkpoint, round, kind, subject, content, rule, asked, proposer } = data;
    rows.update('gate_rounds', { checkpoint, replaced_version: null }, { replaced_version: version });
    const {
      type,
      id,
      cycle = null,
      wave = null,
    } = subject as typeof subject & { cycle?: string; wave?: number };
    rows.insert('gate_rounds', {
      ...{
        stream,
        checkpoint,
        round,
        kind,
        subject_type: type,
        subject: id,
        cycle,
        wave,
        core: content.core,
      },
      ...{ rule, asked, proposers: [proposer, ...('person' in actor ? [actor.person] : [])] },
      ...{ opened_at: at, opened_version: version, lapsed_version: null, replaced_version: null },
    });
  },
  RoundLapsed(rows, { checkpoint, round }, { version }) {
    rows.update('gate_rounds', { checkpoint, round, lapsed_version: null }, { lapsed_version: version });
  },
  DecisionRecorded(rows, data, { stream, at, version }) {
    const { checkpoint, round, person, organisation, choice, core, conditions } = data;
    const said = { stream, checkpoint, round, person, organisation, choice, core, conditions };
    if (data.assurance === 'RECORDED' && isApproval(choice))
      rows.insert('gate_pending', { ...said, recorded_by: data.written?.by ?? person });
    else rows.insert('gate_decisions', { ...said, ...standing(version, at) });
  },
  DecisionWithdrawn(rows, { checkpoint, round, person, mode }, { at, version }) {
    const which = { checkpoint, round, person };
    rows.update(
      'gate_decisions',
      { ...which, withdrawn_at: null },
      { withdrawn_at: at, withdrawn_version: version, withdrawn_mode: mode },
    );
    rows.take('gate_pending', which);
  },
  DecisionCountersigned(rows, { checkpoint, round, person, organisation }, { at, version }) {
    for (const { recorded_by: _by, ...said } of rows.take('gate_pending', {
      checkpoint,
      round,
      person,
      organisation,
    }))
      rows.insert('gate_decisions', { ...said, ...standing(version, at) });
  },
  SigningDelegated(rows, { checkpoint, round, to, organisation, slots, person, until }) {
    const part = { person: to, organisation, slots, onBehalfOf: person, until };
    for (const row of rows.where('gate_rounds', { checkpoint, round }))
      row['asked'] = [...askedIn(row), part];
  },
  DelegationTakenBack(rows, { checkpoint, round, person }, { at }) {
    for (const row of rows.where('gate_rounds', { checkpoint, round }))
      row['asked'] = askedIn(row).map((part) =>
        part.onBehalfOf === person && part.until !== undefined && at < part.until
          ? { ...part, until: at }
          : part,
      );
  },
};

const standing = (version: number, at: string): GateRow => ({
  ...{ version, at, withdrawn_at: null, withdrawn_version: null, withdrawn_mode: null },
});
const askedIn = (row: GateRow) => row['asked'] as EventData<'CheckpointOpened'>['asked'];

const PEOPLE: Filling = {
  OrganisationAdded(rows, { organisation, commissionedBy }, { stream }) {
    rows.insert('gate_organisations', { programme: stream, organisation, commissioned_by: commissionedBy });
  },
  PersonAttested(rows, { person, organisation, roles }, { stream, at, version }) {
    rows.update('gate_tenures', { person, until: null }, { until: at });
    rows.insert('gate_tenures', tenure({ stream, at, version }, { person, organisation, roles }));
    rows.take('gate_safe_people', { person });
  },
  RolesChanged(rows, { person, roles }, { stream, at, version }) {
    const held = rows.where('gate_tenures', { person, until: null });
    for (const { organisation } of held)
      rows.insert('gate_tenures', tenure({ stream, at, version }, { person, organisation, roles }));
    for (const row of held) row['until'] = at;
  },
  PersonLeft(rows, { person }, { at }) {
    rows.update('gate_tenures', { person, until: null }, { until: at });
  },
  AgreementProposed(rows, { agreement, content, parties, rules, expires }, { stream, version }) {
    const terms = { core: content.core, parties, rules, expires };
    rows.insert('gate_agreements', { programme: stream, agreement, version, ...terms });
  },
  TrainingRecorded: (rows, { person, expires }, { stream }) =>
    safe(rows, stream, person, { training_expires: expires }),
  UndertakingSigned: (rows, { person }, { stream, at }) => safe(rows, stream, person, { undertaken_at: at }),
  InterestsDeclared: (rows, { person }, { stream, at }) => safe(rows, stream, person, { declared_at: at }),
};

const tenure = (
  { stream, at, version }: { stream: string; at: string; version: number },
  held: GateRow,
): GateRow => ({
  ...{ programme: stream, ...held, since: at, until: null, since_version: version },
});

function safe(rows: GateRows, programme: string, person: string, fact: GateRow): void {
  const nothing = { programme, person, training_expires: null, undertaken_at: null, declared_at: null };
  if (rows.where('gate_safe_people', { person }).length === 0) rows.insert('gate_safe_people', nothing);
  rows.update('gate_safe_people', { person }, fact);
}

const paper =
  (stage: 'question' | 'reflection' | 'refinement') =>
  (
    rows: GateRows,
    data: { cycle: string; content: { core: string } },
    { stream, version }: { stream: string; version: number },
  ): void => {
    const id = (data as unknown as Record<string, string>)[stage];
    const { cycle, content } = data;
    rows.insert('gate_papers', { project: stream, stage, paper: id, cycle, core: content.core, version });
  };

const COURSE: Filling = {
  ProjectStarted(rows, { programme }, { stream }) {
    rows.insert('gate_projects', { project: stream, programme, closed_at: null });
  },
  ProjectClosed: (rows, _data, { at }) => rows.update('gate_projects', {}, { closed_at: at }),
  ProjectSuspended(rows, _data, { stream, at, version }) {
    rows.insert('gate_suspensions', { project: stream, since: at, until: null, version });
  },
  ProjectResumed: (rows, _data, { at }) => rows.update('gate_suspensions', { until: null }, { until: at }),
  EthicsRecorded(rows, { ethics, expires }, { stream }) {
    rows.insert('gate_ethics', { project: stream, ethics, expires, ended_at: null });
  },
  EthicsEnded: (rows, { ethics }, { at }) =>
    rows.update('gate_ethics', { ethics, ended_at: null }, { ended_at: at }),
  CycleStarted: (rows, { cycle }, { stream, version }) =>
    rows.insert('gate_cycles', { project: stream, cycle, version }),
  QuestionProposed(rows, data, entry) {
    paper('question')(rows, data, entry);
    const { question, sufficient: suffices = false, form } = data;
    const is_revision = form?.change != null;
    rows.insert('gate_sufficiency', {
      project: entry.stream,
      version: entry.version,
      question,
      suffices,
      is_revision,
    });
  },
  SufficiencyRevoked(rows, _data, { stream, version }) {
    const nothing = { question: null, suffices: false, is_revision: false };
    rows.insert('gate_sufficiency', { project: stream, version, ...nothing });
  },
  ReflectionProposed: paper('reflection'),
  RefinementProposed: paper('refinement'),
  BoundaryProposed(rows, { boundary, content, scope, legalFile }, { stream, version }) {
    const { core } = content;
    rows.insert('gate_boundaries', {
      project: stream,
      boundary,
      core,
      scope,
      expires: scope.expires,
      version,
    });
    if (legalFile) {
      const { file, digest } = legalFile;
      rows.insert('gate_boundary_files', { project: stream, boundary, file, digest });
    }
  },
  LegalFileDrafted(rows, { file, digest }, { stream }) {
    rows.insert('gate_legal_files', { project: stream, file, digest });
  },
  BenefitProposed(rows, { wave, content }, { stream, version }) {
    rows.insert('gate_benefits', { project: stream, wave, core: content.core, version });
  },
  StageSettledEmpty: (rows, { cycle, stage }, entry) =>
    stageFact(rows, entry, { cycle, stage, fact: 'SETTLED_EMPTY' }),
  AnalysisStageClosed: (rows, { cycle }, entry) =>
    stageFact(rows, entry, { cycle, stage: 'analysis', fact: 'CLOSED' }),
  StageReopened: (rows, { cycle, stage }, entry) =>
    stageFact(rows, entry, { cycle, stage, fact: 'REOPENED' }),
};

const stageFact = (
  rows: GateRows,
  { stream, version }: { stream: string; version: number },
  fact: GateRow,
): void => rows.insert('gate_stage_facts', { project: stream, ...fact, version });
