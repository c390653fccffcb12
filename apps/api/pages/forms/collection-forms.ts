// Forms about new collection: an instrument of validated scales, everybody invited, and who responded.
import { Plan, CollectionsController, Report } from '../../collections/collections.controller';
import { LocalId, Nothing } from '../../http/fields';
import { form } from './declared';
import { day, line, list, namedBy, number, organisations, select, text } from './fields';
import { having, inCycle } from './fitting';
import { given } from './reading';
import type { FormField } from './terms';

const collection = select(
  'collection',
  'Which collection?',
  namedBy(
    ({ project }) => Object.values(project.collections),
    ({ source }) => source,
  ),
);
const of = { collection: LocalId };
const hasOne = having(({ collections }) => collections);

/** As many as a questionnaire mostly has; the first is needed. */
const [SCALES, CHARACTERISTICS] = [6, 10];
const rows = (count: number, fields: (row: number) => FormField[]): FormField[] =>
  Array.from({ length: count }, (_, row) => row).flatMap((row) =>
    fields(row).map((field) => ({ ...field, optional: row > 0 })),
  );

export const planCollection = form({
  ...{ name: 'plan-collection', title: 'Plan a collection', fits: inCycle },
  about:
    'Of validated scales, from everybody eligible: all are invited. It begins once LEGAL and ETHICAL were signed afresh for it.',
  route: [CollectionsController, 'plan'],
  schema: Plan,
  fields: [
    line('source', 'What is the new source called?', { hint: 'As boundaries and requests will name it.' }),
    select('collector', 'Who collects it?', organisations),
    ...rows(SCALES, (row) => [
      line(`instrument.${row}.name`, `Scale ${row + 1}`),
      text(`instrument.${row}.reference`, `Where was scale ${row + 1} validated?`),
      list(`instrument.${row}.fields`, `Fields of scale ${row + 1}`),
    ]),
    text('population', 'Who is meant?'),
    number('eligible', 'How many are eligible?'),
    number('invited', 'How many are invited?'),
    text('invitation', 'The invitation'),
    text('informationSheet', 'The information sheet'),
    text('optOut', 'How to opt out'),
    text('linkConsent', 'What people consent to before a link', {
      ...{ optional: true, hint: 'Left out, nothing is linked.' },
    }),
    day('opens', 'When does it open?'),
    day('closes', 'When does it close?'),
    day('leaveBy', 'Until when may those who answered still leave?'),
  ],
  besides: ({ linkConsent }) => ({ linkConsent: given(linkConsent) ?? null }),
  with: (body, project) => [project, body],
});

export const beginCollection = form({
  ...{ name: 'begin-collection', title: 'Begin a collection', fits: hasOne },
  about: 'Everybody eligible is invited from now on.',
  route: [CollectionsController, 'begin'],
  schema: Nothing.unwrap().extend(of),
  fields: [collection],
  with: ({ collection: id }, project) => [project, id, {}],
});

export const reportResponses = form({
  ...{ name: 'report-responses', title: 'Report who responded', fits: hasOne },
  about: 'Compared with who did not; the comparison travels as a caveat with every result.',
  route: [CollectionsController, 'report'],
  schema: Report.extend(of),
  fields: [
    collection,
    number('responded', 'How many responded?'),
    number('linkConsented', 'How many consented to the link?'),
    number('optedOut', 'How many opted out?'),
    number('left', 'How many left afterwards?'),
    ...rows(CHARACTERISTICS, (row) => [
      line(`compared.${row}.characteristic`, `Characteristic ${row + 1}`),
      number(`compared.${row}.responders`, `Responders with characteristic ${row + 1}`),
      number(`compared.${row}.nonResponders`, `Others with characteristic ${row + 1}`),
    ]),
  ],
  with: ({ collection: id, ...body }, project) => [project, id, body],
});
