// The commands of one cycle without data, in order and one by one, so that each can be timed in a new and in a long project.
import type { CheckpointKind, ProjectCommand } from '#libs/domain';
import { commitText, newId, signContent } from '#libs/ledger';
import type { Draft, DraftText } from '#libs/ledger';
import { decision, nextForm, personId } from '#libs/testing';
import type { Name, Setting } from '#libs/testing';

/** Everything a command needs is made ready first; what is timed is the command alone. */
export interface Step {
  what: string;
  ready: () => Promise<() => Promise<unknown>>;
}

export class CycleCommands {
  constructor(
    private readonly setting: Setting,
    readonly project: string = newId('prj'),
  ) {}

  start(): Step {
    return {
      what: 'StartProject',
      ready: () => {
        const title = commitText('A project');
        const { programme } = this.setting;
        const command = { type: 'StartProject' as const, programme, title: title.commitment };
        const draft = { command, texts: [title] };
        const { ledger } = this.setting;
        return ready(() => ledger.startProject(programme, this.project, this.setting.as('lead'), draft));
      },
    };
  }

  /** From its start to a signed refinement that leads to the next. */
  cycle(): Step[] {
    return [
      this.startCycle(),
      this.question(),
      this.decision('QUESTION', 'official'),
      this.decision('QUESTION', 'researcher'),
      this.hypothesis(),
      this.evidence(),
      this.settleEmpty('dataRequest'),
      this.settleEmpty('analysis'),
      this.interpretation('official', 'PRACTITIONER'),
      this.interpretation('researcher', 'RESEARCHER'),
      this.proposal('REFLECTION'),
      this.decision('REFLECTION', 'official'),
      this.decision('REFLECTION', 'researcher'),
      this.proposal('REFINEMENT'),
      this.decision('REFINEMENT', 'official'),
      this.decision('REFINEMENT', 'researcher'),
    ];
  }

  private startCycle(): Step {
    return {
      what: 'StartCycle',
      ready: async () => {
        const { world } = await this.setting.ledger.world(this.project);
        const descendsFrom = world.project.cycles.at(-1)?.id ?? null;
        return this.command('lead', { type: 'StartCycle', descendsFrom });
      },
    };
  }

  question(): Step {
    return {
      what: 'ProposeQuestion',
      ready: () => {
        const { content, contents } = signContent({ kind: 'QUESTION', question: 'Which?' }, { text: 'Why' });
        const { ledger } = this.setting;
        return ready(() =>
          ledger.onProject(this.project, this.setting.as('lead'), ({ project }) => ({
            command: { type: 'ProposeQuestion', content, sufficient: true, form: nextForm(project) },
            contents,
          })),
        );
      },
    };
  }

  /** By the link of the mail, through the role of the portal. */
  private decision(kind: CheckpointKind, name: Name): Step {
    return {
      what: `RecordDecision about ${kind}`,
      ready: async () => {
        const { portal, courier } = this.setting.processes;
        const { world } = await portal.ledger.world(this.project);
        const found = Object.values(world.project.checkpoints).findLast((c) => c.kind === kind);
        const round = found?.rounds.at(-1);
        if (!found || !round) throw new Error(`nothing of kind ${kind} is asked in ${this.project}`);
        const about = { stream: this.project, checkpoint: found.id, round: round.round };
        const link = { ...about, person: personId(name), core: round.content.core, purpose: 'SIGN' as const };
        const { token } = await courier.links.mint(link);
        const approval = decision({ checkpoint: found.id, round }, 'APPROVED');
        const shown = { token, code: null, stream: this.project };
        return () => portal.ledger.byLink(shown, () => approval);
      },
    };
  }

  hypothesis(): Step {
    return this.worded('ProposeHypothesis', 'researcher', ([statement = '', reason = '']) => ({
      ...{ type: 'ProposeHypothesis', statement, reason, rivals: [] },
    }));
  }

  evidence(): Step {
    return this.worded('RecordEvidence', 'official', ([title = '', origin = '', text = '']) => ({
      ...{ type: 'RecordEvidence', kind: 'COMMENT', title, audience: 'PARTNERS', text, assessment: null },
      attribution: { type: 'PERSON', person: personId('official') },
      provenance: { origin, dated: new Date(Date.now() - 86_400_000).toISOString(), derivedFrom: [] },
      ...{ participants: [], others: 0, meeting: null },
    }));
  }

  private settleEmpty(stage: 'dataRequest' | 'analysis'): Step {
    return this.worded('SettleEmpty', 'lead', ([reason = '']) => ({ type: 'SettleEmpty', stage, reason }));
  }

  interpretation(name: Name, as: 'PRACTITIONER' | 'RESEARCHER'): Step {
    return this.worded('AddInterpretation', name, ([text = '', misreading = '']) => ({
      ...{ type: 'AddInterpretation', as, text, misreading },
    }));
  }

  private proposal(kind: 'REFLECTION' | 'REFINEMENT'): Step {
    const { content, contents } = signContent({ kind }, { text: 'Why' });
    const command: ProjectCommand =
      kind === 'REFLECTION'
        ? { type: 'ProposeReflection', content }
        : { type: 'ProposeRefinement', content, next: 'NEXT_CYCLE' };
    return { what: command.type, ready: () => Promise.resolve(this.command('lead', command, { contents })) };
  }

  /** A command that takes up to three texts by their commitments. */
  private worded(what: string, name: Name, of: (commitments: string[]) => ProjectCommand): Step {
    const texts: DraftText[] = ['What is said', 'Why it is said', 'What else'].map((words) =>
      commitText(words),
    );
    const command = of(texts.map(({ commitment }) => commitment));
    return { what, ready: () => Promise.resolve(this.command(name, command, { texts })) };
  }

  private command(name: Name, command: ProjectCommand, more: Omit<Draft, 'command'> = {}) {
    return () =>
      this.setting.ledger.onProject(this.project, this.setting.as(name), () => ({ command, ...more }));
  }
}

const ready = (work: () => Promise<unknown>): Promise<() => Promise<unknown>> => Promise.resolve(work);
