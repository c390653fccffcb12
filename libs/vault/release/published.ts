// Reads a published table of cells as it was published: results are compared with what everybody knows already.
import path from 'node:path';
import type { OperationOptions, PublishedCells } from '../contract';
import { withEngine } from '../engine/engine';
import type { EngineLimits } from '../engine/engine';
import { columnAt, literal } from '../engine/tables';
import { readColumns } from './columns';
import { drawOn } from './sources';
import type { ReleaseSource } from './sources';
import { releaseTable } from './tables';

/** The dimensions and counts of every cell; the file is held to its terms as for a release. */
export async function readPublishedCells(
  source: ReleaseSource,
  { directory, limits }: { directory: string; limits: EngineLimits },
  { signal }: OperationOptions,
): Promise<PublishedCells> {
  const { dimensions } = source.grant.releaseAs;
  const file = path.join(directory, 'published.parquet');
  return withEngine({ directory, limits, signal }, async (engine) => {
    const own = { directory: path.join(directory, 'source'), limits, named: null, signal };
    await drawOn(engine, source, own);
    const { query, columns } = releaseTable(source.grant, false);
    await engine.run(`copy (${query}) to ${literal(file)} (format parquet)`);
    const wanted = columns.flatMap(({ name, part, field }, index) =>
      part === 'dimension' || part === 'n' ? [{ column: columnAt(index), name, type: field.type }] : [],
    );
    const read = await readColumns(engine, file, wanted);
    return { dimensions, columns: read };
  });
}
