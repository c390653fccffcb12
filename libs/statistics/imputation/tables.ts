// What is told of an imputation beside its estimates: for how many people, how, and whom a number still tells of.
import { basisOf } from '../design/basis';
import { completeRows } from '../design/complete';
import { designOf } from '../design/matrix';
import { fieldsOfTerms } from '../design/terms';
import type { Term } from '../design/terms';
import type { RowInput } from '../input';
import type { CellTable } from '../table';
import type { Imputed } from './chain';
import type { Imputation } from './params';

/**
 * By column of a design, how many people it sets apart among those with a value in all of its fields: a number tells of people
 * whose values somebody recorded, and imputed ones add nobody.
 */
export function seenPeople(
  data: RowInput,
  terms: readonly Term[],
  options: { constant?: boolean; everyCode?: boolean } = {},
): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  const note = (among: readonly Term[]) => {
    const used = completeRows(data, fieldsOfTerms(among));
    for (const { name, people } of designOf(data, used, among, options).columns)
      seen.set(name, Math.min(seen.get(name) ?? Infinity, people));
  };
  for (const term of terms) {
    if (typeof term === 'string' || !('interaction' in term)) note([term]);
    else {
      const isMain = (other: Term) =>
        fieldsOfTerms([other]).some((field) => term.interaction.includes(field));
      note([...terms.filter(isMain), term]);
    }
  }
  return seen;
}

export function imputationNotes(
  { missing }: Imputed,
  { datasets, iterations, with: others }: Imputation,
  terms: readonly Term[],
): string[] {
  if (missing.size === 0) return ['Nothing was missing, so nothing was imputed.'];
  const isDerived = terms.some(
    (term) => typeof term === 'object' && ('interaction' in term || 'degree' in term),
  );
  return [
    `Missing values of ${[...missing.keys()].join(', ')} were imputed ${datasets} times by chained equations (${iterations} iterations${
      others.length > 0 ? `, with ${others.join(', ')}` : ''
    }), and the estimates pooled by Rubin’s rules.`,
    'This assumes that what is missing depends only on what these fields hold (missing at random), which the data cannot show.',
    ...(isDerived
      ? ['Powers and interactions are computed from imputed values; the imputation itself knows of none.']
      : []),
  ];
}

export function imputedTable(data: RowInput, { missing }: Imputed): CellTable[] {
  if (missing.size === 0) return [];
  return [
    {
      kind: 'cells',
      name: 'imputed',
      title: 'People with a value imputed',
      keys: ['field'],
      breakdown: { field: [] },
      characteristics: [],
      overlapping: true,
      measures: [{ name: 'n', label: 'people', unit: 'people', statistic: 'frequency' }],
      cells: [...missing].map(([field, rows]) => {
        const basis = basisOf(data, rows);
        return { ...basis, key: { field }, values: { n: basis.people } };
      }),
    },
  ];
}
