// What is wrong with a mailed code, said alike on every page that takes one.
import type { Refusal } from '#libs/domain';

/** As a message without values. */
export type CodeProblem =
  'problem.codeWrong' | 'problem.codeDead' | 'problem.digits' | 'refusal.TOO_MANY_CODES';

const PROBLEMS: Record<string, CodeProblem> = {
  CODE_WRONG: 'problem.codeWrong',
  CODE_DEAD: 'problem.codeDead',
  CODE_NEEDED: 'problem.digits',
  // The newest may still arrive, so the page that takes it is shown all the same.
  TOO_MANY_CODES: 'refusal.TOO_MANY_CODES',
};

/** Null where the refusal is about something else than the code. */
export const codeProblem = ({ rule }: Refusal): CodeProblem | null => PROBLEMS[rule] ?? null;

export const codeStatus = (problem: CodeProblem | null): number =>
  problem === null ? 200 : problem === 'refusal.TOO_MANY_CODES' ? 429 : 422;
