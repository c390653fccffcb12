// What tempo changes: how soon people are reminded. No rule about answers, stages or gates reads it (T13).
import type { ProjectState } from '../state';
import type { Instant } from '../words';
import { shifted } from '../rules/project';
import { between, plus } from '../rules/time';
import type { Tempo } from './terms';

export const tempoOf = ({ tempos }: Pick<ProjectState, 'tempos'>): Tempo => tempos.at(-1)?.tempo ?? 'ROUTINE';

/**
 * When a reminder or an escalation planned for `planned` comes, counted from `since`: half as late under a shock.
 * Deadlines are never hastened: nobody loses time to answer.
 */
export const hastened = (project: ProjectState, since: Instant, planned: Instant): Instant =>
  tempoOf(project) === 'SHOCK' ? plus(since, between(since, planned) / 2) : planned;

/** When it is due, moved by suspension as every deadline is. */
export const reminderDue = (project: ProjectState, since: Instant, planned: Instant, now: Instant): Instant =>
  shifted(project, since, hastened(project, since, planned), now);
