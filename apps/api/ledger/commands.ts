// Carries a command to the ledger and its receipt back: the only way the API changes anything.
import { Injectable } from '@nestjs/common';
import type {
  Command,
  EventType,
  Instant,
  ProgrammeCommand,
  ProgrammeState,
  ProjectCommand,
  World,
} from '#libs/domain';
import type { Draft, Ledger, Queryable, Receipt } from '#libs/ledger';
import { fail } from '../problems/problem';
import { programmeOf } from './call';
import type { Call } from './call';
import type { Done } from './done';
import { LedgerHandle } from './handle';

/** The commands of concerns that live in both kinds of stream. */
export type StreamCommand = ProgrammeCommand & ProjectCommand;

type Eventually<T> = T | Promise<T>;
export type BuildProgramme = (
  state: ProgrammeState,
  now: Instant,
) => Eventually<Draft<ProgrammeCommand> & { warnings?: string[] }>;
export type BuildProject = (world: World, now: Instant) => Eventually<Draft<ProjectCommand>>;

@Injectable()
export class Commands {
  constructor(private readonly handle: LedgerHandle) {}

  /** Starts a programme's stream. */
  async startProgramme(call: Call, id: string, draft: Draft<ProgrammeCommand>): Promise<Done> {
    return answerOf(
      await this.handle.ledger.startProgramme(id, call.actor, kept(call, draft, id)),
      id,
      this.handle.source,
    );
  }

  /** Starts a project's stream. */
  async startProject(call: Call, programme: string, id: string, draft: Draft<ProjectCommand>): Promise<Done> {
    const receipt = await this.handle.ledger.startProject(programme, id, call.actor, kept(call, draft, id));
    return answerOf(receipt, id, this.handle.source);
  }

  /** A command on a programme's stream. */
  async onProgramme(call: Call, programme: string, build: BuildProgramme, acted = programme): Promise<Done> {
    let warned: string[] = [];
    const receipt = await this.handle.ledger.onProgramme(programme, call.actor, async (state, now) => {
      checkExpected(call, state.version);
      const { warnings = [], ...draft } = await build(state, now);
      warned = warnings;
      return kept(call, draft, acted, warnings);
    });
    return answerOf(receipt, acted, this.handle.source, warned);
  }

  /** A command on a project's stream. */
  async onProject(call: Call, project: string, build: BuildProject, acted = project): Promise<Done> {
    const receipt = await this.handle.ledger.onProject(project, call.actor, async (world, now) => {
      checkExpected(call, world.project.version);
      return kept(call, await build(world, now), acted);
    });
    return answerOf(receipt, acted, this.handle.source);
  }

  /** A decision by account on a programme: written only on showing the caller's own token. */
  async decideOnProgramme(
    call: Call,
    programme: string,
    build: BuildProgramme,
    acted = programme,
  ): Promise<Done> {
    const receipt = await this.handle.ledger.byAccount(
      call.secret,
      programme,
      async (_account, state, now) => {
        if ('project' in state) throw new Error('a programme was asked for, and a project came');
        checkExpected(call, state.version);
        return kept(call, await build(state, now), acted);
      },
    );
    return answerOf(receipt, acted, this.handle.source);
  }

  /** A decision by account on a project: written only on showing the caller's own token. */
  async decideOnProject(call: Call, project: string, build: BuildProject, acted = project): Promise<Done> {
    const receipt = await this.handle.ledger.byAccount(call.secret, project, async (_account, state, now) => {
      if (!('project' in state)) throw new Error('a project was asked for, and a programme came');
      checkExpected(call, state.project.version);
      return kept(call, await build(state, now), acted);
    });
    return answerOf(receipt, acted, this.handle.source);
  }

  /** A command that programmes and projects take alike, on whichever the address names. */
  onStream(call: Call, draft: Draft<StreamCommand>, acted?: string): Promise<Done> {
    return call.world === null
      ? this.onProgramme(call, programmeOf(call).id, () => draft, acted)
      : this.onProject(call, call.world.project.id, () => draft, acted);
  }

  /** What a person says for themselves, in either kind of stream: written only on showing their own token. */
  decideOnStream(call: Call, draft: Draft<StreamCommand>, acted?: string): Promise<Done> {
    return call.world === null
      ? this.decideOnProgramme(call, programmeOf(call).id, () => draft, acted)
      : this.decideOnProject(call, call.world.project.id, () => draft, acted);
  }

  /** A file's deposit: the receipt of what the vault took in. */
  async receiveDeposit(
    call: Call,
    project: string,
    deposit: Parameters<Ledger['receiveDeposit']>[2],
  ): Promise<Done> {
    const receipt = await this.handle.ledger.receiveDeposit(project, call.actor, deposit);
    return answerOf(receipt, deposit.deposit, this.handle.source);
  }
}

/** With an Idempotency-Key, the answer is kept in the command's own transaction: a crash loses both or neither. */
function kept<C extends Command>(
  call: Call,
  draft: Draft<C>,
  acted: string,
  warnings: string[] = [],
): Draft<C> {
  const { once } = call;
  if (once === null) return draft;
  return {
    ...draft,
    alongside: async (runner, receipt) => {
      const answer = await answerOf(receipt, acted, runner, warnings);
      const rows = (await runner.query(
        `with kept as (update parley.idempotency set status = 201, body = $3::jsonb
           where actor = $1 and key = $2 and status is null returning key) select key from kept`,
        [once.actor, once.key, JSON.stringify(answer)],
      )) as unknown[];
      // Taken over as abandoned while this one was held up: the other one counts.
      if (rows.length === 0)
        fail(409, 'IN_PROGRESS', 'This request was repeated meanwhile.', 'Repeat it in a moment.');
    },
  };
}

/** The receipt with the id the domain gave; `acted` where nothing new was named. */
async function answerOf(
  receipt: Receipt,
  acted: string,
  runner: Queryable,
  warnings: string[] = [],
): Promise<Done> {
  const versions = receipt.entries.map((entry) => entry.version);
  const rows = (await runner.query(
    'select type, data from parley.events where stream = $1 and version = any($2) order by version',
    [receipt.stream, versions],
  )) as { type: EventType; data: Record<string, unknown> }[];
  const ids = rows.map(({ type, data }) => data[NEW_ID[type] ?? '']);
  const named = ids.find((id) => typeof id === 'string' || typeof id === 'number');
  const id = named === undefined ? acted : String(named);
  return { id, receipt, ...(warnings.length > 0 ? { warnings } : {}) };
}

/** The field of an event that holds the id it brought into the world. */
const NEW_ID: Partial<Record<EventType, string>> = {
  OrganisationAdded: 'organisation',
  PersonAttested: 'person',
  AgreementProposed: 'agreement',
  EthicsRecorded: 'ethics',
  CycleStarted: 'cycle',
  QuestionProposed: 'question',
  BoundaryProposed: 'boundary',
  RequestSent: 'request',
  ReleaseProposed: 'release',
  BenefitProposed: 'wave',
  AnalysisRegistered: 'analysis',
  InterpretationAdded: 'interpretation',
  InsightRecorded: 'insight',
  ReflectionProposed: 'reflection',
  RefinementProposed: 'refinement',
  SufficiencyRevoked: 'revocation',
  AdmissibilityOpened: 'place',
  ChallengeRaised: 'challenge',
  LocalKnowledgeAdded: 'knowledge',
  PublicReactionRecorded: 'consideration',
  ClarificationAsked: 'clarification',
  SuppositionRecorded: 'supposition',
  EvidenceRecorded: 'evidence',
  MeetingSeriesPlanned: 'series',
  MeetingCalled: 'meeting',
  AgendaItemProposed: 'item',
  OutcomeDrafted: 'outcome',
  SourceRegistered: 'source',
  DiscoveryRecorded: 'entry',
  IssueProfiled: 'profile',
  NarrativeTold: 'narrative',
  HypothesisProposed: 'hypothesis',
  DeviationRecorded: 'deviation',
  FindingAsked: 'demand',
  ActionPlanned: 'action',
  PublicationProposed: 'publication',
  PublicationCommented: 'comment',
  LegalFileDrafted: 'file',
  IncidentRecorded: 'incident',
  CollectionPlanned: 'collection',
  ObjectionRecorded: 'objection',
  ExceptionProposed: 'exception',
  OutputCommented: 'comment',
};

function checkExpected(call: Call, version: number): void {
  if (call.expected === null || call.expected === version) return;
  fail(
    412,
    'SOMEBODY_WAS_FASTER',
    `You read version ${call.expected}; the ledger is at ${version} now.`,
    'Read again, look at what changed, and decide anew.',
  );
}
