// Degrees of freedom: a model or a standard deviation of too few people retraces their values.
import type { Based, BasedTable, Check, Judgement } from '../context';
import { eachBasis, isStructuralZero, placeOf, withPasses } from '../context';

export function degreesOfFreedom(check: Check): Judgement[] {
  const found: Judgement[] = [];
  const looked = new Set<number>();
  const least = check.thresholds.degreesOfFreedom;
  eachBasis(check, (based, table) => {
    const kinds = new Set(table.measures.map(({ statistic }) => statistic));
    if (table.kind !== 'model' && !kinds.has('shape') && !kinds.has('model')) return;
    looked.add(based.table);
    if (isStructuralZero(based)) return;
    const dof = dofOf(based, table);
    if (dof === undefined) {
      const message = 'The degrees of freedom of this number are not known: a person decides.';
      found.push({ ...placeOf(based), verdict: 'review', message });
    } else if (!(dof >= least)) {
      const message = `Fewer than ${least} residual degrees of freedom: use more people or fewer terms.`;
      found.push({ ...placeOf(based), verdict: 'fail', message });
    }
  });
  return withPasses(looked, found, `At least ${least} residual degrees of freedom.`);
}

/** n − 1 people for the spread of a cell; a model must say its own. */
function dofOf({ basis }: Based, table: BasedTable): number | undefined {
  if (basis.dof !== undefined) return basis.dof;
  const isModel = table.measures.some(({ statistic }) => statistic === 'model');
  return isModel || basis.counted !== undefined ? undefined : basis.people - 1;
}
