// Whose numbers a result shows, kept sealed beside it, and read again when a later run of the project is checked (DOMAIN § 5 differencing).
import type { DataSource } from 'typeorm';
import { reference } from '#libs/contracts';
import { keepResultPart } from '#libs/ledger';
import type { Ledger } from '#libs/ledger';
import { decodeUnits, encodeUnits } from '#libs/statistics';
import type { ShownUnits } from '#libs/statistics';
import { ResultManifest, VaultRefusal } from '#libs/vault';
import type { Vault } from '#libs/vault';
import type { Analysis, World } from '#libs/domain';
import { z } from 'zod';

/** For the engine alone: nobody is given this file. */
const FILE = 'shown.json';
const Core = z.object({ files: ResultManifest.shape.files });
const Kept = z.array(z.strictObject({ name: z.string(), cells: z.array(z.base64()).nullable() }));

/** Sets of positions in the release, each as `encodeUnits` packs it. */
export function shownFile(shown: readonly ShownUnits[]): { name: string; bytes: Buffer } {
  const kept = shown.map(({ name, cells }) => ({
    name,
    cells: cells && cells.map((units) => Buffer.from(encodeUnits(units)).toString('base64')),
  }));
  return { name: FILE, bytes: Buffer.from(JSON.stringify(kept)) };
}

/**
 * What every other result of the project shows or may come to show, whatever its cycle and wave. Positions are those of one
 * release: pseudonyms are made anew for each, so of other releases it is only known that they show something.
 */
export async function shownEarlier(
  deps: { ledger: Ledger; vault: Vault; dataSource: DataSource },
  { world, analysis }: { world: World; analysis: Analysis },
): Promise<ShownUnits[]> {
  const others = Object.values(world.project.analyses).filter(
    ({ id, ended, withheldAt }) => id !== analysis.id && ended?.result && withheldAt === null,
  );
  const found: ShownUnits[] = [];
  for (const other of others) {
    const kept = await shownBy(deps, world.project.id, other);
    const isSame = other.release === analysis.release;
    if (kept === null) found.push({ name: other.id, cells: null });
    else
      for (const { name, cells } of kept)
        found.push({ name: `${other.id}: ${name}`, cells: isSame ? cells : null });
  }
  return found;
}

/** Null where it is not known: the result was destroyed, or made before this was kept. */
async function shownBy(
  { ledger, vault, dataSource }: { ledger: Ledger; vault: Vault; dataSource: DataSource },
  project: string,
  { id, ended }: Analysis,
): Promise<ShownUnits[] | null> {
  const core = await ledger.content(ended?.result?.core ?? '');
  if (core === null) return null;
  const { files } = Core.parse(JSON.parse(core.toString()));
  if (!files.some(({ name }) => name === FILE)) return null;
  const stored = { result: reference(project, id), objectId: ended?.object ?? '' };
  try {
    const partA = await keepResultPart(dataSource, project, id);
    const all = await vault.loadResult({ ...stored, manifest: { format: 1, files }, partA });
    const kept = Kept.parse(JSON.parse(String(all.get(FILE))));
    return kept.map(({ name, cells }) => ({
      name,
      cells: cells && cells.map((units) => decodeUnits(Buffer.from(units, 'base64'))),
    }));
  } catch (error) {
    if (isDestroyed(error)) return null;
    throw error;
  }
}

const isDestroyed = (error: unknown): boolean =>
  (error instanceof VaultRefusal && (error.code === 'KEY_MISSING' || error.code === 'KEY_DESTROYED')) ||
  (error instanceof Error && error.message.includes('DESTROYED: the key of result'));
