// The edges every request passes: fields, pages, texts filled in, and runs followed.
import { lastValueFrom, toArray } from 'rxjs';
import { following } from '../analyses/following';
import { FreeText, InstantField, Line, PersonId } from './fields';
import { cursorTo, slice } from './pages';
import { commitmentsIn, filled, said } from './said';

describe('fields', () => {
  it.each([['\u0000'], ['a\u0007b'], ['\ud800'], ['   '], ['']])('free text refuses %j', (text) => {
    expect(FreeText.safeParse(text).success).toBe(false);
  });

  it('keeps tabs, line ends and any script', () => {
    expect(FreeText.parse('Größe\n\t漢字 🙂')).toBe('Größe\n\t漢字 🙂');
    expect(Line.safeParse('two\nlines').success).toBe(false);
  });

  it('keeps instants in UTC with milliseconds, whatever zone they came in', () => {
    expect(InstantField.parse('2027-01-31T12:00:00+02:00')).toBe('2027-01-31T10:00:00.000Z');
    expect(InstantField.safeParse('2027-02-30T00:00:00Z').success).toBe(false);
    expect(InstantField.safeParse('tomorrow').success).toBe(false);
  });

  it('says what an id looks like', () => {
    expect(PersonId.safeParse('per_1').error?.issues[0]?.message).toBe(
      'a person’s id: per_ and 16 characters',
    );
  });
});

describe('pages', () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));

  it('walks a list to its end, each item once', () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = slice(all, { limit: 2, cursor });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each(['not from here', cursorTo('zzz'), '%%%'])('refuses the cursor %j', (cursor) => {
    expect(() => slice(all, { limit: 2, cursor })).toThrow(/cursor/i);
  });
});

describe('texts', () => {
  it('are filled in wherever a view names them; an erased one is null', () => {
    const view = { title: said('c1'), list: [{ reason: said('c2') }, { reason: null }], at: 7 };
    expect([...commitmentsIn(view)]).toEqual(['c1', 'c2']);
    expect(filled(view, new Map([['c1', 'Title']]))).toEqual({
      title: 'Title',
      list: [{ reason: null }, { reason: null }],
      at: 7,
    });
  });
});

describe('following a run', () => {
  it('tells each status and progress once, and ends', async () => {
    const looks = ['RUNNING', 'RUNNING', 'UNCHECKED'];
    const told = await lastValueFrom(
      following({
        look: () => {
          const status = looks.shift() ?? 'UNCHECKED';
          return Promise.resolve({ status, isEnded: status !== 'RUNNING' });
        },
        progress: () => Promise.resolve({ done: 0.5, step: 'counting' }),
        everyMs: 1,
      }).pipe(toArray()),
    );
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      ['status', { status: 'RUNNING' }],
      ['progress', { done: 0.5, step: 'counting' }],
      ['status', { status: 'UNCHECKED' }],
      ['end', { status: 'UNCHECKED' }],
    ]);
  });
});
