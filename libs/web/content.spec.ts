// Signed content as people read it, and what changed between two versions.
import { Languages } from '#libs/language';
import { differences, idsIn, readContent, renderPage, show, showContent } from '.';

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
        { label: 'How identifiable', value: { as: 'text', text: 'Counts and sums only', id: 'AGGREGATE' } },
        { label: 'Linked with other data', value: { as: 'text', text: 'No' } },
        { label: 'Proposer', value: { as: 'text', text: 'Ana Ruiz', id: 'per_ana' } },
        { label: 'Expires', value: { as: 'text', text: 'Wednesday 31 March 2027 at 13:00 BST' } },
      ],
    });
  });

  it('makes a table of alike records, and a list of anything else', () => {
    expect(show([{ source: 'a', holder: 'org_uni' }], names, english)).toMatchObject({
      as: 'table',
      columns: ['Source', 'Held by'],
    });
    // Whose it is comes first, whatever the alphabet says.
    expect(show([{ cost: 'b', gave: 'a', organisation: 'org_uni' }], names, english)).toMatchObject({
      columns: ['Organisation', 'What it gave', 'What it cost'],
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

describe('what is signed', () => {
  const core = {
    ...{
      salt: 'x',
      kind: 'RELEASE',
      format: 1,
      purpose: 'Why',
      project: 'prj_1',
      wave: 2,
      unheardOf: 'A trap',
    },
    ...{ boundary: { id: 'b1', core: 'c' }, data: { rows: 614, sha256: 'd' }, benefit: 'e' },
  };
  const shown = (value: unknown) => showContent({ core: value, cover: {} }, names, english);

  it('comes in two parts, how a thing is made apart from what is decided about; nothing unknown is folded away', () => {
    const { core: said, making } = shown(core);
    expect(said).toMatchObject({
      terms: [{ label: 'Purpose' }, { label: 'Wave' }, { label: 'Unheard of' }],
    });
    expect(JSON.stringify(making)).toMatch(/614.*b1.*"e".*prj_1.*RELEASE/);
    expect(JSON.stringify(making)).not.toMatch(/Why|A trap/);
  });

  it('T8: words under the name of a digest or a reference stay in sight, and a core of references alone too', () => {
    const words = { purpose: 'Why', release: 'also to the ministry', project: ['a'], data: 'all of it' };
    expect(shown(words).making).toBeNull();
    expect(shown({ salt: 'x', kind: 'QUESTION' })).toMatchObject({ core: { as: 'terms' }, making: null });
    expect(shown('not a record')).toMatchObject({ core: { as: 'text' }, making: null });
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
