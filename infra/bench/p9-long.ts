// P9, second part: the commands of a cycle in a project with 30 cycles and 5,000 entries, against the same in a new project.
import { openLedger } from '#libs/ledger';
import { aDatabase, Setting } from '#libs/testing';
import { CycleCommands } from './cycle-commands';
import type { Step } from './cycle-commands';
import { median, percentile } from './figures';
import type { Figure } from './figures';
import { Stack } from './stack';

const CYCLES = 30;
const ENTRIES = 5_000;
const SAMPLES = 12;
const WARM_UP = 2;
const MOST = 2;

type Say = (line: string) => void;
interface Times {
  inLong: number[];
  inNew: number[];
}

export async function p9Long(say: Say): Promise<Figure> {
  const stack = await new Stack().withPostgres();
  try {
    const setting = await (await Setting.open(await aDatabase())).withAgreement();
    const long = await longProject(setting, say);
    await sayColdRead(setting, long.project, say);
    const times = await compared(setting, long);
    await setting.close();
    const all = [...times].map(([what, { inLong, inNew }]) => {
      const [value, peer] = [median(inLong), median(inNew)];
      const both = (p: number) =>
        `${percentile(inLong, p).toFixed(1)} ms, new ${percentile(inNew, p).toFixed(1)} ms`;
      say(`P9: ${what}: ${both(50)}; p95 ${both(95)}`);
      return { what, value, peer, ratio: value / peer };
    });
    const worst = all.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    const where = `in a project of ${CYCLES} cycles and ${ENTRIES} entries`;
    return {
      ...{ id: 'P9-long', unit: 'ms', value: worst.value, peer: worst.peer, ratio: worst.ratio },
      what: `${worst.what} ${where}, the worst of ${all.length} commands, median`,
      ...{ goal: `≤ ${MOST}× in a new one`, met: worst.ratio <= MOST },
    };
  } finally {
    await stack.stop();
  }
}

/** Thirty cycles, and in each as much said, revised and recorded as makes five thousand entries. */
async function longProject(setting: Setting, say: Say): Promise<CycleCommands> {
  const long = new CycleCommands(setting);
  const started = performance.now();
  await take(long.start());
  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    for (const step of long.cycle()) {
      if (step.what === 'ProposeReflection')
        await fillUp(setting, long, Math.round((cycle * ENTRIES) / CYCLES));
      else if (step.what === 'ProposeQuestion') for (let n = 0; n < 20; n += 1) await take(long.question());
      await take(step);
    }
  }
  const { world } = await setting.ledger.world(long.project);
  const { cycles, version } = world.project;
  say(
    `P9: a project of ${cycles.length} cycles and ${version} entries after ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  return long;
}

/** Hypotheses, evidence and interpretations in turn, until the project has so many entries (but for the cycle's last six). */
async function fillUp(setting: Setting, long: CycleCommands, entries: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const { world } = await setting.ledger.world(long.project);
    if (world.project.version >= entries - 8) return;
    const steps = [long.hypothesis(), long.evidence(), long.interpretation('researcher', 'RESEARCHER')];
    const step = steps[n % steps.length];
    if (step) await take(step);
  }
}

/** Cycle after cycle in the long project, each command right after the same in a new one. */
async function compared(setting: Setting, long: CycleCommands): Promise<Map<string, Times>> {
  const times = new Map<string, Times>();
  for (let sample = 0; sample < SAMPLES + WARM_UP; sample += 1) {
    const fresh = new CycleCommands(setting);
    await take(fresh.start());
    const inNewSteps = fresh.cycle();
    for (const [n, step] of long.cycle().entries()) {
      const same = inNewSteps[n];
      if (!same) throw new Error('both take the same steps');
      const inNew = await take(same);
      const inLong = await take(step);
      if (sample < WARM_UP) continue;
      const found = times.get(step.what) ?? { inLong: [], inNew: [] };
      found.inLong.push(inLong);
      found.inNew.push(inNew);
      times.set(step.what, found);
    }
  }
  return times;
}

/** What the first command of a process waits for besides: all entries read, checked and folded. */
async function sayColdRead({ db }: Setting, project: string, say: Say): Promise<void> {
  const cold = await openLedger({ url: db.urls.API });
  const started = performance.now();
  await cold.ledger.world(project);
  say(`P9: read by a process that has not seen it: ${(performance.now() - started).toFixed(0)} ms`);
  await cold.close();
}

async function take(step: Step): Promise<number> {
  const work = await step.ready();
  const started = performance.now();
  await work();
  return performance.now() - started;
}
