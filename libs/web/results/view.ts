// A result as pages and reports lay it out: tables as rows of texts, each with its plots, and what is not shown with why.
import type { Language, Say } from '#libs/language';
import type { ResultCell, ResultFigure, ResultFinding, ResultTable } from './terms';

export interface TableView {
  name: string;
  title: string;
  /** How many of the columns say what a row is about; the rest are numbers. */
  keys: number;
  head: string[];
  /** `null` where a number is not shown. */
  rows: (string | null)[][];
  /** Rows beyond the most that are laid out; the CSV holds all. */
  more: number;
  notes: string[];
  /** Plots of this table's numbers, by the number in the plot's file name. */
  plots: { number: number; title: string }[];
}

/** `most` rows of each table; a plot stands with the table its numbers are in. */
export function tableViews(
  tables: readonly ResultTable[],
  plots: readonly ResultFigure[],
  language: Language,
  most = Infinity,
): TableView[] {
  const numbered = plots.map(({ title, source }, at) => ({ number: at + 1, title, table: source.table }));
  return tables.map((table) => ({
    ...{ name: table.name, title: table.title, keys: table.keys.length, notes: [...table.notes] },
    head: [...table.keys, ...table.measures.map(headOf)],
    rows: table.rows
      .slice(0, most)
      .map(({ key, cell }) => [
        ...table.keys.map((name) => key[name] ?? ''),
        ...table.measures.map(({ name }) => textOf(cell, name, language)),
      ]),
    more: Math.max(0, table.rows.length - most),
    plots: numbered
      .filter((plot) => plot.table === table.name)
      .map(({ number, title }) => ({ number, title })),
  }));
}

const headOf = ({ label, unit }: ResultTable['measures'][number]): string =>
  unit === '' || unit === label ? label : `${label} (${unit})`;

function textOf(cell: ResultCell, measure: string, { number }: Language): string | null {
  if (cell.status === 'suppressed' || cell.withheld?.[measure] !== undefined) return null;
  const value = cell.values[measure];
  return value === undefined ? '' : number(value);
}

export interface NotShown {
  table: string;
  message: string;
  places: number;
}

/** What was kept back and why, table by table; `findings` are those that travel with the result. */
export function notShown(tables: readonly ResultTable[], findings: readonly ResultFinding[]): NotShown[] {
  return placesOf(
    tables,
    findings.filter(({ verdict }) => verdict === 'fail'),
  );
}

/** What the rules left to a person, who let it stand. */
export function leftToPerson(tables: readonly ResultTable[], findings: readonly ResultFinding[]): NotShown[] {
  return placesOf(
    tables,
    findings.filter(({ verdict }) => verdict === 'review'),
  );
}

function placesOf(tables: readonly ResultTable[], findings: readonly ResultFinding[]): NotShown[] {
  const titles = new Map(tables.map(({ name, title }) => [name, title]));
  const found = new Map<string, NotShown>();
  for (const { table, message } of findings) {
    const place = JSON.stringify([table, message]);
    const known = found.get(place) ?? { table: titles.get(table) ?? table, message, places: 0 };
    known.places += 1;
    found.set(place, known);
  }
  return [...found.values()];
}

export interface FindingView {
  id: string;
  rule: string;
  table: string;
  verdict: string;
  messages: string[];
  /** Where, by the keys of the cells, and how many people stand behind each: for the checker alone. */
  places: { where: string; people: string }[];
  more: number;
}

/** The checker's findings by the id they are decided with, and the rules that found nothing. */
export function findingViews(
  findings: readonly ResultFinding[],
  most: number,
  { t }: Language,
): { open: FindingView[]; passed: { rule: string; tables: string[] }[] } {
  const open = new Map<string, FindingView>();
  const passed = new Map<string, Set<string>>();
  for (const finding of findings) {
    const { id, rule, table, verdict, message } = finding;
    if (verdict === 'pass' || id === undefined) {
      passed.set(rule, (passed.get(rule) ?? new Set()).add(table));
      continue;
    }
    const known = open.get(id) ?? { id, rule, table, verdict, messages: [], places: [], more: 0 };
    open.set(id, known);
    if (!known.messages.includes(message)) known.messages.push(message);
    if (known.places.length < most) known.places.push(placeOf(finding, t));
    else known.more += 1;
  }
  return {
    open: [...open.values()],
    passed: [...passed].map(([rule, tables]) => ({ rule, tables: [...tables] })),
  };
}

function placeOf({ cell, measure, people }: ResultFinding, t: Say): { where: string; people: string } {
  const keys = Object.entries(cell ?? {}).map(([key, label]) => `${key} ${label}`);
  const where = [...keys, ...(measure === undefined ? [] : [t('result.measure', { measure })])].join(', ');
  return {
    where: where === '' ? t('result.wholeTable') : where,
    people: people === undefined ? '' : `${people}`,
  };
}
