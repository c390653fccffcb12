// What a run computes on: the release as its signed manifest describes it, and the method as registered.
import { agreementInForce, DEFAULT_RULES } from '#libs/domain';
import type { Analysis, Release, World } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { ReleaseManifest } from '#libs/vault';
import type { ReleaseData } from '#libs/vault';
import type { Computation } from './compute';

/** The manifest inside the content people signed: a read is held to it byte for byte. */
export async function manifestOf(
  ledger: Pick<Ledger, 'content'>,
  release: Release,
): Promise<ReleaseManifest> {
  const core = release.sealed?.content.core;
  const bytes = core === undefined ? null : await ledger.content(core);
  if (bytes === null)
    throw new Error(`The signed manifest of release ${release.id} is not in the content store.`);
  return ReleaseManifest.parse((JSON.parse(bytes.toString()) as { data: unknown }).data);
}

/** Agreement rules only ever raise the frequency threshold; without one in force the default, the floor, holds. */
export function computationOf(run: { world: World; analysis: Analysis }, data: ReleaseData): Computation {
  const { method, params, registeredAt } = run.analysis;
  const rules = agreementInForce(run.world.programme, registeredAt)?.rules ?? DEFAULT_RULES;
  return { method, params, data, frequency: rules.frequencyThreshold };
}
