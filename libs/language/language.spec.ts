// Messages come with their values, in the language a person prefers; every catalogue says the same things.
import { IntlMessageFormat } from 'intl-messageformat';
import { CATALOGUES, Language, Languages } from '.';
import type { Catalogue, MessageKey } from '.';
import { accent, pseudoLanguage } from './testing';

const spoken = (over: Record<string, string>) =>
  new Language({ ...CATALOGUES.get('en-GB'), ...over } as Catalogue, {
    locale: 'en-GB',
    timeZone: 'Europe/London',
  });
const english = new Languages().first;

describe('a message', () => {
  it('takes its values, and is refused without one', () => {
    expect(english.t('mail.dear', { addressee: 'Ana' })).toBe('Dear Ana,');
    // @ts-expect-error a value is missing
    expect(() => english.t('mail.dear')).toThrow('addressee');
    // @ts-expect-error no such value
    english.t('mail.dear', { addressee: 'Ana', other: 1 });
  });

  it('does not exist under a wrong key', () => {
    // @ts-expect-error no such key
    expect(() => english.t('mail.wrong')).toThrow('mail.wrong');
    // @ts-expect-error what every object has is no message either
    expect(() => english.t('constructor')).toThrow('constructor');
  });

  it('counts by the plurals of ICU', () => {
    const { t } = spoken({ 'mail.dear': '{addressee, plural, one {# answer} other {# answers}}' });
    expect([1, 2, 1234].map((addressee) => t('mail.dear', { addressee }))).toEqual([
      ...['1 answer', '2 answers', '1,234 answers'],
    ]);
  });

  it('as HTML is escaped with its values, but for the marks of its own', () => {
    const { html } = spoken({ 'mail.dear': 'Tom & Ana: <strong>{addressee}</strong> <code>ok</code>' });
    expect(html('mail.dear', { addressee: '<strong>"x"</strong>' })).toBe(
      'Tom &amp; Ana: <strong>&lt;strong&gt;&quot;x&quot;&lt;/strong&gt;</strong> <code>ok</code>',
    );
  });
});

it('says dates in full words, in its time zone, and spans in the largest unit', () => {
  expect(english.moment('2026-12-03T17:00:00.000Z')).toBe('Thursday 3 December 2026 at 17:00 GMT');
  expect(english.moment('2026-07-03T23:30:00.000Z')).toBe('Saturday 4 July 2026 at 00:30 BST');
  const from = '2026-12-01T00:00:00.000Z';
  const spans = ['2026-12-15T00:00:00.000Z', '2026-12-01T05:00:00.000Z', '2026-12-01T00:01:00.000Z', from];
  expect(spans.map((to) => english.remaining(from, to))).toEqual([
    ...['in 14 days', 'in 5 hours', 'in 1 minute', 'in 0 minutes'],
  ]);
  expect(english.list(['a', 'b', 'c'])).toBe('a, b and c');
});

describe('the language of a visitor', () => {
  const languages = new Languages();

  it.each([undefined, '', 'cy', 'en', 'en-US;q=0.5, *', 'de;q=0', ';;;,,,', 'x'.repeat(9000)])(
    'is English where nothing else is spoken: %s',
    (header) => expect(languages.preferred(header).locale).toBe('en-GB'),
  );

  it.each([
    ['cy', 'cy'],
    ['cy-GB, en;q=0.8', 'cy'],
    ['en-US, cy;q=0.9', 'en-GB'],
    ['de, cy;q=0.4, en;q=0.3', 'cy'],
    ['cy;q=0, en', 'en-GB'],
    ['de', 'en-GB'],
    [undefined, 'en-GB'],
  ])('is the one they prefer where several are spoken: %s', (header, locale) => {
    const english = CATALOGUES.get('en-GB') as Catalogue;
    const both = new Languages({}, new Map([...CATALOGUES, ['cy', english]]));
    expect(both.preferred(header).locale).toBe(locale);
  });

  it('cannot be one that no catalogue speaks', () => {
    expect(() => new Languages({ locale: 'cy' })).toThrow('No catalogue speaks cy; there are en-GB');
  });
});

describe.each([...CATALOGUES])('the catalogue %s', (_, catalogue) => {
  const valuesOf = (message: string) =>
    [
      ...new Set(
        JSON.stringify(new IntlMessageFormat(message).getAst()).match(/"type":[1-6],"value":"\w+"/g),
      ),
    ].sort();

  it('says what English says, with the same values', () => {
    const first = CATALOGUES.get('en-GB') as Catalogue;
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(first).sort());
    for (const key of Object.keys(first) as MessageKey[])
      expect([key, valuesOf(catalogue[key])]).toEqual([key, valuesOf(first[key])]);
  });
});

it('the pseudo-language accents words, and leaves values, keywords and marks', () => {
  expect(accent('Dear {name}, <code>x</code> {count, plural, one {# answer} other {# answers}}')).toBe(
    '⟦Ðéàŕ {name}, <code>ẋ</code> {count, plural, one {# àñšŵéŕ} other {# àñšŵéŕš}}⟧',
  );
  expect(pseudoLanguage().t('mail.dear', { addressee: 'Ana' })).toBe('⟦Ðéàŕ Ana,⟧');
  expect(pseudoLanguage().moment('2026-07-03T23:30:00.000Z')).toMatch(
    /^[\p{Script=Cyrillic}\d\s,.:]+ GMT\+1$/u,
  );
});
