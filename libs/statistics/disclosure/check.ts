// The output check: turns raw tables into checked ones, in which every shown number has passed every rule.
import type { CheckedCell, CheckedTable, RawTable, Rule, SuppressionReason } from '../table';
import { Standing } from './context';
import type { Against, Check, Judgement } from './context';
import type { Finding } from './findings';
import { acceptRounded, refuseWrongRounding, rounded, roundingHolds } from './rounding';
import { steps } from './rules';
import type { Step } from './rules';
import { conditionNotes } from './rules/condition';
import { shownUnits } from './shown-units';
import type { ShownUnits } from './shown-units';
import type { Thresholds } from './thresholds';
import { unnamedLabels, unnamedNote } from './unnamed';
import type { UnnamedLabels } from './unnamed';
import { refuseWrongTables } from './wrong-tables';

export interface CheckedTables {
  readonly tables: CheckedTable[];
  /** Every rule's findings with the counts behind suppressed cells: for the output checker only. */
  readonly findings: Finding[];
  /** Whose numbers are shown, to be kept for the checks of later results once this one is shown. */
  readonly shown: ShownUnits[];
}

/**
 * Applies every rule to every number, each rule to what those before it left. A derived table must come after those it
 * rests on. Throws where the tables contradict themselves: that is a mistake in the method that made them.
 */
export function checkTables(
  raw: readonly RawTable[],
  thresholds: Thresholds,
  against: Against = {},
): CheckedTables {
  refuseWrongTables(raw);
  if (against.rounding !== undefined) refuseWrongRounding(against.rounding, raw);
  const standing = new Standing(raw);
  const check: Check = { ...against, tables: raw, thresholds, standing };
  const unnamed = unnamedLabels(raw, thresholds.frequency);
  const findings = steps.flatMap((step) => {
    const { rule } = step;
    const judgements = judgementsOf(step, check).map((judgement) => excepted(rule, judgement, check));
    for (const judgement of judgements) if (judgement.verdict === 'fail') standing.hide(rule, judgement);
    return judgements.map((judgement) => findingOf(rule, judgement, raw, unnamed));
  });
  const notes = conditionNotes(against);
  const tables = raw.map((table, index) => withoutHidden(table, index, { check, unnamed, notes }));
  return { tables, findings, shown: shownUnits(raw, standing) };
}

/** Where counts are rounded, that takes the place of hiding the small ones; whether it protects them is proved. */
function judgementsOf({ rule, judge }: Step, check: Check): Judgement[] {
  const judgements = judge(check);
  const { rounding } = check;
  if (rounding === undefined) return judgements;
  if (rule === 'complementary') return [...judgements, ...roundingHolds(check, rounding)];
  if (rule !== 'frequency' && rule !== 'full_or_empty') return judgements;
  return judgements.map((judgement) => acceptRounded(judgement, rounding));
}

/** Such a number is shown; that it is goes to a person again, who sees what it shows. */
function excepted(rule: Rule, judgement: Judgement, { exceptions = [], tables }: Check): Judgement {
  const name = tables[judgement.table]?.name;
  const isExcepted = exceptions.some((each) => each.rule === rule && each.table === name);
  if (judgement.verdict !== 'fail' || !isExcepted) return judgement;
  return { ...judgement, verdict: 'review', message: `Shown by exception. ${judgement.message}` };
}

function findingOf(
  rule: Rule,
  { table, cell, ...said }: Judgement,
  raw: readonly RawTable[],
  unnamed: UnnamedLabels,
): Finding {
  const name = raw[table]?.name ?? '';
  const place = cell === undefined ? undefined : raw[table]?.cells[cell];
  if (!place) return { rule, table: name, ...said };
  const isUnnamed = unnamed.has(...keysOf(place));
  return { rule, table: name, cell: { ...place.key }, ...said, ...(isUnnamed ? { unnamed: true } : {}) };
}

/** The key of a cell, and of every cell it is computed from. */
function keysOf(cell: RawTable['cells'][number]): Readonly<Record<string, string>>[] {
  return 'from' in cell ? [cell.key, ...cell.from.map(({ key }) => key)] : [cell.key];
}

interface Showing {
  readonly check: Check;
  readonly unnamed: UnnamedLabels;
  readonly notes: readonly string[];
}

function withoutHidden(table: RawTable, index: number, { check, unnamed, notes }: Showing): CheckedTable {
  const { standing, thresholds } = check;
  const rows = table.cells.flatMap((cell, place) =>
    standing.isShown(index, place) || !unnamed.has(...keysOf(cell))
      ? [{ key: { ...cell.key }, cell: checkedCell(table, index, place, check) }]
      : [],
  );
  const unnamedNotes = rows.length < table.cells.length ? [unnamedNote(thresholds.frequency)] : [];
  return {
    name: table.name,
    title: table.title,
    keys: [...table.keys],
    measures: table.measures.map(({ name, label, unit }) => ({ name, label, unit })),
    rows,
    notes: [...(table.notes ?? []), ...unnamedNotes, ...notes],
  };
}

function checkedCell(
  table: RawTable,
  index: number,
  place: number,
  { standing, rounding }: Check,
): CheckedCell {
  const rule = standing.reason(index, place);
  if (rule !== undefined) return { status: 'suppressed', reason: reasonFor(table, rule) };
  const values = { ...table.cells[place]?.values };
  if (rounding !== undefined)
    for (const [measure, value] of Object.entries(values)) values[measure] = rounded(value, rounding);
  const withheld = standing.withheld(index, place);
  if (!withheld) return { status: 'shown', values };
  for (const measure of withheld.keys()) delete values[measure];
  return { status: 'shown', values, withheld: Object.fromEntries(withheld) };
}

/** Of cells among others no rule is named that would tell the small ones from those hidden to protect them. */
function reasonFor(table: RawTable, rule: Rule): SuppressionReason {
  return table.kind === 'cells' || table.kind === 'margin' ? 'protected' : rule;
}
