// Whatever a holder types field by field: it is a grant the vault can keep, or the form says in the person's words what does not fit.
import fc from 'fast-check';
import type { DataRequest } from '#libs/domain';
import { Languages } from '#libs/language';
import { PLACES, PRECISIONS, grantProblems } from '#libs/vault/deposit';
import { answerDraft, parseRequestAnswer } from './answer';
import { CELL_PARTS, KEPT_BACK, RELEASED_AS, ROW_TYPES } from './fields';

const { t } = new Languages().first;
const NOW = new Date('2026-11-26T00:00:00.000Z');
const FIELDS = ['a', 'b', 'c'];
const terms = (level: 'INDIVIDUAL' | 'SMALL_AREA' | 'LOCAL_AUTHORITY') => ({
  granularity: { level, vintage: level === 'SMALL_AREA' ? '2021' : null },
  period: { from: '2014-01-01', to: '2016-12-31' },
});
const request = {
  id: 'r1',
  ask: {
    ...{ source: 's', fields: FIELDS, tier: 'DEIDENTIFIED', purpose: 'p', methods: [], linkage: false },
    detail: [
      { field: 'a', ...terms('INDIVIDUAL') },
      { field: 'b', ...terms('SMALL_AREA') },
      { field: 'c', ...terms('LOCAL_AUTHORITY') },
    ],
  },
} as unknown as DataRequest;

const rarely = (values: readonly string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant('') }, fc.constantFrom(...values));
const field = fc.record({
  as: fc.constantFrom(...ROW_TYPES, ...CELL_PARTS, KEPT_BACK),
  codes: rarely(['x, y', 'x', 'x, x']),
  bands: rarely(['16, 25, 50', '50, 16', 'one']),
  releaseBands: rarely(['16, 50', '25', '16, 30']),
  min: rarely(['0', '5', 'much']),
  max: rarely(['1', '9']),
  precision: rarely(PRECISIONS),
  releasePrecision: rarely(PRECISIONS),
  place: rarely(PLACES),
  vintage: rarely(['2021', '2011']),
  releaseAs: rarely(RELEASED_AS),
});
const typed = fc
  .record({ fields: fc.tuple(field, field, field), tier: fc.constantFrom('', 'AGGREGATE', 'DEIDENTIFIED') })
  .map(({ fields, tier }) => ({
    ...{ outcome: 'PARTLY_GRANTED', expires: '2027-06-30', name: 'A', tier },
    ...Object.fromEntries(
      fields.flatMap((one, index) => Object.entries(one).map(([name, value]) => [`${name}-${index}`, value])),
    ),
  }));

it('B27: every answer the form takes is a grant the vault can keep; every other is explained in the catalogue’s words', () => {
  const seen = { taken: 0, explained: 0 };
  fc.assert(
    fc.property(typed, (given) => {
      const parsed = parseRequestAnswer(request, given, NOW, t);
      if (!parsed.ok) {
        seen.explained += 1;
        expect(
          parsed.problems.filter(({ text }) => text.startsWith('The file could not be made so')),
        ).toEqual([]);
        return;
      }
      seen.taken += 1;
      const { command } = answerDraft(request, parsed.answer);
      if (command.type !== 'AnswerRequest' || !command.grant) throw new Error('no grant');
      const { depositAs, releaseAs, tier, detail = [] } = command.grant;
      expect(grantProblems({ depositAs, releaseAs, tier }, detail)).toEqual([]);
    }),
    { numRuns: 20_000 },
  );
  expect(seen.taken).toBeGreaterThan(50);
  expect(seen.explained).toBeGreaterThan(200);
});
