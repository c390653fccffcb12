// Templates that speak a language: nunjucks with `t` for text and `rich` for text with marked words in it.
import nunjucks from 'nunjucks';
import type { Language, MessageKey, Value } from '#libs/language';

type Say = (key: MessageKey, values?: Readonly<Record<string, Value>>) => string;

export interface Speaking {
  folder: string;
  /** Off only where text is written as text: plain mails. */
  autoescape: boolean;
  /** Filters by name, as the language has them. */
  filters?: (language: Language) => Readonly<Record<string, (value: unknown) => string>>;
}

/**
 * Templates of a folder, by the language they speak: `t('key', { name: value })` gives text, which is escaped like any
 * other value; `rich('key', { … })` gives markup in which everything but the message's own <strong> and <code> is escaped.
 */
export function speaking({ folder, autoescape, filters = () => ({}) }: Speaking) {
  const environments = new WeakMap<Language, nunjucks.Environment>();
  return (language: Language): nunjucks.Environment => {
    const known = environments.get(language);
    if (known !== undefined) return known;
    // A loader each: nunjucks keeps compiled templates in the loader, with the first environment's escaping and words.
    const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folder), {
      autoescape,
      trimBlocks: true,
      lstripBlocks: true,
    });
    environment.addGlobal('lang', language.locale);
    // Keys in templates are held against the catalogue by a test instead of by the compiler.
    environment.addGlobal('t', language.t);
    environment.addGlobal('rich', (...said: Parameters<Say>) => markup((language.html as Say)(...said)));
    for (const [name, filter] of Object.entries(filters(language))) environment.addFilter(name, filter);
    environments.set(language, environment);
    return environment;
  };
}

const markup = (html: string): unknown => new nunjucks.runtime.SafeString(html);
