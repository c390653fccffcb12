// P10: from a withdrawal until reads are refused, and until a running read has ended; Temporal and the courier do not run at all.
import { aDatabase, aSetting, permitted } from '#libs/testing';
import { runLeased } from '#libs/vault';
import { median, within } from './figures';
import type { Figure } from './figures';
import { Stack } from './stack';

const ROUNDS = 10;

export async function p10(say: (line: string) => void): Promise<Figure[]> {
  const stack = await new Stack().withPostgres();
  try {
    const refused: number[] = [];
    const ended: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const took = await withdraw();
      refused.push(took.refused);
      ended.push(took.ended);
      say(
        `P10: round ${round + 1} of ${ROUNDS}: reads refused after ${took.refused.toFixed(0)} ms, the running one ended after ${took.ended.toFixed(0)} ms`,
      );
    }
    const slowest = Math.max(...ended) / 1000;
    return [
      within(
        {
          id: 'P10-refused',
          what: 'withdrawal given → reads refused, median',
          value: median(refused) / 1000,
          unit: 's',
        },
        1,
      ),
      within(
        {
          id: 'P10-ended',
          what: 'withdrawal given → running read ended, slowest',
          value: slowest,
          unit: 's',
        },
        10,
      ),
    ];
  } finally {
    await stack.stop();
  }
}

/** One project with a permitted release that is being read; milliseconds from sending the withdrawal. */
async function withdraw(): Promise<{ refused: number; ended: number }> {
  const setting = await (await aSetting(await aDatabase())).withAgreement();
  try {
    await permitted(setting);
    const { ledger } = setting.processes.worker;
    const since = performance.now();
    const { lease } = await ledger.openRead(setting.project, 'a1');
    const reading = runLeased(
      { lengthMs: LEASE_MS, since, renew: () => ledger.renewLease(lease.lease) },
      (signal) =>
        new Promise<never>((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        ),
    ).catch(() => performance.now());
    const started = performance.now();
    await setting.byAccount('holder', setting.project, {
      command: {
        ...({ type: 'WithdrawGrant', request: 'r1', mode: 'STOP', atOnce: false } as const),
        ...({ assurance: 'ACCOUNT', reason: null } as const),
      },
    });
    const refused = await ledger.openRead(setting.project, 'a1').then(
      () => Number.POSITIVE_INFINITY,
      () => performance.now() - started,
    );
    return { refused, ended: (await reading) - started };
  } finally {
    await setting.close();
  }
}

/** DESIGN: a lease of five seconds. */
const LEASE_MS = 5000;
