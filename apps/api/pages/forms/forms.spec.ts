// Every command that an account can give has a form, or the README says why it has none; and what is typed becomes a body.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderAccountPage } from '#libs/web';
import { latinIn, pseudoLanguage, saidBy } from '#libs/language/testing';
import { CONTROLLERS } from '../../app.module';
import { POLICY } from '../../policy/does';
import { PeoplePages } from '../people.pages';
import { ResultFormPages } from '../results/result-form.pages';
import { SignInController } from '../sign-in.controller';
import { ATTEST, PERSON_FORMS, refusalOf } from '../people-forms';
import { RESULT_FORMS } from '../results/result-forms';
import { bodyOf } from './declared';
import { FormPages } from './form.pages';
import { ProgrammeFormPages } from './programme-form.pages';
import { boxes, day, line, list, number, text, yesNo } from './fields';
import type { Route } from './terms';
import { FORMS, GROUPS } from '.';

const nameOf = (controller: { name: string }, handler: string): string =>
  `${controller.name.replace(/Controller$/, '')}.${handler}`;
const formed = [...FORMS, ...RESULT_FORMS, ...PERSON_FORMS, ATTEST].map(({ route }: { route: Route }) =>
  nameOf(...route),
);

const GET = 0;
const PAGES = new Set<unknown>([
  SignInController,
  PeoplePages,
  FormPages,
  ProgrammeFormPages,
  ResultFormPages,
]);
/** Every route that records something, but those that are pages themselves. */
const commands = CONTROLLERS.filter((each) => !PAGES.has(each)).flatMap((controller) =>
  Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(([handler, { value }]) => {
    if (typeof value !== 'function') return [];
    const [method, policy] = ['method', POLICY].map(
      (key): unknown => Reflect.getMetadata(key, value as object) as unknown,
    );
    return method === undefined || method === GET || policy === 'public' ? [] : [nameOf(controller, handler)];
  }),
);

/** Rows such as "| `Deposits.put` | why |". */
const reasons = [
  ...readFileSync(join(__dirname, '../README.md'), 'utf8').matchAll(/^\| (`.*`) +\|/gm),
].flatMap(([, names = '']) => [...names.matchAll(/`(\w+\.\w+)`/g)].map(([, name]) => name ?? ''));

it('every command has a form or a reason why not, and no command has both', () => {
  expect(commands.length).toBeGreaterThan(110);
  expect([...formed, ...reasons].sort()).toEqual([...commands].sort());
});

it('forms have names of their own, and each stands in a group', () => {
  const names = FORMS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z-]{3,40}$/);
  expect(GROUPS.every(({ forms }) => forms.length > 0)).toBe(true);
});

it('what is typed becomes the body the API takes, by what each field is for', () => {
  const fields = [
    ...[line('title', ''), text('words.said', ''), list('words.cites', ''), yesNo('isOwn', '')],
    ...[number('wave', ''), day('until', ''), boxes('who', '', () => []), line('empty', '')],
  ];
  const typed = { title: 'T', 'words.said': 'a\nb', 'words.cites': 'i1, i2\ni3', isOwn: 'no', wave: '12' };
  const { body } = bodyOf(fields, { ...typed, until: '2027-03-31', 'who.p1': 'yes', empty: '' });
  expect(body).toEqual({
    ...{ title: 'T', words: { said: 'a\nb', cites: ['i1', 'i2', 'i3'] }, isOwn: false, wave: 12 },
    ...{ until: '2027-03-31T23:59:59Z', who: ['p1'] },
  });
  // What is no number goes on as it was typed, for the schema to refuse.
  expect(bodyOf(fields, { wave: 'twelve' }).body).toMatchObject({ wave: 'twelve' });
});

it('a row left empty is passed over, and a fault in a later one is told where it was typed', () => {
  const fields = [0, 1, 2].flatMap((row) => [
    line(`sources.${row}.source`, ''),
    list(`sources.${row}.fields`, ''),
  ]);
  const { body, rows } = bodyOf(fields, { 'sources.0.source': 'a', 'sources.2.fields': 'x' });
  expect(body).toEqual({ sources: [{ source: 'a', fields: [] }, { fields: ['x'] }] });
  expect(rows.get('sources.1')).toBe('sources.2');
});

describe('a registrar’s forms, in a language nobody speaks', () => {
  const pseudo = pseudoLanguage();
  /** Rules of the domain, of the database, of this API, and one that no catalogue knows. */
  const RULES = ['CHANGE_PENDING', 'ADDRESS_TAKEN', 'SOMEBODY_WAS_FASTER', 'NEVER_HEARD_OF'];

  it.each([ATTEST, ...PERSON_FORMS])(
    '$name: no word is from outside the catalogue, whatever is wrong',
    (form) => {
      const fields = form.fields(pseudo.t).map((field) => ({
        ...{ ...field, hint: field.hint ?? '', options: field.options?.({} as never, {} as never) ?? [] },
        error: pseudo.t('app.needed', { label: field.label }),
      }));
      const errors = [
        ...fields.map(({ name, error }) => ({ text: error, field: name, href: `#${name}` })),
        ...RULES.map((rule) => ({ text: refusalOf(pseudo, rule) })),
      ];
      const page = renderAccountPage('form', pseudo, {
        ...{
          title: pseudo.t(`people.${form.key}`),
          about: pseudo.t(`people.${form.key}About`),
          project: '1',
        },
        ...{ fields, errors, values: {}, pieces: [], back: { href: '/app', text: pseudo.t('people.back') } },
        ...{ action: '/app', csrf: '', version: 1, isSpoken: true },
      });
      expect(latinIn(saidBy(page), ['Parley'])).toEqual([]);
      expect(page).not.toMatch(/<main[^>]* lang=/);
    },
  );
});
