// How a run ended, in words for people: whatever the engine records as a reason, it also says what to do next.
import type { Analysis } from '#libs/domain';
import { endedView } from './ended.view';

const because = (reason: string | null) => {
  const ended = { outcome: 'FAILED', reason, at: '2026-01-01T00:00:00Z', result: null, code: null };
  return endedView({ ended } as unknown as Analysis)?.because;
};

it.each([
  ...['INPUT_REFUSED', 'NOT_A_FLOW', 'BROKEN_SERIES', 'SUBPOPULATION', 'CANCELLED', 'RELEASE_CLOSED'],
  ...['GATES_CLOSED', 'TOOK_TOO_LONG', 'TOOK_TOO_MUCH_MEMORY', 'ENGINE_FAILURE'],
])('%s is told in words', (reason) => {
  expect(because(reason)).toMatch(/^[A-Z][^_]+\.$/);
});

it('what is no such reason is not made up', () => {
  expect(because(null)).toBeNull();
  expect(because('toString')).toBeNull();
});
