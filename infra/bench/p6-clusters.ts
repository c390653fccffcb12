// P6, second part: k-means, and descriptive in memory against the same query in DuckDB.
import { textColumn } from '#libs/statistics';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { runMethod } from '#libs/statistics';
import type { RowInput } from '#libs/statistics';
import { kMeans, plusPlusStarts } from '../../libs/statistics/clusters/kmeans';
import { SeededRandom } from '../../libs/statistics/random';
import { atMost, median, within } from './figures';
import type { Figure } from './figures';

const RUNS = 5;
const POINTS = 100_000;
const WIDTH = 20;
const CLUSTERS = 8;
const ROWS = 1_000_000;
const QUERY = 'select treat, count(distinct person), avg(re78), stddev(re78) from rows group by treat';

const milliseconds = async (work: () => unknown): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

async function medianOf(work: () => unknown): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < RUNS; run += 1) taken.push(await milliseconds(work));
  return median(taken);
}

/** Eight blobs, as scikit-learn's `make_blobs` draws them but for the shape of their noise. */
function blobs() {
  const random = new SeededRandom(6);
  const centres = Float64Array.from({ length: CLUSTERS * WIDTH }, () => 20 * random.uniform() - 10);
  const noise = () => 2 * (random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2);
  const values = Float64Array.from({ length: POINTS * WIDTH }, (_, at) => {
    const row = Math.floor(at / WIDTH);
    return centres[(row % CLUSTERS) * WIDTH + (at % WIDTH)]! + noise();
  });
  return { rows: POINTS, width: WIDTH, values };
}

async function kMeansFigure(): Promise<Figure> {
  const points = blobs();
  let seed = 0;
  const value = await medianOf(() => {
    const starts = plusPlusStarts(points, CLUSTERS, new SeededRandom((seed += 1)));
    if (starts !== null) kMeans(points, starts);
  });
  const what = 'k-means, 100,000 × 20, k = 8, one start by k-means++';
  return within({ id: 'P6-kmeans', what, value: value / 1000, unit: 's' }, 0.5);
}

const personAt = (row: number) => `p${String(row).padStart(20, '0')}`;

function release(): RowInput {
  const text = (of: (row: number) => string) => textColumn(Array.from({ length: ROWS }, (_, row) => of(row)));
  return {
    ...{ shape: 'rows', rows: ROWS, people: 'person' },
    columns: {
      person: text(personAt),
      treat: text((row) => String(row % 2)),
      re78: {
        kind: 'number',
        values: Float64Array.from({ length: ROWS }, (_, row) => ((row * 7919) % 100_003) / 8),
      },
    },
  };
}

async function descriptiveFigure(): Promise<Figure> {
  const directory = mkdtempSync(path.join(tmpdir(), 'parley-p6-'));
  const file = path.join(directory, 'rows.parquet');
  const database = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await database.connect();
  try {
    await connection.run(
      `copy (select 'p' || lpad(i::varchar, 20, '0') as person, (i % 2)::varchar as treat, ((i * 7919) % 100003) / 8.0 as re78 from range(${ROWS}) t(i)) to '${file}' (format parquet)`,
    );
    await connection.run(`create view rows as select * from '${file}'`);
    const peer = await medianOf(() => connection.runAndReadAll(QUERY));
    const input = release();
    const value = await medianOf(() =>
      runMethod('descriptive', input, { outcome: 're78', groups: 'treat', sd: true }),
    );
    const what = 'descriptive over 1,000,000 rows in memory against DuckDB over Parquet';
    return atMost({ id: 'P6-descriptive', what, value, unit: 'ms', peer }, 1.5);
  } finally {
    connection.closeSync();
    database.closeSync();
    rmSync(directory, { recursive: true, force: true });
  }
}

export async function clustersAndDescriptive(say: (line: string) => void): Promise<Figure[]> {
  const figures = [await kMeansFigure(), await descriptiveFigure()];
  for (const { id, value, unit } of figures) say(`${id}: ${value.toFixed(2)} ${unit}`);
  return figures;
}
