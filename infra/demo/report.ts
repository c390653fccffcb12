// What the demonstration says to the person at the terminal: chapters, numbered steps with their durations, tables.
import type { Missing } from './api';
import type { CheckedTable, Cell } from './results';

export type Print = (line: string) => void;

const WIDTH = 100;
const DOES_WIDTH = WIDTH - 14;
const HEAD_WIDTH = 24;
const WHOSE_WIDTH = 36;
const INDENT = '        ';

export class Report {
  private steps = 0;

  /** @param live shows what is being done in the place of what it showed before; nothing at all where it is empty. */
  constructor(
    private readonly print: Print,
    private readonly live: Print = () => undefined,
  ) {}

  chapter(title: string): void {
    this.print(`\n  ${title}\n  ${'─'.repeat(title.length)}`);
  }

  /** One numbered step: who does what, how long it took, and why it is done. */
  async step<T>(does: string, why: string, work: () => Promise<T>): Promise<T> {
    this.steps += 1;
    const number = String(this.steps).padStart(4);
    const began = performance.now();
    this.live(`${number}  … ${folded(does, DOES_WIDTH)[0]}`);
    try {
      const value = await work();
      this.live('');
      this.did(number, '✓', does, `${((performance.now() - began) / 1000).toFixed(1)} s`);
      if (why !== '') this.note(why);
      return value;
    } catch (error) {
      this.live('');
      this.did(number, '✗', does, '');
      throw error;
    }
  }

  private did(number: string, mark: string, does: string, took: string): void {
    const lines = folded(does, DOES_WIDTH);
    for (const [at, line] of lines.entries()) {
      const begin = at === 0 ? `${number}  ${mark} ` : INDENT;
      const end = at === lines.length - 1 ? ` ${took.padStart(7)}` : '';
      this.print(`${begin}${line.padEnd(DOES_WIDTH)}${end}`.trimEnd());
    }
  }

  /** A numbered step that an earlier start has done. */
  doneBefore(does: string): void {
    this.steps += 1;
    this.did(String(this.steps).padStart(4), '·', does, 'before');
  }

  /** Something to know about the step above. */
  note(text: string): void {
    for (const line of folded(text, WIDTH - INDENT.length)) this.print(`${INDENT}${line}`);
  }

  /** Something to be copied: never folded. */
  command(text: string): void {
    this.print(`${INDENT}${text}`);
  }

  blank(): void {
    this.print('');
  }

  /** The gate's answer to an early attempt: what is missing, why, and whose move it is. */
  missing(missing: readonly Missing[]): void {
    const rows = missing.flatMap(({ rule, reason, names = [] }) => {
      const [whose = '', ...more] = folded(names.join(', ') || '(the engine)', WHOSE_WIDTH);
      return [[rule, reason, whose], ...more.map((line) => ['', '', line])];
    });
    this.table(['missing', 'because', 'whose move'], rows);
  }

  /** A table of a checked result, or those of its measures that are named; a cell that may not be shown says so, and nothing else. */
  checked(table: CheckedTable, threshold: number, only?: readonly string[]): void {
    this.note(table.title);
    const measures = table.measures.filter(({ name }) => only?.includes(name) ?? true);
    const rows = table.rows.map(({ key, cell }) => [
      ...table.keys.map((name) => key[name] ?? ''),
      ...measures.map(({ name }) => shown(cell, name, threshold)),
    ]);
    this.table([...table.keys, ...measures.map(({ label }) => label)], rows);
  }

  table(titles: readonly string[], rows: readonly (readonly string[])[]): void {
    const heads = titles.map((title) => folded(title, HEAD_WIDTH));
    const widths = heads.map((lines, at) =>
      Math.max(...lines.map(({ length }) => length), ...rows.map((row) => (row[at] ?? '').length)),
    );
    const isNumbers = heads.map((_, at) => rows.every((row) => /^[-+−\d]|^hidden/.test(row[at] ?? '')));
    const line = (cells: readonly string[]) =>
      cells
        .map((cell, at) => (isNumbers[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join('   ');
    this.print('');
    // Titles stand on their last line, as those of one line do.
    const tallest = Math.max(...heads.map(({ length }) => length));
    for (let from = tallest; from > 0; from--)
      this.print(`${INDENT}${line(heads.map((lines) => lines.at(-from) ?? '')).trimEnd()}`);
    this.print(`${INDENT}${widths.map((width) => '─'.repeat(width)).join('   ')}`);
    for (const row of rows) this.print(`${INDENT}${line(row).trimEnd()}`);
    this.print('');
  }
}

function shown(cell: Cell, measure: string, threshold: number): string {
  if (cell.status === 'suppressed')
    return cell.reason === 'protected' ? `hidden (protects under ${threshold} people)` : 'hidden';
  const value = cell.values[measure];
  if (value === undefined) return '';
  if (measure === 'difference') return signed(value);
  return Math.abs(value) < 10 && !Number.isInteger(value) ? value.toFixed(2) : inThousands(value);
}

export const inThousands = (value: number): string =>
  Math.round(value).toLocaleString('en-US').replace('-', '−');

export const signed = (value: number): string => (value > 0 ? `+${inThousands(value)}` : inThousands(value));

function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
