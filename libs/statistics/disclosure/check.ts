// The disclosure check: turns raw tables into checked ones in which no shown number rests on too few people.
import { keyText } from '../table';
import type {
  CellTable,
  CheckedTable,
  DerivedTable,
  MarginTable,
  ModelTable,
  RawCell,
  RawTable,
  SuppressionReason,
} from '../table';
import type { Finding } from './findings';
import type { Thresholds } from './thresholds';
import { unnamedLabels, unnamedNote } from './unnamed';
import type { UnnamedLabels } from './unnamed';

export interface CheckedTables {
  readonly tables: CheckedTable[];
  readonly findings: Finding[];
}

type Verdict = { shown: true } | { shown: false; reason: SuppressionReason };
type Verdicts = Map<string, Verdict>;
const SHOWN: Verdict = { shown: true };

/**
 * Checks tables in the order given; a margin or derived table must come after those it rests on.
 * Until complementary suppression exists, a set of tables may hold one margin only (DOMAIN § 5).
 */
export function checkTables(raw: readonly RawTable[], thresholds: Thresholds): CheckedTables {
  if (raw.filter((table) => table.kind === 'margin').length > 1) {
    throw new Error('A result may show one margin only until complementary suppression exists.');
  }
  const byName = new Map(raw.map((table) => [table.name, table]));
  const verdicts = new Map<string, Verdicts>();
  const findings: Finding[] = [];
  const unnamed = unnamedLabels(raw, thresholds.frequency);
  const tables = raw.map((table) => {
    const found = verdictsOf(table, { byName, verdicts, thresholds, findings });
    verdicts.set(table.name, found);
    return withoutHidden(table, found, { unnamed, note: unnamedNote(thresholds.frequency) });
  });
  return { tables, findings: markUnnamed(findings, raw, unnamed) };
}

interface Context {
  readonly byName: ReadonlyMap<string, RawTable>;
  readonly verdicts: ReadonlyMap<string, Verdicts>;
  readonly thresholds: Thresholds;
  readonly findings: Finding[];
}

function verdictsOf(table: RawTable, context: Context): Verdicts {
  switch (table.kind) {
    case 'cells':
      return new Map(table.cells.map((cell) => [keyText(cell.key), judgeFrequency(table, cell, context)]));
    case 'margin':
      return new Map(table.cells.map((cell) => [keyText(cell.key), judgeMargin(table, cell, context)]));
    case 'derived':
      return judgeDerived(table, context);
    case 'model':
      return new Map(
        table.cells.map(({ key }) => [
          keyText(key),
          judgeFrequency(table, { key, values: {}, ...table.basis }, context),
        ]),
      );
  }
}

function judgeFrequency(
  table: CellTable | MarginTable | ModelTable,
  cell: RawCell,
  { thresholds, findings }: Context,
): Verdict {
  const isEnough = cell.people >= thresholds.frequency;
  findings.push({
    rule: 'frequency',
    table: table.name,
    cell: { ...cell.key },
    verdict: isEnough ? 'pass' : 'fail',
    message: isEnough
      ? `Rests on at least ${thresholds.frequency} people.`
      : `Rests on fewer than ${thresholds.frequency} people: suppressed, with everything computed from it.`,
    people: cell.people,
  });
  return isEnough ? SHOWN : { shown: false, reason: 'frequency' };
}

/** A total may be shown if none of its cells is hidden, or at least two that together rest on enough people. */
function judgeMargin(table: MarginTable, cell: RawCell, context: Context): Verdict {
  const frequency = judgeFrequency(table, cell, context);
  if (!frequency.shown) return frequency;
  const [over, ...others] = [table.over].flat();
  if (over === undefined || others.length > 0) throw new Error('A margin sums one table so far.');
  const base = context.byName.get(over);
  const judged = context.verdicts.get(over);
  if (base?.kind !== 'cells' || !judged) {
    throw new Error(`The margin "${table.name}" must follow the cell table "${over}" that it sums.`);
  }
  const under = base.cells.filter((inner) => contains(inner.key, cell.key));
  const hidden = under.filter((inner) => !judged.get(keyText(inner.key))?.shown);
  const counts = hidden.map((inner) => inner.people);
  // Where people overlap, the largest hidden cell is all that is certain about how many are hidden together.
  const people = table.overlapping ? Math.max(0, ...counts) : counts.reduce((sum, count) => sum + count, 0);
  const isSafe = hidden.length === 0 || (hidden.length >= 2 && people >= context.thresholds.frequency);
  context.findings.push({
    rule: 'margin',
    table: table.name,
    cell: { ...cell.key },
    verdict: isSafe ? 'pass' : 'fail',
    message: marginMessage(hidden.length, isSafe, context.thresholds.frequency),
    people,
  });
  return isSafe ? SHOWN : { shown: false, reason: 'margin' };
}

function marginMessage(hidden: number, isSafe: boolean, threshold: number): string {
  if (hidden === 0) return 'No cell under this total is hidden.';
  if (isSafe)
    return `${hidden} cells under this total are hidden; together they rest on at least ${threshold} people.`;
  return `A hidden cell could be recovered from this total (${hidden} hidden under it; it takes at least two that together rest on ${threshold} people): suppressed.`;
}

function judgeDerived(table: DerivedTable, context: Context): Verdicts {
  const judged: Verdicts = new Map();
  for (const cell of table.cells) {
    const isShown = cell.from.every(
      ({ table: name, key }) => context.verdicts.get(name)?.get(keyText(key))?.shown === true,
    );
    if (!isShown) {
      const message = 'Computed from a number that is not shown: suppressed.';
      context.findings.push({
        rule: 'derived',
        table: table.name,
        cell: { ...cell.key },
        verdict: 'fail',
        message,
      });
    }
    judged.set(keyText(cell.key), isShown ? SHOWN : { shown: false, reason: 'derived' });
  }
  return judged;
}

function contains(key: Readonly<Record<string, string>>, part: Readonly<Record<string, string>>): boolean {
  return Object.entries(part).every(([name, value]) => key[name] === value);
}

/** Marks findings about cells whose labels may not be named. */
function markUnnamed(
  findings: readonly Finding[],
  raw: readonly RawTable[],
  unnamed: UnnamedLabels,
): Finding[] {
  const hidden = new Set(
    raw.flatMap((table) =>
      table.cells
        .filter((cell) => unnamed.has(...keysOf(cell)))
        .map((cell) => table.name + keyText(cell.key)),
    ),
  );
  return findings.map((finding) =>
    hidden.has(finding.table + keyText(finding.cell ?? {})) ? { ...finding, unnamed: true } : finding,
  );
}

/** The key of a cell, and of every cell it is computed from. */
function keysOf(cell: RawTable['cells'][number]): Readonly<Record<string, string>>[] {
  return 'from' in cell ? [cell.key, ...cell.from.map(({ key }) => key)] : [cell.key];
}

function withoutHidden(
  table: RawTable,
  judged: Verdicts,
  { unnamed, note }: { unnamed: UnnamedLabels; note: string },
): CheckedTable {
  const named = table.cells.filter((cell) => !unnamed.has(...keysOf(cell)) || isShown(judged, cell));
  return {
    name: table.name,
    title: table.title,
    keys: [...table.keys],
    measures: table.measures.map(({ name, label, unit }) => ({ name, label, unit })),
    rows: named.map((cell) => {
      const verdict = judged.get(keyText(cell.key)) ?? { shown: false, reason: 'derived' };
      return {
        key: { ...cell.key },
        cell: verdict.shown
          ? { status: 'shown', values: { ...cell.values } }
          : { status: 'suppressed', reason: verdict.reason },
      };
    }),
    notes: [...(table.notes ?? []), ...(named.length < table.cells.length ? [note] : [])],
  };
}

function isShown(judged: Verdicts, cell: RawTable['cells'][number]): boolean {
  return judged.get(keyText(cell.key))?.shown === true;
}
