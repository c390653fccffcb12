// Keeps the time of sign-off rounds: due reminders, escalations and lapses, decided by the domain.
import type { CheckpointKind, Instant, ProgrammeState, ProjectState, Round } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { dueIn, step, WORKER } from '../answers';
import { roundStanding } from './round';

export interface RoundInput {
  stream: string;
  checkpoint: string;
  round: number;
}

export interface RoundAnswer {
  isOpen: boolean;
  dueIn: number | null;
}

/** When the domain keeps less time than was thought due, the next look is this much later. */
const LOOK_AGAIN_MS = 30_000;

export function createSigningActivities({ ledger }: { ledger: Ledger }) {
  async function read(at: RoundInput) {
    const { programme, project, now } = await streamState(ledger, at.stream);
    const found = roundOf(project ?? programme, at);
    if (!found) return { isOpen: false, due: null, now };
    return { ...roundStanding(programme, project, found.kind, found.round, now), now };
  }

  return {
    /** Does what is due in a round, once, and says when the next thing is. Repeating it is harmless. */
    async keepRoundTime(at: RoundInput): Promise<RoundAnswer> {
      const before = await read(at);
      if (!isDue(before)) return { isOpen: before.isOpen, dueIn: dueIn(before.due, before.now) };
      const command = { type: 'KeepTime' as const, checkpoint: at.checkpoint, round: at.round };
      await step(() =>
        isProgramme(at.stream)
          ? ledger.onProgramme(at.stream, WORKER, () => ({ command }))
          : ledger.onProject(at.stream, WORKER, () => ({ command })),
      );
      const after = await read(at);
      return { isOpen: after.isOpen, dueIn: isDue(after) ? LOOK_AGAIN_MS : dueIn(after.due, after.now) };
    },
  };
}

const isDue = ({ due, now }: { due: Instant | null; now: Instant }): boolean => due !== null && due <= now;

export const isProgramme = (stream: string): boolean => stream.startsWith('pgm_');

async function streamState(
  ledger: Ledger,
  stream: string,
): Promise<{ programme: ProgrammeState; project: ProjectState | null; now: Instant }> {
  if (isProgramme(stream)) {
    const { state, now } = await ledger.programme(stream);
    return { programme: state, project: null, now };
  }
  const { world, now } = await ledger.world(stream);
  return { ...world, now };
}

function roundOf(
  { checkpoints }: Pick<ProjectState, 'checkpoints'>,
  at: RoundInput,
): { kind: CheckpointKind; round: Round } | null {
  const checkpoint = checkpoints[at.checkpoint];
  // Only the latest round is ever open: a changed core opened the next one and voided this.
  const round = checkpoint?.rounds.at(-1);
  return checkpoint && round?.round === at.round ? { kind: checkpoint.kind, round } : null;
}
