// What a run computes on: the release as its signed manifest describes it, and the method as registered.
import type { Release } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import type { PublishedTable, ShownUnits } from '#libs/statistics';
import { ReleaseManifest } from '#libs/vault';
import type { ReleaseData } from '#libs/vault';
import type { Binding, Bound } from './binding';
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

/** The run as the computing process gets it: what the data is, and what it is held to, comes from the ledger. */
export function computationOf(
  { analysis }: Bound,
  data: ReleaseData,
  binding: Binding & { earlier: ShownUnits[]; published?: PublishedTable[] },
): Computation {
  const { method, params } = analysis;
  const { thresholds, against, impossible, declared, earlier, published = [] } = binding;
  const { subpopulation, window } = analysis.intention ?? {};
  return {
    ...{ method, params, data: { ...data, ...declared }, thresholds, impossible },
    against: { ...against, earlier },
    published,
    ...(subpopulation ? { subpopulation } : {}),
    ...(window?.by === undefined ? {} : { window: { ...window, by: window.by } }),
  };
}
