// Opening a round for sign-off: who is asked, by when, and the refusal when the roster cannot meet the quorum (T3).
import type { ProgrammeEvent } from '../events';
import type { Decided } from '../refusal';
import { refuse } from '../refusal';
import type { Checkpoint, ProgrammeState } from '../state';
import type { AgreementRules, SignedContent, Subject } from '../terms';
import type { CheckpointKind, Instant, OrganisationId, PersonId } from '../words';
import { meets, shortfall } from '../rules/quorum';
import type { SigningContext } from '../rules/signers';
import { needsCode, peopleToAsk, quorumRule, raisedFor } from '../rules/signers';
import { timesFrom } from '../rules/timings';
import { turnsOf } from '../rules/turns';

type Opened = Extract<ProgrammeEvent, { type: 'CheckpointOpened' }>;

export interface Opening {
  checkpoint: string;
  kind: CheckpointKind;
  subject: Subject;
  content: SignedContent;
  proposer: PersonId;
  context: Partial<SigningContext>;
  /** Organisations whose people may sign; null before an agreement is in force. */
  organisations: OrganisationId[] | null;
  rules: AgreementRules;
  /** People who may not be asked, besides the proposer. */
  excluded?: PersonId[];
  /** People who declined an earlier version: told of this one, never pressed (T5). */
  told?: PersonId[];
}

/**
 * Where the agreement says so; and `TRUST` and data requests stay blind until the round closes where one signer's organisation
 * commissions another's, whatever it says (T5).
 */
function isBlind(
  programme: ProgrammeState,
  { kind, rules }: Pick<Opening, 'kind' | 'rules'>,
  organisations: OrganisationId[],
): boolean {
  if (raisedFor(kind, rules)?.blind) return true;
  if (kind !== 'TRUST') return false;
  return organisations.some((org) =>
    (programme.organisations[org]?.commissionedBy ?? []).some((commissioner) =>
      organisations.includes(commissioner),
    ),
  );
}

/** The event that opens the next round of `opening.checkpoint`, or a refusal naming who is missing. */
export function openRound(
  programme: ProgrammeState,
  checkpoints: Record<string, Checkpoint>,
  opening: Opening,
  now: Instant,
): Decided<Opened> {
  const { kind, rules, proposer, excluded = [] } = opening;
  const context = { holders: [], exposed: [], institutions: [], parties: [], ...opening.context };
  const rule = quorumRule(kind, context, rules);
  const candidates = peopleToAsk(programme, rule, now, [proposer, ...excluded], opening.organisations);
  if (!meets(rule, candidates)) {
    const lacking = shortfall(rule, candidates).join('; ');
    return refuse(
      'CONFLICT',
      'QUORUM_IMPOSSIBLE',
      `nobody could complete the sign-off ${kind}: ${lacking}`,
      'ask the registrars to attest the missing people, or let somebody else propose, then try again',
    );
  }
  const told = candidates.map((c) => c.person).filter((person) => opening.told?.includes(person));
  const asked = candidates.map(({ person, organisation, slots }) => ({ person, organisation, slots }));
  const asking = candidates.filter(({ person }) => !told.includes(person));
  const turns = turnsOf(rules, kind, asking);
  const round = (checkpoints[opening.checkpoint]?.rounds.length ?? 0) + 1;
  const event: Opened = {
    type: 'CheckpointOpened',
    data: {
      checkpoint: opening.checkpoint,
      kind,
      round,
      subject: opening.subject,
      content: opening.content,
      rule,
      asked,
      proposer,
      ...timesFrom(rules, now),
      needsCode: needsCode(kind, rules),
      blind: isBlind(
        programme,
        opening,
        asked.map((a) => a.organisation),
      ),
      ...(told.length === 0 ? {} : { told }),
      ...(turns === null ? {} : { turns }),
    },
  };
  return { ok: true, events: [event] };
}
