// The pump: never two passes at once, no hint lost, no failure fatal; and job ids that the queue accepts.
import pino from 'pino';
import { Pump } from './pump';

const log = pino({ level: 'silent' });

it('runs once more for hints that came during a pass, and never twice at the same time', async () => {
  let running = 0;
  let most = 0;
  let passes = 0;
  let release = () => {};
  const pump = new Pump({
    name: 'test',
    every: 60_000,
    log,
    pass: async () => {
      running += 1;
      passes += 1;
      most = Math.max(most, running);
      await new Promise<void>((done) => (release = done));
      running -= 1;
      return false;
    },
  });
  pump.start();
  pump.hint();
  pump.hint();
  release();
  await new Promise((done) => setImmediate(done));
  release();
  await pump.stop();
  expect([passes, most]).toEqual([2, 1]);
});

it('goes on after a pass that failed, and at once while there is more', async () => {
  const answers = [() => true, () => false];
  let passes = 0;
  const pump = new Pump({
    name: 'test',
    every: 60_000,
    log,
    pass: () => {
      passes += 1;
      if (passes === 1) return Promise.reject(new Error('away'));
      return Promise.resolve(answers.shift()?.() ?? false);
    },
  });
  pump.start();
  await new Promise((done) => setImmediate(done));
  pump.hint();
  await new Promise((done) => setImmediate(done));
  await pump.stop();
  expect(passes).toBe(3);
});

it('takes what is hinted at while it rests in one pass', async () => {
  let passes = 0;
  const passed: (() => void)[] = [];
  const nextPass = () => new Promise<void>((done) => passed.push(done));
  const pass = () => {
    passes += 1;
    passed.shift()?.();
    return Promise.resolve(false);
  };
  const pump = new Pump({ name: 'test', every: 60_000, rest: 20, log, pass });
  pump.start();
  await new Promise((done) => setImmediate(done));
  const second = nextPass();
  for (let hint = 0; hint < 5; hint += 1) pump.hint();
  await second;
  await pump.stop();
  expect(passes).toBe(2);
});
