// The order of mail: a shock's mails overtake, and nothing else about a job depends on the tempo.
import { optionsOf } from './queue';

const id = '3f0c5a52-8a0e-4a43-9d5e-6a6c3f6f9f0e';

it('B47, T13: a job with a mail of a project in a shock has the higher priority, and is the same otherwise', () => {
  const [hasty, calm] = [optionsOf({ id, urgent: true }), optionsOf({ id, urgent: false })];
  expect(hasty.priority).toBeLessThan(calm.priority);
  // Zero would overtake every other job, also those of another shock.
  expect(hasty.priority).toBeGreaterThan(0);
  expect({ ...hasty, priority: 0 }).toEqual({ ...calm, priority: 0 });
});
