// Whose numbers a result shows, kept sealed beside it, and read again when a later run of the project is checked (DOMAIN § 5 differencing).
import type { DataSource } from 'typeorm';
import { reference } from '#libs/contracts';
import { keepResultPart } from '#libs/ledger';
import type { Ledger } from '#libs/ledger';
import { decodeUnits, encodeUnits, unitSet } from '#libs/statistics';
import type { ShownUnits } from '#libs/statistics';
import { ResultManifest, VaultRefusal } from '#libs/vault';
import type { Vault } from '#libs/vault';
import { resultsBeside } from '#libs/domain';
import type { Analysis, Release, World } from '#libs/domain';
import { unitsOf } from '../releases/sources';
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

interface Deps {
  ledger: Ledger;
  vault: Vault;
  dataSource: DataSource;
}

interface Run {
  world: World;
  analysis: Analysis;
  release: Release;
  /** Rows of the release the run reads. */
  rows: number;
}

export interface Earlier {
  /** What these results show, in positions of the release that the run reads. */
  shown: ShownUnits[];
  /** The results looked at. */
  compared: string[];
}

/**
 * What every other result of the project shows or may come to show, whatever its cycle and wave. Pseudonyms are made anew for
 * each release; who is who in two of them is told by the project's own keyed ids, and where there are none it is only known
 * that something is shown.
 */
export async function shownEarlier(deps: Deps, run: Run): Promise<Earlier> {
  const { project } = run.world;
  const others = resultsBeside(project, run.analysis);
  const places = await placesOf(deps, run, new Set(others.map(({ release }) => release)));
  const shown: ShownUnits[] = [];
  for (const other of others) {
    const kept = await shownBy(deps, project.id, other);
    const here = places.get(other.release) ?? null;
    if (kept === null) shown.push({ name: other.id, cells: null });
    else
      for (const { name, cells } of kept)
        shown.push({ name: `${other.id}: ${name}`, cells: here === null ? null : movedTo(here, cells) });
  }
  return { shown, compared: others.map(({ id }) => id) };
}

type Place = (position: number) => number | undefined;

/** By release, where each of its positions is in the release that the run reads. */
async function placesOf(
  { ledger, vault }: Deps,
  { world: { project }, release, rows }: Run,
  releases: ReadonlySet<string>,
): Promise<Map<string, Place>> {
  const found = new Map<string, Place>([[release.id, (position) => position]]);
  const others = (
    await Promise.all(
      [...releases].map(async (id) => ({ id, units: await knownUnits(ledger, project.releases[id]) })),
    )
  ).flatMap(({ id, units }) => (id === release.id || units === null ? [] : [{ id, units }]));
  const units = await knownUnits(ledger, release);
  if (units === null || others.length === 0) return found;
  try {
    const places = await vault.placesAcross({
      here: { release: reference(project.id, release.id), units, rows },
      others: others.map((other) => ({ ...other, release: reference(project.id, other.id) })),
      ...{ project: project.id, partA: await ledger.keepUnitPart(project.id) },
    });
    others.forEach(({ id }, index) => {
      const place = places[index];
      if (place) found.set(id, (position) => place.get(position));
    });
  } catch (error) {
    if (!isDestroyed(error)) throw error;
  }
  return found;
}

const knownUnits = (ledger: Ledger, release: Release | undefined): Promise<string | null> =>
  release ? unitsOf(ledger, release) : Promise.resolve(null);

/** Null if even one person has no place here: then it is not known whose numbers they are. */
function movedTo(here: Place, cells: ShownUnits['cells']): ShownUnits['cells'] {
  const moved = (cells ?? []).map((units) => [...units].map(here));
  if (cells === null || moved.some((units) => units.includes(undefined))) return null;
  return moved.map((units) => unitSet(units.filter((unit) => unit !== undefined)));
}

/** Null where it is not known: the result was destroyed, or made before this was kept. */
async function shownBy(
  { ledger, vault, dataSource }: Deps,
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
  (error instanceof Error && /DESTROYED: the (key of result|unit key)/.test(error.message));
