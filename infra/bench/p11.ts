// P11: the sign-off page at fifty requests a second with everything else running; what its first load weighs and whom it asks.
import { launchBrowser } from '../dev/testing/browser';
import { drive } from './driven';
import { percentile, within } from './figures';
import type { Figure } from './figures';
import type { Prepared } from './signers';
import { Signers } from './signers';

const PER_SECOND = 50;
const SECONDS = 30;
const WARM_UP_SECONDS = 5;

export async function p11(say: (line: string) => void): Promise<Figure[]> {
  const driven = await drive();
  try {
    await driven.withApi();
    const signers = await Signers.within(driven.setting);
    say('P11: 32 researchers are asked about one question, and open their links');
    const prepared = await signers.prepare(driven.portal, false);
    await load(prepared, WARM_UP_SECONDS);
    const took = await load(prepared, SECONDS);
    say(
      `P11: ${took.length} pages, median ${percentile(took, 50).toFixed(1)} ms, slowest ${Math.max(...took).toFixed(0)} ms`,
    );
    const { bytes, requests, foreign } = await firstLoad(driven.portal, await signers.link(driven.portal));
    say(`P11: a first load makes ${requests} requests, redirect included`);
    const page = {
      id: 'P11',
      what: `sign-off page at ${PER_SECOND} requests a second, all processes running, p95`,
    };
    return [
      within({ ...page, unit: 'ms', value: percentile(took, 95) }, 50),
      within(
        {
          id: 'P11-bytes',
          what: 'first load of the sign-off page from the mail’s link',
          unit: 'kB',
          value: bytes / 1000,
        },
        100,
      ),
      within({ id: 'P11-foreign', what: 'requests to third parties then', unit: '', value: foreign }, 0),
    ];
  } finally {
    await driven.stop();
  }
}

/** So many pages a second, each asked for at its own time whether or not the last has come: nobody waits in line unseen. */
async function load(prepared: readonly Prepared[], seconds: number): Promise<number[]> {
  const start = performance.now();
  return Promise.all(
    Array.from({ length: seconds * PER_SECOND }, async (_, n) => {
      const due = start + (n * 1000) / PER_SECOND;
      await new Promise((come) => setTimeout(come, Math.max(0, due - performance.now())));
      const { url, headers } = prepared[n % prepared.length] as Prepared;
      const answer = await fetch(url, { headers: { cookie: headers['cookie'] ?? '' } });
      const page = await answer.text();
      if (answer.status !== 200 || !page.includes('name="choice"'))
        throw new Error(`${answer.status} instead of the page`);
      return performance.now() - due;
    }),
  );
}

/** Everything a fresh browser fetches when somebody follows the link, as it comes over the wire. */
async function firstLoad(
  portal: string,
  link: string,
): Promise<{ bytes: number; requests: number; foreign: number }> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const sizes: Promise<number>[] = [];
    let foreign = 0;
    page.on('requestfinished', (request) => {
      if (new URL(request.url()).origin !== portal) foreign += 1;
      sizes.push(request.sizes().then((size) => size.responseBodySize + size.responseHeadersSize));
    });
    page.on('requestfailed', (request) => {
      if (new URL(request.url()).origin !== portal) foreign += 1;
    });
    await page.goto(link, { waitUntil: 'networkidle' });
    const all = await Promise.all(sizes);
    return { bytes: all.reduce((sum, size) => sum + size, 0), requests: all.length, foreign };
  } finally {
    await browser.close();
  }
}
