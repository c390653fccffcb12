// P13: appending with the log beside it, to appending without; how long entries wait for a signed head; exporting a long ledger.
import { setTimeout as wait } from 'node:timers/promises';
import { prepareExport, writeExport } from '#libs/export';
import { Languages } from '#libs/language';
import { openKeyDirectory, openLedger, readLog, Sequencer } from '#libs/ledger';
import type { OpenedLedger } from '#libs/ledger';
import { aDatabase, appendMany, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { atMost, median, percentile, within } from './figures';
import type { Figure } from './figures';
import { exportMemory } from './p13-memory';
import { Stack } from './stack';

const APPENDS = 400;
const BLOCKS = 6;
const SECONDS = 10;
const PER_SECOND = 500;
const LONG = 100_000;

export async function p13(say: (line: string) => void): Promise<Figure[]> {
  const stack = await new Stack().withPostgres();
  const setting = await (await aSetting(await aDatabase())).withQuestion();
  const courier = await openLedger({ url: setting.db.urls.COURIER });
  try {
    const directory = await stack.logKeys();
    const sequencer = new Sequencer(courier.dataSource, openKeyDirectory(directory));
    const appended = await appending(setting, sequencer, say);
    const lag = await lagging(setting, sequencer, say);
    const grow = (entries: number) => longer(setting, sequencer, entries);
    const memory = await exportMemory({ stack, setting, sequencer, say }, grow, [LONG / 4, LONG]);
    return [...appended, lag, await exporting(setting, courier, sequencer, say), memory];
  } finally {
    await courier.close();
    await setting.close();
    await stack.stop();
  }
}

const deed = (setting: Setting) =>
  setting.onProgramme('lead', { command: { type: 'NameDeputy', deputy: 'per_researcher' } });

/** In blocks that take turns, so that both meet the same machine. */
async function appending(
  setting: Setting,
  sequencer: Sequencer,
  say: (line: string) => void,
): Promise<Figure[]> {
  const times: Record<'with' | 'without', number[]> = { with: [], without: [] };
  for (let block = 0; block < BLOCKS; block += 1) {
    const kind = block % 2 === 0 ? 'with' : 'without';
    await setting.db.query(
      `alter table parley.events ${kind === 'with' ? 'enable' : 'disable'} trigger log_wait`,
    );
    let isOn = kind === 'with';
    const passes = (async () => {
      for (; isOn; await wait(400)) await sequencer.pass();
    })();
    for (let i = 0; i < APPENDS / BLOCKS; i += 1) {
      const started = performance.now();
      await deed(setting);
      times[kind].push(performance.now() - started);
    }
    isOn = false;
    await passes;
  }
  await setting.db.query('alter table parley.events enable trigger log_wait');
  await setting.db.query(
    `insert into parley.log_waiting select e.stream, e.version, e.at from parley.events e
       where not exists (select from parley.log_entries l where (l.stream, l.version) = (e.stream, e.version)) on conflict do nothing`,
  );
  say(
    `P13: append ${median(times.with).toFixed(2)} ms with the log, ${median(times.without).toFixed(2)} ms without`,
  );
  const figure = { id: 'P13', what: 'append with the log on, to append without', unit: 'ms' };
  return [atMost({ ...figure, value: median(times.with), peer: median(times.without) }, 1.2)];
}

/** Entries as they are appended at a steady rate, each until a signed head holds it. */
async function lagging(setting: Setting, sequencer: Sequencer, say: (line: string) => void): Promise<Figure> {
  const waiting: number[] = [];
  const lags: number[] = [];
  let isOn = true;
  const passes = (async () => {
    for (; isOn || waiting.length > 0; await wait(400)) {
      // What is appended while the pass runs may miss it, and is counted with the next one.
      const inTime = waiting.splice(0);
      while ((await sequencer.pass()).state === 'SIGNED');
      const now = performance.now();
      lags.push(...inTime.map((at) => now - at));
    }
  })();
  const perTick = PER_SECOND / 10;
  for (let tick = 0; tick < SECONDS * 10; tick += 1) {
    const due = performance.now() + 100;
    await appendMany(setting, perTick);
    waiting.push(...Array.from({ length: perTick }, () => performance.now()));
    await wait(Math.max(0, due - performance.now()));
  }
  isOn = false;
  await passes;
  const p95 = percentile(lags, 95) / 1000;
  say(`P13: lag p95 ${p95.toFixed(2)} s over ${lags.length} entries`);
  const what = `entries until a signed head holds them, ${PER_SECOND} a second, p95`;
  return within({ id: 'P13-lag', what, value: p95, unit: 's' }, 1);
}

/** Until the programme has so many entries, all of them signed. */
export async function longer(setting: Setting, sequencer: Sequencer, entries: number): Promise<void> {
  const { world } = await setting.ledger.world(setting.project);
  for (let left = entries - world.programme.version; left > 0; left -= 5000)
    await appendMany(setting, Math.min(left, 5000));
  while ((await sequencer.pass()).state === 'SIGNED');
}

async function exporting(
  setting: Setting,
  courier: OpenedLedger,
  sequencer: Sequencer,
  say: (line: string) => void,
): Promise<Figure> {
  await longer(setting, sequencer, LONG);
  const seconds: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const read = await setting.ledger.world(setting.project);
    const source = setting.processes.api.dataSource;
    const exporting = {
      ...{
        source,
        world: read.world,
        now: read.now,
        profile: 'auditor' as const,
        outputs: [],
        language: new Languages().first,
      },
      texts: (commitments: string[]) => setting.ledger.texts(commitments),
    };
    const started = performance.now();
    const prepared = await prepareExport(exporting);
    const command = { type: 'RecordExport', profile: 'partners', manifest: prepared.digest } as const;
    const { version } = await setting.onProject('lead', { command });
    while ((await sequencer.pass()).state === 'SIGNED');
    const head = await readLog(courier.dataSource).head();
    if (head === null) throw new Error('nothing was signed');
    let bytes = 0;
    const sink = new WritableStream<Uint8Array>({ write: (piece) => void (bytes += piece.length) });
    await writeExport(sink, exporting, prepared, { version, head });
    seconds.push((performance.now() - started) / 1000);
    const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
    say(`P13: export of ${LONG} entries: ${seconds.at(-1)?.toFixed(1)} s, ${bytes} bytes, ${memory} MiB`);
  }
  return within(
    { id: 'P13-export', what: `export of ${LONG} entries`, value: median(seconds), unit: 's' },
    10,
  );
}
