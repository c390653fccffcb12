// One project's way through a cycle without data, as its people would go: the commands of P2 and P3.
import type { CheckpointKind, NextStep, ProjectCommand } from '#libs/domain';
import { commitText, newId, signContent } from '#libs/ledger';
import type { DraftText } from '#libs/ledger';
import type { Name, Setting } from '#libs/testing';
import { decision, personId } from '#libs/testing';
import { proposeQuestion, startProject } from './signers';

export class Journey {
  readonly project = newId('prj');

  constructor(
    private readonly setting: Setting,
    readonly title: string,
  ) {}

  /** The project, its first cycle, and its question put to sign. */
  async begin(): Promise<void> {
    await startProject(this.setting, this.project, this.title);
    await proposeQuestion(this.setting, this.project);
  }

  async token(name: Name, kind: CheckpointKind): Promise<string> {
    const { checkpoint, round } = await this.asked(kind);
    const link = {
      stream: this.project,
      person: personId(name),
      purpose: 'SIGN' as const,
      checkpoint,
      round: round.round,
      core: round.content.core,
    };
    return (await this.setting.processes.courier.links.mint(link)).token;
  }

  async sign(kind: CheckpointKind, ...names: Name[]): Promise<void> {
    for (const name of names) {
      const token = await this.token(name, kind);
      const approval = decision(await this.asked(kind), 'APPROVED');
      const shown = { token, code: null, stream: this.project };
      await this.setting.processes.portal.ledger.byLink(shown, () => approval);
    }
  }

  /**
   * From a signed question to a signed refinement: both stages of data settle empty. As a lead would, each stage is
   * begun when the mail that opens it has come; `opened(n)` resolves with the n-th such mail.
   */
  async conclude(opened: (count: number) => Promise<unknown>): Promise<void> {
    const reason = commitText('No data is needed for this question');
    for (const [n, stage] of (['dataRequest', 'analysis'] as const).entries()) {
      await opened(n + 1);
      await this.give('lead', { type: 'SettleEmpty', stage, reason: reason.commitment }, [reason]);
    }
    await opened(3);
    await this.interpret('official', 'PRACTITIONER');
    await this.interpret('researcher', 'RESEARCHER');
    await this.propose('REFLECTION');
    await this.sign('REFLECTION', 'official', 'researcher');
    await opened(4);
    await this.propose('REFINEMENT');
    await this.sign('REFINEMENT', 'official', 'researcher');
  }

  private async interpret(name: Name, as: 'PRACTITIONER' | 'RESEARCHER'): Promise<void> {
    const [text, misreading] = [commitText('What it means'), commitText('How it could be misread')];
    const command = {
      type: 'AddInterpretation' as const,
      as,
      text: text.commitment,
      misreading: misreading.commitment,
    };
    await this.give(name, command, [text, misreading]);
  }

  private async propose(kind: 'REFLECTION' | 'REFINEMENT'): Promise<void> {
    const { content, contents } = signContent({ kind }, { text: 'Why' });
    const next: NextStep = 'CLOSE';
    const command: ProjectCommand =
      kind === 'REFLECTION'
        ? { type: 'ProposeReflection', content }
        : { type: 'ProposeRefinement', content, next };
    await this.setting.ledger.onProject(this.project, this.setting.as('lead'), () => ({ command, contents }));
  }

  private async give(name: Name, command: ProjectCommand, texts: DraftText[] = []): Promise<void> {
    await this.setting.ledger.onProject(this.project, this.setting.as(name), () => ({ command, texts }));
  }

  private async asked(kind: CheckpointKind) {
    const { world } = await this.setting.ledger.world(this.project);
    const found = Object.values(world.project.checkpoints).findLast((c) => c.kind === kind);
    const round = found?.rounds.at(-1);
    if (!found || !round) throw new Error(`nothing of kind ${kind} is asked in ${this.project}`);
    return { checkpoint: found.id, round };
  }
}
