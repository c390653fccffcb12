// What stakeholders read, in their language: typed messages, dates, spans of time and lists.
export { Language } from './language';
export type { Say } from './language';
export { CATALOGUES, FIRST_LOCALE, Languages } from './languages';
export type { Speech } from './languages';
export type { Catalogue, MessageKey, Value, ValuesOf } from './messages';
