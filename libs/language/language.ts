// A language as pages and mails speak it: messages with their values put in, dates, spans of time and lists, all by ICU.
import { IntlMessageFormat } from 'intl-messageformat';
import type { Catalogue, MessageKey, Value, ValuesOf } from './messages';

/** Where a language is spoken, for the few things that are not words. */
export interface Manner {
  /** BCP 47: the `lang` of pages, and what a decision records. */
  locale: string;
  /** IANA; dates are shown in it, and say so. */
  timeZone: string;
  /** Whose dates, numbers and plurals; the locale's own where nothing is said. */
  icu?: string;
}

interface Markup {
  html: string;
}

/** The only markup a message may hold; anything else is text. */
const MARKS = Object.fromEntries(
  ['strong', 'code'].map((tag) => [
    tag,
    (chunks: (string | Markup)[]): Markup => ({ html: `<${tag}>${chunks.map(htmlOf).join('')}</${tag}>` }),
  ]),
);

/** How a message is said; what a function needs that only says messages. */
export type Say = Language['t'];

export class Language {
  readonly locale: string;
  /** Where its dates and hours are shown. */
  readonly timeZone: string;
  private readonly icu: string;
  private readonly compiled = new Map<MessageKey, string | IntlMessageFormat>();
  private readonly dates: Intl.DateTimeFormat;
  private readonly spans: Intl.RelativeTimeFormat;
  private readonly lists: Intl.ListFormat;
  private readonly choices: Intl.ListFormat;
  private readonly numbers: Readonly<Record<'whole' | 'significant' | 'scientific', Intl.NumberFormat>>;

  constructor(
    private readonly catalogue: Catalogue,
    { locale, timeZone, icu = locale }: Manner,
  ) {
    this.locale = locale;
    this.timeZone = timeZone;
    this.icu = icu;
    this.dates = new Intl.DateTimeFormat(icu, {
      ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone, timeZoneName: 'short' },
    });
    this.spans = new Intl.RelativeTimeFormat(icu);
    this.lists = new Intl.ListFormat(icu);
    this.choices = new Intl.ListFormat(icu, { type: 'disjunction' });
    const six = { maximumSignificantDigits: 6 } as const;
    this.numbers = {
      whole: new Intl.NumberFormat(icu, { maximumFractionDigits: 0 }),
      significant: new Intl.NumberFormat(icu, six),
      scientific: new Intl.NumberFormat(icu, { ...six, notation: 'scientific' }),
    };
  }

  /**
   * A message with its values, as plain text: whoever puts it into a page escapes it, values and all.
   * @throws for a key no catalogue has, and for a value that is missing.
   */
  readonly t = <Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>): string => {
    const message = this.messageOf(key);
    return typeof message === 'string' ? message : String(message.format(values[0]));
  };

  /** A message whose key is made of data, without values; undefined where the catalogue has none. */
  readonly known = (key: string): string | undefined =>
    Object.hasOwn(this.catalogue, key) ? (this.t as (key: string) => string)(key) : undefined;

  /** The same as HTML: what the message marks as <strong> or <code> is marked, everything else is escaped. */
  readonly html = <Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>): string => {
    const message = this.messageOf(key);
    if (typeof message === 'string') return escaped(message);
    const parts = message.format<Markup>({ ...(values[0] as Record<string, Value> | undefined), ...MARKS });
    return [parts].flat().map(htmlOf).join('');
  };

  /** `2026-12-03T17:00:00.000Z` → `Thursday 3 December 2026 at 17:00 GMT`. */
  readonly moment = (instant: string): string =>
    // Some versions of the locale data put a comma after the weekday; people need neither.
    this.dates.format(new Date(instant)).replace(/^(\p{L}+), /u, '$1 ');

  /** How far away an instant is, in the largest unit that says it: `in 9 days`, `in 5 hours`. */
  readonly remaining = (from: string, to: string): string => {
    const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
    if (minutes >= 2 * 1440) return this.spans.format(Math.floor(minutes / 1440), 'day');
    return minutes >= 120
      ? this.spans.format(Math.floor(minutes / 60), 'hour')
      : this.spans.format(minutes, 'minute');
  };

  /** `a, b and c`. */
  readonly list = (items: readonly string[]): string => this.lists.format(items);

  /** `a, b or c`. */
  readonly either = (items: readonly string[]): string => this.choices.format(items);

  /** Six digits, whole numbers in full. */
  readonly number = (value: number): string => {
    if (Number.isInteger(value)) return this.numbers.whole.format(value).replace(/^-0$/, '0');
    const size = Math.abs(value);
    return this.numbers[size < 1e-4 || size >= 1e12 ? 'scientific' : 'significant'].format(value);
  };

  /** Compiled once; a message without values is only its text. */
  private messageOf(key: MessageKey): string | IntlMessageFormat {
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const text = Object.hasOwn(this.catalogue, key) ? this.catalogue[key] : undefined;
    if (text === undefined)
      throw new Error(`The catalogue ${this.locale} has no message ${key}; add it there.`);
    const made = /[{<']/.test(text) ? new IntlMessageFormat(text, this.icu) : text;
    this.compiled.set(key, made);
    return made;
  }
}

function htmlOf(part: string | Markup): string {
  return typeof part === 'string' ? escaped(part) : part.html;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
