// Pages, mails and tables as the demonstration reads and writes them.
import { Page } from './browser';
import { codeIn, linkIn } from './inbox';
import { Report, signed } from './report';

const PAGE = `<!doctype html><main><h1>Release  of data</h1>
<dl><dt>About</dt><dd>one thing</dd><dt>Position in the ledger</dt><dd><code>prj_a/7</code></dd></dl>
<form action="/other"><input name="q" value="1"></form>
<form method="post" action="/sign/x"><input type="hidden" name="csrf" value="secret">
<input type="radio" name="choice" value="APPROVED"><input type="radio" name="choice" value="REJECTED">
<input type="checkbox" name="review" value="yes"><textarea name="reason">so far</textarea></form></main>`;

const page = new Page(new URL('http://portal.example/sign/x?a=b'), 200, PAGE);

it('finds the form that has a field, with what is filled in and nothing that is not chosen', () => {
  const form = page.formWith('choice');
  expect(form.action.href).toBe('http://portal.example/sign/x');
  expect(form.fields).toEqual({ csrf: 'secret', reason: 'so far' });
  expect(form.choices).toEqual(['APPROVED', 'REJECTED']);
});

it('says what a page says when it lacks the form that was looked for', () => {
  expect(() => page.formWith('code')).toThrow(/status 200, "Release of data"\) has no form with "code"/);
});

it('reads a receipt’s terms', () => {
  expect(page.term('Position in the ledger')).toBe('prj_a/7');
  expect(page.term('Digest of the entry')).toBeUndefined();
});

const mail = { ID: '1', Subject: 'Your code (12345678)', To: [], HTML: '<a href="http://x/l/t">Read</a>' };

it('reads the one-time code, and not a content code that looks like one', () => {
  const Text = 'Dear Ann,\n\nThis is the code:\n\n    87654321\n\nContent code: 12345678\n';
  expect(codeIn({ ...mail, Text })).toBe('87654321');
  expect(linkIn({ ...mail, Text })).toBe('http://x/l/t');
});

it('shows a hidden cell as hidden, with no number in its row but its key', () => {
  const lines: string[] = [];
  new Report((line) => lines.push(line)).checked(
    {
      name: 't',
      title: 'a table',
      keys: ['group'],
      measures: [{ name: 'n', label: 'people' }],
      rows: [
        { key: { group: 'a' }, cell: { status: 'shown', values: { n: 1234.4 } } },
        { key: { group: 'b' }, cell: { status: 'suppressed', reason: 'protected' } },
      ],
    },
    10,
  );
  expect(lines.map((line) => line.trim())).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^a +1,234$/),
      'b       hidden (protects under 10 people)',
    ]),
  );
});

it('folds a title that is longer than its column, and puts numbers below ten with two decimals', () => {
  const lines: string[] = [];
  new Report((line) => lines.push(line)).checked(
    {
      ...{ name: 't', title: 'a table', keys: ['term'] },
      measures: [
        { name: 'ratio', label: 'odds ratio' },
        { name: 'lower', label: 'lower end of the 95 % interval of the odds ratio' },
        { name: 'other', label: 'not asked for' },
      ],
      rows: [
        { key: { term: 'work' }, cell: { status: 'shown', values: { ratio: 1.876, lower: 2, other: 9 } } },
      ],
    },
    10,
    ['ratio', 'lower'],
  );
  const told = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('─'));
  expect(told).toEqual([
    'a table',
    'lower end of the 95 %',
    'interval of the odds',
    expect.stringMatching(/^term +odds ratio +ratio$/),
    expect.stringMatching(/^work +1.88 +2$/),
  ]);
});

it('gives a difference its sign', () => {
  expect([signed(1792.6), signed(-635.2), signed(0)]).toEqual(['+1,793', '−635', '0']);
});
