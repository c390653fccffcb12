// Patterns of direct identifiers, as conditions on a value `v`; what cannot be seen in a value is kept out by the grant's types.
import { GIVEN_NAMES, NOT_NAMES, TITLES } from './given-names';
import type { ValueCheck } from './value-check';

const QUOTED = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');

/**
 * A title before a capital, or two or three words of which the first or the last is a common given name and none is a
 * word of places. A name that is neither is not seen.
 */
const PERSON_NAME = `regexp_matches(v, '^(${TITLES.join('|')})\\.? [A-Z]') or
  (regexp_full_match(v, '[[:alpha:]''-]+(, ?| )[[:alpha:]''.-]+( [[:alpha:]''.-]+)?') and
   list_has_any([string_split_regex(lower(v), '[ ,.]+')[1], string_split_regex(lower(v), ',? +')[-1], string_split_regex(lower(v), ', *')[-1]], [${QUOTED(GIVEN_NAMES)}]) and
   not list_has_any(string_split_regex(lower(v), '[ ,.]+'), [${QUOTED(NOT_NAMES)}]))`;

/** Full dates in a text, however written: the grant says `date` where one is meant. */
const FULL_DATE = `regexp_matches(v, '(^|[^0-9])([0-3]?[0-9][/.-][01]?[0-9][/.-](19|20)[0-9]{2}|(19|20)[0-9]{2}[/.-][01][0-9][/.-][0-3][0-9])($|[^0-9])')`;

export const IDENTIFIERS: readonly ValueCheck[] = [
  {
    code: 'EMAIL_ADDRESS',
    wrong: "contains(v, '@') and regexp_matches(v, '[^\\s@]+@[^\\s@]+\\.[A-Za-z]{2,}')",
  },
  {
    code: 'PHONE_NUMBER',
    wrong:
      "regexp_matches(regexp_replace(v, '[ ().-]', '', 'g'), '(^|[^0-9A-Za-z_])(\\+44|0044|0)[1-9][0-9]{8,9}($|[^0-9A-Za-z_])')",
  },
  {
    code: 'NATIONAL_INSURANCE_NUMBER',
    wrong: "regexp_matches(upper(replace(v, ' ', '')), '^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]$')",
  },
  { code: 'POSTCODE', wrong: "regexp_matches(upper(v), '\\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\\b')" },
];

/** What only a text can hold: a code of the grant's list or a pseudonym cannot be a name or a date. */
export const TEXT_IDENTIFIERS: readonly ValueCheck[] = [
  { code: 'PERSON_NAME', wrong: PERSON_NAME },
  { code: 'FULL_DATE', wrong: FULL_DATE },
];

/** Ten digits whose weighted sum gives the last one (NHS Data Dictionary, modulus 11). */
export const NHS: ValueCheck = { code: 'NHS_NUMBER', wrong: nhsNumber() };

function nhsNumber(): string {
  const digits = "regexp_replace(v, '[ -]', '', 'g')";
  const digit = (position: number) => `cast(substr(${digits}, ${position}, 1) as integer)`;
  const sum = Array.from({ length: 9 }, (_, index) => `${digit(index + 1)} * ${10 - index}`).join(' + ');
  // Nested, since only the branches of a CASE wait for their condition: most values are too short to be looked at.
  return `case when length(v) < 10 then false else
    case when regexp_full_match(${digits}, '[0-9]{10}') then (11 - (${sum}) % 11) % 11 = ${digit(10)} else false end end`;
}

/** Names of columns that say what they hold, whatever stands in them. */
const IDENTIFYING =
  /^(((first|last|given|family|full|middle|client|patient|pupil)[ _-]?)?name|surname|forenames?|nhs[ _-]?(no|num|number)?|nino|ni[ _-]?(no|number)|national[ _-]insurance.*|(home[ _-]?)?address([ _-]?line.*)?|post[ _-]?code|e[ _-]?mail.*|(tele)?phone.*|mobile([ _-]?(no|number))?)$/i;
const BIRTH = /^(dob|d[ _-]o[ _-]b|date[ _-]?of[ _-]?birth|birth[ _-]?(date|day)|born([ _-]?on)?)$/i;

/** Whether a column of this name would hold a direct identifier. */
export const namesIdentifier = (name: string): boolean => IDENTIFYING.test(name.trim());
/** Whether a column of this name holds days of birth. */
export const namesBirth = (name: string): boolean => BIRTH.test(name.trim());
