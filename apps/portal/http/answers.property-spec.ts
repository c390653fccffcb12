// When a link that is not live is answered: at the same moment after it was asked about, whatever was looked up meanwhile.
import fc from 'fast-check';
import { DEAD_LINK_MS, leftToWait } from './answers';

const asked = fc.double({ min: 0, max: 1e9, noNaN: true });

it('any two are answered after the same time, as long as finding nothing takes less than that', () => {
  const work = fc.double({ min: 0, max: DEAD_LINK_MS, noNaN: true });
  fc.assert(
    fc.property(asked, work, work, (started, one, other) => {
      const answered = (took: number) => took + leftToWait(started, started + took);
      expect(answered(one)).toBeCloseTo(answered(other), 3);
    }),
  );
});

it('what takes longer is answered at once, and is not made longer still', () => {
  const work = fc.double({ min: DEAD_LINK_MS, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(asked, work, (started, took) => {
      expect(leftToWait(started, started + took)).toBeCloseTo(0, 3);
    }),
  );
});
