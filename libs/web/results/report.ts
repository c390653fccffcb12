// The report of a result: one accessible file without script, with its plots inside, for readers who were not there.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '#libs/language';
import { renderPart } from '../account-pages';
import type { ResultFigure, ResultFinding, ResultTable } from './terms';
import { leftToPerson, notShown, tableViews } from './view';

/** A result as it is stored; `MethodResult` of libs/statistics fits. */
export interface ReportedResult {
  readonly method: string;
  readonly version: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly thresholds: { readonly frequency: number };
  readonly tables: readonly ResultTable[];
  readonly plots: readonly ResultFigure[];
  readonly findings: readonly ResultFinding[];
}

export interface Report {
  readonly title: string;
  readonly result: ReportedResult;
  readonly method: { readonly title: string; readonly description: string };
  /** The plots as SVG, in the order of `result.plots`. They are put in as they are: only Parley's own drawings may come here. */
  readonly plots: readonly string[];
  /** What was registered, read, said and decided around it; null for a run without an engine. */
  readonly engine: object | null;
  readonly question?: string | null;
  /** What was read, in a sentence, where there is no engine to say it. */
  readonly data?: string;
}

const css = readFileSync(path.join(__dirname, 'report.css'), 'utf8');

/** The report as HTML, in a language. The same report is the same bytes. */
export function renderReport({ result, plots, ...told }: Report, language: Language): string {
  const { tables, findings, params } = result;
  const views = tableViews(tables, result.plots, language).map((view) => ({
    ...view,
    plots: view.plots.map((plot) => ({ ...plot, svg: asOneImage(plots[plot.number - 1] ?? '') })),
  }));
  return renderPart('report', language, {
    ...{ ...told, result, css, tables: views },
    ...{ hidden: notShown(tables, findings), left: leftToPerson(tables, findings) },
    params: Object.entries(params).map(([name, value]) => ({ name, value: JSON.stringify(value) })),
  });
}

/** Marks are labelled by their kind, which HTML does not allow on them: title and description tell the whole drawing. */
const asOneImage = (svg: string): string => svg.replace(/ aria-label="[^"]*"/g, '');
