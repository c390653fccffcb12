// A language nobody speaks, made from English: every letter accented, every message in brackets, so that other text shows.
import { parseHTML } from 'linkedom';
import { Language } from '../language';
import { CATALOGUES, FIRST_LOCALE } from '../languages';
import type { Catalogue, MessageKey } from '../messages';

const LETTERS: Record<string, string> = Object.fromEntries(
  [...'ÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽàƀçðéƒĝĥîĵķļṁñöþɋŕšţûṽŵẋýž'].map((accented, index) => [
    String.fromCharCode(index < 26 ? 65 + index : 97 + index - 26),
    accented,
  ]),
);

/** Accents the words of a message; names of values, keywords of ICU and tags stay. */
export function accent(message: string): string {
  const said = accented(message, 0);
  return `⟦${said.text}⟧`;
}

interface Said {
  text: string;
  end: number;
}

/** Text up to the brace that closes it. */
function accented(message: string, from: number): Said {
  let text = '';
  let at = from;
  while (at < message.length) {
    const character = message[at] ?? '';
    if (character === '}') return { text, end: at };
    if (character === '{') {
      const inner = argument(message, at + 1);
      text += `{${inner.text}}`;
      at = inner.end + 1;
    } else if (character === '<') {
      const end = message.indexOf('>', at);
      text += message.slice(at, end + 1);
      at = end + 1;
    } else {
      text += LETTERS[character] ?? character;
      at += 1;
    }
  }
  return { text, end: at };
}

/** What stands in braces: a name, or a name with branches, each of them text again. */
function argument(message: string, from: number): Said {
  let text = '';
  let at = from;
  while (at < message.length && message[at] !== '}') {
    if (message[at] === '{') {
      const branch = accented(message, at + 1);
      text += `{${branch.text}}`;
      at = branch.end + 1;
    } else {
      text += message[at] ?? '';
      at += 1;
    }
  }
  return { text, end: at };
}

export const PSEUDO_LOCALE = 'en-XA';

/** English in letters nobody writes: what a page that brings its own catalogue is given. */
export function pseudoCatalogue(): Catalogue {
  const english = CATALOGUES.get(FIRST_LOCALE) ?? ({} as Catalogue);
  return Object.fromEntries(
    Object.entries(english).map(([key, message]) => [key, accent(message)]),
  ) as Catalogue;
}

/**
 * Dates, spans and lists come in Russian letters: a Latin letter on a page is then a value, or text outside the catalogue.
 * `said` gets the key of each message that is spoken.
 */
export function pseudoLanguage(said = new Set<string>()): Language {
  const catalogue = new Proxy(pseudoCatalogue(), {
    get: (messages, key: MessageKey) => {
      said.add(key);
      return messages[key];
    },
  });
  return new Language(catalogue, { locale: PSEUDO_LOCALE, timeZone: 'Europe/London', icu: 'ru' });
}

/** Addresses, and what ICU calls the time zone, are nobody’s words. */
const NO_WORDS = /\bhttps?:\/\/\S+|\b(?:GMT|UTC)(?:[+-]\d+)?\b/g;

/** Words in unaccented letters: what the pseudo-language did not say. `values` are what people and machines named. */
export function latinIn(text: string, values: readonly string[] = []): string[] {
  const without = [...values]
    .sort((a, b) => b.length - a.length)
    .reduce(
      (left, value) => (value === '' ? left : left.replaceAll(value, ' ')),
      text.replace(NO_WORDS, ' '),
    );
  return without.match(/[A-Za-z]+(?:[ ’'-]+[A-Za-z]+)*/g) ?? [];
}

/** Attributes that are read out or shown. */
const SPOKEN = ['aria-label', 'title', 'alt', 'placeholder', 'summary'];

interface Part {
  textContent: string | null;
  getAttribute(name: string): string | null;
  remove(): void;
}

/** What a page says to people; signed bytes, digests and ids stand in <code> and <pre>, and are nobody’s words, nor are scripts and drawings. */
export function saidBy(html: string): string {
  const { document } = parseHTML(html) as unknown as {
    document: { querySelectorAll(css: string): Iterable<Part>; documentElement: Part };
  };
  for (const raw of [...document.querySelectorAll('code, pre, script, style, svg')]) raw.remove();
  const attributes = [...document.querySelectorAll('*')].flatMap((part) =>
    SPOKEN.map((name) => part.getAttribute(name) ?? ''),
  );
  const texts = [...document.querySelectorAll('title, body')].map((part) => part.textContent ?? '');
  return [...texts, ...attributes].join(' ');
}
