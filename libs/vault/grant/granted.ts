// Everything that would keep a grant from being deposited as it says, found when it is given and not when the file comes.
import { DataSpec, GrantSpec } from './spec';
import { termsProblems } from './terms';
import type { GrantedTerms } from './terms';

/** In sentences; empty where the terms can be kept. `grant` has depositAs, releaseAs and tier. */
export function grantProblems(
  grant: { depositAs: unknown; releaseAs: unknown; tier: unknown },
  detail: readonly GrantedTerms[],
): string[] {
  const { error } = GrantSpec.safeParse(grant);
  const { data: spec } = DataSpec.safeParse(grant.depositAs);
  return [
    ...(error?.issues ?? []).map(({ message }) => message),
    ...(spec ? termsProblems(spec, detail) : []),
  ];
}
