// A schema asked a hundred thousand times: its own rules, without making each value anew.
import type { z } from 'zod';

export type Form = (value: unknown) => boolean;
/** By the names of members. */
export type Known = Readonly<Record<string, Form>>;

/**
 * Whether a value of JSON is one that `schema` accepts and leaves as it is. True is certain; false says only that the schema
 * itself has to be asked, as for whatever has no form of its own here. No option of a union may change what a later one takes.
 * A member that `known` says to be right is not looked at again.
 */
export function formOf(schema: z.core.$ZodType, known: Known = {}): Form {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const isBare = (def.checks ?? []).length === 0;
  if (isBare && def.type === 'object' && def.catchall?._zod.def.type === 'never')
    return membersOf(def.shape, known);
  if (isBare && def.type === 'union') return anyOf(def.options.map((option) => formOf(option)));
  if (isBare && def.type === 'record' && isAnyText(def.keyType) && def.valueType._zod.def.type === 'unknown')
    return isPlainObject;
  return remembered(asked(schema));
}

/** Exactly these members. */
function membersOf(shape: Readonly<Record<string, z.core.$ZodType>>, known: Known): Form {
  const names = Object.keys(shape);
  const forms = Object.entries(shape).map(([name, schema]) => {
    const form = formOf(schema);
    const isKnown = known[name];
    return isKnown ? anyOf([isKnown, form]) : form;
  });
  return (value) => {
    if (!isPlainObject(value)) return false;
    let members = 0;
    for (const _name in value) members += 1;
    if (members !== names.length) return false;
    for (let i = 0; i < members; i += 1) {
      const name = names[i] as string;
      if (!Object.hasOwn(value, name) || !(forms[i] as Form)(value[name])) return false;
    }
    return true;
  };
}

const anyOf =
  (forms: Form[]): Form =>
  (value) => {
    for (const form of forms) if (form(value)) return true;
    return false;
  };

/** What a record takes and leaves as it is: it drops a member that is named as prototypes are. */
const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !Object.hasOwn(value, '__proto__');

const isAnyText = (schema: z.core.$ZodType): boolean => {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'string' && (def.checks ?? []).length === 0 && !('format' in def);
};

const asked =
  (schema: z.core.$ZodType): Form =>
  (value) => {
    const result = schema._zod.run({ value, issues: [] }, {});
    return !(result instanceof Promise) && result.issues.length === 0 && result.value === value;
  };

/** What was said of a text or number holds the next time too; most members of entries are what they were in the one before. */
function remembered(form: Form): Form {
  let accepted: string | number | null = null;
  return (value) => {
    if (value === accepted && value !== null) return true;
    if (!form(value)) return false;
    if (typeof value === 'string' || typeof value === 'number') accepted = value;
    return true;
  };
}
