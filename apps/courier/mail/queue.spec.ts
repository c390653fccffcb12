// The order of mail: a shock's mails overtake, and nothing else about a job depends on the tempo.
import { jobId, optionsOf } from './queue';

const row = (urgent: boolean) => ({
  ...{ id: '7', key: 'mail/prj_a/3:1', kind: 'mail' as const, stream: 'prj_a', version: 3, mail: null },
  ...{ attempts: 1, at: '2027-01-01T00:00:00.000Z', urgent },
});

it('B47, T13: a mail of a project in a shock has the higher priority, and is the same job otherwise', () => {
  const [hasty, calm] = [optionsOf(row(true)), optionsOf(row(false))];
  expect(hasty.priority).toBeLessThan(calm.priority);
  // Zero would overtake every other job, also those of another shock.
  expect(hasty.priority).toBeGreaterThan(0);
  expect({ ...hasty, priority: 0 }).toEqual({ ...calm, priority: 0 });
});

it('an id holds no colon', () => {
  expect(jobId(row(true).key)).toBe('mail-mail/prj_a/3-1');
});
