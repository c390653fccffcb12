// The languages there are: one file each in `catalogues/`, found by name, chosen by what a person prefers.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Language } from './language';
import type { Catalogue } from './messages';

const FOLDER = path.join(__dirname, 'catalogues');
const load = createRequire(__filename);
const FILE = /^([a-z]{2,3}(?:-[A-Z][A-Za-z]{3})?(?:-[A-Z]{2})?)\.(?:ts|js)$/;

/** Every catalogue by its locale: a file dropped into the folder is a language. */
export const CATALOGUES: ReadonlyMap<string, Catalogue> = new Map(
  readdirSync(FOLDER).flatMap((file) => {
    const locale = FILE.exec(file)?.[1];
    return locale === undefined
      ? []
      : [[locale, (load(path.join(FOLDER, file)) as { default: Catalogue }).default]];
  }),
);

/** What is spoken where nothing else is asked for or known. */
export const FIRST_LOCALE = 'en-GB';

export interface Speech {
  /** Where nothing a person asks for is spoken. */
  locale?: string;
  timeZone?: string;
}

/** All languages in one time zone, each made once. */
export class Languages {
  private readonly spoken: ReadonlyMap<string, Language>;
  readonly first: Language;

  /** @throws when no catalogue has the locale. */
  constructor({ locale = FIRST_LOCALE, timeZone = 'Europe/London' }: Speech = {}, catalogues = CATALOGUES) {
    this.spoken = new Map(
      [...catalogues].map(([each, catalogue]) => [each, new Language(catalogue, { locale: each, timeZone })]),
    );
    const first = this.spoken.get(locale);
    if (first === undefined)
      throw new Error(`No catalogue speaks ${locale}; there are ${[...this.spoken.keys()].join(', ')}.`);
    this.first = first;
  }

  /** The language an `Accept-Language` header (RFC 9110 § 12.5.4) prefers among those spoken, or the first. */
  preferred(header: string | undefined): Language {
    if (this.spoken.size === 1 || header === undefined) return this.first;
    for (const wanted of wantedBy(header)) {
      const found = this.speaking(wanted);
      if (found !== undefined) return found;
    }
    return this.first;
  }

  /** The very locale, or one of the same language. */
  private speaking(wanted: string): Language | undefined {
    const base = (tag: string) => tag.toLowerCase().split('-')[0];
    const all = [...this.spoken.values()];
    return (
      all.find(({ locale }) => locale.toLowerCase() === wanted) ??
      all.find(({ locale }) => base(locale) === base(wanted))
    );
  }
}

/** Tags by falling weight; what has none weighs one, what weighs nothing is not wanted. */
function wantedBy(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
      const weight = parameters.find((each) => each.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => /^[a-z]/.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
