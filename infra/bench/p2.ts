// P2: a sign-off until the next stage's mail is handed to SMTP, against a bare Temporal signal, activity and insert.
import { drive } from './driven';
import { atMost, percentile } from './figures';
import type { Figure } from './figures';
import { Journey } from './journey';
import { arrive, sendAtOnce } from './signers';

const SAMPLES = 40;
const WARM_UP = 4;

export async function p2(say: (line: string) => void): Promise<Figure[]> {
  const { setting, portal, sink, peer, stop } = await drive();
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let n = 0; n < SAMPLES + WARM_UP; n += 1) {
      const title = `Sample ${n}.`;
      const journey = new Journey(setting, title);
      await journey.begin();
      await journey.sign('QUESTION', 'official');
      const form = await arrive(portal, await journey.token('researcher', 'QUESTION'));
      // Until the mails of the question stage are out, the courier has other work.
      await sink.arrival(['Receipt', title], 1);
      const started = performance.now();
      await sendAtOnce([form]);
      const own = (await sink.arrival(['Your move', title], 1)) - started;
      const other = await signalToInsert(peer, `p2-${n}`);
      if (n < WARM_UP) continue;
      ours.push(own);
      theirs.push(other);
      if (ours.length % 10 === 0)
        say(`P2: ${ours.length} of ${SAMPLES}: ${own.toFixed(0)} ms, peer ${other.toFixed(0)} ms`);
    }
    const what = 'sign-off → next stage’s mail handed to SMTP, one at a time, p95';
    return [
      atMost({ id: 'P2', what, unit: 'ms', value: percentile(ours, 95), peer: percentile(theirs, 95) }, 3),
    ];
  } finally {
    await stop();
  }
}

async function signalToInsert(peer: Awaited<ReturnType<typeof drive>>['peer'], run: string): Promise<number> {
  const handle = await peer.begin(run, { waits: 2, activities: 2, local: 0 });
  const warm = peer.committed(run);
  await handle.signal('go');
  await warm;
  const committed = peer.committed(run);
  const started = performance.now();
  await handle.signal('go');
  const took = (await committed) - started;
  await handle.result();
  return took;
}
