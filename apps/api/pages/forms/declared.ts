// A form told by its fields alone: what is typed becomes the body of a route's own handler, and comes back beside the field where it does not fit.
import type { Type } from '@nestjs/common';
import type { World } from '#libs/domain';
import type { Fields } from '#libs/web/http';
import type { z } from 'zod';
import type { Call } from '../../ledger/call';
import type { Done } from '../../ledger/done';
import type { Action } from '../../policy/actions';
import { POLICY } from '../../policy/does';
import { given, listed, lines, endOf, ticked, wholeNumber, yesOrNo } from './reading';
import { fieldsAsked, Misfit, read } from './terms';
import type { Form, FormField, Reading, Route } from './terms';

/** What a handler takes after the call. */
type After<Handler> = Handler extends (call: Call, ...rest: infer Rest) => unknown
  ? Extract<Rest, unknown[]>
  : never;

interface Declared<C, M extends keyof C & string, S extends z.ZodType> extends Omit<
  Form,
  'action' | 'route' | 'send'
> {
  route: readonly [Type<C>, M];
  /** The route's own, with what stands in its path beside it. */
  schema: S;
  /** What no single field says. */
  besides?: (fields: Fields, world: World, call: Call) => object;
  with: (body: z.output<S>, project: string) => readonly [...After<C[M]>];
}

/** The action of the route that a form sends to: one table says who may. */
export const actionOf = ([controller, handler]: Route): Action =>
  Reflect.getMetadata(POLICY, (controller.prototype as Record<string, object>)[handler] ?? {}) as Action;

/** A form that reads its fields itself. */
export const routed = (route: Route, shown: Omit<Form, 'action' | 'route'>): Form => ({
  ...{ ...shown, route, action: actionOf(route) },
});

export function form<C, M extends keyof C & string, S extends z.ZodType>(declared: Declared<C, M, S>): Form {
  const { route, schema, besides, with: argumentsOf, ...shown } = declared;
  const [controller, handler] = route;
  return routed([controller, handler], {
    ...shown,
    send: (handlers, call, project, fields) => {
      const world = call.world as World;
      const { first } = shown;
      const chosen = first === undefined ? '' : (fields[first.name] ?? '');
      const asked = fieldsAsked(shown, world, call, chosen);
      const { body, rows } = bodyOf(first === undefined ? asked : [first, ...asked], fields);
      const sent = readRows(schema, { ...body, ...besides?.(fields, world, call) }, rows);
      const own = handlers.of(controller)[handler] as (...given: unknown[]) => Promise<Done> | Done;
      return own.call(handlers.of(controller), call, ...argumentsOf(sent, project));
    },
  });
}

const READS: Record<Reading, (fields: Fields, name: string) => unknown> = {
  text: (fields, name) => given(fields[name]),
  list: (fields, name) => listed(fields[name]),
  lines: (fields, name) => lines(fields[name]),
  number: (fields, name) => wholeNumber(fields[name]),
  yesNo: (fields, name) => yesOrNo(fields[name]),
  endOfDay: (fields, name) => endOf(fields[name]),
  ticked: (fields, name) => ticked(fields, name),
};

/** Rows that were left empty are passed over, so a row may stand earlier in the body than on the page: `rows` tells where it stood. */
interface Body {
  body: Record<string, unknown>;
  rows: Map<string, string>;
}

/** `a.b` is b in a, `a.0.b` b in the first of the list a. */
export function bodyOf(fields: FormField[], values: Fields): Body {
  const body: Record<string, unknown> = {};
  const rows = new Map<string, string>();
  for (const field of fields) {
    const value = READS[field.reads ?? 'text'](values, field.name);
    if (value === undefined) continue;
    const [first = '', second, ...rest] = field.name.split('.');
    if (second === undefined) body[first] = value;
    else if (/^\d+$/.test(second)) putInRow(body, rows, [first, second, rest.join('.')], value);
    else body[first] = merged(body[first] as object | undefined, [second, ...rest], value);
  }
  return { body, rows };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function putInRow(
  body: Record<string, unknown>,
  rows: Body['rows'],
  [name, row, key]: [string, string, string],
  value: unknown,
): void {
  const found = (body[name] ??= []) as Record<string, unknown>[];
  const stands = [...rows].find(([, at]) => at === `${name}.${row}`)?.[0];
  const index = stands === undefined ? found.length : Number(stands.split('.')[1]);
  if (stands === undefined && isEmptyList(value)) return;
  if (stands === undefined) rows.set(`${name}.${index}`, `${name}.${row}`);
  found[index] = { ...found[index], [key]: value };
}

function merged(
  into: object | undefined,
  [first = '', ...rest]: string[],
  value: unknown,
): Record<string, unknown> {
  const known = { ...into } as Record<string, unknown>;
  return {
    ...known,
    [first]: rest.length === 0 ? value : merged(known[first] as object | undefined, rest, value),
  };
}

function readRows<S extends z.ZodType>(schema: S, body: object, rows: Body['rows']): z.output<S> {
  try {
    return read(schema, body);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw new Misfit(
      error.issues.map((issue) => {
        const { path } = issue;
        const [name, row, ...rest] = path.split('.');
        const stood = rows.get(`${name}.${row}`);
        return { ...issue, path: stood === undefined ? path : [stood, ...rest].join('.') };
      }),
    );
  }
}
