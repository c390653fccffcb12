// The mission: one cycle of participatory action research, from a policy question to what comes next. Start here.
import { continueAsNew } from '@temporalio/workflow';
import type { StageStatus } from '#libs/domain';
// The words alone: modules are loaded anew for every workflow in memory, and the rules are a hundred of them.
import { STAGES } from '../../libs/domain/words';
import type { CycleInput } from '#activities';
import { ledger } from '../calls';
import { isLongEnough, Wakes } from '../waking';

/**
 * `question`     A policy question, not data, begins a cycle. An official and a researcher sign it.
 * `dataRequest`  Holders are asked, and may refuse; what they grant is deposited, sealed, and signed for. It is settled
 *                when each request is answered or lapsed and each release has its permit or is given up.
 * `analysis`     Researchers run declared methods on released data; a checker, never the author, looks at each result.
 *                It is settled when the lead closes it and every result is checked, withheld or quarantined.
 * `reflection`   A practitioner and a researcher say what it means, how it could be misread, and how we worked.
 * `refinement`   What comes next, with reasons: another cycle, a request, a collection, an action, or a close.
 *
 * Silence never settles a stage. Where people are asked to sign, `workflows/checkpoint` reminds them, escalates, and at
 * the deadline lets the round lapse; where a holder is asked, `workflows/request` does. A stage whose round lapsed, was
 * rejected or came back with changes stays where it is until somebody proposes it anew. Where nobody has been asked
 * yet, silence leaves the stage open, and the project page says whose move it is and since when.
 */
export async function cycle(here: CycleInput): Promise<void> {
  const wakes = new Wakes();

  for (const stage of STAGES) {
    for (;;) {
      // Opens the stage if it is its turn, and tells the people whose move it is, once per opening.
      const { status, isClosed } = await ledger.openStage({ ...here, stage });
      if (isClosed) return;

      const next = WHAT_FOLLOWS[status];
      if (next === 'GO_ON') break;
      if (next === 'BEGIN_AGAIN') return continueAsNew<typeof cycle>(here);

      await wakes.next(null);
      if (await isLongEnough()) return continueAsNew<typeof cycle>(here);
    }
  }
}

/** What a stage's status means for the cycle. Settled stages are passed at once, so beginning again loses nothing. */
const WHAT_FOLLOWS: Record<StageStatus, 'WAIT' | 'GO_ON' | 'BEGIN_AGAIN'> = {
  OPEN: 'WAIT', // for somebody to propose, ask or run
  ASKED: 'WAIT', // for the people asked to sign
  CHANGES_REQUESTED: 'WAIT', // the same stage again: for a new version
  REJECTED: 'WAIT', // likewise
  LAPSED: 'WAIT', // likewise: nobody answered, and that is not an approval
  REOPENED: 'WAIT', // a signer withdrew, or the lead asked for more: the same stage again
  SETTLED: 'GO_ON',
  WAITING: 'BEGIN_AGAIN', // an earlier stage was reopened meanwhile: back to it
};
