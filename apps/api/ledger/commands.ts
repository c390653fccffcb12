// Carries a command to the ledger and its receipt back: the only way the API changes anything.
import { Injectable } from '@nestjs/common';
import type {
  EventType,
  Instant,
  ProgrammeCommand,
  ProgrammeState,
  ProjectCommand,
  World,
} from '#libs/domain';
import type { Draft, Receipt } from '#libs/ledger';
import { fail } from '../problems/problem';
import type { Call } from './call';
import type { Done } from './done';
import { LedgerHandle } from './handle';

type Eventually<T> = T | Promise<T>;
export type BuildProgramme = (state: ProgrammeState, now: Instant) => Eventually<Draft<ProgrammeCommand>>;
export type BuildProject = (world: World, now: Instant) => Eventually<Draft<ProjectCommand>>;

@Injectable()
export class Commands {
  constructor(private readonly handle: LedgerHandle) {}

  /** A command on a programme's stream. */
  async onProgramme(call: Call, programme: string, build: BuildProgramme, acted = ''): Promise<Done> {
    const receipt = await this.handle.ledger.onProgramme(programme, call.actor, (state, now) => {
      checkExpected(call, state.version);
      return build(state, now);
    });
    return this.done(receipt, acted || programme);
  }

  /** A command on a project's stream. */
  async onProject(call: Call, project: string, build: BuildProject, acted = ''): Promise<Done> {
    const receipt = await this.handle.ledger.onProject(project, call.actor, (world, now) => {
      checkExpected(call, world.project.version);
      return build(world, now);
    });
    return this.done(receipt, acted || project);
  }

  /** A decision by account on a programme: written only on showing the caller's own token. */
  async decideOnProgramme(call: Call, programme: string, build: BuildProgramme, acted = ''): Promise<Done> {
    const receipt = await this.handle.ledger.byAccount(call.secret, programme, (_account, state, now) => {
      if ('project' in state) throw new Error('a programme was asked for, and a project came');
      checkExpected(call, state.version);
      return build(state, now);
    });
    return this.done(receipt, acted || programme);
  }

  /** A decision by account on a project: written only on showing the caller's own token. */
  async decideOnProject(call: Call, project: string, build: BuildProject, acted = ''): Promise<Done> {
    const receipt = await this.handle.ledger.byAccount(call.secret, project, (_account, state, now) => {
      if (!('project' in state)) throw new Error('a project was asked for, and a programme came');
      checkExpected(call, state.project.version);
      return build(state, now);
    });
    return this.done(receipt, acted || project);
  }

  /** The receipt with the id the domain gave; `acted` where nothing new was named. */
  async done(receipt: Receipt, acted: string): Promise<Done> {
    const versions = receipt.entries.map((entry) => entry.version);
    const rows: { type: EventType; data: Record<string, unknown> }[] = await this.handle.source.query(
      'select type, data from parley.events where stream = $1 and version = any($2) order by version',
      [receipt.stream, versions],
    );
    const named = rows
      .map(({ type, data }) => data[NEW_ID[type] ?? ''])
      .find((id) => typeof id === 'string' || typeof id === 'number');
    return { id: named === undefined ? acted : String(named), receipt };
  }
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
