// What a data request needs next: a total rule over request and deposits, pure, by the ledger's clock.
import {
  agreementInForce,
  boundaryStands,
  depositDestructionDue,
  depositStatus,
  grantStands,
  projectStatus,
  hastened,
  isImportOpen,
  requestStatus,
  requestInstant,
  isHolderWaiting,
} from '#libs/domain';
import type { DataRequest, Deposit, Instant, PublishedImport, World } from '#libs/domain';

export type RequestMove =
  | { move: 'DONE' }
  | { move: 'INVITE_DEPOSIT' }
  | { move: 'CHECK_DEPOSIT'; deposit: string }
  | { move: 'DESTROY_DEPOSIT'; deposit: string }
  /** `until`: when to look again; null: nothing but a wake changes anything. */
  | { move: 'WAIT'; until: Instant | null };

/** The files that answer a request or an import, or their keys: which is due to be destroyed, and when the next will be. */
function filesOf(world: World, id: string, now: Instant) {
  const deposits = Object.values(world.project.deposits).filter((d) => d.request === id);
  const held = deposits.filter((d) => !d.destroyed);
  const due = held.find((d) => isOver(depositDestructionDue(world, d), now));
  const ends = earliestOf(held.map((d) => depositDestructionDue(world, d)));
  return { deposits, held, due, ends };
}

/** A file to check, or to invite, once it may be opened. */
function nextFile(deposits: Deposit[]): RequestMove | null {
  const received = deposits.find((d) => depositStatus(d) === 'RECEIVED');
  if (received) return { move: 'CHECK_DEPOSIT', deposit: received.id };
  return deposits.some(isAwaitedOrUsed) ? null : { move: 'INVITE_DEPOSIT' };
}

export function nextForRequest(world: World, request: DataRequest, now: Instant): RequestMove {
  const { deposits, held, due, ends } = filesOf(world, request.id, now);
  if (due) return { move: 'DESTROY_DEPOSIT', deposit: due.id };

  const isClosed = projectStatus(world.project) === 'CLOSED';
  if (!isClosed && requestStatus(request) === 'SENT')
    return { move: 'WAIT', until: answerDue(world, request, now) };
  if (isClosed || !grantStands(request, now))
    return held.length === 0 ? { move: 'DONE' } : { move: 'WAIT', until: ends };

  const next = mayOpen(world, request, now) ? nextFile(deposits) : null;
  return next ?? { move: 'WAIT', until: earliestOf([ends, request.answer?.grant?.expires ?? null]) };
}

/** B23: a published file is invited, checked and in the end destroyed like any other; nobody has to grant it. */
export function nextForImport(world: World, found: PublishedImport, now: Instant): RequestMove {
  const { deposits, held, due, ends } = filesOf(world, found.id, now);
  if (due) return { move: 'DESTROY_DEPOSIT', deposit: due.id };
  if (!isImportOpen(found, now) || projectStatus(world.project) === 'CLOSED')
    return held.length === 0 ? { move: 'DONE' } : { move: 'WAIT', until: ends };
  const next = mayOpenImport(world, found, now) ? nextFile(deposits) : null;
  return next ?? { move: 'WAIT', until: earliestOf([ends, found.expires]) };
}

export const mayOpenImport = ({ programme, project }: World, found: PublishedImport, now: Instant): boolean =>
  projectStatus(project) === 'ACTIVE' &&
  agreementInForce(programme, now) !== null &&
  isImportOpen(found, now);

/** Deposits are invited and opened only while agreement, ethics, boundary and grant stand and the project is active. */
export function mayOpen(world: World, request: DataRequest, now: Instant): boolean {
  const { programme, project } = world;
  return (
    projectStatus(project) === 'ACTIVE' &&
    agreementInForce(programme, now) !== null &&
    project.ethics.some((e) => e.endedAt === null && now < e.expires) &&
    boundaryStands(world, request.boundary, now) &&
    grantStands(request, now)
  );
}

/** When the holder is next reminded, or the request lapses; deadlines stand still while suspended, or while the holder awaits an answer. */
function answerDue({ project }: World, request: DataRequest, now: Instant): Instant | null {
  if (projectStatus(project) === 'SUSPENDED' || isHolderWaiting(project, request.id)) return null;
  const { sentAt, remindAt, deadline } = request;
  const at = request.reminders === 0 ? hastened(project, sentAt, remindAt) : deadline;
  return requestInstant(project, request, at, now);
}

/** A deposit that is still to come, or was accepted once: only after a refused one is another invited. */
const isAwaitedOrUsed = (deposit: Deposit): boolean => deposit.outcome?.accepted !== false;

export const isOver = (due: Instant | null, now: Instant): boolean => due !== null && due <= now;

export function earliestOf(instants: (Instant | null)[]): Instant | null {
  return instants.reduce((a, b) => (a === null ? b : b === null ? a : a < b ? a : b), null);
}
