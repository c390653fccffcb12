// Requests, grants, deposits and waves: what was asked of a holder and what became of it.
import type { DepositStatus, Instant, RequestStatus } from '../words';
import type { DataRequest, Deposit, ProjectState, Release } from '../state';
import type { DataSpec, Grant } from '../terms';

export function requestStatus(request: DataRequest): RequestStatus {
  if (request.withdrawn) return 'WITHDRAWN';
  if (request.answer) {
    const { outcome, reasons, reason } = request.answer;
    return outcome === 'REFUSED' && reasons.length === 0 && reason === null ? 'NOT_OBTAINED' : outcome;
  }
  return request.lapsedAt ? 'LAPSED' : 'SENT';
}

/** There is a grant to take back: given and not withdrawn, also where it has expired, since a mode may destroy what it gave. */
export const isGranted = (request: DataRequest): boolean => {
  const status = requestStatus(request);
  return status === 'GRANTED' || status === 'PARTLY_GRANTED';
};

/** The grant stands: given, not withdrawn, not expired. */
export function grantStands(request: DataRequest, now: Instant): boolean {
  const grant = request.answer?.grant;
  return isGranted(request) && grant != null && now < grant.expires;
}

export function depositStatus(deposit: Deposit): DepositStatus {
  if (deposit.destroyed) return 'DESTROYED';
  if (deposit.outcome) return deposit.outcome.accepted ? 'ACCEPTED' : 'REFUSED';
  return deposit.received ? 'RECEIVED' : 'INVITED';
}

/** Every field a grant names, wherever it names it; the row's pseudonym is nobody's field. */
export function fieldsOfGrant(grant: Grant): string[] {
  const named = ({ fields, dimensions, sums }: DataSpec): string[] => [
    ...fields.filter((f) => f.type !== 'pseudonym').map((f) => f.name),
    ...dimensions,
    ...sums,
  ];
  return [...new Set([...grant.fields, ...named(grant.depositAs), ...named(grant.releaseAs)])];
}

/** The deposit a release of this request, or import, would be made of. */
export function acceptedDeposit(project: ProjectState, request: string): Deposit | null {
  return (
    Object.values(project.deposits).findLast(
      (d) => d.request === request && depositStatus(d) === 'ACCEPTED',
    ) ?? null
  );
}

/** B22: one more than the number of earlier request rounds in which a permit was given; published data alone has no round. */
export function waveOf(project: ProjectState, requestRound: number): number {
  const rounds = Object.values(project.releases)
    .filter(({ permit, requestRound: own }) => permit !== null && 0 < own && own < requestRound)
    .map((release) => release.requestRound);
  return 1 + new Set(rounds).size;
}

/** Releases of earlier waves that were permitted: what a further wave must cite (B24) and account for (BENEFIT). */
export const earlierPermitted = (project: ProjectState, wave: number): Release[] =>
  Object.values(project.releases).filter((r) => r.permit !== null && 0 < r.wave && r.wave < wave);

/** Every other release sealed before, living or past: what was once released stays known, and each new one is compared with it (T9). */
export const sealedBeside = (project: ProjectState, release: Release): Release[] =>
  Object.values(project.releases).filter(({ id, sealed }) => id !== release.id && sealed !== null);
