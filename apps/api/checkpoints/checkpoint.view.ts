// A checkpoint as people see it: what is signed, who is asked, who has answered, and where the round stands.
import { areAnswersHidden, askedSince, outOfReach, readableReason, roundStatus, shifted } from '#libs/domain';
import type { Checkpoint, Decision, ProgrammeState, Round } from '#libs/domain';
import { organisation, person, said } from '../http/said';
import { quorumView } from './quorum.view';
import { programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';

export function checkpointSummary(call: Call, checkpoint: Checkpoint) {
  const programme = programmeOf(call);
  const round = checkpoint.rounds.at(-1);
  return {
    ...{ id: checkpoint.id, kind: checkpoint.kind, rounds: checkpoint.rounds.length },
    current: round === undefined ? null : roundView(call, programme, checkpoint, round),
  };
}

export function roundView(call: Call, programme: ProgrammeState, checkpoint: Checkpoint, round: Round) {
  const status = roundStatus(programme, checkpoint.kind, round, call.now);
  const isHidden = areAnswersHidden(programme, checkpoint, round, call.now);
  const shown = round.decisions.filter((d) => !isHidden || d.person === call.account.person);
  const project = call.world?.project;
  return {
    ...{ round: round.round, subject: round.subject, content: round.content, status },
    ...{ proposer: person(programme, round.proposer), openedAt: round.openedAt, blind: round.blind },
    deadline: project ? shifted(project, askedSince(round), round.deadline, call.now) : round.deadline,
    ...{
      reminders: round.reminders,
      escalatedAt: round.escalatedAt,
      lapsedAt: round.lapsedAt,
      voidedAt: round.voidedAt,
    },
    rule: round.rule,
    quorum: quorumView(programme, round),
    outOfReach: status === 'OPEN' ? outOfReach(programme, round, call.now) : [],
    asked: round.asked.map((asked) => ({
      ...person(programme, asked.person),
      organisation: organisation(programme, asked.organisation),
      slots: asked.slots,
      onBehalfOf: asked.onBehalfOf === undefined ? null : person(programme, asked.onBehalfOf),
      until: asked.until ?? null,
      hasAnswered: isHidden
        ? null
        : round.decisions.some((d) => d.person === asked.person && d.withdrawn === null),
    })),
    decisions: shown.map((decision) => decisionView(programme, decision, call.account.person)),
  };
}

function decisionView(programme: ProgrammeState, decision: Decision, reader: string | null) {
  const { choice, core, cover, at, version, assurance, conditions, withdrawn } = decision;
  return {
    person: person(programme, decision.person),
    organisation: organisation(programme, decision.organisation),
    ...{ roles: decision.roles, choice, core, cover, at, version, assurance, conditions, withdrawn },
    ...writtenView(programme, decision),
    reason: said(readableReason(decision, reader)),
    dissent: said(decision.dissent),
  };
}

/** T15: of a recorded answer, who wrote it down on what evidence, and who has confirmed it. */
function writtenView(programme: ProgrammeState, { written, countersigned }: Decision) {
  if (!written) return {};
  const { by, how, evidence } = written;
  return {
    written: { by: person(programme, by), how, evidence },
    countersigned: countersigned ? { by: person(programme, countersigned.by), at: countersigned.at } : null,
  };
}
