// Parameters of `clusters`: what is clustered, how, into how many, and what is said about each cluster.
import { z } from 'zod';
import { Seed } from '../random';

export const Algorithm = z.enum(['kmeans', 'ward', 'pam']);
export type Algorithm = z.infer<typeof Algorithm>;

const MOST_FIELDS = 40;
export const MOST_CLUSTERS = 20;

export const ClustersParams = z
  .strictObject({
    fields: z
      .array(z.string().min(1))
      .min(1)
      .max(MOST_FIELDS)
      .describe('fields by which records are alike: numbers; for pam also codes'),
    algorithm: Algorithm.default('kmeans').describe(
      'kmeans: for many records; ward: a hierarchy, up to 10,000 records; pam: numbers and codes together on Gower’s distance, up to 4,000',
    ),
    k: z
      .int()
      .min(2)
      .max(MOST_CLUSTERS)
      .optional()
      .describe('number of clusters; left out, 2 to kMost are tried and the best mean silhouette is taken'),
    kMost: z
      .int()
      .min(3)
      .max(MOST_CLUSTERS)
      .default(8)
      .describe('the most clusters tried where k is left out'),
    standardise: z
      .boolean()
      .default(true)
      .describe(
        'give every field mean 0 and standard deviation 1 first; otherwise fields in large units decide (pam uses ranges, whatever is said here)',
      ),
    startRows: z
      .array(z.int().min(1))
      .optional()
      .describe(
        'kmeans only: k different rows, counted from 1 in the data as released, that are the first centres; then there are no restarts and clusters are numbered in this order',
      ),
    restarts: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('kmeans only: runs from different starts (k-means++), of which the best is kept'),
    stability: z
      .int()
      .min(0)
      .max(200)
      .default(20)
      .describe('bootstrap samples clustered anew to see whether the same clusters come back; 0 for none'),
    gap: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .describe(
        'samples without clusters that the gap statistic compares each number of clusters with, from 1 on; 0 for none. For kmeans and ward, where k is left out',
      ),
    describeBy: z
      .array(z.string().min(1))
      .max(MOST_FIELDS)
      .default([])
      .describe('further fields in which clusters are compared with the rest, numbers or codes'),
    seed: Seed,
  })
  .refine((p) => new Set([...p.fields, ...p.describeBy]).size === p.fields.length + p.describeBy.length, {
    message: 'Each field may be named once, in fields or in describeBy.',
    path: ['describeBy'],
  })
  .refine((p) => p.startRows === undefined || p.algorithm === 'kmeans', {
    message: 'Only kmeans begins from rows. Leave startRows out, or choose the algorithm kmeans.',
    path: ['startRows'],
  })
  .refine((p) => p.startRows === undefined || new Set(p.startRows).size === p.k, {
    message: 'Name as many different rows as there are clusters, and say k.',
    path: ['startRows'],
  })
  .refine(({ gap, algorithm, k }) => gap === 0 || (algorithm !== 'pam' && k === undefined), {
    message:
      'The gap statistic compares numbers of clusters of numeric records: leave k out, and choose kmeans or ward.',
    path: ['gap'],
  });
export type ClustersParams = z.infer<typeof ClustersParams>;
