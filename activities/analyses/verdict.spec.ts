// How a run is recorded as ended tells what happened: nothing is laid on the release that is not the release's.
import { Refused } from '#libs/ledger';
import { VaultRefusal } from '#libs/vault';
import { MethodFailed, TookTooLong, TookTooMuchMemory } from './compute';
import { verdictOn } from './verdict';

const refused = (rule: string) => new Refused({ kind: 'CONFLICT', rule, reason: 'r', remedy: 'r' });

it.each([
  ['a release that may no longer be read', refused('NOT_READABLE'), 1, 'STOPPED', 'RELEASE_CLOSED'],
  ['a log that closed every gate', refused('LOG_CLOSED'), 1, 'STOPPED', 'GATES_CLOSED'],
  ['a limit of time', new TookTooLong(), 1, 'FAILED', 'TOOK_TOO_LONG'],
  ['a limit of memory', new TookTooMuchMemory(), 1, 'FAILED', 'TOOK_TOO_MUCH_MEMORY'],
  [
    'an engine that fails for the fifth time',
    new VaultRefusal('ENGINE_FAILED', 'm'),
    5,
    'FAILED',
    'ENGINE_FAILURE',
  ],
])('%s ends the run as what it is', (_what, error, attempt, outcome, reason) => {
  expect(verdictOn(error, attempt)).toEqual({ outcome, reason });
});

it.each([
  ['a lease that ran out while the release stood open', refused('LEASE_OVER')],
  ['a lease that was not renewed', new VaultRefusal('LEASE_LOST', 'm')],
  ['a database that was away', new Error('connection refused')],
  ['an engine that fails for the first time', new MethodFailed('m')],
])('I14: %s ends nothing: the run begins again', (_what, error) => {
  expect(verdictOn(error, 1)).toBeNull();
});
