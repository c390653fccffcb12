// The linear numbers of the tables with what is known of their contributions; shared by dominance, p-ratio and negatives.
import type { Contributions } from '../../table';
import type { Based, Check, Judgement } from '../context';
import { eachBasis, placeOf } from '../context';

export type KnownContributions = Exclude<Contributions, { holder: unknown }>;

export interface LinearNumber {
  readonly place: Pick<Judgement, 'table' | 'cell'>;
  readonly measure: string;
  readonly basis: Based['basis'];
  readonly contributions: Contributions | undefined;
}

/** Every sum or mean in the tables; cells nobody is in have none. */
export function linearNumbers(check: Check): LinearNumber[] {
  const found: LinearNumber[] = [];
  eachBasis(check, (based, table) => {
    if (based.basis.people === 0 && based.basis.counted === undefined) return;
    for (const { name, statistic } of table.measures) {
      if (statistic !== 'linear') continue;
      const contributions = based.basis.contributions?.[name];
      found.push({ place: placeOf(based), measure: name, basis: based.basis, contributions });
    }
  });
  return found;
}

export function isKnown(contributions: Contributions | undefined): contributions is KnownContributions {
  return contributions !== undefined && !('holder' in contributions);
}
