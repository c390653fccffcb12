// Who withdrew what, and which releases that closes: the withdrawal table of the domain.
import type { Instant } from '../words';
import { WITHDRAWAL_MODES } from '../words';
import type { Release, Withdrawal, World } from '../state';
import { importWithdrawals } from '../published/rules';
import { objectionsAgainst } from '../objections/rules';
import { boundaryWithdrawal } from './boundary';
import { plus } from './time';
import { roundAbout, roundsOf, settledAt, takenBack } from './standing';

/** Institutions that took back their signature after `since`, under an agreement that stood: each closes everything. */
export function agreementWithdrawals({ programme }: World, since: Instant): Withdrawal[] {
  return roundsOf(programme.checkpoints, 'AGREEMENT').flatMap((round) => {
    const settled = settledAt(programme, round);
    return settled === null ? [] : takenBack(round, settled).filter((withdrawn) => withdrawn.at >= since);
  });
}

/** Every withdrawal that closes the release, earliest first. A closed release never opens again; "anew" is a new one. */
export function releaseWithdrawals(world: World, release: Release): Withdrawal[] {
  const { project } = world;
  const permitted = release.permit?.at ?? null;
  const boundary = boundaryWithdrawal(world, release.boundary);
  const found = [
    ...agreementWithdrawals(world, permitted ?? release.proposedAt),
    ...(boundary ? [boundary] : []),
    ...release.requests.flatMap((id) => project.requests[id]?.withdrawn ?? []),
    ...importWithdrawals(world, release),
    ...objectionsAgainst(project, release),
    ...(permitted === null ? [] : signerWithdrawals(world, release, permitted)),
  ];
  return found.sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Signers counted by the permit who took their answer back: TRUST closes this release, BENEFIT every one of its wave. */
function signerWithdrawals({ project }: World, release: Release, permitted: Instant): Withdrawal[] {
  const benefit = roundsOf(project.checkpoints, 'BENEFIT').filter(
    (round) => release.wave > 1 && round.subject.type === 'wave' && round.subject.wave === release.wave,
  );
  const rounds = [roundAbout(project.checkpoints, 'TRUST', release.id), ...benefit];
  return rounds.flatMap((round) => (round ? takenBack(round, permitted, permitted) : []));
}

/** The first withdrawal's instant with the strictest mode of all; null while nothing has closed the release. */
export function releaseClosure(world: World, release: Release): Withdrawal | null {
  const all = releaseWithdrawals(world, release);
  const first = all[0];
  if (!first) return null;
  const mode = WITHDRAWAL_MODES.findLast((m) => all.some((w) => w.mode === m)) ?? first.mode;
  return { ...first, mode };
}

const DESTROY_AFTER = 24 * 60 * 60 * 1000;

/** When a withdrawal's mode demands destruction; null if the mode keeps the data. UNLAWFUL destroys as STOP_AND_DESTROY does. */
export function destructionAfter(withdrawal: Withdrawal): Instant | null {
  if (withdrawal.mode === 'STOP') return null;
  return withdrawal.atOnce ? withdrawal.at : plus(withdrawal.at, DESTROY_AFTER);
}
