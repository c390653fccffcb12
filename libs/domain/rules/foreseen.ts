// Sign-offs that nobody could complete, seen when the rule is saved rather than when the checkpoint would open (T3).
import type { AgreementRules, QuorumRule } from '../terms';
import type { ProgrammeState } from '../state';
import type { CheckpointKind, Instant, OrganisationId } from '../words';
import { CHECKPOINT_KINDS } from '../words';
import { meets, shortfall } from './quorum';
import { peopleToAsk, quorumRule } from './signers';

export interface Unmeetable {
  kind: CheckpointKind;
  /** What the roster lacks, as the refusal would name it. */
  lacking: string[];
}

/** Who signs these is known without knowing whose data is inside; of the others only the agreement's own slots are. */
const KNOWN_BEFOREHAND: Record<CheckpointKind, boolean> = {
  AGREEMENT: false,
  QUESTION: true,
  LEGAL: false,
  ETHICAL: false,
  TRUST: false,
  BENEFIT: false,
  OUTPUT: true,
  REFLECTION: true,
  REFINEMENT: true,
};

const NOBODY_YET = { holders: [], exposed: [], institutions: [], parties: [] };

function knownRule(kind: CheckpointKind, rules: AgreementRules): QuorumRule {
  if (KNOWN_BEFOREHAND[kind]) return quorumRule(kind, NOBODY_YET, rules);
  const slots = rules.moreSigners.filter((extra) => extra.kind === kind).map((extra) => extra.slot);
  return { slots, people: 0, organisations: 0 };
}

/** What the roster at `at` could not meet of these rules, whoever proposes. */
export function unmeetable(
  programme: ProgrammeState,
  rules: AgreementRules,
  organisations: OrganisationId[],
  at: Instant,
): Unmeetable[] {
  return CHECKPOINT_KINDS.flatMap((kind) => {
    const rule = knownRule(kind, rules);
    const candidates = peopleToAsk(programme, rule, at, [], organisations);
    return meets(rule, candidates) ? [] : [{ kind, lacking: shortfall(rule, candidates) }];
  });
}
