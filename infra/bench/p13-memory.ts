// P13-export-memory: the largest memory of the API while it exports a ledger of 25,000 entries, and of a fresh one with four times as many.
import type { Sequencer } from '#libs/ledger';
import type { Setting } from '#libs/testing';
import { atMost } from './figures';
import type { Figure } from './figures';
import { residentMiB } from './memory';
import type { Stack } from './stack';

/** Most of what an export takes is what any process of Node's takes; four times as many entries may add a fifth to it. */
const MOST = 1.2;
/** MiB. Without a limit Node collects garbage late, and a longer export leaves more of it; what was kept would not fit and end the process. */
const HEAP = 256;

export interface Exported {
  stack: Stack;
  setting: Setting;
  sequencer: Sequencer;
  say: (line: string) => void;
}

/** `grow` makes the ledger so long; each length is exported by a process that has done nothing before. */
export async function exportMemory(
  exported: Exported,
  grow: (entries: number) => Promise<void>,
  [short, long]: readonly [number, number],
): Promise<Figure> {
  const largest = async (entries: number): Promise<number> => {
    await grow(entries);
    return largestOf(exported, entries);
  };
  const peer = await largest(short);
  const what = `largest memory of the API, export of ${long} entries, to ${short}`;
  return atMost({ id: 'P13-export-memory', what, unit: 'MiB', value: await largest(long), peer }, MOST);
}

async function largestOf({ stack, setting, sequencer, say }: Exported, entries: number): Promise<number> {
  // Nothing of an export needs Temporal; the API says that it is away, and does everything else.
  const addresses = {
    PORTAL_URL: 'http://127.0.0.1',
    API_URL: 'http://127.0.0.1',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    NODE_OPTIONS: `--max-old-space-size=${HEAP}`,
  };
  const url = await stack.start('api', 'apps/api/main.js', {
    ...addresses,
    DATABASE_URL: setting.db.urls.API,
  });
  const before = residentMiB(stack.pid('api'), 'VmHWM');
  let isOn = true;
  const signing = (async () => {
    while (isOn) await sequencer.pass().then(() => new Promise((come) => setTimeout(come, 200)));
  })();
  try {
    const bytes = await download(`${url}/projects/${setting.project}/export`, await setting.secretOf('lead'));
    const most = residentMiB(stack.pid('api'), 'VmHWM');
    say(
      `P13: exporting ${entries} entries (${bytes} bytes) took the API from ${before.toFixed(0)} to ${most.toFixed(0)} MiB`,
    );
    return most;
  } finally {
    isOn = false;
    await signing;
    await stack.stopOne('api');
  }
}

/** Takes the answer piece by piece and keeps none of it; its length in bytes. */
async function download(url: string, secret: string): Promise<number> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${secret}` } });
  if (!answer.ok || answer.body === null)
    throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  let bytes = 0;
  for await (const piece of answer.body) bytes += (piece as Uint8Array).length;
  return bytes;
}
