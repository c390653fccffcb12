// Reminds people of incidents that are not reported yet (B53), and says when to look again. A reminder given twice changes nothing.
import { between, incidentReminderDue, nextIncidentReminder } from '#libs/domain';
import type { Instant, ProjectState } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { step, WORKER } from '../answers';

/** Milliseconds until the next reminder; null where none is to come. */
export async function keepIncidentTime(
  ledger: Pick<Ledger, 'onProject'>,
  project: ProjectState,
  now: Instant,
): Promise<number | null> {
  if (project.incidents.some((incident) => incidentReminderDue(incident, now) !== null))
    await step(() =>
      ledger.onProject(project.id, WORKER, () => ({ command: { type: 'KeepIncidentTime' as const } })),
    );
  const next = nextIncidentReminder(project, now);
  return next === null ? null : between(now, next);
}
