// Turns signed bytes (canonical JSON) into a tree of lists and tables that a page can show to a person.
import type { Language } from '#libs/language';
import { keyInWords } from './wording';

/** One value as the page shows it; `raw` values are shown in a fixed-width face. */
export type Shown =
  /** `id`: what stands in the signed bytes, where `text` says it in words. */
  | { as: 'text'; text: string; id?: string }
  | { as: 'raw'; text: string }
  | { as: 'nothing' }
  | { as: 'items'; items: Shown[] }
  | { as: 'terms'; terms: { label: string; value: Shown }[] }
  | { as: 'table'; columns: string[]; rows: Shown[][] };

/** Finds the present name of an opaque id; `undefined` when nobody knows it (or it was erased). */
export type NameLookup = (id: string) => string | undefined;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const OPAQUE_ID = /^(per|org|pgm|prj)_[a-zA-Z0-9]{1,40}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const CONSTANT = /^[A-Z_]{2,40}$/;
/** The salt only makes the digest unguessable; it says nothing to a reader and stands in the exact bytes below. */
const UNSAID = new Set(['salt']);

/** All opaque ids of people and organisations in a value, so that a page can look up their names at once. */
export function idsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') {
    if (OPAQUE_ID.test(value)) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) idsIn(item, found);
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (OPAQUE_ID.test(key)) found.add(key);
      idsIn(item, found);
    }
  }
  return found;
}

/** Reads signed bytes; `null` when they were erased or are not JSON (which only other software could have written). */
export function readContent(bytes: Buffer | null): unknown {
  if (bytes === null) return null;
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return bytes.toString('utf8');
  }
}

/** The words of a question as they were signed; null once erased. */
export function questionIn(bytes: Buffer | null): string | null {
  const content = readContent(bytes);
  if (typeof content !== 'object' || content === null || !('question' in content)) return null;
  return typeof content.question === 'string' ? content.question : null;
}

/** Shows any JSON value: objects as terms, arrays of alike objects as tables, ids as names, instants as dates. */
export function show(value: unknown, nameOf: NameLookup, language: Language): Shown {
  if (value === null || value === undefined || value === '') return { as: 'nothing' };
  if (typeof value === 'string') return showText(value, nameOf, language);
  if (typeof value === 'boolean') return { as: 'text', text: language.t(value ? 'said.yes' : 'said.no') };
  if (typeof value === 'number' || typeof value === 'bigint') return { as: 'text', text: String(value) };
  if (Array.isArray(value)) return showList(value, nameOf, language);
  if (isRecord(value)) return { as: 'terms', terms: termsOf(value, nameOf, language) };
  return { as: 'nothing' };
}

/** What was signed, its core and its covering text shown, beside whatever else is known of it. */
export const showContent = <T extends { core: unknown; cover: unknown }>(
  signed: T,
  nameOf: NameLookup,
  language: Language,
) => ({
  ...signed,
  ...shownCore(signed.core, nameOf, language),
  cover: show(signed.cover, nameOf, language),
});

/** The core in two parts: what people decide about, and how the thing is made, which few read and anyone may. */
function shownCore(core: unknown, nameOf: NameLookup, language: Language) {
  const entries = isRecord(core) ? Object.entries(core).filter(([key]) => !UNSAID.has(key)) : [];
  const making = entries.filter(([key, value]) => isMaking(key, value));
  if (making.length === entries.length) return { core: show(core, nameOf, language), making: null };
  const rest = Object.fromEntries(entries.filter(([key, value]) => !isMaking(key, value)));
  return {
    core: show(rest, nameOf, language),
    making: making.length === 0 ? null : show(Object.fromEntries(making), nameOf, language),
  };
}

/** Canonical bytes order keys by the alphabet; people want to know first what a thing is about, and last how it is made. */
const SAID_FIRST = [
  ...[
    'name',
    'column',
    'organisation',
    'source',
    'holder',
    'type',
    'gave',
    'cost',
    'title',
    'question',
    'purpose',
    'purposes',
    'summary',
    'text',
    'framing',
    'scope',
    'tier',
    'wave',
  ],
  ...['sources', 'fields', 'methods', 'recipients', 'readers', 'linkage', 'conditions', 'retention', 'rows'],
];
const SAID_LAST = [
  'boundary',
  'benefit',
  'release',
  'cycle',
  'project',
  'deposits',
  'bytes',
  'sha256',
  'engine',
  'format',
  'kind',
];

/** The description of a sealed file, references, digests and formats: a text or a list under the same key is none of these. */
const isMaking = (key: string, value: unknown): boolean =>
  isReference(value) ||
  (key === 'data' && isRecord(value)) ||
  (SAID_LAST.includes(key) && !Array.isArray(value) && !isRecord(value) && !isWords(value));

/** Several words are somebody's own. */
const isWords = (value: unknown): boolean => typeof value === 'string' && /\s/.test(value.trim());

/** A reference (an id and a digest) says less than a text under the same key. */
const isReference = (value: unknown) => isRecord(value) && 'core' in value && 'id' in value;

function placeOf(key: string, value: unknown): number {
  if (isReference(value) || SAID_LAST.includes(key)) return SAID_FIRST.length + 1 + SAID_LAST.indexOf(key);
  return SAID_FIRST.includes(key) ? SAID_FIRST.indexOf(key) : SAID_FIRST.length - 0.5;
}

/** What a part is called: a person or organisation by name, a known part by the catalogue, another by its author's own word. */
const labelOf = (key: string, nameOf: NameLookup, { known }: Language): string =>
  nameOf(key) ?? known(`content.${key}`) ?? keyInWords(key);

function termsOf(value: Record<string, unknown>, nameOf: NameLookup, language: Language) {
  return Object.entries(value)
    .filter(([key]) => !UNSAID.has(key))
    .sort(([a, x], [b, y]) => placeOf(a, x) - placeOf(b, y))
    .map(([key, item]) => ({ label: labelOf(key, nameOf, language), value: show(item, nameOf, language) }));
}

function showText(text: string, nameOf: NameLookup, { known, moment }: Language): Shown {
  if (OPAQUE_ID.test(text)) {
    const name = nameOf(text);
    return name === undefined ? { as: 'raw', text } : { as: 'text', text: name, id: text };
  }
  if (INSTANT.test(text)) return { as: 'text', text: moment(text) };
  if (DIGEST.test(text)) return { as: 'raw', text };
  const words = CONSTANT.test(text) ? (known(`tier.${text}`) ?? known(`constant.${text}`)) : undefined;
  return words === undefined ? { as: 'text', text } : { as: 'text', text: words, id: text };
}

/** A few short words of one kind (fields, methods) read better in a line than as a column of points. */
const isShortWord = (item: unknown): item is string =>
  typeof item === 'string' && item.length <= 24 && /^[A-Za-z0-9_]+$/.test(item) && !OPAQUE_ID.test(item);

function showList(list: unknown[], nameOf: NameLookup, language: Language): Shown {
  if (list.length === 0) return { as: 'nothing' };
  if (list.every(isShortWord)) return { as: 'text', text: list.join(', ') };
  if (list.every(isRecord)) {
    const keys = [...new Set(list.flatMap((row) => Object.keys(row)))]
      .filter((key) => !UNSAID.has(key))
      .sort((a, b) => placeOf(a, undefined) - placeOf(b, undefined));
    // A table stays readable on a narrow screen only with few columns; wider rows become lists of terms.
    if (keys.length > 0 && keys.length <= 3 && list.every((row) => keys.every((key) => isSmall(row[key])))) {
      return {
        as: 'table',
        columns: keys.map((key) => labelOf(key, nameOf, language)),
        rows: list.map((row) => keys.map((key) => show(row[key], nameOf, language))),
      };
    }
  }
  return { as: 'items', items: list.map((item) => show(item, nameOf, language)) };
}

function isSmall(value: unknown): boolean {
  if (Array.isArray(value))
    return value.length <= 8 && value.every((item) => typeof item !== 'object' || item === null);
  return typeof value !== 'object' || value === null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One place where two versions differ; absent sides mean "was not there" and "is no longer there". */
export interface Change {
  where: string;
  before: Shown;
  after: Shown;
}

/** What changed from one signed value to another, by the smallest part that differs; the salt never counts. */
export function differences(
  before: unknown,
  after: unknown,
  nameOf: NameLookup,
  language: Language,
  where: string[] = [],
): Change[] {
  if (sameJson(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (key) => !UNSAID.has(key),
    );
    return keys.flatMap((key) =>
      differences(before[key], after[key], nameOf, language, [...where, labelOf(key, nameOf, language)]),
    );
  }
  const place = where.length === 0 ? language.t('said.everything') : where.join(' › ');
  return [{ where: place, before: show(before, nameOf, language), after: show(after, nameOf, language) }];
}

function sameJson(a: unknown, b: unknown): boolean {
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => UNSAID.has(key) || sameJson(a[key], b[key]));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  return Object.is(a, b) || (a == null && b == null);
}
