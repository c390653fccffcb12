// What the area under the curve depends on, over risks at random.
import * as fc from 'fast-check';
import { SeededRandom } from '../random';
import { aucOf } from './performance';

it('the area changes sides with the order of risks, and only their order matters', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 4, max: 60 }), (seed, n) => {
      const random = new SeededRandom(seed);
      const y = Float64Array.from({ length: n }, (_, at) => at % 2);
      const risk = y.map(() => random.below(8) / 8);
      const auc = aucOf(y, risk);
      expect(
        aucOf(
          y,
          risk.map((value) => -value),
        ),
      ).toBeCloseTo(1 - auc, 12);
      expect(aucOf(y, risk.map(Math.exp))).toBeCloseTo(auc, 12);
      expect(aucOf(Float64Array.from([...y, ...y]), Float64Array.from([...risk, ...risk]))).toBeCloseTo(
        auc,
        12,
      );
    }),
  );
});
