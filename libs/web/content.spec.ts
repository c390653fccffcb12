// Signed content as people read it, and what changed between two versions.
import { Languages } from '#libs/language';
import { differences, idsIn, readContent, renderPage, show } from '.';

const english = new Languages().first;
const names = (id: string) => ({ per_ana: 'Ana Ruiz', org_uni: 'University' })[id];

describe('show', () => {
  it('says names, dates and words instead of ids, instants and constants, and leaves the salt to the bytes', () => {
    const shown = show(
      {
        salt: 'x',
        proposer: 'per_ana',
        expires: '2027-03-31T12:00:00.000Z',
        tier: 'AGGREGATE',
        linkage: false,
      },
      names,
      english,
    );
    expect(shown).toEqual({
      as: 'terms',
      terms: [
        { label: 'How identifiable', value: { as: 'text', text: 'Counts and sums only (AGGREGATE)' } },
        { label: 'Linked with other data', value: { as: 'text', text: 'No' } },
        { label: 'Proposer', value: { as: 'text', text: 'Ana Ruiz (per_ana)' } },
        { label: 'Expires', value: { as: 'text', text: 'Wednesday 31 March 2027 at 13:00 BST' } },
      ],
    });
  });

  it('makes a table of alike records, and a list of anything else', () => {
    expect(show([{ source: 'a', holder: 'org_uni' }], names, english)).toMatchObject({
      as: 'table',
      columns: ['Source', 'Held by'],
    });
    expect(show(['a', { deep: { er: 1 } }], names, english)).toMatchObject({ as: 'items' });
    expect(show([{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }], names, english)).toMatchObject({ as: 'items' });
  });

  it('leaves out nothing but the salt', () => {
    const text = JSON.stringify(show({ a: { b: [{ c: [{ d: 'deep' }] }] }, e: 0, f: null }, names, english));
    for (const part of ['deep', '"E"', '"F"']) expect(text).toContain(part);
  });

  it('knows an unknown person by id', () => {
    expect(show('per_zzz', names, english)).toEqual({ as: 'raw', text: 'per_zzz' });
    expect([...idsIn({ a: ['per_ana'], org_uni: 1 })]).toEqual(['per_ana', 'org_uni']);
  });
});

it('T3: differences names each part that changed, and never the salt', () => {
  const before = { salt: '1', question: 'A?', scope: { fields: ['a', 'b'], days: 3 } };
  const after = { salt: '2', question: 'A?', scope: { fields: ['a'], days: 3 }, extra: true };
  expect(differences(before, after, names, english).map(({ where }) => where)).toEqual([
    'Scope › Fields',
    'Extra',
  ]);
  expect(differences(before, { ...before, salt: '9' }, names, english)).toEqual([]);
});

it('erased and foreign content is shown as what it is', () => {
  expect(readContent(null)).toBeNull();
  expect(readContent(Buffer.from('not json'))).toBe('not json');
});

it('escapes whatever it is given', () => {
  const html = renderPage('message', english, {
    title: '<script>x</script>',
    lines: ['"><img src=x>'],
  });
  expect(html).not.toMatch(/<script>|<img/);
});
