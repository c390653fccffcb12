// A schema asked a hundred thousand times: its own rules, without making each value anew.
import type { z } from 'zod';

export type Form = (value: unknown) => boolean;
/** By the names of members. */
export type Known = Readonly<Record<string, Form>>;

/**
 * Whether a value of JSON is one that `schema` accepts and leaves as it is. True is certain; false says only that the schema
 * itself has to be asked, as for members in another order and for whatever has no form of its own here. No option of a union
 * may change what a later one takes. A member that `known` says to be right is not looked at again.
 */
export function formOf(schema: z.core.$ZodType, known: Known = {}): Form {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const isBare = (def.checks ?? []).length === 0;
  if (isBare && def.type === 'object' && def.catchall?._zod.def.type === 'never')
    return membersOf(def.shape, known);
  if (isBare && def.type === 'union') return anyOf(def.options.map((option) => formOf(option)));
  if (isBare && def.type === 'record' && isAnyText(def.keyType) && def.valueType._zod.def.type === 'unknown')
    return isPlainObject;
  return asked(schema);
}

/**
 * Exactly these members, in the order of canonical text. What was said of a text or number holds the next time too: most members
 * of an entry are what they were in the one before.
 */
function membersOf(shape: Readonly<Record<string, z.core.$ZodType>>, known: Known): Form {
  const names = Object.keys(shape).sort();
  const forms = names.map((name) => {
    const form = formOf(shape[name] as z.core.$ZodType);
    const isKnown = known[name];
    return isKnown ? anyOf([isKnown, form]) : form;
  });
  const accepted: unknown[] = names.map(() => NOTHING);
  return (value) => {
    if (!isPlainObject(value)) return false;
    const [own, members] = [Object.keys(value), Object.values(value)];
    if (own.length !== names.length) return false;
    for (let i = 0; i < names.length; i += 1) {
      const member = members[i];
      if (own[i] !== names[i]) return false;
      if (member === accepted[i]) continue;
      if (!(forms[i] as Form)(member)) return false;
      if (typeof member !== 'object') accepted[i] = member;
    }
    return true;
  };
}

const NOTHING = Symbol();

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
