// How long a run still takes, worked out from how long what is done of it took.
import * as fc from 'fast-check';
import { progressView } from './progress';

const START = Date.parse('2026-01-01T10:00:00.000Z');
const after = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const leftAt = (now: number, done: number, took: number) =>
  progressView({ done, step: 'counting', startedAt: after(0), at: after(took) }, START + now * 1000)
    .secondsLeft;

it('a quarter done in 20 s leaves 60 s, and less with every second since', () => {
  expect(leftAt(20, 0.25, 20)).toBe(60);
  expect(leftAt(45, 0.25, 20)).toBe(35);
  expect(leftAt(500, 0.25, 20)).toBe(0);
  expect(leftAt(20, 1, 20)).toBe(0);
});

it('is not told while too little is done to tell', () => {
  expect([leftAt(20, 0, 20), leftAt(20, 0.01, 20), leftAt(1, 0.5, 0.2)]).toEqual([null, null, null]);
});

it('is a number of seconds or not told, whatever the clocks say', () => {
  const seconds = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(seconds, fc.double({ min: 0, max: 1, noNaN: true }), seconds, (now, done, took) => {
      const left = leftAt(now, done, took);
      expect(left === null || (left >= 0 && Number.isInteger(left) && left <= 20 * took)).toBe(true);
    }),
  );
});
