// Holders' conditions on results (B27): what may not be broken down, how many organisations, what must stand beside.
import type { RawTable } from '../../table';
import { ORGANISATIONS_DEFAULT } from '../condition';
import type { Condition } from '../condition';
import type { Check, Judgement } from '../context';
import { eachBasis, isStructuralZero, placeOf } from '../context';

const judges: Record<Condition['kind'], (value: string, check: Check) => Judgement[]> = {
  NO_BREAKDOWN_BY: noBreakdownBy,
  MIN_ORGANISATIONS: minOrganisations,
  SHOW_ONLY_WITH: showOnlyWith,
  // These two are told to readers (`conditionNotes`), the last ends the permit: none of them hides a number.
  REVIEW_BEFORE_SHARING: () => [],
  NO_USE_FOR: () => [],
  EARLIER_EXPIRY: () => [],
};

export function condition(check: Check): Judgement[] {
  return (check.conditions ?? []).flatMap(({ kind, value }) => judges[kind](value, check));
}

/** What conditions and the data's sources have readers told, beside every table. */
export function conditionNotes({
  conditions = [],
  contextNotes = {},
  caveats = [],
}: Partial<Check>): string[] {
  const told = conditions.flatMap(({ kind, value }) => {
    if (kind === 'NO_USE_FOR') return [`The holder does not allow this to be used for: ${value}.`];
    if (kind === 'REVIEW_BEFORE_SHARING')
      return [`The holder reviews this before it is shared further; its comment travels with the result.`];
    return [];
  });
  return [...new Set([...told, ...Object.values(contextNotes), ...caveats])];
}

/** Every level of a finer field gives the coarser one by adding up, so that is a breakdown too. */
function noBreakdownBy(field: string, { tables, coarser = {} }: Check): Judgement[] {
  return tables.flatMap((table, index): Judgement[] => {
    const by = fieldsOfKeys(table).find((name) => name === field || coarser[name]?.includes(field));
    if (by === undefined) return [];
    const how = by === field ? `by ${field}` : `by ${by}, which adds up to ${field}`;
    const message = `The holder allows no breakdown by ${field}, and this table is broken down ${how}.`;
    return [{ table: index, verdict: 'fail', message }];
  });
}

function fieldsOfKeys(table: RawTable): string[] {
  return table.keys.flatMap((key) => table.breakdown?.[key] ?? [key]);
}

function minOrganisations(value: string, check: Check): Judgement[] {
  const least = /^\d+$/.test(value) ? Math.max(2, Number(value)) : ORGANISATIONS_DEFAULT;
  const found: Judgement[] = [];
  const unknown = new Set<number>();
  eachBasis(check, (based) => {
    const { organisations } = based.basis;
    if (isStructuralZero(based)) return;
    if (organisations === undefined) unknown.add(based.table);
    else if (organisations < least) {
      const message = `Rests on fewer than ${least} organisations, which the holder asks for.`;
      found.push({ ...placeOf(based), verdict: 'fail', message });
    }
  });
  const message = `The holder asks for ${least} organisations behind each number, and the data does not name them: a person decides.`;
  return [...found, ...[...unknown].map((table): Judgement => ({ table, verdict: 'review', message }))];
}

function showOnlyWith(value: string, check: Check): Judgement[] {
  if (check.contextNotes !== undefined && Object.hasOwn(check.contextNotes, value)) return [];
  const beside = new Set(check.tables.flatMap((table, index) => fieldsShown(table, index, check)));
  if (beside.has(value)) return [];
  const message = `The holder allows this to be shown only with "${value}", which is not beside it: add that field or note.`;
  return check.tables.map((_table, table) => ({ table, verdict: 'fail', message }));
}

/** The fields a table tells of, if anything of it is shown. */
function fieldsShown(table: RawTable, index: number, { standing }: Check): string[] {
  if (!table.cells.some((_cell, place) => standing.isShown(index, place))) return [];
  const ofMeasures = table.measures.flatMap(({ fields = [] }) => fields);
  return [...fieldsOfKeys(table), ...ofMeasures, ...(table.companions ?? [])];
}
