// P12: five hundred people asked at once, until the last of their mails was handed to a local mail server.
import { newId } from '#libs/ledger';
import { drive } from './driven';
import { median, percentile } from './figures';
import type { Figure } from './figures';
import { attest, proposeQuestion, startProject } from './signers';

const PEOPLE = 500;
const ROUNDS = 5;
const LEAST_A_SECOND = 100;

export async function p12(say: (line: string) => void): Promise<Figure[]> {
  const { setting, sink, stop } = await drive();
  try {
    say(`P12: ${PEOPLE} researchers are attested`);
    for (let n = 0; n < PEOPLE; n += 1) await attest(setting, n);
    const rates: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const [project, title] = [newId('prj'), `Round ${round} of P12.`];
      await startProject(setting, project, title);
      // What the project's beginning makes the engine do is over when its lead has been told.
      await sink.arrival(['Your move', title], 1);
      const started = performance.now();
      await proposeQuestion(setting, project);
      const last = await sink.arrival(['Your decision', title], PEOPLE, 120_000);
      const rate = PEOPLE / ((last - started) / 1000);
      say(`P12: round ${round}: ${rate.toFixed(0)} mails a second`);
      // The first warms connections and compiled templates.
      if (round > 0) rates.push(rate);
    }
    const value = median(rates);
    say(`P12: slowest round ${percentile(rates, 0).toFixed(0)} a second`);
    const what = `${PEOPLE} requests to sign, from the command → handed to a local mail server, each with a link of its own`;
    const rate = { id: 'P12', what, unit: 'mails/s', value, peer: null, ratio: null };
    return [{ ...rate, goal: `≥ ${LEAST_A_SECOND} mails/s`, met: value >= LEAST_A_SECOND }];
  } finally {
    await stop();
  }
}
