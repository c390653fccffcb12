// What the launcher's command line takes.
import { parseFlags, UsageError } from './flags';

it('runs the demonstration and stays, unless told otherwise', () => {
  expect(parseFlags([])).toEqual({ once: false, reset: false, demo: true, ports: undefined });
  expect(parseFlags(['--once', '--reset', '--no-demo', '--ports', '5000'])).toEqual({
    once: true,
    reset: true,
    demo: false,
    ports: 5000,
  });
});

it.each([['--bogus'], ['extra'], ['--ports'], ['--ports=80'], ['--ports=many'], ['--ports=70000']])(
  'refuses %s and says what is expected',
  (...args) => {
    expect(() => parseFlags(args)).toThrow(UsageError);
  },
);

it('gives nothing to do when only help is asked for', () => {
  expect(parseFlags(['--help'])).toBeUndefined();
});
