// Every form of the pages, and which of them a person is offered.
import type { Call } from '../../ledger/call';
import { worldOf } from '../../ledger/call';
import { can } from '../../policy/can';
import { registerAnalysis } from './analysis-forms';
import { proposeQuestion, resume, setTempo, settleEmpty, startCycle, suspend } from './cycle-forms';
import { countersign, recordAnswer, recordWithdrawal } from './answer-forms';
import { legalCheck, proposeRelease, sendRequest } from './data-forms';
import type { Form } from './terms';

const FORMS: readonly Form[] = [
  ...[startCycle, proposeQuestion, sendRequest, proposeRelease],
  ...[settleEmpty, setTempo, suspend, resume, legalCheck],
  ...[recordAnswer, recordWithdrawal, countersign],
  registerAnalysis,
];

/** What this person may send, as things stand; the domain judges it again when it comes. */
export function offered(call: Call): Form[] {
  const { programme, project } = worldOf(call);
  const standing = { programme, project, now: call.now };
  return FORMS.filter(
    ({ action, fits }) => can(call.account, action, {}, standing).allowed && fits(worldOf(call), call),
  );
}
