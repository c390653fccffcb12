// Every word of every page is the catalogue's or a person's: read in a language nobody speaks, so that any other shows.
import { parseHTML } from 'linkedom';
import { latinIn, pseudoLanguage } from '#libs/language/testing';
import { closePortal, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { everyState } from './testing/states';
import type { State } from './testing/states';

jest.setTimeout(120_000);

/** What people and programs named, and what stands in what they signed. */
const VALUES = [
  ...['Parley', 'Work and earnings', 'What we agree', 'AGREEMENT', 'x'.repeat(5000)],
  'Did the programme raise earnings?',
  'Did the employment programme raise earnings in 1978?',
  'Compare people who took part with people who did not, by what they earned before.',
  ...[
    'Why we ask, in plain words.',
    'In other words',
    'The question',
    'What may be done',
    'Programme records',
  ],
  ...['Person lead', 'Person researcher', 'Person official', 'Person checker', 'Person holder'],
  ...['Person riskOwner', 'Person lay', 'org_university', 'org_council', 'org_holder', 'org_panel'],
  ...[
    'per_riskOwner',
    'per_researcher',
    'programme',
    'earnings',
    'descriptive',
    'treat',
    're74',
    're78',
    'id',
  ],
  ...['DEIDENTIFIED', 'AGGREGATE', 'QUESTION', 'BOUNDARY', 'provider', 'SHA-256', 'file', 'lf1'],
  ...['r1', 'd1', 'd2', 'rel1', 'a1', 'cl1', 'ev1', 'Europe/London', 'REQUEST', 'What we ask'],
];
/** Attributes that are read out or shown. */
const SPOKEN = ['aria-label', 'title', 'alt', 'placeholder', 'summary'];

interface Part {
  textContent: string | null;
  getAttribute(name: string): string | null;
  remove(): void;
}

/** What a page says to people; signed bytes, digests and ids stand in <code> and <pre> and are nobody’s words. */
function saidBy(html: string): string {
  const { document } = parseHTML(html) as unknown as {
    document: { querySelectorAll(css: string): Iterable<Part>; documentElement: Part };
  };
  for (const raw of [...document.querySelectorAll('code, pre')]) raw.remove();
  const attributes = [...document.querySelectorAll('*')].flatMap((part) =>
    SPOKEN.map((name) => part.getAttribute(name) ?? ''),
  );
  const texts = [...document.querySelectorAll('title, body')].map((part) => part.textContent ?? '');
  return [...texts, ...attributes].join(' ');
}

let opened: Opened;
let states: State[];

beforeAll(async () => {
  const pseudo = pseudoLanguage();
  opened = await openPortal({ preferred: () => pseudo });
  states = await everyState(opened);
});
afterAll(() => closePortal(opened));

it('no page in any state says a word from outside the catalogue', () => {
  const found = states.map(({ name, html }) => [name, latinIn(saidBy(html), VALUES)] as const);
  expect(found.filter(([, words]) => words.length > 0)).toEqual([]);
  for (const { html } of states) expect(html).toContain('<html class="govuk-template" lang="en-XA">');
});

it('a word in any part of a page is found', () => {
  const page =
    '<title>One</title><body><p>⟦Ţŵö⟧ <b aria-label="Three">★</b><code>four</code> Five</p></body>';
  expect(latinIn(saidBy(page), ['Five'])).toEqual(['One', 'Three']);
});

it('every page the portal can show was looked at', () => {
  const counts: Record<number, number> = {};
  for (const { status } of states) counts[status] = (counts[status] ?? 0) + 1;
  expect(counts).toEqual({
    ...{ 200: 55, 400: 1, 403: 2, 404: 5, 409: 8, 410: 3, 413: 1, 415: 1, 422: 30, 429: 1, 503: 1 },
  });
});
