// Collects what is wrong with a file, grouped by kind and column, and puts it into words without any value.
import { LISTED_ROWS } from './report';
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
  readonly severity?: DepositFinding['severity'];
}

export class Findings {
  private readonly tallies = new Map<string, Tally>();

  note(
    code: FindingCode,
    { column, rows = [], count = 1, detail = '', severity = 'refuse' }: Noted = {},
  ): void {
    const key = `${code}\0${column ?? ''}`;
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

/** One sentence per kind: what is wrong and what to do. Rows are counted with the header as row 1. */
const SENTENCES: Record<FindingCode, string> = {
  EMPTY_FILE: 'The file is empty. Deposit a CSV file with a header row.',
  WRONG_ENCODING: '{detail} Save it as "CSV UTF-8" and deposit it again.',
  NUL_BYTE:
    'a NUL byte at position {detail} of the file: this is not plain CSV text. Save it as "CSV UTF-8".',
  BYTE_ORDER_MARK: 'The file begins with a byte order mark; it was skipped.',
  NO_HEADER:
    'The first row names none of the granted columns. The file needs a header row, separated by commas: {detail}.',
  UNKNOWN_COLUMN: 'not in the grant. Leave it out (parley prepare does) and deposit the file again.',
  MISSING_COLUMN:
    'granted and not in the file. Add it; names must match exactly, also in upper and lower case.',
  REPEATED_COLUMN: 'stands more than once in the header. Keep one.',
  RAGGED_ROW: 'not {detail} fields, as the header has. Check for missing commas or quotes.',
  FIELD_TOO_LONG: `a field longer than ${(4096).toLocaleString('en-GB')} characters. Check for a missing closing quote; free text has no place here.`,
  UNCLOSED_QUOTE: 'a quote opens here and is never closed. Close it, or double quotes inside a field.',
  STRAY_QUOTE: 'a quote inside a field. Put the whole field in quotes and double those inside it.',
  TOO_MANY_ROWS: 'The file has more than {detail} rows, the most this grant takes. Deposit a shorter period.',
  NO_ROWS: 'The file has a header and no rows. Deposit the data with it.',
  MISSING_VALUE: 'no value, and one is required. Leave such rows out, or have the grant allow empty values.',
  WRONG_TYPE: 'not {detail}. Correct the values, or leave them empty where none is known.',
  OUT_OF_RANGE: 'outside {detail}. Correct the values, or have the grant amended.',
  UNKNOWN_CODE: 'not one of the granted codes. Recode the values, or have the grant amended.',
  NOT_A_PSEUDONYM:
    'not a pseudonym (16 to 64 letters, digits, - or _, not starting with a sign). Replace identifiers with parley prepare.',
  REPEATED_PSEUDONYM: '{detail}',
  FREE_TEXT:
    'longer than 100 characters or over several lines. Free text never leaves the holder: deposit codes instead.',
  INVISIBLE_CHARACTER: 'an invisible character (zero width, text direction or byte order mark). Remove it.',
  FORMULA: 'begins like a spreadsheet formula (=, +, -, @). Deposit the plain value.',
  EMAIL_ADDRESS: 'looks like an e-mail address. Remove direct identifiers before depositing.',
  PHONE_NUMBER: 'looks like a telephone number. Remove direct identifiers before depositing.',
  NHS_NUMBER: 'looks like an NHS number (its check digit fits). Remove direct identifiers before depositing.',
  NATIONAL_INSURANCE_NUMBER:
    'looks like a National Insurance number. Remove direct identifiers before depositing.',
  POSTCODE: 'looks like a full postcode. Deposit a larger area, as the grant says.',
  REPEATED_CELL: 'the same cell stands in another row too. Merge them, as parley prepare does.',
  IMPOSSIBLE_SUMS:
    'n, sum and sum of squares cannot belong together. Prepare the cell table again from the rows.',
  UNREADABLE: 'The file could not be checked: {detail} Check that it is plain CSV, or deposit less at once.',
};
