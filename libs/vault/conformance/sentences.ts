// Every kind of finding in words: what is wrong and what to do, never a value.
import type { FindingCode } from './report';

/** One sentence per kind: what is wrong and what to do. Rows are counted with the header as row 1. */
export const SENTENCES: Record<FindingCode, string> = {
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
  UNREADABLE:
    'The file could not be checked: {detail} Check that it is plain CSV or Parquet, whole as it was exported, or deposit less at once.',
  WRONG_DELIMITER:
    'The columns are separated by {detail}. Save it with commas (CSV) or tabs (TSV) and deposit it again.',
  EMPTY_NAME: 'The header has {detail} without a name. Name them, or remove them.',
  THOUSANDS_SEPARATOR: 'a number with thousands separators. Write it without: 1234.5.',
  LOST_ZEROS:
    'a code that lost its leading zeros, as spreadsheets do. Export again with the column as text; nothing is guessed.',
  WRONG_DATE: 'not a date written like {detail}. Write all dates so; days and months are never guessed.',
  SPREADSHEET_DATE:
    "a spreadsheet's day number instead of a date. Export it as a date written like {detail}.",
  DATE_TOO_FINE: 'a finer date than was granted. Write it like {detail}; parley prepare does.',
  OUT_OF_PERIOD: 'outside the granted period {detail}. Leave such rows out; parley prepare does.',
  REMOVED_BY_PERIOD: 'outside the granted period {detail}: taken out before a release, as the grant says.',
  DATE_OF_BIRTH: 'holds days of birth. Deposit an age band, or the year as granted.',
  FULL_DATE: 'holds a full date. Where one is meant the grant says so; otherwise remove it.',
  PERSON_NAME: 'looks like the name of a person. Remove direct identifiers before depositing.',
  IDENTIFYING_COLUMN:
    'named like a direct identifier. Remove it, or have the grant name it for what it holds.',
  PLACE_TOO_FINE: 'a finer place than was granted. Deposit the larger area; parley prepare does.',
  NOT_A_PLACE: 'not {detail}. Correct the codes, or have the grant list them.',
  ROW_RULE: '{detail}. Correct the rows.',
  REPEATED_KEY: 'the same {detail} as in another row, and the grant takes each once. Remove the duplicates.',
  REPEATED_ROW: 'the same in every value as another row. Check that it was not exported twice.',
  NOT_OF_STOCK: 'not there on {detail}, the day of this stock. Leave such rows out.',
  NO_FLOW:
    'empty in every row, so nobody ever left: that is a stock, not a flow. Add those who left, or have the source declared STOCK.',
  SMALL_CELL:
    'fewer than {detail} people, and the grant lets no such cell out. Leave them out; parley prepare does.',
  TOO_MANY_ORGANISATIONS: 'more organisations than people. Prepare the cell table again from the rows.',
  NO_VERDICT: 'not in the file: whether the sums are dominated by few people is left to a person.',
};
