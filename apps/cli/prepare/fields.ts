// One granted field from its raw value: dates read, ages and bands made, places looked up, text coded; nothing guessed.
import { bandOf, exampleOf, isOutside, keyOf, writtenAs } from '#libs/vault';
import type { FieldSpec } from '#libs/vault';
import { ageOn, dayIn } from './dates';
import type { FieldPlan } from './plan';
import { frameIn, lookupIn } from './tables';

/** What becomes of a raw value. `OUTSIDE`: the row lies outside the granted period. `WRONG`: it cannot be read. */
export type Made =
  | { readonly value: string; readonly isUnmatched?: true }
  | { readonly outside: true }
  | { readonly wrong: string };

export type FieldMaker = (raw: string) => Made;

/** Makes the values of one field; an empty raw value stays empty. */
export async function fieldMaker(field: FieldSpec, plan: FieldPlan, directory: string): Promise<FieldMaker> {
  const code = await coder(plan, directory);
  const make = field.type === 'date' ? dateMaker(field, plan) : valueMaker(field, plan);
  return timeMaker(field, (raw) => {
    // Free text is coded also where there is none: "otherwise" then says so.
    if (raw === '' && !(plan.frame && plan.otherwise !== undefined)) return { value: '' };
    if (!code) return make(raw);
    const coded = code(raw);
    if (coded !== null) return make(coded);
    return plan.otherwise === undefined ? { value: '', isUnmatched: true } : { value: plan.otherwise };
  });
}

async function coder(
  { lookup, frame, recode }: FieldPlan,
  directory: string,
): Promise<((raw: string) => string | null) | null> {
  if (lookup) return lookupIn(lookup, directory);
  if (frame) return frameIn(frame, directory);
  if (recode) return (raw) => (Object.hasOwn(recode, raw) ? (recode[raw] ?? null) : null);
  return null;
}

function dateMaker(
  { precision = 'DAY', period }: FieldSpec,
  { dates = 'YYYY-MM-DD' }: FieldPlan,
): FieldMaker {
  return (raw) => {
    const day = dayIn(raw, dates);
    if (day === null) return { wrong: `not a date written like ${dates}` };
    if (period && (day < period.from || day > period.to)) return { outside: true };
    return { value: writtenAs(day, precision) };
  };
}

/** A code that is a time is held to its period like a date. */
function timeMaker({ timeCode, period }: FieldSpec, make: FieldMaker): FieldMaker {
  if (!timeCode) return make;
  return (raw) => {
    const made = make(raw);
    if (!('value' in made) || made.value === '') return made;
    if (keyOf(timeCode, made.value) === null)
      return { wrong: `not a time written like ${exampleOf(timeCode)}` };
    return period && isOutside({ timeCode }, made.value, period) ? { outside: true } : made;
  };
}

function valueMaker({ bands, type }: FieldSpec, { ageAt, dates = 'YYYY-MM-DD' }: FieldPlan): FieldMaker {
  const isNumber = type === 'integer' || type === 'number';
  const banded = (text: string): Made => {
    if (!bands) return isNumber && !isNumeric(text) ? { wrong: 'not a number' } : { value: text.trim() };
    const band = bandOf(bands, text);
    return band === null ? { wrong: 'not a number in any of the granted bands' } : { value: band };
  };
  if (ageAt === undefined) return (raw) => banded(raw);
  return (raw) => {
    const birth = dayIn(raw, dates);
    const age = birth === null ? null : ageOn(birth, ageAt);
    return age === null ? { wrong: `not a date of birth written like ${dates}` } : banded(String(age));
  };
}

const isNumeric = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));
