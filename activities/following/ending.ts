// What ends with something else, and by no time of its own: results that are of no more use, the key of a closed project.
import { reference } from '#libs/contracts';
import { isResultOver, isUnitKeyOver, leftOfResult } from '#libs/domain';
import type { Analysis, Instant, World } from '#libs/domain';
import { destroyResultPart } from '#libs/ledger';
import { step, WORKER } from '../answers';
import { certificate } from '../documents';
import { unitsOf } from '../releases/sources';
import type { FollowingDeps } from './index';

/** Everything in it can be repeated, so that a crash in between, or before, leaves nothing. */
export function createEnding({
  ledger,
  dataSource,
  vault,
  backupDays = null,
}: Pick<FollowingDeps, 'ledger' | 'dataSource' | 'vault' | 'backupDays'>) {
  /** Both halves of the key, then the bytes; the holders whose data it was made of get the certificate. */
  async function destroyResult({ project }: World, analysis: Analysis): Promise<void> {
    const { id, ended } = analysis;
    const ledgerPartDestroyedAt = await destroyResultPart(dataSource, project.id, id);
    const proof = await vault.destroy('result', reference(project.id, id), ended?.object ?? null);
    const remains = { ...leftOfResult(project, analysis), units: null };
    const paper = certificate(proof, { ledgerPartDestroyedAt, remains, backupDays });
    await ledger.onProject(project.id, WORKER, () => ({
      command: { type: 'CertifyResultDestroyed', analysis: id, certificate: paper.id },
      contents: [paper],
    }));
  }

  /** Both halves, and the keyed ids of every release, which nothing opens any more. */
  async function destroyUnitKey({ id, releases }: World['project']): Promise<void> {
    await ledger.destroyUnitPart(id);
    await vault.destroy('units', id, null);
    for (const release of Object.values(releases)) {
      const units = await unitsOf(ledger, release);
      if (units !== null) await vault.destroy('units', id, units);
    }
  }

  return async function endWhatIsOver(world: World, now: Instant): Promise<void> {
    for (const analysis of Object.values(world.project.analyses))
      // Approved again in this very moment, it is refused, and stays.
      if (isResultOver(world, analysis, now)) await step(() => destroyResult(world, analysis));
    if (isUnitKeyOver(world.project)) await destroyUnitKey(world.project);
  };
}
