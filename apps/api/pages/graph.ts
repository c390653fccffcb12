// How the cycles of a project descend from one another, and from which reflection each question came (B10, B11).
import { currentCycle, roundAbout, roundStatus, settledProposal } from '#libs/domain';
import type { Cycle, Question } from '#libs/domain';
import { worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { questionIn } from '#libs/web';

export interface Descent {
  id: string;
  number: number;
  isCurrent: boolean;
  /** The settled reflection it descends from; null in the first cycle. */
  reflection: { cycle: number; id: string | null } | null;
  questions: { id: string; text: string | null; status: string | null }[];
  children: Descent[];
}

type Load = (id: string) => Promise<Buffer | null>;

/** The cycles as trees, each under the one it descends from. */
export async function descents(call: Call, load: Load): Promise<Descent[]> {
  const { cycles, questions } = worldOf(call).project;
  const texts = new Map(
    await Promise.all(questions.map(async (q) => [q.id, questionIn(await load(q.content.core))] as const)),
  );
  const below = (parent: string | null): Descent[] =>
    cycles
      .filter(({ descendsFrom }) => descendsFrom === parent)
      .map((cycle) => ({ ...nodeOf(call, cycle, texts), children: below(cycle.id) }));
  return below(null);
}

function nodeOf(call: Call, cycle: Cycle, texts: Map<string, string | null>): Omit<Descent, 'children'> {
  const world = worldOf(call);
  const { project, programme } = world;
  const parent = project.cycles.find(({ id }) => id === cycle.descendsFrom);
  const own = project.questions.filter((question) => question.cycle === cycle.id);
  const statusOf = (question: Question) => {
    const round = roundAbout(project.checkpoints, 'QUESTION', question.id);
    return round === null ? null : roundStatus(programme, 'QUESTION', round, call.now);
  };
  return {
    ...{ id: cycle.id, number: cycle.number, isCurrent: currentCycle(project)?.id === cycle.id },
    reflection: parent
      ? { cycle: parent.number, id: settledProposal(world, parent, 'reflection', call.now) }
      : null,
    questions: own.map((question) => ({
      ...{ id: question.id, text: texts.get(question.id) ?? null, status: statusOf(question) },
    })),
  };
}
