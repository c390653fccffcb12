// The report on a deposit: what was wrong, where, and what to do next; never a value of the data.
import { z } from 'zod';
import { ColumnProfile } from './profile';

export const FindingCode = z.enum([
  'EMPTY_FILE',
  'WRONG_ENCODING',
  'NUL_BYTE',
  'BYTE_ORDER_MARK',
  'NO_HEADER',
  'UNKNOWN_COLUMN',
  'MISSING_COLUMN',
  'REPEATED_COLUMN',
  'RAGGED_ROW',
  'FIELD_TOO_LONG',
  'UNCLOSED_QUOTE',
  'STRAY_QUOTE',
  'TOO_MANY_ROWS',
  'NO_ROWS',
  'MISSING_VALUE',
  'WRONG_TYPE',
  'OUT_OF_RANGE',
  'UNKNOWN_CODE',
  'NOT_A_PSEUDONYM',
  'REPEATED_PSEUDONYM',
  'FREE_TEXT',
  'INVISIBLE_CHARACTER',
  'FORMULA',
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'NHS_NUMBER',
  'NATIONAL_INSURANCE_NUMBER',
  'POSTCODE',
  'REPEATED_CELL',
  'IMPOSSIBLE_SUMS',
  'WRONG_DELIMITER',
  'EMPTY_NAME',
  'THOUSANDS_SEPARATOR',
  'LOST_ZEROS',
  'WRONG_DATE',
  'SPREADSHEET_DATE',
  'DATE_TOO_FINE',
  'OUT_OF_PERIOD',
  'REMOVED_BY_PERIOD',
  'DATE_OF_BIRTH',
  'FULL_DATE',
  'PERSON_NAME',
  'IDENTIFYING_COLUMN',
  'PLACE_TOO_FINE',
  'NOT_A_PLACE',
  'ROW_RULE',
  'REPEATED_KEY',
  'REPEATED_ROW',
  'NOT_OF_STOCK',
  'NO_FLOW',
  'SMALL_CELL',
  'TOO_MANY_ORGANISATIONS',
  'NO_VERDICT',
  'UNREADABLE',
]);
export type FindingCode = z.infer<typeof FindingCode>;

export const DepositFinding = z.strictObject({
  code: FindingCode,
  /** `refuse` refuses the deposit; `note` only informs. */
  severity: z.enum(['refuse', 'note']),
  column: z.string().optional(),
  /** How many times; `rows` lists the first ten, the header being row 1. */
  count: z.int().positive(),
  rows: z.array(z.int().positive()).max(10),
  message: z.string(),
});
export type DepositFinding = z.infer<typeof DepositFinding>;

export const DepositReport = z.strictObject({
  format: z.literal(1),
  accepted: z.boolean(),
  level: z.enum(['ROWS', 'CELLS']),
  /** Digest and length of the plain file as received. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().nonnegative(),
  /** Data rows, the header not counted. */
  rows: z.int().nonnegative(),
  columns: z.array(z.string()),
  findings: z.array(DepositFinding),
  /** Of an accepted deposit: what it looks like, under the disclosure rules. */
  profile: z.array(ColumnProfile).optional(),
});
export type DepositReport = z.infer<typeof DepositReport>;

export const LISTED_ROWS = 10;
