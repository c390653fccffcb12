// Sign-offs that nobody could complete, seen when the rule is saved rather than when the checkpoint would open (T3).
import type { AgreementRules, QuorumRule } from '../terms';
import type { ProgrammeState } from '../state';
import type { CheckpointKind, Instant, OrganisationId } from '../words';
import { CHECKPOINT_KINDS } from '../words';
import { meets, shortfall } from './quorum';
import { peopleToAsk, quorumRule, raisedFor } from './signers';

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

/** Where it is not known who signs, nobody in particular has to, and whoever may come to sign counts towards the numbers asked for. */
function knownRule(kind: CheckpointKind, rules: AgreementRules, organisations: OrganisationId[]): QuorumRule {
  if (KNOWN_BEFOREHAND[kind]) return quorumRule(kind, NOBODY_YET, rules);
  const anybody = {
    holders: organisations,
    exposed: [],
    institutions: organisations,
    parties: organisations,
  };
  const { slots } = quorumRule(kind, anybody, { ...rules, moreSigners: [] });
  const own = rules.moreSigners.filter((extra) => extra.kind === kind).map((extra) => extra.slot);
  const { people = 0, organisations: of = 0 } = raisedFor(kind, rules) ?? {};
  return { slots: [...slots.map((slot) => ({ ...slot, count: 0 })), ...own], people, organisations: of };
}

/** What the roster at `at` could not meet of these rules, whoever proposes. */
export function unmeetable(
  programme: ProgrammeState,
  rules: AgreementRules,
  organisations: OrganisationId[],
  at: Instant,
): Unmeetable[] {
  return CHECKPOINT_KINDS.flatMap((kind) => {
    const rule = knownRule(kind, rules, organisations);
    const candidates = peopleToAsk(programme, rule, at, [], organisations);
    return meets(rule, candidates) ? [] : [{ kind, lacking: shortfall(rule, candidates) }];
  });
}
