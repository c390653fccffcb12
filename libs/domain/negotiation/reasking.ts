// T5: asking again after somebody declined. Cap and cooling-off count from this person's refusal, not from anybody's.
import type { Checkpoint, DataRequest, ProjectState, World } from '../state';
import type { AgreementRules } from '../terms';
import type { Instant, OrganisationId, PersonId } from '../words';
import { requestStatus } from '../rules/requests';
import { participants } from '../participation/taking-part';
import { effectiveDecision } from '../rules/standing';
import { plus } from '../rules/time';
import type { Reasking } from './terms';

const DAY = 24 * 60 * 60 * 1000;

/** What holds where an agreement says nothing. */
export const DEFAULT_REASKING: Reasking = { coolingOff: 28 * DAY, cap: 2 };

export const reaskingOf = ({ reasking }: AgreementRules): Reasking => reasking ?? DEFAULT_REASKING;

/** ASK: nothing stands against it. TELL: told of the new version, and asked only if they wish. Otherwise neither yet. */
export type Approach =
  | { may: 'ASK' | 'TELL' }
  | { may: 'NOT'; rule: 'COOLING_OFF'; until: Instant }
  | { may: 'NOT'; rule: 'ASK_CAP'; asks: number };

/** What a person's last refusal means for the next version. */
interface Refusal {
  at: Instant;
  /** Versions they were asked or told about since. */
  asksSince: number;
  wishedAt: Instant | null;
}

export function approach(refusal: Refusal | null, { coolingOff, cap }: Reasking, now: Instant): Approach {
  if (refusal === null) return { may: 'ASK' };
  if (refusal.wishedAt !== null && refusal.wishedAt >= refusal.at) return { may: 'ASK' };
  if (refusal.asksSince >= cap) return { may: 'NOT', rule: 'ASK_CAP', asks: refusal.asksSince };
  const until = plus(refusal.at, coolingOff);
  return now < until ? { may: 'NOT', rule: 'COOLING_OFF', until } : { may: 'TELL' };
}

const wish = (project: ProjectState, about: string, person: PersonId): Instant | null =>
  project.wishes.findLast((w) => w.about === about && w.person === person)?.at ?? null;

/** A person's last refusal of a request about this source. */
function refusalOfRequest(
  project: ProjectState,
  holder: OrganisationId,
  source: string,
  person: PersonId,
): Refusal | null {
  const about = Object.values(project.requests).filter((r) => r.holder === holder && r.ask.source === source);
  const isRefusal = (r: DataRequest): boolean => ['REFUSED', 'NOT_OBTAINED'].includes(requestStatus(r));
  const last = about.findLast((r) => r.answer?.person === person && isRefusal(r));
  if (!last?.answer) return null;
  const { at } = last.answer;
  const later = about.filter((r) => r.sentAt > at && (r.asked?.includes(person) ?? true));
  const told = about.filter((r) => r.sentAt > at && r.told?.includes(person));
  return {
    at,
    asksSince: new Set([...later, ...told].map((r) => r.id)).size,
    wishedAt: wish(project, last.id, person),
  };
}

/** How each data holder of an organisation may be approached about a source. */
export function approachHolders(
  world: World,
  holder: OrganisationId,
  source: string,
  rules: Reasking,
  now: Instant,
): { person: PersonId; approach: Approach }[] {
  return participants(world, now, { organisation: holder, roles: ['dataHolder'] }).map(({ person }) => ({
    person,
    approach: approach(refusalOfRequest(world.project, holder, source, person), rules, now),
  }));
}

/** How each person who rejected an earlier version of a checkpoint may be approached about the next. */
export function approachRefusers(
  project: ProjectState,
  checkpoint: Checkpoint | undefined,
  rules: Reasking,
  now: Instant,
): { person: PersonId; approach: Approach }[] {
  const rounds = checkpoint?.rounds ?? [];
  const people = new Set(rounds.flatMap((r) => r.decisions.map((d) => d.person)));
  return [...people].flatMap((person) => {
    const answered = rounds.findLast((r) => effectiveDecision(r, person) !== null);
    const decision = answered && effectiveDecision(answered, person);
    if (!checkpoint || decision?.choice !== 'REJECTED') return [];
    const asksSince = rounds.filter(
      (r) => r.openedAt > decision.at && r.asked.some((a) => a.person === person),
    ).length;
    const wishedAt = wish(project, checkpoint.id, person) ?? (decision.askAgain ? decision.at : null);
    const refusal = { at: decision.at, asksSince, wishedAt };
    return [{ person, approach: approach(refusal, rules, now) }];
  });
}

/** Why nobody may be approached, said of the one who could be soonest. */
export function notYet(approaches: Approach[]): { rule: string; reason: string; remedy: string } {
  const cooling = approaches.flatMap((a) => (a.may === 'NOT' && a.rule === 'COOLING_OFF' ? [a.until] : []));
  if (cooling.length > 0)
    return {
      rule: 'COOLING_OFF',
      reason: 'who declined is left in peace for a while',
      remedy: `wait until ${cooling.reduce((a, b) => (a < b ? a : b))}, or until they say that they wish to be asked`,
    };
  return {
    rule: 'ASK_CAP',
    reason: 'who declined has been told of new versions as often as the agreement allows',
    remedy: 'they are asked again only if they say that they wish it',
  };
}
