// Collects what is wrong with a file, grouped by kind and column, and puts it into words without any value.
import { LISTED_ROWS } from './report';
import { SENTENCES } from './sentences';
import type { DepositFinding, FindingCode } from './report';

interface Tally {
  readonly code: FindingCode;
  readonly severity: DepositFinding['severity'];
  readonly column: string | undefined;
  readonly detail: string;
  count: number;
  readonly rows: number[];
}

export interface Noted {
  readonly column?: string | undefined;
  readonly rows?: readonly number[];
  readonly count?: number;
  /** What the sentence needs beside column and rows: a limit, a byte position. Never a value. */
  readonly detail?: string;
  readonly severity?: DepositFinding['severity'] | undefined;
}

const BY_DETAIL: readonly FindingCode[] = ['ROW_RULE'];

export class Findings {
  private readonly tallies = new Map<string, Tally>();

  note(
    code: FindingCode,
    { column, rows = [], count = 1, detail = '', severity = 'refuse' }: Noted = {},
  ): void {
    // Two rules on one column are two findings; the same kind with another limit is not the same.
    const key = `${code}\0${column ?? ''}\0${BY_DETAIL.includes(code) ? detail : ''}`;
    const tally = this.tallies.get(key) ?? { code, severity, column, detail, count: 0, rows: [] };
    this.tallies.set(key, tally);
    tally.count += count;
    tally.rows.push(...rows.slice(0, LISTED_ROWS - tally.rows.length));
  }

  /** Takes over what another pass found. */
  absorb(other: Findings): void {
    for (const { code, ...noted } of other.tallies.values()) this.note(code, noted);
  }

  get isRefused(): boolean {
    return [...this.tallies.values()].some(({ severity }) => severity === 'refuse');
  }

  has(code: FindingCode): boolean {
    return [...this.tallies.values()].some((tally) => tally.code === code);
  }

  list(): DepositFinding[] {
    return [...this.tallies.values()].map((tally) => ({
      code: tally.code,
      severity: tally.severity,
      ...(tally.column === undefined ? {} : { column: tally.column }),
      count: tally.count,
      rows: tally.rows,
      message: messageOf(tally),
    }));
  }
}

function messageOf(tally: Tally): string {
  const place = [tally.column === undefined ? '' : `column "${tally.column}"`, rowsText(tally)]
    .filter((part) => part !== '')
    .join(', ');
  const sentence = SENTENCES[tally.code].replace('{detail}', tally.detail);
  return place === '' ? sentence : `${place[0]?.toUpperCase()}${place.slice(1)}: ${sentence}`;
}

function rowsText({ rows, count }: Tally): string {
  if (rows.length === 0) return '';
  if (count === 1) return `row ${rows[0]}`;
  const more = count > rows.length ? ` and ${(count - rows.length).toLocaleString('en-GB')} more` : '';
  return `rows ${rows.join(', ')}${more}`;
}
