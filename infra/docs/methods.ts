// The catalogue of methods as a page, from what each method declares, so that it cannot say anything else.
import { catalogue } from '#libs/statistics';
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

const HEAD = `# Methods

Made by \`npm run docs\` from the catalogue (\`libs/statistics/catalogue.ts\`); the API lists the same under \`/methods\`, with each method's
JSON Schema. Numbers pass the output check before anyone but a checker sees them, by the rules named here and whatever the holders' conditions add.
`;

export function methodsPage(): string {
  return `${HEAD}\n${Object.values(catalogue).map(sectionOf).join('\n')}`;
}

type Shown = (typeof catalogue)[keyof typeof catalogue];

function sectionOf({ name, version, title, description, params, ...method }: Shown): string {
  const { accepts, reports, reference, rules, weights } = method;
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as Schema;
  return [
    `## ${title} (\`${name}\` ${version})`,
    description,
    [
      `- Reads ${accepts.join(' or ')}.`,
      `- Reports: ${reports}`,
      `- Held to: ${reference}`,
      `- Weights: ${'takes' in weights ? weights.takes : `none, for ${weights.refuses}`}${'takes' in weights ? '.' : ''}`,
      `- Rules of the check: ${rules.map((rule) => rule.replaceAll('_', ' ')).join(', ')}.`,
    ].join('\n'),
    'Parameters:',
    `${parametersOf(schema, '').join('\n')}\n`,
  ].join('\n\n');
}

/** A line per parameter, and below one that is made of others a line for each of them. */
function parametersOf({ properties = {}, required = [] }: Schema, indent: string): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const about = schema.description === undefined ? '' : `: ${schema.description.replaceAll('\n', ' ')}`;
    return [
      `${indent}- \`${name}\` (${takes(schema)}, ${otherwise(schema, required.includes(name))})${about}`,
      ...(schema.properties ? parametersOf(schema, `${indent}  `) : []),
    ];
  });
}

function otherwise(schema: Schema, isRequired: boolean): string {
  if (schema.default !== undefined) return `\`${JSON.stringify(schema.default)}\` if not given`;
  return isRequired ? 'needed' : 'may be left out';
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
