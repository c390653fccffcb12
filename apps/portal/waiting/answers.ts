// Reads the one form with many answers: each item's fields under its own suffix, one typed name, one code.
import type { Say } from '#libs/language';
import type { Fields } from '#libs/web/http';
import type { Item } from '../items';
import { itemOf } from '../items';
import { KEPT, parseAnswer } from '../signing/answer';
import type { Answer, Problem } from '../signing/answer';
import { MOST_AT_ONCE } from './list';

export interface Answered {
  item: Item;
  key: string;
  answer: Answer;
}

export type ParsedAnswers = { ok: true; answered: Answered[] } | { ok: false; problems: Problem[] };

/** What all items of a form share. */
const SHARED: readonly string[] = ['csrf', 'page', 'name', 'code'];
const OWN = KEPT.filter((name) => !SHARED.includes(name));
const KEY = /^choice-((?:pgm|prj)_[a-z0-9]{1,40})-(k[1-9][0-9]{0,6})-([1-9]\d{0,5})$/;

/** The items a form gives an answer to; what was left open is not among them. */
function answeredIn(fields: Fields, person: string): { item: Item; key: string }[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const [, stream = '', checkpoint = '', round = ''] = KEY.exec(name) ?? [];
    const item = value === '' ? null : itemOf({ stream, checkpoint, round, person });
    return item === null ? [] : [{ item, key: `${stream}-${checkpoint}-${round}` }];
  });
}

const fieldsOfItem = (fields: Fields, key: string): Fields => ({
  ...Object.fromEntries(SHARED.flatMap((name) => (name in fields ? [[name, fields[name] ?? '']] : []))),
  ...Object.fromEntries(OWN.map((name) => [name, fields[`${name}-${key}`] ?? ''])),
});

export function parseAnswers(fields: Fields, person: string, today: Date, t: Say): ParsedAnswers {
  const items = answeredIn(fields, person).slice(0, MOST_AT_ONCE);
  const parsed = items.map(({ item, key }) => ({
    ...{ item, key, result: parseAnswer(fieldsOfItem(fields, key), today, t) },
  }));
  const problems = parsed.flatMap(({ key, result }) =>
    result.ok
      ? []
      : result.problems.map(({ field, text }) => ({
          field: SHARED.includes(field) ? field : `${field}-${key}`,
          text,
        })),
  );
  if (items.length === 0) problems.push({ field: 'items', text: t('problem.chooseOne') });
  if (items.length === 0 && (fields.name ?? '') === '')
    problems.push({ field: 'name', text: t('problem.name') });
  const once = problems.filter(
    ({ field, text }, index) => problems.findIndex((p) => p.field === field && p.text === text) === index,
  );
  if (once.length > 0) return { ok: false, problems: once };
  const answered = parsed.flatMap(({ item, key, result }) =>
    result.ok ? [{ item, key, answer: result.answer }] : [],
  );
  return { ok: true, answered };
}

/** Every field of the answers given, for the page between them and the code. */
export function keptOf(fields: Fields, answered: Answered[]): { name: string; value: string }[] {
  const names = [
    ...['csrf', 'page', 'name'],
    ...answered.flatMap(({ key }) => OWN.map((name) => `${name}-${key}`)),
  ];
  return names.flatMap((name) => {
    const value = fields[name] ?? '';
    return value === '' ? [] : [{ name, value }];
  });
}
