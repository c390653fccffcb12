// The refusal register (T6): what was declined, and by category only where nobody is shamed by it.
import type { DataRequest, World } from '../state';
import type { Instant, OrganisationId, PersonId, RefusalReason } from '../words';
import { REFUSAL_REASONS } from '../words';
import { requestStatus } from '../rules/requests';
import { isBlind, mayReadReasons, mayReadSupposition } from './audience';
import type { RegisterRow } from './terms';

/** Fewer organisations than this, and a category would point at one of them. */
export const CROWD = 3;

const OUTCOMES = ['REFUSED', 'NOT_OBTAINED', 'PARTLY_GRANTED'] as const;

const outcomeOf = (request: DataRequest): RegisterRow['outcome'] | null => {
  const status = requestStatus(request);
  if (status === 'LAPSED') return 'NOT_OBTAINED';
  return OUTCOMES.find((outcome) => outcome === status) ?? null;
};

/** One row per request that brought less than was asked, or nothing. */
export function declined({ project }: World): RegisterRow[] {
  return Object.values(project.requests).flatMap((request) => {
    const outcome = outcomeOf(request);
    const withheld = request.answer?.grant?.withheld ?? [];
    if (outcome === null || (outcome === 'PARTLY_GRANTED' && withheld.length === 0)) return [];
    const reasons = [
      ...(request.answer?.reasons ?? []),
      ...withheld.flatMap((w) => (w.reason === null ? [] : [w.reason])),
    ];
    return [
      {
        request: request.id,
        holder: request.holder,
        outcome,
        isSilence: request.answer === null,
        reasons: [...new Set(reasons)],
        withheld,
        isConfidential: request.answer?.confidant !== undefined,
      },
    ];
  });
}

export interface Register {
  /** Rows whose reasons this reader may see, one by one: those who asked, the holder, auditors. */
  rows: RegisterRow[];
  /** Everything declined, counted. */
  outcomes: Record<RegisterRow['outcome'], number>;
  /** Stated categories by number of organisations; null where fewer than three organisations could have given them. */
  stated: Partial<Record<RefusalReason, number>> | null;
  /** Suppositions, kept apart and for the core team only: how many, by supposed motive; null for everybody else. */
  supposed: Partial<Record<RefusalReason | 'UNNAMED', number>> | null;
}

const counted = <K extends string>(keys: K[]): Partial<Record<K, number>> => {
  const counts: Partial<Record<K, number>> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

/** Organisations that stated a category, each once per category. */
function statedBy(rows: RegisterRow[]): { holder: OrganisationId; reason: RefusalReason }[] {
  const pairs = rows.flatMap(({ holder, reasons }) => reasons.map((reason) => ({ holder, reason })));
  return pairs.filter((p, i) => pairs.findIndex((q) => q.holder === p.holder && q.reason === p.reason) === i);
}

/**
 * T6: organisations that could have given a category are those known to have declined with some stated reason: who
 * refused is no secret inside a project, so a category among fewer than three of them would point at one.
 */
export function statedCategories(rows: RegisterRow[]): Partial<Record<RefusalReason, number>> | null {
  const given = statedBy(rows);
  if (new Set(given.map((g) => g.holder)).size < CROWD) return null;
  const counts = counted(given.map((g) => g.reason));
  return Object.fromEntries(REFUSAL_REASONS.filter((r) => counts[r]).map((r) => [r, counts[r]]));
}

/** The register as `person` may read it; null: somebody outside, who sees counts only. */
export function refusalRegister(world: World, person: PersonId | null, now: Instant): Register {
  const all = declined(world);
  const request = (row: RegisterRow) => world.project.requests[row.request];
  const isOpenTo = (row: RegisterRow): boolean => {
    const found = request(row);
    return person !== null && found !== undefined && mayReadReasons(world, found, person, now);
  };
  const countable = all.filter((row) => {
    const found = request(row);
    return found !== undefined && !isBlind(world, found);
  });
  const outcomes = { REFUSED: 0, NOT_OBTAINED: 0, PARTLY_GRANTED: 0 };
  for (const row of countable) outcomes[row.outcome] += 1;
  const seesSuppositions = person !== null && mayReadSupposition(world, person, now);
  return {
    rows: all.filter(isOpenTo),
    outcomes,
    stated: statedCategories(countable),
    supposed: seesSuppositions
      ? counted(world.project.suppositions.map((s) => s.motive ?? ('UNNAMED' as const)))
      : null,
  };
}

/** T5: commitments whose words no export may open, whoever it is for. */
export function inConfidence({ programme, project }: World): string[] {
  const checkpoints = { ...programme.checkpoints, ...project.checkpoints };
  const decisions = Object.values(checkpoints).flatMap((c) => c.rounds.flatMap((r) => r.decisions));
  const requests = Object.values(project.requests);
  const answers = requests.flatMap((r) => r.answer ?? []);
  const withdrawals = [...decisions, ...requests].flatMap((one) => one.withdrawn ?? []);
  return [...decisions, ...answers, ...withdrawals].flatMap(({ confidant, reason = null }) =>
    confidant === undefined || reason === null ? [] : [reason],
  );
}
