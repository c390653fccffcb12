// A project's life in memory: the domain's own decide and evolve over the demonstration's cast, for tests that read as stories.
import type {
  Actor,
  Choice,
  Condition,
  Decided,
  DomainEvent,
  Instant,
  ProgrammeCommand,
  ProgrammeEvent,
  ProgrammeState,
  ProjectCommand,
  ProjectEvent,
  ProjectState,
  Recorded,
  Refusal,
  Round,
  Stage,
  World,
} from '#libs/domain';
import {
  currentCycle,
  currentRound,
  decideProgramme,
  decideProject,
  emptyProgramme,
  emptyProject,
  evolveProgramme,
  evolveProject,
  plus,
  stageStatus,
} from '#libs/domain';
import { personId, START } from './cast';
import type { Name } from './cast';

/** Thrown when a step that the story takes for granted is refused. */
export class Stuck extends Error {
  constructor(readonly refusal: Refusal) {
    super(`${refusal.rule}: ${refusal.reason}`);
  }
}

export class Story {
  programme: ProgrammeState = emptyProgramme('pgm_aaaaaaaaaaaaaaaa');
  project: ProjectState = emptyProject('prj_aaaaaaaaaaaaaaaa', START);
  now: Instant = START;
  /** Every entry in order of recording, with its stream. */
  readonly log: { stream: string; event: Recorded }[] = [];
  private contents = 0;

  get world(): World {
    return { programme: this.programme, project: this.project };
  }

  /** Lets time pass. */
  wait(ms: number): this {
    this.now = plus(this.now, ms);
    return this;
  }

  content(): { core: string; cover: string } {
    this.contents += 1;
    return { core: `core-${this.contents}`, cover: `cover-${this.contents}` };
  }

  /** Tries a command on the programme; records its events if it is accepted. */
  tryProgramme(actor: Actor, command: ProgrammeCommand): Decided<ProgrammeEvent> {
    const decided = decideProgramme(this.programme, command, actor, this.now);
    if (decided.ok) for (const event of decided.events) this.record(this.programme.id, actor, event);
    return decided;
  }

  /** Tries a command on the project; records its events if it is accepted. */
  tryProject(actor: Actor, command: ProjectCommand): Decided<ProjectEvent> {
    const decided = decideProject(this.world, command, actor, this.now);
    if (decided.ok) for (const event of decided.events) this.record(this.project.id, actor, event);
    return decided;
  }

  private record(stream: string, actor: Actor, event: DomainEvent): void {
    const isProgramme = stream === this.programme.id;
    const version = (isProgramme ? this.programme : this.project).version + 1;
    const recorded = { ...event, at: this.now, actor, version };
    if (isProgramme)
      this.programme = evolveProgramme(this.programme, stream, recorded as Recorded<ProgrammeEvent>);
    else this.project = evolveProject(this.project, stream, recorded as Recorded<ProjectEvent>);
    this.log.push({ stream, event: recorded });
    // Entries of one millisecond would leave order to chance.
    this.now = plus(this.now, 1);
  }

  onProgramme(actor: Actor, command: ProgrammeCommand): this {
    return this.must(this.tryProgramme(actor, command));
  }

  onProject(actor: Actor, command: ProjectCommand): this {
    return this.must(this.tryProject(actor, command));
  }

  private must(decided: Decided<DomainEvent>): this {
    if (!decided.ok) throw new Stuck(decided.refusal);
    return this;
  }

  as(name: Name): Actor {
    return { person: personId(name) };
  }

  round(checkpoint: string): Round {
    const all = { ...this.programme.checkpoints, ...this.project.checkpoints };
    const round = currentRound(
      checkpoint === 'agreement' ? this.programme.checkpoints['k1'] : all[checkpoint],
    );
    if (!round) throw new Error(`no checkpoint ${checkpoint}`);
    return round;
  }

  /** The id of the project's latest checkpoint of a kind. */
  checkpoint(kind: string, subject?: string): string {
    const found = Object.values(this.project.checkpoints).findLast(
      (c) => c.kind === kind && (subject === undefined || c.rounds.some((r) => r.subject.id === subject)),
    );
    if (!found) throw new Error(`no checkpoint of kind ${kind}`);
    return found.id;
  }

  answer(
    name: Name,
    checkpoint: string,
    choice: Choice = 'APPROVED',
    extra: { conditions?: Condition[]; dissent?: string; reason?: string } = {},
  ) {
    const round = this.project.checkpoints[checkpoint] ? this.round(checkpoint) : this.round('agreement');
    const kind = this.project.checkpoints[checkpoint]?.kind ?? 'AGREEMENT';
    return {
      type: 'RecordDecision',
      checkpoint,
      round: round.round,
      choice,
      ...round.content,
      assurance: kind === 'OUTPUT' ? 'ACCOUNT' : round.needsCode ? 'LINK_CODE' : 'LINK',
      conditions: extra.conditions ?? [],
      reason: extra.reason ?? (choice === 'CHANGES_REQUESTED' ? 'why' : null),
      dissent: extra.dissent ?? null,
      signedAs: name,
      page: null,
    } as const satisfies ProjectCommand;
  }

  sign(kind: string, ...names: Name[]): this {
    for (const name of names) this.onProject(this.as(name), this.answer(name, this.checkpoint(kind)));
    return this;
  }

  withdrawal(name: Name, checkpoint: string, mode: 'STOP' | 'STOP_AND_DESTROY' | 'UNLAWFUL' = 'STOP') {
    const round = this.project.checkpoints[checkpoint] ? this.round(checkpoint) : this.round('agreement');
    return {
      type: 'WithdrawDecision',
      checkpoint,
      round: round.round,
      mode,
      atOnce: false,
      disowned: false,
      assurance: 'LINK',
      reason: null,
      signedAs: name,
    } as const;
  }

  stage(stage: Stage): string {
    const cycle = currentCycle(this.project);
    return cycle ? stageStatus(this.world, cycle, stage, this.now) : 'NONE';
  }
}
