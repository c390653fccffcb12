// The parameters of a method as fields, made from the schema that checks them, and read back from what is typed into them.
import { catalogue, MethodName, parametersOf } from '#libs/statistics';
import type { Parameter } from '#libs/statistics';
import type { Fields } from '#libs/web/http';
import { line, radios, select, text } from './fields';
import { given, listed, lines } from './reading';
import { Misfit } from './terms';
import type { FormField, Option } from './terms';

/** Where they stand in the body of the route. */
const AT = 'params';

/** Of the method that was chosen; none where it is none. */
export function parameterFields(chosen: string): FormField[] {
  return typedOf(chosen).map((parameter) => fieldOf(parameter));
}

/**
 * What was typed, as the method takes it.
 * @throws Misfit with every parameter that does not fit, beside its field.
 */
export function parametersTyped(chosen: string, fields: Fields): unknown {
  const method = MethodName.safeParse(chosen);
  if (!method.success) return undefined;
  const typed = typedOf(chosen).reduce<Record<string, unknown>>((whole, parameter) => {
    const value = valueOf(parameter, fields[nameOf(parameter)]);
    return value === undefined ? whole : put(whole, parameter.path.split('.'), value);
  }, {});
  const parsed = catalogue[method.data].params.safeParse(typed);
  if (parsed.success) return typed;
  throw new Misfit(
    parsed.error.issues.map(({ path, message }) => ({ path: [AT, ...path].map(String).join('.'), message })),
  );
}

/** Those that are made of others have no field of their own. */
function typedOf(chosen: string): Parameter[] {
  const method = MethodName.safeParse(chosen);
  return method.success
    ? parametersOf(catalogue[method.data].params).filter(({ shape }) => !shape.isMade)
    : [];
}

const nameOf = ({ path }: Parameter): string => `${AT}.${path}`;

const TRUE_OR_FALSE: Option[] = [
  { value: 'true', text: 'Yes' },
  { value: 'false', text: 'No' },
];

function fieldOf(parameter: Parameter): FormField {
  const { path, shape, otherwise } = parameter;
  const more = { optional: isOptional(parameter), hint: hintOf(parameter) };
  const label = path.replace('.', ': ');
  if (shape.values.length > 0 && !shape.isList) {
    const options = () => shape.values.map((value) => ({ value, text: value }));
    return select(nameOf(parameter), label, options, more);
  }
  if (shape.types.includes('boolean')) return radios(nameOf(parameter), label, () => TRUE_OR_FALSE, more);
  const isLong = shape.isList && shape.types.includes('object');
  return (isLong ? text : line)(nameOf(parameter), label, {
    ...more,
    optional: otherwise !== null || more.optional,
  });
}

/** Needed only as a part of something that may be left out as a whole. */
const isOptional = ({ otherwise, path }: Parameter): boolean => otherwise !== null || path.includes('.');

function hintOf({ about, otherwise, shape, takes }: Parameter): string {
  const how = !shape.isList
    ? ''
    : shape.types.includes('object')
      ? `One a line: ${shape.types.includes('string') ? 'the name of a field, or ' : ''}an object as JSON.`
      : 'With commas between them.';
  const what = shape.values.length > 0 || shape.types.includes('boolean') ? '' : `Takes ${takes}.`;
  const rest = typeof otherwise === 'string' ? `If not given: ${otherwise}.` : '';
  return [about === '' ? '' : `${about.charAt(0).toUpperCase()}${about.slice(1)}.`, what, how, rest]
    .filter((part) => part !== '')
    .join(' ');
}

function valueOf(parameter: Parameter, typed: string | undefined): unknown {
  if (given(typed) === undefined) return undefined;
  const { shape } = parameter;
  if (!shape.isList) return partOf(parameter, typed ?? '');
  const parts = shape.types.includes('object') ? lines(typed) : listed(typed);
  return parts.length === 0 ? undefined : parts.map((part) => partOf(parameter, part));
}

/** What is none of what it could be goes on as it was typed, for the schema to refuse. */
function partOf(parameter: Parameter, typed: string): unknown {
  const { types } = parameter.shape;
  const part = typed.trim();
  if (types.includes('object') && part.startsWith('{')) return objectIn(parameter, part);
  if (types.includes('boolean')) return part === 'true' ? true : part === 'false' ? false : part;
  const isNumber = types.includes('number') || types.includes('integer');
  return isNumber && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(part) ? Number(part) : part;
}

function objectIn(parameter: Parameter, part: string): unknown {
  try {
    return JSON.parse(part) as unknown;
  } catch (error) {
    const message = `this is not JSON (${error instanceof Error ? error.message : 'unreadable'})`;
    throw new Misfit([{ path: nameOf(parameter), message }]);
  }
}

function put(
  whole: Record<string, unknown>,
  [first = '', ...rest]: string[],
  value: unknown,
): Record<string, unknown> {
  const inner = (whole[first] ?? {}) as Record<string, unknown>;
  return { ...whole, [first]: rest.length === 0 ? value : put(inner, rest, value) };
}
