// Results of other software, made once and kept as data; README.md says with what.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pointsOf } from '../points';
import type { Points } from '../points';

const read = (...path: string[]) => readFileSync(join(__dirname, ...path), 'utf8');

interface RunOfR {
  readonly start_rows_1based: number[];
  readonly cluster: number[];
  readonly centers: number[][];
  readonly withinss: number[];
  readonly tot_withinss: number;
  readonly betweenss: number;
  readonly totss: number;
  readonly size: number[];
  readonly silhouette_mean: number;
  readonly silhouette?: number[];
}

interface Cut {
  readonly heights: number[];
  readonly sum_of_heights: number;
  readonly cut: Record<string, number[]>;
}

interface PamRun {
  readonly cost: number;
  readonly medoids_1based: number[];
  readonly clusters: number[];
  readonly silhouette: number;
}

export const r = JSON.parse(read('cluster_kmeans_r.json')) as { iris: Record<string, RunOfR> };

export const python = JSON.parse(read('python.json')) as {
  ward_iris: Cut;
  ward_lalonde_standardised: Cut & { silhouette_k6: number };
  pam_gower_lalonde: Record<'2' | '3' | '5', PamRun> & {
    numbers: string[];
    codes: string[];
    sum_of_distances: number;
    first_row: number[];
  };
  ari_iris_species_ward3: number;
  ari_iris_ward2_ward5: number;
};

/** The columns of a comma-separated file as text, by name. */
function columnsOf(text: string): (name: string) => string[] {
  const [head = '', ...lines] = text.replaceAll('"', '').trim().split('\n');
  const names = head.split(',');
  const records = lines.map((line) => line.split(','));
  return (name) => records.map((record) => record[names.indexOf(name)] ?? '');
}

export const iris = columnsOf(read('iris.csv'));
export const lalonde = columnsOf(read('../../../../infra/demo/data/lalonde.csv'));
export const numbers = (values: string[]): Float64Array => Float64Array.from(values, Number);

export const irisPoints: Points = pointsOf(['sl', 'sw', 'pl', 'pw'].map((name) => numbers(iris(name))));
