// What a form is: the fields people fill in, the body the API takes, and the route's own handler it goes to.
import type { Type } from '@nestjs/common';
import type { World } from '#libs/domain';
import type { Fields } from '#libs/web/http';
import type { z } from 'zod';
import type { Said } from '../../http/said';
import type { Call } from '../../ledger/call';
import type { Done } from '../../ledger/done';
import type { Action } from '../../policy/actions';
import type { Handlers } from './handlers';

export interface Option {
  value: string;
  text: string | Said | null;
  /** Follows the text, where that is somebody's words. */
  note?: string;
}

/** What a form is about, piece by piece, above its fields. */
export interface Piece {
  key: string | Said | null;
  rows: [string, string | Said | null][];
  /** Unfolded by whoever wants to read it. */
  folded?: true;
}

export type Reading = 'text' | 'list' | 'lines' | 'number' | 'yesNo' | 'endOfDay' | 'ticked';

export interface FormField {
  /** As the API's body calls it, so that what the schema says of a path is said beside the field. */
  name: string;
  label: string;
  hint?: string;
  kind: 'line' | 'text' | 'select' | 'radios' | 'boxes';
  /** What is typed means this; as it is, where nothing is said. */
  reads?: Reading;
  optional?: boolean;
  options?: (world: World, call: Call) => Option[];
  /** Shown only where it means something. */
  if?: (world: World) => boolean;
}

/** What somebody said before may stand in a field. */
export type Prefill = Record<string, string | Said | null>;

/** A controller of the API and the name of its handler. */
export type Route = readonly [Type<unknown>, string];

export interface Form {
  name: string;
  title: string;
  about: string;
  route: Route;
  /** Of the route. */
  action: Action;
  /** Whether the command means something in this state; whether it is allowed is for the domain to say. */
  fits: (world: World, call: Call) => boolean;
  /** Asked on a page of its own before the form, where the other fields depend on the answer; it goes along unseen. */
  first?: FormField;
  shown?: (world: World, call: Call, first: string) => Piece[];
  fields: FormField[] | ((world: World, call: Call, first: string) => FormField[]);
  /** What stands in the fields at first. */
  values?: (world: World, call: Call) => Prefill;
  send: (handlers: Handlers, call: Call, project: string, fields: Fields) => Promise<Done> | Done;
}

/** The fields of a form as things stand. */
export const fieldsAsked = (
  { fields }: Pick<Form, 'fields'>,
  world: World,
  call: Call,
  first = '',
): FormField[] =>
  (typeof fields === 'function' ? fields(world, call, first) : fields).filter(
    (field) => field.if?.(world) ?? true,
  );

/** A body the API's own schema takes; the fields that do not fit otherwise. */
export type Read = <T extends z.ZodType>(schema: T, body: unknown) => z.output<T>;

export interface MisfitIssue {
  path: string;
  /** As the schema says it. */
  message: string;
  /** What is wrong, where every language has words for it. */
  wrong?: { is: 'TOO_LONG'; most: number } | { is: 'NO_ADDRESS' };
}

export class Misfit extends Error {
  override readonly name = 'Misfit';

  constructor(readonly issues: MisfitIssue[]) {
    super('the form does not fit');
  }
}

/** @throws Misfit with every field that does not fit, by path. */
export const read: Read = (schema, body) => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Misfit(
    parsed.error.issues.map((issue) => ({
      ...{ path: issue.path.map(String).join('.'), message: issue.message },
      ...wrongIn(issue),
    })),
  );
};

function wrongIn(issue: z.core.$ZodIssue): Pick<MisfitIssue, 'wrong'> {
  if (issue.code === 'too_big' && issue.origin === 'string')
    return { wrong: { is: 'TOO_LONG', most: Number(issue.maximum) } };
  return issue.code === 'invalid_format' && issue.format === 'email' ? { wrong: { is: 'NO_ADDRESS' } } : {};
}
