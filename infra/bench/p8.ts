// P8: `npm start -- --once` with everything cached until the demonstration is done, and a second start until ready.
import { spawn } from 'node:child_process';
import { copyCheckout, removeCheckout } from '../dev/testing/checkout';
import { median, within } from './figures';
import type { Figure } from './figures';

const RUNS = 3;

/** Seconds until the launcher ends well. */
async function start(checkout: string, args: string[]): Promise<number> {
  const started = performance.now();
  const child = spawn('npm', ['start', '--', ...args], { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0)
    throw new Error(`npm start -- ${args.join(' ')} ended with ${code}:\n${printed.slice(-4000)}`);
  return (performance.now() - started) / 1000;
}

export async function p8(say: (line: string) => void): Promise<Figure[]> {
  const checkout = copyCheckout(process.cwd());
  const firsts: number[] = [];
  const seconds: number[] = [];
  try {
    for (let run = 0; run < RUNS; run += 1) {
      firsts.push(await start(checkout, ['--reset', '--once']));
      seconds.push(await start(checkout, ['--no-demo', '--once']));
      say(
        `P8: run ${run + 1} of ${RUNS}: ${firsts.at(-1)?.toFixed(1)} s, second start ${seconds.at(-1)?.toFixed(1)} s`,
      );
    }
  } finally {
    removeCheckout(checkout);
  }
  return [
    within(
      {
        id: 'P8-demo',
        what: '`npm start -- --once`, everything cached: until it ended',
        value: median(firsts),
        unit: 's',
      },
      60,
    ),
    within(
      {
        id: 'P8-second',
        what: 'second start and stop, without the demonstration',
        value: median(seconds),
        unit: 's',
      },
      10,
    ),
  ];
}
