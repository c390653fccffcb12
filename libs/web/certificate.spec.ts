// A certificate in words says what was seen, and what nobody noted as that: never more than its bytes say.
import { Languages } from '#libs/language';
import { sayCertificate } from './index';

const language = new Languages().first;
const paper = (over: object = {}) =>
  Buffer.from(
    JSON.stringify({
      ...{ format: 2, paper: 'certificate of destruction', kind: 'release', id: 'prj_a/rel1', objectId: 'o' },
      ...{ ledgerPart: { destroyedAt: '2027-01-05T09:00:00.000Z' }, bytes: 12 },
      keyPart: { existed: true, destroyedAt: '2027-01-05T09:00:01.000Z' },
      ...{ left: { keyPart: false, object: false }, at: '2027-01-05T09:00:02.000Z' },
      remains: { deposits: [], releases: [], results: [], units: null },
      ...{ backups: { days: null, goneBy: null }, salt: 's' },
      ...over,
    }),
  );
const said = (over: object = {}) => sayCertificate(paper(over), language);
const values = (over: object = {}) => said(over)?.facts.map(([, value]) => value);

it.each([
  ['a part the ledger never kept', { ledgerPart: { destroyedAt: null } }, 0, 'there was none'],
  ['a part that was not there', { keyPart: { existed: false, destroyedAt: 'x' } }, 1, 'there was none'],
  [
    'a mark that says nothing',
    { keyPart: { existed: null, destroyedAt: null } },
    1,
    'nothing was noted of it',
  ],
  ['bytes nobody noted', { bytes: null }, 2, 'nothing was noted of it'],
  ['no bytes', { bytes: 0 }, 2, 'there were none'],
  ['something left', { left: { keyPart: false, object: true } }, 3, 'something was still there'],
  [
    'what else there is',
    { remains: { deposits: ['d1'], releases: ['rel2'], results: ['a1', 'a2'], units: 'u' } },
    4,
    /d1\. Releases made of it: rel2\. Results made of it: a1 and a2\. Who was in it/,
  ],
])('T11: %s', (_what, over, at, expected) => {
  expect(values(over)?.[at]).toMatch(expected);
});

it('T11: what it says of backups is what the operator says, or that nobody said', () => {
  expect(said()?.copies).toContain('the operator has not said');
  expect(said({ backups: { days: 30, goneBy: '2027-02-04T09:00:00.000Z' } })?.copies).toMatch(
    /kept for 30 days: until .* 4 February 2027/,
  );
});

it('one that was erased, or of another format, is not guessed at', () => {
  expect(sayCertificate(null, language)).toBeNull();
  expect(said({ format: 1 })).toBeNull();
});
