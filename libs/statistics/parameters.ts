// A method's parameters in words, from the schema that checks them, so that no explanation can say anything else.
import { z } from 'zod';

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export interface Parameter {
  /** With what it belongs to before it: `imputation.seed`. */
  readonly path: string;
  readonly takes: string;
  /** What holds where it is not given; null: it is needed, `undefined`: it may be left out. */
  readonly otherwise: string | null | undefined;
  readonly about: string;
  readonly shape: Shape;
}

/** What a parameter is made of, for whoever makes a field of it. */
export interface Shape {
  readonly isList: boolean;
  /** JSON Schema's names of types; any of them. */
  readonly types: readonly string[];
  /** Where only these are taken. */
  readonly values: readonly string[];
  /** Its parts are parameters of their own. */
  readonly isMade: boolean;
}

/** Each parameter, and after one that is made of others each of them. */
export const parametersOf = (params: z.ZodType): Parameter[] =>
  within(z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as Schema, '');

const within = ({ properties = {}, required = [] }: Schema, before: string): Parameter[] =>
  Object.entries(properties).flatMap(([name, schema]) => [
    {
      ...{ path: `${before}${name}`, takes: takes(schema) },
      otherwise: otherwise(schema, required.includes(name)),
      about: (schema.description ?? '').replaceAll('\n', ' '),
      shape: shapeOf(schema),
    },
    ...within(schema, `${before}${name}.`),
  ]);

function shapeOf(schema: Schema): Shape {
  const isList = schema.type === 'array';
  const each = isList ? (schema.items ?? {}) : schema;
  return {
    ...{ isList, types: (each.anyOf ?? [each]).map(({ type }) => String(type)) },
    ...{ values: (each.enum ?? []).map(String), isMade: schema.properties !== undefined },
  };
}

function otherwise(schema: Schema, isRequired: boolean): string | null | undefined {
  if (schema.default !== undefined) return JSON.stringify(schema.default);
  return isRequired ? null : undefined;
}

function takes({ type, enum: values, items, anyOf }: Schema): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(' or ');
  if (anyOf) return [...new Set(anyOf.map(takes))].join(' or ');
  if (type === 'array') return `a list of ${items ? takes(items) : 'values'}`;
  return WORDS[String(type)] ?? 'a value';
}

const WORDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
};
