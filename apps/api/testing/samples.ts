// Bodies made from what the API says about itself: one that fits each command, and ways in which it fits no longer.
import type { z } from 'zod';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Schema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;

/** Ids that are there, by the beginning of their pattern. */
export type Known = Record<string, string>;

const STARTS: Record<string, string> = { '^org_': 'organisation', '^per_': 'person', '^pgm_': 'programme' };
const PATTERNS: Record<string, string> = {
  '^[a-z]{1,5}[0-9]{1,9}$': 'x1',
  '^([01]\\d|2[0-3]):[0-5]\\d$': '10:00',
  '^[0-9a-f]{64}$': 'a'.repeat(64),
  '^[A-Za-z][A-Za-z0-9_ .-]{0,79}$': 'treat',
  // A pseudonym, and a version or licence.
  '^[A-Za-z0-9][A-Za-z0-9_-]{15,63}$': 'p234567890123456',
  '^[^\\u0000-\\u001f\\u007f"]+$': 'OGL 3.0',
};
const FORMATS: Record<string, string> = {
  'date-time': new Date(Date.now() + 90 * 86_400_000).toISOString(),
  date: '2012-04-01',
  email: 'new@council.example',
  uri: 'https://data.example/x',
};

/** What every free text is asked to carry: markup, right-to-left and combining characters. */
export const NASTY = '<b>x</b> سؤال \u202e e\u0301 &amp;';

/** As small as a body may be, or with everything that may be left out. */
type Extent = 'small' | 'whole';

/** A body that fits the schema; `text` stands in every free text. */
export function sampleOf(schema: Schema, known: Known, text = NASTY, extent: Extent = 'small'): Json {
  const { const: constant, enum: values, anyOf, oneOf, allOf, type } = schema as Record<string, unknown>;
  if (constant !== undefined) return constant as Json;
  if (Array.isArray(values)) return values[0] as Json;
  const options = (anyOf ?? oneOf) as Schema[] | undefined;
  if (options) return sampleOf(options[0] ?? {}, known, text, extent);
  if (Array.isArray(allOf))
    return sampleOf(Object.assign({}, ...(allOf as object[])) as Schema, known, text, extent);
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return objectOf(schema, known, text, extent);
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, 0) }, () =>
        sampleOf(schema.items as Schema, known, text, extent),
      );
    case 'string':
      return stringOf(schema, known, text);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      return {};
  }
}

function objectOf(schema: Schema, known: Known, text: string, extent: Extent): Json {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  return Object.fromEntries(
    properties
      .filter(
        ([name, inner]) =>
          (schema.required?.includes(name) ?? false) || (extent === 'whole' && isText(inner)),
      )
      .map(([name, inner]) => [name, sampleOf(inner, known, text, extent)]),
  );
}

/** A free text, or one that may be null. */
const isText = ({ type, pattern, format, anyOf }: Schema): boolean =>
  (type === 'string' && pattern === undefined && format === undefined) || (anyOf?.some(isText) ?? false);

function stringOf({ pattern, format, maxLength }: Schema, known: Known, text: string): string {
  if (format && FORMATS[format]) return FORMATS[format];
  if (pattern === undefined) return text.slice(0, maxLength ?? text.length);
  const start = Object.keys(STARTS).find((each) => pattern.startsWith(each));
  const value = start === undefined ? PATTERNS[pattern] : known[STARTS[start] ?? ''];
  if (value === undefined) throw new Error(`No sample for the pattern ${pattern}: add one here.`);
  return value;
}

/** Every text of a body with its longest length and the path by which errors name it. */
export function textsOf(
  schema: Schema,
  body: Json,
  path: string[] = [],
): { path: string[]; longest: number }[] {
  const [either] = schema.anyOf ?? schema.oneOf ?? [];
  if (either) return textsOf(either, body, path);
  const inner = (found: Schema | undefined, value: Json, name: string) =>
    found ? textsOf(found, value, [...path, name]) : [];
  if (Array.isArray(body)) return body.flatMap((item, at) => inner(schema.items as Schema, item, String(at)));
  if (typeof body === 'object' && body !== null)
    return Object.entries(body).flatMap(([name, value]) =>
      inner(((schema.properties ?? {}) as Record<string, Schema>)[name], value, name),
    );
  const isFree = typeof body === 'string' && !schema.pattern && !schema.format && schema.maxLength;
  return isFree && path.length > 0 ? [{ path, longest: schema.maxLength as number }] : [];
}

/** The body with another value at a path. */
export function withAt(body: Json, [name, ...rest]: string[], value: Json): Json {
  if (name === undefined) return value;
  if (Array.isArray(body))
    return body.map((item, at) => (String(at) === name ? withAt(item, rest, value) : item));
  const object = body as { [key: string]: Json };
  return { ...object, [name]: withAt(object[name] ?? null, rest, value) };
}
