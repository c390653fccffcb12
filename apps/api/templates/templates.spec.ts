// Templates as data: those that come with Parley are sound, and one with errors says all of them, each with its line.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ownTemplates, readTemplate, TemplateRefused } from './reading';
import type { TemplateError } from './reading';

const education = readFileSync(path.join(__dirname, 'education.yaml'), 'utf8');
const lineOf = (text: string, words: string): number =>
  text.split('\n').findIndex((line) => line.includes(words)) + 1;

function errorsOf(text: string): readonly TemplateError[] {
  try {
    readTemplate(text, 'test.yaml');
  } catch (error) {
    if (error instanceof TemplateRefused) return error.errors;
    throw error;
  }
  throw new Error('the template should have been refused');
}

it('B52: the four settings are there, each source with its access, flow or stock, and who is not in it', () => {
  const templates = ownTemplates();
  expect([...templates.keys()].sort()).toEqual([
    ...['community-health', 'education', 'financial-hardship', 'wellbeing'],
  ]);
  for (const { sources } of templates.values())
    for (const source of sources) expect(source.missing.length).toBeGreaterThan(10);
  expect(templates.get('community-health')?.aim).toBe('TIGHT');
  expect(templates.get('education')?.signOff.timings.remindAfter).toBe(2 * 24 * 3600 * 1000);
});

it('B2 B3: holders differ by setting: a partner, a national body, a charity that is commissioned', () => {
  const { organisations, sources } = ownTemplates().get('financial-hardship')!;
  const holders = new Set(sources.map(({ holder }) => holder));
  expect([...holders]).toEqual(['council', 'national', 'housing', 'advice', null]);
  expect(organisations['advice']?.commissionedBy).toEqual(['council']);
  expect(organisations['advice']?.roles).toContain('civilSociety');
});

it('a template with several errors says all of them at once, each with path and line', () => {
  const broken = education
    .replace('aim: BROAD', 'aim: WIDE')
    .replace('measure: FLOW', 'measure: RIVER')
    .replace('roles: [layMember, registrar]', 'roles: [layPerson, registrar]')
    .replace('remindAfter: 2 days', 'remindAfter: soon');
  expect(errorsOf(broken).map(({ path: at, line }) => [at, line])).toEqual([
    ['aim', lineOf(broken, 'aim: WIDE')],
    ['organisations.panel.roles.0', lineOf(broken, 'layPerson')],
    ['sources.0.measure', lineOf(broken, 'measure: RIVER')],
    ['signOff.timings.remindAfter', lineOf(broken, 'remindAfter: soon')],
  ]);
});

it('what is missing is named where it would have to stand, and what nobody knows is refused', () => {
  const broken = education.replace('    missing: Children', '    absent: Children');
  const at = lineOf(broken, '- name: school census');
  expect(errorsOf(broken)).toMatchObject([
    { path: 'sources.0.missing', line: at },
    { path: 'sources.0', line: at, message: expect.stringContaining('absent') as string },
  ]);
});

it('contradictions between its parts are errors too: unknown holders, holders without people, timings out of order', () => {
  const broken = education
    .replace('holder: council', 'holder: castle')
    .replace('holder: council', 'holder: panel')
    .replace('lapseAfter: 14 days', 'lapseAfter: 1 days');
  expect(errorsOf(broken)).toMatchObject([
    { path: 'sources.0.holder', line: lineOf(broken, 'castle') },
    { path: 'sources.1.holder', line: lineOf(broken, 'holder: panel') },
    { path: 'signOff.timings' },
  ]);
  const borrowed = education.replace('holder: council', 'holder: constructor');
  expect(errorsOf(borrowed)).toMatchObject([{ path: 'sources.0.holder' }]);
});

it('contradictions are said beside what cannot be read, and nothing is called unknown for being unreadable', () => {
  const broken = education
    .replace('aim: BROAD', 'aim: WIDE')
    .replace('roles: [layMember, registrar]', 'roles: [layPerson, registrar]')
    .replace('holder: council', 'holder: castle')
    .replace('holder: council', 'holder: panel')
    .replace('lapseAfter: 14 days', 'lapseAfter: 1 days');
  expect(errorsOf(broken)).toMatchObject([
    ...[{ path: 'aim' }, { path: 'organisations.panel.roles.0', line: lineOf(broken, 'layPerson') }],
    ...[{ path: 'sources.0.holder', line: lineOf(broken, 'castle') }, { path: 'signOff.timings' }],
  ]);
});

it('text that is no YAML says where, and nothing of it is used', () => {
  expect(errorsOf(`${education}\n  aim: [`)).toMatchObject([
    { path: '', line: education.split('\n').length + 1 },
  ]);
  expect(errorsOf('')).toMatchObject([{ path: '', line: 1 }]);
  expect(errorsOf(`a: &a [x]\nb: [${'*a, '.repeat(200)}]`)).toMatchObject([{ path: '' }]);
});

it('B5: minimums and holidays are stated as an agreement takes them, and never below the table', () => {
  const said = (text: string) => `${education.trimEnd()}\n${text}\n`;
  const sound = said('  quorums: [{ kind: TRUST, people: 3, organisations: 3 }]\n  holidays: [2027-01-04]');
  const { signOff } = readTemplate(sound, 'test.yaml');
  expect(signOff).toMatchObject({
    quorums: [{ kind: 'TRUST', people: 3, organisations: 3 }],
    holidays: ['2027-01-04'],
  });
  const broken = said(
    '  quorums: [{ kind: TRUST, people: 1 }, { kind: LEGAL }, { kind: LEGAL, blind: true }]',
  );
  expect(errorsOf(broken)).toMatchObject([
    { path: 'signOff.quorums.0', message: 'never fewer than 2 people of 2 organisations' },
    { path: 'signOff.quorums.2', message: 'LEGAL stands here already' },
  ]);
  expect(errorsOf(said('  holidays: [2027-02-30]'))).toMatchObject([{ path: 'signOff.holidays.0' }]);
});
