// Warns people before data ends (T11), and says when to look again. A warning that is given twice changes nothing.
import { nextWarning, warningDue } from '#libs/domain';
import type { Ending, Instant, World } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { step, WORKER } from '../answers';

export async function keepExpiryTime(
  ledger: Pick<Ledger, 'onProject'>,
  { project }: World,
  ending: Ending | null,
  now: Instant,
): Promise<Instant | null> {
  if (ending === null) return null;
  if (warningDue(project, ending, now) !== null)
    await step(() =>
      ledger.onProject(project.id, WORKER, () => ({ command: { type: 'KeepExpiryTime' as const } })),
    );
  return nextWarning(ending, now);
}
