// The kinds of fields forms are made of, and what they offer to choose from.
import { peopleAt } from '#libs/domain';
import type { Role, World } from '#libs/domain';
import { wordsOf } from '#libs/web';
import { said } from '../../http/said';
import { programmeOf } from '../../ledger/call';
import type { Call } from '../../ledger/call';
import type { FormField, Option } from './terms';

type More = Partial<FormField>;
type Choose = (world: World, call: Call) => Option[];

export const line = (name: string, label: string, more: More = {}): FormField => ({
  ...{ name, label, kind: 'line' },
  ...more,
});
export const text = (name: string, label: string, more: More = {}): FormField => ({
  ...{ name, label, kind: 'text' },
  ...more,
});
/** Between commas or one a line; `[]` where nothing is given. */
export const list = (name: string, label: string, more: More = {}): FormField => ({
  ...{ name, label, kind: 'line', reads: 'list', hint: 'With commas between them.' },
  ...more,
});
export const number = (name: string, label: string, more: More = {}): FormField => ({
  ...{ name, label, kind: 'line', reads: 'number' },
  ...more,
});
/** Until the end of it. */
export const day = (name: string, label: string, more: More = {}): FormField => ({
  ...{ name, label, kind: 'line', reads: 'endOfDay', hint: 'A day such as 2027-03-31.' },
  ...more,
});
export const radios = (name: string, label: string, options: Choose, more: More = {}): FormField => ({
  ...{ name, label, kind: 'radios', options },
  ...more,
});
export const select = (name: string, label: string, options: Choose, more: More = {}): FormField => ({
  ...{ name, label, kind: 'select', options },
  ...more,
});
export const boxes = (name: string, label: string, options: Choose, more: More = {}): FormField => ({
  ...{ name, label, kind: 'boxes', reads: 'ticked', options },
  ...more,
});

/** Words of the domain, as people read them. */
export const among =
  (constants: readonly string[]): Choose =>
  () =>
    constants.map((value) => ({ value, text: wordsOf(value) }));
export const choice = (name: string, label: string, of: readonly string[], more: More = {}): FormField =>
  radios(name, label, among(of), more);
export const yesNo = (name: string, label: string, more: More = {}): FormField =>
  radios(name, label, () => YES_OR_NO, { reads: 'yesNo', ...more });
const YES_OR_NO: Option[] = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];

export const REASON = text('reason', 'Your reason');

/** Of what the project holds under ids, with the words that tell one from another. */
export const listedBy =
  <T extends { id: string }>(
    of: (world: World, call: Call) => T[],
    words?: (each: T) => string | null,
  ): Choose =>
  (world, call) =>
    of(world, call).map((each) =>
      words === undefined
        ? { value: each.id, text: each.id }
        : { value: each.id, text: said(words(each)), note: ` (${each.id})` },
    );
/** The same, told by what is no one's own words. */
export const namedBy =
  <T extends { id: string }>(of: (world: World, call: Call) => T[], name: (each: T) => string): Choose =>
  (world, call) =>
    of(world, call).map((each) => ({ value: each.id, text: `${each.id}: ${name(each)}` }));

export const organisations: Choose = (_world, call) =>
  Object.values(programmeOf(call).organisations).map(({ id, name }) => ({ value: id, text: said(name) }));
export const people =
  (...roles: Role[]): Choose =>
  (_world, call) =>
    peopleAt(programmeOf(call), call.now, roles.length === 0 ? {} : { roles }).map(({ person }) => ({
      ...{ value: person, text: said(programmeOf(call).people[person]?.name) },
    }));

export const requests = namedBy(
  ({ project }) => Object.values(project.requests),
  ({ ask }) => ask.source,
);
export const releases = namedBy(
  ({ project }) => Object.values(project.releases),
  ({ purpose }) => purpose,
);
export const analyses = namedBy(
  ({ project }) => Object.values(project.analyses),
  ({ method }) => method,
);
export const insights = listedBy(
  ({ project }) => project.insights,
  (insight) => insight.text,
);
