// The references that clustering is compared with, and the data they were made on.
import { allRows, columnOf, labelAt } from '../../input';
import { lalonde as people, reference, referenceData } from '../../testing/data';
import { pointsOf } from '../points';
import type { Points } from '../points';

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

export const r = reference<{ iris: Record<string, RunOfR> }>('cluster_kmeans_r.json');

export const python = reference<{
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
}>('clusters.json');

export const irisRows = referenceData('iris.csv');
const lalondeRows = people();

const column = (input: typeof irisRows, name: string) =>
  Array.from(allRows(input), (row) => labelAt(columnOf(input, name), row) ?? '');
export const iris = (name: string): string[] => column(irisRows, name);
export const lalonde = (name: string): string[] => column(lalondeRows, name);
export const numbers = (values: string[]): Float64Array => Float64Array.from(values, Number);

export const irisPoints: Points = pointsOf(['sl', 'sw', 'pl', 'pw'].map((name) => numbers(iris(name))));
