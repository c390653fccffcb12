// From what people type to what the API takes: lists, days, yes and no; nothing is guessed.
import type { Fields } from '#libs/web/http';

/** What was left empty was not given. */
export const given = (text: string | undefined): string | undefined =>
  text === undefined || text === '' ? undefined : text;

/** One a line, or between commas. */
export const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The boxes ticked under a name: each is a field of its own, `name.value`. */
export const ticked = (fields: Fields, name: string): string[] =>
  Object.keys(fields)
    .filter((key) => key.startsWith(`${name}.`))
    .map((key) => key.slice(name.length + 1));

export const yesOrNo = (text: string | undefined): boolean | undefined =>
  text === 'yes' ? true : text === 'no' ? false : undefined;

/** Anything else goes on as it is, for the schema to refuse. */
export const wholeNumber = (text: string | undefined): number | string | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : given(text);

/** The end of a day; anything else goes on as it is, for the schema to refuse. */
export const endOf = (day: string | undefined): string | undefined =>
  day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T23:59:59Z` : given(day);
