// Whether the data suffices for the question: granted by a signed version, revoked by a later one or at once (B18).
import type { Instant } from '../words';
import type { Question, Round, World } from '../state';
import { roundAbout, roundStatus, settledAt } from '../rules/standing';
import type { SufficiencyStatus } from './terms';

export interface Sufficiency {
  status: SufficiencyStatus;
  /** When it became so, and by which question or revocation; null while nobody has said anything. */
  since: Instant | null;
  by: string | null;
}

interface Saying {
  by: string;
  version: number;
  at: Instant;
  grants: boolean;
}

const roundOf = ({ project }: World, question: Question): Round | null =>
  roundAbout(project.checkpoints, 'QUESTION', question.id);

function wasSigned(world: World, question: Question): boolean {
  const round = roundOf(world, question);
  return round !== null && settledAt(world.programme, round) !== null;
}

function isSigned(world: World, question: Question, now: Instant): boolean {
  const round = roundOf(world, question);
  return round !== null && roundStatus(world.programme, 'QUESTION', round, now) === 'SETTLED';
}

/**
 * A version grants while its signatures stand; a revision signed as insufficient revokes for good, even if a signer
 * takes that back later: what closed opens only by a version proposed and signed afterwards.
 */
function counts(world: World, question: Question, now: Instant): boolean {
  if (question.sufficient) return isSigned(world, question, now);
  return question.form?.change != null && wasSigned(world, question);
}

/** Where sufficiency stands, by the last that was said, in the order of proposing. */
export function sufficiency(world: World, now: Instant): Sufficiency {
  const { questions, revocations } = world.project;
  const sayings: Saying[] = [
    ...questions
      .filter((question) => counts(world, question, now))
      .map(({ id, version, at, sufficient }) => ({ by: id, version, at, grants: sufficient })),
    ...revocations.map(({ id, version, at }) => ({ by: id, version, at, grants: false })),
  ];
  const last = sayings.reduce<Saying | null>((a, b) => (a === null || a.version < b.version ? b : a), null);
  if (last === null) return { status: 'NOT_GRANTED', since: null, by: null };
  const said = { since: last.at, by: last.by };
  if (last.grants) return { status: 'GRANTED', ...said };
  const wasGranted = questions.some((q) => q.sufficient && q.version < last.version && wasSigned(world, q));
  return { status: wasGranted ? 'REVOKED' : 'NOT_GRANTED', ...said };
}
